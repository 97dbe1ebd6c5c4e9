//! Programs and cohorts.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::cohort::{Calendar, CohortState, Stage};
use tandem_domain::date::ZoneName;
use tandem_domain::id::{CohortId, ProgramId};
use tandem_domain::permission::Action;
use tandem_domain::rule::HardRule;

/// A program as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramView {
    /// Which.
    pub id: ProgramId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The association that runs it.
    pub association: String,
    /// What it is, in a paragraph or two of plain text.
    pub about: String,
    /// Whom to write to.
    pub contact: String,
    /// Its cohorts that the reader may see, newest first.
    pub cohorts: Vec<CohortView>,
}

/// Body of `POST /api/programs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProgram {
    /// Lower-case letters, digits, hyphens.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The association that runs it.
    pub association: String,
    /// What it is.
    pub about: String,
    /// Whom to write to.
    pub contact: String,
}

/// A cohort as its reader sees it. The closing deadline comes without its grace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortView {
    /// Which.
    pub id: CohortId,
    /// Of which program.
    pub program: ProgramId,
    /// The program's name.
    pub program_name: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its name, such as "2018–2019".
    pub title: String,
    /// The stored state.
    pub state: CohortState,
    /// Where it stands now.
    pub stage: Stage,
    /// Its dates.
    pub calendar: Calendar,
    /// The official zone of its dates.
    pub zone: ZoneName,
    /// What the reader may do with it now.
    pub may: Vec<Action>,
    /// For `If-Match`.
    pub rev: i64,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
    /// How many pairs it has, once published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairs: Option<u32>,
}

/// Body of `POST /api/programs/{program}/cohorts`. The default forms and timeline come with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCohort {
    /// Lower-case letters, digits, hyphens; unique on the server.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// The official zone of its dates (IANA).
    pub zone: ZoneName,
    /// First day of the call, from 00:00 in the official zone.
    pub call_opens: NaiveDate,
    /// First civil moment at which it is too late (exclusive end).
    pub closes: NaiveDateTime,
    /// Where the closing time is read: the official zone or `AoE`.
    pub closes_zone: ZoneName,
    /// When pairing should be complete.
    pub pairing_complete: NaiveDate,
    /// First day of the program.
    pub starts: NaiveDate,
    /// Last day of the program.
    pub ends: NaiveDate,
}

/// A move between states that is possible now, and what it causes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PossibleTransition {
    /// Where to.
    pub to: CohortState,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Whether the reader may make it.
    pub allowed: bool,
    /// Whether the reader stays away from people of the cohort: whoever does is told neither notes
    /// nor mails nor broken pairs.
    pub recused: bool,
    /// What stands in the way or should be known, as codes.
    pub notes: Vec<TransitionNote>,
    /// The mails it causes.
    pub mails: Vec<CausedMail>,
    /// Pairs on the board that break a rule by now. While there is one, the board is neither signed
    /// off nor published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<BrokenPair>,
}

/// A pair on the board that breaks a rule by now: somebody withdrew, asked to be kept apart, or
/// offers fewer places than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenPair {
    /// The mentee, by name.
    pub mentee: String,
    /// The mentor, by name.
    pub mentor: String,
    /// The rules, most telling first.
    pub rules: Vec<HardRule>,
}

/// The `extra` of the problem `refused` where a move would make broken pairs known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenPairs {
    /// All of them.
    pub broken: Vec<BrokenPair>,
}

/// Something to know before moving a cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum TransitionNote {
    /// Applications are still accepted.
    StillOpen,
    /// Applications nobody has decided on.
    Undecided {
        /// How many.
        count: u32,
    },
    /// Mentees without a mentor.
    WithoutPartner {
        /// How many.
        count: u32,
    },
}

/// Mails of one kind that a move causes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CausedMail {
    /// Which template.
    pub template: String,
    /// Its subject.
    pub subject: String,
    /// One example, with placeholders filled for the first recipient.
    pub example: String,
    /// How many people get it.
    pub recipients: u32,
}

/// Body of `POST …/transitions`. Needs `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeTransition {
    /// Where to.
    pub to: CohortState,
    /// Why; empty where none is needed.
    #[serde(default)]
    pub reason: String,
}
