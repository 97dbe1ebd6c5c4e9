//! The left pane: mentees, unless asked otherwise those without a mentor.

use leptos::prelude::*;

use super::filters::{self, Show as Shown};
use super::lift::{Lift, POOL};
use super::mentee_card::MenteeCard;
use super::pane::PaneHead;
use super::roving::Roving;
use super::state::{BoardState, Over};

/// The mentees.
#[component]
pub(super) fn Pool(
    /// The pointer door.
    lift: Lift,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let listed = Memo::new(move |_| {
        let query = state.query().get();
        desk.with(|desk| filters::mentees(desk, &query))
    });
    let count = Signal::derive(move || count(state, listed.with(Vec::len)));
    let held_is_paired = Memo::new(move |_| {
        let held = state.held().get()?;
        desk.with(|desk| desk.mentor_of(held.mentee))
    });
    let is_over = Memo::new(move |_| state.over().get() == Some(Over::Pool));
    view! {
        <section
            class="pane"
            data-pane="mentees"
            data-drop=POOL
            data-over=move || {
                (is_over.get() && held_is_paired.get().is_some()).then_some("true")
            }
            aria-labelledby="pane-mentees"
        >
            <PaneHead id="pane-mentees" title="Mentees" count />
            <Show when=move || held_is_paired.get().is_some()>
                <p class="pane__hint">"Let go here to unpair"</p>
            </Show>
            <div class="pane__list" data-scroll="" on:scroll=move |_| lift.scrolled()>
                <ul class="pane__items">
                    <For each=move || listed.get() key=|mentee| *mentee let:mentee>
                        <li>
                            <MenteeCard mentee roving />
                        </li>
                    </For>
                </ul>
                <Show when=move || listed.with(Vec::is_empty)>
                    <p class="pane__empty">{move || nobody(state)}</p>
                </Show>
            </div>
        </section>
    }
}

fn count(state: BoardState, n_listed: usize) -> String {
    match state.query().with(|query| query.show) {
        Shown::Unpaired => format!("{n_listed} without a mentor"),
        Shown::All => format!("{n_listed} in all"),
        Shown::Locked => format!("{n_listed} in a locked pair"),
    }
}

fn nobody(state: BoardState) -> &'static str {
    let (is_search, show) = state
        .query()
        .with(|query| (!query.search.trim().is_empty(), query.show));
    match (is_search, show) {
        (true, _) => "Nobody here matches the search.",
        (false, Shown::Unpaired) => "Every mentee has a mentor.",
        (false, Shown::All) => "No mentee may be paired yet.",
        (false, Shown::Locked) => "No pair is locked.",
    }
}
