//! What is the same for all who are alike: found once for each kind of mentee with each kind of
//! mentor, however many people there are.

use std::collections::BTreeMap;

/// Something found for every pair of two lists, kept once for each pair of kinds.
pub(crate) struct Alike<T> {
    rows: Vec<usize>,
    columns: Vec<usize>,
    n_columns: usize,
    found: Vec<T>,
}

impl<T: Copy> Alike<T> {
    /// Finds it for the first of each kind. People of one key are alike; `find` gets the places of
    /// two people in their lists.
    pub(crate) fn of<M: Ord, N: Ord>(
        mentees: impl IntoIterator<Item = M>,
        mentors: impl IntoIterator<Item = N>,
        find: impl Fn(usize, usize) -> T,
    ) -> Self {
        let (rows, of_rows) = kinds(mentees);
        let (columns, of_columns) = kinds(mentors);
        let find = &find;
        let found = of_rows
            .iter()
            .flat_map(|row| of_columns.iter().map(move |column| find(*row, *column)));
        Self {
            found: found.collect(),
            n_columns: of_columns.len(),
            rows,
            columns,
        }
    }

    /// What was found for two people, by their places in the lists.
    pub(crate) fn at(&self, row: usize, column: usize) -> Option<T> {
        let at = self.rows.get(row)? * self.n_columns + self.columns.get(column)?;
        self.found.get(at).copied()
    }
}

/// The kind of each, and the first of each kind.
fn kinds<K: Ord>(keys: impl IntoIterator<Item = K>) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeMap<K, usize> = BTreeMap::new();
    let mut firsts = Vec::new();
    let of_each = keys.into_iter().enumerate().map(|(at, key)| {
        *known.entry(key).or_insert_with(|| {
            firsts.push(at);
            firsts.len() - 1
        })
    });
    (of_each.collect(), firsts)
}
