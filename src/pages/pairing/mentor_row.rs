//! A mentor with the places: pairs in their berths, a dashed slot for each free place, and, while
//! somebody is being placed, what letting go here would do.

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_domain::candidate::Offer;
use tandem_domain::form::definition::Slug;
use tandem_domain::id::ApplicationId;

use super::mentee_card::{Facts, PairCard};
use super::rank::{self, Place, Verdict};
use super::roving::Roving;
use super::state::{BoardState, Over, Trigger};
use super::words::{self, PlaceWords};
use crate::widgets::person_chip::slug_words;
use crate::widgets::score_bar::word;

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

/// A mentor with the places.
#[component]
pub(super) fn MentorRow(
    /// Who.
    mentor: ApplicationId,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let reference = Memo::new(move |_| {
        desk.with(|desk| desk.candidate(mentor).map(|one| one.reference.clone()))
    });
    let occupants =
        Memo::new(move |_| desk.with(|desk| desk.occupants(mentor).collect::<Vec<_>>()));
    let n_free = Memo::new(move |_| desk.with(|desk| desk.n_free(mentor)));
    let place = place(state, mentor);
    let is_over = Memo::new(
        move |_| matches!(state.over().get(), Some(Over::Mentor(over, _)) if over == mentor),
    );
    let near = Memo::new(move |_| match state.over().get() {
        Some(Over::Mentor(over, near)) if over == mentor && n_free.get() == 0 => near,
        _ => None,
    });
    let band = move || place.with(|place| place.as_ref().map(|place| word(place.score)));
    let verdict = move || place.with(|place| place.as_ref().map(|place| kind(&place.verdict)));
    view! {
        <div
            class="mentor-row"
            data-mentor=move || reference.get()
            data-band=band
            data-verdict=verdict
            data-over=move || is_over.get().then_some("true")
            on:click=move |_| choose(state, mentor)
            on:pointerenter=move |_| aim(state, Some(mentor))
            on:pointerleave=move |_| aim(state, None)
            on:focusin=move |_| aim(state, Some(mentor))
        >
            <MentorHead mentor place roving />
            <ul class="mentor-row__berths" aria-label="Places">
                <For each=move || occupants.get() key=|mentee| *mentee let:mentee>
                    <li
                        class="mentor-row__berth"
                        data-near=move || (near.get() == Some(mentee)).then_some("true")
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
            <p class="mentor-row__areas" hidden=move || place.with(Option::is_some)>
                {move || facts.with(|facts| facts.areas.join(", "))}
            </p>
            <PlaceHere mentor place />
        </div>
    }
}

/// What placing would do, as a button. It is there all the time and only shown while somebody is
/// held, so that picking somebody up mounts nothing.
#[component]
fn PlaceHere(
    /// The mentor.
    mentor: ApplicationId,
    /// What placing would do.
    place: Memo<Option<Place>>,
) -> impl IntoView {
    let state = BoardState::expect();
    let here = Memo::new(move |_| {
        let held = state.held().get()?.mentee;
        let place = place.get()?;
        Some(
            state
                .desk()
                .with(|desk| words::place_words(desk, held, &place)),
        )
    });
    let part = move |part: fn(&PlaceWords) -> &str| {
        move || here.with(|here| here.as_ref().map(|here| part(here).to_owned()))
    };
    let chosen = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        choose(state, mentor);
    };
    view! {
        <button
            type="button"
            class="mentor-row__here"
            hidden=move || here.with(Option::is_none)
            aria-disabled=move || {
                here.with(|here| here.as_ref().is_some_and(|here| !here.is_possible))
                    .then_some("true")
            }
            on:click=chosen
        >
            <span class="mentor-row__score">{part(|here| &here.score)}</span>
            " "
            <span class="mentor-row__does">{part(|here| &here.does)}</span>
            " "
            <span class="mentor-row__warns">{part(|here| &here.warns)}</span>
        </button>
    }
}

/// The place this mentor would be; where the pointer is over somebody here, that one is meant.
fn place(state: BoardState, mentor: ApplicationId) -> Memo<Option<Place>> {
    let near = Memo::new(move |_| match state.over().get() {
        Some(Over::Mentor(over, near)) if over == mentor => near,
        _ => None,
    });
    Memo::new(move |_| {
        let held = state.held().get()?.mentee;
        let near = near.get();
        let group = state.group(held);
        let desk = state.desk();
        Some(desk.with(|desk| rank::group::place(desk, &group, mentor, near)))
    })
}

/// While somebody is placed by clicks, what is pointed at or has the keyboard is what is aimed at.
fn aim(state: BoardState, mentor: Option<ApplicationId>) {
    let held = state.held().get_untracked();
    if held.is_some_and(|held| held.trigger == Trigger::Click) {
        state.hover(mentor.map(|mentor| Over::Mentor(mentor, None)));
    }
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
