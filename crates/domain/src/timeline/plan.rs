//! From a timeline and a wish to another timeline, and to everything that should be known before the
//! wish is granted.
//!
//! Acts come first, then dates, then what follows: rules always, the dates around by the policy.
//! What is locked, done or announced stays unless it was ticked. The browser plans while a date is
//! dragged, the server plans again before it stores; what only the zones tell is added there.

mod act;
mod follow;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

pub(super) use self::act::check_when;
use super::calendar::error;
use super::closure::Closures;
use super::constraint::{Breach, Constraint, Severity, breaches};
use super::log::Delta;
use super::warning::{Clocks, Warning, What, earlier_than_told, of_clocks, of_dates};
use super::wish::{At, Edit, EditError, Refusal, Wish};
use super::{Edge, Item, Mark, Shift, Status};
use crate::date::ZoneName;
use crate::id::ItemId;

/// A timeline: what stands on it, and what the committee says must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// Its items.
    pub items: Vec<Item>,
    /// What must hold beside what holds for every cohort.
    pub constraints: Vec<Constraint>,
}

impl Timeline {
    /// The same once its cohort is made public: the dates of the cohort's life are told with it,
    /// what the committee added is not.
    #[must_use]
    pub fn with_life_announced(&self, now: DateTime<Utc>) -> Self {
        let mut told = self.clone();
        for item in &mut told.items {
            if item.mark != Mark::Other && item.status == Status::Planned {
                item.status = Status::Announced;
                item.sequence += 1;
                item.changed_at = now;
            }
        }
        told
    }
}

/// When and where somebody plans.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The civil day in the cohort's zone.
    pub today: NaiveDate,
    /// The moment.
    pub now: DateTime<Utc>,
    /// The days that the program keeps free.
    pub closures: &'a Closures,
}

/// A timeline after a wish, and what is to be known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// As it was.
    pub before: Timeline,
    /// As it would be.
    pub after: Timeline,
    /// Every date that moves: wished ones first, then what follows from them.
    pub shifts: Vec<Shift>,
    /// What would follow, but stays.
    pub held: Vec<Held>,
    /// What does not hold afterwards.
    pub breaches: Vec<Breach>,
    /// What to know of the dates that are new.
    pub warnings: Vec<Warning>,
}

/// A date that would follow, but stays because its item is held. Ticked, it follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Where it would go.
    #[serde(flatten)]
    pub shift: Shift,
    /// Why it stays.
    pub reason: Hold,
}

/// Why an item stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// It is locked.
    Locked,
    /// It took place.
    Done,
    /// Its audience was told.
    Announced,
    /// It will not take place.
    Cancelled,
}

/// Why nothing is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Each wish that is wrong, and why.
    pub refusals: Vec<Refusal>,
    /// What would not hold.
    pub breaches: Vec<Breach>,
    /// What stands in the way of what would follow.
    pub held: Vec<Held>,
}

/// Plans a wish. The call's last day and the closing day are one date with two names; a time of day
/// keeps its zone. Errors name each wish that is wrong; then nothing is planned.
pub fn plan(before: &Timeline, wish: &Wish, setting: Setting<'_>) -> Result<Plan, Refused> {
    let mut draft = Draft::of(before, wish, setting);
    let mut refusals = Vec::new();
    for (place, act) in wish.acts.iter().enumerate() {
        if let Err(error) = draft.act(act) {
            let at = At::Act(place);
            refusals.push(Refusal { at, error });
        }
    }
    for (place, edit) in wish.edits.iter().enumerate() {
        if let Err(error) = draft.edit(edit) {
            let at = At::Edit(place);
            refusals.push(Refusal { at, error });
        }
    }
    draft.follow(wish.policy);
    draft.stamp();
    let was = |idx| Some(draft.was(idx)?.when.days());
    let breaches = breaches(
        was,
        &draft.after.items,
        &before.constraints,
        &draft.after.constraints,
    );
    for breach in &breaches {
        if breach.is_new && breach.constraint.severity == Severity::Error {
            refusals.extend(draft.blame(breach, wish, &refusals));
        }
    }
    let held = draft.held_back();
    if !refusals.is_empty() {
        return Err(Refused {
            refusals,
            breaches,
            held,
        });
    }
    Ok(Plan {
        shifts: draft.shifts(),
        warnings: draft.warnings(),
        held,
        breaches,
        before: before.clone(),
        after: draft.after,
    })
}

impl Plan {
    /// What changes, to be kept in the log and undone.
    pub fn delta(&self) -> Delta {
        Delta::between(&self.before, &self.after)
    }

