//! A plan kept best through changes is the plan that solving anew finds.

use proptest::prelude::*;
use tandem_matching::{
    BANDS, Change, ChangeError, Difference, Instance, InstanceError, Live, LiveError, Mentee,
    Mentor, Objective, Value, certify, moves, solve,
};

use crate::brute::{Case, cases, choice_of, mentee, mentor};

const SUMS: [Objective; 2] = [Objective::Total, Objective::Balanced];

/// A change drawn without looking whether it is possible.
fn changes(n: u32, m: u32) -> impl Strategy<Value = Change> {
    let i = (0..n.max(1)).prop_map(Mentee);
    let j = (0..m.max(1)).prop_map(Mentor);
    let score = prop_oneof![3 => 0..1001i32, 1 => -1_000_000..=1_000_000i32];
    prop_oneof![
        3 => (i.clone(), j.clone()).prop_map(|(i, j)| Change::Lock(i, j)),
        3 => i.clone().prop_map(Change::Unlock),
        3 => (i.clone(), j.clone()).prop_map(|(i, j)| Change::Forbid(i, j)),
        3 => (i.clone(), j.clone(), score).prop_map(|(i, j, score)| Change::Allow(i, j, score)),
        3 => (j.clone(), 0..5u32).prop_map(|(j, places)| Change::Capacity(j, places)),
        2 => i.clone().prop_map(Change::Withdraw),
        3 => i.prop_map(Change::Restore),
        1 => j.prop_map(Change::Lose),
    ]
}

