//! Boards side by side, what one takes from another, and the way back through a log.

use proptest::prelude::*;
use tandem_domain::board::{
    AdoptedFrom, Board, Command, Difference, Past, Placement, Placements, Refusal, differences,
};
use tandem_domain::matching::{Compared, Problem, compare};
use tandem_domain::score::Scoring;

use crate::people::{any_board, any_command, application, board, mentee, mentor, pair};

fn is_placing(command: &Command) -> bool {
    command.goes_with_others() || matches!(command, Command::Together { .. })
}

/// A board after some commands that place people.
fn placed(board: &Board, commands: &[Command]) -> Board {
    let mut board = board.clone();
    for command in commands.iter().filter(|command| is_placing(command)) {
        board.apply(command, &[], true).ok();
    }
    board
}

fn unscored(one: &Placements, other: &Placements) -> Vec<Difference> {
    differences(one, other, |_, _| None)
}

fn any_commands() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec(any_command(), 0..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn going_back_shows_each_board_there_was_and_going_forward_the_present(
        board in any_board(),
        commands in any_commands(),
    ) {
        let mut board = board;
        let mut log = Vec::new();
        for command in commands {
            let before = board.placements.clone();
            if let Ok(inverse) = board.apply(&command, &[], true) {
                log.push((before, inverse));
            }
        }
        let mut past = Past::new(board.placements.clone());
        for (before, inverse) in log.iter().rev() {
            past.back(inverse);
            prop_assert_eq!(past.placements(), before);
        }
        prop_assert_eq!(past.steps(), log.len());
        for (before, _) in log.iter().skip(1) {
            prop_assert!(past.forward());
            prop_assert_eq!(past.placements(), before);
        }
        prop_assert_eq!(past.forward(), !log.is_empty());
        prop_assert!(!past.forward());
        prop_assert_eq!(past.placements(), &board.placements);
    }

    #[test]
    fn adopting_every_difference_makes_the_boards_the_same_unless_a_lock_stands_against_it(
        board in any_board(),
        (ours, theirs) in (any_commands(), any_commands()),
    ) {
        let (mut ours, theirs) = (placed(&board, &ours), placed(&board, &theirs));
        let before = ours.clone();
        let differ = unscored(&ours.placements, &theirs.placements);
        let locked: Vec<_> = differ.iter().filter(|one| one.is_locked()).collect();
        let (command, expect) = Command::adopting(AdoptedFrom::Earlier, &differ);
        match ours.apply(&command, &expect, true) {
            Ok(inverse) => {
                prop_assert!(locked.is_empty());
                prop_assert_eq!(unscored(&ours.placements, &theirs.placements), []);
                if !differ.is_empty() {
                    ours.apply(&inverse, &[], true).unwrap();
                    prop_assert_eq!(ours.placements, before.placements);
                }
            }
            Err(Refusal::Locked { mentee }) => {
                prop_assert!(locked.iter().any(|one| one.mentee == mentee));
                prop_assert_eq!(ours, before);
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn differences_are_the_same_from_either_side(
        board in any_board(),
        (one, other) in (any_commands(), any_commands()),
    ) {
        let (one, other) = (placed(&board, &one), placed(&board, &other));
        let there = unscored(&one.placements, &other.placements);
        let back = unscored(&other.placements, &one.placements);
        prop_assert_eq!(there.len(), back.len());
        for (there, back) in there.iter().zip(&back) {
            prop_assert_eq!((&there.from, &there.to), (&back.to, &back.from));
        }
    }
}

fn with(mentor: u128, locked: bool) -> Placement {
    Placement {
        mentor: application(mentor),
        locked,
        override_reason: None,
    }
}

fn compared(board: &Board, in_force: &Board) -> Compared {
    compare(
        &Problem::of(board, &Scoring::default()),
        &in_force.placements,
    )
    .unwrap()
}

#[test]
fn a_board_is_told_by_its_own_pairs_and_by_what_differs_from_the_one_in_force() {
    let people = || board([mentee(1), mentee(2), mentor(101, 1), mentor(102, 1)]);
    let (mut in_force, mut other) = (people(), people());
    in_force.apply(&pair(1, 101), &[], true).unwrap();
    other.apply(&pair(1, 102), &[], true).unwrap();
    other.apply(&pair(2, 101), &[], true).unwrap();
    let Compared {
        figures,
        broken,
        differences,
    } = compared(&other, &in_force);
    assert_eq!((figures.pairs, figures.unmatched, broken), (2, 0, 0));
    assert_eq!(figures.changes, 2);
    let rows: Vec<_> = differences
        .iter()
        .map(|one| (one.mentee, one.points().unwrap() > 0))
        .collect();
    // One goes from a perfect mentor to another; the second had none.
    assert_eq!(rows, [(application(1), false), (application(2), true)]);
    assert_eq!(differences[0].points(), Some(0));
    let own = compared(&in_force, &in_force);
    assert_eq!((own.figures.pairs, own.figures.unmatched), (1, 1));
    assert_eq!(own.differences, []);
}

#[test]
fn pairs_that_a_rule_forbids_by_now_are_counted_apart() {
    let mut one = board([mentee(1), mentor(101, 1)]);
    one.apply(&pair(1, 101), &[], true).unwrap();
    one.facts.blocked.insert((application(1), application(101)));
    let told = compared(&one, &one);
    assert_eq!((told.figures.pairs, told.broken), (0, 1));
}

#[test]
fn a_pair_below_the_floor_is_a_pair_like_others() {
    let mut one = board([mentee(1), mentor(101, 1)]);
    one.apply(&pair(1, 101), &[], true).unwrap();
    let high = Scoring {
        floor: 1000,
        ..Scoring::default()
    };
    let told = compare(&Problem::of(&one, &high), &one.placements).unwrap();
    assert_eq!((told.figures.pairs, told.figures.blocking), (1, 0));
}

#[test]
fn locks_do_not_come_over_and_a_lock_is_not_adopted_over() {
    let people = || board([mentee(1), mentor(101, 1), mentor(102, 1)]);
    let (mut ours, mut theirs) = (people(), people());
    theirs.placements.put(application(1), Some(with(101, true)));
    let differ = unscored(&ours.placements, &theirs.placements);
    let (command, expect) = Command::adopting(AdoptedFrom::Earlier, &differ);
    ours.apply(&command, &expect, false).unwrap();
    assert_eq!(ours.placements[&application(1)], with(101, false));
    let mentee = application(1);
    ours.apply(&Command::Lock { mentee }, &[], false).unwrap();
    theirs.placements.put(mentee, Some(with(102, false)));
    let differ = unscored(&ours.placements, &theirs.placements);
    let (command, expect) = Command::adopting(AdoptedFrom::Earlier, &differ);
    let refused = ours.apply(&command, &expect, true);
    assert_eq!(refused, Err(Refusal::Locked { mentee }));
}

#[test]
fn an_unknown_score_leaves_the_difference_in_points_unknown() {
    let mut theirs = Placements::default();
    theirs.put(application(1), Some(with(101, false)));
    let differ = unscored(&Placements::default(), &theirs);
    assert_eq!(differ[0].points(), None);
}
