//! The middle pane: mentors with their places and pairs.

use leptos::prelude::*;
use tandem_domain::id::ApplicationId;

use super::lift::Lift;
use super::mentor_row::MentorRow;
use super::pane::PaneHead;
use super::roving::Roving;
use super::state::BoardState;

/// The mentors.
#[component]
pub(super) fn Mentors(
    /// The mentors that are listed.
    listed: Memo<Vec<ApplicationId>>,
    /// The pointer door.
    lift: Lift,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let places = state.places();
    let free = Memo::new(move |_| {
        state
            .desk()
            .with(|desk| super::rank::summary::summary(desk).n_free)
    });
    let count = Signal::derive(move || match free.get() {
        0 => "every place is taken".to_owned(),
        1 => "1 place free".to_owned(),
        n_free => format!("{n_free} places free"),
    });
    view! {
        <section class="pane" data-pane="mentors" aria-labelledby="pane-mentors">
            <PaneHead id="pane-mentors" title="Mentors" count />
            <div class="pane__list" data-scroll="" on:scroll=move |_| lift.scrolled()>
                <ul class="pane__items pane__items--rows">
                    <For each=move || listed.get() key=|mentor| *mentor let:mentor>
                        <li>
                            <MentorRow mentor places roving />
                        </li>
                    </For>
                </ul>
                <Show when=move || listed.with(Vec::is_empty)>
                    <p class="pane__empty">"No mentor matches the search."</p>
                </Show>
            </div>
        </section>
    }
}