fn assert_is_scratch(live: &Live, objective: Objective) {
    let plan = live.plan();
    assert_eq!(certify(live.instance(), &plan), Ok(()));
    let anew = solve(live.instance(), objective).unwrap();
    assert_eq!(plan.value, anew.value);
    assert_eq!(plan.mentors, anew.mentors);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_change_leads_to_the_plan_of_solving_anew(
        (case, changes) in cases().prop_flat_map(|case| {
            let (n, m) = (case.score.len() as u32, case.capacity.len() as u32);
            (Just(case), prop::collection::vec(changes(n, m), 1..25))
        }),
        balanced in any::<bool>(),
    ) {
        let objective = SUMS[usize::from(balanced)];
        let mut live = Live::new(case.instance(), objective).unwrap();
        assert_is_scratch(&live, objective);
        for change in changes {
            let before = live.mentors();
            let foretold = live.what_if(&[change]);
            prop_assert_eq!(&live.mentors(), &before);
            match live.apply(change) {
                Ok(made) => {
                    let foretold = foretold.unwrap();
                    prop_assert_eq!(&made, &foretold.moves);
                    prop_assert_eq!(made, moves(&before, &live.mentors()));
                    prop_assert_eq!(foretold.value, live.plan().value);
                }
                Err(error) => {
                    prop_assert_eq!(foretold, Err(error));
                    prop_assert_eq!(&live.mentors(), &before);
                }
            }
            assert_is_scratch(&live, objective);
        }
    }

    #[test]
    fn the_regret_of_a_pair_is_what_locking_it_costs(case in cases()) {
        for objective in SUMS {
            let live = Live::new(case.instance(), objective).unwrap();
            let before = choice_of(&live.mentors());
            for i in 0..case.score.len() {
                let all = live.kindest_mentors(mentee(i), usize::MAX);
                for j in 0..case.capacity.len() {
                    let locked = lock(&case, i, j);
                    let told = live.regret(mentee(i), mentor(j));
                    let in_list = all.iter().find(|other| other.mentor == mentor(j));
                    let Some(locked) = locked else {
                        prop_assert_eq!(told, None);
                        prop_assert_eq!(in_list, None);
                        continue;
                    };
                    let told = told.unwrap();
                    prop_assert_eq!(Some(told.regret), in_list.map(|other| other.regret));
                    let loss = loss(objective, &case.best(objective), &locked.best(objective));
                    prop_assert_eq!(told.regret, loss);
                    prop_assert_eq!(Some(told.score), case.score[i][j]);
                    for told in [&told, in_list.unwrap()] {
                        let mut after = before.clone();
                        for step in &told.moves {
                            let from = step.from.map(|j| j.0 as usize);
                            prop_assert_eq!(after[step.mentee.0 as usize], from);
                            after[step.mentee.0 as usize] = step.to.map(|j| j.0 as usize);
                        }
                        prop_assert!(locked.choices().contains(&after));
                        prop_assert_eq!(locked.rank(objective, &after), locked.best(objective));
                    }
                }
            }
        }
    }

    #[test]
    fn the_kindest_pairs_come_first_and_are_the_same_from_both_sides(case in cases(), count in 1..4usize) {
        let live = Live::new(case.instance(), Objective::Balanced).unwrap();
        for i in 0..case.score.len() {
            let all = live.kindest_mentors(mentee(i), usize::MAX);
            prop_assert!(all.is_sorted_by_key(|other| other.regret));
            let some = live.kindest_mentors(mentee(i), count);
            prop_assert_eq!(&some[..], &all[..count.min(all.len())]);
        }
        for j in 0..case.capacity.len() {
            let all = live.kindest_mentees(mentor(j), usize::MAX);
            prop_assert!(all.is_sorted_by_key(|other| other.regret));
            for other in &all {
                let same = live.regret(other.mentee, other.mentor).unwrap();
                prop_assert_eq!(other.regret, same.regret);
            }
            let possible = (0..case.score.len()).filter(|&i| lock(&case, i, j).is_some());
            prop_assert_eq!(all.len(), possible.count());
            let some = live.kindest_mentees(mentor(j), count);
            prop_assert_eq!(&some[..], &all[..count.min(all.len())]);
        }
    }

    #[test]
    fn one_more_place_brings_what_it_says(case in cases()) {
        for objective in SUMS {
            let live = Live::new(case.instance(), objective).unwrap();
            let before = choice_of(&live.mentors());
            let told = live.one_more_place();
            prop_assert!(told.is_sorted_by_key(|more| more.gain));
            for j in 0..case.capacity.len() {
                let mut more = case.clone();
                more.capacity[j] += 1;
                let gain = loss(objective, &case.best(objective), &more.best(objective));
                let told = told.iter().find(|told| told.mentor == mentor(j));
                prop_assert_eq!(told.map_or(Difference::default(), |told| told.gain), gain);
                let Some(told) = told else {
                    continue;
                };
                prop_assert_eq!(told.chain.first().and_then(|step| step.to), Some(mentor(j)));
                let mut after = before.clone();
                for step in &told.chain {
                    let from = step.from.map(|j| j.0 as usize);
                    prop_assert_eq!(after[step.mentee.0 as usize], from);
                    after[step.mentee.0 as usize] = step.to.map(|j| j.0 as usize);
                }
                prop_assert!(more.choices().contains(&after));
                prop_assert_eq!(more.rank(objective, &after), more.best(objective));
            }
        }
    }
}

/// The case with one more lock, if it can be had.
fn lock(case: &Case, i: usize, j: usize) -> Option<Case> {
    let mut case = case.clone();
    let n_locks = case.locked.len();
    case.try_lock(i, j);
    (case.locked.len() > n_locks).then_some(case)
}

/// How much worse the second rank is.
fn loss(objective: Objective, before: &[i64], after: &[i64]) -> Difference {
    let by: Vec<i64> = after
        .iter()
        .zip(before)
        .map(|(after, before)| after - before)
        .collect();
    let keeps_first = by.len()
        > 2 + if objective == Objective::Balanced {
            BANDS.len()
        } else {
            0
        };
    let first_band = 1 + usize::from(keeps_first);
    Difference {
        unmatched: by[0],
        changed: if keeps_first { by[1] } else { 0 },
        below: if objective == Objective::Balanced {
            [by[first_band], by[first_band + 1], by[first_band + 2]]
        } else {
            [0; 3]
        },
        points: -by[by.len() - 1],
    }
}

/// A generator for long runs that are the same each time.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(bound)) as u32
    }
}

