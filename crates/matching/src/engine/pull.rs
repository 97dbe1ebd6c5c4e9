//! Fills a place that has become free by the chain that gains most, or leaves it free.

use std::cmp::Reverse;

use crate::cost::Cost;
use crate::engine::search::Step;
use crate::engine::{Engine, Seat};
use crate::index::{Column, Mentee};
use crate::instance::Instance;

/// Where a chain begins.
#[derive(Clone, Copy, Debug)]
enum Begin {
    /// With a place that stays free.
    Place(Column),
    /// With a mentee who was unmatched, and the column they come to.
    Unmatched(Mentee, Column),
}

impl<C: Cost> Engine<C> {
    /// Mends a column that has a free place and a price.
    pub(super) fn pull(&mut self, instance: &Instance, hole: Column) {
        if self.v[hole] == C::ZERO || !self.has_room(hole) {
            return;
        }
        self.search.start();
        self.search.set_distance(hole, C::ZERO);
        let step = Step::Column(hole);
        self.search.heap.push(Reverse((C::ZERO, step)));
        let mut best = C::ZERO - self.v[hole];
        let mut begin = Begin::Place(hole);
        while let Some(Reverse((distance, step))) = self.search.heap.pop() {
            if distance >= best {
                break;
            }
            let Step::Column(column) = step else {
                continue;
            };
            if self.search.distance(column) != distance {
                continue;
            }
            self.search.passed.push((column, distance));
            if distance - self.v[column] < best {
                best = distance - self.v[column];
                begin = Begin::Place(column);
            }
            self.reach_back(instance, column, distance, &mut best, &mut begin);
        }
        self.shift_back(best);
        self.follow_back(hole, begin);
    }

    /// Looks at everybody who could come to a column from elsewhere.
    fn reach_back(
        &mut self,
        instance: &Instance,
        column: Column,
        distance: C,
        best: &mut C,
        begin: &mut Begin,
    ) {
        let load = self.load_of(instance, column);
        let mentor = instance.mentor_of(column);
        let from = distance + load - self.v[column];
        let (prices, u, v) = (&self.prices, &self.u, &self.v);
        let (seats, search) = (&self.seats, &mut self.search);
        let mut looked = 0;
        instance.scores.each_of_mentor(mentor, |mentee, score| {
            looked += 1;
            let seat = seats[mentee];
            if matches!(seat, Seat::Out | Seat::Waiting) || seat == Seat::In(column) {
                return;
            }
            let Some(cost) = prices.pair(instance, mentee, mentor, score) else {
                return;
            };
            let reached = from + cost - u[mentee];
            if reached >= *best {
                return;
            }
            match seat {
                Seat::Unmatched => {
                    *best = reached;
                    *begin = Begin::Unmatched(mentee, column);
                }
                Seat::In(other) if search.is_nearer(other, reached) => {
                    search.set_distance(other, reached);
                    search.via[other] = mentee;
                    search.into[other] = column;
                    let step = Step::Column(other);
                    search.heap.push(Reverse((reached, step)));
                    if reached - v[other] < *best {
                        *best = reached - v[other];
                        *begin = Begin::Place(other);
                    }
                }
                Seat::In(_) | Seat::Out | Seat::Waiting => (),
            }
        });
        self.looked += looked;
    }

    fn shift_back(&mut self, length: C) {
        let passed = std::mem::take(&mut self.search.passed);
        let mut largest = C::ZERO;
        for &(column, distance) in &passed {
            let by = length - distance;
            largest = largest.max(by);
            self.v[column] += by;
            for &member in &self.members[column] {
                self.u[member] -= by;
            }
        }
        self.risen += largest;
        self.search.passed = passed;
    }

    /// Makes the moves of the chain, first one first.
    fn follow_back(&mut self, hole: Column, begin: Begin) {
        let mut free = match begin {
            Begin::Place(column) => column,
            Begin::Unmatched(mentee, column) => {
                self.sit(mentee, column);
                column
            }
        };
        while free != hole {
            let mentee = self.search.via[free];
            let to = self.search.into[free];
            self.rise(mentee);
            self.sit(mentee, to);
            free = to;
        }
    }
}
