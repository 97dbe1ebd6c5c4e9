//! The board of a cohort.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::board::{Command, Expect, Placement, Refusal};
use tandem_domain::candidate::Candidate;
use tandem_domain::id::{ApplicationId, CohortId, CommandId, PersonId, ScenarioId};
use tandem_domain::rule::PairFacts;
use tandem_domain::score::{Scoring, Weights};

/// Answer of `GET …/board`: everything the board shows, scores and rules computed from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of the board and rights of its reader, each on its own"
)]
pub struct BoardView {
    /// Which scenario.
    pub scenario: ScenarioId,
    /// Its name.
    pub name: String,
    /// Whether it is the one that is published.
    #[serde(default)]
    pub in_force: bool,
    /// Of which cohort.
    pub cohort: CohortId,
    /// The revision this shows.
    pub rev: i64,
    /// Everybody on the board, both sides.
    pub candidates: Vec<Candidate>,
    /// What is known of single pairs; a block says neither who nor why.
    pub facts: PairFacts,
    /// Who is with whom.
    pub placements: Vec<(ApplicationId, Placement)>,
    /// How much each component of a score weighs.
    pub weights: Weights,
    /// How pairs are scored in all: the weights again, the floor, fair load, the seed.
    #[serde(default)]
    pub scoring: Scoring,
    /// The last commands, newest first.
    pub recent: Vec<Entry>,
    /// Whether the reader may change the board now.
    pub may_change: bool,
    /// Whether the reader may let warnings stand.
    pub may_override: bool,
    /// Whether people are left out with whom the reader has a conflict.
    #[serde(default)]
    pub recused: bool,
    /// The last revision of which the reader has seen what others did; nothing at the first look.
    #[serde(default)]
    pub looked: Option<i64>,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
}

/// Body of `POST …/commands`: one command with what its sender saw. The id makes it replay-safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendCommand {
    /// Made by the client; the same again is answered the same.
    pub id: CommandId,
    /// What to do.
    pub command: Command,
    /// What the sender saw of each mentee concerned.
    pub expect: Vec<Expect>,
    /// The command this one undoes, if it is an undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<CommandId>,
}

/// Answer of an accepted command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandAccepted {
    /// The entry in the log.
    pub entry: Entry,
}

/// One command in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The command's id.
    pub id: CommandId,
    /// The revision it led to.
    pub rev: i64,
    /// Who.
    pub by: PersonId,
    /// Who, by name.
    pub by_name: String,
    /// When, in real time.
    pub at: DateTime<Utc>,
    /// What.
    pub command: Command,
    /// What puts it back.
    pub inverse: Command,
    /// The command it undid, if it was an undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<CommandId>,
}

/// Answer of `GET …/commands?after=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryList {
    /// In order of their revision.
    pub entries: Vec<Entry>,
    /// The revision now.
    pub rev: i64,
}

/// The `extra` of a problem `conflict` or `refused` on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCommand {
    /// Why.
    pub refusal: Refusal,
    /// The other's command behind a conflict, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Entry>,
}

/// A member of the committee who has a conflict with an applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    /// The member.
    pub member: PersonId,
    /// The member's name.
    pub member_name: String,
    /// The applicant.
    pub person: PersonId,
    /// The applicant's name.
    pub person_name: String,
}

/// Body of `POST …/conflicts`: the caller has a conflict with an applicant; an officer or a chair
/// may say so of another member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclareConflict {
    /// The applicant.
    pub person: PersonId,
    /// The member; the caller if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<PersonId>,
}

/// Body of `PUT …/presence`: where the caller is on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SayHere {
    /// Whom the caller looks at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<ApplicationId>,
    /// Whom the caller is placing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holding: Option<ApplicationId>,
}

/// Body of `PUT …/looked`: up to which revision the caller has seen what others did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// As the caller counts.
    pub rev: i64,
}

/// Somebody else who is at the board now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HereView {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Whom they look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<ApplicationId>,
    /// Whom they are placing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holding: Option<ApplicationId>,
}
