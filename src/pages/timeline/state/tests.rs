//! What is confirmed, and what can be undone, while others change dates too.

use chrono::DateTime;
use leptos::prelude::Owner;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::log::Delta;

use super::*;

fn view(rev: i64) -> TimelineView {
    TimelineView {
        items: Vec::new(),
        zone: ZoneName("America/Chicago".to_owned()),
        may_change: true,
        rev,
        server_now: DateTime::UNIX_EPOCH,
        moved: Vec::new(),
        own: Vec::new(),
        planning: None,
    }
}

/// The change that led to a revision.
fn change(rev: i64) -> ChangeView {
    let id = format!("01890000-0000-7000-8000-0000000000{rev:02}");
    ChangeView {
        id: id.parse().unwrap(),
        rev,
        at: DateTime::UNIX_EPOCH,
        by: String::new(),
        note: String::new(),
        policy: Policy::Keep,
        delta: Delta::default(),
        undoes: None,
        undone_by: None,
        can_undo: true,
    }
}

fn with_state(test: impl FnOnce(TimelineState)) {
    Owner::new().with(|| {
        let state = TimelineState::new();
        state.replace(view(1));
        test(state);
    });
}

#[test]
fn what_is_confirmed_is_what_the_question_was_about() {
    with_state(|state| {
        state.ask();
        state.answered(Ok(PlanView::default()));
        state.replace(view(2));
        assert_eq!(state.asked_of(), Some(1));
        state.ask();
        assert_eq!(state.asked_of(), Some(2));
    });
}

#[test]
fn only_the_change_that_was_just_saved_is_undone_beside_it() {
    with_state(|state| {
        state.log.set(Load::Ready(vec![change(1)]));
        assert_eq!(state.undoable(), None);
        state.saved(Ok(view(2)), "Saved".to_owned());
        assert_eq!(state.undoable(), None);
        state
            .log
            .set(Load::Ready(vec![change(3), change(2), change(1)]));
        assert_eq!(state.undoable(), Some(change(2).id));
        let changed_since = ChangeView {
            can_undo: false,
            ..change(2)
        };
        state.log.set(Load::Ready(vec![change(3), changed_since]));
        assert_eq!(state.undoable(), None);
    });
}
