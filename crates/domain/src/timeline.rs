//! The timeline of a cohort: phases, milestones, deadlines in order, and what may be moved.

pub mod calendar;
pub mod layout;
pub mod plan;
pub mod today;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::date::Deadline;
use crate::form::locale::L10n;
use crate::id::ItemId;

/// Something on the timeline.
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
    /// Who sees it.
    pub audience: Audience,
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
}

/// Who sees an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    Public,
    /// The committee.
    Committee,
}

/// Which date of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// The first day of a phase.
    Start,
    /// The last day of a phase; the day of a milestone; the announced last day of a deadline.
    End,
}

/// A wish to move one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Which item.
    pub item: ItemId,
    /// Which of its dates.
    pub edge: Edge,
    /// Where to.
    pub to: NaiveDate,
}

/// What is wrong with a wished date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum EditError {
    /// No such item.
    #[error("no such item")]
    Unknown,
    /// The start would lie after the end.
    #[error("ends before it begins")]
    EndsBeforeItBegins,
    /// Two items would stand in the wrong order.
    #[error("out of order")]
    OutOfOrder {
        /// The one that must come first.
        before: Mark,
        /// The one that must come after.
        after: Mark,
    },
    /// A closing day that was announced must not move into the past.
    #[error("in the past")]
    InThePast,
    /// Too far away to mean anything.
    #[error("out of range")]
    OutOfRange,
    /// The item has only one date.
    #[error("no such edge")]
    NoSuchEdge,
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
