//! What must hold between dates.

use tandem_domain::timeline::constraint::{Constraint, Point};
use tandem_domain::timeline::wish::{Act, EditError, Policy, Wish};
use tandem_domain::timeline::{Edge, Mark};

use super::support::{
    acting, constraint, days, end_of, founding, id, mark, milestone, moving, phase, to, try_wish,
    with,
};

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
    assert!(matches!(refused.refusals[0].error, EditError::Unmet { .. }));
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
fn a_phase_can_be_said_to_last_so_many_days() {
    let mut timeline = with(founding(), phase(11, "2018-07-02", "2018-07-27"));
    let of = |edge| Point { item: id(11), edge };
    // From the first day to the last are twenty days when it lasts three weeks.
    let lasts = constraint(1, of(Edge::Start), of(Edge::End), 20);
    timeline.constraints.push(lasts);
    let wish = |edge, day, policy| Wish {
        edits: vec![to(id(11), edge, day)],
        policy,
        ..Wish::default()
    };
    let short = try_wish(&timeline, &wish(Edge::End, "2018-07-20", Policy::Keep)).unwrap_err();
    assert!(matches!(short.refusals[0].error, EditError::Unmet { .. }));
    assert_eq!(short.breaches[0].days, 18);
    let fits = try_wish(&timeline, &wish(Edge::End, "2018-07-22", Policy::Keep)).unwrap();
    assert_eq!(fits.breaches, []);
    // Pushed, the other end gives way by as little as must be.
    let late = try_wish(&timeline, &wish(Edge::Start, "2018-07-16", Policy::Push)).unwrap();
    assert_eq!(
        days(&late.after, id(11)),
        ("2018-07-16".into(), "2018-08-05".into())
    );
}
