//! Where a day stands on a timeline: which phases are on, how long they last, what comes next.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Edge, Item, Mark, Status, When};
use crate::id::ItemId;
use crate::order;

/// Where a day stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// The phases that are on, the one that ends first first.
    pub on: Vec<On>,
    /// The next start, milestone or deadline; of several on one day the first on the timeline.
    pub next: Option<Ahead>,
}

/// A phase that is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct On {
    /// Which.
    pub item: ItemId,
    /// What it means to the program.
    pub mark: Mark,
    /// Days after this one; 0 on the last day.
    pub days_left: u32,
}

/// A date that lies ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// Of which item.
    pub item: ItemId,
    /// What it means to the program.
    pub mark: Mark,
    /// Which of its dates.
    pub edge: Edge,
    /// The day.
    pub on: NaiveDate,
    /// Days until then; 0 for a milestone or deadline today.
    pub days: u32,
}

/// Where `today` stands among the items. A start today is no longer ahead; a milestone or a deadline
/// today still is.
pub fn standing(items: &[Item], today: NaiveDate) -> Standing {
    let days = |date: NaiveDate| u32::try_from((date - today).num_days()).ok();
    let mut on: Vec<On> = items
        .iter()
        .filter(|item| item.status != Status::Cancelled)
        .filter_map(|item| match item.when {
            When::Phase { start, end } if start <= today => Some(On {
                item: item.id,
                mark: item.mark,
                days_left: days(end)?,
            }),
            _ => None,
        })
        .collect();
    order::sort_by_key(&mut on, |phase| phase.days_left);
    let next = items
        .iter()
        .filter(|item| item.status != Status::Cancelled)
        .filter_map(|item| {
            let (first, last) = item.when.days();
            let (edge, on) = match item.when {
                When::Phase { .. } if first == today => return None,
                When::Phase { .. } => (Edge::Start, first),
                When::Milestone { .. } | When::Due(_) | When::Meeting { .. } => (Edge::End, last),
            };
            Some(Ahead {
                item: item.id,
                mark: item.mark,
                edge,
                on,
                days: days(on)?,
            })
        })
        .min_by_key(|ahead| ahead.days);
    Standing { on, next }
}
