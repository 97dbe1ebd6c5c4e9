//! Which differences are taken, and the command that brings them over.

use std::collections::BTreeSet;

use tandem_domain::board::{AdoptedFrom, Board, Command, Difference, Expect};
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::Change;

use crate::pages::pairing::suggest::choice::with_room;

/// Differences with a box each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages::pairing) struct Selection {
    rows: Vec<Difference>,
    chosen: BTreeSet<ApplicationId>,
}

impl Selection {
    /// All of them but those that a lock stands against.
    pub(in crate::pages::pairing) fn new(rows: Vec<Difference>) -> Self {
        let mut selection = Self {
            rows,
            chosen: BTreeSet::new(),
        };
        selection.choose_all();
        selection
    }

    fn free(&self) -> impl Iterator<Item = &Difference> {
        self.rows.iter().filter(|row| !row.is_locked())
    }

    /// Every row that no lock stands against.
    pub(in crate::pages::pairing) fn choose_all(&mut self) {
        self.chosen = self.free().map(|row| row.mentee).collect();
    }

    /// None.
    pub(in crate::pages::pairing) fn choose_none(&mut self) {
        self.chosen.clear();
    }

    /// One row, or no longer.
    pub(in crate::pages::pairing) fn set(&mut self, mentee: ApplicationId, is_chosen: bool) {
        if !is_chosen {
            self.chosen.remove(&mentee);
        } else if self.free().any(|row| row.mentee == mentee) {
            self.chosen.insert(mentee);
        }
    }

    /// Whether a row is chosen.
    pub(in crate::pages::pairing) fn has(&self, mentee: ApplicationId) -> bool {
        self.chosen.contains(&mentee)
    }

    /// How many are chosen.
    pub(in crate::pages::pairing) fn count(&self) -> usize {
        self.chosen.len()
    }

    /// Whether all are chosen that can be.
    pub(in crate::pages::pairing) fn is_all(&self) -> bool {
        self.count() == self.free().count()
    }

    /// What brings the chosen rows onto a board, and those that make room for them with them.
    pub(in crate::pages::pairing) fn command(
        &self,
        onto: &Board,
        from: AdoptedFrom,
    ) -> (Command, Vec<Expect>) {
        let mentor = |place: &Option<_>| {
            place
                .as_ref()
                .map(|place: &tandem_domain::board::Placement| place.mentor)
        };
        let changes: Vec<Change> = self
            .free()
            .map(|row| Change {
                mentee: row.mentee,
                from: mentor(&row.from),
                to: mentor(&row.to),
                before: row.before,
                after: row.after,
            })
            .collect();
        let taken = with_room(onto, &changes, &self.chosen);
        let rows = self.rows.iter().filter(|row| taken.contains(&row.mentee));
        Command::adopting(from, rows)
    }
}

#[cfg(test)]
mod tests {
    use tandem_domain::board::Placement;

    use super::*;

    fn id(number: u8) -> ApplicationId {
        let text = format!("00000000-0000-0000-0000-000000000{number:03}");
        text.parse().unwrap()
    }

    fn row(mentee: u8, from: Option<(u8, bool)>, to: Option<u8>) -> Difference {
        let place = |mentor, locked| Placement {
            mentor: id(mentor),
            locked,
            override_reason: None,
        };
        Difference {
            mentee: id(mentee),
            from: from.map(|(mentor, locked)| place(mentor, locked)),
            to: to.map(|mentor| place(mentor, false)),
            before: None,
            after: None,
        }
    }

    fn selection() -> Selection {
        Selection::new(vec![
            row(1, None, Some(101)),
            row(2, Some((101, false)), Some(102)),
            row(3, Some((103, true)), Some(104)),
            row(4, Some((104, false)), None),
        ])
    }

    fn mentees(selection: &Selection) -> Vec<ApplicationId> {
        let (command, expect) = selection.command(&Board::default(), AdoptedFrom::Earlier);
        let concerned = command.concerned();
        let expected: Vec<_> = expect.iter().map(|said| said.mentee).collect();
        assert_eq!(concerned, expected);
        concerned
    }

    #[test]
    fn what_is_locked_is_never_chosen() {
        let mut selection = selection();
        assert!(selection.is_all());
        assert_eq!(selection.count(), 3);
        selection.set(id(3), true);
        assert!(!selection.has(id(3)));
        assert_eq!(mentees(&selection), [id(1), id(2), id(4)]);
    }

    #[test]
    fn who_makes_room_goes_along() {
        let mut selection = selection();
        selection.choose_none();
        selection.set(id(1), true);
        assert!(!selection.is_all());
        // The mentor has one place, which the second leaves; nobody knows this board's others.
        assert_eq!(mentees(&selection), [id(1), id(2)]);
        selection.choose_all();
        assert!(selection.is_all());
    }
}
