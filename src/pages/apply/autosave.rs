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
use crate::api::json;
use crate::dom::tabs::Tabs;
use crate::dom::{clock, random};
use crate::pages::apply::journal::Place;
use crate::pages::apply::state::ApplyState;
use crate::session::Session;

/// What a tab tells the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    met: i64,
    rev: i64,
    changes: BTreeMap<QuestionId, Option<Answer>>,
}

/// What saving needs: the application, the line to the other tabs, and who hears what time it is.
#[derive(Clone, Copy)]
struct Saver {
    state: ApplyState,
    tabs: Tabs,
    session: Session,
}

/// Keeps the application saved while its screens are open, and what is unsaved when they close.
pub fn start(state: ApplyState, place: Place) {
    let session = Session::expect();
    let timer = Timer::default();
    let stirs = state.stirs();
    let tabs = Tabs::open(&format!("tandem.draft.{}", state.id()), move |text| {
        if let Some(told) = json::read::<Told>(&text) {
            state.heard(told.changes, (told.met, told.rev));
            refresh(state, session);
        }
    });
    let saver = Saver {
        state,
        tabs,
        session,
    };
    Effect::new(move || {
        // Read, not only tracked: a memo that nobody reads hears nothing.
        stirs.get();
        state.kept(place.write(state.journal(clock::millis()).as_ref()));
        timer.ring_for(saver);
    });
    let hidden = window_event_listener(ev::visibilitychange, move |_| {
        if document().hidden() {
            saver.now();
        } else if state.is_at_rest() {
            // The reader comes back to this tab: another device may have gone on meanwhile, or more
            // time may have been granted.
            fetch(state, session);
        }
    });
    let closed = window_event_listener(ev::pagehide, move |_| saver.now());
    let online = window_event_listener(ev::online, move |_| saver.now());
    on_cleanup(move || {
        saver.now();
        timer.stop();
        hidden.remove();
        closed.remove();
        online.remove();
    });
}

/// When the next save is due. A key moves that on; the timer goes on running and looks again when it
/// rings, which costs less than winding it up at each key.
#[derive(Clone, Copy)]
struct Timer {
    armed: StoredValue<Option<(u64, TimeoutHandle)>>,
}

impl Default for Timer {
    fn default() -> Self {
        Self {
            armed: StoredValue::new(None),
        }
    }
}

impl Timer {
    /// Rings no later than the next save is due.
    fn ring_for(self, saver: Saver) {
        let now_ms = clock::millis();
        let Some(wait_ms) = saver.state.wait_ms(now_ms) else {
            return;
        };
        let due_ms = now_ms + wait_ms;
        let is_in_time = |armed: &Option<(u64, TimeoutHandle)>| {
            armed
                .as_ref()
                .is_some_and(|(rings_ms, _)| *rings_ms <= due_ms)
        };
        if self.armed.try_with_value(is_in_time) != Some(false) {
            return;
        }
        self.stop();
        let rings = move || {
            self.armed.try_set_value(None);
            if saver.state.wait_ms(clock::millis()) == Some(0) {
                saver.save();
            } else {
                self.ring_for(saver);
            }
        };
        let handle = set_timeout_with_handle(rings, Duration::from_millis(wait_ms));
        self.armed
            .try_set_value(handle.ok().map(|handle| (due_ms, handle)));
    }

    fn stop(self) {
        if let Some(Some((_, handle))) = self.armed.try_update_value(Option::take) {
            handle.clear();
        }
    }
}

impl Saver {
    /// Saves without waiting.
    fn now(self) {
        self.state.hurry(clock::millis());
        self.save();
    }

    fn save(self) {
        let Self {
            state,
            tabs,
            session,
        } = self;
        let Ok(op_id) = random::uuid().parse() else {
            return;
        };
        let Some(save) = state.next_save(clock::millis(), op_id) else {
            return;
        };
        let id = state.id();
        spawn_local(async move {
            let sent = clock::now();
            let answer = applications::save_draft(id, &save).await;
            if let Ok(saved) = &answer {
                session.hear_program_time(saved.server_now, sent, clock::now());
                if let Ok(text) = serde_json::to_string(&told(&save, saved)) {
                    tabs.say(&text);
                }
            }
            state.answered(answer, clock::millis(), random::below(1_000));
            refresh(state, session);
        });
    }
}

/// Fetches the draft after something happened to it elsewhere, until that succeeds.
pub fn catch_up(state: ApplyState, session: Session) {
    state.fell_behind();
    refresh(state, session);
}

/// Signed in again: goes on where the session ended.
pub fn resume(state: ApplyState, session: Session) {
    state.signed_in(clock::millis());
    refresh(state, session);
}

/// Fetches the draft if others saved something this tab has not seen.
fn refresh(state: ApplyState, session: Session) {
    if state.needs_refresh() {
        fetch(state, session);
    }
}

fn fetch(state: ApplyState, session: Session) {
    let id = state.id();
    spawn_local(async move {
        let sent = clock::now();
        match applications::draft(id).await {
            Ok(view) => {
                session.hear_program_time(view.server_now, sent, clock::now());
                state.refreshed(view);
            }
            // Without it the next save would not know what it overwrites: it is tried again.
            Err(error) if state.not_refreshed(&error) => {
                let again = move || refresh(state, session);
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
        met: saved.met,
        rev: saved.rev,
        changes: changes
            .map(|(id, answer)| (id.clone(), answer.clone()))
            .collect(),
    }
}
