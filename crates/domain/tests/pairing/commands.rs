//! Commands on the board, one by one: what they do, what refuses them, what puts them back.

use tandem_domain::board::{Board, Command, Expect, Placement, Refusal};
use tandem_domain::form::definition::Slug;
use tandem_domain::rule::{HardRule, Warning};

use crate::people::{application, board, evenings, mentee, mentor, pair};

/// Four mentees; mentors 101 with two places, 102 and 103 with one. 1 and 2 are with 101, 3 is with
/// 102, 4 has nobody.
fn some_pairs() -> Board {
    let people = [mentee(1), mentee(2), mentee(3), mentee(4)]
        .into_iter()
        .chain([mentor(101, 2), mentor(102, 1), mentor(103, 1)]);
    let mut board = board(people);
    for command in [pair(1, 101), pair(2, 101), pair(3, 102)] {
        board.apply(&command, &[], false).unwrap();
    }
    board
}

fn who_has(board: &Board) -> Vec<(u128, Option<u128>)> {
    (1..=4)
        .map(|number| {
            let mentor = board.mentor_of(application(number));
            (number, mentor.map(|mentor| mentor.0.as_u128()))
        })
        .collect()
}

fn unpair(mentee: u128) -> Command {
    Command::Unpair {
        mentee: application(mentee),
    }
}

fn move_to(mentee: u128, mentor: u128) -> Command {
    Command::Move {
        mentee: application(mentee),
        mentor: application(mentor),
        override_reason: None,
    }
}

fn replace(mentee: u128, evicted: u128) -> Command {
    Command::Replace {
        mentee: application(mentee),
        evicted: application(evicted),
        override_reason: None,
    }
}

fn swap(first: u128, second: u128) -> Command {
    Command::Swap {
        first: application(first),
        second: application(second),
        override_reason: None,
    }
}

fn lock(mentee: u128) -> Command {
    Command::Lock {
        mentee: application(mentee),
    }
}

fn unlock(mentee: u128) -> Command {
    Command::Unlock {
        mentee: application(mentee),
    }
}

/// Applies a command, checks where everybody is, and that its inverse puts all back.
fn check(command: &Command, after: [Option<u128>; 4]) {
    let before = some_pairs();
    let mut board = before.clone();
    let inverse = board
        .apply(command, &before.expect(command), false)
        .unwrap();
    let expected: Vec<_> = (1..).zip(after).collect();
    assert_eq!(who_has(&board), expected, "{command:?}");
    let seen = board.expect(&inverse);
    board.apply(&inverse, &seen, false).unwrap();
    assert_eq!(board, before, "{command:?} then {inverse:?}");
}

fn refused(command: &Command) -> Refusal {
    let before = some_pairs();
    let mut board = before.clone();
    let refusal = board.apply(command, &[], false).unwrap_err();
    assert_eq!(board, before);
    refusal
}

#[test]
fn each_command_does_what_it_says_and_can_be_put_back() {
    check(&pair(4, 103), [Some(101), Some(101), Some(102), Some(103)]);
    check(&unpair(1), [None, Some(101), Some(102), None]);
    check(&move_to(3, 103), [Some(101), Some(101), Some(103), None]);
    check(&replace(4, 3), [Some(101), Some(101), None, Some(102)]);
    check(&replace(1, 3), [Some(102), Some(101), None, None]);
    check(&swap(1, 3), [Some(102), Some(101), Some(101), None]);
    check(&lock(1), [Some(101), Some(101), Some(102), None]);
}

#[test]
fn several_things_are_one_step_all_or_none() {
    let together = |commands: &[Command]| Command::together(commands.to_vec()).unwrap();
    // Each sees what the one before has left: the place that 3 leaves is free for 4.
    let moves = together(&[move_to(3, 103), pair(4, 102)]);
    check(&moves, [Some(101), Some(101), Some(103), Some(102)]);
    check(&together(&[unpair(1), unpair(2), unpair(3)]), [None; 4]);
    check(
        &together(&[lock(1), lock(2)]),
        [Some(101), Some(101), Some(102), None],
    );
    // The last does not fit, so nothing is done.
    let nothing = Refusal::NothingToDo {
        mentee: application(4),
    };
    assert_eq!(
        refused(&together(&[unpair(1), lock(2), unpair(4)])),
        nothing
    );
    assert_eq!(Command::together(Vec::new()), None);
    assert_eq!(Command::together(vec![lock(1)]), Some(lock(1)));
}

#[test]
fn what_holds_for_the_cohort_is_not_one_thing_of_several() {
    let alone = [
        Command::SetPlaces {
            mentor: application(101),
            was: 2,
            places: 3,
        },
        Command::Together {
            commands: vec![lock(1)],
        },
    ];
    for command in alone {
        let commands = vec![unpair(2), command];
        assert!(matches!(
            refused(&Command::Together { commands }),
            Refusal::NothingToDo { .. }
        ));
    }
}

