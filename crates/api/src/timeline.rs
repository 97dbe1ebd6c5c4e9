//! The timeline of a cohort: read by everybody as far as it concerns them, planned and changed by
//! chair and officer.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::date::ZoneName;
use tandem_domain::id::{ChangeId, ItemId, PersonDateId, PersonId};
use tandem_domain::timeline::closure::{Closure, Closures};
use tandem_domain::timeline::constraint::{Breach, Constraint};
use tandem_domain::timeline::log::{Delta, Moved};
use tandem_domain::timeline::plan::Held;
use tandem_domain::timeline::warning::{Clocks, Warning};
use tandem_domain::timeline::wish::{Act, Edit, EditError, Policy, Wish};
use tandem_domain::timeline::{Item, Shift, When};

use crate::cohort::CausedMail;

/// Answer of `GET …/timeline`, filtered for the reader; its `ETag` is the revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineView {
    /// In order of their first date. Deadlines come without grace, planned items to the committee
    /// only. A date of the reader's own stands in `own`, not here.
    pub items: Vec<Item>,
    /// The official zone.
    pub zone: ZoneName,
    /// Whether the reader may change dates.
    pub may_change: bool,
    /// For `If-Match`.
    pub rev: i64,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
    /// Dates that were other ones when the reader was told, each with its last move.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedDate>,
    /// Dates that hold for the reader instead of everybody's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<OwnDate>,
    /// What the browser needs to plan as the server does; for those who may change dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planning: Option<Planning>,
}

/// "Moved from 2 March": a date, when it was moved, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedDate {
    /// What moved, from where to where.
    #[serde(flatten)]
    pub moved: Moved,
    /// When, in program time.
    pub at: DateTime<Utc>,
    /// Why; may be empty.
    pub why: String,
}

/// A date that holds for the reader instead of everybody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDate {
    /// Of which item.
    pub item: ItemId,
    /// The dates that hold.
    pub when: When,
    /// Why; empty for more time to apply.
    pub reason: String,
}

/// What a plan needs beside the items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planning {
    /// What the committee says must hold; what holds for every cohort is not listed.
    pub constraints: Vec<Constraint>,
    /// The days that the program keeps free.
    pub closures: Closures,
}

/// Answer of `GET` and `PUT /api/programs/{program}/days`: the days that a program keeps free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramDays {
    /// Whether the federal holidays of the United States count.
    pub federal_holidays: bool,
    /// Holidays and conferences of its own.
    pub days: Vec<Closure>,
    /// For `If-Match`.
    pub rev: i64,
}

/// Body of `POST …/plan` and `POST …/changes`; the latter needs `If-Match`, and may carry
/// `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeDates {
    /// The dates to move.
    #[serde(default)]
    pub edits: Vec<Edit>,
    /// What becomes of items; done before dates move.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Act>,
    /// What happens to the dates around.
    #[serde(default)]
    pub policy: Policy,
    /// The locked, done or announced items that may move. Left out, those announced ones whose own
    /// date is wished; given, every held item that moves must be in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticked: Option<Vec<ItemId>>,
    /// Why; shown beside the moved date to everybody who sees it.
    #[serde(default)]
    pub note: String,
}

impl ChangeDates {
    /// What is wished, as the plan takes it.
    pub fn wish(&self) -> Wish {
        Wish {
            acts: self.acts.clone(),
            edits: self.edits.clone(),
            policy: self.policy,
            ticked: self.ticked.clone(),
        }
    }
}

/// What a change would do. With anything in `errors` or `wrong_acts` it would do nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanView {
    /// Every date that moves; wished ones first.
    pub shifts: Vec<Shift>,
    /// What is wrong, wish by wish.
    pub errors: Vec<WrongEdit>,
    /// How many people have an application whose deadline moves.
    pub affected: u32,
    /// What is wrong, act by act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong_acts: Vec<WrongAct>,
    /// What would follow, but stays until it is ticked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Held>,
    /// What does not hold afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaches: Vec<Breach>,
    /// What to know of the dates that are new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Who was told already of what changes, item by item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// To how many people the change is news, each counted once; some may hear for the first time.
    #[serde(default)]
    pub people: u32,
    /// In how many of these people's own calendar feeds it shows.
    #[serde(default)]
    pub feeds: u32,
    /// The mails it causes: one to each person concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mails: Vec<CausedMail>,
    /// The timeline as it would be, with the server's instants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// Why undoing is not possible; only of a plan to undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<tandem_domain::timeline::log::UndoError>,
}

