//! What a timeline must be so that a change may be undone: one that could have been made.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::UndoError;
use crate::id::ItemId;
use crate::timeline::constraint::{Severity, breaches, find_loop};
use crate::timeline::plan::Timeline;
use crate::timeline::{Item, Mark, Status, rule};

/// Refuses a timeline that an undone change would leave behind if it could not have been made.
pub(super) fn stands(
    before: &Timeline,
    after: &Timeline,
    today: NaiveDate,
) -> Result<(), UndoError> {
    if closes_in_the_past(before, after, today) {
        return Err(UndoError::InThePast);
    }
    let items = taken_back(before, after);
    if !items.is_empty() {
        return Err(UndoError::Needed { items });
    }
    let mut by: Vec<ItemId> = left_hanging(after)
        .difference(&left_hanging(before))
        .map(|(item, _)| *item)
        .collect();
    by.dedup();
    if !by.is_empty() {
        return Err(UndoError::Followed { by });
    }
    if let (None, Some(items)) = (circle(before), circle(after)) {
        return Err(UndoError::Loop { items });
    }
    holds(before, after)
}

fn closes_in_the_past(before: &Timeline, after: &Timeline, today: NaiveDate) -> bool {
    let closing = |timeline: &Timeline| {
        let mut items = timeline.items.iter();
        items
            .find(|item| item.mark == Mark::Closing)
            .map(|item| item.when.days().1)
    };
    let closes = closing(after);
    closes != closing(before) && closes.is_some_and(|closes| closes < today)
}

/// The dates a cohort needs that nobody would know of again. Going public tells them together: as long
/// as one of them is planned, the cohort is a draft.
fn taken_back(before: &Timeline, after: &Timeline) -> Vec<ItemId> {
    let is_planned = |item: &&Item| item.mark.is_needed() && item.status == Status::Planned;
    if before.items.iter().any(|item| is_planned(&item)) {
        return Vec::new();
    }
    let planned = after.items.iter().filter(is_planned);
    planned.map(|item| item.id).collect()
}

/// The items whose dates follow, or are bound to, an item that is not there, each with that one.
fn left_hanging(timeline: &Timeline) -> BTreeSet<(ItemId, ItemId)> {
    let known: BTreeSet<ItemId> = timeline.items.iter().map(|item| item.id).collect();
    let rules = timeline.items.iter().filter_map(|item| {
        let rule = item.rule?;
        Some((item.id, rule.anchor))
    });
    let bonds = timeline.constraints.iter().flat_map(|constraint| {
        let (before, after) = (constraint.before.item, constraint.after.item);
        [(before, after), (after, before)]
    });
    rules
        .chain(bonds)
        .filter(|(_, other)| !known.contains(other))
        .collect()
}

/// The items on a loop of rules, or of what must hold; none if there is no loop.
fn circle(timeline: &Timeline) -> Option<Vec<ItemId>> {
    let of_rules = rule::order(&timeline.items).err();
    of_rules.or_else(|| find_loop(&timeline.items, &timeline.constraints))
}

fn holds(before: &Timeline, after: &Timeline) -> Result<(), UndoError> {
    let was: BTreeMap<ItemId, &Item> = before.items.iter().map(|item| (item.id, item)).collect();
    let was = |idx: usize| {
        let item = after.items.get(idx)?;
        Some(was.get(&item.id)?.when.days())
    };
    let mut breaches = breaches(was, &after.items, &before.constraints, &after.constraints);
    breaches.retain(|breach| breach.is_new && breach.constraint.severity == Severity::Error);
    if breaches.is_empty() {
        Ok(())
    } else {
        Err(UndoError::Breaks { breaches })
    }
}
