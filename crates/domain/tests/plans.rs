//! Planning a timeline to its full depth: acts, rules, constraints, policies, holds, undo.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{DateTime, Duration, NaiveDate, Utc, Weekday};
use proptest::prelude::*;
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::locale::L10n;
use tandem_domain::id::{ConstraintId, ItemId};
use tandem_domain::role::Role;
use tandem_domain::timeline::calendar::{Outline, default_items};
use tandem_domain::timeline::closure::{Closure, ClosureKind, Closures};
use tandem_domain::timeline::constraint::{Constraint, Point, Severity, check};
use tandem_domain::timeline::log::{Delta, UndoError, undo};
use tandem_domain::timeline::news::{News, news};
use tandem_domain::timeline::next::{days_later, later};
use tandem_domain::timeline::plan::{Hold, Plan, Refused, Setting, Timeline, plan};
use tandem_domain::timeline::reader::Reader;
use tandem_domain::timeline::rule::{Offset, Rule, Sets, Snap};
use tandem_domain::timeline::warning::{Clocks, What};
use tandem_domain::timeline::wish::{Act, At, Edit, EditError, Policy, Refusal, Wish};
use tandem_domain::timeline::{Audience, Certainty, Edge, Item, Mark, Status, When};
use uuid::Uuid;

const TODAY: &str = "2018-01-02";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(number: u128) -> ItemId {
    ItemId(Uuid::from_u128(number))
}

fn now() -> DateTime<Utc> {
    "2018-01-02T12:00:00Z".parse().unwrap()
}

fn deadline(civil: &str, zone: ZoneName) -> Deadline {
    let civil: chrono::NaiveDateTime = civil.parse().unwrap();
    Deadline {
        civil,
        zone,
        instant: civil.and_utc() + Duration::hours(12),
        grace_minutes: 0,
    }
}

/// The founding calendar, with nobody told of it. Ids are 1 to 8 in the order of marks.
fn founding() -> Timeline {
    let outline = Outline {
        call_opens: day("2018-01-29"),
        closes: deadline("2018-03-03T00:00:00", ZoneName::aoe()),
        pairing_complete: day("2018-05-14"),
        starts: day("2018-06-01"),
        ends: day("2019-04-30"),
    };
    let mut number = 0;
    let items = default_items(&outline, || {
        number += 1;
        id(number)
    });
    Timeline {
        items: items.unwrap(),
        constraints: Vec::new(),
    }
}

fn announced() -> Timeline {
    let mut timeline = founding();
    for item in &mut timeline.items {
        item.status = Status::Announced;
    }
    timeline
}

fn with(mut timeline: Timeline, item: Item) -> Timeline {
    timeline.items.push(item);
    timeline
}

fn milestone(number: u128, on: &str) -> Item {
    let when = When::Milestone { on: day(on) };
    Item::planned(id(number), Mark::Other, when, L10n::english("Something"))
}

fn phase(number: u128, start: &str, end: &str) -> Item {
    let when = When::Phase {
        start: day(start),
        end: day(end),
    };
    Item::planned(id(number), Mark::Other, when, L10n::english("A phase"))
}

fn mark(timeline: &Timeline, mark: Mark) -> ItemId {
    let mut items = timeline.items.iter();
    items.find(|item| item.mark == mark).unwrap().id
}

fn of(timeline: &Timeline, id: ItemId) -> &Item {
    timeline.items.iter().find(|item| item.id == id).unwrap()
}

fn days(timeline: &Timeline, id: ItemId) -> (String, String) {
    let (start, end) = of(timeline, id).when.days();
    (start.to_string(), end.to_string())
}

fn to(item: ItemId, edge: Edge, to: &str) -> Edit {
    Edit {
        item,
        edge,
        to: day(to),
    }
}

