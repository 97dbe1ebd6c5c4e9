//! The middle pane: mentors with their places and pairs.

use leptos::prelude::*;

use super::list::Rows;
use super::mentor_row::MentorRow;
use super::pane::PaneHead;
use super::panes::Panes;
use super::state::BoardState;

/// The mentors.
#[component]
pub(super) fn Mentors(
    /// The lists.
    panes: Panes,
) -> impl IntoView {
    let state = BoardState::expect();
    let (list, roving) = (panes.mentors, panes.in_rows);
    let free = Memo::new(move |_| state.summary().with(|summary| summary.n_free));
    let count = Signal::derive(move || match free.get() {
        0 => "every place is taken".to_owned(),
        1 => "1 place free".to_owned(),
        n_free => format!("{n_free} places free"),
    });
    view! {
        <section class="pane pane--mentors" data-pane="mentors" aria-labelledby="pane-mentors">
            <PaneHead id="pane-mentors" title="Mentors" count />
            <Rows list row=move |mentor, _| view! { <MentorRow mentor roving /> }>
                <p class="pane__empty">"No mentor matches the search."</p>
            </Rows>
        </section>
    }
}
