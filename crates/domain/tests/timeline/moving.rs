//! Moving dates: by nothing, by weeks, past what is locked or announced, by each policy.

use chrono::Duration;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::constraint::{Point, Severity};
use tandem_domain::timeline::plan::Hold;
use tandem_domain::timeline::wish::{Act, At, Edit, EditError, Policy, Refusal, Wish};
use tandem_domain::timeline::{Edge, Mark, When};

use super::support::{
    acting, announced, constraint, day, days, end_of, founding, id, mark, milestone, moving, phase,
    retimed, to, try_wish, with,
};

#[test]
fn t_01_a_drag_by_nothing_changes_nothing() {
    let timeline = announced();
    for policy in Policy::ALL {
        for item in &timeline.items {
            for edge in [Edge::Start, Edge::End] {
                let Some(present) = item.date(edge) else {
                    continue;
                };
                let edit = Edit {
                    item: item.id,
                    edge,
                    to: present,
                };
                let plan = moving(&timeline, policy, &[edit]);
                assert_eq!(plan.after, timeline);
                assert!(plan.delta().is_empty() && plan.shifts.is_empty());
            }
        }
    }
}

#[test]
fn t_02_a_week_across_a_change_of_the_clocks_is_seven_days() {
    // Clocks in the United States change on 11 March and 4 November 2018.
    for from in ["2018-03-08", "2018-11-01"] {
        let timeline = with(founding(), phase(9, from, from));
        let start = day(from) + Duration::days(7);
        let edits = [Edge::Start, Edge::End].map(|edge| Edit {
            item: id(9),
            edge,
            to: start,
        });
        let plan = moving(&timeline, Policy::Keep, &edits);
        let week: Vec<i64> = plan
            .shifts
            .iter()
            .map(|shift| (shift.to - shift.from).num_days())
            .collect();
        assert_eq!(week, [7, 7]);
    }
}

#[test]
fn t_04_a_locked_item_stays_unless_it_is_ticked() {
    let timeline = with(founding(), phase(9, "2018-06-05", "2018-06-07"));
    let timeline = acting(&timeline, &[Act::Lock { item: id(9) }]).unwrap();
    let wished = Wish {
        edits: vec![to(id(9), Edge::End, "2018-06-08")],
        ..Wish::default()
    };
    let refused = try_wish(&timeline, &wished).unwrap_err();
    assert_eq!(
        refused.refusals,
        [Refusal {
            at: At::Edit(0),
            error: EditError::Locked
        }]
    );
    let ticked = Wish {
        ticked: Some(vec![id(9)]),
        ..wished
    };
    assert_eq!(try_wish(&timeline, &ticked).unwrap().shifts.len(), 1);

    // What would take it along says so and leaves it.
    let starts = mark(&timeline, Mark::Program);
    let along = moving(
        &timeline,
        Policy::KeepGaps,
        &[to(starts, Edge::Start, "2018-06-02")],
    );
    assert_eq!(days(&along.after, id(9)).0, "2018-06-05");
    let held: Vec<_> = along
        .held
        .iter()
        .map(|held| (held.shift.item, held.shift.to.to_string(), held.reason))
        .collect();
    assert_eq!(
        held,
        [
            (id(9), "2018-06-06".to_owned(), Hold::Locked),
            (id(9), "2018-06-08".to_owned(), Hold::Locked),
        ]
    );
}

#[test]
fn t_05_an_announced_item_follows_only_when_it_is_ticked() {
    let timeline = announced();
    let closing = to(mark(&timeline, Mark::Closing), Edge::End, "2018-03-09");
    let review = mark(&timeline, Mark::Review);
    let plan = moving(&timeline, Policy::Push, std::slice::from_ref(&closing));
    assert_eq!(days(&plan.after, review).0, "2018-03-05");
    assert_eq!(plan.held[0].shift.item, review);
    assert_eq!(plan.held[0].reason, Hold::Announced);
    assert_eq!(plan.breaches.len(), 1);

    let with_ticks = |ticked: Vec<ItemId>| Wish {
        edits: vec![closing.clone()],
        ticked: Some(ticked),
        ..Wish::default()
    };
    let ticked = with_ticks(vec![closing.item, review]);
    let plan = try_wish(&timeline, &ticked).unwrap();
    assert_eq!(days(&plan.after, review).0, "2018-03-10");
    assert_eq!((plan.held, plan.breaches), (vec![], vec![]));

    // Whoever ticks at all ticks what is wished, too.
    let refused = try_wish(&timeline, &with_ticks(vec![])).unwrap_err();
    assert_eq!(refused.refusals[0].error, EditError::Announced);
}

#[test]
fn t_10_a_table_edit_is_a_drag() {
    // Typing both dates of a bar wishes what dragging the bar wishes.
    let timeline = with(founding(), phase(9, "2018-06-05", "2018-06-07"));
    let drag = moving(
        &timeline,
        Policy::Push,
        &[
            to(id(9), Edge::Start, "2018-06-12"),
            to(id(9), Edge::End, "2018-06-14"),
        ],
    );
    let typed = retimed(
        id(9),
        When::Phase {
            start: day("2018-06-12"),
            end: day("2018-06-14"),
        },
    );
    assert_eq!(acting(&timeline, &[typed]).unwrap(), drag.after);
}

#[test]
fn the_three_policies_differ_in_what_follows() {
    let mut timeline = founding();
    timeline = with(timeline, phase(11, "2018-07-02", "2018-07-06"));
    timeline = with(timeline, phase(12, "2018-07-10", "2018-07-12"));
    timeline = with(timeline, milestone(13, "2018-08-01"));
    let mut gap = constraint(
        1,
        end_of(id(11)),
        Point {
            item: id(12),
            edge: Edge::Start,
        },
        2,
    );
    gap.severity = Severity::Warning;
    timeline.constraints.push(gap);
    let longer = [to(id(11), Edge::End, "2018-07-11")];
    let after = |policy| {
        let plan = moving(&timeline, policy, &longer);
        let dates = [12, 13].map(|n| days(&plan.after, id(n)).0);
        (dates, plan.breaches.len())
    };
    let dates = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
    assert_eq!(after(Policy::Keep), (dates("2018-07-10", "2018-08-01"), 1));
    assert_eq!(after(Policy::Push), (dates("2018-07-13", "2018-08-01"), 0));
    assert_eq!(
        after(Policy::KeepGaps),
        (dates("2018-07-15", "2018-08-06"), 0)
    );
}

#[test]
fn whoever_ticks_the_call_ticks_its_last_day() {
    let timeline = announced();
    let review = mark(&timeline, Mark::Review);
    let last_day = to(mark(&timeline, Mark::Call), Edge::End, "2018-03-09");
    let ticked = Wish {
        ticked: Some(vec![last_day.item, review]),
        edits: vec![last_day.clone()],
        ..Wish::default()
    };
    let plan = try_wish(&timeline, &ticked).unwrap();
    let closing = mark(&timeline, Mark::Closing);
    assert_eq!(days(&plan.after, closing).1, "2018-03-09");
    assert_eq!(days(&plan.after, review).0, "2018-03-10");

    // The first day of the call ticks nothing but the call.
    let first_day = to(last_day.item, Edge::Start, "2018-03-05");
    let ticked = Wish {
        ticked: Some(vec![first_day.item]),
        edits: vec![first_day],
        ..Wish::default()
    };
    let refused = try_wish(&timeline, &ticked).unwrap_err();
    assert_eq!(refused.held[0].shift.item, closing);
}