#[test]
fn a_command_that_does_not_fit_does_nothing() {
    let table = [
        (pair(1, 102), 1),
        (pair(1, 101), 1),
        (unpair(4), 4),
        (move_to(4, 103), 4),
        (move_to(1, 101), 1),
        (replace(1, 4), 4),
        (replace(1, 1), 1),
        (replace(1, 2), 1),
        (swap(1, 4), 4),
        (swap(1, 2), 1),
        (swap(1, 1), 1),
        (lock(4), 4),
        (unlock(1), 1),
        (
            Command::Restore {
                placements: vec![(application(4), None)],
            },
            4,
        ),
        (
            Command::Restore {
                placements: vec![(application(1), None), (application(1), None)],
            },
            1,
        ),
    ];
    for (command, mentee) in table {
        let nothing = Refusal::NothingToDo {
            mentee: application(mentee),
        };
        assert_eq!(refused(&command), nothing, "{command:?}");
    }
}

#[test]
fn people_who_are_not_on_the_board_are_unknown() {
    let unknown = |number| Refusal::Unknown {
        application: application(number),
    };
    assert_eq!(refused(&pair(9, 101)), unknown(9));
    assert_eq!(refused(&pair(4, 109)), unknown(109));
    assert_eq!(refused(&unpair(9)), unknown(9));
    // A mentor is no mentee, and the other way round.
    assert_eq!(refused(&pair(101, 102)), unknown(101));
    assert_eq!(refused(&pair(4, 1)), unknown(1));
}

#[test]
fn a_full_mentor_refuses_and_a_replacement_finds_the_place() {
    let full = |mentee, mentor| Refusal::Rule {
        mentee: application(mentee),
        mentor: application(mentor),
        rules: vec![HardRule::Capacity],
    };
    assert_eq!(refused(&pair(4, 101)), full(4, 101));
    assert_eq!(refused(&move_to(1, 102)), full(1, 102));
    assert!(some_pairs().apply(&replace(4, 1), &[], false).is_ok());
}

#[test]
fn the_last_free_place_is_given_once() {
    let mut board = some_pairs();
    board.apply(&pair(4, 103), &[], false).unwrap();
    let second = move_to(1, 103);
    let refusal = board
        .apply(&second, &board.expect(&second), false)
        .unwrap_err();
    let Refusal::Rule { rules, .. } = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!(rules, [HardRule::Capacity]);
}

#[test]
fn a_rule_refuses_a_swap_on_either_side() {
    let mut people = some_pairs();
    let (one, other) = (application(1), application(102));
    people.facts.forbidden.insert((one, other));
    let rule = Refusal::Rule {
        mentee: one,
        mentor: other,
        rules: vec![HardRule::ForbiddenByCommittee],
    };
    for command in [swap(1, 3), swap(3, 1), replace(1, 3)] {
        let before = people.clone();
        assert_eq!(
            people.apply(&command, &[], true).unwrap_err(),
            rule,
            "{command:?}"
        );
        assert_eq!(people, before);
    }
}

#[test]
fn putting_back_asks_the_rules_again() {
    let mut board = some_pairs();
    let inverse = board.apply(&replace(4, 3), &[], false).unwrap();
    board
        .facts
        .blocked
        .insert((application(3), application(102)));
    let refusal = board.apply(&inverse, &[], true).unwrap_err();
    let Refusal::Rule { rules, .. } = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!(rules, [HardRule::DeclaredBlock]);
}

#[test]
fn a_locked_pair_stays_until_it_is_unlocked() {
    let mut board = some_pairs();
    board.apply(&lock(1), &[], false).unwrap();
    let placements = vec![(application(1), None)];
    for command in [
        unpair(1),
        move_to(1, 103),
        replace(4, 1),
        replace(1, 3),
        swap(1, 3),
        swap(3, 1),
    ]
    .into_iter()
    .chain([Command::Restore { placements }])
    {
        let before = board.clone();
        let locked = Refusal::Locked {
            mentee: application(1),
        };
        assert_eq!(
            board.apply(&command, &[], true).unwrap_err(),
            locked,
            "{command:?}"
        );
        assert_eq!(board, before);
    }
    board.apply(&unlock(1), &[], false).unwrap();
    board.apply(&unpair(1), &[], false).unwrap();
}

