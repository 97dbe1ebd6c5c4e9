//! A lane with its items: a heading that stays in view, and a button for each item that can be seen.

use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::layout::{Bar, SceneLane, Shape, Side};

use super::card::Card;
use super::px;
use super::state::Picture;
use crate::widgets::timeline_track::{shape_word, side_word};

/// A lane.
#[component]
pub(super) fn LaneView(
    /// What is looked at.
    picture: Picture,
    /// Which lane, counted from 0.
    lane: usize,
    /// Whether phases can be taken by their ends.
    has_grips: bool,
) -> impl IntoView {
    let place = Memo::new(move |before: Option<&Option<SceneLane>>| {
        let found = picture.scene().with(|scene| {
            let at = scene.lanes.binary_search_by_key(&lane, |seen| seen.lane);
            at.ok().and_then(|at| scene.lanes.get(at).cloned())
        });
        // A lane that leaves the screen leaves the page in a moment.
        found.or_else(|| before.cloned().flatten())
    });
    // What of it most changes leave alone.
    let read = move |what: fn(&SceneLane) -> i32| {
        Memo::new(move |_| place.with(|place| place.as_ref().map_or(0, what)))
    };
    let (top, height) = (read(|lane| lane.y), read(|lane| lane.height));
    let n_items =
        Memo::new(move |_| place.with(|place| place.as_ref().map_or(0, |lane| lane.n_items)));
    let name = move || picture.cards().with(|cards| cards.lanes.get(lane).cloned());
    let bars = move || {
        place.with(|place| {
            let bars = place.iter().flat_map(|place| &place.bars);
            let cards = picture.cards().get();
            bars.filter_map(|bar| Some((cards.cards.get(bar.entry)?.id, *bar)))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div
            class="timeline-picture__lane"
            role="group"
            aria-labelledby=picture.lane_id(lane)
            style:inset-block-start=move || px(top.get())
            style:block-size=move || px(height.get())
        >
            <div class="timeline-picture__lane-name" id=picture.lane_id(lane)>
                {name}
            </div>
            <ul class="timeline-picture__items" role="list">
                <For each=bars key=|(id, _)| *id let((id, bar))>
                    <BarView picture id bar lane=LaneOf { place, top, n_items } has_grips />
                </For>
            </ul>
        </div>
    }
}

/// What an item reads of its lane.
#[derive(Clone, Copy)]
struct LaneOf {
    place: Memo<Option<SceneLane>>,
    top: Memo<i32>,
    n_items: Memo<usize>,
}

/// How wide a name is set beside its bar. On the bar it is as wide as it needs, up to the bar.
fn room(bar: &Bar) -> Option<String> {
    (bar.label.side != Side::Inside).then(|| px(bar.label.room))
}

/// An item.
#[component]
fn BarView(
    /// What is looked at.
    picture: Picture,
    /// Which.
    id: ItemId,
    /// Where it stands at first.
    bar: Bar,
    /// The lane it stands in.
    lane: LaneOf,
    /// Whether phases can be taken by their ends.
    has_grips: bool,
) -> impl IntoView {
    let LaneOf {
        place,
        top,
        n_items,
    } = lane;
    let bar = Memo::new(move |before: Option<&Bar>| {
        let entry = picture.cards().with(|cards| cards.place(id));
        place
            .with(|place| {
                let mut bars = place.iter().flat_map(|place| &place.bars);
                bars.find(|bar| Some(bar.entry) == entry).copied()
            })
            .or(before.copied())
            .unwrap_or(bar)
    });
    let card = Memo::new(move |before: Option<&Option<Card>>| {
        let found = picture.cards().with(|cards| cards.card(id).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let of =
        move |what: fn(&Card) -> &str| card.with(|card| card.as_ref().map_or("", what).to_owned());
    // While it is on the move, the item stands where it would go.
    let stretch = Memo::new(move |_| {
        let bar = bar.get();
        let moved = picture
            .moved()
            .with(|moved| moved.iter().find(|one| one.id == id).copied());
        moved.map_or((bar.x, bar.width), |moved| {
            picture.stretch(moved.first, moved.last)
        })
    });
    // What of it mostly stays when the picture gets nearer.
    let fixed = Memo::new(move |_| Bar {
        x: 0,
        width: 0,
        ..bar.get()
    });
    let is = move |signal: ReadSignal<Option<ItemId>>| (signal.get() == Some(id)).then_some("");
    let grips = (has_grips && bar.get_untracked().shape == Shape::Bar).then(|| {
        let grip = |edge| view! { <span class="timeline-picture__grip" data-edge=edge></span> };
        ["start", "end"].map(grip)
    });
    view! {
        <li
            class="timeline-picture__item"
            aria-setsize=move || n_items.get().to_string()
            aria-posinset=move || (fixed.get().position + 1).to_string()
            data-shape=move || shape_word(fixed.get().shape)
            data-side=move || side_word(fixed.get().label.side)
            data-tone=move || card.with(|card| card.as_ref().map(|card| card.tone))
            data-look=move || of(|card| card.look)
            data-held=move || is(picture.held())
            data-chosen=move || is(picture.chosen())
            style:inset-inline-start=move || px(stretch.get().0)
            style:inline-size=move || px(stretch.get().1)
            style:inset-block-start=move || px(fixed.get().y - top.get())
        >
            <button
                type="button"
                class="timeline-picture__bar-button"
                id=picture.bar_id(id)
                data-item=id.to_string()
                tabindex=move || if picture.present() == Some(id) { "0" } else { "-1" }
            >
                <span class="timeline-picture__shape" aria-hidden="true"></span>
                {grips}
                <span
                    class="timeline-picture__label"
                    style:inline-size=move || room(&fixed.get())
                >
                    <span class="timeline-picture__name">{move || of(|card| &card.title)}</span>
                    <Show when=move || fixed.get().label.has_dates>
                        <span class="timeline-picture__dates" aria-hidden="true">
                            {move || of(|card| &card.dates)}
                        </span>
                    </Show>
                </span>
                <span class="visually-hidden">{move || format!(", {}", of(|card| &card.words))}</span>
            </button>
        </li>
    }
}
