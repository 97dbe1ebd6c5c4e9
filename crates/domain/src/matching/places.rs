//! Whom to ask for one more place, and what the loss of a mentor would mean.

use serde::{Deserialize, Serialize};
use tandem_matching::Change as Step;

use super::ask::{Trouble, Watch};
use super::plan::{Change, Effect};
use super::setup::{Setup, mentor_at};
use super::wanted::{How, Problem};
use crate::id::ApplicationId;

/// What one more place with a mentor would bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MorePlace {
    /// Whom to ask.
    pub mentor: ApplicationId,
    /// How the plan would change.
    pub effect: Effect,
    /// Who would move: the first of them into the new place, each further one into the place that
    /// the one before leaves.
    pub chain: Vec<Change>,
}

/// What the loss of a mentor would mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossAnswer {
    /// Whom.
    pub mentor: ApplicationId,
    /// How the best plan would change.
    pub effect: Effect,
    /// Who would move.
    pub moves: Vec<Change>,
}

/// Whom to ask for one more place, the best first. Mentors with whom it would bring nothing are left
/// out.
pub(super) fn more_places(
    problem: &Problem,
    how: How,
    watch: &mut Watch<'_>,
) -> Result<Vec<MorePlace>, Trouble> {
    let mut setup = Setup::new(problem, how)?;
    let live = setup.live(watch)?;
    let found = live.one_more_place().into_iter().filter_map(|more| {
        Some(MorePlace {
            mentor: setup.mentor_id(more.mentor)?,
            effect: more.gain.into(),
            chain: setup.changes(&more.chain),
        })
    });
    Ok(found.collect())
}

/// What it would mean to lose a mentor.
pub(super) fn loss(
    problem: &Problem,
    how: How,
    mentor: ApplicationId,
    watch: &mut Watch<'_>,
) -> Result<LossAnswer, Trouble> {
    let mut setup = Setup::new(problem, how)?;
    let column = setup.column(mentor).ok_or(Trouble::Nobody(mentor))?;
    let live = setup.live(watch)?;
    let outcome = live.what_if(&[Step::Lose(mentor_at(column))])?;
    Ok(LossAnswer {
        mentor,
        effect: outcome.difference.into(),
        moves: setup.changes(&outcome.moves),
    })
}
