//! What is drawn below the bars: the grid, the weekends, today, where dates were before they moved,
//! and what follows the item that is looked at.

use std::fmt::Write;

use leptos::prelude::*;
use tandem_domain::timeline::layout::arrow::Arrow;
use tandem_domain::timeline::layout::axis::Tick;
use tandem_domain::timeline::layout::{BAR, DayNo};

use super::state::Picture;

/// The drawing. It covers the whole picture; only what can be seen is in it.
#[component]
pub(super) fn Underlay(
    /// What is looked at.
    picture: Picture,
) -> impl IntoView {
    let size = move |what: fn((i32, i32)) -> i32| what(picture.size()).to_string();
    let lines = move |which: fn(&tandem_domain::timeline::layout::Scene) -> &Vec<Tick>| {
        picture
            .scene()
            .with(|scene| lines(which(scene), scene.height))
    };
    let weekends = move || {
        picture
            .scene()
            .with(|scene| columns(&scene.ticks.weekends, scene.height))
    };
    let today = move || {
        picture.scene().with(|scene| {
            scene
                .today
                .map_or_else(String::new, |x| format!("M{x} 0V{}", scene.height))
        })
    };
    view! {
        <svg
            class="timeline-picture__under"
            aria-hidden="true"
            focusable="false"
            width=move || size(|size| size.0)
            height=move || size(|size| size.1)
        >
            <path class="timeline-picture__weekends" d=weekends />
            <path class="timeline-picture__line" d=move || lines(|scene| &scene.ticks.fine) />
            <path
                class="timeline-picture__line timeline-picture__line--strong"
                d=move || lines(|scene| &scene.ticks.coarse)
            />
            <path class="timeline-picture__ghosts" d=move || ghosts(picture) />
            <path class="timeline-picture__between" d=move || spans(picture) />
            <path class="timeline-picture__arrows" d=move || arrows(picture) />
            <path class="timeline-picture__points" d=move || points(picture) />
            <path class="timeline-picture__today" d=today />
        </svg>
    }
}

fn lines(ticks: &[Tick], height: i32) -> String {
    let mut path = String::new();
    for tick in ticks {
        // Writing into a string cannot fail.
        write!(path, "M{}.5 0V{height}", tick.x).ok();
    }
    path
}

fn columns(ticks: &[Tick], height: i32) -> String {
    let mut path = String::new();
    for tick in ticks {
        // Writing into a string cannot fail.
        write!(
            path,
            "M{} 0h{}V{height}h-{}z",
            tick.x, tick.width, tick.width
        )
        .ok();
    }
    path
}

/// From a date to what follows it.
fn arrows(picture: Picture) -> String {
    let mut path = String::new();
    for Arrow { from, bend, to } in picture.arrows() {
        // Writing into a string cannot fail.
        write!(path, "M{} {}V{bend}H{}V{}", from.0, from.1, to.0, to.1).ok();
    }
    path
}

/// The points of the arrows.
fn points(picture: Picture) -> String {
    let mut path = String::new();
    for Arrow { bend, to, .. } in picture.arrows() {
        // Writing into a string cannot fail.
        write!(path, "M{} {}L{} {bend}h8z", to.0, to.1, to.0 - 4).ok();
    }
    path
}

/// Between which days items will lie: a line as long as that, with an end at either side.
fn spans(picture: Picture) -> String {
    const END: i32 = 6;
    let mut path = String::new();
    let cards = picture.cards().get();
    picture.scene().with(|scene| {
        for bar in scene.lanes.iter().flat_map(|lane| &lane.bars) {
            let between = cards.cards.get(bar.entry).and_then(|card| card.between);
            let Some((first, last)) = between else {
                continue;
            };
            let (x, width) = picture.stretch(first, last);
            let top = bar.y + BAR / 2 - END;
            // Writing into a string cannot fail.
            write!(
                path,
                "M{x} {top}v{}m0-{END}h{width}m0-{END}v{}",
                2 * END,
                2 * END
            )
            .ok();
        }
    });
    path
}

/// Where items stood before: those on the move, and those whose dates were changed.
fn ghosts(picture: Picture) -> String {
    let mut path = String::new();
    let mut ghost = |first: DayNo, last: DayNo, y: i32| {
        let (x, width) = picture.stretch(first, last);
        // Writing into a string cannot fail.
        write!(path, "M{x} {y}h{width}v{BAR}h-{width}z").ok();
    };
    picture.moved().with(|moved| {
        for moved in moved {
            if let Some(bar) = picture.bar(moved.id) {
                ghost(bar.first, bar.last, bar.y);
            }
        }
    });
    let cards = picture.cards().get();
    picture.scene().with(|scene| {
        for bar in scene.lanes.iter().flat_map(|lane| &lane.bars) {
            let was = cards.cards.get(bar.entry).and_then(|card| card.was);
            if let Some((first, last)) = was {
                ghost(first, last, bar.y);
            }
        }
    });
    path
}
