//! Neither the order of the people nor chance decides.

use proptest::prelude::*;
use tandem_matching::{Instance, Mentee, Mentor, Objective, Scores, solve};

const OBJECTIVES: [Objective; 4] = [
    Objective::Total,
    Objective::Balanced,
    Objective::MaxMin,
    Objective::FewestBlockingPairs,
];

/// Few different scores, so that nearly everything is a tie.
fn tied() -> impl Strategy<Value = (Vec<Vec<Option<i32>>>, Vec<u32>)> {
    (1..14usize, 1..9usize).prop_flat_map(|(n, m)| {
        let cell = prop::option::weighted(0.9, 498..502i32);
        let table = prop::collection::vec(prop::collection::vec(cell, m), n);
        (table, prop::collection::vec(0..4u32, m))
    })
}

fn instance(
    score: &[Vec<Option<i32>>],
    capacity: &[u32],
    order: (&[usize], &[usize]),
    seed: u64,
) -> Instance {
    let (rows, columns) = order;
    let table = rows
        .iter()
        .map(|&i| columns.iter().map(move |&j| score[i][j]));
    let keys = |order: &[usize]| order.iter().map(|&at| 1000 + at as u64).collect();
    Instance::new(
        Scores::full(columns.len(), table).unwrap(),
        columns.iter().map(|&j| capacity[j]).collect(),
    )
    .unwrap()
    .with_keys(keys(rows), keys(columns))
    .unwrap()
    .with_seed(seed)
}

/// The pairs by their numbers before they were put into another order.
fn pairs(
    instance: &Instance,
    objective: Objective,
    order: (&[usize], &[usize]),
) -> Vec<(usize, usize)> {
    let plan = solve(instance, objective).unwrap();
    let name = |(i, j): (Mentee, Mentor)| (order.0[i.0 as usize], order.1[j.0 as usize]);
    let mut pairs: Vec<_> = plan.pairs().map(name).collect();
    pairs.sort_unstable();
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_order_of_the_people_changes_nothing(
        ((score, capacity), rows, columns) in tied().prop_flat_map(|(score, capacity)| {
            let rows: Vec<usize> = (0..score.len()).collect();
            let columns: Vec<usize> = (0..capacity.len()).collect();
            (Just((score, capacity)), Just(rows).prop_shuffle(), Just(columns).prop_shuffle())
        }),
        seed in any::<u64>(),
    ) {
        let plain: (Vec<usize>, Vec<usize>) = ((0..rows.len()).collect(), (0..columns.len()).collect());
        for objective in OBJECTIVES {
            let before = (&*plain.0, &*plain.1);
            let after = (&*rows, &*columns);
            let first = instance(&score, &capacity, before, seed);
            let second = instance(&score, &capacity, after, seed);
            prop_assert_eq!(
                pairs(&first, objective, before),
                pairs(&second, objective, after)
            );
        }
    }
}

#[test]
fn another_seed_finds_another_plan_that_is_equally_good() {
    let scores = Scores::full(20, vec![vec![Some(700); 20]; 20]).unwrap();
    let instance = Instance::new(scores, vec![1; 20]).unwrap();
    for objective in OBJECTIVES {
        let one = solve(&instance.clone().with_seed(1), objective).unwrap();
        let two = solve(&instance.clone().with_seed(2), objective).unwrap();
        let again = solve(&instance.clone().with_seed(1), objective).unwrap();
        assert_eq!(one, again);
        assert_eq!(one.value, two.value);
        assert_ne!(one.mentors, two.mentors);
    }
}
