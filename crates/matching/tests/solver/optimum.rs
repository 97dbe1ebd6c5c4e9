//! No plan is better than the solver's.

use proptest::prelude::*;
use tandem_matching::{Objective, certify, solve};

use crate::brute::{cases, choice_of};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_plan_is_better(case in cases()) {
        let instance = case.instance();
        for objective in [Objective::Total, Objective::Balanced, Objective::MaxMin] {
            let plan = solve(&instance, objective).unwrap();
            let choice = choice_of(&plan.mentors);
            prop_assert!(case.choices().contains(&choice), "{choice:?} breaks a rule");
            prop_assert_eq!(case.rank(objective, &choice), case.best(objective));
            prop_assert_eq!(certify(&instance, &plan), Ok(()));
            let scores = case.scores_of(&choice);
            prop_assert_eq!(plan.value.total, scores.iter().sum::<i64>());
            prop_assert_eq!(plan.value.lowest.map(i64::from), scores.iter().min().copied());
            prop_assert_eq!(plan.value.load, case.load_of(&choice));
            prop_assert_eq!(i64::from(plan.value.changed), case.changes_of(&choice));
        }
    }

    #[test]
    fn nobody_would_rather_have_each_other(case in cases()) {
        let instance = case.instance();
        let plan = solve(&instance, Objective::FewestBlockingPairs).unwrap();
        let choice = choice_of(&plan.mentors);
        prop_assert!(case.choices().contains(&choice), "{choice:?} breaks a rule");
        prop_assert!(!case.has_blocking_pair(&choice));
        prop_assert_eq!(certify(&instance, &plan), Ok(()));
    }

    #[test]
    fn no_other_plan_without_blocking_pairs_is_better_for_a_mentee(mut case in cases()) {
        // Without ties the mentees' best stable plan is the best for each of them.
        let tables = [Some(&mut case.score), case.mentor_score.as_mut()];
        for (first, table) in (0..).zip(tables.into_iter().flatten()) {
            tell_apart(table, first);
        }
        let instance = case.instance();
        let plan = solve(&instance, Objective::FewestBlockingPairs).unwrap();
        let ours = choice_of(&plan.mentors);
        for choice in case.choices() {
            if case.has_blocking_pair(&choice) {
                continue;
            }
            for (i, (ours, theirs)) in ours.iter().zip(&choice).enumerate() {
                let score = |j: &Option<usize>| j.map(|j| case.score[i][j]);
                prop_assert!(score(ours) >= score(theirs), "mentee {i} in {choice:?}");
            }
        }
    }
}

/// Makes all scores of both tables differ.
fn tell_apart(table: &mut [Vec<Option<i32>>], first: i32) {
    let mut next = first;
    for score in table.iter_mut().flatten().flatten() {
        *score = *score % 5_000 * 80 + next;
        next += 2;
    }
}
