//! Extreme sizes and figures.

use tandem_matching::{
    CancelToken, Instance, Mentee, Mentor, Objective, Run, SCORE_LIMIT, Scores, SolveError, Stage,
    certify, solve, solve_watched,
};

const OBJECTIVES: [Objective; 4] = [
    Objective::Total,
    Objective::Balanced,
    Objective::MaxMin,
    Objective::FewestBlockingPairs,
];

fn instance(capacity: &[u32], rows: &[&[Option<i32>]]) -> Instance {
    let rows = rows.iter().map(|row| row.iter().copied());
    Instance::new(
        Scores::full(capacity.len(), rows).unwrap(),
        capacity.to_vec(),
    )
    .unwrap()
}

/// Scores from a simple generator, the same on every machine.
fn drawn(n: u64, m: u64, lowest: i32, span: u64) -> Vec<Vec<Option<i32>>> {
    let score = |i: u64, j: u64| {
        let mixed =
            (i * 0x9e37_79b9 + j * 0x85eb_ca6b + 12_345).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x1656_67b1_9e37_79f9);
        lowest + i32::try_from((mixed >> 33) % span).unwrap()
    };
    let row = |i| {
        (0..m)
            .map(|j| (score(i, j) % 7 != 0).then(|| score(i, j)))
            .collect()
    };
    (0..n).map(row).collect()
}

#[test]
fn empty_sides_have_empty_plans() {
    for (capacity, rows) in [
        (vec![], vec![]),
        (vec![2, 3], vec![]),
        (vec![], vec![vec![]; 3]),
        (vec![0, 0], vec![vec![Some(5), Some(6)]]),
        (vec![1, 1], vec![vec![None, None]; 2]),
    ] {
        let n_unmatched = u32::try_from(rows.len()).unwrap();
        let scores = Scores::full(capacity.len(), rows).unwrap();
        let instance = Instance::new(scores, capacity).unwrap();
        for objective in OBJECTIVES {
            let plan = solve(&instance, objective).unwrap();
            assert_eq!(plan.pairs().count(), 0);
            assert_eq!(plan.value.unmatched, n_unmatched);
            assert_eq!(certify(&instance, &plan), Ok(()));
        }
    }
}

#[test]
fn a_pair_is_better_than_none_at_any_score() {
    let worst = Some(-SCORE_LIMIT);
    let instance = instance(&[u32::MAX], &[&[worst], &[worst]]);
    for objective in OBJECTIVES {
        let plan = solve(&instance, objective).unwrap();
        assert_eq!(plan.value.total, -2 * i64::from(SCORE_LIMIT));
        assert_eq!(certify(&instance, &plan), Ok(()));
    }
}

#[test]
fn one_more_pair_outweighs_any_score() {
    let best = Some(SCORE_LIMIT);
    let worst = Some(-SCORE_LIMIT);
    let instance = instance(&[1, 1], &[&[best, worst], &[worst, None]]);
    for objective in [Objective::Total, Objective::Balanced, Objective::MaxMin] {
        let plan = solve(&instance, objective).unwrap();
        assert_eq!(plan.value.unmatched, 0);
    }
    let stable = solve(&instance, Objective::FewestBlockingPairs).unwrap();
    assert_eq!(stable.value.unmatched, 1);
}

#[test]
fn scores_over_the_whole_range_stay_exact() {
    for (lowest, span) in [(-SCORE_LIMIT, 2_000_001), (0, 1_001), (0, 3)] {
        let rows = drawn(90, 70, lowest, span);
        let capacity = (0..70).map(|j| j % 3).collect();
        let instance = Instance::new(Scores::full(70, rows).unwrap(), capacity).unwrap();
        for objective in OBJECTIVES {
            let plan = solve(&instance, objective).unwrap();
            assert_eq!(certify(&instance, &plan), Ok(()), "{objective:?} {span}");
        }
    }
}

#[test]
fn lists_and_a_full_table_give_the_same_plan() {
    let rows = drawn(120, 110, 0, 1_001);
    let list = |row: &Vec<Option<i32>>| {
        let pairs = (0..).map(Mentor).zip(row);
        pairs
            .filter_map(|(j, score)| Some((j, (*score)?)))
            .collect()
    };
    let lists = Scores::lists(110, rows.iter().map(list).collect()).unwrap();
    let full = Scores::full(110, rows).unwrap();
    let capacity = vec![1; 110];
    for objective in OBJECTIVES {
        let one = solve(
            &Instance::new(lists.clone(), capacity.clone()).unwrap(),
            objective,
        );
        let two = solve(
            &Instance::new(full.clone(), capacity.clone()).unwrap(),
            objective,
        );
        assert_eq!(one.unwrap().mentors, two.unwrap().mentors);
    }
}

#[test]
fn a_run_in_small_steps_finds_the_same_plan() {
    let scores = Scores::full(50, drawn(60, 50, 0, 1_001)).unwrap();
    let instance = Instance::new(scores, vec![1; 50]).unwrap();
    for objective in OBJECTIVES {
        let mut run = Run::new(&instance, objective).unwrap();
        let mut last = run.progress();
        let mut n_steps = 0;
        while last.stage != Stage::Finished {
            let progress = run.advance(1);
            assert!(progress.stage >= last.stage);
            assert!(progress.looked >= last.looked);
            last = progress;
            n_steps += 1;
        }
        assert!(n_steps > 50);
        let plan = solve(&instance, objective).unwrap();
        assert_eq!(run.plan(), Some(&plan));
        let live = run.into_live();
        assert_eq!(live.is_some(), objective.is_sum());
        assert!(live.is_none_or(|live| live.plan() == plan));
    }
}

#[test]
fn a_cancelled_run_stops() {
    let scores = Scores::full(300, drawn(400, 300, 0, 1_001)).unwrap();
    let instance = Instance::new(scores, vec![1; 300]).unwrap();
    for objective in OBJECTIVES {
        let token = CancelToken::new();
        let mut n_reports = 0;
        let cancelled = solve_watched(&instance, objective, &token, |progress| {
            n_reports += 1;
            assert!(progress.done <= progress.of);
            if progress.stage != Stage::Finished {
                token.cancel();
            }
        });
        if n_reports == 1 && cancelled.is_ok() {
            continue;
        }
        assert_eq!(cancelled, Err(SolveError::Cancelled));
        assert_eq!(n_reports, 1);
    }
    let token = CancelToken::new();
    token.cancel();
    let never = solve_watched(&instance, Objective::Total, &token, |_| ());
    assert_eq!(never, Err(SolveError::Cancelled));
}

#[test]
fn nobody_is_asked_of_who_does_not_exist() {
    let instance = instance(&[1], &[&[Some(5)]]);
    assert_eq!(instance.scores().get(Mentee(1), Mentor(0)), None);
    assert_eq!(instance.scores().get(Mentee(0), Mentor(1)), None);
    assert_eq!(instance.capacity(Mentor(7)), 0);
    assert_eq!(instance.locked(Mentee(7)), None);
    assert!(!instance.is_present(Mentee(7)));
}
