//! The totals that other solvers find.

use std::collections::BTreeMap;

use ac_library::MinCostFlowGraph;
use pathfinding::prelude::{Matrix, kuhn_munkres};
use proptest::prelude::*;
use tandem_matching::{Instance, Objective, Scores, certify, solve};

use crate::drawn::{Drawn, Kind};

fn instance(drawn: Drawn) -> Instance {
    let scores = Scores::full(drawn.capacity.len(), drawn.rows).unwrap();
    Instance::new(scores, drawn.capacity).unwrap()
}

#[test]
fn the_totals_are_those_of_scipy() {
    let mut n_checked = 0;
    for line in include_str!("golden.tsv").lines().skip(1) {
        let [kind, size, seed, unmatched, total] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let kind = Kind::named(kind).unwrap();
        let drawn = Drawn::new(kind, size.parse().unwrap(), seed.parse().unwrap());
        let instance = instance(drawn);
        let plan = solve(&instance, Objective::Total).unwrap();
        assert_eq!(plan.value.unmatched.to_string(), unmatched, "{line}");
        assert_eq!(plan.value.total.to_string(), total, "{line}");
        assert_eq!(certify(&instance, &plan), Ok(()), "{line}");
        n_checked += 1;
    }
    assert!(n_checked >= 60, "{n_checked}");
}

#[test]
fn every_objective_is_proven_on_a_drawn_program() {
    for kind in [Kind::Mentor, Kind::Scarce, Kind::Ties] {
        let instance = instance(Drawn::new(kind, 400, 11));
        let mut totals = BTreeMap::new();
        for objective in [
            Objective::Total,
            Objective::Balanced,
            Objective::MaxMin,
            Objective::FewestBlockingPairs,
        ] {
            let plan = solve(&instance, objective).unwrap();
            assert_eq!(certify(&instance, &plan), Ok(()), "{kind:?} {objective:?}");
            totals.insert(format!("{objective:?}"), plan.value);
        }
        let (total, balanced) = (totals["Total"], totals["Balanced"]);
        assert!(total.total >= balanced.total);
        assert!(total.below >= balanced.below);
        assert!(totals["MaxMin"].lowest >= total.lowest);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_total_is_that_of_another_assignment_solver(
        scores in (1..40usize, 0..12usize).prop_flat_map(|(n, more)| {
            let score = prop_oneof![0..100i32, -1_000_000..=1_000_000i32];
            prop::collection::vec(prop::collection::vec(score, n + more), n)
        }),
    ) {
        let weights = Matrix::from_rows(
            scores.iter().map(|row| row.iter().map(|score| i64::from(*score)).collect::<Vec<_>>()),
        );
        let (best, _) = kuhn_munkres(&weights.unwrap());
        let m = scores[0].len();
        let rows = scores.iter().map(|row| row.iter().map(|score| Some(*score)));
        let instance = Instance::new(Scores::full(m, rows).unwrap(), vec![1; m]).unwrap();
        let plan = solve(&instance, Objective::Total).unwrap();
        prop_assert_eq!(plan.value.total, best);
    }

    #[test]
    fn the_total_is_that_of_a_flow_with_capacities(
        (scores, capacity) in (1..25usize, 1..15usize).prop_flat_map(|(n, m)| {
            let cell = prop::option::weighted(0.6, -1000..1000i32);
            (
                prop::collection::vec(prop::collection::vec(cell, m), n),
                prop::collection::vec(0..4u32, m),
            )
        }),
    ) {
        let (n, m) = (scores.len(), capacity.len());
        let (source, sink) = (n + m, n + m + 1);
        let mut graph = MinCostFlowGraph::<i64>::new(n + m + 2);
        for (i, row) in scores.iter().enumerate() {
            graph.add_edge(source, i, 1, 0);
            for (j, score) in row.iter().enumerate() {
                if let Some(score) = score {
                    graph.add_edge(i, n + j, 1, 1000 - i64::from(*score));
                }
            }
        }
        for (j, places) in capacity.iter().enumerate() {
            graph.add_edge(n + j, sink, i64::from(*places), 0);
        }
        let (pairs, cost) = graph.flow(source, sink, i64::MAX / 4);
        let rows = scores.iter().map(|row| row.iter().copied());
        let instance = Instance::new(Scores::full(m, rows).unwrap(), capacity).unwrap();
        let plan = solve(&instance, Objective::Total).unwrap();
        prop_assert_eq!(plan.pairs().count() as i64, pairs);
        prop_assert_eq!(plan.value.total, pairs * 1000 - cost);
    }
}
