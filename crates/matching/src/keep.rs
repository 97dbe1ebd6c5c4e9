//! A new plan that changes little of an old one.

use crate::cost::TooLarge;
use crate::index::Mentor;
use crate::instance::{Instance, InstanceError, Keep};
use crate::plan::{Objective, Plan};
use crate::score::SCORE_LIMIT;
use crate::solve::solve;

/// Why there is no plan with few enough changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepError {
    /// No plan with the fewest unmatched changes as little; this many changes are needed.
    Needs(u32),
    /// The old plan does not fit the instance.
    Instance(InstanceError),
    /// The instance is too large for exact arithmetic.
    TooLarge,
}

impl std::error::Error for KeepError {}

impl std::fmt::Display for KeepError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Needs(count) => write!(f, "at least {count} mentees have to change"),
            Self::Instance(error) => error.fmt(f),
            Self::TooLarge => TooLarge.fmt(f),
        }
    }
}

impl From<TooLarge> for KeepError {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Solves again so that at most so many mentees lose the mentor they had.
///
/// First come the fewest unmatched. Of the plans that weigh every change by the same points, the
/// one with the least points that keeps to `most` is taken, or the plan with the fewest changes of
/// all. It is the best plan for its own number of changes; where two such plans are further apart
/// than one change, a plan in between could be better still, which no sum over pairs can find.
///
/// # Errors
/// Fewer changes than are needed, an old plan of another size, or an instance too large for exact
/// arithmetic.
pub fn solve_with_few_changes(
    instance: &Instance,
    objective: Objective,
    before: &[Option<Mentor>],
    most: u32,
) -> Result<(Plan, Keep), KeepError> {
    let weighed = |keep: Keep| -> Result<Plan, KeepError> {
        let instance = instance.clone().with_reference(before.to_vec(), keep);
        Ok(solve(&instance.map_err(KeepError::Instance)?, objective)?)
    };
    let fewest = weighed(Keep::First)?;
    if fewest.value.changed > most {
        return Err(KeepError::Needs(fewest.value.changed));
    }
    let mut best = (fewest, Keep::First);
    let (mut low, mut high) = (0, SCORE_LIMIT + 1);
    // Dearer changes never lead to more of them.
    while low < high {
        let points = low + (high - low) / 2;
        if points > SCORE_LIMIT {
            break;
        }
        let keep = Keep::Points(points);
        let plan = weighed(keep)?;
        if plan.value.changed <= most {
            best = (plan, keep);
            high = points;
        } else {
            low = points + 1;
        }
    }
    Ok(best)
}
