//! Shortest augmenting paths with capacities and kept duals.
//!
//! The primal-dual method for the transportation problem: successive shortest paths with node
//! potentials (Tomizawa, 1971; Edmonds and Karp, 1972) in the form Jonker and Volgenant (1987)
//! gave it for the assignment problem, with columns that hold several rows. Repairs after a change
//! are those of the dynamic Hungarian algorithm (Mills-Tettey, Stentz and Dias, 2007).
//!
//! Invariants between the public calls, in which `c` is the cost of a pair, `w` that of staying
//! unmatched, `u` the dual of a row and `v` that of a column:
//! `u ≤ w`, `v ≤ 0`, `c - u - v ≥ 0` for every pair that may be; with equality for pairs that are
//! and for rows that stay unmatched, and `v = 0` for columns with a free place.

mod near;
mod pull;
mod push;
pub(crate) mod residual;
mod search;
pub(crate) mod width;

use crate::cost::{Cost, Prices};
use crate::engine::near::Near;
use crate::engine::search::Search;
use crate::index::{Column, Each, Key, Mentee, Mentor};
use crate::instance::Instance;

/// Where a mentee stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seat {
    /// Locked or withdrawn: no row of the problem.
    Out,
    /// To be seated; the plan is optimal for all others.
    Waiting,
    /// Best left unmatched.
    Unmatched,
    /// In a place of this column.
    In(Column),
}

/// A plan that is optimal for the rows seated so far, with its duals.
#[derive(Clone, Debug)]
pub(crate) struct Engine<C> {
    prices: Prices<C>,
    u: Each<Mentee, C>,
    v: Each<Column, C>,
    seats: Each<Mentee, Seat>,
    members: Each<Column, Vec<Mentee>>,
    places: Each<Column, u32>,
    near: Each<Mentee, Near<C>>,
    /// By how much columns have risen in all, one after the other. See [`near`].
    risen: C,
    search: Search<C>,
    /// How many pairs were looked at.
    looked: u64,
}

impl<C: Cost> Engine<C> {
    /// Nobody seated yet: every free mentee waits.
    pub(crate) fn new(instance: &Instance, prices: Prices<C>) -> Self {
        let columns = (0..instance.n_columns()).map(Column::of);
        let places = Each::new(columns.map(|column| instance.places_of(column)).collect());
        // Nobody can be drawn to a column without places if its price is this low.
        let closed = C::ZERO - prices.largest();
        let v = places.iter().map(
            |(_, &places): (Column, _)| {
                if places == 0 { closed } else { C::ZERO }
            },
        );
        let seat = |mentee: Mentee| {
            if instance.is_free(mentee) {
                Seat::Waiting
            } else {
                Seat::Out
            }
        };
        let n_mentees = instance.n_mentees();
        Self {
            u: Each::filled(n_mentees, C::ZERO),
            v: Each::new(v.collect()),
            seats: Each::new((0..n_mentees).map(|at| seat(Mentee::of(at))).collect()),
            members: Each::filled(places.len(), Vec::new()),
            search: Search::new(places.len()),
            places,
            near: Each::filled(n_mentees, Near::unknown()),
            risen: C::ZERO,
            prices,
            looked: 0,
        }
    }

    pub(crate) fn set_floor(&mut self, floor: i32) {
        self.prices.floor = Some(floor);
    }

    /// Seats a waiting mentee in the place that is best of all, if it is free.
    pub(crate) fn greet(&mut self, instance: &Instance, mentee: Mentee) {
        if self.seats[mentee] != Seat::Waiting {
            return;
        }
        let unmatched = self.prices.unmatched(instance, mentee);
        match self.refresh(instance, mentee) {
            Some((cost, column)) if cost < unmatched => {
                self.u[mentee] = cost;
                if self.has_room(column) && self.v[column] == C::ZERO {
                    self.sit(mentee, column);
                }
            }
            _ => {
                self.u[mentee] = unmatched;
                self.seats[mentee] = Seat::Unmatched;
            }
        }
    }

    /// Seats a waiting mentee by the cheapest chain of moves.
    pub(crate) fn seat(&mut self, instance: &Instance, mentee: Mentee) {
        if self.seats[mentee] == Seat::Waiting {
            self.push(instance, mentee);
        }
    }

    /// Takes a mentee in who was locked or withdrawn.
    pub(crate) fn enter(&mut self, instance: &Instance, mentee: Mentee) {
        self.seats[mentee] = Seat::Waiting;
        self.greet(instance, mentee);
        self.seat(instance, mentee);
    }

