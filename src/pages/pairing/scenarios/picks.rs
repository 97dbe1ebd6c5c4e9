//! Which boards are picked to be compared.

use std::collections::BTreeSet;

use tandem_api::scenario::{COMPARED, ScenarioView};
use tandem_domain::id::ScenarioId;

/// The picked boards: the one in force from the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Picks {
    picked: BTreeSet<ScenarioId>,
    /// Whether the list was seen before.
    is_begun: bool,
}

impl Picks {
    /// Takes in which boards there are.
    pub(super) fn keep(&mut self, boards: &[ScenarioView]) {
        if !self.is_begun {
            self.is_begun = true;
            let first = boards.iter().filter(|board| board.in_force);
            self.picked.extend(first.map(|board| board.id));
        }
        self.picked
            .retain(|picked| boards.iter().any(|board| board.id == *picked));
    }

    /// Whether a board is picked.
    pub(super) fn has(&self, board: ScenarioId) -> bool {
        self.picked.contains(&board)
    }

    /// Picks a board, or no longer. One too many is not picked.
    pub(super) fn set(&mut self, board: ScenarioId, is_picked: bool) {
        if !is_picked {
            self.picked.remove(&board);
        } else if !self.is_full() {
            self.picked.insert(board);
        }
    }

    /// Whether no more can be picked.
    pub(super) fn is_full(&self) -> bool {
        self.picked.len() >= COMPARED.1
    }

    /// Whether there is something to compare.
    pub(super) fn is_enough(&self) -> bool {
        self.picked.len() >= COMPARED.0
    }

    /// The picked ones, in the order of the list.
    pub(super) fn of(&self, boards: &[ScenarioView]) -> Vec<ScenarioId> {
        let ids = boards.iter().map(|board| board.id);
        ids.filter(|board| self.has(*board)).collect()
    }

    /// How many are picked.
    pub(super) fn count(&self) -> usize {
        self.picked.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> ScenarioId {
        let text = format!("00000000-0000-0000-0000-000000000{number:03}");
        text.parse().unwrap()
    }

    fn boards(numbers: &[u8]) -> Vec<ScenarioView> {
        let board = |number: &u8| ScenarioView {
            id: id(*number),
            name: format!("Board {number}"),
            rev: 0,
            pairs: 0,
            in_force: *number == 9,
            version: 1,
        };
        numbers.iter().map(board).collect()
    }

    #[test]
    fn the_board_in_force_is_picked_at_first_and_may_be_left_out() {
        let list = boards(&[9, 1, 2]);
        let mut picks = Picks::default();
        picks.keep(&list);
        assert_eq!(picks.of(&list), [id(9)]);
        assert!(!picks.is_enough());
        picks.set(id(9), false);
        picks.set(id(2), true);
        picks.set(id(1), true);
        picks.keep(&list);
        assert_eq!(picks.of(&list), [id(1), id(2)]);
        assert!(picks.is_enough());
    }

    #[test]
    fn a_fifth_is_not_picked_and_one_that_is_gone_is_no_longer() {
        let list = boards(&[9, 1, 2, 3, 4]);
        let mut picks = Picks::default();
        picks.keep(&list);
        for number in 1..=4 {
            picks.set(id(number), true);
        }
        assert!(picks.is_full() && !picks.has(id(4)));
        picks.keep(&boards(&[9, 1, 4]));
        assert_eq!(picks.count(), 2);
    }
}
