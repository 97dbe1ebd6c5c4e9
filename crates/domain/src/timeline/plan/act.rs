//! What becomes of items: each act, and what stands against it.

use chrono::{DateTime, Utc};

use super::{Draft, Hold, is_in_range, text};
use crate::form::locale::L10n;
use crate::id::{ConstraintId, ItemId};
use crate::timeline::constraint::{Constraint, find_loop};
use crate::timeline::rule::{self, Rule, Sets};
use crate::timeline::wish::{Act, EditError};
use crate::timeline::{Audience, Certainty, Edge, Item, Mark, Status, When};

/// The most items a timeline has.
const ITEMS: usize = 1000;
/// The most constraints the committee adds.
const CONSTRAINTS: usize = 200;
/// The longest meeting, in minutes.
const MEETING: u32 = 7 * 24 * 60;

impl Draft<'_> {
    /// Does one thing to an item.
    pub(super) fn act(&mut self, act: &Act) -> Result<(), EditError> {
        match act {
            Act::Create { item, .. } => self.create(*item, act),
            Act::Edit { item, .. } => self.describe(*item, act),
            Act::Duplicate { of, item, days } => self.duplicate(*of, *item, *days),
            Act::Announce { item } => self.turn(*item, &[Status::Planned], Status::Announced),
            Act::Finish { item } => self.turn(*item, &[Status::Announced], Status::Done),
            Act::Cancel { item } => {
                self.not_needed(*item)?;
                self.turn(*item, &[Status::Announced], Status::Cancelled)
            }
            Act::Reopen { item } => {
                self.turn(*item, &[Status::Done, Status::Cancelled], Status::Announced)
            }
            Act::Delete { item } => self.delete(*item),
            Act::Lock { item } => self.item(*item).map(|item| item.locked = true),
            Act::Unlock { item } => self.item(*item).map(|item| item.locked = false),
            Act::Anchor { item, rule } => self.anchor(*item, *rule),
            Act::Release { item } => self.item(*item).map(|item| item.rule = None),
            Act::Constrain { constraint } => self.constrain(constraint),
            Act::Unconstrain { constraint } => self.unconstrain(*constraint),
        }
    }

    /// An item that can be changed: what was cancelled cannot.
    fn item(&mut self, id: ItemId) -> Result<&mut Item, EditError> {
        let idx = self.position(id)?;
        match self.after.items.get_mut(idx) {
            Some(item) if item.status == Status::Cancelled => Err(EditError::Cancelled),
            Some(item) => Ok(item),
            None => Err(EditError::Unknown),
        }
    }

    fn turn(&mut self, id: ItemId, from: &[Status], to: Status) -> Result<(), EditError> {
        let idx = self.position(id)?;
        match self.after.items.get_mut(idx) {
            Some(item) if from.contains(&item.status) => {
                item.status = to;
                Ok(())
            }
            _ => Err(EditError::WrongStatus),
        }
    }

    fn not_needed(&self, id: ItemId) -> Result<(), EditError> {
        let idx = self.position(id)?;
        let is_needed = |item: &Item| item.mark.is_needed();
        if self.after.items.get(idx).is_some_and(is_needed) {
            return Err(EditError::Needed);
        }
        Ok(())
    }

    fn add(&mut self, item: Item) -> Result<(), EditError> {
        if self.position(item.id).is_ok() || self.before.contains_key(&item.id) {
            return Err(EditError::Taken);
        }
        if self.after.items.len() >= ITEMS {
            return Err(EditError::TooMany);
        }
        self.after.items.push(item);
        Ok(())
    }

    fn create(&mut self, id: ItemId, act: &Act) -> Result<(), EditError> {
        let Act::Create {
            when,
            title,
            body,
            audience,
            lane,
            certainty,
            ..
        } = act
        else {
            return Ok(());
        };
        check_texts(Some(title), Some(body), Some(lane))?;
        check_when(when)?;
        check_certainty(*certainty)?;
        self.add(Item {
            body: body.clone(),
            audience: *audience,
            lane: lane.trim().to_owned(),
            certainty: *certainty,
            ..Item::planned(id, Mark::Other, sane(when.clone(), 0), title.clone())
        })
    }

    fn describe(&mut self, id: ItemId, act: &Act) -> Result<(), EditError> {
        let Act::Edit {
            title,
            body,
            audience,
            lane,
            certainty,
            in_calendar,
            when,
            ..
        } = act
        else {
            return Ok(());
        };
        check_texts(title.as_ref(), body.as_ref(), lane.as_deref())?;
        certainty.map_or(Ok(()), check_certainty)?;
        let item = self.item(id)?;
        if item.mark.is_needed() && audience.is_some_and(|audience| audience != Audience::Public) {
            return Err(EditError::Needed);
        }
        if let Some(title) = title {
            item.title = title.clone();
        }
        if let Some(body) = body {
            item.body = body.clone();
        }
        if let Some(lane) = lane {
            lane.trim().clone_into(&mut item.lane);
        }
        item.audience = audience.unwrap_or(item.audience);
        item.certainty = certainty.unwrap_or(item.certainty);
        item.in_calendar = in_calendar.unwrap_or(item.in_calendar);
        match when {
            Some(when) => self.put(id, when),
            None => Ok(()),
        }
    }

    /// Sets all dates of an item, with time of day and zone.
    fn put(&mut self, id: ItemId, when: &When) -> Result<(), EditError> {
        check_when(when)?;
        let idx = self.position(id)?;
        let item = self.after.items.get(idx).ok_or(EditError::Unknown)?;
        let is_same_kind = std::mem::discriminant(&item.when) == std::mem::discriminant(when);
        if item.mark.is_needed() && !is_same_kind {
            return Err(EditError::Needed);
        }
        let grace = item.when.time().map_or(0, |time| time.grace_minutes);
        let mut when = sane(when.clone(), grace);
        if let (Some(old), Some(new)) = (item.when.time(), when.time_mut())
            && (old.civil, &old.zone) == (new.civil, &new.zone)
        {
            new.instant = old.instant;
        }
        if item.when == when {
            return Ok(());
        }
        // A date that follows another one keeps its day; its time of day and zone are its own.
        let moves = |edge: &Edge| {
            let (was, is) = (item.when.days(), when.days());
            let is_first = *edge == Edge::Start;
            !is_same_kind
                || if is_first {
                    was.0 != is.0
                } else {
                    was.1 != is.1
                }
        };
        let edges: Vec<Edge> = [Edge::Start, Edge::End].into_iter().filter(moves).collect();
        self.may_move(idx, &edges)?;
        let is_closing = item.mark == Mark::Closing;
        if is_closing && when.days().1 < self.setting.today {
            return Err(EditError::InThePast);
        }
        self.ticked.insert(id);
        self.wished.extend([(id, Edge::Start), (id, Edge::End)]);
        if let Some(item) = self.after.items.get_mut(idx) {
            item.when = when;
        }
        Ok(())
    }

    fn duplicate(&mut self, of: ItemId, id: ItemId, days: i32) -> Result<(), EditError> {
        let idx = self.position(of)?;
        let model = self.after.items.get(idx).ok_or(EditError::Unknown)?;
        let mut when = sane(model.when.clone(), 0);
        if days.unsigned_abs() > rule::FARTHEST_DAYS.unsigned_abs() {
            return Err(EditError::OutOfRange);
        }
        when.shift(i64::from(days));
        check_when(&when)?;
        self.add(Item {
            body: model.body.clone(),
            audience: model.audience,
            lane: model.lane().to_owned(),
            certainty: match model.certainty {
                Certainty::Window { .. } => Certainty::Tentative,
                certainty => certainty,
            },
            in_calendar: model.in_calendar,
            ..Item::planned(id, Mark::Other, when, model.title.clone())
        })
    }

    /// Takes an item off the timeline, with what must hold of it. What people were told is cancelled
    /// first, so that they hear of it.
    fn delete(&mut self, id: ItemId) -> Result<(), EditError> {
        self.not_needed(id)?;
        let idx = self.position(id)?;
        let status = self.after.items.get(idx).map(|item| item.status);
        if !matches!(status, Some(Status::Planned | Status::Cancelled)) {
            return Err(EditError::WrongStatus);
        }
        let follows = |item: &&Item| item.rule.is_some_and(|rule| rule.anchor == id);
        let followers = self.after.items.iter().filter(follows);
        let by: Vec<ItemId> = followers.map(|item| item.id).collect();
        if !by.is_empty() {
            return Err(EditError::Followed { by });
        }
        self.after.items.remove(idx);
        let names =
            |constraint: &Constraint| constraint.before.item == id || constraint.after.item == id;
        self.after.constraints.retain(|one| !names(one));
        Ok(())
    }

    fn anchor(&mut self, id: ItemId, rule: Rule) -> Result<(), EditError> {
        self.position(rule.anchor)?;
        if !rule.is_in_range() {
            return Err(EditError::OutOfRange);
        }
        let item = self.item(id)?;
        // The last day of the call is the closing day: a rule for it belongs there.
        if item.mark == Mark::Call && rule.sets != Sets::Start {
            return Err(EditError::NoSuchEdge);
        }
        let old = item.rule.replace(rule);
        if let Err(items) = rule::order(&self.after.items) {
            self.item(id)?.rule = old;
            return Err(EditError::Loop { items });
        }
        let idx = self.position(id)?;
        let item = self.after.items.get(idx).ok_or(EditError::Unknown)?;
        match self.hold(item) {
            Some(Hold::Locked) => Err(EditError::Locked),
            Some(Hold::Done) => Err(EditError::Done),
            _ => Ok(()),
        }
    }

    fn constrain(&mut self, constraint: &Constraint) -> Result<(), EditError> {
        text::body(&constraint.why)?;
        if !constraint.is_sound() || constraint.id.is_none() {
            return Err(EditError::OutOfRange);
        }
        self.position(constraint.before.item)?;
        self.position(constraint.after.item)?;
        let known = self.after.constraints.clone();
        if known.iter().any(|one| one.id == constraint.id) {
            return Err(EditError::Taken);
        }
        if known.len() >= CONSTRAINTS {
            return Err(EditError::TooMany);
        }
        self.after.constraints.push(constraint.clone());
        if let Some(items) = find_loop(&self.after.items, &self.after.constraints) {
            self.after.constraints = known;
            return Err(EditError::Loop { items });
        }
        Ok(())
    }

    fn unconstrain(&mut self, id: ConstraintId) -> Result<(), EditError> {
        let mut own = self.after.constraints.iter();
        let place = own.position(|constraint| constraint.id == Some(id));
        self.after
            .constraints
            .remove(place.ok_or(EditError::Unknown)?);
        Ok(())
    }
}

