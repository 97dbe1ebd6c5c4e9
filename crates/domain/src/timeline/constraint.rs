//! What must hold between two dates, how grave it is if it does not, and why.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Edge, Item, Mark, Status};
use crate::form::locale::L10n;
use crate::id::{ConstraintId, ItemId};

/// Something that must hold between two dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// Its id; none for those that every cohort has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ConstraintId>,
    /// The date that comes first.
    pub before: Point,
    /// The date that comes after.
    pub after: Point,
    /// The fewest days between them.
    pub min_days: i32,
    /// The most days between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days: Option<i32>,
    /// How grave it is.
    pub severity: Severity,
    /// Why it is so.
    pub why: L10n,
}

/// A date of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Point {
    /// Which item.
    pub item: ItemId,
    /// Which of its dates.
    pub edge: Edge,
}

/// How grave it is when a constraint does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is said, and can be saved.
    Warning,
    /// It cannot be saved.
    Error,
}

/// A constraint that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Which.
    pub constraint: Constraint,
    /// How many days there are between the two dates.
    pub days: i64,
    /// Whether the change makes it so, or makes it worse.
    pub is_new: bool,
}

impl Constraint {
    /// Whether its numbers mean something.
    pub fn is_sound(&self) -> bool {
        const FARTHEST: u32 = 3660;
        self.min_days.unsigned_abs() <= FARTHEST
            && self
                .max_days
                .is_none_or(|max| max >= self.min_days && max.unsigned_abs() <= FARTHEST)
            && self.before != self.after
    }
}

impl Breach {
    /// Whether one of the two dates is of a mark.
    pub(super) fn is_of(&self, mark: Mark, mark_of: impl Fn(ItemId) -> Mark) -> bool {
        let dates = [self.constraint.before.item, self.constraint.after.item];
        dates.into_iter().any(|item| mark_of(item) == mark)
    }
}

/// A constraint between items that are there, by their positions.
#[derive(Clone, Copy)]
pub(super) struct Link<'a> {
    pub(super) before: (usize, Edge),
    pub(super) after: (usize, Edge),
    min: i64,
    max: Option<i64>,
    said: Said<'a>,
}

/// Who says that something must hold.
#[derive(Clone, Copy)]
enum Said<'a> {
    Everybody(&'static Between),
    Phase,
    Committee(&'a Constraint),
}

impl Link<'_> {
    /// How many days the two dates are too near to each other, or, negative, too far apart; 0 if it
    /// holds, or if one of the dates is not there.
    pub(super) fn excess(&self, dates: impl Dates) -> i64 {
        self.days(dates).map_or(0, |days| match self.max {
            _ if days < self.min => self.min - days,
            Some(max) if days > max => max - days,
            _ => 0,
        })
    }

    /// Whether it only says that a phase ends after it begins.
    pub(super) fn is_of_phase(&self) -> bool {
        matches!(self.said, Said::Phase)
    }

    fn days(&self, dates: impl Dates) -> Option<i64> {
        let date = |(idx, edge): (usize, Edge)| {
            let (start, end) = dates(idx)?;
            Some(if edge == Edge::Start { start } else { end })
        };
        Some((date(self.after)? - date(self.before)?).num_days())
    }

    fn constraint(&self, items: &[Item]) -> Option<Constraint> {
        let point = |(idx, edge): (usize, Edge)| {
            let item = items.get(idx)?.id;
            Some(Point { item, edge })
        };
        let (severity, why) = match self.said {
            Said::Committee(constraint) => return Some(constraint.clone()),
            Said::Everybody(between) => (between.severity, between.why),
            Said::Phase => (Severity::Error, "Nothing ends before it begins."),
        };
        Some(Constraint {
            id: None,
            before: point(self.before)?,
            after: point(self.after)?,
            min_days: i32::try_from(self.min).unwrap_or(0),
            max_days: None,
            severity,
            why: L10n::english(why),
        })
    }
}

