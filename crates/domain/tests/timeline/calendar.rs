//! The timeline: making one, moving its dates, reading it.

use std::convert::Infallible;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use proptest::prelude::*;
use tandem_domain::date::{DEFAULT_GRACE_MINUTES, Deadline, ZoneName};
use tandem_domain::form::locale::L10n;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::calendar::{Outline, calendar, default_items};
use tandem_domain::timeline::closure::Closures;
use tandem_domain::timeline::constraint::{Severity, check};
use tandem_domain::timeline::plan::{Plan, Refused, Setting, Timeline, plan};
use tandem_domain::timeline::today::{Now, standing};
use tandem_domain::timeline::warning::Clocks;
use tandem_domain::timeline::wish::{At, Edit, EditError, Policy, Wish};
use tandem_domain::timeline::{Audience, Edge, Item, Mark, Shift, When};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn outline() -> Outline {
    Outline {
        call_opens: day("2018-01-29"),
        closes: Deadline {
            civil: "2018-03-03T00:00:00".parse().unwrap(),
            zone: ZoneName::aoe(),
            instant: "2018-03-03T12:00:00Z".parse().unwrap(),
            grace_minutes: DEFAULT_GRACE_MINUTES,
        },
        pairing_complete: day("2018-05-14"),
        starts: day("2018-06-01"),
        ends: day("2019-04-30"),
    }
}

fn made(outline: &Outline) -> Result<Vec<Item>, Vec<EditError>> {
    let mut number = 0;
    default_items(outline, || {
        number += 1;
        ItemId(Uuid::from_u128(number))
    })
}

/// The founding calendar.
fn founding() -> Vec<Item> {
    made(&outline()).unwrap()
}

fn of(items: &[Item], mark: Mark) -> &Item {
    items.iter().find(|item| item.mark == mark).unwrap()
}

fn edit(items: &[Item], mark: Mark, edge: Edge, to: &str) -> Edit {
    Edit {
        item: of(items, mark).id,
        edge,
        to: day(to),
    }
}

const EARLY: &str = "2018-01-02";

/// Plans wishes on items that nobody was told of, with the dates around giving way.
fn planned(items: &[Item], edits: &[Edit], today: &str) -> Result<Plan, Refused> {
    planned_by(Policy::Push, items, edits, today)
}

fn planned_by(
    policy: Policy,
    items: &[Item],
    edits: &[Edit],
    today: &str,
) -> Result<Plan, Refused> {
    let before = Timeline {
        items: items.to_vec(),
        constraints: Vec::new(),
    };
    let wish = Wish {
        edits: edits.to_vec(),
        policy,
        ..Wish::default()
    };
    let setting = Setting {
        today: day(today),
        now: DateTime::UNIX_EPOCH,
        closures: &Closures::default(),
    };
    plan(&before, &wish, setting)
}

/// What moves by one wish, as mark, edge and day.
fn moved(mark: Mark, edge: Edge, to: &str) -> Vec<(Mark, Edge, NaiveDate)> {
    let items = founding();
    let plan = planned(&items, &[edit(&items, mark, edge, to)], EARLY).unwrap();
    assert_eq!(check(&plan.after.items, &[]), []);
    let mark = |shift: &Shift| {
        items
            .iter()
            .find(|item| item.id == shift.item)
            .unwrap()
            .mark
    };
    plan.shifts
        .iter()
        .map(|shift| (mark(shift), shift.edge, shift.to))
        .collect()
}

fn errors(items: &[Item], edits: &[Edit], today: &str) -> Vec<(Edit, EditError)> {
    let refused = planned_by(Policy::Keep, items, edits, today).unwrap_err();
    let error = |at| match at {
        At::Edit(place) => edits.get(place).unwrap().clone(),
        At::Act(place) => panic!("no act was wished, but {place} is wrong"),
    };
    let refusals = refused.refusals.into_iter();
    refusals
        .map(|refusal| (error(refusal.at), refusal.error))
        .collect()
}

fn refused(mark: Mark, edge: Edge, to: &str) -> EditError {
    let items = founding();
    let edit = edit(&items, mark, edge, to);
    let errors = errors(&items, std::slice::from_ref(&edit), EARLY);
    let [(wrong, error)] = errors.as_slice() else {
        panic!("{errors:?}")
    };
    assert_eq!(*wrong, edit);
    error.clone()
}

