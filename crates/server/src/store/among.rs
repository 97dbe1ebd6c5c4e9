//! Of whom rows are read: everybody, or only those a request is about.

use std::collections::BTreeSet;
use std::fmt::Display;

use sea_orm::{ColumnTrait, Condition};

/// Of whom rows are read.
#[derive(Debug)]
pub enum Among<'a, T> {
    /// Of everybody.
    Everybody,
    /// Of these alone.
    These(&'a BTreeSet<T>),
}

impl<T> Clone for Among<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Among<'_, T> {}

impl<T: Display> Among<'_, T> {
    /// That a column names one of them.
    pub(super) fn named_by<C: ColumnTrait>(self, column: C) -> Condition {
        match self {
            Self::Everybody => Condition::all(),
            Self::These(ids) => {
                Condition::all().add(column.is_in(ids.iter().map(ToString::to_string)))
            }
        }
    }
}
