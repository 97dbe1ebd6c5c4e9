//! People as numbers, and lists that can only be asked about the right kind of person.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A mentee: a row of the score table, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mentee(pub u32);

/// A mentor: a column of the score table, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mentor(pub u32);

/// Those places of one mentor that cost the same: all of them, unless load has a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Column(pub(crate) u32);

/// A number that stands for somebody or something.
pub(crate) trait Key: Copy {
    fn at(self) -> usize;
    fn of(at: usize) -> Self;
}

macro_rules! keys {
    ($($key:ident),*) => {$(
        impl Key for $key {
            #[inline]
            fn at(self) -> usize {
                self.0 as usize
            }

            #[inline]
            fn of(at: usize) -> Self {
                Self(u32::try_from(at).unwrap_or(u32::MAX))
            }
        }
    )*};
}

keys!(Mentee, Mentor, Column);

/// One value for each key from 0 up.
///
/// This is the only place of the crate that indexes. Keys reach it from an instance whose sizes
/// were checked when it was made, or from an `Each` of the same length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Each<K, V> {
    values: Vec<V>,
    key: PhantomData<K>,
}

impl<K: Key, V> Each<K, V> {
    pub(crate) fn new(values: Vec<V>) -> Self {
        Self {
            values,
            key: PhantomData,
        }
    }

    pub(crate) fn filled(count: usize, value: V) -> Self
    where
        V: Clone,
    {
        Self::new(vec![value; count])
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = K> + use<K, V> {
        (0..self.values.len()).map(K::of)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.values
            .iter()
            .enumerate()
            .map(|(at, value)| (K::of(at), value))
    }

    pub(crate) fn values(&self) -> &[V] {
        &self.values
    }

    pub(crate) fn has(&self, key: K) -> bool {
        key.at() < self.values.len()
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "keys come from an instance of checked size; `get` would hide a broken one"
)]
impl<K: Key, V> Index<K> for Each<K, V> {
    type Output = V;

    #[inline]
    fn index(&self, key: K) -> &V {
        &self.values[key.at()]
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "keys come from an instance of checked size; `get_mut` would hide a broken one"
)]
impl<K: Key, V> IndexMut<K> for Each<K, V> {
    #[inline]
    fn index_mut(&mut self, key: K) -> &mut V {
        &mut self.values[key.at()]
    }
}