#[test]
fn five_dates_make_the_founding_calendar() {
    let items = founding();
    let table = [
        (Mark::Call, "2018-01-29", "2018-03-02"),
        (Mark::Closing, "2018-03-02", "2018-03-02"),
        (Mark::Review, "2018-03-05", "2018-03-16"),
        (Mark::Pairing, "2018-03-19", "2018-05-14"),
        (Mark::PairingComplete, "2018-05-14", "2018-05-14"),
        (Mark::Orientation, "2018-05-21", "2018-05-25"),
        (Mark::Program, "2018-06-01", "2019-04-30"),
        (Mark::Evaluation, "2019-05-01", "2019-05-31"),
    ];
    let dates: Vec<_> = items
        .iter()
        .map(|item| {
            let (first, last) = item.when.days();
            (item.mark, first.to_string(), last.to_string())
        })
        .collect();
    let expected = table.map(|(mark, first, last)| (mark, first.to_owned(), last.to_owned()));
    assert_eq!(dates, expected);
    assert!(
        items
            .iter()
            .all(|item| !item.title.is_empty() && !item.body.is_empty())
    );
    let mut ids: Vec<_> = items.iter().map(|item| item.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 8);
}

#[test]
fn dates_in_the_wrong_order_make_no_timeline() {
    let out_of_order = |before, after| Err(vec![EditError::OutOfOrder { before, after }]);
    let outline = outline();
    let late = Outline {
        call_opens: day("2018-03-02"),
        ..outline.clone()
    };
    assert_eq!(made(&late), out_of_order(Mark::Call, Mark::Closing));
    let backwards = Outline {
        ends: day("2018-06-01"),
        ..outline.clone()
    };
    assert_eq!(made(&backwards), Err(vec![EditError::EndsBeforeItBegins]));
    let early = Outline {
        starts: day("2018-05-13"),
        ..outline.clone()
    };
    assert_eq!(
        made(&early),
        out_of_order(Mark::PairingComplete, Mark::Program)
    );
    let absurd = Outline {
        ends: NaiveDate::MAX,
        ..outline
    };
    assert_eq!(made(&absurd), Err(vec![EditError::OutOfRange]));
}

#[test]
fn a_timeline_says_what_decides_what_is_open() {
    let start_of_day =
        |day: NaiveDate| (day.and_hms_opt(0, 0, 0).unwrap() + Duration::hours(6)).and_utc();
    let calendar = calendar(&founding(), start_of_day).unwrap();
    assert_eq!(calendar.opens.to_rfc3339(), "2018-01-29T06:00:00+00:00");
    assert_eq!(calendar.closes, outline().closes);
    assert_eq!(calendar.pairing_complete, day("2018-05-14"));
    assert_eq!(
        (calendar.starts, calendar.ends),
        (day("2018-06-01"), day("2019-04-30"))
    );
}

#[test]
fn a_timeline_without_a_closing_decides_nothing() {
    let mut items = founding();
    items.retain(|item| item.mark != Mark::Closing);
    assert_eq!(calendar(&items, |_| DateTime::<Utc>::UNIX_EPOCH), None);
}

#[test]
fn a_later_closing_takes_the_call_along_and_pushes_the_review() {
    let call = |to| (Mark::Call, Edge::End, day(to));
    let closing = |to| (Mark::Closing, Edge::End, day(to));
    let start = |mark, to| (mark, Edge::Start, day(to));
    assert_eq!(
        moved(Mark::Closing, Edge::End, "2018-03-09"),
        [
            closing("2018-03-09"),
            call("2018-03-09"),
            start(Mark::Review, "2018-03-10"),
        ]
    );
    assert_eq!(
        moved(Mark::Closing, Edge::End, "2018-03-19"),
        [
            closing("2018-03-19"),
            call("2018-03-19"),
            start(Mark::Review, "2018-03-20"),
            (Mark::Review, Edge::End, day("2018-03-20")),
            start(Mark::Pairing, "2018-03-21"),
        ]
    );
    // Nothing follows an earlier one.
    assert_eq!(
        moved(Mark::Closing, Edge::End, "2018-02-23"),
        [closing("2018-02-23"), call("2018-02-23")]
    );
    // The last day of the call is the same date.
    assert_eq!(
        moved(Mark::Call, Edge::End, "2018-02-23"),
        [closing("2018-02-23"), call("2018-02-23")]
    );
}

#[test]
fn the_committees_phases_give_way_up_to_the_announced_day() {
    assert_eq!(
        moved(Mark::PairingComplete, Edge::End, "2018-05-07"),
        [
            (Mark::PairingComplete, Edge::End, day("2018-05-07")),
            (Mark::Pairing, Edge::End, day("2018-05-07")),
        ]
    );
    assert_eq!(
        moved(Mark::PairingComplete, Edge::End, "2018-03-12"),
        [
            (Mark::PairingComplete, Edge::End, day("2018-03-12")),
            (Mark::Review, Edge::End, day("2018-03-11")),
            (Mark::Pairing, Edge::Start, day("2018-03-12")),
            (Mark::Pairing, Edge::End, day("2018-03-12")),
        ]
    );
}

