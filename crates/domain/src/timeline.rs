//! The timeline of a cohort: phases, milestones, deadlines and meetings, and how they may move.
//!
//! [`plan::plan`] is the one way from a timeline to another: the browser runs it while a date is
//! dragged, the server before it stores. Everything else here is read by it or read from it.

pub mod calendar;
pub mod closure;
pub mod constraint;
pub mod layout;
pub mod log;
pub mod news;
pub mod next;
pub mod person;
pub mod plan;
pub mod reader;
pub mod rule;
pub mod today;
pub mod warning;
pub mod wish;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::date::Deadline;
use crate::form::locale::L10n;
use crate::id::ItemId;
use crate::timeline::rule::Rule;

/// Something on the timeline.
///
/// What was stored before an item had a status was public: a missing status reads as announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// What it means to the program.
    pub mark: Mark,
    /// Its dates.
    pub when: When,
    /// Its name.
    pub title: L10n,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub body: L10n,
    /// Who sees it, once it is announced.
    pub audience: Audience,
    /// The row of the picture it stands in; empty is the row of its mark. See [`Item::lane`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lane: String,
    /// How sure its dates are.
    #[serde(default)]
    pub certainty: Certainty,
    /// How far people know of it.
    #[serde(default)]
    pub status: Status,
    /// Whether it stays where it is, whatever else moves.
    #[serde(default)]
    pub locked: bool,
    /// What its dates follow, if they follow another item's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// How calendar files show it.
    #[serde(default)]
    pub in_calendar: InCalendar,
    /// Counts what calendar programs must take notice of (`SEQUENCE`).
    #[serde(default)]
    pub sequence: u32,
    /// When it was last changed.
    #[serde(default)]
    pub changed_at: DateTime<Utc>,
}

/// What an item means to the program. Marks other than `Other` occur once in a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The call: from opening to the closing day.
    Call,
    /// Applications close.
    Closing,
    /// Eligibility is decided.
    Review,
    /// Pairs are made.
    Pairing,
    /// Pairing is complete and everybody hears.
    PairingComplete,
    /// Orientation.
    Orientation,
    /// The program itself.
    Program,
    /// Survey and report.
    Evaluation,
    /// Anything else.
    Other,
}

/// The dates of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A stretch of days, both ends included.
    Phase {
        /// First day.
        start: NaiveDate,
        /// Last day.
        end: NaiveDate,
    },
    /// One day.
    Milestone {
        /// The day.
        on: NaiveDate,
    },
    /// The end of a possibility.
    Due(Deadline),
    /// An hour at which people meet.
    Meeting {
        /// When it begins, in which zone.
        start: Deadline,
        /// How long it lasts.
        minutes: u32,
    },
}

/// Who sees an item. The committee sees every item; nobody else sees a planned one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    Public,
    /// Mentors and mentees.
    Participants,
    /// Mentors.
    Mentors,
    /// Mentees.
    Mentees,
    /// The committee.
    Committee,
}

/// How sure the dates of an item are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// They hold.
    #[default]
    Firm,
    /// They may change.
    Tentative,
    /// They will lie between these days, both included.
    Window {
        /// The earliest day.
        first: NaiveDate,
        /// The latest day.
        last: NaiveDate,
    },
}

/// How far people know of an item. Only people change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The committee plans it; nobody else knows.
    Planned,
    /// Its audience was told.
    #[default]
    Announced,
    /// It took place.
    Done,
    /// It will not take place, and its audience was told.
    Cancelled,
}

/// How calendar files show an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCalendar {
    /// A phase longer than two weeks by its first and its last day, all else as it is.
    #[default]
    Auto,
    /// As one entry over all its days.
    Whole,
    /// By its first and its last day.
    Ends,
    /// Not at all.
    Hidden,
}

/// Which date of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// The first day of a phase.
    Start,
    /// The last day of a phase; the day of a milestone or meeting; the announced last day of a
    /// deadline.
    End,
}

/// One date that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Which item.
    pub item: ItemId,
    /// Which of its dates.
    pub edge: Edge,
    /// Before.
    pub from: NaiveDate,
    /// After.
    pub to: NaiveDate,
}

