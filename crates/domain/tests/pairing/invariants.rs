//! What holds after any commands in any order, on any board.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tandem_domain::board::{Board, Command, Refusal};
use tandem_domain::candidate::Side;
use tandem_domain::id::PersonId;
use tandem_domain::rule::HardRule;

use crate::people::{any_board, any_command, load};

fn assert_sound(board: &Board) {
    for (mentor, taken) in load(board) {
        let Side::Mentor { capacity, .. } = board.candidates[&mentor].side else {
            panic!("{mentor} is no mentor");
        };
        assert!(
            taken <= usize::from(capacity),
            "{mentor} has {taken} of {capacity}"
        );
    }
    for (mentee, placement) in &board.placements {
        let (one, other) = (
            &board.candidates[mentee],
            &board.candidates[&placement.mentor],
        );
        assert_ne!(one.person, other.person);
        let reciprocal = board.placements.iter().any(|(mentee, placement)| {
            board.candidates[mentee].person == other.person
                && board.candidates[&placement.mentor].person == one.person
        });
        assert!(!reciprocal, "{mentee} and {} both ways", placement.mentor);
        assert_eq!(
            placement.override_reason.is_some(),
            !board.warnings(*mentee, placement.mentor).is_empty()
        );
    }
    assert_eq!(board.breaches(), []);
}

/// Everybody whom a command touches on this board, as people, in whatever role.
fn touched(board: &Board, command: &Command) -> BTreeSet<PersonId> {
    let mut applications = command.concerned();
    applications.extend(
        command
            .concerned()
            .into_iter()
            .filter_map(|mentee| board.mentor_of(mentee)),
    );
    applications.extend(command.mentors());
    applications
        .iter()
        .map(|id| board.candidates[id].person)
        .collect()
}

fn after(board: &Board, commands: &[(Command, bool)]) -> Board {
    let mut board = board.clone();
    for (command, chair) in commands {
        board.apply(command, &[], *chair).ok();
    }
    board
}

fn any_commands(most: usize) -> impl Strategy<Value = Vec<(Command, bool)>> {
    prop::collection::vec((any_command(), any::<bool>()), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_commands_lead_to_a_board_that_breaks_a_rule(
        board in any_board(),
        commands in any_commands(40),
    ) {
        let mut board = board;
        for (command, chair) in commands {
            let before = board.clone();
            match board.apply(&command, &[], chair) {
                Err(_) => prop_assert_eq!(&board, &before),
                Ok(inverse) => {
                    assert_sound(&board);
                    for (mentee, placement) in before.placements.iter().filter(|(_, had)| had.locked) {
                        let unlocked = Command::Unlock { mentee: *mentee };
                        let is_unlocked = match &command {
                            Command::Together { commands } => commands.contains(&unlocked),
                            command => *command == unlocked,
                        };
                        prop_assert!(is_unlocked || board.placements.get(mentee) == Some(placement));
                    }
                    let mut back = board.clone();
                    let seen = back.expect(&inverse);
                    let again = back.apply(&inverse, &seen, true);
                    // Restoring nobody is the only command without effect.
                    prop_assert!(again.is_ok(), "{:?} by {:?}: {:?}", command, inverse, again);
                    prop_assert_eq!(&back, &before);
                }
            }
        }
    }

    #[test]
    fn commands_about_other_people_may_come_in_any_order(
        board in any_board(),
        earlier in any_commands(12),
        (first, second) in (any_command(), any_command()),
    ) {
        let board = after(&board, &earlier);
        prop_assume!(touched(&board, &first).is_disjoint(&touched(&board, &second)));
        let alone = |command: &Command| board.clone().apply(command, &board.expect(command), true);
        let (one, other) = (alone(&first), alone(&second));
        let in_order = |first: &Command, second: &Command| {
            let mut after = board.clone();
            let one = after.apply(first, &board.expect(first), true);
            let other = after.apply(second, &board.expect(second), true);
            (after, one, other)
        };
        let (forwards, first_first, second_second) = in_order(&first, &second);
        let (backwards, second_first, first_second) = in_order(&second, &first);
        prop_assert_eq!(&forwards, &backwards);
        prop_assert_eq!(&first_first, &one);
        prop_assert_eq!(&first_second, &one);
        prop_assert_eq!(&second_first, &other);
        prop_assert_eq!(&second_second, &other);
    }

    #[test]
    fn a_stale_command_is_refused_and_a_fresh_one_never_for_that(
        board in any_board(),
        commands in any_commands(12),
        command in any_command(),
    ) {
        let now = after(&board, &commands);
        let seen = board.expect(&command);
        let is_stale = seen.iter().any(|said| now.seen(said.mentee) != *said);
        let mut tried = now.clone();
        let result = tried.apply(&command, &seen, true);
        prop_assert_eq!(matches!(result, Err(Refusal::Changed { .. })), is_stale);
        if is_stale {
            prop_assert_eq!(&tried, &now);
        } else {
            prop_assert_eq!(result, now.clone().apply(&command, &[], true));
        }
    }

    #[test]
    fn what_a_drop_means_is_accepted_unless_warned(
        board in any_board(),
        commands in any_commands(12),
        mentee in crate::people::any_mentee(),
        mentor in crate::people::any_mentor(),
        on_occupant in any::<bool>(),
    ) {
        let mut board = after(&board, &commands);
        let occupant = board.mentees_of(mentor).next().filter(|_| on_occupant);
        if let Ok(command) = board.what_drop_means(mentee, mentor, occupant) {
            let command = command.with_override("Let it stand.");
            let seen = board.expect(&command);
            prop_assert!(board.apply(&command, &seen, true).is_ok(), "{:?}", command);
            prop_assert_eq!(board.mentor_of(mentee), Some(mentor));
        }
    }

    #[test]
    fn a_free_place_is_open_exactly_to_those_whom_no_rule_forbids(
        board in any_board(),
        commands in any_commands(12),
        mentee in crate::people::any_mentee(),
        mentor in crate::people::any_mentor(),
    ) {
        let mut board = after(&board, &commands);
        prop_assume!(board.mentor_of(mentee).is_none());
        let rules = board.rules(mentee, mentor);
        prop_assert_eq!(rules.contains(&HardRule::Capacity), board.capacity_left(mentor) == 0);
        let command = Command::Pair { mentee, mentor, override_reason: Some("Yes.".to_owned()) };
        let result = board.apply(&command, &[], true);
        match result {
            Ok(_) => prop_assert_eq!(rules, []),
            Err(Refusal::Rule { rules: found, .. }) => prop_assert_eq!(rules, found),
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }
}
