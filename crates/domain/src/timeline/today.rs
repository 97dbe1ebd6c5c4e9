//! Where a day stands on a timeline: which phases are on, how long they last, what comes next.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Edge, Item, Mark, Status, When};
use crate::application::window::{Left, left};
use crate::id::ItemId;
use crate::order;

/// Now, as the dates of a cohort are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Today in the cohort's zone.
    pub today: NaiveDate,
    /// Program time.
    pub at: DateTime<Utc>,
}

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

impl Now {
    /// Now by the clocks that a date is read by: what ends or begins at an hour goes by the clocks of
    /// that hour, so that nothing is over while there is time left.
    #[must_use]
    pub fn by(self, when: &When) -> Self {
        let today = when.time().map_or(self.today, |time| time.day_at(self.at));
        Self { today, ..self }
    }

    /// The same for an item among others: the call lasts as long as applications are accepted.
    #[must_use]
    pub fn of(self, item: &Item, items: &[Item]) -> Self {
        let closing = items
            .iter()
            .find(|one| item.mark == Mark::Call && one.mark == Mark::Closing);
        self.by(&closing.unwrap_or(item).when)
    }

    /// Days from now until one of the days of a date; negative once it is over. What lies so far ahead
    /// that a count-down counts it in days is as many days away as the count-down says.
    pub fn days_until(self, when: &When, day: NaiveDate) -> i64 {
        if let When::Due(due) = when
            && let Left::Days(days) = left(due.instant, self.at)
        {
            return days;
        }
        (day - self.by(when).today).num_days()
    }
}

/// Where `now` stands among the items. A start today is no longer ahead; a milestone or a deadline
/// today still is, a deadline only as long as it has not passed.
pub fn standing(items: &[Item], now: Now) -> Standing {
    let days = |days: i64| u32::try_from(days).ok();
    let stands = |item: &&Item| item.status != Status::Cancelled;
    let mut on: Vec<On> = items
        .iter()
        .filter(stands)
        .filter_map(|item| {
            let today = now.of(item, items).today;
            match item.when {
                When::Phase { start, end } if start <= today => Some(On {
                    item: item.id,
                    mark: item.mark,
                    days_left: days((end - today).num_days())?,
                }),
                _ => None,
            }
        })
        .collect();
    order::sort_by_key(&mut on, |phase| phase.days_left);
    let next = items
        .iter()
        .filter(stands)
        .filter_map(|item| {
            let (first, last) = item.when.days();
            let (edge, on) = match &item.when {
                When::Phase { .. } if first == now.today => return None,
                When::Due(due) if due.has_passed(now.at) => return None,
                When::Phase { .. } => (Edge::Start, first),
                When::Milestone { .. } | When::Due(_) | When::Meeting { .. } => (Edge::End, last),
            };
            Some(Ahead {
                item: item.id,
                mark: item.mark,
                edge,
                on,
                days: days(now.days_until(&item.when, on))?,
            })
        })
        .min_by_key(|ahead| ahead.days);
    Standing { on, next }
}