fn try_wish(timeline: &Timeline, wish: &Wish) -> Result<Plan, Refused> {
    let closures = Closures::default();
    let setting = Setting {
        today: day(TODAY),
        now: now(),
        closures: &closures,
    };
    plan(timeline, wish, setting)
}

fn moving(timeline: &Timeline, policy: Policy, edits: &[Edit]) -> Plan {
    let wish = Wish {
        edits: edits.to_vec(),
        policy,
        ..Wish::default()
    };
    try_wish(timeline, &wish).unwrap()
}

fn acting(timeline: &Timeline, acts: &[Act]) -> Result<Timeline, EditError> {
    let wish = Wish {
        acts: acts.to_vec(),
        ..Wish::default()
    };
    match try_wish(timeline, &wish) {
        Ok(plan) => Ok(plan.after),
        Err(refused) => Err(refused.refusals.first().unwrap().error.clone()),
    }
}

fn rule(anchor: ItemId, edge: Edge, days: i32) -> Rule {
    Rule {
        anchor,
        edge,
        offset: Offset {
            days,
            ..Offset::default()
        },
        snap: Snap::None,
        sets: Sets::Whole,
    }
}

fn constraint(number: u128, before: Point, after: Point, min_days: i32) -> Constraint {
    Constraint {
        id: Some(ConstraintId(Uuid::from_u128(number))),
        before,
        after,
        min_days,
        max_days: None,
        severity: Severity::Error,
        why: L10n::english("Because."),
    }
}

fn end_of(item: ItemId) -> Point {
    Point {
        item,
        edge: Edge::End,
    }
}

fn create(number: u128, when: When) -> Act {
    Act::Create {
        item: id(number),
        when,
        title: L10n::english("Something new"),
        body: L10n::default(),
        audience: Audience::Public,
        lane: String::new(),
        certainty: Certainty::Firm,
    }
}

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
fn t_03_a_rule_that_closes_a_loop_is_refused_and_names_it() {
    let mut timeline = founding();
    for number in 11..=13 {
        timeline = with(timeline, milestone(number, "2018-07-01"));
    }
    let anchor = |item: u128, follows: u128| Act::Anchor {
        item: id(item),
        rule: rule(id(follows), Edge::End, 1),
    };
    let two = acting(&timeline, &[anchor(11, 12), anchor(12, 13)]).unwrap();
    assert_eq!(
        acting(&two, &[anchor(13, 11)]),
        Err(EditError::Loop {
            items: vec![id(11), id(12), id(13)]
        })
    );
    assert_eq!(
        acting(&timeline, &[anchor(11, 11)]),
        Err(EditError::Loop {
            items: vec![id(11)]
        })
    );
    // The last day of the call is the closing day by another name.
    let closing = mark(&timeline, Mark::Closing);
    let by_itself = Act::Anchor {
        item: closing,
        rule: rule(mark(&timeline, Mark::Call), Edge::End, 0),
    };
    assert_eq!(
        acting(&timeline, &[by_itself]),
        Err(EditError::Loop {
            items: vec![closing]
        })
    );
    let by_the_opening = Act::Anchor {
        item: closing,
        rule: rule(mark(&timeline, Mark::Call), Edge::Start, 32),
    };
    assert!(acting(&timeline, &[by_the_opening]).is_ok());
}