    /// Takes a mentee out and lets others move up.
    pub(crate) fn leave(&mut self, instance: &Instance, mentee: Mentee) {
        let seat = self.seats[mentee];
        self.rise(mentee);
        self.seats[mentee] = Seat::Out;
        if let Seat::In(column) = seat {
            self.pull(instance, column);
        }
    }

    /// Brings the places of a mentor's columns up or down to what the instance says.
    pub(crate) fn fit_places(&mut self, instance: &Instance, mentor: Mentor) {
        for step in 0..instance.n_steps() {
            let column = instance.column(mentor, step);
            let places = instance.places_of(column);
            while self.places[column] < places {
                self.places[column] += 1;
                self.pull(instance, column);
                if self.v[column] == C::ZERO && self.has_room(column) {
                    // Whatever else is added stays free as well.
                    self.places[column] = places;
                }
            }
            self.places[column] = self.places[column].min(places.max(self.n_members(column)));
            while self.places[column] > places {
                self.places[column] -= 1;
                if let Some(&last) = self.members[column].last() {
                    self.rise(last);
                    self.seats[last] = Seat::Waiting;
                    self.push(instance, last);
                }
            }
        }
    }

    /// Forgets which pairs of a mentee are good, after one of them has changed. The mentee is out.
    pub(crate) fn forget(&mut self, mentee: Mentee) {
        self.near[mentee] = Near::unknown();
    }

    /// Forgets a pair that may no longer be and that is not in the plan.
    pub(crate) fn forget_pair(&mut self, instance: &Instance, mentee: Mentee, mentor: Mentor) {
        let is_of = |column: Column| instance.mentor_of(column) == mentor;
        self.near[mentee]
            .pairs
            .retain(|&(_, column)| !is_of(column));
    }

    /// The mentor of a mentee who is not locked.
    pub(crate) fn mentor_of(&self, instance: &Instance, mentee: Mentee) -> Option<Mentor> {
        match self.seats[mentee] {
            Seat::In(column) => Some(instance.mentor_of(column)),
            Seat::Out | Seat::Waiting | Seat::Unmatched => None,
        }
    }

    pub(crate) fn looked(&self) -> u64 {
        self.looked
    }

    /// The mentor of each mentee, locked pairs among them.
    pub(crate) fn mentors(&self, instance: &Instance) -> Vec<Option<Mentor>> {
        let seats = self.seats.iter();
        seats
            .map(|(mentee, seat)| match seat {
                Seat::In(column) => Some(instance.mentor_of(*column)),
                Seat::Out | Seat::Waiting | Seat::Unmatched => instance.locked[mentee],
            })
            .collect()
    }

    /// The duals of the mentees and of the columns.
    pub(crate) fn duals(&self) -> (Vec<i128>, Vec<i128>) {
        let wide = |cost: &C| -> i128 { (*cost).into() };
        let mentees = self.u.values().iter().map(wide).collect();
        (mentees, self.v.values().iter().map(wide).collect())
    }

    /// What a pair would cost beyond the prices of its two people, if it may be.
    pub(crate) fn reduced(
        &self,
        instance: &Instance,
        mentee: Mentee,
        column: Column,
        score: i32,
    ) -> Option<C> {
        let mentor = instance.mentor_of(column);
        let cost = self.prices.pair(instance, mentee, mentor, score)?;
        Some(cost + self.load_of(instance, column) - self.u[mentee] - self.v[column])
    }

    fn load_of(&self, instance: &Instance, column: Column) -> C {
        let step = instance.step_of(column);
        self.prices.load.get(step).copied().unwrap_or(C::ZERO)
    }

    fn n_members(&self, column: Column) -> u32 {
        u32::try_from(self.members[column].len()).unwrap_or(u32::MAX)
    }

    fn has_room(&self, column: Column) -> bool {
        self.n_members(column) < self.places[column]
    }

    fn sit(&mut self, mentee: Mentee, column: Column) {
        self.seats[mentee] = Seat::In(column);
        self.members[column].push(mentee);
    }

    /// Takes a mentee off the list of their column, if they have one.
    fn rise(&mut self, mentee: Mentee) -> Option<Column> {
        let Seat::In(column) = self.seats[mentee] else {
            return None;
        };
        let members = &mut self.members[column];
        if let Some(at) = members.iter().position(|&member| member == mentee) {
            members.swap_remove(at);
        }
        Some(column)
    }
}
