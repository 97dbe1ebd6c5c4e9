//! What is asked of the solver: a board, what makes a plan good, and what stays as it is.

use serde::{Deserialize, Serialize};
use tandem_matching::Objective;

use crate::board::{Board, Placement};
use crate::candidate::Candidate;
use crate::id::ApplicationId;
use crate::rule::PairFacts;
use crate::score::Scoring;

/// A board as the solver needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Everybody on the board.
    pub candidates: Vec<Candidate>,
    /// What is known of single pairs.
    pub facts: PairFacts,
    /// Who is with whom.
    pub placements: Vec<(ApplicationId, Placement)>,
    /// How pairs are scored, and from which score on they are proposed.
    pub scoring: Scoring,
}

impl Problem {
    /// What a board asks, scored so.
    pub fn of(board: &Board, scoring: &Scoring) -> Self {
        let placements = board.placements.iter();
        Self {
            candidates: board.candidates.values().cloned().collect(),
            facts: board.facts.clone(),
            placements: placements
                .map(|(mentee, placement)| (*mentee, placement.clone()))
                .collect(),
            scoring: scoring.clone(),
        }
    }
}

/// What makes one plan better than another. All but `Stable` first leave the fewest unmatched.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The fewest poor pairs, then the greatest total.
    #[default]
    Balanced,
    /// The greatest total.
    Total,
    /// The greatest lowest score, then the greatest total.
    MaxMin,
    /// Nobody would rather have each other.
    Stable,
}

impl Goal {
    /// Every goal, the default first.
    pub const ALL: [Self; 4] = [Self::Balanced, Self::Total, Self::MaxMin, Self::Stable];

    /// As the solver knows it.
    pub(super) fn objective(self) -> Objective {
        match self {
            Self::Balanced => Objective::Balanced,
            Self::Total => Objective::Total,
            Self::MaxMin => Objective::MaxMin,
            Self::Stable => Objective::FewestBlockingPairs,
        }
    }

    /// The goal by which questions about single people are answered: they need a goal that is a sum
    /// over the pairs.
    #[must_use]
    pub fn for_questions(self) -> Self {
        match self {
            Self::Total => Self::Total,
            Self::Balanced | Self::MaxMin | Self::Stable => Self::Balanced,
        }
    }
}

/// What stays as it is. Locked pairs always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// Locked pairs only.
    Locked,
    /// Every pair that is on the board; only those without a mentor get one.
    #[default]
    Present,
    /// As many of the pairs on the board as can be, once the fewest are unmatched.
    Most,
    /// All pairs on the board but so many.
    AllBut(u32),
}

/// How a plan is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct How {
    /// What makes it good.
    #[serde(default)]
    pub goal: Goal,
    /// What stays.
    #[serde(default)]
    pub keeping: Keeping,
    /// Which of several plans that are equally good, counted from that of the cohort's seed.
    #[serde(default)]
    pub another: u32,
}
