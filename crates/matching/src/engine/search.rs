//! What a search for a chain of moves writes down. Kept from search to search to save its making.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::cost::Cost;
use crate::index::{Column, Each, Mentee};

#[derive(Clone, Debug)]
pub(super) struct Search<C> {
    /// The distance of each column; true in the search whose number it bears.
    distances: Each<Column, (u32, C)>,
    number: u32,
    /// The mentee by whom each column was reached.
    pub(super) via: Each<Column, Mentee>,
    /// Pull only: where that mentee would go.
    pub(super) into: Each<Column, Column>,
    pub(super) heap: BinaryHeap<Reverse<(C, Step)>>,
    /// The columns passed through, nearest first, with their distance.
    pub(super) passed: Vec<(Column, C)>,
    /// Room for making lists.
    pub(super) found: Vec<(C, Column)>,
}

/// What to look at next; columns before lists that are equally near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Column(Column),
    /// The pairs of a mentee beyond their list, seen from this far.
    Beyond(Mentee),
}

impl<C: Cost> Search<C> {
    pub(super) fn new(n_columns: usize) -> Self {
        Self {
            distances: Each::filled(n_columns, (0, C::ZERO)),
            number: 0,
            via: Each::filled(n_columns, Mentee(0)),
            into: Each::filled(n_columns, Column(0)),
            heap: BinaryHeap::new(),
            passed: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Forgets the last search.
    pub(super) fn start(&mut self) {
        if self.number == u32::MAX {
            let n_columns = self.distances.len();
            self.distances = Each::filled(n_columns, (0, C::ZERO));
            self.number = 0;
        }
        self.number += 1;
        self.heap.clear();
        self.passed.clear();
    }

    /// Whether a column is nearer this way than any found so far.
    #[inline]
    pub(super) fn is_nearer(&self, column: Column, distance: C) -> bool {
        let (number, known) = self.distances[column];
        number != self.number || distance < known
    }

    #[inline]
    pub(super) fn set_distance(&mut self, column: Column, distance: C) {
        self.distances[column] = (self.number, distance);
    }

    /// The distance of a column that was reached.
    pub(super) fn distance(&self, column: Column) -> C {
        self.distances[column].1
    }
}
