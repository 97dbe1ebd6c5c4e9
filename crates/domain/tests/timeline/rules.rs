//! Rules: what a date follows, how it is counted, and loops.

use chrono::Weekday;
use tandem_domain::date::ZoneName;
use tandem_domain::form::locale::L10n;
use tandem_domain::timeline::closure::{Closure, ClosureKind, Closures};
use tandem_domain::timeline::rule::{Offset, Rule, Snap};
use tandem_domain::timeline::wish::{Act, EditError, Policy, Wish};
use tandem_domain::timeline::{Edge, Item, Mark, When};

use super::support::{
    acting, day, days, deadline, founding, id, mark, milestone, moving, phase, retimed, rule, to,
    try_wish, with,
};

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
    let timed = |civil: &str| retimed(id(9), When::Due(deadline(civil, ZoneName::aoe())));
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
