//! What the solver may propose of a pair, and why not. What is read of people is read once.

use serde::{Deserialize, Serialize};

use crate::candidate::Candidate;
use crate::rule::{HardRule, PairFacts, Verdicts, Warning};
use crate::score::Weights;
use crate::score::parts::Parts;

/// Why the solver does not propose a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    /// A hard rule forbids it: the most telling one.
    Rule(HardRule),
    /// A warning stands against it that only the chair may let stand.
    Warned(Warning),
    /// It misses the floor by so many points.
    BelowFloor(u16),
}

/// Mentees and mentors, read once. Pairs are asked for by the places of the two in their lists.
pub struct Judge<'a> {
    verdicts: Verdicts<'a>,
    parts: Parts<'a>,
}

impl<'a> Judge<'a> {
    /// Reads everybody.
    pub fn new(mentees: &[&'a Candidate], mentors: &[&'a Candidate], facts: &'a PairFacts) -> Self {
        Self {
            verdicts: Verdicts::of(mentees, mentors, facts),
            parts: Parts::of(mentees, mentors),
        }
    }

    /// Why a pair is not proposed whatever its score, whoever else is placed where.
    pub fn bar(&self, mentee: usize, mentor: usize) -> Option<Bar> {
        self.verdicts
            .first(mentee, mentor)
            .map(|first| first.map_or_else(Bar::Rule, Bar::Warned))
    }

    /// The score of a pair under each of these weights.
    pub fn scores<const N: usize>(
        &self,
        mentee: usize,
        mentor: usize,
        weights: [&Weights; N],
    ) -> [u16; N] {
        self.parts.totals(mentee, mentor, weights)
    }
}
