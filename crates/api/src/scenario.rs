//! The boards of a cohort: the one in force, and others beside it to try something out.

use serde::{Deserialize, Serialize};
use tandem_domain::id::{ApplicationId, ScenarioId};
use tandem_domain::matching::Compared;

/// How many boards a cohort has at most.
pub const MOST_SCENARIOS: usize = 8;
/// How many boards are compared at once: from, to.
pub const COMPARED: (usize, usize) = (2, 4);
/// How long the name of a board may be, in characters.
pub const NAME: usize = 60;

/// A named board.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScenarioView {
    /// Which.
    pub id: ScenarioId,
    /// Its name.
    pub name: String,
    /// Counts commands.
    pub rev: i64,
    /// How many pairs.
    pub pairs: u32,
    /// Whether it is the one that is published.
    #[serde(default)]
    pub in_force: bool,
    /// Counts changes of the name.
    #[serde(default)]
    pub version: i64,
}

/// Body of `POST …/scenarios`: a copy of a board under a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewScenario {
    /// The name; no two boards of a cohort have the same.
    pub name: String,
    /// Of which board; of the one in force if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<ScenarioId>,
    /// As it was at this revision; as it is now if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_rev: Option<i64>,
}

/// Body of `PATCH …/scenarios/{scenario}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameScenario {
    /// The new name.
    pub name: String,
}

/// Answer of `GET …/comparison?of=`: boards side by side, in the order that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The boards.
    pub boards: Vec<ComparedBoard>,
    /// The names of everybody in their differences, by id.
    pub people: Vec<(ApplicationId, String)>,
}

/// One board beside the one in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedBoard {
    /// The board as it stands in the list.
    pub scenario: ScenarioView,
    /// How good it is, and how it differs.
    pub compared: Compared,
}
