//! How firmly each pair of a plan stands: under other weights, and under other seeds.

use serde::{Deserialize, Serialize};
use tandem_matching::{Robustness, solve};

use super::ask::{Trouble, Watch};
use super::setup::{Setup, mentee_at};
use super::wanted::{How, Problem};
use crate::id::ApplicationId;
use crate::score::Weights;

/// How many other seeds are tried.
pub const N_SEEDS: u32 = 8;

/// How firmly a mentee's place in a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firmness {
    /// Who.
    pub mentee: ApplicationId,
    /// The mentor in the plan.
    pub mentor: Option<ApplicationId>,
    /// In how many of the other plans it is the same.
    pub same: u32,
    /// In how many of those with the same weights and another seed. A pair that is not in all of
    /// them is one of several that are equally good.
    pub same_by_seed: u32,
    /// How many other plans there are.
    pub of: u32,
}

/// Solves again with every weight a fifth more and a fifth less, and with other seeds.
pub(super) fn firmness(
    problem: &Problem,
    how: How,
    watch: &mut Watch<'_>,
) -> Result<Vec<Firmness>, Trouble> {
    let mut setup = Setup::new(problem, how)?;
    let plan = setup.solve(watch)?;
    let objective = how.goal.objective();
    let mut by_seed = Robustness::of(&plan, []);
    let variants = variants(problem.scoring.weights);
    let of = variants.len() + N_SEEDS as usize;
    let seed = u64::from(problem.scoring.seed) + u64::from(how.another);
    for another in 1..=N_SEEDS {
        watch.report(another as usize, of)?;
        let instance = setup.instance.clone().with_seed(seed + u64::from(another));
        by_seed.add(&plan, &solve(&instance, objective)?);
    }
    let mut by_all = by_seed.clone();
    for (at, weights) in variants.into_iter().enumerate() {
        watch.report(N_SEEDS as usize + at, of)?;
        by_all.add(&plan, &solve(&setup.with_weights(weights)?, objective)?);
    }
    let rows = setup.mentees.iter().enumerate().map(|(row, mentee)| {
        let count = |of: &Robustness| of.same.get(row).copied().unwrap_or(0);
        Firmness {
            mentee: mentee.id,
            mentor: plan
                .mentor_of(mentee_at(row))
                .and_then(|mentor| setup.mentor_id(mentor)),
            same: count(&by_all),
            same_by_seed: count(&by_seed),
            of: by_all.n_plans,
        }
    });
    Ok(rows.collect())
}

/// The weights with one of them a fifth more, or a fifth less. In fifths, so that nothing is rounded
/// away; only the ratio of weights counts.
fn variants(weights: Weights) -> Vec<Weights> {
    let scaled = |changed: usize, fifths: u16| {
        let mut at = 0;
        weights.map(|weight| {
            let times = if at == changed { fifths } else { 5 };
            at += 1;
            weight.saturating_mul(times)
        })
    };
    (0..6)
        .flat_map(|changed| [scaled(changed, 6), scaled(changed, 4)])
        .collect()
}
