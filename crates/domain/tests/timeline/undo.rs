//! Undo: what it takes back, what it does not.

use tandem_domain::id::ChangeId;
use tandem_domain::timeline::log::{Delta, UndoError, is_in_force, undo};
use tandem_domain::timeline::plan::Timeline;
use tandem_domain::timeline::wish::{Act, Policy, Wish};
use tandem_domain::timeline::{Edge, Mark, When};
use uuid::Uuid;

use super::support::{
    TODAY, acting, announced, constraint, create, day, days, end_of, founding, id, mark, milestone,
    moving, now, of, rule, to, try_wish, with,
};

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
fn what_a_public_cohort_needs_stays_known() {
    let draft = founding();
    let public = draft.with_life_announced(now());
    let went_public = Delta::between(&draft, &public);
    let refused = undo(&public, &went_public, day(TODAY), now());
    let needed = [
        Mark::Call,
        Mark::Closing,
        Mark::PairingComplete,
        Mark::Program,
    ];
    assert_eq!(
        refused,
        Err(UndoError::Needed {
            items: needed.map(|one| mark(&draft, one)).to_vec()
        })
    );
    // Of a draft nobody knows, and what the cohort can do without may be taken back.
    let told = |timeline: &Timeline, item| {
        let after = acting(timeline, &[Act::Announce { item }]).unwrap();
        let change = Delta::between(timeline, &after);
        undo(&after, &change, day(TODAY), now())
    };
    assert!(told(&draft, mark(&draft, Mark::Closing)).is_ok());
    let public = with(public, milestone(9, "2018-07-03"));
    assert!(told(&public, id(9)).is_ok());
}

#[test]
fn undo_leaves_nothing_that_follows_what_is_gone() {
    let before = with(founding(), milestone(9, "2018-07-03"));
    let on = day("2018-07-01");
    let made = acting(&before, &[create(20, When::Milestone { on })]).unwrap();
    let making = Delta::between(&before, &made);
    let refused = |acts: &[Act]| {
        let after = acting(&made, acts).unwrap();
        undo(&after, &making, day(TODAY), now()).unwrap_err()
    };
    let follows = Act::Anchor {
        item: id(9),
        rule: rule(id(20), Edge::End, 2),
    };
    let by = vec![id(9)];
    assert_eq!(refused(&[follows]), UndoError::Followed { by: by.clone() });
    let bound = Act::Constrain {
        constraint: constraint(1, end_of(id(20)), end_of(id(9)), 1),
    };
    assert_eq!(refused(&[bound]), UndoError::Followed { by });
    assert!(undo(&made, &making, day(TODAY), now()).is_ok());
}

#[test]
fn undo_closes_no_circle() {
    let two = with(
        with(founding(), milestone(9, "2018-07-03")),
        milestone(10, "2018-07-05"),
    );
    let follow = |item, anchor| Act::Anchor {
        item: id(item),
        rule: rule(id(anchor), Edge::End, 0),
    };
    let first = acting(&two, &[follow(9, 10)]).unwrap();
    let released = acting(&first, &[Act::Release { item: id(9) }]).unwrap();
    let release = Delta::between(&first, &released);
    let second = acting(&released, &[follow(10, 9)]).unwrap();
    let refused = undo(&second, &release, day(TODAY), now());
    assert!(
        matches!(refused, Err(UndoError::Loop { .. })),
        "{refused:?}"
    );

    let bond = |number, before, after| Act::Constrain {
        constraint: constraint(number, end_of(id(before)), end_of(id(after)), 0),
    };
    let first = acting(&two, &[bond(1, 9, 10)]).unwrap();
    let unbound = Act::Unconstrain {
        constraint: first.constraints[0].id.unwrap(),
    };
    let unbound = acting(&first, &[unbound]).unwrap();
    let unbinding = Delta::between(&first, &unbound);
    let moved = moving(
        &unbound,
        Policy::Keep,
        &[to(id(9), Edge::End, "2018-07-05")],
    );
    let second = acting(&moved.after, &[bond(2, 10, 9)]).unwrap();
    let refused = undo(&second, &unbinding, day(TODAY), now());
    assert!(
        matches!(refused, Err(UndoError::Loop { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_change_holds_again_once_its_undoing_was_undone() {
    let change = |number| ChangeId(Uuid::from_u128(number));
    // The second undid the first, the third the second, the fourth the third.
    let undone_by = |n_undoings: u128| {
        move |id: ChangeId| (id.0.as_u128() <= n_undoings).then(|| change(id.0.as_u128() + 1))
    };
    let holds = [0, 1, 2, 3].map(|n_undoings| is_in_force(change(1), undone_by(n_undoings)));
    assert_eq!(holds, [true, false, true, false]);
}
