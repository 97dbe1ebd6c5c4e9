//! The pairs of a mentee that are worth looking at first.
//!
//! A list holds the cheapest pairs at the prices of the moment it was made, and a bound that no
//! other pair of the mentee was below. While a plan is made, columns only fall, so that pairs only
//! get dearer and the bound stays true. Repairs let columns rise; the bound then counts for less
//! by the sum of the largest rises. A search that comes up against the bound makes the list anew,
//! twice as long: no pair is ever left out that could matter.

use crate::cost::Cost;
use crate::engine::Engine;
use crate::index::{Column, Mentee};
use crate::instance::Instance;

/// How many pairs a list holds at first.
const FIRST: usize = 32;

#[derive(Clone, Debug)]
pub(super) struct Near<C> {
    /// Cost and column, cheapest first.
    pub(super) pairs: Vec<(C, Column)>,
    pub(super) beyond: Beyond<C>,
    limit: usize,
}

/// What is known of the pairs that are not on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond<C> {
    /// Nothing: there is no list yet.
    Unknown,
    /// There are none.
    Nothing,
    /// Cost less price of the column was not below `bound` when all rises came to `risen`.
    From { bound: C, risen: C },
}

impl<C> Near<C> {
    pub(super) fn unknown() -> Self {
        Self {
            pairs: Vec::new(),
            beyond: Beyond::Unknown,
            limit: FIRST,
        }
    }
}

impl<C: Cost> Engine<C> {
    /// Makes the list of a mentee anew; gives the cheapest pair at present prices.
    pub(super) fn refresh(&mut self, instance: &Instance, mentee: Mentee) -> Option<(C, Column)> {
        let mut found = std::mem::take(&mut self.search.found);
        found.clear();
        let (prices, v) = (&self.prices, &self.v);
        instance.scores.each_of_mentee(mentee, |mentor, score| {
            let Some(cost) = prices.pair(instance, mentee, mentor, score) else {
                return;
            };
            for (step, &load) in prices.load.iter().enumerate() {
                let column = instance.column(mentor, step);
                found.push((cost + load - v[column], column));
            }
        });
        self.looked += found.len() as u64;
        let near = &mut self.near[mentee];
        if near.beyond != Beyond::Unknown {
            near.limit = near.limit.saturating_mul(2);
        }
        near.beyond = Beyond::Nothing;
        if found.len() > near.limit {
            let (_, &mut (bound, _), _) = found.select_nth_unstable(near.limit);
            let risen = self.risen;
            near.beyond = Beyond::From { bound, risen };
            found.truncate(near.limit);
        }
        let best = found.iter().min().copied();
        near.pairs.clear();
        let with_price = found
            .iter()
            .map(|&(cost, column)| (cost + v[column], column));
        near.pairs.extend(with_price);
        near.pairs.sort_unstable();
        self.search.found = found;
        best
    }
}
