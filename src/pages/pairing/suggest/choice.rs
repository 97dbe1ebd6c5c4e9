//! Which changes of a plan are taken, and what goes with them.

use std::collections::BTreeSet;

use tandem_domain::board::Board;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::Change;

/// The chosen changes with those that make room for them.
///
/// Where a mentor would be over full, somebody who leaves that mentor in the plan goes along, in the
/// order of the plan.
pub(in crate::pages::pairing) fn with_room(
    board: &Board,
    changes: &[Change],
    chosen: &BTreeSet<ApplicationId>,
) -> BTreeSet<ApplicationId> {
    let mut taken = chosen.clone();
    loop {
        let is_taken = |change: &&Change| taken.contains(&change.mentee);
        let crowded = |mentor: ApplicationId| {
            let leaving = changes.iter().filter(is_taken);
            let leaving = leaving.filter(|change| change.from == Some(mentor)).count();
            let coming = changes.iter().filter(is_taken);
            let coming = coming.filter(|change| change.to == Some(mentor)).count();
            coming > usize::from(board.capacity_left(mentor)) + leaving
        };
        let next = changes
            .iter()
            .find(|change| !taken.contains(&change.mentee) && change.from.is_some_and(&crowded));
        match next {
            Some(change) => taken.insert(change.mentee),
            None => return taken,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> ApplicationId {
        let text = format!("00000000-0000-0000-0000-000000000{number:03}");
        text.parse().unwrap()
    }

    fn change(mentee: u8, from: Option<u8>, to: Option<u8>) -> Change {
        Change {
            mentee: id(mentee),
            from: from.map(id),
            to: to.map(id),
            before: None,
            after: None,
        }
    }

    #[test]
    fn who_makes_room_goes_along_and_nobody_else() {
        // 1 goes where 2 is, who goes where 3 is, who goes; 4 has nothing to do with it. Mentors are
        // unknown to this board, so they have no place beside those on it.
        let changes = [
            change(1, None, Some(101)),
            change(2, Some(101), Some(102)),
            change(3, Some(102), None),
            change(4, Some(103), None),
        ];
        let chosen = |mentee: u8| {
            let taken = with_room(&Board::default(), &changes, &BTreeSet::from([id(mentee)]));
            taken.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(chosen(1), [id(1), id(2), id(3)]);
        assert_eq!(chosen(2), [id(2), id(3)]);
        assert_eq!(chosen(4), [id(4)]);
    }
}
