//! A mentee as a catalogue card: without a mentor in the left pane, with one in a berth.

use std::collections::BTreeSet;

use leptos::prelude::*;
use tandem_domain::candidate::Side;
use tandem_domain::id::ApplicationId;

use super::desk::{Desk, Marks};
use super::list::Spot;
use super::move_menu::MoveMenu;
use super::roving::Roving;
use super::state::{BoardState, Trigger};
use super::words;
use crate::ui::icon::{Icon, Shape};
use crate::widgets::person_chip::{place_line, slug_words};
use crate::widgets::score_bar::ScoreBar;

/// The id of a card in the page.
pub(super) fn card_id(who: ApplicationId) -> String {
    format!("card-{who}")
}

/// The id of a second card of somebody who stands with a mentor.
pub(super) fn also_id(who: ApplicationId) -> String {
    format!("also-{who}")
}

/// What a card says of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Facts {
    /// The name.
    pub(super) name: String,
    /// What people call the application.
    pub(super) reference: String,
    /// Kind of institution and place.
    pub(super) line: String,
    /// Areas: for a mentee by rank, for a mentor what is offered.
    pub(super) areas: Vec<String>,
    /// Left without a partner last time.
    pub(super) is_carried_over: bool,
}

impl Facts {
    /// The facts of somebody on the board.
    pub(super) fn of(state: BoardState, who: ApplicationId) -> Memo<Self> {
        let desk = state.desk();
        Memo::new(move |_| {
            desk.with(|desk| {
                let Some(candidate) = desk.candidate(who) else {
                    return Self::default();
                };
                let areas = match &candidate.side {
                    Side::Mentee { areas, .. } => areas.iter().map(slug_words).collect(),
                    Side::Mentor { areas, .. } => super::mentor_row::offered(areas),
                };
                Self {
                    name: candidate.name.clone(),
                    reference: candidate.reference.clone(),
                    line: place_line(candidate),
                    areas,
                    is_carried_over: candidate.carried_over,
                }
            })
        })
    }
}

/// A mentee in the left pane. One that has a mentor is listed there too when all are shown, but
/// the card that counts stands in the berth.
#[component]
pub(super) fn MenteeCard(
    /// Who.
    mentee: ApplicationId,
    /// Where in the list.
    spot: Memo<Spot>,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let facts = Facts::of(state, mentee);
    let mentor = Memo::new(move |_| desk.with(|desk| desk.mentor_of(mentee)));
    let is_free = move || mentor.get().is_none();
    let good = Memo::new(move |_| desk.with(|desk| words::good_options(desk, mentee)));
    let areas = move || {
        facts.with(|facts| {
            let ranked = facts.areas.iter().zip(1..);
            let ranked = ranked.map(|(area, rank)| format!("{rank}\u{a0}{area}"));
            ranked.collect::<Vec<_>>().join("  ")
        })
    };
    let status = move || match mentor.get() {
        Some(mentor) => view! { <PairLine mentee mentor /> }.into_any(),
        None => view! { <p class="mentee-card__good">{move || good.get()}</p> }.into_any(),
    };
    view! {
        <Card mentee roving spot is_second=Signal::derive(move || !is_free())>
            <p class="mentee-card__name">{move || facts.with(|facts| facts.name.clone())}</p>
            <p class="mentee-card__line">{move || facts.with(|facts| facts.line.clone())}</p>
            <p class="mentee-card__areas">{areas}</p>
            <div class="mentee-card__foot">
                {status}
                <Show when=move || facts.with(|facts| facts.is_carried_over)>
                    <p class="mentee-card__mark">"Left over last time"</p>
                </Show>
                <Show when=move || is_free() && desk.with(Desk::may_change)>
                    <PickUp mentee roving />
                </Show>
            </div>
        </Card>
    }
}

