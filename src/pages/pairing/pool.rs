//! The left pane: mentees, unless asked otherwise those without a mentor.

use leptos::prelude::*;

use super::filters::Show as Shown;
use super::list::Rows;
use super::mentee_card::MenteeCard;
use super::pane::PaneHead;
use super::panes::Panes;
use super::state::{BoardState, Over};

/// The mentees.
#[component]
pub(super) fn Pool(
    /// The lists.
    panes: Panes,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let (list, roving) = (panes.mentees, panes.in_pool);
    let count = Signal::derive(move || count(state, list.order().with(Vec::len)));
    let held_is_paired = Memo::new(move |_| {
        let held = state.held().get()?;
        desk.with(|desk| desk.mentor_of(held.mentee))
    });
    let is_over = Memo::new(move |_| state.over().get() == Some(Over::Pool));
    view! {
        <section
            class="pane pane--mentees"
            data-pane="mentees"
            data-over=move || {
                (is_over.get() && held_is_paired.get().is_some()).then_some("true")
            }
            aria-labelledby="pane-mentees"
        >
            <PaneHead id="pane-mentees" title="Mentees" count />
            <Show when=move || held_is_paired.get().is_some()>
                <p class="pane__hint">"Let go here to unpair"</p>
            </Show>
            <Rows list row=move |mentee, spot| view! { <MenteeCard mentee spot roving /> }>
                <p class="pane__empty">{move || nobody(state)}</p>
            </Rows>
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