#[test]
fn dates_that_do_not_fit_any_more_are_said_and_can_be_saved() {
    let items = founding();
    let edits = [edit(&items, Mark::PairingComplete, Edge::End, "2018-03-02")];
    let plan = planned_by(Policy::Keep, &items, &edits, EARLY).unwrap();
    assert!(!plan.breaches.is_empty());
    let is_mild = |severity| severity == Severity::Warning;
    assert!(
        plan.breaches
            .iter()
            .all(|breach| breach.is_new && is_mild(breach.constraint.severity))
    );
}

#[test]
fn what_comes_after_the_program_moves_along_with_its_length() {
    assert_eq!(
        moved(Mark::Program, Edge::End, "2019-05-31"),
        [
            (Mark::Program, Edge::End, day("2019-05-31")),
            (Mark::Evaluation, Edge::Start, day("2019-06-01")),
            (Mark::Evaluation, Edge::End, day("2019-07-01")),
        ]
    );
    assert_eq!(
        moved(Mark::PairingComplete, Edge::End, "2018-05-23"),
        [
            (Mark::PairingComplete, Edge::End, day("2018-05-23")),
            (Mark::Orientation, Edge::Start, day("2018-05-23")),
            (Mark::Orientation, Edge::End, day("2018-05-27")),
        ]
    );
}

#[test]
fn dates_that_people_were_told_refuse_to_be_passed() {
    let order = |before, after| EditError::OutOfOrder { before, after };
    let call = order(Mark::Call, Mark::Closing);
    let closing = order(Mark::Closing, Mark::PairingComplete);
    let complete = order(Mark::PairingComplete, Mark::Program);
    #[rustfmt::skip]
    let table = [
        (Mark::Closing,         Edge::End,   "2018-05-15", closing.clone()),
        (Mark::Closing,         Edge::End,   "2018-01-29", call.clone()),
        (Mark::Call,            Edge::Start, "2018-03-02", call.clone()),
        (Mark::Call,            Edge::End,   "2018-01-29", call),
        (Mark::PairingComplete, Edge::End,   "2018-06-02", complete.clone()),
        (Mark::PairingComplete, Edge::End,   "2018-03-01", closing),
        (Mark::Program,         Edge::Start, "2018-05-13", complete),
        (Mark::Program,         Edge::Start, "2019-04-30", EditError::EndsBeforeItBegins),
        (Mark::Program,         Edge::End,   "2018-06-01", EditError::EndsBeforeItBegins),
        (Mark::Closing,         Edge::Start, "2018-03-05", EditError::NoSuchEdge),
        (Mark::PairingComplete, Edge::Start, "2018-05-16", EditError::NoSuchEdge),
        (Mark::Closing,         Edge::End,   "2018-01-01", EditError::InThePast),
    ];
    for (mark, edge, to, error) in table {
        assert_eq!(refused(mark, edge, to), error, "{mark:?} {edge:?} {to}");
    }
}

#[test]
fn a_phase_may_end_on_the_day_it_begins_but_not_before() {
    assert!(!moved(Mark::Evaluation, Edge::End, "2019-05-01").is_empty());
    let items = founding();
    let edits = [
        edit(&items, Mark::Evaluation, Edge::Start, "2019-06-02"),
        edit(&items, Mark::Evaluation, Edge::End, "2019-06-01"),
    ];
    let errors = errors(&items, &edits, EARLY);
    let expected: Vec<_> = edits
        .into_iter()
        .map(|edit| (edit, EditError::EndsBeforeItBegins))
        .collect();
    assert_eq!(errors, expected);
}

#[test]
fn something_else_on_the_timeline_moves_freely() {
    let mut items = founding();
    let id = ItemId(Uuid::from_u128(99));
    let when = When::Phase {
        start: day("2018-10-01"),
        end: day("2018-10-05"),
    };
    let title = L10n::english("A week of visits");
    items.push(Item {
        audience: Audience::Committee,
        ..Item::planned(id, Mark::Other, when, title)
    });
    let to = |edge, to| Edit {
        item: id,
        edge,
        to: day(to),
    };
    let earlier = planned(&items, &[to(Edge::End, "2018-11-01")], EARLY).unwrap();
    assert_eq!(earlier.shifts.len(), 1);
    let wishes = [to(Edge::Start, "2018-10-06"), to(Edge::End, "2018-10-05")];
    let errors = errors(&items, &wishes, EARLY);
    assert_eq!(errors[0].1, EditError::EndsBeforeItBegins);
}

