//! What follows from moved dates: rules, and the dates around by the policy.

use std::cmp::Reverse;

use chrono::{Duration, NaiveDate};

use super::{Draft, Held, Hold, is_in_range};
use crate::id::ItemId;
use crate::timeline::constraint::{Link, dates, is_worse, links, order};
use crate::timeline::rule::{self, counts_from};
use crate::timeline::wish::Policy;
use crate::timeline::{Edge, Item, Mark, Shift, When};

impl Draft<'_> {
    /// Lets dates follow until none moves any more.
    pub(super) fn follow(&mut self, policy: Policy) {
        self.close_call();
        if policy == Policy::KeepGaps {
            self.keep_gaps();
        }
        let rules = rule::order(&self.after.items).unwrap_or_default();
        // What follows a rule may push what another rule follows; more rounds than items mean that
        // two wishes of the committee contradict each other, which the breaches say.
        for _ in 0..self.after.items.len() + 2 {
            let before: Vec<When> = self.whens();
            self.follow_rules(&rules);
            self.close_call();
            if policy == Policy::Push {
                self.push();
                self.close_call();
            }
            if self.whens() == before {
                break;
            }
        }
    }

    fn whens(&self) -> Vec<When> {
        let items = self.after.items.iter();
        items.map(|item| item.when.clone()).collect()
    }

    /// The call ends with the closing day.
    fn close_call(&mut self) {
        let closing = self.with_mark(Mark::Closing);
        let closing = closing.and_then(|idx| self.after.items.get(idx));
        let last = closing.map(|closing| closing.when.days().1);
        let call = self.with_mark(Mark::Call);
        if let (Some(last), Some(call)) = (last, call.and_then(|idx| self.after.items.get_mut(idx)))
        {
            call.when.put(Edge::End, last);
        }
    }

    fn has_moved(&self, idx: usize) -> bool {
        let now = self.after.items.get(idx).map(|item| &item.when);
        self.was(idx).map(|was| &was.when) != now
    }

    /// Sets what follows a date that has moved, or follows it from now on.
    fn follow_rules(&mut self, order: &[usize]) {
        for idx in order {
            let Some(item) = self.after.items.get(*idx) else {
                continue;
            };
            let Some(rule) = item.rule else { continue };
            let Some((anchor, edge)) = counts_from(&self.after.items, &rule) else {
                continue;
            };
            let is_new = self.was(*idx).and_then(|was| was.rule) != Some(rule);
            if !is_new && !self.has_moved(anchor) {
                continue;
            }
            let Some(from) = self.after.items.get(anchor).map(|item| item.when.days()) else {
                continue;
            };
            let from = if edge == Edge::Start { from.0 } else { from.1 };
            let day = rule.day(from, self.setting.closures);
            let Some(day) = day.filter(|day| is_in_range(*day)) else {
                continue;
            };
            let when = rule.apply(&item.when, day);
            self.set(*idx, &when);
        }
    }

    /// Puts an item where it should be, or notes what it is held by.
    fn set(&mut self, idx: usize, when: &When) {
        let Some(item) = self.after.items.get(idx) else {
            return;
        };
        if item.when == *when {
            return;
        }
        if let Some(reason) = self.hold(item) {
            let item = item.clone();
            for edge in [Edge::Start, Edge::End] {
                let would = Item {
                    when: when.clone(),
                    ..item.clone()
                };
                if let Some(to) = would.date(edge) {
                    self.keep_back(&item, edge, to, reason);
                }
            }
        } else if let Some(item) = self.after.items.get_mut(idx) {
            item.when = when.clone();
        }
    }

    fn keep_back(&mut self, item: &Item, edge: Edge, to: NaiveDate, reason: Hold) {
        let Some(from) = item.date(edge).filter(|from| *from != to) else {
            return;
        };
        if reason != Hold::Cancelled {
            let shift = Shift {
                item: item.id,
                edge,
                from,
                to,
            };
            self.held.insert((item.id, edge), Held { shift, reason });
        }
    }

    /// Lets dates give way to those that moved: later ones first, then earlier ones.
    fn push(&mut self) {
        let constraints = self.after.constraints.clone();
        let links = links(&self.after.items, &constraints);
        let order = order(&links, self.after.items.len());
        let mut sorted: Vec<&Link<'_>> = links.iter().collect();
        sorted.sort_by_key(|link| order.get(&link.after));
        for link in &sorted {
            let excess = self.new_excess(link);
            self.give_way(link.after, excess, &links);
        }
        sorted.sort_by_key(|link| Reverse(order.get(&link.before)));
        for link in &sorted {
            let excess = self.new_excess(link);
            self.give_way(link.before, -excess, &links);
        }
    }

    /// By how many days a link does not hold, if that is new.
    fn new_excess(&self, link: &Link<'_>) -> i64 {
        let excess = link.excess(dates(&self.after.items));
        let was = link.excess(|idx| Some(self.was(idx)?.when.days()));
        if is_worse(excess, was) { excess } else { 0 }
    }

    /// Moves one date by some days, if it may. The length of a phase stays as it is, unless its end
    /// has something after it to give way to.
    fn give_way(&mut self, (idx, edge): (usize, Edge), days: i64, links: &[Link<'_>]) {
        let Some(item) = self.after.items.get(idx).filter(|_| days != 0) else {
            return;
        };
        let is_led = item.rule.is_some_and(|rule| rule.governs(edge, &item.when));
        if is_led || self.wished.contains(&(item.id, edge)) {
            return;
        }
        let by = Duration::days(days);
        let mut when = item.when.clone();
        let (start, end) = when.days();
        let from = if edge == Edge::Start { start } else { end };
        when.put(edge, from + by);
        let end_is_free = !self.wished.contains(&(item.id, Edge::End))
            && links.iter().all(|link| {
                link.before != (idx, Edge::End)
                    && (link.is_of_phase() || link.after != (idx, Edge::End))
            });
        if edge == Edge::Start && item.date(Edge::Start).is_some() && end_is_free {
            when.put(Edge::End, end + by);
        }
        let (start, end) = when.days();
        if is_in_range(start) && is_in_range(end) {
            self.set(idx, &when);
        }
    }

    /// Moves all that is later by as many days as the wished date before it.
    fn keep_gaps(&mut self) {
        let moves: Vec<(ItemId, Edge, NaiveDate, i64)> = self
            .wished
            .iter()
            .filter_map(|(id, edge)| {
                let idx = self.position(*id).ok()?;
                let from = self.was(idx)?.date(*edge)?;
                let to = self.after.items.get(idx)?.date(*edge)?;
                Some((*id, *edge, from, (to - from).num_days()))
            })
            .collect();
        for idx in 0..self.after.items.len() {
            let (Some(was), Some(item)) = (self.was(idx), self.after.items.get(idx)) else {
                continue;
            };
            if item.rule.is_some() {
                continue;
            }
            let own = moves.iter().filter(|(id, ..)| *id == item.id);
            let own: Vec<Edge> = own.map(|(_, edge, ..)| *edge).collect();
            let first = was.when.days().0;
            let nearest = moves
                .iter()
                .filter(|(id, edge, from, _)| match own.as_slice() {
                    [] => *from <= first,
                    _ => *id == item.id && *edge == Edge::Start,
                })
                .max_by_key(|(_, _, from, _)| *from);
            let Some((.., days)) = nearest else { continue };
            let mut when = item.when.clone();
            let (start, end) = when.days();
            let by = Duration::days(*days);
            if !own.contains(&Edge::Start) && item.date(Edge::Start).is_some() {
                when.put(Edge::Start, start + by);
            }
            if !own.contains(&Edge::End) {
                when.put(Edge::End, end + by);
            }
            let (start, end) = when.days();
            if is_in_range(start) && is_in_range(end) {
                self.set(idx, &when);
            }
        }
    }
}
