//! The greatest lowest score that leaves as many pairs as there can be.
//!
//! The bottleneck assignment problem by halving the range of the scores: each floor is tried with a
//! flow that goes on from the best one so far.

use crate::flow::Flow;
use crate::instance::Instance;
use crate::plan::Cover;

/// The covers of a max-min plan.
#[derive(Clone, Debug)]
pub(crate) struct FloorProof {
    pub(crate) fewest_unmatched: Cover,
    pub(crate) greatest_lowest: Option<Cover>,
}

/// Looks for the highest floor that leaves as many pairs as there can be: by halving.
#[derive(Clone, Debug)]
pub(crate) struct FloorSearch {
    /// The flow that is being made.
    flow: Flow,
    /// The best pairs above a floor that is not too high.
    best: Option<Flow>,
    /// Why there are not more pairs; there once the first flow is done.
    fewest_unmatched: Option<Cover>,
    n_unmatched: u32,
    /// A floor that is not too high, and one that is.
    low: i32,
    high: i32,
    /// The floor being tried.
    tried: i32,
    looked: u64,
}

impl FloorSearch {
    pub(crate) fn new(instance: &Instance) -> Self {
        let (low, high) = instance.scores().range().unwrap_or((0, 0));
        let locked = instance.locked.iter();
        let of_locks =
            locked.filter_map(|(mentee, mentor)| instance.scores().get(mentee, (*mentor)?));
        // A floor above the lowest lock is of no use: the lock stays.
        let high = of_locks.min().unwrap_or(high);
        Self {
            flow: Flow::new(instance, low, None),
            best: None,
            fewest_unmatched: None,
            n_unmatched: 0,
            low,
            high: high + 1,
            tried: low,
            looked: 0,
        }
    }

    pub(crate) fn looked(&self) -> u64 {
        self.looked + self.flow.looked
    }

    /// Tries one more mentee; says whether the floor is still to be found.
    pub(crate) fn step(&mut self, instance: &Instance) -> bool {
        let has_more = self.flow.step(instance);
        let is_too_high =
            self.fewest_unmatched.is_some() && self.flow.n_unmatched() > self.n_unmatched;
        if has_more && !is_too_high {
            return true;
        }
        if is_too_high {
            self.high = self.tried;
        } else {
            if self.fewest_unmatched.is_none() {
                self.fewest_unmatched = Some(self.flow.cover(instance));
                self.n_unmatched = self.flow.n_unmatched();
            }
            self.low = self.tried;
            self.best = Some(self.flow.clone());
        }
        if self.high - self.low <= 1 {
            return false;
        }
        self.looked += self.flow.looked;
        self.tried = self.low + (self.high - self.low) / 2;
        self.flow = Flow::new(instance, self.tried, self.best.as_ref());
        true
    }

    /// The floor, and the proof that it is the highest.
    pub(crate) fn found(&mut self, instance: &Instance) -> (i32, FloorProof) {
        let above = Flow::new(instance, self.high, self.best.as_ref()).finish(instance);
        let n_pairs = self.best.as_ref().map_or(0, Flow::n_pairs);
        let greatest_lowest = (above.n_pairs() < n_pairs).then(|| above.cover(instance));
        let proof = FloorProof {
            fewest_unmatched: self.fewest_unmatched.take().unwrap_or_default(),
            greatest_lowest,
        };
        self.looked += above.looked;
        (self.low, proof)
    }

    /// How many pairs there are so far at the floor being tried.
    pub(crate) fn n_pairs(&self) -> u32 {
        self.flow.n_pairs()
    }
}
