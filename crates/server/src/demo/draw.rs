//! Draws that come out the same every time: a small generator (splitmix64, Steele, Lea and Flood
//! 2014) seeded from a name, so that adding one person changes nobody else.

/// A sequence of draws.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// The sequence that belongs to a name.
    pub fn named(name: &str) -> Self {
        // FNV-1a spreads the letters over the seed.
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, without, `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several; the default of the type where there is none.
    pub fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T
    where
        &'a T: Default,
    {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }

    /// Some of several, each at most once, in their order.
    pub fn some<'a>(&mut self, of: &[&'a str], count: usize) -> Vec<&'a str> {
        let mut left: Vec<usize> = (0..of.len()).collect();
        let mut chosen = Vec::new();
        for _ in 0..count.min(of.len()) {
            let position = self.below(left.len());
            chosen.push(left.swap_remove(position));
        }
        chosen.sort_unstable();
        chosen
            .into_iter()
            .filter_map(|position| of.get(position).copied())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_draws_the_same() {
        let (mut first, mut second) = (Draw::named("E001"), Draw::named("E001"));
        assert_eq!(
            (0..20).map(|_| first.below(1000)).collect::<Vec<_>>(),
            (0..20).map(|_| second.below(1000)).collect::<Vec<_>>()
        );
        assert_ne!(
            Draw::named("E001").below(1 << 30),
            Draw::named("E002").below(1 << 30)
        );
    }

    #[test]
    fn some_of_several_are_different_and_in_order() {
        let of = ["a", "b", "c", "d"];
        for seed in 0..50 {
            let some = Draw::named(&seed.to_string()).some(&of, 3);
            assert_eq!(some.len(), 3);
            assert!(some.is_sorted());
            assert!(some.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
