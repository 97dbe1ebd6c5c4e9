//! What holds of every plan, whatever is wished of whatever timeline.

use chrono::{DateTime, Duration};
use proptest::prelude::*;
use tandem_domain::form::locale::L10n;
use tandem_domain::timeline::closure::Closures;
use tandem_domain::timeline::constraint::Severity;
use tandem_domain::timeline::log::{Delta, undo};
use tandem_domain::timeline::plan::Timeline;
use tandem_domain::timeline::wish::{Act, Edit, Policy, Wish};
use tandem_domain::timeline::{Edge, Item, Mark, Status, When};

use super::support::{TODAY, acting, create, day, founding, id, mark, now, of, rule, try_wish};

fn any_edit() -> impl Strategy<Value = Edit> {
    (1u128..=12, any::<bool>(), -40i64..520).prop_map(|(item, is_start, days)| Edit {
        item: id(item),
        edge: if is_start { Edge::Start } else { Edge::End },
        to: day("2018-01-29") + Duration::days(days),
    })
}

fn any_policy() -> impl Strategy<Value = Policy> {
    prop::sample::select(Policy::ALL.to_vec())
}

/// A timeline with the cohort's life, four more items, rules among them, locks, and items that
/// people were told of.
fn any_timeline() -> impl Strategy<Value = Timeline> {
    let extra = prop::collection::vec((0i64..500, 0i64..30, any::<bool>()), 4);
    let rules = prop::collection::vec((0u128..4, 1u128..=12, any::<bool>(), -60i32..60), 0..4);
    let states = prop::collection::vec((any::<bool>(), prop::bool::weighted(0.2)), 12);
    (extra, rules, states).prop_map(|(extra, rules, states)| {
        let mut timeline = founding();
        for (number, (start, length, is_phase)) in (9..).zip(extra) {
            let start = day("2018-01-01") + Duration::days(start);
            let end = start + Duration::days(length);
            let when = if is_phase {
                When::Phase { start, end }
            } else {
                When::Milestone { on: start }
            };
            let title = L10n::english("Extra");
            let item = Item::planned(id(number), Mark::Other, when, title);
            timeline.items.push(item);
        }
        for (which, anchor, at_start, days) in rules {
            let edge = if at_start { Edge::Start } else { Edge::End };
            let act = Act::Anchor {
                item: id(9 + which),
                rule: rule(id(anchor), edge, days),
            };
            // A loop is refused; then there is one rule less.
            timeline = acting(&timeline, &[act]).unwrap_or(timeline);
        }
        for (item, (is_told, is_locked)) in timeline.items.iter_mut().zip(states) {
            item.status = if is_told {
                Status::Announced
            } else {
                Status::Planned
            };
            item.locked = is_locked;
        }
        timeline
    })
}