    /// The plan with the instants of new times computed from civil time and zone, and with what is
    /// to be known of the clocks there.
    ///
    /// Before that they are only as many days away as the day moved. The server, which knows the
    /// zones, must call this.
    pub fn with_instants<E>(
        mut self,
        mut resolve: impl FnMut(NaiveDateTime, &ZoneName) -> Result<(DateTime<Utc>, Clocks), E>,
    ) -> Result<Self, E> {
        let before: BTreeMap<ItemId, &Item> = self
            .before
            .items
            .iter()
            .map(|item| (item.id, item))
            .collect();
        // Which of two moments is the earlier one is known only now.
        self.warnings
            .retain(|one| !matches!(one.what, What::EarlierThanAnnounced { .. }));
        for item in &mut self.after.items {
            let told = before.get(&item.id).copied();
            let was = told.and_then(|was| was.when.time());
            let was = was.map(|time| (time.civil, time.zone.clone(), time.instant));
            let Some(time) = item.when.time_mut() else {
                continue;
            };
            match was {
                Some((civil, zone, instant)) if (civil, &zone) == (time.civil, &time.zone) => {
                    time.instant = instant;
                }
                _ => {
                    let (instant, clocks) = resolve(time.civil, &time.zone)?;
                    time.instant = instant;
                    self.warnings.extend(of_clocks(item, clocks));
                }
            }
            self.warnings.extend(earlier_than_told(told, item));
        }
        Ok(self)
    }
}

/// A timeline on its way.
struct Draft<'a> {
    before: BTreeMap<ItemId, &'a Item>,
    after: Timeline,
    setting: Setting<'a>,
    /// Dates that somebody wished.
    wished: BTreeSet<(ItemId, Edge)>,
    ticked: BTreeSet<ItemId>,
    /// Whether a wished date ticks its announced item.
    wishes_tick: bool,
    held: BTreeMap<(ItemId, Edge), Held>,
}

impl<'a> Draft<'a> {
    fn of(before: &'a Timeline, wish: &Wish, setting: Setting<'a>) -> Self {
        Self {
            before: before.items.iter().map(|item| (item.id, item)).collect(),
            after: before.clone(),
            setting,
            wished: BTreeSet::new(),
            ticked: wish.ticked.iter().flatten().copied().collect(),
            wishes_tick: wish.ticked.is_none(),
            held: BTreeMap::new(),
        }
    }

