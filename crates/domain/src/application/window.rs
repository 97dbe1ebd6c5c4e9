//! When one person may write, send and change: the dates of the call, the hidden grace, and what
//! was granted to this person alone.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::date::{Deadline, ZoneName};
use crate::id::PersonId;

/// The dates that hold for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// From when applications are accepted.
    pub opens: DateTime<Utc>,
    /// Until when applications are accepted.
    pub closes: Deadline,
    /// Until when what was sent may be changed; as long as applications are accepted, if nothing is
    /// said.
    pub edit_until: Option<Deadline>,
    /// Until when this person may write and send, if more was granted.
    pub personal: Option<Personal>,
}

/// More time for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    /// Until when, as the person was told.
    pub until: Deadline,
    /// How it came.
    pub by: Grant,
    /// When it was granted, in program time; what was granted long ago does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

/// How somebody got more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// Chair or officer extended the deadline of this person.
    Extension,
    /// The person came by a late link.
    LateLink,
}

/// Where a moment lies in somebody's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// The call has not opened.
    NotYet,
    /// Open to everybody.
    Open,
    /// Past the announced moment, within the grace that nobody is told of.
    Grace,
    /// Closed to others; this person was granted more time.
    Granted(Grant),
    /// Closed.
    Closed,
}

impl Access {
    /// Whether something may be written or sent.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Grace | Self::Granted(_))
    }
}

impl Window {
    /// Where a moment lies, for somebody who has not sent anything.
    pub fn at(&self, now: DateTime<Utc>) -> Access {
        self.until(&self.closes, now)
    }

    /// Where a moment lies, for changes to what was sent. What was sent stays in force meanwhile,
    /// and after the last moment, too.
    pub fn for_changes(&self, now: DateTime<Utc>) -> Access {
        self.until(self.edit_until.as_ref().unwrap_or(&self.closes), now)
    }

    /// How late something comes that arrives now, if it comes after the announced moment and does
    /// not stand within what was granted.
    pub fn late_by(&self, now: DateTime<Utc>) -> Option<Duration> {
        let told = self.told();
        told.has_passed(now).then(|| now - told.instant)
    }

    /// The deadline that this person is told, without any grace.
    pub fn told(&self) -> Deadline {
        let granted = self.personal.as_ref().map(|personal| &personal.until);
        granted
            .filter(|until| until.instant > self.closes.instant)
            .unwrap_or(&self.closes)
            .clone()
            .without_grace()
    }

    /// Since when this person is told what the deadline is, if they were granted another than
    /// everybody and it is known.
    pub fn told_since(&self) -> Option<DateTime<Utc>> {
        let is_told = |personal: &&Personal| personal.until.instant > self.closes.instant;
        self.personal.as_ref().filter(is_told)?.at
    }

    fn until(&self, closes: &Deadline, now: DateTime<Utc>) -> Access {
        let granted = self
            .personal
            .as_ref()
            .filter(|personal| personal.until.accepts(now));
        if now < self.opens {
            Access::NotYet
        } else if !closes.has_passed(now) {
            Access::Open
        } else if let Some(personal) = granted {
            Access::Granted(personal.by)
        } else if closes.accepts(now) {
            Access::Grace
        } else {
            Access::Closed
        }
    }
}

/// A link by which one person may apply after the call has closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLink {
    /// Until when it can be used, and what it opens can be sent.
    pub until: Deadline,
    /// Who used it; it opens for nobody else then.
    pub used_by: Option<PersonId>,
    /// Taken back.
    pub revoked: bool,
}

/// Why a late link does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateLinkRefusal {
    /// It was taken back.
    Revoked,
    /// Its time is over.
    Expired,
    /// Somebody else used it.
    Used,
}

impl LateLink {
    /// What the link grants to a person. Whoever used it may use it again.
    pub fn open(&self, person: PersonId, now: DateTime<Utc>) -> Result<Personal, LateLinkRefusal> {
        if self.revoked {
            Err(LateLinkRefusal::Revoked)
        } else if self.used_by.is_some_and(|used_by| used_by != person) {
            Err(LateLinkRefusal::Used)
        } else if !self.until.accepts(now) {
            Err(LateLinkRefusal::Expired)
        } else {
            Ok(Personal {
                until: self.until.clone(),
                by: Grant::LateLink,
                at: Some(now),
            })
        }
    }
}

/// A deadline as it is worded, without a word: whoever shows it brings the language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The last civil minute at which it is not too late: 11:59 PM rather than midnight, which
    /// nobody knows the day of.
    pub last_minute: NaiveDateTime,
    /// Where that civil time is read.
    pub zone: ZoneName,
    /// The same minute in UTC, for the reader's own zone.
    pub instant: DateTime<Utc>,
    /// How much time is left.
    pub left: Left,
}

/// How much time is left, in the unit that people would say it in. Always rounded down: nobody is
/// promised time that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Two days and more.
    Days(i64),
    /// An hour and more.
    Hours(i64),
    /// Less than an hour; 0 is less than a minute.
    Minutes(i64),
    /// It is too late.
    Passed,
}

/// A deadline as it is worded now.
pub fn wording(deadline: &Deadline, now: DateTime<Utc>) -> Wording {
    let minute = Duration::minutes(1);
    Wording {
        last_minute: deadline.civil - minute,
        zone: deadline.zone.clone(),
        instant: deadline.instant - minute,
        left: left(deadline.instant, now),
    }
}

/// How much time is left until a moment.
pub fn left(until: DateTime<Utc>, now: DateTime<Utc>) -> Left {
    let left = until - now;
    if left <= Duration::zero() {
        Left::Passed
    } else if left >= Duration::days(2) {
        Left::Days(left.num_days())
    } else if left >= Duration::hours(1) {
        Left::Hours(left.num_hours())
    } else {
        Left::Minutes(left.num_minutes())
    }
}

/// A reminder to somebody who has a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reminder {
    /// A week before.
    Week,
    /// Two days before.
    TwoDays,
    /// Six hours before.
    SixHours,
}

impl Reminder {
    /// Every reminder, earliest first.
    pub const ALL: [Self; 3] = [Self::Week, Self::TwoDays, Self::SixHours];

    fn before(self) -> Duration {
        match self {
            Self::Week => Duration::days(7),
            Self::TwoDays => Duration::days(2),
            Self::SixHours => Duration::hours(6),
        }
    }
}

/// The last reminder that somebody was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastReminder {
    /// Which.
    pub which: Reminder,
    /// Which end it reminded of; of those sent long ago nobody knows.
    pub until: Option<DateTime<Utc>>,
}

/// The reminder that is due now: the latest whose time has come, unless it or a later one was sent,
/// or the draft was begun, or its owner was told of the end, after its time. Nobody gets two at
/// once. If the end is a later one than that of the last reminder, they start anew.
pub fn reminder_due(
    until: DateTime<Utc>,
    begun: DateTime<Utc>,
    last: Option<LastReminder>,
    now: DateTime<Utc>,
) -> Option<Reminder> {
    if now >= until {
        return None;
    }
    let due = Reminder::ALL
        .into_iter()
        .rfind(|reminder| now >= until - reminder.before())?;
    let is_of_this = |last: &LastReminder| last.until.is_none_or(|then| then >= until);
    let last = last.filter(is_of_this);
    let is_news = last.is_none_or(|last| last.which < due) && begun < until - due.before();
    is_news.then_some(due)
}
