//! Between the timeline screen and the server: asks, saves, undoes, and answers to the screen.

use leptos::prelude::*;
use leptos::task::spawn_local;
use tandem_domain::id::ChangeId;
use tandem_domain::timeline::wish::Act;

use super::state::TimelineState;
use super::words;
use crate::api::error::ApiError;
use crate::api::{cohorts, timeline};
use crate::dom::{announce, random};
use crate::load::Load;
use crate::session::Session;
use crate::widgets::timeline_track::now_in;

/// Fetches the timeline, and the changes there were.
pub(super) fn load(state: TimelineState, session: Session, slug: String) {
    spawn_local(async move {
        let answer = async {
            let cohort = cohorts::cohort(&slug).await?;
            let view = timeline::timeline(cohort.id).await?;
            Ok::<_, ApiError>((cohort, view))
        };
        match answer.await {
            Ok((cohort, view)) => {
                let may_change = view.may_change;
                let now = now_in(&view.zone, untrack(|| session.program_now()));
                state.loaded(cohort, view, now);
                if may_change {
                    load_log(state).await;
                }
            }
            Err(error) => state.failed(error),
        }
    });
}

async fn load_log(state: TimelineState) {
    if let Some(Some(cohort)) = state.cohort().try_get_untracked() {
        let log = timeline::changes(cohort.id).await;
        state.log().try_set(Load::from(log));
    }
}

/// Asks the server what the wish would bring.
pub(super) fn ask(state: TimelineState) {
    let Some(cohort) = state.cohort().get_untracked() else {
        return;
    };
    state.ask();
    let wish = state.wish().get_untracked();
    spawn_local(async move {
        state.answered(timeline::plan(cohort.id, &wish).await);
    });
}

/// Asks the server at once what an act would bring.
pub(super) fn act(state: TimelineState, act: Act) {
    acts(state, vec![act]);
}

/// Asks the server at once what several acts would bring together.
pub(super) fn acts(state: TimelineState, acts: Vec<Act>) {
    state.forget();
    state.act(acts);
    ask(state);
}

/// Saves the wish upon the timeline that the question was about.
pub(super) fn confirm(state: TimelineState, busy: RwSignal<bool>) {
    let (Some(cohort), Some(rev)) = (state.cohort().get_untracked(), state.asked_of()) else {
        return;
    };
    let wish = state.wish().get_untracked();
    let key = random::uuid();
    busy.set(true);
    spawn_local(async move {
        let sentence = untrack(|| words::done(state));
        let answer = timeline::change(cohort.id, rev, key, &wish).await;
        busy.try_set(false);
        if state.saved(answer, sentence.clone()) {
            announce::polite(&sentence);
            load_log(state).await;
        }
    });
}

/// Undoes a change.
pub(super) fn undo(state: TimelineState, change: ChangeId, failed: RwSignal<Option<String>>) {
    let rev = untrack(|| state.read(|view| view.rev));
    let (Some(cohort), Some(rev)) = (state.cohort().get_untracked(), rev) else {
        return;
    };
    failed.set(None);
    spawn_local(async move {
        match timeline::undo(cohort.id, change, rev, random::uuid()).await {
            Ok(view) => {
                let sentence = "Undone: the dates are as they were before.".to_owned();
                announce::polite(&sentence);
                state.saved(Ok(view), sentence);
                load_log(state).await;
            }
            Err(error) => {
                failed.try_set(Some(words::undo_failed(&error)));
            }
        }
    });
}
