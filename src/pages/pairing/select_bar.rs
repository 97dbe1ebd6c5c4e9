//! What can be done with all mentees that are chosen, as one step that one undo takes back.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::state::selection::ForAll;
use super::state::{BoardState, Picking, Trigger};
use crate::ui::button::{Button, Look};

/// What can be done with all that are chosen; nothing while nobody is.
#[component]
pub(super) fn SelectBar() -> impl IntoView {
    let state = BoardState::expect();
    let selected = state.selected();
    let count = Memo::new(move |_| selected.with(BTreeSet::len));
    let first = move || selected.with_untracked(|selected| selected.first().copied());
    let pick_up = move |()| {
        if let Some(first) = first() {
            state.pick_up(first, Trigger::Click);
        }
    };
    let pick_from = move |()| {
        if let Some(first) = first() {
            state.pick_from(Picking::Mentor(first));
        }
    };
    view! {
        <Show when=move || count.with(|count| *count > 0)>
            <div class="select-bar" role="group" aria-label="Selected mentees">
                <p class="select-bar__count">{move || format!("{} selected", count.get())}</p>
                <Button on_press=pick_up>"Pick up"</Button>
                <Button on_press=pick_from>"Pair with …"</Button>
                {ForAll::ALL.map(for_all)}
                <Button look=Look::Quiet on_press=move |()| state.select_nobody()>
                    "Select nobody"
                </Button>
            </div>
        </Show>
    }
}

fn for_all(what: ForAll) -> AnyView {
    let state = BoardState::expect();
    let cannot = Memo::new(move |_| state.for_all(what).is_none());
    let label = match what {
        ForAll::Unpair => "Unpair",
        ForAll::Lock => "Lock",
        ForAll::Unlock => "Unlock",
    };
    view! {
        <Button disabled=cannot on_press=move |()| state.do_for_all(what, Trigger::Menu)>
            {label}
        </Button>
    }
    .into_any()
}