    /// The item in a position as it was before, if it was there.
    fn was(&self, idx: usize) -> Option<&'a Item> {
        let item = self.after.items.get(idx)?;
        self.before.get(&item.id).copied()
    }

    fn position(&self, id: ItemId) -> Result<usize, EditError> {
        let found = self.after.items.iter().position(|item| item.id == id);
        found.ok_or(EditError::Unknown)
    }

    fn with_mark(&self, mark: Mark) -> Option<usize> {
        let mut items = self.after.items.iter();
        items.position(|item| item.mark == mark)
    }

    /// Why an item stays, if it does. What is announced by the same wish still moves.
    fn hold(&self, item: &Item) -> Option<Hold> {
        let was = self.before.get(&item.id).map(|was| was.status);
        match (item.status, was) {
            (Status::Cancelled, _) => Some(Hold::Cancelled),
            _ if self.ticked.contains(&item.id) => None,
            _ if item.locked => Some(Hold::Locked),
            (Status::Done, Some(Status::Done)) => Some(Hold::Done),
            (Status::Announced, Some(Status::Announced)) => Some(Hold::Announced),
            _ => None,
        }
    }

    /// Sets a wished date.
    fn edit(&mut self, edit: &Edit) -> Result<(), EditError> {
        let wished = self.position(edit.item)?;
        let is_call = self.after.items.get(wished).map(|item| item.mark) == Some(Mark::Call);
        let idx = match (is_call, edit.edge, self.with_mark(Mark::Closing)) {
            (true, Edge::End, Some(closing)) => closing,
            _ => wished,
        };
        self.tick_along(wished, idx);
        if !is_in_range(edit.to) {
            return Err(EditError::OutOfRange);
        }
        let item = self.after.items.get(idx).ok_or(EditError::Unknown)?;
        let from = item.date(edit.edge).ok_or(EditError::NoSuchEdge)?;
        let (id, is_closing) = (item.id, item.mark == Mark::Closing);
        if from != edit.to {
            self.may_move(idx, &[edit.edge])?;
            if is_closing && edit.to < self.setting.today {
                return Err(EditError::InThePast);
            }
        }
        self.wished.insert((id, edit.edge));
        self.ticked.insert(id);
        if let Some(item) = self.after.items.get_mut(idx) {
            item.when.put(edit.edge, edit.to);
        }
        Ok(())
    }

    /// Ticks what is moved in place of a ticked item: the last day of the call is the closing day, for
    /// which whoever ticks the call has no box.
    fn tick_along(&mut self, wished: usize, idx: usize) {
        let item = |idx: usize| self.after.items.get(idx).map(|item| item.id);
        if let (Some(wished), Some(id)) = (item(wished), item(idx))
            && self.ticked.contains(&wished)
        {
            self.ticked.insert(id);
        }
    }

    /// Refuses a wished date of an item that is held, or that follows another one.
    fn may_move(&self, idx: usize, edges: &[Edge]) -> Result<(), EditError> {
        let item = self.after.items.get(idx).ok_or(EditError::Unknown)?;
        match self.hold(item) {
            Some(Hold::Locked) => return Err(EditError::Locked),
            Some(Hold::Done) => return Err(EditError::Done),
            Some(Hold::Cancelled) => return Err(EditError::Cancelled),
            Some(Hold::Announced) if !self.wishes_tick => return Err(EditError::Announced),
            Some(Hold::Announced) | None => {}
        }
        match item.rule {
            Some(rule) if edges.iter().any(|edge| rule.governs(*edge, &item.when)) => {
                Err(EditError::Anchored {
                    anchor: rule.anchor,
                })
            }
            _ => Ok(()),
        }
    }

    /// Counts up what calendar programs must take notice of.
    fn stamp(&mut self) {
        for item in &mut self.after.items {
            match self.before.get(&item.id) {
                Some(was) if *was == item => {}
                Some(was) => {
                    item.sequence = was.sequence + 1;
                    item.changed_at = self.setting.now;
                }
                None => item.changed_at = self.setting.now,
            }
        }
    }

    /// The wishes that something is the doing of: those that name one of its items, or the first.
    fn blame(&self, breach: &Breach, wish: &Wish, known: &[Refusal]) -> Vec<Refusal> {
        let (before, after) = (breach.constraint.before, breach.constraint.after);
        let mark = |id| {
            let item = self.after.items.iter().find(|item| item.id == id);
            item.map_or(Mark::Other, |item| item.mark)
        };
        let error = error(breach, &self.after.items);
        let named = |id: ItemId| {
            let is_call_end = mark(id) == Mark::Call && breach.is_of(Mark::Closing, mark);
            id == before.item || id == after.item || is_call_end
        };
        let edits = wish.edits.iter().enumerate();
        let edits = edits.filter(|(_, edit)| named(edit.item));
        let acts = wish.acts.iter().enumerate();
        let acts = acts.filter(|(_, act)| act.item().is_some_and(named));
        let mut at: Vec<At> = edits.map(|(place, _)| At::Edit(place)).collect();
        at.extend(acts.map(|(place, _)| At::Act(place)));
        if at.is_empty() && known.is_empty() {
            at.push(if wish.edits.is_empty() {
                At::Act(0)
            } else {
                At::Edit(0)
            });
        }
        at.retain(|at| !known.iter().any(|refusal| refusal.at == *at));
        at.into_iter()
            .map(|at| Refusal {
                at,
                error: error.clone(),
            })
            .collect()
    }

    fn held_back(&self) -> Vec<Held> {
        let stays = |held: &&Held| {
            let item = self
                .after
                .items
                .iter()
                .find(|item| item.id == held.shift.item);
            item.and_then(|item| item.date(held.shift.edge)) != Some(held.shift.to)
        };
        self.held.values().filter(stays).cloned().collect()
    }

    fn shifts(&self) -> Vec<Shift> {
        let mut shifts = Vec::new();
        for (idx, item) in self.after.items.iter().enumerate() {
            let Some(was) = self.was(idx) else { continue };
            for edge in [Edge::Start, Edge::End] {
                if let (Some(from), Some(to)) = (was.date(edge), item.date(edge))
                    && from != to
                {
                    shifts.push(Shift {
                        item: item.id,
                        edge,
                        from,
                        to,
                    });
                }
            }
        }
        shifts.sort_by_key(|shift| !self.wished.contains(&(shift.item, shift.edge)));
        shifts
    }

    fn warnings(&self) -> Vec<Warning> {
        let items = self.after.items.iter().enumerate();
        let of_item = |(idx, item): (usize, &Item)| {
            of_dates(
                self.was(idx),
                item,
                self.setting.closures,
                self.setting.today,
            )
        };
        items.flat_map(of_item).collect()
    }
}

/// Whether a day is near enough to be counted with.
pub(super) fn is_in_range(day: NaiveDate) -> bool {
    (1900..=2999).contains(&day.year())
}
