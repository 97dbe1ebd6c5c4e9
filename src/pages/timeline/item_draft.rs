//! What is written about an item, and what it wishes: only what was changed here and is not so yet.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime};
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::locale::L10n;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::wish::Act;
use tandem_domain::timeline::{Audience, Certainty, InCalendar, Item, When};

/// How long a meeting lasts unless something else is said, in minutes.
const MEETING: &str = "60";

/// What is written in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) audience: Audience,
    pub(super) lane: String,
    pub(super) sure: Sure,
    /// The earliest and the latest day, of what will lie between two.
    pub(super) between: (Option<NaiveDate>, Option<NaiveDate>),
    pub(super) in_calendar: InCalendar,
    /// One of `KINDS`; of an item that is there only a deadline or a meeting.
    pub(super) kind: String,
    pub(super) first: Option<NaiveDate>,
    pub(super) last: Option<NaiveDate>,
    /// Of a deadline the last minute that counts, of a meeting when it begins.
    pub(super) time: Option<NaiveTime>,
    pub(super) zone: ZoneName,
    pub(super) minutes: String,
}

/// How sure the dates are, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    Firm,
    Tentative,
    Window,
}

/// Where in the form something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    Title,
    Day,
    Time,
    Minutes,
    Between,
    Whole,
}

pub(super) type Problem = (Spot, String);

impl Draft {
    /// A new item of which nothing is said yet.
    pub(super) fn new(zone: ZoneName) -> Self {
        Self {
            title: String::new(),
            body: String::new(),
            audience: Audience::Public,
            lane: String::new(),
            sure: Sure::Firm,
            between: (None, None),
            in_calendar: InCalendar::Auto,
            kind: "milestone".to_owned(),
            first: None,
            last: None,
            time: None,
            zone,
            minutes: MEETING.to_owned(),
        }
    }

    /// What an item that is there says.
    pub(super) fn of(item: &Item) -> Self {
        let (sure, between) = match item.certainty {
            Certainty::Firm => (Sure::Firm, (None, None)),
            Certainty::Tentative => (Sure::Tentative, (None, None)),
            Certainty::Window { first, last } => (Sure::Window, (Some(first), Some(last))),
        };
        let mut draft = Self {
            title: item.title.text().to_owned(),
            body: item.body.text().to_owned(),
            audience: item.audience,
            lane: item.lane.clone(),
            sure,
            between,
            in_calendar: item.in_calendar,
            kind: String::new(),
            ..Self::new(ZoneName(String::new()))
        };
        let (kind, at, zone) = match &item.when {
            When::Due(due) => ("due", due.civil - Duration::minutes(1), &due.zone),
            When::Meeting { start, minutes } => {
                draft.minutes = minutes.to_string();
                ("meeting", start.civil, &start.zone)
            }
            When::Phase { .. } | When::Milestone { .. } => return draft,
        };
        kind.clone_into(&mut draft.kind);
        draft.first = Some(at.date());
        draft.time = Some(at.time());
        draft.zone = zone.clone();
        draft
    }

    /// What is written here on top of what is saved by now; `base` is what stood here at first.
    fn over(&self, base: &Self, now: &Self) -> Self {
        fn pick<T: Clone + PartialEq>(mine: &T, base: &T, now: &T) -> T {
            if mine == base { now } else { mine }.clone()
        }
        Self {
            title: pick(&self.title, &base.title, &now.title),
            body: pick(&self.body, &base.body, &now.body),
            audience: pick(&self.audience, &base.audience, &now.audience),
            lane: pick(&self.lane, &base.lane, &now.lane),
            sure: pick(&self.sure, &base.sure, &now.sure),
            between: pick(&self.between, &base.between, &now.between),
            in_calendar: pick(&self.in_calendar, &base.in_calendar, &now.in_calendar),
            kind: now.kind.clone(),
            first: pick(&self.first, &base.first, &now.first),
            last: now.last,
            time: pick(&self.time, &base.time, &now.time),
            zone: pick(&self.zone, &base.zone, &now.zone),
            minutes: pick(&self.minutes, &base.minutes, &now.minutes),
        }
    }

