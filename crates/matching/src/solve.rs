//! Finds the best plan in one call. What can be interrupted is a [`Run`].

use crate::cost::TooLarge;
use crate::instance::Instance;
use crate::plan::{Objective, Plan};
use crate::progress::{CancelToken, Progress, SolveError, Stage};
use crate::run::Run;

/// Between two looks at the token: pairs looked at.
const EFFORT: u64 = 200_000;

/// Finds the best plan.
///
/// # Errors
/// An instance too large for exact arithmetic. Ten thousand mentees with scores across the whole
/// range are not.
pub fn solve(instance: &Instance, objective: Objective) -> Result<Plan, TooLarge> {
    Ok(Run::new(instance, objective)?.finish())
}

/// Finds the best plan; reports each step and stops when the token is cancelled.
///
/// # Errors
/// An instance too large for exact arithmetic, or a cancelled token.
pub fn solve_watched(
    instance: &Instance,
    objective: Objective,
    token: &CancelToken,
    mut on_progress: impl FnMut(Progress),
) -> Result<Plan, SolveError> {
    let mut run = Run::new(instance, objective)?;
    loop {
        if token.is_cancelled() {
            return Err(SolveError::Cancelled);
        }
        let progress = run.advance(EFFORT);
        on_progress(progress);
        if progress.stage == Stage::Finished {
            return Ok(run.finish());
        }
    }
}