/// A mentee in a berth.
#[component]
pub(super) fn PairCard(
    /// The mentee.
    mentee: ApplicationId,
    /// The mentor.
    mentor: ApplicationId,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let facts = Facts::of(state, mentee);
    let score = Memo::new(move |_| desk.with(|desk| desk.score(mentee, mentor)));
    let placement = Memo::new(move |_| desk.with(|desk| desk.placement(mentee).cloned()));
    let is_locked =
        move || placement.with(|placement| placement.as_ref().is_some_and(|one| one.locked));
    let stands = move || {
        placement.with(|one| {
            one.as_ref()
                .is_some_and(|one| one.override_reason.is_some())
        })
    };
    let breaks =
        Memo::new(move |_| desk.with(|desk| desk.board().rules(mentee, mentor).first().copied()));
    view! {
        <Card mentee roving is_second=Signal::stored(false)>
            <p class="mentee-card__name">{move || facts.with(|facts| facts.name.clone())}</p>
            <div class="mentee-card__foot">
                <ScoreBar score />
                <Show when=is_locked>
                    <p class="mentee-card__mark">
                        <Icon shape=Shape::Lock />
                        "Locked"
                    </p>
                </Show>
                <Show when=stands>
                    <p class="mentee-card__mark">"Allowed by the chair"</p>
                </Show>
                <Show when=move || breaks.get().is_some()>
                    <p class="mentee-card__mark mentee-card__mark--broken">
                        <Icon shape=Shape::Warning />
                        "Breaks a rule now"
                    </p>
                </Show>
            </div>
        </Card>
    }
}

/// The frame of a card: what can be lifted, focused, opened.
#[component]
fn Card(
    /// Who.
    mentee: ApplicationId,
    /// The pane's tab stop.
    roving: Roving,
    /// Whether the card that counts stands elsewhere.
    is_second: Signal<bool>,
    /// Where in the list, for one that is a row of it.
    #[prop(optional)]
    spot: Option<Memo<Spot>>,
    /// What the card says.
    children: Children,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let name = Memo::new(move |_| desk.with(|desk| words::card_name(desk, mentee)));
    let reference = Memo::new(move |_| {
        desk.with(|desk| desk.candidate(mentee).map(|one| one.reference.clone()))
    });
    let may_lift = Memo::new(move |_| {
        desk.with(|desk| {
            desk.may_change()
                && !desk
                    .placement(mentee)
                    .is_some_and(|placement| placement.locked)
        })
    });
    let is_held = Memo::new(move |_| state.held().get().is_some_and(|held| held.mentee == mentee));
    let is_flashing = Memo::new(move |_| state.flash().with(|flash| flash.contains(&mentee)));
    let is_shown = Memo::new(move |_| state.looked_at().get() == Some(mentee));
    let is_selected = Memo::new(move |_| state.selected().with(|all| all.contains(&mentee)));
    let marked = move |of: fn(&Marks) -> &BTreeSet<ApplicationId>| {
        Memo::new(move |_| desk.with(|desk| of(desk.marks()).contains(&mentee)))
    };
    let is_news = marked(|marks| &marks.news);
    let is_commented = marked(|marks| &marks.commented);
    let is_choosing = Memo::new(move |_| state.selected().with(|all| !all.is_empty()));
    let label = move || {
        let selected = if is_selected.get() { " Selected." } else { "" };
        let news = if is_news.get() {
            " Changed since you last looked."
        } else {
            ""
        };
        let comments = if is_commented.get() {
            " With open comments."
        } else {
            ""
        };
        let place = spot.map(|spot| spot.get());
        let place = place.map_or_else(String::new, |spot| {
            format!(" {} of {}.", spot.idx + 1, spot.n_rows)
        });
        format!("{}{selected}{news}{comments}{place}", name.get())
    };
    let tab_index = roving.tab_index(mentee);
    let other = Memo::new(move |_| {
        let others = state.others();
        others.with(|others| words::here::busy_with(others, mentee))
    });
    view! {
        <div
            class="mentee-card"
            role="group"
            id=move || if is_second.get() { also_id(mentee) } else { card_id(mentee) }
            data-mentee=move || reference.get().filter(|_| !is_second.get())
            data-card=mentee.to_string()
            data-lift=move || may_lift.get().then(|| mentee.to_string())
            data-held=move || is_held.get().then_some("true")
            data-flash=move || is_flashing.get().then_some("true")
            data-shown=move || is_shown.get().then_some("true")
            data-choosing=move || is_choosing.get().then_some("true")
            data-selected=move || is_selected.get().then_some("true")
            data-news=move || is_news.get().then_some("true")
            data-commented=move || is_commented.get().then_some("true")
            aria-label=label
            tabindex=move || tab_index.get()
            on:focusin=move |_| roving.choose(mentee)
            on:click=move |event| clicked(state, roving, mentee, &event)
        >
            <Show when=move || may_lift.get()>
                <span class="mentee-card__grip" data-grip="" aria-hidden="true"></span>
            </Show>
            <Show when=move || is_choosing.get()>
                <SelectBox mentee is_selected tab_index />
            </Show>
            <div class="mentee-card__text">{children()}</div>
            <span class="mentee-card__other">{move || other.get()}</span>
            <MoveMenu mentee tab_index />
        </div>
    }
}