#[test]
fn every_wrong_wish_is_named() {
    let items = founding();
    let unknown = Edit {
        item: ItemId(Uuid::from_u128(77)),
        edge: Edge::End,
        to: day(EARLY),
    };
    let wrong = edit(&items, Mark::Program, Edge::End, "2018-05-01");
    let absurd = Edit {
        to: NaiveDate::MAX,
        ..edit(&items, Mark::Closing, Edge::End, EARLY)
    };
    let fine = edit(&items, Mark::Review, Edge::End, "2018-03-17");
    let edits = [unknown.clone(), wrong.clone(), fine, absurd.clone()];
    let mut errors = errors(&items, &edits, EARLY);
    errors.sort_by_key(|(edit, _)| edit.to);
    assert_eq!(
        errors,
        [
            (unknown, EditError::Unknown),
            (wrong, EditError::EndsBeforeItBegins),
            (absurd, EditError::OutOfRange),
        ]
    );
}

#[test]
fn a_wish_for_the_present_date_moves_nothing_even_when_it_is_past() {
    let items = founding();
    let edits = [edit(&items, Mark::Closing, Edge::End, "2018-03-02")];
    let planned = planned(&items, &edits, "2018-04-01").unwrap();
    assert_eq!((planned.after.items, planned.shifts), (items, vec![]));
}

#[test]
fn a_moved_deadline_keeps_its_time_of_day_and_its_zone() {
    let items = founding();
    let edits = [edit(&items, Mark::Closing, Edge::End, "2018-03-16")];
    let planned = planned(&items, &edits, EARLY).unwrap();
    let mut asked = Vec::new();
    let planned = planned
        .with_instants(|civil: NaiveDateTime, zone: &ZoneName| {
            asked.push((civil, zone.clone()));
            Ok::<_, Infallible>(((civil + Duration::hours(13)).and_utc(), Clocks::Once))
        })
        .unwrap();
    let civil: NaiveDateTime = "2018-03-17T00:00:00".parse().unwrap();
    assert_eq!(asked, [(civil, ZoneName::aoe())]);
    let When::Due(deadline) = &of(&planned.after.items, Mark::Closing).when else {
        panic!()
    };
    assert_eq!(
        *deadline,
        Deadline {
            civil,
            zone: ZoneName::aoe(),
            instant: "2018-03-17T13:00:00Z".parse().unwrap(),
            grace_minutes: DEFAULT_GRACE_MINUTES,
        }
    );
}

#[test]
fn a_deadline_at_noon_stays_at_noon() {
    let mut outline = outline();
    outline.closes.civil = "2018-03-02T12:00:00".parse().unwrap();
    let items = made(&outline).unwrap();
    let edits = [edit(&items, Mark::Closing, Edge::End, "2018-03-05")];
    let planned = planned(&items, &edits, EARLY).unwrap();
    let When::Due(deadline) = &of(&planned.after.items, Mark::Closing).when else {
        panic!()
    };
    assert_eq!(deadline.civil.to_string(), "2018-03-05 12:00:00");
}

#[test]
fn a_day_stands_in_its_phases_and_before_the_next_date() {
    let table = [
        ("2018-01-10", vec![], Some((Mark::Call, 19))),
        (
            "2018-01-29",
            vec![(Mark::Call, 32)],
            Some((Mark::Closing, 32)),
        ),
        (
            "2018-03-02",
            vec![(Mark::Call, 0)],
            Some((Mark::Closing, 0)),
        ),
        ("2018-03-03", vec![], Some((Mark::Review, 2))),
        (
            "2018-03-20",
            vec![(Mark::Pairing, 55)],
            Some((Mark::PairingComplete, 55)),
        ),
        (
            "2018-05-14",
            vec![(Mark::Pairing, 0)],
            Some((Mark::PairingComplete, 0)),
        ),
        (
            "2018-06-01",
            vec![(Mark::Program, 333)],
            Some((Mark::Evaluation, 334)),
        ),
        ("2019-05-31", vec![(Mark::Evaluation, 0)], None),
        ("2020-01-01", vec![], None),
    ];
    for (today, on, next) in table {
        let now = Now {
            today: day(today),
            at: day(today).and_hms_opt(18, 0, 0).unwrap().and_utc(),
        };
        let standing = standing(&founding(), now);
        let phases: Vec<_> = standing
            .on
            .iter()
            .map(|phase| (phase.mark, phase.days_left))
            .collect();
        assert_eq!(phases, on, "{today}");
        assert_eq!(
            standing.next.map(|ahead| (ahead.mark, ahead.days)),
            next,
            "{today}"
        );
    }
}

