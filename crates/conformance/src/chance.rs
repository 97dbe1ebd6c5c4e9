//! Chance out of a seed: the same numbers everywhere.

/// A stream of numbers (`SplitMix64`).
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is not 0.
    pub(crate) fn below(&mut self, end: u8) -> u8 {
        let number = self.next() % u64::from(end.max(1));
        u8::try_from(number).unwrap_or(0)
    }

    /// From one number to another, both included.
    pub(crate) fn between(&mut self, least: u8, most: u8) -> u8 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    pub(crate) fn one_in(&mut self, number: u8) -> bool {
        self.below(number) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(list.len()).ok().filter(|count| *count > 0)?;
        list.get(usize::try_from(self.next() % count).ok()?)
    }

    /// Some of a list, in its order.
    pub(crate) fn some<T: Clone>(&mut self, list: &[T], one_in: u8) -> Vec<T> {
        list.iter()
            .filter(|_| self.one_in(one_in))
            .cloned()
            .collect()
    }
}