/// A click shows somebody; with the keys that choose several everywhere it chooses.
fn clicked(
    state: BoardState,
    roving: Roving,
    mentee: ApplicationId,
    event: &leptos::ev::MouseEvent,
) {
    if event.shift_key() {
        state.select_to(mentee, &roving.order());
    } else if event.ctrl_key() || event.meta_key() {
        state.toggle(mentee);
    } else {
        state.look_at(Some(mentee));
    }
}

/// A box to choose somebody with, there as soon as anybody is chosen: a finger needs no keys then.
#[component]
fn SelectBox(
    /// Who.
    mentee: ApplicationId,
    /// Whether chosen.
    is_selected: Memo<bool>,
    /// Its place in the tab order.
    tab_index: Signal<i32>,
) -> impl IntoView {
    let state = BoardState::expect();
    let label = move || {
        let desk = state.desk();
        desk.with(|desk| format!("Select {}", desk.name(mentee)))
    };
    view! {
        <label class="mentee-card__select" on:click=|event| event.stop_propagation()>
            <input
                type="checkbox"
                aria-label=label
                tabindex=move || tab_index.get()
                prop:checked=move || is_selected.get()
                on:change=move |_| state.toggle(mentee)
            />
        </label>
    }
}

/// "with Jose Aguon, 84 good".
#[component]
fn PairLine(
    /// The mentee.
    mentee: ApplicationId,
    /// The mentor.
    mentor: ApplicationId,
) -> impl IntoView {
    let desk = BoardState::expect().desk();
    let name = move || desk.with(|desk| desk.name(mentor).to_owned());
    let score = Signal::derive(move || desk.with(|desk| desk.score(mentee, mentor)));
    view! {
        <p class="mentee-card__with">
            "with " {name} " "
            <ScoreBar score />
        </p>
    }
}

/// The button that picks somebody up: by a click to choose a place, by a key to choose from a list.
#[component]
fn PickUp(
    /// Who.
    mentee: ApplicationId,
    /// The pane's tab stop.
    roving: Roving,
) -> impl IntoView {
    let state = BoardState::expect();
    let tab_index = roving.tab_index(mentee);
    let picked = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        // A click by a key has no count.
        let trigger = if event.detail() == 0 {
            Trigger::Keyboard
        } else {
            Trigger::Click
        };
        state.pick_up(mentee, trigger);
    };
    view! {
        <button
            type="button"
            class="mentee-card__pick"
            tabindex=move || tab_index.get()
            on:click=picked
        >
            "Pick up"
        </button>
    }
}
