//! Questions to the solver, plans to adopt, and how a cohort scores its pairs.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::board::Expect;
use tandem_domain::id::{ApplicationId, CommandId};
use tandem_domain::matching::{How, Question};
use tandem_domain::score::Scoring;

/// Body of `POST …/questions`. The answer is a [`tandem_domain::matching::Answer`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskBoard {
    /// How the plan is made that the question is about.
    #[serde(default)]
    pub how: How,
    /// What is asked.
    pub question: Question,
}

/// Body of `POST …/plans`: the plan its sender saw, and what of it goes onto the board. The server
/// makes the plan anew; if it is another by now, nothing is changed and the answer is 409.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptPlan {
    /// Made by the client; the same again is answered the same.
    pub id: CommandId,
    /// How the plan was made.
    #[serde(default)]
    pub how: How,
    /// All pairs of the plan: mentee and mentor, by mentee.
    pub pairs: Vec<(ApplicationId, ApplicationId)>,
    /// The mentees whose place in the plan is adopted.
    pub mentees: Vec<ApplicationId>,
    /// What the sender saw of each of them.
    pub expect: Vec<Expect>,
}

/// Answer of `GET` and `PUT …/scoring`. Its tag is the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoringView {
    /// How pairs are scored.
    pub scoring: Scoring,
    /// Counts changes; 0 if nothing was ever set.
    pub version: i64,
    /// Who set it, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// When, in real time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
    /// Whether the reader may change it now.
    pub may_change: bool,
}