    /// What it wishes of an item that is there: only what was changed here and is not so yet.
    pub(super) fn edit(&self, base: &Self, item: &Item) -> Result<Option<Act>, Problem> {
        let now = Self::of(item);
        let new = self.over(base, &now);
        if new.title.trim().is_empty() {
            return Err((Spot::Title, "Give it a name.".to_owned()));
        }
        let is_timed = !now.kind.is_empty();
        let when = is_timed.then(|| new.when()).transpose()?;
        if new == now {
            return Ok(None);
        }
        let text = |new: &str, old: &str| (new != old).then(|| L10n::english(new));
        let certainty = new.certainty()?;
        let is_same_time = when.as_ref().is_some_and(|when| is_same(when, &item.when));
        Ok(Some(Act::Edit {
            item: item.id,
            title: text(&new.title, &now.title),
            body: text(&new.body, &now.body),
            audience: (new.audience != now.audience).then_some(new.audience),
            lane: (new.lane != now.lane).then_some(new.lane),
            certainty: (certainty != item.certainty).then_some(certainty),
            in_calendar: (new.in_calendar != now.in_calendar).then_some(new.in_calendar),
            when: when.filter(|_| !is_same_time),
        }))
    }

    /// What it wishes of a new item.
    pub(super) fn create(&self, item: ItemId) -> Result<Act, Problem> {
        if self.title.trim().is_empty() {
            return Err((Spot::Title, "Give it a name.".to_owned()));
        }
        Ok(Act::Create {
            item,
            when: self.when()?,
            title: L10n::english(&self.title),
            body: L10n::english(&self.body),
            audience: self.audience,
            lane: self.lane.clone(),
            certainty: self.certainty()?,
        })
    }

    fn certainty(&self) -> Result<Certainty, Problem> {
        let wrong = |words: &str| (Spot::Between, words.to_owned());
        match (self.sure, self.between) {
            (Sure::Firm, _) => Ok(Certainty::Firm),
            (Sure::Tentative, _) => Ok(Certainty::Tentative),
            (Sure::Window, (Some(first), Some(last))) if first <= last => {
                Ok(Certainty::Window { first, last })
            }
            (Sure::Window, (Some(_), Some(_))) => {
                Err(wrong("The latest day lies before the earliest."))
            }
            (Sure::Window, _) => Err(wrong("Enter both days, for example 2 March 2018.")),
        }
    }

    /// Whether it is a deadline; nothing for what has no time of day.
    pub(super) fn is_due(&self) -> Option<bool> {
        match self.kind.as_str() {
            "due" => Some(true),
            "meeting" => Some(false),
            _ => None,
        }
    }

    /// The civil time that is stored: of a deadline the minute after the last one that counts.
    pub(super) fn civil(&self) -> Option<NaiveDateTime> {
        let at = self.first?.and_time(self.time?);
        let after = Duration::minutes(i64::from(self.is_due()?));
        at.checked_add_signed(after)
    }

    /// When it is.
    pub(super) fn when(&self) -> Result<When, Problem> {
        let first = self.first.ok_or_else(|| {
            let words = "Enter the day, for example 2 March 2018.".to_owned();
            (Spot::Day, words)
        })?;
        let at = || {
            let civil = self.civil().ok_or_else(|| {
                let words = "Enter a time of day, for example 17:00.".to_owned();
                (Spot::Time, words)
            })?;
            Ok::<Deadline, Problem>(unresolved(civil, &self.zone))
        };
        Ok(match self.kind.as_str() {
            "phase" => When::Phase {
                start: first,
                end: self.last.unwrap_or(first),
            },
            "due" => When::Due(at()?),
            "meeting" => When::Meeting {
                start: at()?,
                minutes: self.minutes.trim().parse().map_err(|_| {
                    let words = "Write how many minutes, such as 60.".to_owned();
                    (Spot::Minutes, words)
                })?,
            },
            _ => When::Milestone { on: first },
        })
    }
}

/// Whether two say the same, but for what only the server knows.
pub(super) fn is_same(new: &When, old: &When) -> bool {
    let length = |when: &When| match when {
        When::Meeting { minutes, .. } => Some(*minutes),
        _ => None,
    };
    let read = |when: &When| {
        let time = when.time();
        time.map(|time| (time.civil, time.zone.clone()))
    };
    (new.days(), length(new), read(new)) == (old.days(), length(old), read(old))
}

/// A civil time whose instant only the server knows; what stands for it is not believed.
pub(super) fn unresolved(civil: NaiveDateTime, zone: &ZoneName) -> Deadline {
    Deadline {
        civil,
        zone: zone.clone(),
        instant: DateTime::UNIX_EPOCH,
        grace_minutes: 0,
    }
}

