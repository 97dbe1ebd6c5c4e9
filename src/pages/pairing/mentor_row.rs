//! A mentor with the places: pairs in their berths, a dashed slot for each free place, and, while
//! somebody is being placed, what letting go here would do.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use tandem_domain::candidate::Offer;
use tandem_domain::form::definition::Slug;
use tandem_domain::id::ApplicationId;

use super::mentee_card::{Facts, PairCard};
use super::rank::{self, Place, Verdict};
use super::roving::Roving;
use super::state::{BoardState, Over, Trigger};
use super::words;
use crate::widgets::person_chip::slug_words;
use crate::widgets::score_bar::{ScoreBar, word};

/// The areas a mentor offers: those that can be led first.
pub(super) fn offered(areas: &BTreeMap<Slug, Offer>) -> Vec<String> {
    let of = |wanted: Offer| {
        areas
            .iter()
            .filter(move |(_, offer)| **offer == wanted)
            .map(|(area, _)| slug_words(area))
    };
    of(Offer::Strong)
        .chain(of(Offer::Some).map(|area| format!("{area} (some)")))
        .collect()
}

/// The id of a mentor's card in the page.
pub(super) fn mentor_id(mentor: ApplicationId) -> String {
    format!("mentor-{mentor}")
}

/// All mentors as places for whoever is held, shared by the rows.
pub(super) type Places = Memo<Option<Arc<Vec<Place>>>>;

/// A mentor with the places.
#[component]
pub(super) fn MentorRow(
    /// Who.
    mentor: ApplicationId,
    /// What each mentor would be for whoever is held.
    places: Places,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let reference = Memo::new(move |_| {
        desk.with(|desk| desk.candidate(mentor).map(|one| one.reference.clone()))
    });
    let occupants = Memo::new(move |_| desk.with(|desk| desk.occupants(mentor)));
    let n_free = Memo::new(move |_| {
        desk.with(|desk| {
            desk.capacity(mentor)
                .saturating_sub(desk.occupants(mentor).len())
        })
    });
    let place = place(state, mentor, places);
    let is_over = Memo::new(
        move |_| matches!(state.over().get(), Some(Over::Mentor(over, _)) if over == mentor),
    );
    let near = Memo::new(move |_| match state.over().get() {
        Some(Over::Mentor(over, near)) if over == mentor => near,
        _ => None,
    });
    let band = move || place.with(|place| place.as_ref().map(|place| word(place.score)));
    let verdict = move || place.with(|place| place.as_ref().map(|place| kind(&place.verdict)));
    view! {
        <div
            class="mentor-row"
            data-mentor=move || reference.get()
            data-drop=mentor.to_string()
            data-band=band
            data-verdict=verdict
            data-over=move || is_over.get().then_some("true")
            on:click=move |_| choose(state, mentor)
        >
            <MentorHead mentor place roving />
            <ul class="mentor-row__berths" aria-label="Places">
                <For each=move || occupants.get() key=|mentee| *mentee let:mentee>
                    <li
                        class="mentor-row__berth"
                        data-slot=mentee.to_string()
                        data-near=move || {
                            (near.get() == Some(mentee) && n_free.get() == 0).then_some("true")
                        }
                    >
                        <PairCard mentee mentor roving />
                    </li>
                </For>
                <For each=move || 0..n_free.get() key=|place_idx| *place_idx let:_place_idx>
                    <li class="mentor-row__free">"Free place"</li>
                </For>
            </ul>
        </div>
    }
}

