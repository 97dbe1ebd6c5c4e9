//! What changed on a timeline, kept so that it can be told and undone.

mod stands;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use self::stands::stands;
use super::constraint::{Breach, Constraint};
use super::plan::Timeline;
use super::reader::Reader;
use super::{Edge, Item, Status};
use crate::id::{ChangeId, ItemId};

/// The difference between two timelines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delta {
    /// Items that are not what they were.
    pub items: Vec<Changed<Item>>,
    /// What must hold now and did not, or the other way round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Changed<Constraint>>,
}

/// Something before and after a change. Without a before it is new, without an after it is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct Changed<T> {
    /// As it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<T>,
    /// As it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<T>,
}

/// A date that was another one when people were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which item.
    pub item: ItemId,
    /// Which of its dates.
    pub edge: Edge,
    /// The day it was before.
    pub from: NaiveDate,
    /// The day it became.
    pub to: NaiveDate,
}

/// Why a change cannot be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum UndoError {
    /// These items were changed again since.
    #[error("changed since")]
    ChangedSince {
        /// Which.
        items: Vec<ItemId>,
    },
    /// Applications would have closed on a day that has passed.
    #[error("in the past")]
    InThePast,
    /// Something would not hold any more.
    #[error("something would not hold")]
    Breaks {
        /// What.
        breaches: Vec<Breach>,
    },
    /// Dates that the cohort needs would be known to nobody again, although it is public.
    #[error("the cohort needs it")]
    Needed {
        /// Those of these items.
        items: Vec<ItemId>,
    },
    /// Something would follow, or hold of, an item that is gone.
    #[error("something follows it")]
    Followed {
        /// What: these items.
        by: Vec<ItemId>,
    },
    /// Dates would follow one another in a circle.
    #[error("a loop")]
    Loop {
        /// The items on it.
        items: Vec<ItemId>,
    },
}

impl Delta {
    /// What is not the same on two timelines.
    pub fn between(before: &Timeline, after: &Timeline) -> Self {
        Self {
            items: changed(&before.items, &after.items, |item| Some(item.id)),
            constraints: changed(&before.constraints, &after.constraints, |one| one.id),
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.constraints.is_empty()
    }

    /// The same, the other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        fn reversed<T: Clone>(all: &[Changed<T>]) -> Vec<Changed<T>> {
            let swap = |one: &Changed<T>| Changed {
                before: one.after.clone(),
                after: one.before.clone(),
            };
            all.iter().map(swap).collect()
        }
        Self {
            items: reversed(&self.items),
            constraints: reversed(&self.constraints),
        }
    }

    /// The dates that moved after a reader had been told of them.
    pub fn moved_for(&self, reader: &Reader) -> Vec<Moved> {
        let mut moved = Vec::new();
        for changed in &self.items {
            let (Some(before), Some(after)) = (&changed.before, &changed.after) else {
                continue;
            };
            let was_told = before.status != Status::Planned && reader.is_among(before.audience);
            if !was_told || !reader.sees(after) {
                continue;
            }
            for edge in [Edge::Start, Edge::End] {
                if let (Some(from), Some(to)) = (before.date(edge), after.date(edge))
                    && from != to
                {
                    moved.push(Moved {
                        item: after.id,
                        edge,
                        from,
                        to,
                    });
                }
            }
        }
        moved
    }
}

/// The timeline without a change. What it touched must be as it left it; calendar programs are told
/// by a new number that the old dates hold again.
pub fn undo(
    timeline: &Timeline,
    change: &Delta,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Timeline, UndoError> {
    let mut undone = timeline.clone();
    let mut since = Vec::new();
    for changed in &change.items {
        let id = changed.before.as_ref().or(changed.after.as_ref());
        let Some(id) = id.map(|item| item.id) else {
            continue;
        };
        let place = undone.items.iter().position(|item| item.id == id);
        if place.and_then(|place| undone.items.get(place)) != changed.after.as_ref() {
            since.push(id);
            continue;
        }
        let sequence = changed.after.iter().chain(&changed.before);
        let sequence = sequence.map(|item| item.sequence).max().unwrap_or(0);
        let back = changed.before.clone().map(|before| Item {
            sequence: sequence + 1,
            changed_at: now,
            ..before
        });
        put_back(&mut undone.items, place, back);
    }
    for changed in &change.constraints {
        let id = changed.before.as_ref().or(changed.after.as_ref());
        let id = id.and_then(|one| one.id);
        let place = undone.constraints.iter().position(|one| one.id == id);
        if place.and_then(|place| undone.constraints.get(place)) != changed.after.as_ref() {
            let named = changed.after.iter().chain(&changed.before);
            since.extend(named.map(|one| one.after.item));
            continue;
        }
        put_back(&mut undone.constraints, place, changed.before.clone());
    }
    if !since.is_empty() {
        since.sort_unstable();
        since.dedup();
        return Err(UndoError::ChangedSince { items: since });
    }
    stands(timeline, &undone, today).map(|()| undone)
}

fn put_back<T>(all: &mut Vec<T>, place: Option<usize>, back: Option<T>) {
    match (place, back) {
        (Some(place), Some(back)) => {
            if let Some(slot) = all.get_mut(place) {
                *slot = back;
            }
        }
        (Some(place), None) => {
            all.remove(place);
        }
        (None, Some(back)) => all.push(back),
        (None, None) => {}
    }
}

/// Whether a change holds now: it was never undone, or the undoing was undone again, and so on.
/// `undone_by` says what undid a change.
pub fn is_in_force(change: ChangeId, undone_by: impl Fn(ChangeId) -> Option<ChangeId>) -> bool {
    std::iter::successors(Some(change), |last| undone_by(*last)).count() % 2 == 1
}

fn changed<T: Clone + PartialEq, K: Ord>(
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> K,
) -> Vec<Changed<T>> {
    let old: BTreeMap<K, &T> = before.iter().map(|one| (id(one), one)).collect();
    let new: BTreeMap<K, &T> = after.iter().map(|one| (id(one), one)).collect();
    let is_or_was = after.iter().filter_map(|one| {
        let before = old.get(&id(one)).copied();
        (before != Some(one)).then(|| Changed {
            before: before.cloned(),
            after: Some(one.clone()),
        })
    });
    let is_gone = before.iter().filter(|one| !new.contains_key(&id(one)));
    let is_gone = is_gone.map(|one| Changed {
        before: Some(one.clone()),
        after: None,
    });
    is_or_was.chain(is_gone).collect()
}