impl Act {
    /// The item it is done to, if it is done to one.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::Create { item, .. }
            | Self::Edit { item, .. }
            | Self::Duplicate { item, .. }
            | Self::Announce { item }
            | Self::Finish { item }
            | Self::Cancel { item }
            | Self::Reopen { item }
            | Self::Delete { item }
            | Self::Lock { item }
            | Self::Unlock { item }
            | Self::Anchor { item, .. }
            | Self::Release { item } => Some(*item),
            Self::Constrain { constraint } => Some(constraint.after.item),
            Self::Unconstrain { .. } => None,
        }
    }
}

fn check_texts(
    title: Option<&L10n>,
    body: Option<&L10n>,
    lane: Option<&str>,
) -> Result<(), EditError> {
    title.map_or(Ok(()), text::title)?;
    body.map_or(Ok(()), text::body)?;
    lane.map_or(Ok(()), text::lane)
}

fn check_certainty(certainty: Certainty) -> Result<(), EditError> {
    match certainty {
        Certainty::Window { first, last } if first > last => Err(EditError::EndsBeforeItBegins),
        Certainty::Window { first, last } if !is_in_range(first) || !is_in_range(last) => {
            Err(EditError::OutOfRange)
        }
        _ => Ok(()),
    }
}

/// Refuses dates that mean nothing, whoever they hold for.
pub(in crate::timeline) fn check_when(when: &When) -> Result<(), EditError> {
    let civil = when.time().map(|time| time.civil.date());
    let (start, end) = when.days();
    if !is_in_range(start) || !is_in_range(end) || civil.is_some_and(|day| !is_in_range(day)) {
        return Err(EditError::OutOfRange);
    }
    match when {
        When::Phase { start, end } if start > end => Err(EditError::EndsBeforeItBegins),
        When::Meeting { minutes, .. } if !(1..=MEETING).contains(minutes) => {
            Err(EditError::OutOfRange)
        }
        _ => Ok(()),
    }
}

/// Dates as a client may set them: the instant is computed later, from the civil time as if it were
/// UTC until then, and the grace stays what it was.
fn sane(mut when: When, grace_minutes: u16) -> When {
    if let Some(time) = when.time_mut() {
        time.instant = DateTime::<Utc>::from_naive_utc_and_offset(time.civil, Utc);
        time.grace_minutes = grace_minutes;
    }
    when
}
