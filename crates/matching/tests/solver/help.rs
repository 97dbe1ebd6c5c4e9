//! What a committee is told about shortages, changes and firmness is so.

use proptest::prelude::*;
use tandem_matching::{
    Keep, KeepError, Mentor, Objective, Robustness, shortages, solve, solve_with_few_changes,
    under_seeds,
};

use crate::brute::{Case, cases, choice_of, mentee, mentor};

fn fewest_unmatched(case: &Case) -> i64 {
    case.best(Objective::Total)[0]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn a_shortage_is_real_and_apart_from_others(case in cases()) {
        let found = shortages(&case.instance());
        let n_unmatched: i64 = found.iter().map(|shortage| i64::from(shortage.n_unmatched)).sum();
        prop_assert_eq!(n_unmatched, fewest_unmatched(&case));
        let mut seen = Vec::new();
        for shortage in &found {
            let mut places = 0;
            for one in &shortage.mentors {
                let j = one.0 as usize;
                let n_locks = case.locked.iter().filter(|lock| lock.1 == j).count();
                places += case.capacity[j] as usize - n_locks;
                prop_assert!(!seen.contains(&(1, one.0)));
                seen.push((1, one.0));
            }
            prop_assert_eq!(places, shortage.places as usize);
            prop_assert_eq!(shortage.mentees.len(), places + shortage.n_unmatched as usize);
            for one in &shortage.mentees {
                prop_assert!(!seen.contains(&(0, one.0)));
                seen.push((0, one.0));
                for j in 0..case.capacity.len() {
                    let may_be = case.score[one.0 as usize][j].is_some();
                    prop_assert!(!may_be || shortage.mentors.contains(&mentor(j)));
                }
            }
        }
    }

    #[test]
    fn the_remedies_help_and_nothing_else_does(case in cases()) {
        let found = shortages(&case.instance());
        let before = fewest_unmatched(&case);
        for j in 0..case.capacity.len() {
            let mut more = case.clone();
            more.capacity[j] += 1;
            let is_told = found.iter().any(|shortage| shortage.mentors.contains(&mentor(j)));
            prop_assert_eq!(fewest_unmatched(&more) < before, is_told, "one more place with {}", j);
            for i in 0..case.score.len() {
                if case.score[i][j].is_some() {
                    continue;
                }
                let mut allowed = case.clone();
                allowed.score[i][j] = Some(0);
                let is_told = found.iter().any(|shortage| {
                    shortage.mentees.contains(&mentee(i)) && shortage.open.contains(&mentor(j))
                });
                prop_assert_eq!(fewest_unmatched(&allowed) < before, is_told, "{} with {}", i, j);
            }
        }
        for (at, &(i, j)) in case.locked.iter().enumerate() {
            let mut unlocked = case.clone();
            unlocked.locked.remove(at);
            let pair = (mentee(i), mentor(j));
            let is_told = found.iter().any(|shortage| shortage.locks.contains(&pair));
            prop_assert_eq!(fewest_unmatched(&unlocked) < before, is_told, "lock {:?}", pair);
        }
    }

    #[test]
    fn few_changes_are_kept_to_and_are_as_good_as_any_plan_with_as_many(
        mut case in cases(),
        old in any::<prop::sample::Index>(),
        most in 0..6u32,
        balanced in any::<bool>(),
    ) {
        let objective = if balanced { Objective::Balanced } else { Objective::Total };
        case.reference = None;
        let choices = case.choices();
        let old = choices[old.index(choices.len())].clone();
        let before: Vec<Option<Mentor>> = old.iter().map(|j| j.map(mentor)).collect();
        case.reference = Some((old, Keep::First));
        let fewest = case.best(objective)[1];
        match solve_with_few_changes(&case.instance(), objective, &before, most) {
            Err(error) => {
                prop_assert_eq!(error, KeepError::Needs(u32::try_from(fewest).unwrap()));
                prop_assert!(fewest > i64::from(most));
            }
            Ok((plan, _)) => {
                let ours = choice_of(&plan.mentors);
                let changes = case.changes_of(&ours);
                prop_assert!(changes <= i64::from(most));
                prop_assert_eq!(changes, i64::from(plan.value.changed));
                for &(i, j) in &case.locked {
                    prop_assert_eq!(ours[i], Some(j));
                }
                // No plan with as many changes, or fewer, is better.
                case.reference = None;
                let rank = case.rank(objective, &ours);
                let with_old = Case { reference: Some((
                    before.iter().map(|j| j.map(|j| j.0 as usize)).collect(), Keep::First,
                )), ..case.clone() };
                for choice in case.choices() {
                    if with_old.changes_of(&choice) <= changes {
                        prop_assert!(rank <= case.rank(objective, &choice), "{:?}", choice);
                    }
                }
            }
        }
    }

    #[test]
    fn a_pair_that_stands_under_all_seeds_counts_as_firm(case in cases()) {
        let instance = case.instance();
        let plan = solve(&instance, Objective::Balanced).unwrap();
        let firm = under_seeds(&instance, &plan, 0..5).unwrap();
        prop_assert_eq!(firm.n_plans, 5);
        let plans: Vec<_> = (0..5)
            .map(|seed| solve(&instance.clone().with_seed(seed), Objective::Balanced).unwrap())
            .collect();
        prop_assert_eq!(&firm, &Robustness::of(&plan, &plans));
        for (at, count) in firm.same.iter().enumerate() {
            let same = plans.iter().filter(|other| other.mentors[at] == plan.mentors[at]);
            prop_assert_eq!(same.count(), *count as usize);
            prop_assert_eq!(firm.fragile().contains(&mentee(at)), *count < 5);
            prop_assert_eq!(firm.per_mille(mentee(at)), Some(count * 200));
        }
        prop_assert_eq!(Robustness::of(&plan, []).per_mille(mentee(0)), None);
    }
}
