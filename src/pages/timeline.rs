//! The timeline as the committee sees it: as a picture and as a table, both to be changed; before
//! anything is saved everything that follows is said.

mod bond_form;
mod bond_words;
mod bonds;
mod compare;
mod confirm;
mod constraint_form;
mod exceptions;
mod form;
mod hand;
mod history;
mod item_draft;
mod keys;
mod panel;
mod people_words;
mod rule_form;
mod state;
mod table;
mod time_form;
mod words;
mod work;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::compare::Compare;
use self::confirm::Confirm;
use self::form::ItemForm;
use self::hand::Hand;
use self::history::{Done, History};
use self::panel::Panel;
use self::state::TimelineState;
use self::table::DatesTable;
use crate::load::{Load, LoadFailed};
use crate::session::Session;
use crate::session::follow::follow;
use crate::ui::disclosure::Disclosure;
use crate::ui::heading::PageHeading;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::timeline_picture::TimelinePicture;
use crate::widgets::timeline_standing::StandingWords;
use crate::widgets::timeline_track::{TimelineTrack, now_in};

/// The timeline with its dates.
#[component]
pub fn TimelinePage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()));
    let state = TimelineState::new();
    let session = Session::expect();
    Effect::new(move || work::load(state, session, slug.get()));
    let reload = Callback::new(move |()| work::load(state, session, slug.get_untracked()));
    let cohort = Memo::new(move |_| state.cohort().get().map(|cohort| cohort.id));
    // Others change dates too. What is being wished stays wished.
    follow(cohort.into(), reload);
    let loading = state.loading();
    move || match loading.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the timeline" outline=Outline::Rows n_parts=8 /> }
                .into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=reload /> }.into_any(),
        Load::Ready(()) => view! { <Timeline state on_reload=reload /> }.into_any(),
    }
}

/// The timeline that is here.
#[component]
fn Timeline(
    /// What the screen knows.
    state: TimelineState,
    /// Called to fetch everything anew.
    on_reload: Callback<()>,
) -> impl IntoView {
    let title = state
        .cohort()
        .get_untracked()
        .map(|cohort| cohort.title)
        .unwrap_or_default();
    let now = Session::expect().program_time();
    let zone = untrack(|| state.read(|view| view.zone.clone()));
    Effect::new(move || {
        if let Some(zone) = &zone {
            state.time_passes(now_in(zone, now.get()));
        }
    });
    let standing = move || {
        let items = state.read(|view| view.items.clone()).unwrap_or_default();
        let moved = state.read(|view| view.moved.clone()).unwrap_or_default();
        let zone = state.read(|view| view.zone.clone());
        zone.map(|zone| view! { <StandingWords items moved zone now /> })
    };
    let today = Memo::new(move |_| state.now().get().today);
    let printed = move || {
        today.get();
        let items = state.read(|view| view.items.clone()).unwrap_or_default();
        view! { <TimelineTrack items now=state.now().get_untracked() /> }
    };
    view! {
        <article class="timeline">
            <PageHeading kicker=title>"Timeline"</PageHeading>
            {standing}
            <Done state />
            <Stage state />
            <div class="timeline__printed">{printed}</div>
            <Panel state />
            <DatesTable state />
            <Show when=move || state.may_change()>
                <Disclosure summary="Plan another date" has_form=true>
                    <ItemForm state id=None />
                </Disclosure>
            </Show>
            <History state />
            <Compare state />
            <Confirm state on_reload />
        </article>
    }
}

/// The picture, with hands.
#[component]
fn Stage(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let hand = Hand::new(state, root);
    let blurred = window_event_listener(ev::blur, move |_| hand.abort());
    let escaped = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && hand.is_carrying() {
            hand.abort();
        }
    });
    on_cleanup(move || {
        blurred.remove();
        escaped.remove();
    });
    let label = move || {
        state.grip().get()?;
        state.wish().track();
        state.local().track();
        untrack(|| words::held(state))
    };
    view! {
        <div
            class="timeline__stage"
            node_ref=root
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |event| hand.taken(&event)
            on:touchmove=move |event| if hand.is_carrying() { event.prevent_default() }
            on:contextmenu=move |event| if hand.is_carrying() { event.prevent_default() }
            on:keydown=move |event| keys::pressed(state, &event)
        >
            <TimelinePicture picture=state.picture() has_grips=true />
            <p class="timeline__held">{label}</p>
        </div>
    }
}
