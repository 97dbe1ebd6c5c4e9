//! A certificate holds for the best plan and for no other.

use proptest::prelude::*;
use tandem_matching::{Certificate, Duals, Objective, Plan, certify, solve};

use crate::brute::{Case, cases, choice_of, mentor};

const WITH_DUALS: [Objective; 3] = [Objective::Total, Objective::Balanced, Objective::MaxMin];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_worse_plan_passes_with_the_best_plans_certificate(case in cases()) {
        let instance = case.instance();
        for objective in WITH_DUALS {
            let best = solve(&instance, objective).unwrap();
            let best_rank = case.rank(objective, &choice_of(&best.mentors));
            for choice in case.choices() {
                let mut plan = best.clone();
                plan.mentors = choice.iter().map(|j| j.map(mentor)).collect();
                plan.value = value_of(&case, &plan);
                let is_proven = certify(&instance, &plan).is_ok();
                let is_best = case.rank(objective, &choice) == best_rank;
                prop_assert!(is_best || !is_proven, "{choice:?} for {objective:?}");
            }
        }
    }

    #[test]
    fn a_plan_with_other_figures_is_not_proven(case in cases(), by in 1..5i64) {
        let instance = case.instance();
        let mut plan = solve(&instance, Objective::Total).unwrap();
        plan.value.total += by;
        prop_assert!(certify(&instance, &plan).is_err());
    }

    #[test]
    fn a_wrong_price_is_found(case in cases(), at in any::<prop::sample::Index>(), up in any::<bool>()) {
        let instance = case.instance();
        for objective in WITH_DUALS {
            let mut plan = solve(&instance, objective).unwrap();
            let free: Vec<usize> = (0..plan.mentors.len())
                .filter(|i| case.locked.iter().all(|lock| lock.0 != *i))
                .collect();
            if free.is_empty() {
                continue;
            }
            let mentee = free[at.index(free.len())];
            let duals = duals_of(&mut plan);
            duals.mentees[mentee] += if up { 1 } else { -1 };
            prop_assert!(certify(&instance, &plan).is_err());
            let duals = duals_of(&mut plan);
            duals.mentees[mentee] = if up { i128::MAX } else { i128::MIN };
            prop_assert!(certify(&instance, &plan).is_err());
        }
    }

    #[test]
    fn a_wrong_price_of_a_place_is_found(case in cases(), at in any::<prop::sample::Index>()) {
        let instance = case.instance();
        let mut plan = solve(&instance, Objective::Balanced).unwrap();
        let n_places = duals_of(&mut plan).places.len();
        if n_places == 0 {
            return Ok(());
        }
        let at = at.index(n_places);
        for price in [1, i128::MAX, i128::MIN] {
            let mut plan = plan.clone();
            duals_of(&mut plan).places[at] = price;
            prop_assert!(certify(&instance, &plan).is_err());
        }
    }

    #[test]
    fn a_certificate_of_another_size_or_kind_is_refused(case in cases()) {
        let instance = case.instance();
        let mut plan = solve(&instance, Objective::Total).unwrap();
        duals_of(&mut plan).mentees.push(0);
        prop_assert!(certify(&instance, &plan).is_err());
        plan.certificate = Certificate::NoBlockingPair;
        prop_assert!(certify(&instance, &plan).is_err());
        plan.mentors.push(None);
        prop_assert!(certify(&instance, &plan).is_err());
    }

    #[test]
    fn a_cover_too_large_or_with_a_gap_is_refused(case in cases()) {
        let instance = case.instance();
        let plan = solve(&instance, Objective::MaxMin).unwrap();
        let Certificate::MaxMin { fewest_unmatched, .. } = &plan.certificate else {
            return Err(TestCaseError::fail("no covers"));
        };
        for at in 0..fewest_unmatched.mentees.len() {
            let mut plan = plan.clone();
            if let Certificate::MaxMin { fewest_unmatched, .. } = &mut plan.certificate {
                fewest_unmatched.mentees.remove(at);
            }
            prop_assert!(certify(&instance, &plan).is_err());
        }
        let mut plan = plan.clone();
        if let Certificate::MaxMin { fewest_unmatched, .. } = &mut plan.certificate
            && let Some(&mentee) = fewest_unmatched.mentees.first()
        {
            fewest_unmatched.mentees.push(mentee);
            prop_assert!(certify(&instance, &plan).is_err());
        }
    }
}

fn duals_of(plan: &mut Plan) -> &mut Duals {
    match &mut plan.certificate {
        Certificate::Duals(duals) | Certificate::MaxMin { duals, .. } => duals,
        Certificate::NoBlockingPair => panic!("no duals"),
    }
}

/// The true figures of a changed plan, so that only the proof can fail.
fn value_of(case: &Case, plan: &Plan) -> tandem_matching::Value {
    let choice = choice_of(&plan.mentors);
    let scores = case.scores_of(&choice);
    let below = [500, 600, 700].map(|band| scores.iter().filter(|score| **score < band).count());
    tandem_matching::Value {
        unmatched: choice.iter().filter(|j| j.is_none()).count() as u32,
        changed: case.changes_of(&choice) as u32,
        below: below.map(|count| count as u32),
        total: scores.iter().sum(),
        lowest: scores.iter().min().map(|&lowest| lowest as i32),
        load: case.load_of(&choice),
    }
}
