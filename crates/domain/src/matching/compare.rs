//! Boards of a cohort side by side: how good each is, and how it differs from the one in force.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ask::Trouble;
use super::plan::Figures;
use super::setup::Setup;
use super::wanted::{Goal, How, Keeping, Problem};
use crate::board::{Difference, Placements, differences};
use crate::score::{Scoring, score};

/// A board beside the one in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// How good it is, pairs that a rule forbids by now left out. Its changes are against the board
    /// in force.
    pub figures: Figures,
    /// Pairs that a rule forbids by now.
    pub broken: u32,
    /// From the board in force to this one.
    pub differences: Vec<Difference>,
}

/// How a board stands beside the one in force. Pairs that people made below the floor count like
/// others, so the floor decides nothing here; who would rather have each other is told of all who
/// are not locked.
pub fn compare(problem: &Problem, in_force: &Placements) -> Result<Compared, Trouble> {
    let without_floor = Problem {
        scoring: Scoring {
            floor: 0,
            ..problem.scoring.clone()
        },
        ..problem.clone()
    };
    let how = How {
        goal: Goal::Total,
        keeping: Keeping::Locked,
        another: 0,
    };
    let setup = Setup::new(&without_floor, how)?;
    let people: BTreeMap<_, _> = problem.candidates.iter().map(|one| (one.id, one)).collect();
    let points = |mentee, mentor| {
        let (mentee, mentor) = (people.get(&mentee)?, people.get(&mentor)?);
        Some(score(mentee, mentor, &problem.scoring.weights).total)
    };
    let board: Placements = problem.placements.iter().cloned().collect();
    let differences = differences(in_force, &board, points);
    let mut figures = setup.figures_now();
    figures.changes = u32::try_from(differences.len()).unwrap_or(u32::MAX);
    Ok(Compared {
        figures,
        broken: u32::try_from(setup.fixed.len()).unwrap_or(u32::MAX),
        differences,
    })
}