#[test]
fn putting_back_neither_sets_nor_loses_a_lock() {
    let locked = Placement {
        mentor: application(103),
        locked: true,
        override_reason: None,
    };
    let command = Command::Restore {
        placements: vec![(application(4), Some(locked))],
    };
    assert_eq!(
        refused(&command),
        Refusal::Locked {
            mentee: application(4)
        }
    );
    let mut board = some_pairs();
    board.apply(&lock(1), &[], false).unwrap();
    let open = Placement {
        mentor: application(101),
        locked: false,
        override_reason: None,
    };
    let command = Command::Restore {
        placements: vec![(application(1), Some(open))],
    };
    assert_eq!(
        board.apply(&command, &[], false).unwrap_err(),
        Refusal::Locked {
            mentee: application(1)
        }
    );
}

#[test]
fn who_saw_something_else_is_told_what_is() {
    let mut board = some_pairs();
    let command = unpair(3);
    let seen = board.expect(&command);
    board.apply(&move_to(3, 103), &[], false).unwrap();
    let now = Expect {
        mentee: application(3),
        mentor: Some(application(103)),
        locked: false,
    };
    let before = board.clone();
    assert_eq!(
        board.apply(&command, &seen, false),
        Err(Refusal::Changed { now })
    );
    assert_eq!(board, before);
}

#[test]
fn a_lock_set_meanwhile_counts_as_a_change() {
    let mut board = some_pairs();
    let command = unpair(3);
    let seen = board.expect(&command);
    board.apply(&lock(3), &[], false).unwrap();
    let refusal = board.apply(&command, &seen, false).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::Changed {
            now: board.seen(application(3))
        }
    );
}

#[test]
fn a_command_names_those_of_whom_something_must_be_said() {
    let said = |mentee| vec![some_pairs().seen(application(mentee))];
    assert_eq!(swap(1, 3).unsaid(&said(3)), [application(1)]);
    assert_eq!(replace(4, 3).unsaid(&[]), [application(4), application(3)]);
    assert_eq!(pair(4, 103).unsaid(&said(4)), []);
}

/// Mentee 1 talks by phone only; mentor 101 never does, 102 always.
fn no_common_mode() -> Board {
    let mut by_phone = mentee(1);
    by_phone.modes = [Slug::from("phone")].into();
    let mut other = mentor(102, 1);
    other.modes = [Slug::from("phone")].into();
    let mut anyhow = mentee(2);
    anyhow.modes.insert(Slug::from("phone"));
    board([by_phone, anyhow, mentor(101, 1), other])
}

#[test]
fn a_warning_stands_only_by_the_word_of_the_chair() {
    let mut board = no_common_mode();
    let before = board.clone();
    let warned = Refusal::Warned {
        mentee: application(1),
        mentor: application(101),
        warnings: vec![Warning::NoCommonMode],
    };
    let with_reason = pair(1, 101).with_override("They meet at the conference.");
    for (command, chair) in [
        (pair(1, 101), false),
        (pair(1, 101), true),
        (pair(1, 101).with_override("  "), true),
        (with_reason.clone(), false),
    ] {
        assert_eq!(
            board.apply(&command, &[], chair).unwrap_err(),
            warned,
            "{command:?}"
        );
        assert_eq!(board, before);
    }
    board.apply(&with_reason, &[], true).unwrap();
    let reason = board.placements[&application(1)].override_reason.as_deref();
    assert_eq!(reason, Some("They meet at the conference."));
}

#[test]
fn what_the_chair_let_stand_needs_no_word_to_be_locked() {
    let mut board = no_common_mode();
    board
        .apply(&pair(1, 101).with_override("As agreed."), &[], true)
        .unwrap();
    board.apply(&lock(1), &[], false).unwrap();
    board.apply(&unlock(1), &[], false).unwrap();
    let reason = board.placements[&application(1)].override_reason.as_deref();
    assert_eq!(reason, Some("As agreed."));
}

#[test]
fn the_reason_comes_back_with_the_pair() {
    let mut board = no_common_mode();
    board
        .apply(&pair(1, 101).with_override("As agreed."), &[], true)
        .unwrap();
    let before = board.clone();
    for command in [unpair(1), move_to(1, 102), replace(2, 1)] {
        let inverse = board.apply(&command, &[], false).unwrap();
        assert!(
            board.clone().apply(&inverse, &[], false).is_err(),
            "needs the chair"
        );
        board.apply(&inverse, &[], true).unwrap();
        assert_eq!(board, before, "{command:?}");
    }
}

#[test]
fn the_reason_comes_back_after_a_swap() {
    let mut board = no_common_mode();
    board
        .apply(&pair(1, 101).with_override("As agreed."), &[], true)
        .unwrap();
    board.apply(&pair(2, 102), &[], false).unwrap();
    for command in [swap(1, 2), swap(2, 1)] {
        let before = board.clone();
        let inverse = board.apply(&command, &[], false).unwrap();
        assert_eq!(board.placements[&application(1)].override_reason, None);
        board.apply(&inverse, &[], true).unwrap();
        assert_eq!(board, before, "{command:?}");
    }
}