#[test]
fn t_11_nothing_is_over_while_there_is_time_left() {
    // Ten minutes before applications close "Anywhere on Earth" it is the day after in Chicago.
    let now = Now {
        today: day("2018-03-03"),
        at: "2018-03-03T11:50:00Z".parse().unwrap(),
    };
    let items = founding();
    let here = standing(&items, now);
    let on: Vec<_> = here.on.iter().map(|on| (on.mark, on.days_left)).collect();
    assert_eq!(on, [(Mark::Call, 0)]);
    let next = here.next.unwrap();
    assert_eq!((next.mark, next.days), (Mark::Closing, 0));
    let closing = &of(&items, Mark::Closing).when;
    assert_eq!(now.days_until(closing, day("2018-03-02")), 0);

    // A minute after the end it is over, by every clock.
    let over = Now {
        at: "2018-03-03T12:01:00Z".parse().unwrap(),
        ..now
    };
    let here = standing(&items, over);
    assert_eq!(here.on, []);
    assert_eq!(here.next.unwrap().mark, Mark::Review);
    assert_eq!(over.days_until(closing, day("2018-03-02")), -1);
}

#[test]
fn t_11_days_are_counted_as_the_count_down_counts_them() {
    let five = When::Due(Deadline {
        civil: "2018-03-02T17:00:00".parse().unwrap(),
        zone: ZoneName("America/Chicago".to_owned()),
        instant: "2018-03-02T23:00:00Z".parse().unwrap(),
        grace_minutes: 0,
    });
    let days = |at: &str| {
        let at: DateTime<Utc> = at.parse().unwrap();
        let today = (at - Duration::hours(6)).date_naive();
        Now { today, at }.days_until(&five, day("2018-03-02"))
    };
    // An hour after five, three days before: two whole days are left.
    assert_eq!(days("2018-02-28T00:00:00Z"), 2);
    assert_eq!(days("2018-02-27T22:00:00Z"), 3);
    assert_eq!(days("2018-03-01T23:30:00Z"), 1);
    assert_eq!(days("2018-03-02T22:59:00Z"), 0);
}

fn any_edit() -> impl Strategy<Value = Edit> {
    (1u128..=8, any::<bool>(), -40i64..520).prop_map(|(item, is_start, days)| Edit {
        item: ItemId(Uuid::from_u128(item)),
        edge: if is_start { Edge::Start } else { Edge::End },
        to: day("2018-01-29") + Duration::days(days),
    })
}

proptest! {
    #[test]
    fn a_plan_has_no_grave_breach_and_says_all_that_moves(
        rounds in prop::collection::vec(prop::collection::vec(any_edit(), 1..4), 1..6),
    ) {
        let mut items = founding();
        for edits in rounds {
            let Ok(plan) = planned(&items, &edits, EARLY) else { continue };
            let grave = check(&plan.after.items, &[]);
            prop_assert!(grave.iter().all(|breach| breach.constraint.severity == Severity::Warning));
            for (old, new) in items.iter().zip(&plan.after.items) {
                prop_assert_eq!((old.id, old.mark), (new.id, new.mark));
                let (first, last) = (old.when.days(), new.when.days());
                let has_moved = |edge| plan.shifts.iter().any(|shift| shift.item == old.id && shift.edge == edge);
                prop_assert_eq!(last.1 != first.1, has_moved(Edge::End));
                if let When::Phase { .. } = old.when {
                    prop_assert_eq!(last.0 != first.0, has_moved(Edge::Start));
                }
            }
            let again = planned(&plan.after.items, &edits, EARLY).unwrap();
            prop_assert_eq!(again.shifts, []);
            items = plan.after.items;
        }
    }

    #[test]
    fn any_five_dates_in_order_make_a_sound_timeline(
        gaps in (1i64..120, 0i64..120, 0i64..90, 1i64..500),
        from in 0i64..400,
    ) {
        let call_opens = day("2018-01-01") + Duration::days(from);
        let closing_day = call_opens + Duration::days(gaps.0);
        let civil = (closing_day + Duration::days(1)).and_hms_opt(0, 0, 0).unwrap();
        let pairing_complete = closing_day + Duration::days(gaps.1);
        let starts = pairing_complete + Duration::days(gaps.2);
        let closes = Deadline { civil, instant: civil.and_utc(), ..outline().closes };
        let ends = starts + Duration::days(gaps.3);
        let items = made(&Outline { call_opens, closes, pairing_complete, starts, ends });
        prop_assert!(items.is_ok(), "{:?}", items);
    }
}