/// Everything that must hold: the order of a cohort's life, that nothing ends before it begins, and
/// what the committee added. What is cancelled is left out.
pub(super) fn links<'a>(items: &[Item], own: &'a [Constraint]) -> Vec<Link<'a>> {
    let stands = |item: &Item| item.status != Status::Cancelled;
    let by_mark = |(mark, edge)| {
        let place = |item: &Item| item.mark == mark && stands(item);
        items.iter().position(place).map(|idx| (idx, edge))
    };
    let mut links: Vec<Link<'a>> = LIFE
        .iter()
        .filter_map(|between| {
            Some(Link {
                before: by_mark(between.before)?,
                after: by_mark(between.after)?,
                min: i64::from(between.min_days),
                max: None,
                said: Said::Everybody(between),
            })
        })
        .collect();
    let phases = items.iter().enumerate().filter(|(_, item)| stands(item));
    links.extend(
        phases
            .filter(|(_, item)| item.date(Edge::Start).is_some())
            .map(|(idx, _)| Link {
                before: (idx, Edge::Start),
                after: (idx, Edge::End),
                min: 0,
                max: None,
                said: Said::Phase,
            }),
    );
    let place = |point: Point| {
        let idx = items.iter().position(|item| item.id == point.item)?;
        let item = items.get(idx).filter(|item| stands(item))?;
        // Only a phase has a start of its own.
        let edge = item.date(point.edge).map_or(Edge::End, |_| point.edge);
        Some((idx, edge))
    };
    links.extend(own.iter().filter_map(|constraint| {
        Some(Link {
            before: place(constraint.before)?,
            after: place(constraint.after)?,
            min: i64::from(constraint.min_days),
            max: constraint.max_days.map(i64::from),
            said: Said::Committee(constraint),
        })
    }));
    links
}

/// First and last day of the item in a position.
pub(super) trait Dates: Fn(usize) -> Option<(NaiveDate, NaiveDate)> {}

impl<F: Fn(usize) -> Option<(NaiveDate, NaiveDate)>> Dates for F {}

/// First and last day of items.
pub(super) fn dates(items: &[Item]) -> impl Dates {
    |idx| items.get(idx).map(|item| item.when.days())
}

/// What does not hold after a change, and whether the change is to blame. `was` gives the dates that
/// the item in a position had before.
pub(super) fn breaches(
    was: impl Dates,
    after: &[Item],
    own_before: &[Constraint],
    own: &[Constraint],
) -> Vec<Breach> {
    let breach = |link: &Link<'_>| {
        let excess = link.excess(dates(after));
        if excess == 0 {
            return None;
        }
        let is_known = match link.said {
            Said::Committee(constraint) => own_before.contains(constraint),
            Said::Everybody(_) | Said::Phase => true,
        };
        let before = if is_known { link.excess(&was) } else { 0 };
        Some(Breach {
            constraint: link.constraint(after)?,
            days: link.days(dates(after))?,
            is_new: is_worse(excess, before),
        })
    };
    links(after, own).iter().filter_map(breach).collect()
}

/// Whether something that does not hold is the doing of a change.
pub(super) fn is_worse(excess: i64, was: i64) -> bool {
    excess != 0 && (excess.signum() != was.signum() || excess.abs() > was.abs())
}

/// What stands against a timeline as it is.
pub fn check(items: &[Item], own: &[Constraint]) -> Vec<Breach> {
    breaches(|_| None, items, &[], own)
}

/// The first loop among what must hold, as the items on it; none if there is none.
pub(super) fn find_loop(items: &[Item], own: &[Constraint]) -> Option<Vec<ItemId>> {
    let links = links(items, own);
    let order = order(&links, items.len());
    let is_left = |point: &(usize, Edge)| !order.contains_key(point);
    let left = links
        .iter()
        .filter(|link| is_left(&link.before) && is_left(&link.after));
    let mut on_loop: Vec<ItemId> = left
        .filter_map(|link| items.get(link.before.0))
        .map(|item| item.id)
        .collect();
    on_loop.sort_unstable();
    on_loop.dedup();
    (!on_loop.is_empty()).then_some(on_loop)
}

