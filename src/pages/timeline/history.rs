//! The changes there were, newest first, and undoing one.

use chrono::NaiveDate;
use leptos::prelude::*;
use tandem_api::timeline::ChangeView;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::log::is_in_force;

use super::state::TimelineState;
use super::{words, work};
use crate::load::Load;
use crate::ui::button::{Button, Look};
use crate::ui::date_words::long_day;
use crate::ui::disclosure::Disclosure;
use crate::ui::notice::{Kind, Notice};
use crate::widgets::timeline_track::today_in;

/// How many changes are shown.
const SHOWN: usize = 20;

/// What was done last, and how to undo it.
#[component]
pub(super) fn Done(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let done = move || {
        state.done().get().map(|done| {
            let button = state.undoable().map(|change| {
                let press = Callback::new(move |()| work::undo(state, change, failed));
                view! { <Button on_press=press>"Undo"</Button> }
            });
            view! {
                <Notice kind=Kind::Success>
                    <p>{done.sentence}</p>
                    {button}
                </Notice>
            }
        })
    };
    let failure = move || {
        failed
            .get()
            .map(|sentence| view! { <Notice kind=Kind::Error>{sentence}</Notice> })
    };
    view! {
        <div role="status">{done}</div>
        {failure}
    }
}

/// The changes there were.
#[component]
pub(super) fn History(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let changes = move || match state.log().get() {
        Load::Waiting => view! { <p>"The changes are on their way."</p> }.into_any(),
        Load::Failed(error) => view! { <p>{error.sentence()}</p> }.into_any(),
        Load::Ready(log) if log.is_empty() => {
            view! { <p>"Nothing has been changed yet."</p> }.into_any()
        }
        Load::Ready(log) => {
            let zone = state
                .read(|view| view.zone.clone())
                .unwrap_or_else(ZoneName::aoe);
            let undone_by = |id| log.iter().find(|one| one.id == id)?.undone_by;
            let lines = log
                .iter()
                .take(SHOWN)
                .map(|change| {
                    let holds = is_in_force(change.id, undone_by);
                    line(state, change, (today_in(&zone, change.at), holds), failed)
                })
                .collect_view();
            view! { <ol class="changes">{lines}</ol> }.into_any()
        }
    };
    let failure = move || {
        failed
            .get()
            .map(|sentence| view! { <Notice kind=Kind::Error>{sentence}</Notice> })
    };
    view! {
        <Show when=move || state.may_change()>
            <Disclosure summary="What was changed">{failure} {changes}</Disclosure>
        </Show>
    }
}

/// One change, made on a day in the official zone.
fn line(
    state: TimelineState,
    change: &ChangeView,
    (on, is_in_force): (NaiveDate, bool),
    failed: RwSignal<Option<String>>,
) -> AnyView {
    let names: Vec<String> = change
        .delta
        .items
        .iter()
        .filter_map(|changed| changed.after.as_ref().or(changed.before.as_ref()))
        .map(|item| item.title.text().to_owned())
        .collect();
    let verb = if change.undoes.is_some() {
        "undid a change of"
    } else {
        "changed"
    };
    let what = format!(
        "{}: {} {verb} {}.",
        long_day(on),
        change.by,
        if names.len() > 3 {
            words::count(names.len(), "entry", "entries")
        } else {
            names.join(", ")
        }
    );
    let id = change.id;
    let undo = change.can_undo.then(|| {
        let press = Callback::new(move |()| work::undo(state, id, failed));
        view! {
            <Button look=Look::Quiet on_press=press>
                "Undo"
            </Button>
        }
    });
    let note = (!change.note.is_empty()).then(|| {
        view! { <span class="changes__note">{change.note.clone()}</span> }
    });
    let undone = (!is_in_force).then_some(" It was undone.");
    view! {
        <li>
            {what} {undone} {note} {undo}
        </li>
    }
    .into_any()
}