/// An item that changes, and how many people were told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which.
    pub item: ItemId,
    /// How many people.
    pub people: u32,
}

/// A wish that cannot be fulfilled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongEdit {
    /// The wish.
    pub edit: Edit,
    /// Why not.
    pub error: EditError,
}

/// An act that cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongAct {
    /// Its place in `acts`.
    pub act: u32,
    /// Why not.
    pub error: EditError,
}

/// Body of `POST …/changes/{change}/undo`; needs `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoChange {
    /// Why; shown beside dates that move back.
    #[serde(default)]
    pub note: String,
}

/// A change of the timeline, as chair and officer read it; newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// Which.
    pub id: ChangeId,
    /// The revision of the timeline it led to.
    pub rev: i64,
    /// When, in program time.
    pub at: DateTime<Utc>,
    /// The name of who made it.
    pub by: String,
    /// Why.
    pub note: String,
    /// What happened to the dates around.
    pub policy: Policy,
    /// What changed.
    pub delta: Delta,
    /// The change it undid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<ChangeId>,
    /// The change that undid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<ChangeId>,
    /// Whether it can be undone now.
    pub can_undo: bool,
}

/// Body of `POST …/person-dates`; needs `Idempotency-Key`. A date of the same person and item is
/// replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPersonDate {
    /// Instead of which item's.
    pub item: ItemId,
    /// For whom: somebody with an application in the cohort.
    pub person: PersonId,
    /// The dates that hold, of the same kind; the server computes the instant.
    pub when: When,
    /// Why; the person reads it.
    pub reason: String,
}

/// A date that holds for one person, as chair and officer read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDateView {
    /// Its id.
    pub id: PersonDateId,
    /// Instead of which item's.
    pub item: ItemId,
    /// For whom.
    pub person: PersonId,
    /// That person's name.
    pub name: String,
    /// The dates that hold.
    pub when: When,
    /// Why.
    pub reason: String,
    /// The name of who granted it.
    pub by: String,
    /// When, in program time.
    pub at: DateTime<Utc>,
}

/// Body of `POST /api/cohorts/{cohort}/next`; needs `Idempotency-Key`. The forms come along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextCohort {
    /// Lower-case letters, digits, hyphens; unique on the server.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// How many years later, 1 to 5.
    #[serde(default = "one")]
    pub years: u8,
}

fn one() -> u8 {
    1
}

/// Answer of `GET /api/cohorts/{cohort}/next`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextDates {
    /// How many days later everything is: whole weeks.
    pub days: i64,
    /// The dates as they would be.
    pub items: Vec<Item>,
    /// What to know of them.
    pub warnings: Vec<Warning>,
}

/// Answer of `GET /api/me/calendar-token` and `POST /api/me/calendar-token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarToken {
    /// Since when there is an address, in real time; none if there is none.
    pub since: Option<DateTime<Utc>>,
    /// The address, in the answer that makes it and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Answer of `GET /api/time`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerTime {
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
}

/// Body of `POST /api/time/resolve`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolveTime {
    /// A civil time.
    pub civil: NaiveDateTime,
    /// Where it is read.
    pub zone: ZoneName,
}

/// The instant that a civil time means. One that clocks skip or repeat is read as the later of its
/// two meanings, so that nobody loses an announced hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedTime {
    /// In UTC.
    pub instant: DateTime<Utc>,
    /// Whether clocks show it once, never, or twice.
    pub clocks: Clocks,
    /// The civil day there, to name its weekday.
    pub day: NaiveDate,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
}