#[cfg(test)]
mod tests {
    use tandem_domain::timeline::Mark;

    use super::*;

    fn due() -> Item {
        let id = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let at = unresolved("2018-03-03T00:00:00".parse().unwrap(), &ZoneName::aoe());
        Item::planned(
            id,
            Mark::Closing,
            When::Due(at),
            L10n::english("Applications close"),
        )
    }

    fn edited(draft: &Draft, item: &Item) -> Option<Act> {
        draft.edit(&Draft::of(&due()), item).unwrap()
    }

    #[test]
    fn a_deadline_is_written_by_the_last_minute_that_counts() {
        let draft = Draft::of(&due());
        assert_eq!(draft.first, "2018-03-02".parse().ok());
        assert_eq!(draft.time, NaiveTime::from_hms_opt(23, 59, 0));
        assert_eq!(edited(&draft, &due()), None);
        let noon = Draft {
            time: NaiveTime::from_hms_opt(11, 59, 0),
            zone: ZoneName("Pacific/Guam".to_owned()),
            ..draft
        };
        let Some(Act::Edit {
            when: Some(When::Due(at)),
            title: None,
            ..
        }) = edited(&noon, &due())
        else {
            panic!("only the time is wished");
        };
        assert_eq!(at.civil, "2018-03-02T12:00:00".parse().unwrap());
        assert_eq!(at.zone.0, "Pacific/Guam");
    }

    #[test]
    fn what_was_changed_elsewhere_is_not_changed_back() {
        let mut moved = due();
        moved.when.shift(7);
        let renamed = Draft {
            title: "The call closes".to_owned(),
            ..Draft::of(&due())
        };
        let Some(Act::Edit {
            title: Some(_),
            when: None,
            ..
        }) = edited(&renamed, &moved)
        else {
            panic!("only the name is wished");
        };
        let later = Draft {
            time: NaiveTime::from_hms_opt(16, 59, 0),
            ..Draft::of(&due())
        };
        let Some(Act::Edit {
            when: Some(when), ..
        }) = edited(&later, &moved)
        else {
            panic!("the time is wished");
        };
        assert_eq!(when.days().1, "2018-03-09".parse().unwrap());
    }

    #[test]
    fn how_sure_it_is_can_be_two_days_between_which_it_will_lie() {
        let window = Draft {
            sure: Sure::Window,
            ..Draft::of(&due())
        };
        let spot = |draft: &Draft| draft.edit(&Draft::of(&due()), &due()).unwrap_err().0;
        assert_eq!(spot(&window), Spot::Between);
        let between = |first: &str, last: &str| Draft {
            between: (first.parse().ok(), last.parse().ok()),
            ..window.clone()
        };
        assert_eq!(spot(&between("2018-03-09", "2018-03-02")), Spot::Between);
        let Some(Act::Edit {
            certainty: Some(certainty),
            when: None,
            in_calendar: None,
            ..
        }) = edited(&between("2018-03-02", "2018-03-09"), &due())
        else {
            panic!("only how sure it is is wished");
        };
        // What it lies between stays when something else is changed.
        let mut lies = due();
        lies.certainty = certainty;
        let hidden = Draft {
            in_calendar: InCalendar::Hidden,
            ..Draft::of(&lies)
        };
        let act = hidden.edit(&Draft::of(&lies), &lies).unwrap();
        let Some(Act::Edit {
            certainty: None,
            in_calendar: Some(InCalendar::Hidden),
            ..
        }) = act
        else {
            panic!("{act:?}");
        };
    }

    #[test]
    fn what_is_missing_is_said_where_it_is_missing() {
        let spot = |draft: &Draft| {
            let id = "01890000-0000-7000-8000-000000000002".parse().unwrap();
            draft.create(id).unwrap_err().0
        };
        let mut draft = Draft::new(ZoneName::aoe());
        assert_eq!(spot(&draft), Spot::Title);
        draft.title = "Welcome call".to_owned();
        draft.kind = "meeting".to_owned();
        assert_eq!(spot(&draft), Spot::Day);
        draft.first = "2018-06-04".parse().ok();
        assert_eq!(spot(&draft), Spot::Time);
        draft.time = NaiveTime::from_hms_opt(15, 0, 0);
        draft.minutes = "an hour".to_owned();
        assert_eq!(spot(&draft), Spot::Minutes);
    }
}