impl Mark {
    /// Every mark, in the order of a cohort's life.
    pub const ALL: [Self; 9] = [
        Self::Call,
        Self::Closing,
        Self::Review,
        Self::Pairing,
        Self::PairingComplete,
        Self::Orientation,
        Self::Program,
        Self::Evaluation,
        Self::Other,
    ];

    /// Whether a cohort cannot do without it: these dates decide what is open.
    pub fn is_needed(self) -> bool {
        matches!(
            self,
            Self::Call | Self::Closing | Self::PairingComplete | Self::Program
        )
    }

    /// The row of the picture its items stand in, if they name no other.
    pub fn lane(self) -> &'static str {
        match self {
            Self::Call | Self::Closing => "Applications",
            Self::Review | Self::Pairing | Self::PairingComplete => "Pairing",
            Self::Orientation | Self::Program | Self::Evaluation => "Program",
            Self::Other => "Other dates",
        }
    }
}

impl Item {
    /// A planned item of which nothing but this is known.
    pub fn planned(id: ItemId, mark: Mark, when: When, title: L10n) -> Self {
        Self {
            id,
            mark,
            when,
            title,
            body: L10n::default(),
            audience: Audience::Public,
            lane: String::new(),
            certainty: Certainty::Firm,
            status: Status::Planned,
            locked: false,
            rule: None,
            in_calendar: InCalendar::Auto,
            sequence: 0,
            changed_at: DateTime::UNIX_EPOCH,
        }
    }

    /// The same item, told to its audience.
    #[must_use]
    pub fn announced(mut self) -> Self {
        self.status = Status::Announced;
        self
    }

    /// The row of the picture it stands in.
    pub fn lane(&self) -> &str {
        if self.lane.is_empty() {
            self.mark.lane()
        } else {
            &self.lane
        }
    }

    /// One of its dates; only phases have a start of their own.
    pub fn date(&self, edge: Edge) -> Option<NaiveDate> {
        let (start, end) = self.when.days();
        match (edge, &self.when) {
            (Edge::End, _) => Some(end),
            (Edge::Start, When::Phase { .. }) => Some(start),
            (Edge::Start, _) => None,
        }
    }
}

impl When {
    /// First and last civil day; for a deadline the announced last day.
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Phase { start, end } => (*start, *end),
            Self::Milestone { on } => (*on, *on),
            Self::Due(deadline) => (deadline.last_day(), deadline.last_day()),
            Self::Meeting { start, .. } => (start.civil.date(), start.civil.date()),
        }
    }

    /// The civil time it has beside its day, if it has one: of a deadline the end, of a meeting the
    /// beginning.
    pub fn time(&self) -> Option<&Deadline> {
        match self {
            Self::Due(time) | Self::Meeting { start: time, .. } => Some(time),
            Self::Phase { .. } | Self::Milestone { .. } => None,
        }
    }

    /// The same, to change it.
    pub fn time_mut(&mut self) -> Option<&mut Deadline> {
        match self {
            Self::Due(time) | Self::Meeting { start: time, .. } => Some(time),
            Self::Phase { .. } | Self::Milestone { .. } => None,
        }
    }

    /// Puts one date on another day; a time of day and its zone stay as they are.
    ///
    /// The instant moves by as many days, which a change of the clocks between makes wrong by an
    /// hour: whoever knows the zones computes it anew.
    pub fn put(&mut self, edge: Edge, day: NaiveDate) {
        let last = self.days().1;
        match (self, edge) {
            (Self::Phase { start, .. }, Edge::Start) => *start = day,
            (Self::Phase { end, .. }, Edge::End) => *end = day,
            (Self::Milestone { on }, _) => *on = day,
            (Self::Due(time) | Self::Meeting { start: time, .. }, _) => {
                time.civil += day - last;
                time.instant += day - last;
            }
        }
    }

    /// Moves all dates by whole days.
    pub fn shift(&mut self, days: i64) {
        let (start, end) = self.days();
        let by = Duration::days(days);
        self.put(Edge::Start, start + by);
        if matches!(self, Self::Phase { .. }) {
            self.put(Edge::End, end + by);
        }
    }

    /// The same without the grace, as everybody sees it.
    #[must_use]
    pub fn without_grace(mut self) -> Self {
        if let Some(time) = self.time_mut() {
            time.grace_minutes = 0;
        }
        self
    }
}
