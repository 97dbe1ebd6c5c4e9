//! Seats one mentee by the cheapest chain: to a free place, or until somebody stays unmatched.

use std::cmp::Reverse;

use crate::cost::Cost;
use crate::engine::near::Beyond;
use crate::engine::search::Step;
use crate::engine::{Engine, Seat};
use crate::index::{Column, Mentee};
use crate::instance::Instance;

/// Where a chain ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// In a free place.
    Place(Column),
    /// With a mentee who stays unmatched.
    Unmatched(Mentee),
}

impl<C: Cost> Engine<C> {
    /// Seats a waiting mentee whose dual is feasible.
    pub(super) fn push(&mut self, instance: &Instance, start: Mentee) {
        self.search.start();
        let mut best = self.prices.unmatched(instance, start) - self.u[start];
        let mut end = End::Unmatched(start);
        self.reach(instance, start, C::ZERO, &mut best, &mut end);
        while let Some(Reverse((distance, step))) = self.search.heap.pop() {
            if distance >= best {
                break;
            }
            match step {
                Step::Beyond(mentee) => {
                    self.refresh(instance, mentee);
                    let from = match self.seats[mentee] {
                        Seat::In(column) => self.search.distance(column),
                        Seat::Out | Seat::Waiting | Seat::Unmatched => C::ZERO,
                    };
                    self.reach(instance, mentee, from, &mut best, &mut end);
                }
                Step::Column(column) => {
                    if self.search.distance(column) != distance {
                        continue;
                    }
                    self.search.passed.push((column, distance));
                    for at in 0..self.members[column].len() {
                        let Some(&mentee) = self.members[column].get(at) else {
                            break;
                        };
                        let unmatched = self.prices.unmatched(instance, mentee) - self.u[mentee];
                        if distance + unmatched < best {
                            best = distance + unmatched;
                            end = End::Unmatched(mentee);
                        }
                        self.reach(instance, mentee, distance, &mut best, &mut end);
                    }
                }
            }
        }
        self.shift(start, best);
        self.follow(start, end);
    }

    /// Looks at the pairs of a mentee from this far away.
    fn reach(
        &mut self,
        instance: &Instance,
        mentee: Mentee,
        distance: C,
        best: &mut C,
        end: &mut End,
    ) {
        if self.near[mentee].beyond == Beyond::Unknown {
            self.refresh(instance, mentee);
        }
        let from = distance - self.u[mentee];
        let near = &self.near[mentee];
        for &(cost, column) in &near.pairs {
            self.looked += 1;
            // No column has a positive price, and the list is sorted.
            if from + cost >= *best {
                break;
            }
            let reached = from + cost - self.v[column];
            if reached >= *best || !self.search.is_nearer(column, reached) {
                continue;
            }
            self.search.set_distance(column, reached);
            self.search.via[column] = mentee;
            let members = u32::try_from(self.members[column].len()).unwrap_or(u32::MAX);
            if members < self.places[column] {
                *best = reached;
                *end = End::Place(column);
            } else {
                let step = Step::Column(column);
                self.search.heap.push(Reverse((reached, step)));
            }
        }
        if let Beyond::From { bound, risen } = near.beyond {
            let reached = from + bound - (self.risen - risen);
            if reached < *best {
                let step = Step::Beyond(mentee);
                self.search.heap.push(Reverse((reached, step)));
            }
        }
    }

    /// Moves the duals so that the chain costs nothing and nothing costs less.
    fn shift(&mut self, start: Mentee, length: C) {
        self.u[start] += length;
        let passed = std::mem::take(&mut self.search.passed);
        for &(column, distance) in &passed {
            let by = length - distance;
            self.v[column] -= by;
            for &member in &self.members[column] {
                self.u[member] += by;
            }
        }
        self.search.passed = passed;
    }

    /// Makes the moves of the chain, last one first.
    fn follow(&mut self, start: Mentee, end: End) {
        let mut free = match end {
            End::Place(column) => column,
            End::Unmatched(mentee) => {
                let left = self.rise(mentee);
                self.seats[mentee] = Seat::Unmatched;
                let Some(column) = left else {
                    return;
                };
                column
            }
        };
        loop {
            let mentee = self.search.via[free];
            let left = self.rise(mentee);
            self.sit(mentee, free);
            match left {
                Some(column) if mentee != start => free = column,
                _ => return,
            }
        }
    }
}
