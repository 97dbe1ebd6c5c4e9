//! The dates of a cohort, or of several, as a picture: months as columns, phases as ribbons, single
//! days as flags, today as a line.
//!
//! What has a place comes from `domain::timeline::layout`; only what can be seen is on the page. The
//! bars are buttons over a drawing that nobody needs to hear.

mod axis;
mod bar;
pub mod card;
pub mod items;
pub mod state;
mod underlay;

use leptos::ev::{KeyboardEvent, WheelEvent};
use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::layout::Zoom;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use self::axis::{AxisRow, axis_words};
use self::bar::LaneView;
use self::state::Picture;
use self::underlay::Underlay;
use crate::ui::button::{Button, Look};
use crate::ui::pane::Pane;

/// The picture, with what brings it nearer.
#[component]
pub fn TimelinePicture(
    /// What is looked at.
    picture: Picture,
    /// What it is called, where there is more than one.
    #[prop(default = "The dates as a picture")]
    label: &'static str,
    /// Whether phases can be taken by their ends.
    #[prop(optional)]
    has_grips: bool,
) -> impl IntoView {
    picture.measure();
    let lanes = move || {
        picture
            .scene()
            .with(|scene| scene.lanes.iter().map(|lane| lane.lane).collect::<Vec<_>>())
    };
    // On a phone the table says all of it; the picture is there for those who ask.
    let is_open = RwSignal::new(false);
    view! {
        <div class="timeline-picture" data-open=move || is_open.get().then_some("")>
            <button
                type="button"
                class="button timeline-picture__open"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                "The picture"
            </button>
            <ZoomBar picture />
            <Pane
                state=picture.pane()
                label
                attr:data-timeline-scroll=""
                on:keydown=move |event| walk(picture, &event)
                on:focusin=move |event| visit(picture, &event)
                on:click=move |event| choose(picture, &event)
                on:wheel=move |event| zoom(picture, &event)
            >
                <div
                    class="timeline-picture__canvas"
                    data-held=move || picture.held().get().is_some().then_some("")
                    style:inline-size=move || px(picture.size().0)
                    style:block-size=move || px(picture.size().1)
                >
                    <AxisRow picture />
                    <div class="timeline-picture__body">
                        <Underlay picture />
                        <For each=lanes key=|lane| *lane let:lane>
                            <LaneView picture lane has_grips />
                        </For>
                    </div>
                </div>
            </Pane>
        </div>
    }
}

const ZOOMS: [(Zoom, &str); 5] = [
    (Zoom::Fit, "All"),
    (Zoom::Year, "Year"),
    (Zoom::Quarter, "Quarter"),
    (Zoom::Month, "Month"),
    (Zoom::Week, "Week"),
];

/// How much of the timeline fits the screen.
#[component]
fn ZoomBar(
    /// What is looked at.
    picture: Picture,
) -> impl IntoView {
    let zooms = ZOOMS.map(|(zoom, word)| {
        view! {
            <button
                type="button"
                class="timeline-picture__zoom"
                aria-pressed=move || picture.is_at(zoom).to_string()
                on:click=move |_| picture.zoom(zoom)
            >
                {word}
            </button>
        }
    });
    let today = move || {
        picture.cards().with(|cards| cards.today).map(|today| {
            let go = Callback::new(move |()| picture.go_to_day(today));
            view! {
                <Button look=Look::Quiet on_press=go>
                    "Today"
                </Button>
            }
        })
    };
    let note = move || picture.cards().with(|cards| axis_words(cards.axis));
    view! {
        <div class="timeline-picture__bar">
            <div class="timeline-picture__zooms" role="group" aria-label="How much is shown">
                {zooms}
            </div>
            <div class="timeline-picture__zooms" role="group" aria-label="Nearer or farther">
                <StepButton picture is_nearer=false />
                <StepButton picture is_nearer=true />
            </div>
            {today}
            {note}
        </div>
    }
}

/// A step nearer or farther.
#[component]
fn StepButton(
    /// What is looked at.
    picture: Picture,
    /// Nearer, not farther.
    is_nearer: bool,
) -> impl IntoView {
    let (sign, word) = if is_nearer {
        ("+", "Zoom in")
    } else {
        ("−", "Zoom out")
    };
    view! {
        <button
            type="button"
            class="timeline-picture__zoom"
            aria-label=word
            on:click=move |_| picture.step(is_nearer, None)
        >
            {sign}
        </button>
    }
}

/// A number of pixels as a style says it.
fn px(number: i32) -> String {
    format!("{number}px")
}

/// The item that an event is about.
pub fn item_at(event: &Event) -> Option<ItemId> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let bar = element.closest("[data-item]").ok()??;
    bar.get_attribute("data-item")?.parse().ok()
}

fn visit(picture: Picture, event: &Event) {
    if let Some(id) = item_at(event) {
        picture.visit(id);
    }
}

fn choose(picture: Picture, event: &Event) {
    if let Some(id) = item_at(event) {
        picture.choose(Some(id));
    }
}

fn walk(picture: Picture, event: &KeyboardEvent) {
    let has_modifier = event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key();
    if has_modifier || event.default_prevented() || picture.held().get_untracked().is_some() {
        return;
    }
    let Some(from) = item_at(event) else {
        return;
    };
    if let Some(to) = picture.neighbour(from, &event.key()) {
        event.prevent_default();
        picture.focus(to);
    } else if matches!(
        event.key().as_str(),
        "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight"
    ) {
        // At the edge the keyboard stays, and so does the picture.
        event.prevent_default();
    }
}

fn zoom(picture: Picture, event: &WheelEvent) {
    if event.ctrl_key() {
        event.prevent_default();
        let (left, _) = picture.pane().corner();
        picture.step(event.delta_y() < 0.0, Some(event.client_x() - left));
    }
}
