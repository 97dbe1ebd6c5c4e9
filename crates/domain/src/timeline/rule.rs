//! Dates that follow other dates: "five working days after the program begins, on a Friday".

use chrono::{Datelike, Duration, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::closure::Closures;
use super::{Edge, Item, Mark, When};
use crate::id::ItemId;

/// What the dates of an item follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The item it follows.
    pub anchor: ItemId,
    /// Which of that item's dates.
    pub edge: Edge,
    /// How far from there.
    #[serde(default)]
    pub offset: Offset,
    /// On which kind of day it ends up.
    #[serde(default)]
    pub snap: Snap,
    /// What of the item it sets.
    #[serde(default)]
    pub sets: Sets,
}

/// A distance: months first, then days. Negative is before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Offset {
    /// Months; the 31st becomes the last day of a shorter month.
    pub months: i16,
    /// Days after the months.
    pub days: i32,
    /// Whether only working days count.
    pub working: bool,
}

/// On which kind of day a rule ends up; always the first such day from there on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Snap {
    /// On any.
    #[default]
    None,
    /// On this day of the week.
    Weekday(Weekday),
    /// On a working day.
    NextWorkingDay,
}

/// What a rule sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sets {
    /// The whole item: its first day, and its length stays.
    #[default]
    Whole,
    /// The first day of a phase alone.
    Start,
    /// The last day of a phase alone.
    End,
}

/// The farthest a rule reaches, in months.
pub const FARTHEST_MONTHS: i16 = 120;
/// The farthest a rule reaches, in days.
pub const FARTHEST_DAYS: i32 = 3660;

impl Rule {
    /// Whether its numbers mean something.
    pub fn is_in_range(&self) -> bool {
        self.offset.months.unsigned_abs() <= FARTHEST_MONTHS.unsigned_abs()
            && self.offset.days.unsigned_abs() <= FARTHEST_DAYS.unsigned_abs()
    }

    /// The day it gives, counted from a day of its anchor.
    pub fn day(&self, from: NaiveDate, closures: &Closures) -> Option<NaiveDate> {
        let months = Months::new(u32::from(self.offset.months.unsigned_abs()));
        let day = if self.offset.months < 0 {
            from.checked_sub_months(months)?
        } else {
            from.checked_add_months(months)?
        };
        let day = if self.offset.working {
            working_days_from(day, self.offset.days, closures)?
        } else {
            day.checked_add_signed(Duration::days(i64::from(self.offset.days)))?
        };
        let fits = |day: &NaiveDate| match self.snap {
            Snap::None => true,
            Snap::Weekday(weekday) => day.weekday() == weekday,
            Snap::NextWorkingDay => closures.is_working(*day),
        };
        // Association weeks and holidays never fill a year.
        day.iter_days().take(366).find(fits)
    }

    /// The dates it sets in an item that is now `when`.
    pub fn apply(&self, when: &When, day: NaiveDate) -> When {
        let mut set = when.clone();
        match (self.sets, when) {
            (Sets::Start, When::Phase { .. }) => set.put(Edge::Start, day),
            (Sets::Whole, _) => set.shift((day - when.days().0).num_days()),
            (Sets::Start | Sets::End, _) => set.put(Edge::End, day),
        }
        set
    }

    /// Whether it decides a date of its item.
    pub fn governs(&self, edge: Edge, when: &When) -> bool {
        !matches!(
            (self.sets, edge, when),
            (Sets::Start, Edge::End, When::Phase { .. })
                | (Sets::End, Edge::Start, When::Phase { .. })
        )
    }
}

fn working_days_from(from: NaiveDate, days: i32, closures: &Closures) -> Option<NaiveDate> {
    let mut day = from;
    let mut left = days.unsigned_abs();
    while left > 0 {
        day = if days < 0 {
            day.pred_opt()?
        } else {
            day.succ_opt()?
        };
        left -= u32::from(closures.is_working(day));
    }
    Some(day)
}

/// The items in an order in which each comes after what it follows, as positions; or a loop, as the
/// items on it, each following the next and the last the first.
pub fn order(items: &[Item]) -> Result<Vec<usize>, Vec<ItemId>> {
    let follows = |item: &Item| counts_from(items, item.rule.as_ref()?).map(|(idx, _)| idx);
    let follows: Vec<Option<usize>> = items.iter().map(follows).collect();
    // Each follows one at most: whoever is reached a second time on one walk stands on a loop.
    let mut walk_of = vec![0; items.len()];
    let mut order = Vec::with_capacity(items.len());
    for first in 0..items.len() {
        let walk = first + 1;
        let mut path = Vec::new();
        let mut at = Some(first);
        while let Some(idx) = at {
            match walk_of.get_mut(idx) {
                Some(seen) if *seen == 0 => *seen = walk,
                Some(seen) if *seen == walk => return Err(loop_of(items, &path, idx)),
                _ => break,
            }
            path.push(idx);
            at = follows.get(idx).copied().flatten();
        }
        order.extend(path.into_iter().rev());
    }
    Ok(order)
}

/// The date a rule counts from, by the position of its item. The last day of the call is the closing
/// day under another name.
pub fn counts_from(items: &[Item], rule: &Rule) -> Option<(usize, Edge)> {
    let at = items.iter().position(|item| item.id == rule.anchor)?;
    let is_call = items.get(at).is_some_and(|item| item.mark == Mark::Call);
    let closing = || items.iter().position(|item| item.mark == Mark::Closing);
    match rule.edge {
        Edge::End if is_call => Some((closing().unwrap_or(at), Edge::End)),
        edge => Some((at, edge)),
    }
}

fn loop_of(items: &[Item], path: &[usize], again: usize) -> Vec<ItemId> {
    path.iter()
        .skip_while(|idx| **idx != again)
        .filter_map(|idx| items.get(*idx))
        .map(|item| item.id)
        .collect()
}