#[test]
fn constraints_that_close_a_loop_are_refused() {
    let timeline = with(
        with(founding(), milestone(11, "2018-07-01")),
        milestone(12, "2018-07-05"),
    );
    let first = constraint(1, end_of(id(11)), end_of(id(12)), 2);
    let second = constraint(2, end_of(id(12)), end_of(id(11)), 2);
    let constrain = |constraint: &Constraint| Act::Constrain {
        constraint: constraint.clone(),
    };
    let one = acting(&timeline, &[constrain(&first)]).unwrap();
    let error = acting(&one, &[constrain(&second)]).unwrap_err();
    assert_eq!(
        error,
        EditError::Loop {
            items: vec![id(11), id(12)]
        }
    );
    let none = acting(
        &one,
        &[Act::Unconstrain {
            constraint: first.id.unwrap(),
        }],
    );
    assert_eq!(none.unwrap().constraints, []);
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
fn t_06_undo_restores_dates_and_counts_up_their_sequence() {
    let before = announced();
    let closing = mark(&before, Mark::Closing);
    let wish = Wish {
        edits: vec![to(closing, Edge::End, "2018-03-09")],
        acts: vec![create(
            20,
            When::Milestone {
                on: day("2018-07-01"),
            },
        )],
        ..Wish::default()
    };
    let plan = try_wish(&before, &wish).unwrap();
    assert_eq!(of(&plan.after, closing).sequence, 1);
    let undone = undo(&plan.after, &plan.delta(), day(TODAY), now()).unwrap();
    assert_eq!(of(&undone, closing).when, of(&before, closing).when);
    assert_eq!(of(&undone, closing).sequence, 2);
    assert!(undone.items.iter().all(|item| item.id != id(20)));

    // The undoing is a change, and can be undone.
    let again = Delta::between(&plan.after, &undone);
    let redone = undo(&undone, &again, day(TODAY), now()).unwrap();
    assert_eq!(of(&redone, closing).when, of(&plan.after, closing).when);
    assert_eq!(of(&redone, closing).sequence, 3);
}

#[test]
fn what_was_changed_since_is_not_undone() {
    let before = founding();
    let complete = mark(&before, Mark::PairingComplete);
    let first = moving(
        &before,
        Policy::Keep,
        &[to(complete, Edge::End, "2018-05-15")],
    );
    let second = moving(
        &first.after,
        Policy::Keep,
        &[to(complete, Edge::End, "2018-05-16")],
    );
    let refused = undo(&second.after, &first.delta(), day(TODAY), now());
    assert_eq!(
        refused,
        Err(UndoError::ChangedSince {
            items: vec![complete]
        })
    );
    // Something else may have changed meanwhile.
    let other = moving(
        &first.after,
        Policy::Keep,
        &[to(mark(&before, Mark::Evaluation), Edge::End, "2019-06-15")],
    );
    let undone = undo(&other.after, &first.delta(), day(TODAY), now()).unwrap();
    assert_eq!(days(&undone, complete).0, "2018-05-14");
    assert_eq!(
        days(&undone, mark(&before, Mark::Evaluation)).1,
        "2019-06-15"
    );
}

#[test]
fn undo_neither_closes_a_call_in_the_past_nor_breaks_an_order() {
    let before = announced();
    let closing = mark(&before, Mark::Closing);
    let later = moving(
        &before,
        Policy::Keep,
        &[to(closing, Edge::End, "2018-03-09")],
    );
    let refused = undo(&later.after, &later.delta(), day("2018-03-05"), now());
    assert_eq!(refused, Err(UndoError::InThePast));

    let complete = mark(&before, Mark::PairingComplete);
    let program = mark(&before, Mark::Program);
    let early = moving(
        &before,
        Policy::Keep,
        &[to(complete, Edge::End, "2018-05-07")],
    );
    let starts = to(program, Edge::Start, "2018-05-10");
    let both = moving(&early.after, Policy::Keep, &[starts]);
    let refused = undo(&both.after, &early.delta(), day(TODAY), now());
    assert!(
        matches!(refused, Err(UndoError::Breaks { .. })),
        "{refused:?}"
    );
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
    let typed = Act::Edit {
        item: id(9),
        title: None,
        body: None,
        audience: None,
        lane: None,
        certainty: None,
        in_calendar: None,
        when: Some(When::Phase {
            start: day("2018-06-12"),
            end: day("2018-06-14"),
        }),
    };
    assert_eq!(acting(&timeline, &[typed]).unwrap(), drag.after);
}

#[test]
fn rules_count_months_days_and_working_days_and_end_on_the_right_day() {
    let closures = Closures {
        federal_holidays: true,
        days: vec![Closure {
            name: "Staff day".into(),
            first: day("2018-07-06"),
            last: day("2018-07-06"),
            kind: ClosureKind::Holiday,
        }],
    };
    let offset = |months, days, working| Offset {
        months,
        days,
        working,
    };
    #[rustfmt::skip]
    let table = [
        ("2018-01-31", offset(1, 0, false),   Snap::None,                   "2018-02-28"),
        ("2018-06-01", offset(0, 5, false),   Snap::None,                   "2018-06-06"),
        ("2018-06-01", offset(0, -5, false),  Snap::None,                   "2018-05-27"),
        ("2018-06-01", offset(-1, -1, false), Snap::None,                   "2018-04-30"),
        // 4 July is a holiday, 6 July the program's own, 7 and 8 July a weekend.
        ("2018-07-03", offset(0, 1, true),    Snap::None,                   "2018-07-05"),
        ("2018-07-03", offset(0, 2, true),    Snap::None,                   "2018-07-09"),
        ("2018-07-09", offset(0, -2, true),   Snap::None,                   "2018-07-03"),
        ("2018-07-03", offset(0, 1, false),   Snap::NextWorkingDay,         "2018-07-05"),
        ("2018-06-01", offset(0, 0, false),   Snap::Weekday(Weekday::Fri),  "2018-06-01"),
        ("2018-06-02", offset(0, 0, false),   Snap::Weekday(Weekday::Fri),  "2018-06-08"),
    ];
    for (from, offset, snap, expected) in table {
        let rule = Rule {
            offset,
            snap,
            ..rule(id(1), Edge::End, 0)
        };
        let got = rule.day(day(from), &closures).unwrap();
        assert_eq!(got.to_string(), expected, "{from} {offset:?} {snap:?}");
    }
}

#[test]
fn what_follows_a_date_moves_with_it_and_cannot_be_moved_alone() {
    let timeline = with(founding(), phase(9, "2018-01-01", "2018-01-03"));
    let program = mark(&timeline, Mark::Program);
    let anchored = acting(
        &timeline,
        &[Act::Anchor {
            item: id(9),
            rule: rule(program, Edge::Start, 7),
        }],
    );
    let anchored = anchored.unwrap();
    assert_eq!(
        days(&anchored, id(9)),
        ("2018-06-08".into(), "2018-06-10".into())
    );
    for policy in Policy::ALL {
        let plan = moving(&anchored, policy, &[to(program, Edge::Start, "2018-06-04")]);
        assert_eq!(days(&plan.after, id(9)).0, "2018-06-11", "{policy:?}");
    }
    let alone = Wish {
        edits: vec![to(id(9), Edge::Start, "2018-06-09")],
        ..Wish::default()
    };
    let refused = try_wish(&anchored, &alone).unwrap_err();
    assert_eq!(
        refused.refusals[0].error,
        EditError::Anchored { anchor: program }
    );
    let released = Wish {
        acts: vec![Act::Release { item: id(9) }],
        ..alone
    };
    assert!(try_wish(&anchored, &released).is_ok());
}

#[test]
fn what_follows_a_date_keeps_a_time_of_day_of_its_own() {
    let due = When::Due(deadline("2018-06-09T00:00:00", ZoneName::aoe()));
    let item = Item::planned(id(9), Mark::Other, due, L10n::english("Agreements"));
    let timeline = with(founding(), item);
    let program = mark(&timeline, Mark::Program);
    let anchor = Act::Anchor {
        item: id(9),
        rule: rule(program, Edge::Start, 7),
    };
    let anchored = acting(&timeline, &[anchor]).unwrap();
    let timed = |civil: &str| Act::Edit {
        item: id(9),
        title: None,
        body: None,
        audience: None,
        lane: None,
        certainty: None,
        in_calendar: None,
        when: Some(When::Due(deadline(civil, ZoneName::aoe()))),
    };
    let noon = acting(&anchored, &[timed("2018-06-08T12:00:00")]).unwrap();
    assert_eq!(days(&noon, id(9)), days(&anchored, id(9)));
    let another_day = acting(&anchored, &[timed("2018-06-11T12:00:00")]);
    assert!(another_day.is_err());
}

#[test]
fn a_chain_of_rules_is_followed_to_its_end() {
    let mut timeline = founding();
    for number in 11..=14 {
        timeline = with(timeline, milestone(number, "2018-01-01"));
    }
    // Put down in the wrong order on purpose.
    let acts: Vec<Act> = [(13, 14), (11, 12), (12, 13)]
        .map(|(item, follows)| Act::Anchor {
            item: id(item),
            rule: rule(id(follows), Edge::End, 1),
        })
        .to_vec();
    let chained = acting(&timeline, &acts).unwrap();
    let plan = moving(
        &chained,
        Policy::Keep,
        &[to(id(14), Edge::End, "2018-09-01")],
    );
    let ends: Vec<String> = (11..=14).map(|n| days(&plan.after, id(n)).0).collect();
    assert_eq!(
        ends,
        ["2018-09-04", "2018-09-03", "2018-09-02", "2018-09-01"]
    );
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
fn a_constraint_of_the_committee_refuses_with_its_reason() {
    let mut timeline = with(founding(), milestone(11, "2018-06-10"));
    let program = mark(&timeline, Mark::Program);
    let start = Point {
        item: program,
        edge: Edge::Start,
    };
    let mut within = constraint(1, start, end_of(id(11)), 0);
    within.max_days = Some(14);
    timeline.constraints.push(within);
    let wish = |policy| Wish {
        edits: vec![to(id(11), Edge::End, "2018-06-20")],
        policy,
        ..Wish::default()
    };
    let refused = try_wish(&timeline, &wish(Policy::Keep)).unwrap_err();
    assert_eq!(refused.breaches[0].days, 19);
    assert_eq!(refused.breaches[0].constraint.why.text(), "Because.");
    assert!(matches!(
        refused.refusals[0].error,
        EditError::OutOfOrder { .. }
    ));
    // Pushed, the program follows: no sooner than two weeks before.
    let plan = try_wish(&timeline, &wish(Policy::Push)).unwrap();
    assert_eq!(days(&plan.after, program).0, "2018-06-06");
}

#[test]
fn nothing_is_refused_for_what_was_wrong_before() {
    let mut timeline = with(founding(), milestone(11, "2018-01-01"));
    let complete = mark(&timeline, Mark::PairingComplete);
    let late = constraint(1, end_of(complete), end_of(id(11)), 0);
    timeline.constraints.push(late);
    let plan = moving(
        &timeline,
        Policy::Keep,
        &[to(id(11), Edge::End, "2018-02-01")],
    );
    assert_eq!(plan.breaches.len(), 1);
    assert!(!plan.breaches[0].is_new);
}

#[test]
fn items_are_made_described_copied_and_taken_away() {
    let timeline = founding();
    let when = When::Meeting {
        start: deadline("2018-06-05T15:00:00", ZoneName("America/Chicago".into())),
        minutes: 60,
    };
    let made = acting(&timeline, &[create(20, when)]).unwrap();
    assert_eq!(of(&made, id(20)).status, Status::Planned);
    assert_eq!(
        acting(&made, &[create(20, When::Milestone { on: day(TODAY) })]),
        Err(EditError::Taken)
    );
    let nameless = Act::Edit {
        item: id(20),
        title: Some(L10n::english("  ")),
        body: None,
        audience: None,
        lane: None,
        certainty: None,
        in_calendar: None,
        when: None,
    };
    assert_eq!(acting(&made, &[nameless]), Err(EditError::TitleMissing));
    let described = Act::Edit {
        item: id(20),
        title: Some(L10n::english("Welcome")),
        body: Some(L10n::english("Bring a cup.")),
        audience: Some(Audience::Mentors),
        lane: Some("Mentors".into()),
        certainty: Some(Certainty::Tentative),
        in_calendar: None,
        when: None,
    };
    let copy = Act::Duplicate {
        of: id(20),
        item: id(21),
        days: 7,
    };
    let both = acting(&made, &[described, copy]).unwrap();
    let second = of(&both, id(21));
    assert_eq!(second.title.text(), "Welcome");
    assert_eq!(second.lane(), "Mentors");
    assert_eq!(second.when.days().0, day("2018-06-12"));
    assert_eq!(second.status, Status::Planned);
    let gone = acting(&both, &[Act::Delete { item: id(20) }]).unwrap();
    assert!(gone.items.iter().all(|item| item.id != id(20)));
}

#[test]
fn what_people_were_told_is_cancelled_before_it_is_deleted() {
    let timeline = with(founding(), milestone(9, "2018-07-01"));
    let item = id(9);
    assert_eq!(
        acting(&timeline, &[Act::Cancel { item }]),
        Err(EditError::WrongStatus)
    );
    let told = acting(&timeline, &[Act::Announce { item }]).unwrap();
    assert_eq!(
        acting(&told, &[Act::Delete { item }]),
        Err(EditError::WrongStatus)
    );
    let off = acting(&told, &[Act::Cancel { item }]).unwrap();
    let wish = Wish {
        edits: vec![to(item, Edge::End, "2018-07-02")],
        ticked: Some(vec![item]),
        ..Wish::default()
    };
    let refused = try_wish(&off, &wish).unwrap_err();
    assert_eq!(refused.refusals[0].error, EditError::Cancelled);
    assert!(acting(&off, &[Act::Delete { item }]).is_ok());
    let on = acting(&off, &[Act::Reopen { item }]).unwrap();
    assert_eq!(of(&on, item).status, Status::Announced);
    assert_eq!(of(&on, item).sequence, 3);
}

#[test]
fn the_dates_that_decide_what_is_open_cannot_go_away() {
    let timeline = announced();
    for needed in [
        Mark::Call,
        Mark::Closing,
        Mark::PairingComplete,
        Mark::Program,
    ] {
        let item = mark(&timeline, needed);
        for act in [Act::Cancel { item }, Act::Delete { item }] {
            assert_eq!(acting(&timeline, &[act]), Err(EditError::Needed));
        }
        let hidden = Act::Edit {
            item,
            title: None,
            body: None,
            audience: Some(Audience::Committee),
            lane: None,
            certainty: None,
            in_calendar: None,
            when: None,
        };
        assert_eq!(acting(&timeline, &[hidden]), Err(EditError::Needed));
    }
    let item = mark(&timeline, Mark::Orientation);
    assert!(acting(&timeline, &[Act::Cancel { item }]).is_ok());
}

#[test]
fn what_others_follow_cannot_be_deleted() {
    let timeline = with(
        with(founding(), milestone(11, "2018-07-01")),
        milestone(12, "2018-07-01"),
    );
    let anchor = Act::Anchor {
        item: id(12),
        rule: rule(id(11), Edge::End, 3),
    };
    let timeline = acting(&timeline, &[anchor]).unwrap();
    assert_eq!(
        acting(&timeline, &[Act::Delete { item: id(11) }]),
        Err(EditError::Followed { by: vec![id(12)] })
    );
}

#[test]
fn nobody_but_the_committee_sees_what_is_planned() {
    let mentor = Reader::taking_part(Role::Mentor);
    let mentee = Reader::taking_part(Role::Mentee);
    let readers = [Reader::visitor(), mentee, mentor, Reader::committee()];
    #[rustfmt::skip]
    let table = [
        (Audience::Public,       [true,  true,  true,  true]),
        (Audience::Participants, [false, true,  true,  true]),
        (Audience::Mentees,      [false, true,  false, true]),
        (Audience::Mentors,      [false, false, true,  true]),
        (Audience::Committee,    [false, false, false, true]),
    ];
    for (audience, sees) in table {
        let mut item = milestone(1, TODAY);
        item.audience = audience;
        let seen = |item: &Item| readers.each_ref().map(|reader| reader.sees(item));
        assert_eq!(seen(&item), [false, false, false, true], "{audience:?}");
        for status in [Status::Announced, Status::Done, Status::Cancelled] {
            item.status = status;
            assert_eq!(seen(&item), sees, "{audience:?} {status:?}");
        }
    }
}

#[test]
fn a_date_is_news_and_a_name_is_not() {
    let before = with(announced(), milestone(9, "2018-07-01"));
    let of_change = |acts: &[Act], edits: &[Edit], reader: &Reader| {
        let wish = Wish {
            acts: acts.to_vec(),
            edits: edits.to_vec(),
            ..Wish::default()
        };
        let delta = try_wish(&before, &wish).unwrap().delta();
        let changed = delta.items.iter();
        changed
            .filter_map(|one| news(one, reader))
            .collect::<Vec<_>>()
    };
    let visitor = Reader::visitor();
    let item = id(9);
    let announce = [Act::Announce { item }];
    assert_eq!(of_change(&announce, &[], &visitor), [News::Announced]);
    let planned = [to(item, Edge::End, "2018-07-02")];
    assert_eq!(of_change(&[], &planned, &Reader::committee()), []);
    let orientation = mark(&before, Mark::Orientation);
    let moved = [to(orientation, Edge::End, "2018-05-26")];
    assert_eq!(of_change(&[], &moved, &visitor), [News::Moved]);
    let cancelled = [Act::Cancel { item: orientation }];
    assert_eq!(of_change(&cancelled, &[], &visitor), [News::Cancelled]);
    let edit = |title: Option<&str>, audience| Act::Edit {
        item: orientation,
        title: title.map(L10n::english),
        body: None,
        audience,
        lane: None,
        certainty: None,
        in_calendar: None,
        when: None,
    };
    assert_eq!(of_change(&[edit(Some("Welcome"), None)], &[], &visitor), []);
    let narrowed = [edit(None, Some(Audience::Committee))];
    assert_eq!(of_change(&narrowed, &[], &visitor), [News::TakenBack]);
}

#[test]
fn bad_days_are_said_before_they_are_told() {
    let closures = Closures {
        federal_holidays: true,
        days: vec![Closure {
            name: "Annual Conference".into(),
            first: day("2018-06-21"),
            last: day("2018-06-26"),
            kind: ClosureKind::Conference,
        }],
    };
    let setting = Setting {
        today: day("2018-03-01"),
        now: now(),
        closures: &closures,
    };
    let said = |timeline: &Timeline, item: ItemId, on: &str| {
        let wish = Wish {
            edits: vec![to(item, Edge::End, on)],
            policy: Policy::Keep,
            ..Wish::default()
        };
        let plan = plan(timeline, &wish, setting).unwrap();
        let own = plan.warnings.into_iter().filter(|one| one.item == item);
        own.map(|warning| warning.what).collect::<Vec<_>>()
    };
    let timeline = with(announced(), milestone(9, "2018-07-03"));
    let item = id(9);
    assert_eq!(said(&timeline, item, "2018-07-05"), []);
    assert_eq!(said(&timeline, item, "2018-07-07"), [What::Weekend]);
    let holiday = |name: &str| What::Holiday { name: name.into() };
    assert_eq!(
        said(&timeline, item, "2018-07-04"),
        [holiday("Independence Day")]
    );
    // 11 November 2018 is a Sunday; the holiday is observed on the Monday.
    assert_eq!(
        said(&timeline, item, "2018-11-12"),
        [holiday("Veterans Day")]
    );
    let conference = What::Conference {
        name: "Annual Conference".into(),
    };
    assert_eq!(said(&timeline, item, "2018-06-22"), [conference]);
    assert_eq!(said(&timeline, item, "2018-02-28"), [What::InThePast]);
    let closing = mark(&timeline, Mark::Closing);
    assert_eq!(
        said(&timeline, closing, "2018-03-01"),
        [
            What::EarlierThanAnnounced {
                told: day("2018-03-02")
            },
            What::AnywhereOnEarth {
                ends: "2018-03-02T12:00:00Z".parse().unwrap()
            },
        ]
    );
}

#[test]
fn what_clocks_skip_or_repeat_is_said() {
    let timeline = founding();
    let when = When::Due(deadline(
        "2018-03-11T02:30:00",
        ZoneName("America/Chicago".into()),
    ));
    let wish = Wish {
        acts: vec![create(20, when)],
        ..Wish::default()
    };
    let plan = try_wish(&timeline, &wish).unwrap();
    let plan = plan
        .with_instants(|civil, _| Ok::<_, ()>((civil.and_utc(), Clocks::Skipped)))
        .unwrap();
    let said = plan
        .warnings
        .iter()
        .any(|one| one.what == What::ClocksSkipIt);
    assert!(said, "{:?}", plan.warnings);
}

#[test]
fn the_next_cohort_has_the_same_days_of_the_week() {
    assert_eq!(days_later(day("2018-06-01"), 1), 364);
    assert_eq!(days_later(day("2018-06-01"), 5), 261 * 7);
    let mut timeline = with(announced(), milestone(9, "2018-07-01"));
    let program = mark(&timeline, Mark::Program);
    timeline = acting(
        &timeline,
        &[Act::Anchor {
            item: id(9),
            rule: rule(program, Edge::Start, 30),
        }],
    )
    .unwrap();
    timeline.constraints = vec![constraint(1, end_of(program), end_of(id(9)), -400)];
    let mut number = 100;
    let next = later(
        &timeline,
        364,
        || {
            number += 1;
            id(number)
        },
        || ConstraintId(Uuid::from_u128(7)),
    );
    let closes = of(&next, mark(&next, Mark::Closing)).when.days().0;
    assert_eq!(closes, day("2019-03-01"));
    assert!(next.items.iter().all(|item| item.status == Status::Planned));
    let follower = next.items.iter().find(|item| item.rule.is_some()).unwrap();
    assert_eq!(follower.rule.unwrap().anchor, mark(&next, Mark::Program));
    assert_eq!(next.constraints[0].after.item, follower.id);
    assert_eq!(check(&next.items, &next.constraints), []);
}

#[test]
fn federal_holidays_are_those_of_the_law() {
    let closures = Closures::default();
    let of_year = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let days = first.iter_days().take_while(|day| {
            use chrono::Datelike;
            day.year() == year
        });
        days.filter(|day| !closures.on(*day).is_empty())
            .map(|day| day.to_string())
            .collect::<Vec<_>>()
    };
    // As the Office of Personnel Management lists them; a date and its observance both count.
    assert_eq!(
        of_year(2018),
        [
            "2018-01-01",
            "2018-01-15",
            "2018-02-19",
            "2018-05-28",
            "2018-07-04",
            "2018-09-03",
            "2018-10-08",
            "2018-11-11",
            "2018-11-12",
            "2018-11-22",
            "2018-12-25",
        ]
    );
    assert_eq!(
        of_year(2021),
        [
            "2021-01-01",
            "2021-01-18",
            "2021-02-15",
            "2021-05-31",
            "2021-06-18",
            "2021-06-19",
            "2021-07-04",
            "2021-07-05",
            "2021-09-06",
            "2021-10-11",
            "2021-11-11",
            "2021-11-25",
            "2021-12-24",
            "2021-12-25",
            "2021-12-31",
        ]
    );
}

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
