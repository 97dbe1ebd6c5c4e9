//! How firmly a pair stands when chance or the weights are others.

use crate::cost::TooLarge;
use crate::index::{Key, Mentee};
use crate::instance::Instance;
use crate::plan::{Objective, Plan};
use crate::solve::solve;

/// In how many of several plans each pair of a plan stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Robustness {
    /// How many plans there are.
    pub n_plans: u32,
    /// For each mentee, in how many of them they have the same mentor, or none again.
    pub same: Vec<u32>,
}

impl Robustness {
    /// Compares a plan with others.
    pub fn of<'a>(plan: &Plan, others: impl IntoIterator<Item = &'a Plan>) -> Self {
        let mut robustness = Self {
            n_plans: 0,
            same: vec![0; plan.mentors.len()],
        };
        for other in others {
            robustness.add(plan, other);
        }
        robustness
    }

    /// Counts one more plan.
    pub fn add(&mut self, plan: &Plan, other: &Plan) {
        self.n_plans += 1;
        for (at, count) in self.same.iter_mut().enumerate() {
            let mentee = Mentee::of(at);
            *count += u32::from(plan.mentor_of(mentee) == other.mentor_of(mentee));
        }
    }

    /// The mentees whose pair does not stand in all plans.
    pub fn fragile(&self) -> Vec<Mentee> {
        let counts = self.same.iter().enumerate();
        counts
            .filter(|(_, count)| **count < self.n_plans)
            .map(|(at, _)| Mentee::of(at))
            .collect()
    }

    /// The share of plans in which a mentee has the same mentor, in thousandths.
    pub fn per_mille(&self, mentee: Mentee) -> Option<u32> {
        let count = u64::from(*self.same.get(mentee.at())?);
        let share = (count * 1000).checked_div(self.n_plans.into())?;
        u32::try_from(share).ok()
    }
}

/// How firmly the pairs of a plan stand under other seeds: a pair that does not stand under all is
/// one of several that are equally good.
///
/// # Errors
/// An instance too large for exact arithmetic.
pub fn under_seeds(
    instance: &Instance,
    plan: &Plan,
    seeds: impl IntoIterator<Item = u64>,
) -> Result<Robustness, TooLarge> {
    let instances = seeds.into_iter();
    let instances = instances.map(|seed| instance.clone().with_seed(seed));
    under_instances(plan, plan.objective, instances)
}

/// How firmly the pairs of a plan stand in other instances of the same people, such as those with
/// the scores of other weights.
///
/// # Errors
/// An instance too large for exact arithmetic.
pub fn under_instances(
    plan: &Plan,
    objective: Objective,
    instances: impl IntoIterator<Item = Instance>,
) -> Result<Robustness, TooLarge> {
    let mut robustness = Robustness::of(plan, []);
    for instance in instances {
        robustness.add(plan, &solve(&instance, objective)?);
    }
    Ok(robustness)
}