#[test]
fn a_reason_is_kept_only_where_a_warning_stands() {
    let mut board = no_common_mode();
    board
        .apply(&pair(2, 101).with_override("Just so."), &[], true)
        .unwrap();
    assert_eq!(board.placements[&application(2)].override_reason, None);
}

#[test]
fn a_drop_means_what_the_place_says() {
    let board = some_pairs();
    let drop = |mentee, mentor, occupant: Option<u128>| {
        board.what_drop_means(
            application(mentee),
            application(mentor),
            occupant.map(application),
        )
    };
    assert_eq!(drop(4, 103, None), Ok(pair(4, 103)));
    assert_eq!(drop(1, 103, None), Ok(move_to(1, 103)));
    assert_eq!(drop(4, 102, Some(3)), Ok(replace(4, 3)));
    assert_eq!(drop(1, 102, Some(3)), Ok(swap(1, 3)));
    let nothing = |mentee| {
        Err(Refusal::NothingToDo {
            mentee: application(mentee),
        })
    };
    assert_eq!(drop(1, 101, None), nothing(1));
    assert_eq!(drop(1, 101, Some(1)), nothing(1));
    assert_eq!(drop(1, 101, Some(2)), nothing(1));
    let full = Err(Refusal::Rule {
        mentee: application(4),
        mentor: application(102),
        rules: vec![HardRule::Capacity],
    });
    assert_eq!(drop(4, 102, None), full);
    let gone = Err(Refusal::Changed {
        now: board.seen(application(3)),
    });
    assert_eq!(drop(4, 101, Some(3)), gone);
}

#[test]
fn a_drop_on_a_locked_or_forbidden_place_is_refused() {
    let mut board = some_pairs();
    board.apply(&lock(3), &[], false).unwrap();
    let on_locked = board.what_drop_means(application(4), application(102), Some(application(3)));
    assert_eq!(
        on_locked,
        Err(Refusal::Locked {
            mentee: application(3)
        })
    );
    board.candidates.get_mut(&application(4)).unwrap().hours = Some(evenings(720));
    let at_night = board.what_drop_means(application(4), application(103), None);
    let Err(Refusal::Rule { rules, .. }) = at_night else {
        panic!("{at_night:?}")
    };
    assert_eq!(rules, [HardRule::NoSharedHour]);
}

#[test]
fn a_drop_on_a_warned_pair_still_has_a_meaning() {
    let board = no_common_mode();
    let meaning = board.what_drop_means(application(1), application(101), None);
    assert_eq!(meaning, Ok(pair(1, 101)));
}

#[test]
fn a_pair_that_is_kept_apart_cannot_be_made_until_it_is_allowed_again() {
    let mut board = board([mentee(1), mentor(101, 1)]);
    let (mentee, mentor) = (application(1), application(101));
    let forbid = Command::Forbid {
        mentee,
        mentor,
        reason: "They know each other too well.".to_owned(),
    };
    let allow = board.apply(&forbid, &[], false).unwrap();
    assert_eq!(allow, Command::Allow { mentee, mentor });
    let pair = Command::Pair {
        mentee,
        mentor,
        override_reason: None,
    };
    assert!(matches!(
        board.apply(&pair, &[], true),
        Err(Refusal::Rule { rules, .. }) if rules == [HardRule::ForbiddenByCommittee]
    ));
    board.apply(&allow, &[], false).unwrap();
    board.apply(&pair, &[], false).unwrap();
    let in_the_way = Refusal::InTheWay {
        mentees: vec![mentee],
    };
    assert_eq!(board.apply(&forbid, &[], false), Err(in_the_way));
}

#[test]
fn places_are_set_by_who_saw_them_and_never_below_who_stands_there() {
    let mut board = board([mentee(1), mentor(101, 1)]);
    let (mentee, mentor) = (application(1), application(101));
    let now = board.capacity_left(mentor);
    let set = |was, places| Command::SetPlaces {
        mentor,
        was,
        places,
    };
    let stale = Refusal::PlacesChanged {
        mentor,
        places: now,
    };
    assert_eq!(board.apply(&set(now + 1, 3), &[], true), Err(stale));
    assert_eq!(
        board.apply(&set(now, now + 1), &[], true),
        Ok(set(now + 1, now))
    );
    assert_eq!(board.capacity_left(mentor), now + 1);
    let pair = Command::Pair {
        mentee,
        mentor,
        override_reason: None,
    };
    board.apply(&pair, &[], false).unwrap();
    let in_the_way = Refusal::InTheWay {
        mentees: vec![mentee],
    };
    assert_eq!(board.apply(&set(now + 1, 0), &[], true), Err(in_the_way));
}
