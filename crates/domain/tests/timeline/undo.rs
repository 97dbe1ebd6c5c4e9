//! Undo: what it takes back, what it does not.

use tandem_domain::timeline::log::{Delta, UndoError, undo};
use tandem_domain::timeline::wish::{Policy, Wish};
use tandem_domain::timeline::{Edge, Mark, When};

use super::support::{
    TODAY, announced, create, day, days, founding, id, mark, moving, now, of, to, try_wish,
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