/// The dates that links join, each with its place in an order in which a date comes after all those
/// that must lie before it (Kahn). Dates on a loop, or after one, are left out.
pub(super) fn order(links: &[Link<'_>], items: usize) -> BTreeMap<(usize, Edge), usize> {
    let spot = |(idx, edge): (usize, Edge)| 2 * idx + usize::from(edge == Edge::End);
    let mut waits = vec![0_usize; 2 * items];
    let mut leads: Vec<Vec<(usize, Edge)>> = vec![Vec::new(); 2 * items];
    for link in links {
        if let (Some(waits), Some(leads)) = (
            waits.get_mut(spot(link.after)),
            leads.get_mut(spot(link.before)),
        ) {
            *waits += 1;
            leads.push(link.after);
        }
    }
    let points = links.iter().flat_map(|link| [link.before, link.after]);
    let is_free = |point: &(usize, Edge)| waits.get(spot(*point)) == Some(&0);
    let free: BTreeSet<_> = points.filter(is_free).collect();
    let mut free: VecDeque<_> = free.into_iter().collect();
    let mut order = BTreeMap::new();
    while let Some(point) = free.pop_front() {
        order.insert(point, order.len());
        for next in leads.get(spot(point)).into_iter().flatten() {
            let Some(waits) = waits.get_mut(spot(*next)) else {
                continue;
            };
            *waits -= 1;
            if *waits == 0 {
                free.push_back(*next);
            }
        }
    }
    order
}

/// A constraint between two marks.
struct Between {
    before: (Mark, Edge),
    after: (Mark, Edge),
    min_days: i32,
    severity: Severity,
    why: &'static str,
}

const fn between(
    before: (Mark, Edge),
    after: (Mark, Edge),
    min_days: i32,
    severity: Severity,
    why: &'static str,
) -> Between {
    Between {
        before,
        after,
        min_days,
        severity,
        why,
    }
}

/// The order of a cohort's life. The dates that decide what is open cannot pass each other; the
/// phases between them can, and it is said.
const LIFE: &[Between] = &[
    between(
        (Mark::Call, Edge::Start),
        (Mark::Closing, Edge::End),
        1,
        Severity::Error,
        "Applications open before they close.",
    ),
    between(
        (Mark::Closing, Edge::End),
        (Mark::Review, Edge::Start),
        1,
        Severity::Warning,
        "Applications are read when all of them are there.",
    ),
    between(
        (Mark::Review, Edge::End),
        (Mark::Pairing, Edge::Start),
        1,
        Severity::Warning,
        "Pairs are made of those who were found eligible.",
    ),
    between(
        (Mark::Closing, Edge::End),
        (Mark::PairingComplete, Edge::End),
        0,
        Severity::Error,
        "Nobody can be paired before applications close.",
    ),
    between(
        (Mark::Pairing, Edge::End),
        (Mark::PairingComplete, Edge::End),
        0,
        Severity::Warning,
        "Pairs are made by the day everybody hears.",
    ),
    between(
        (Mark::PairingComplete, Edge::End),
        (Mark::Orientation, Edge::Start),
        0,
        Severity::Warning,
        "Orientation is for those who are paired.",
    ),
    between(
        (Mark::PairingComplete, Edge::End),
        (Mark::Program, Edge::Start),
        0,
        Severity::Error,
        "The program begins when pairs are known.",
    ),
    between(
        (Mark::Program, Edge::Start),
        (Mark::Program, Edge::End),
        1,
        Severity::Error,
        "The program lasts longer than a day.",
    ),
    between(
        (Mark::Program, Edge::End),
        (Mark::Evaluation, Edge::Start),
        1,
        Severity::Warning,
        "The last survey asks about the whole program.",
    ),
];
