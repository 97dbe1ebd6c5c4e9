//! The timeline of a cohort.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::{Edit, EditError, Item, Shift};

/// Answer of `GET …/timeline`, filtered for the reader; its `ETag` is the revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineView {
    /// In order of their first date. Deadlines come without grace.
    pub items: Vec<Item>,
    /// The official zone.
    pub zone: ZoneName,
    /// Whether the reader may change dates.
    pub may_change: bool,
    /// For `If-Match`.
    pub rev: i64,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
}

/// Body of `POST …/plan` and `POST …/changes`; the latter needs `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeDates {
    /// The dates to move.
    pub edits: Vec<Edit>,
    /// Why; shown in the log.
    #[serde(default)]
    pub note: String,
}

/// What a change would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanView {
    /// Every date that moves.
    pub shifts: Vec<Shift>,
    /// What is wrong, wish by wish.
    pub errors: Vec<WrongEdit>,
    /// How many people have an application whose deadline moves.
    pub affected: u32,
}

/// A wish that cannot be fulfilled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongEdit {
    /// The wish.
    pub edit: Edit,
    /// Why not.
    pub error: EditError,
}