/// The card of the mentor, and in the same room what placing would do.
#[component]
fn MentorHead(
    /// Who.
    mentor: ApplicationId,
    /// What placing would do, while somebody is held.
    place: Memo<Option<Place>>,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let facts = Facts::of(state, mentor);
    let free = Memo::new(move |_| desk.with(|desk| words::places_free(desk, mentor)));
    let label = Memo::new(move |_| desk.with(|desk| words::card_name(desk, mentor)));
    let is_shown = Memo::new(move |_| state.looked_at().get() == Some(mentor));
    let tab_index = roving.tab_index(mentor);
    let areas = move || {
        let areas = facts.with(|facts| facts.areas.clone());
        areas
            .into_iter()
            .map(|area| view! { <li class="mentor-row__area">{area}</li> })
            .collect_view()
    };
    view! {
        <div
            class="mentor-row__head"
            role="group"
            id=mentor_id(mentor)
            data-card=mentor.to_string()
            data-shown=move || is_shown.get().then_some("true")
            aria-label=move || label.get()
            tabindex=move || tab_index.get()
            on:focusin=move |_| roving.choose(mentor)
            on:click=move |_| {
                if state.held().get_untracked().is_none() {
                    state.look_at(Some(mentor));
                }
            }
        >
            <p class="mentor-row__name">{move || facts.with(|facts| facts.name.clone())}</p>
            <p class="mentor-row__places">{move || free.get()}</p>
            <p class="mentor-row__line">{move || facts.with(|facts| facts.line.clone())}</p>
            <div class="mentor-row__stack">
                <ul class="mentor-row__areas" aria-label="Areas">{areas}</ul>
                <Show when=move || place.with(Option::is_some)>
                    <PlaceHere mentor place />
                </Show>
            </div>
        </div>
    }
}

/// What placing would do, as a button.
#[component]
fn PlaceHere(
    /// The mentor.
    mentor: ApplicationId,
    /// What placing would do.
    place: Memo<Option<Place>>,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let score =
        Signal::derive(move || place.with(|place| place.as_ref().map_or(0, |one| one.score)));
    let is_refused = move || {
        place.with(|place| {
            place
                .as_ref()
                .is_some_and(|place| matches!(place.verdict, Verdict::Refused(_)))
        })
    };
    let text = move || {
        let held = state.held().get().map(|held| held.mentee);
        let verdict = place.with(|place| place.as_ref().map(|place| place.verdict.clone()));
        held.zip(verdict)
            .map(|(held, verdict)| desk.with(|desk| words::verdict_words(desk, held, &verdict)))
    };
    let warns = move || {
        place.with(|place| match place.as_ref().map(|place| &place.verdict) {
            Some(Verdict::Does { warnings, .. }) if !warnings.is_empty() => {
                Some(words::warnings_words(warnings))
            }
            _ => None,
        })
    };
    let chosen = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        choose(state, mentor);
    };
    view! {
        <button
            type="button"
            class="mentor-row__here"
            aria-disabled=move || is_refused().then_some("true")
            on:click=chosen
        >
            <Show when=move || !is_refused() fallback=|| view! {
                <span class="mentor-row__not">"Not possible"</span>
            }>
                <ScoreBar score />
            </Show>
            <span class="mentor-row__does">{text}</span>
            {move || warns().map(|warns| view! { <span class="mentor-row__warns">{warns}</span> })}
        </button>
    }
}

/// The place this mentor would be; where the pointer is over somebody here, that one is meant.
fn place(state: BoardState, mentor: ApplicationId, places: Places) -> Memo<Option<Place>> {
    Memo::new(move |_| {
        let place = places.with(|places| {
            places
                .as_ref()?
                .iter()
                .find(|one| one.mentor == mentor)
                .cloned()
        })?;
        match state.over().get() {
            Some(Over::Mentor(over, near @ Some(_))) if over == mentor => {
                let held = state.held().get()?.mentee;
                let verdict = state
                    .desk()
                    .with(|desk| rank::verdict(desk, held, mentor, near));
                Some(Place { verdict, ..place })
            }
            _ => Some(place),
        }
    })
}

/// A click on a mentor places whoever was picked up.
fn choose(state: BoardState, mentor: ApplicationId) {
    if let Some(held) = state.held().get_untracked() {
        state.place(held.mentee, mentor, None, Trigger::Click);
    }
}

fn kind(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Stays => "stays",
        Verdict::Does { .. } => "possible",
        Verdict::Refused(_) => "refused",
    }
}
