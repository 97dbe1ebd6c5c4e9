//! What there is to know of an item, and all that can be done with it.

use leptos::prelude::*;
use tandem_api::path;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::wish::Act;
use tandem_domain::timeline::{Item, Status};

use super::bonds::BondList;
use super::exceptions::Exceptions;
use super::form::ItemForm;
use super::state::TimelineState;
use super::table::{audience, state_words};
use super::{keys, words, work};
use crate::dom::random;
use crate::dom::size::is_narrow;
use crate::ui::button::{Button, Look};
use crate::ui::icon::{Icon, Shape};
use crate::widgets::timeline_picture::items::words as item_words;

/// Days between an item and its copy.
const COPY_LATER: i32 = 7;

/// The item that was chosen.
#[component]
pub(super) fn Panel(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        let id = state.picture().chosen().get()?;
        state.item(id).map(|item| item.id)
    });
    move || chosen.get().map(|id| view! { <Chosen state id /> })
}

/// The item that was chosen.
#[component]
fn Chosen(
    /// What the screen knows.
    state: TimelineState,
    /// Which.
    id: ItemId,
) -> impl IntoView {
    let item = Memo::new(move |_| state.item(id));
    let of = move |what: fn(&Item) -> String| {
        item.with(|item| item.as_ref().map(what).unwrap_or_default())
    };
    let close = move |_| {
        state.picture().choose(None);
        state.picture().focus(id);
    };
    let cohort = state.cohort().get_untracked();
    let cohort_id = cohort.as_ref().map(|cohort| cohort.id);
    let calendar = cohort.map(|cohort| path::item_file(&cohort.slug, id));
    let exceptions =
        move || cohort_id.map(|cohort| view! { <Exceptions state id cohort /> }.into_any());
    view! {
        <section class="item-panel" aria-labelledby="item-panel">
            <div class="item-panel__head">
                <h2 class="item-panel__title" id="item-panel">
                    {move || of(|item| item.title.text().to_owned())}
                </h2>
                <button type="button" class="dialog__close" aria-label="Close" on:click=close>
                    <Icon shape=Shape::Cross />
                </button>
            </div>
            <p>{move || of(item_words)}</p>
            <p class="item-panel__state">
                {move || of(|item| state_words(item).to_owned())} " · for "
                {move || of(|item| audience(item.audience).to_lowercase())}
            </p>
            <Moving state id />
            <Show when=move || state.may_change()>
                <Deeds state id />
                <Fold heading="What is said of it">
                    <ItemForm state id=Some(id) />
                </Fold>
                <Fold heading="What it follows, and what must hold">
                    <BondList state id />
                </Fold>
                <Fold heading="Dates of one person">{exceptions}</Fold>
            </Show>
            <p class="item-panel__file">
                <a href=calendar rel="external" download="">
                    "Add this date to a calendar"
                </a>
            </p>
        </section>
    }
}

/// A part of the panel under its heading. On a phone it is folded until somebody wants it.
#[component]
fn Fold(
    /// What is in it.
    heading: &'static str,
    /// The part itself.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="item-panel__part" open=!is_narrow() aria-label=heading>
            <summary class="item-panel__summary">
                <h3 class="item-panel__heading">{heading}</h3>
                <Icon shape=Shape::ChevronDown />
            </summary>
            <div class="item-panel__inside">{children()}</div>
        </details>
    }
}

/// Moving without dragging: the same wish, by buttons.
#[component]
fn Moving(
    /// What the screen knows.
    state: TimelineState,
    /// Which.
    id: ItemId,
) -> impl IntoView {
    let is_held = move || {
        state
            .grip()
            .with(|grip| grip.is_some_and(|grip| grip.item == id))
    };
    let button = move |words: &'static str, days: i64| {
        let nudge = Callback::new(move |()| keys::nudge(state, days));
        view! { <Button on_press=nudge>{words}</Button> }
    };
    let held = move || {
        state.grip().track();
        state.local().track();
        untrack(|| words::held(state))
    };
    let take = Callback::new(move |()| {
        keys::take(state, id);
    });
    let down = Callback::new(move |()| keys::put_down(state));
    let back = Callback::new(move |()| state.let_go());
    view! {
        <Show when=move || state.may_change()>
            <Show
                when=is_held
                fallback=move || view! { <Button on_press=take>"Move"</Button> }
            >
                <div class="item-panel__move" role="group" aria-label="Move">
                    <p class="item-panel__held">{held}</p>
                    {button("A week earlier", -7)} {button("A day earlier", -1)}
                    {button("A day later", 1)} {button("A week later", 7)}
                    <Button look=Look::Primary on_press=down>
                        "Put down"
                    </Button>
                    <Button look=Look::Quiet on_press=back>
                        "Put back"
                    </Button>
                </div>
            </Show>
        </Show>
    }
}

/// What can be done with an item as it stands.
#[component]
fn Deeds(
    /// What the screen knows.
    state: TimelineState,
    /// Which.
    id: ItemId,
) -> impl IntoView {
    move || {
        let item = state.item(id)?;
        let buttons = deeds(&item)
            .into_iter()
            .map(|(words, deed)| {
                let press = Callback::new(move |()| {
                    if let Some(act) = deed.act(id) {
                        work::act(state, act);
                    }
                });
                view! {
                    <Button look=Look::Quiet on_press=press>
                        {words}
                    </Button>
                }
            })
            .collect_view();
        Some(view! { <div class="item-panel__deeds">{buttons}</div> })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Announce,
    Finish,
    Reopen,
    Cancel,
    Duplicate,
    Delete,
    Lock,
    Unlock,
}

impl Deed {
    fn act(self, item: ItemId) -> Option<Act> {
        Some(match self {
            Self::Announce => Act::Announce { item },
            Self::Finish => Act::Finish { item },
            Self::Reopen => Act::Reopen { item },
            Self::Cancel => Act::Cancel { item },
            Self::Delete => Act::Delete { item },
            Self::Lock => Act::Lock { item },
            Self::Unlock => Act::Unlock { item },
            Self::Duplicate => Act::Duplicate {
                of: item,
                item: random::uuid().parse().ok()?,
                days: COPY_LATER,
            },
        })
    }
}

/// What makes sense for an item as it stands.
fn deeds(item: &Item) -> Vec<(&'static str, Deed)> {
    let mut deeds = match item.status {
        Status::Planned => vec![("Announce", Deed::Announce)],
        Status::Announced => vec![
            ("It took place", Deed::Finish),
            ("Call it off", Deed::Cancel),
        ],
        Status::Done => vec![("It has not taken place yet", Deed::Reopen)],
        Status::Cancelled => vec![("It takes place after all", Deed::Reopen)],
    };
    if item.locked {
        deeds.push(("Unlock", Deed::Unlock));
    } else {
        deeds.push(("Lock", Deed::Lock));
    }
    deeds.push(("Duplicate", Deed::Duplicate));
    if matches!(item.status, Status::Planned | Status::Cancelled) {
        deeds.push(("Delete", Deed::Delete));
    }
    deeds
}
