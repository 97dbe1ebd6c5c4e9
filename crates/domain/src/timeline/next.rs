//! The next cohort's timeline from the last one's: the same days of the week, a year later.

use chrono::{Duration, Months, NaiveDate};

use super::constraint::Constraint;
use super::plan::Timeline;
use super::{Certainty, Item, Status};
use crate::id::{ConstraintId, ItemId};

/// How many days later a cohort is that begins `years` after another one: whole weeks, so that
/// Fridays stay Fridays, and as near to the same date as weeks come.
pub fn days_later(starts: NaiveDate, years: u8) -> i64 {
    let months = Months::new(12 * u32::from(years));
    let same_date = starts.checked_add_months(months).unwrap_or(starts);
    let days = (same_date - starts).num_days();
    (days + 3).div_euclid(7) * 7
}

/// A timeline some days later, with nobody told of anything. Rules and what must hold go along;
/// what was cancelled does not.
pub fn later(
    timeline: &Timeline,
    days: i64,
    mut new_item: impl FnMut() -> ItemId,
    mut new_constraint: impl FnMut() -> ConstraintId,
) -> Timeline {
    let stands = |item: &&Item| item.status != Status::Cancelled;
    let names: Vec<(ItemId, ItemId)> = timeline
        .items
        .iter()
        .filter(stands)
        .map(|item| (item.id, new_item()))
        .collect();
    let renamed = |old: ItemId| {
        let mut names = names.iter();
        names.find(|(name, _)| *name == old).map(|(_, new)| *new)
    };
    let item = |item: &Item| {
        let mut when = item.when.clone();
        when.shift(days);
        Some(Item {
            rule: item.rule.and_then(|mut rule| {
                rule.anchor = renamed(rule.anchor)?;
                Some(rule)
            }),
            body: item.body.clone(),
            audience: item.audience,
            lane: item.lane.clone(),
            locked: item.locked,
            in_calendar: item.in_calendar,
            certainty: match item.certainty {
                Certainty::Window { first, last } => Certainty::Window {
                    first: first + Duration::days(days),
                    last: last + Duration::days(days),
                },
                certainty => certainty,
            },
            ..Item::planned(renamed(item.id)?, item.mark, when, item.title.clone())
        })
    };
    let constraint = |constraint: &Constraint| {
        let mut constraint = constraint.clone();
        constraint.id = Some(new_constraint());
        constraint.before.item = renamed(constraint.before.item)?;
        constraint.after.item = renamed(constraint.after.item)?;
        Some(constraint)
    };
    Timeline {
        items: timeline
            .items
            .iter()
            .filter(stands)
            .filter_map(item)
            .collect(),
        constraints: timeline.constraints.iter().filter_map(constraint).collect(),
    }
}