fn drawn(draws: &mut Draws, n: u32, m: u32, span: u32) -> Instance {
    let rows: Vec<Vec<Option<i32>>> = (0..n)
        .map(|_| {
            let score = |_| (draws.below(8) > 0).then_some(draws.below(span) as i32);
            (0..m).map(score).collect()
        })
        .collect();
    let capacity = (0..m).map(|_| draws.below(4)).collect();
    Instance::new(
        tandem_matching::Scores::full(m as usize, rows).unwrap(),
        capacity,
    )
    .unwrap()
}

fn drawn_change(draws: &mut Draws, n: u32, m: u32, span: u32) -> Change {
    let i = Mentee(draws.below(n));
    let j = Mentor(draws.below(m));
    match draws.below(10) {
        0 | 1 => Change::Lock(i, j),
        2 => Change::Unlock(i),
        3 | 4 => Change::Forbid(i, j),
        5 => Change::Allow(i, j, draws.below(span) as i32),
        6 | 7 => Change::Capacity(j, draws.below(4)),
        8 => Change::Withdraw(i),
        _ => Change::Restore(i),
    }
}

#[test]
fn two_thousand_changes_lead_to_the_plans_of_solving_anew() {
    let mut n_made = 0;
    for (seed, n, m, span) in [
        (1, 40, 25, 1001),
        (2, 90, 60, 30),
        (3, 25, 40, 1001),
        (4, 130, 70, 1001),
    ] {
        for objective in SUMS {
            let mut draws = Draws(seed);
            let mut instance = drawn(&mut draws, n, m, span);
            if seed % 2 == 1 {
                instance = instance.with_load(&[0, 40, 80]).unwrap();
            }
            let mut live = Live::new(instance, objective).unwrap();
            for _ in 0..400 {
                let change = drawn_change(&mut draws, n, m, span);
                if live.apply(change).is_ok() {
                    n_made += 1;
                }
                assert_is_scratch(&live, objective);
            }
        }
    }
    assert!(n_made > 2000, "{n_made}");
}

#[test]
fn a_change_that_is_not_possible_says_why() {
    let case = Case {
        capacity: vec![1, 2],
        score: vec![vec![Some(5), None], vec![Some(6), Some(7)]],
        locked: vec![(0, 0)],
        ..Case::default()
    };
    let mut live = Live::new(case.instance(), Objective::Total).unwrap();
    let (i, j) = (Mentee(0), Mentor(0));
    let nobody = InstanceError::NoSuchMentee(Mentee(9));
    for (change, error) in [
        (Change::Lock(i, j), InstanceError::LockedTwice(i).into()),
        (Change::Unlock(Mentee(1)), ChangeError::NotLocked(Mentee(1))),
        (Change::Unlock(Mentee(9)), nobody.into()),
        (Change::Forbid(i, j), ChangeError::Locked(i, j)),
        (
            Change::Allow(i, Mentor(1), 1_000_001),
            ChangeError::Score(1_000_001),
        ),
        (
            Change::Capacity(j, 0),
            InstanceError::LocksAboveCapacity(j).into(),
        ),
        (Change::Restore(i), ChangeError::Present(i)),
        (Change::Withdraw(Mentee(9)), nobody.into()),
        (
            Change::Lose(Mentor(9)),
            InstanceError::NoSuchMentor(Mentor(9)).into(),
        ),
    ] {
        assert_eq!(live.apply(change), Err(error), "{change:?}");
    }
    live.apply(Change::Withdraw(i)).unwrap();
    assert_eq!(
        live.apply(Change::Withdraw(i)),
        Err(ChangeError::Withdrawn(i))
    );
    let gone = InstanceError::LockWithdrawn(i);
    assert_eq!(live.apply(Change::Lock(i, j)), Err(gone.into()));
}

#[test]
fn what_is_no_sum_is_solved_anew_instead() {
    let instance = Case::default().instance();
    for objective in [Objective::MaxMin, Objective::FewestBlockingPairs] {
        let refused = Live::new(instance.clone(), objective).unwrap_err();
        assert_eq!(refused, LiveError::NotASum(objective));
    }
    let empty = Live::new(instance, Objective::Total).unwrap();
    assert_eq!(empty.plan().value, Value::default());
}
