//! The seeded choice between plans that are equally good.
//!
//! Every pair draws a number from the seed and from what tells the two people apart. Of the plans
//! that are equal in everything else the one with the smallest sum of these numbers is chosen, so
//! that neither the order of the people nor the path of the solver decides.

use crate::index::{Each, Mentee, Mentor};

/// How many bits a pair draws. More would not fit into 64-bit costs at 5,000 mentees.
pub(crate) const TIE_BITS: u32 = 24;

/// What the pairs draw from.
#[derive(Clone, Debug)]
pub(crate) struct Ties {
    seed: u64,
    mentee_keys: Vec<u64>,
    mentor_keys: Vec<u64>,
    mentees: Each<Mentee, u64>,
    mentors: Each<Mentor, u64>,
}

impl Ties {
    pub(crate) fn new(n_mentees: usize, n_mentors: usize) -> Self {
        let numbers = |count| (0u64..).take(count).collect();
        Self::from_parts(0, numbers(n_mentees), numbers(n_mentors))
    }

    pub(crate) fn with_seed(self, seed: u64) -> Self {
        Self::from_parts(seed, self.mentee_keys, self.mentor_keys)
    }

    pub(crate) fn with_keys(self, mentees: Vec<u64>, mentors: Vec<u64>) -> Self {
        Self::from_parts(self.seed, mentees, mentors)
    }

    /// The number this pair draws, of [`TIE_BITS`] bits.
    #[inline]
    pub(crate) fn draw(&self, mentee: Mentee, mentor: Mentor) -> u32 {
        let mixed = mix(self.mentees[mentee].wrapping_add(self.mentors[mentor]));
        (mixed >> (u64::BITS - TIE_BITS)) as u32
    }

    fn from_parts(seed: u64, mentee_keys: Vec<u64>, mentor_keys: Vec<u64>) -> Self {
        let stream = mix(seed);
        let spread = |keys: &[u64], salt: u64| {
            let spread = keys.iter().map(|&key| mix(mix(key ^ salt) ^ stream));
            spread.collect()
        };
        // Mentees and mentors may have the same keys; the salt keeps their numbers apart.
        let mentees = Each::new(spread(&mentee_keys, 0x6d65_6e74_6565_0001));
        let mentors = Each::new(spread(&mentor_keys, 0x6d65_6e74_6f72_0002));
        Self {
            seed,
            mentee_keys,
            mentor_keys,
            mentees,
            mentors,
        }
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood, 2014) with its increment.
fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