proptest! {
    #[test]
    fn rules_hold_after_every_plan_unless_their_item_is_held(
        timeline in any_timeline(),
        edits in prop::collection::vec(any_edit(), 1..4),
        policy in any_policy(),
    ) {
        let wish = Wish { edits, policy, ..Wish::default() };
        let Ok(plan) = try_wish(&timeline, &wish) else { return Ok(()) };
        for item in &plan.after.items {
            let Some(rule) = item.rule else { continue };
            let anchor = of(&plan.after, rule.anchor);
            if anchor.when == of(&timeline, rule.anchor).when {
                continue;
            }
            let (start, end) = anchor.when.days();
            let from = if rule.edge == Edge::Start { start } else { end };
            let expected = rule.day(from, &Closures::default()).unwrap();
            let is_held = plan.held.iter().any(|held| held.shift.item == item.id);
            prop_assert!(is_held || item.when.days().0 == expected, "{:?}", item);
        }
    }

    #[test]
    fn what_is_held_stays_and_what_is_wished_is_granted(
        timeline in any_timeline(),
        edits in prop::collection::vec(any_edit(), 1..4),
        policy in any_policy(),
    ) {
        let wish = Wish { edits, policy, ..Wish::default() };
        let Ok(plan) = try_wish(&timeline, &wish) else { return Ok(()) };
        let call = mark(&timeline, Mark::Call);
        let closing = mark(&timeline, Mark::Closing);
        let of_call = |edit: &Edit| edit.item == call && edit.edge == Edge::End;
        for item in &timeline.items {
            let is_wished = wish.edits.iter().any(|edit| {
                edit.item == item.id || (of_call(edit) && item.id == closing)
            });
            let is_held = item.locked || item.status == Status::Announced;
            if is_held && !is_wished && item.id != call {
                prop_assert_eq!(&of(&plan.after, item.id).when, &item.when);
            }
        }
        let last = wish.edits.iter().rev().find(|edit| edit.item != call);
        if let Some(edit) = last {
            prop_assert_eq!(of(&plan.after, edit.item).date(edit.edge), Some(edit.to));
        }
    }

    #[test]
    fn no_plan_makes_a_grave_breach_and_keep_moves_nothing_by_itself(
        timeline in any_timeline(),
        edits in prop::collection::vec(any_edit(), 1..4),
        policy in any_policy(),
    ) {
        let wish = Wish { edits, policy, ..Wish::default() };
        let Ok(plan) = try_wish(&timeline, &wish) else { return Ok(()) };
        for breach in &plan.breaches {
            prop_assert!(!breach.is_new || breach.constraint.severity == Severity::Warning);
        }
        if policy == Policy::Keep {
            for shift in &plan.shifts {
                let item = of(&timeline, shift.item);
                let is_wished = wish.edits.iter().any(|edit| edit.item == shift.item);
                let is_call = item.mark == Mark::Call || item.mark == Mark::Closing;
                prop_assert!(is_wished || is_call || item.rule.is_some(), "{:?}", shift);
            }
        }
    }

    #[test]
    fn keeping_gaps_moves_all_that_is_later_alike(
        timeline in any_timeline(),
        edit in any_edit(),
    ) {
        let wish = Wish {
            edits: vec![edit.clone()],
            policy: Policy::KeepGaps,
            ..Wish::default()
        };
        let Ok(plan) = try_wish(&timeline, &wish) else { return Ok(()) };
        let closing = mark(&timeline, Mark::Closing);
        let is_call = edit.item == mark(&timeline, Mark::Call) && edit.edge == Edge::End;
        let wished = if is_call { closing } else { edit.item };
        let from = of(&timeline, wished).date(edit.edge).unwrap();
        let days = edit.to - from;
        for item in &timeline.items {
            let is_free = !item.locked && item.status == Status::Planned && item.rule.is_none();
            let (start, end) = item.when.days();
            if item.id == wished || !is_free || item.mark == Mark::Call {
                continue;
            }
            let (new_start, new_end) = of(&plan.after, item.id).when.days();
            let by = if start >= from { days } else { Duration::zero() };
            prop_assert_eq!((new_start, new_end), (start + by, end + by));
        }
    }

    #[test]
    fn undo_takes_back_exactly_what_was_done_and_can_be_undone(
        timeline in any_timeline(),
        edits in prop::collection::vec(any_edit(), 1..4),
        policy in any_policy(),
        number in 20u128..22,
    ) {
        let acts = vec![create(number, When::Milestone { on: day("2018-09-09") }), Act::Lock { item: id(3) }];
        let wish = Wish { acts, edits, policy, ticked: None };
        let Ok(plan) = try_wish(&timeline, &wish) else { return Ok(()) };
        let plain = |timeline: &Timeline| {
            let mut items = timeline.items.clone();
            for item in &mut items {
                item.sequence = 0;
                item.changed_at = DateTime::UNIX_EPOCH;
            }
            items.sort_by_key(|item| item.id);
            (items, timeline.constraints.clone())
        };
        let undone = undo(&plan.after, &plan.delta(), day(TODAY), now()).unwrap();
        prop_assert_eq!(plain(&undone), plain(&timeline));
        let back = Delta::between(&plan.after, &undone);
        let redone = undo(&undone, &back, day(TODAY), now()).unwrap();
        prop_assert_eq!(plain(&redone), plain(&plan.after));
        for item in &redone.items {
            let first = plan.after.items.iter().find(|one| one.id == item.id).unwrap();
            prop_assert!(item == first || item.sequence > first.sequence);
        }
    }

    #[test]
    fn the_same_wish_again_moves_nothing(
        timeline in any_timeline(),
        edits in prop::collection::vec(any_edit(), 1..4),
        policy in any_policy(),
    ) {
        let wish = Wish { edits, policy, ..Wish::default() };
        let Ok(plan) = try_wish(&timeline, &wish) else { return Ok(()) };
        let Ok(again) = try_wish(&plan.after, &wish) else {
            return Err(TestCaseError::fail("refused the second time"));
        };
        prop_assert_eq!(again.shifts, []);
    }
}
