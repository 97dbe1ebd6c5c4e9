//! What the stream of events says: what changed and its number, never the content.

use serde::{Deserialize, Serialize};
use tandem_domain::id::{ApplicationId, CohortId, CommandId, ScenarioId};

/// Something changed. Clients fetch it through the normal policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A command on a board.
    Board {
        /// Which.
        scenario: ScenarioId,
        /// The revision it led to.
        rev: i64,
        /// The command.
        command: CommandId,
    },
    /// Something was said about a cohort's people, pairs or boards, resolved or taken back.
    Comments {
        /// Of which cohort.
        cohort: CohortId,
    },
    /// Dates or state of a cohort.
    Cohort {
        /// Which.
        cohort: CohortId,
        /// Its revision.
        rev: i64,
    },
    /// An application of the reader, or one of a cohort the reader works on.
    Application {
        /// Which.
        application: ApplicationId,
        /// Its revision.
        rev: i64,
    },
    /// Too much was missed: fetch everything again.
    Resync,
}

/// What a stream can be asked for, written as `cohort:ID` or `scenario:ID` or `me`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The own applications.
    Me,
    /// A cohort: its dates, state, applications.
    Cohort(CohortId),
    /// A board.
    Scenario(ScenarioId),
}

impl std::fmt::Display for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Me => f.write_str("me"),
            Self::Cohort(id) => write!(f, "cohort:{id}"),
            Self::Scenario(id) => write!(f, "scenario:{id}"),
        }
    }
}

impl std::str::FromStr for Topic {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "not a topic";
        match text.split_once(':') {
            None if text == "me" => Ok(Self::Me),
            Some(("cohort", id)) => id.parse().map(Self::Cohort).map_err(|_| WRONG),
            Some(("scenario", id)) => id.parse().map(Self::Scenario).map_err(|_| WRONG),
            _ => Err(WRONG),
        }
    }
}
