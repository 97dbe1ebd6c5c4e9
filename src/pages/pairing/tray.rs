//! What was not saved because of others: each with the other's change and a choice.

use leptos::prelude::*;

use super::state::BoardState;
use super::state::decisions::Decision;
use super::words;
use crate::ui::button::{Button, Look};
use crate::ui::notice::{Kind, Notice};

/// What waits for a decision; nothing while nothing does.
#[component]
pub(super) fn Tray() -> impl IntoView {
    let decisions = BoardState::expect().decisions();
    let is_empty = Memo::new(move |_| decisions.with(Vec::is_empty));
    let title = move || words::undecided(decisions.with(Vec::len));
    view! {
        <Show when=move || !is_empty.get()>
            // The announcer has read it; a second live region would say it twice.
            <Notice kind=Kind::Warning>
                <section class="tray" aria-label="Needs your decision">
                    <p class="tray__title">{title}</p>
                    <ul class="tray__list">
                        <For each=move || decisions.get() key=|one| one.id let:decision>
                            <Undecided decision />
                        </For>
                    </ul>
                </section>
            </Notice>
        </Show>
    }
}

/// One change that was not saved.
#[component]
fn Undecided(
    /// Which.
    decision: Decision,
) -> impl IntoView {
    let state = BoardState::expect();
    let Decision { id, text, again } = decision;
    let choices = if again.is_some() {
        view! {
            <Button on_press=move |()| state.keep_theirs(id)>"Keep theirs"</Button>
            <Button on_press=move |()| state.do_anyway(id)>"Do it anyway"</Button>
        }
        .into_any()
    } else {
        view! {
            <Button look=Look::Quiet on_press=move |()| state.keep_theirs(id)>"Close"</Button>
        }
        .into_any()
    };
    view! {
        <li class="tray__line">
            <p class="tray__text">{text}</p>
            <div class="row">{choices}</div>
        </li>
    }
}
