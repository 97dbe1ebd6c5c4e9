//! What keeps an application saved: writes the journal at once, saves after a pause, hurries when
//! the page is hidden or the connection is back, and tells the other tabs. Sets no signal itself.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use tandem_api::application::{DraftSaved, FieldResult, SaveDraft};
use tandem_domain::form::answer::Answer;
use tandem_domain::form::definition::QuestionId;

use crate::api::applications;
use crate::dom::tabs::Tabs;
use crate::dom::{clock, random};
use crate::pages::apply::journal::Place;
use crate::pages::apply::state::ApplyState;

/// What a tab tells the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    rev: i64,
    changes: BTreeMap<QuestionId, Option<Answer>>,
}

/// Keeps the application saved while its screens are open, and what is unsaved when they close.
pub fn start(state: ApplyState, place: Place) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stirs = state.stirs();
    let tabs = Tabs::open(&format!("tandem.draft.{}", state.id()), move |text| {
        if let Ok(told) = serde_json::from_str::<Told>(&text) {
            state.heard(told.changes, told.rev);
            refresh(state);
        }
    });
    Effect::new(move || {
        // Read, not only tracked: a memo that nobody reads hears nothing.
        stirs.get();
        place.write(state.journal(clock::millis()).as_ref());
        stop(timer);
        if let Some(wait_ms) = state.wait_ms(clock::millis()) {
            let wait = Duration::from_millis(wait_ms);
            timer.set_value(set_timeout_with_handle(move || save(state, tabs), wait).ok());
        }
    });
    let hidden = window_event_listener(ev::visibilitychange, move |_| {
        if document().hidden() {
            now(state, tabs);
        } else {
            refresh_quietly(state);
        }
    });
    let closed = window_event_listener(ev::pagehide, move |_| now(state, tabs));
    let online = window_event_listener(ev::online, move |_| now(state, tabs));
    on_cleanup(move || {
        now(state, tabs);
        stop(timer);
        hidden.remove();
        closed.remove();
        online.remove();
    });
}

/// Saves without waiting.
fn now(state: ApplyState, tabs: Tabs) {
    state.hurry(clock::millis());
    save(state, tabs);
}

fn stop(timer: StoredValue<Option<TimeoutHandle>>) {
    if let Some(Some(timer)) = timer.try_update_value(Option::take) {
        timer.clear();
    }
}

fn save(state: ApplyState, tabs: Tabs) {
    let Ok(op_id) = random::uuid().parse() else {
        return;
    };
    let Some(save) = state.next_save(clock::millis(), op_id) else {
        return;
    };
    let id = state.id();
    spawn_local(async move {
        let answer = applications::save_draft(id, &save).await;
        if let Ok(saved) = &answer
            && let Ok(text) = serde_json::to_string(&told(&save, saved))
        {
            tabs.say(&text);
        }
        state.answered(answer, clock::millis(), random::below(1_000));
        refresh(state);
    });
}

/// Fetches the draft if others saved something this tab has not seen.
fn refresh(state: ApplyState) {
    if state.needs_refresh() {
        fetch(state);
    }
}

/// The reader comes back to this tab: another device may have gone on meanwhile.
fn refresh_quietly(state: ApplyState) {
    if state.is_settled() {
        fetch(state);
    }
}

fn fetch(state: ApplyState) {
    let id = state.id();
    spawn_local(async move {
        match applications::draft(id).await {
            Ok(view) => state.refreshed(view),
            // Without it the next save would not know what it overwrites: it is tried again.
            Err(_) if state.needs_refresh() => {
                let again = move || refresh(state);
                let wait = Duration::from_secs(5);
                // Without a timer the next change of anything asks again.
                set_timeout_with_handle(again, wait).ok();
            }
            Err(_) => (),
        }
    });
}

fn told(save: &SaveDraft, saved: &DraftSaved) -> Told {
    let is_saved = |id: &QuestionId| saved.results.get(id) == Some(&FieldResult::Ok);
    let changes = save.changes.iter().filter(|(id, _)| is_saved(id));
    Told {
        rev: saved.rev,
        changes: changes
            .map(|(id, answer)| (id.clone(), answer.clone()))
            .collect(),
    }
}
