//! Sorting and collecting that weigh little in the browser: the sort of the standard library is
//! compiled anew, four kilobytes each time, for every type it sorts; here only numbers are sorted.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by a key that is worked out once for each item. Equal ones keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let order = order(keys.len(), &|one, other| {
        keys.get(one).cmp(&keys.get(other))
    });
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(
        order
            .into_iter()
            .filter_map(|place| taken.get_mut(place)?.take()),
    );
}

/// The places `0..count` in the order that the comparison of two places gives.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

/// A set of these. `collect` would sort them first.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

/// A map of these; of several with the same key the last one counts. `collect` would sort them
/// first.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items: Vec<(u8, u8)>) {
            let mut ours = items.clone();
            sort_by_key(&mut ours, |(first, _)| *first);
            let mut theirs = items;
            theirs.sort_by_key(|(first, _)| *first);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn it_collects_as_the_standard_library_does(entries: Vec<(u8, u8)>) {
            prop_assert_eq!(map(entries.clone()), entries.iter().copied().collect());
            prop_assert_eq!(set(entries.clone()), entries.into_iter().collect());
        }
    }
}
