//! What is looked at: which items, how near, which part; where the keyboard is; what is on the move.

use std::sync::Arc;

use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::layout::arrow::Arrow;
use tandem_domain::timeline::layout::walk::Way;
use tandem_domain::timeline::layout::{Arrangement, Bar, DayNo, Scale, Scene, View, Window, Zoom};

use super::card::{Cards, Type};
use crate::ui::pane::PaneState;

/// How far is scrolled before something is drawn anew, in pixels.
const STEP: i32 = 128;
/// How many percent nearer a step of the zoom is.
const NEARER: i32 = 140;
/// Where in the width of the screen a day is shown that is gone to, in percent.
const LEFT_THIRD: i32 = 30;

/// How near the picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearness {
    /// So near that this fits, however wide the screen is.
    Zoom(Zoom),
    /// As near as it was made by steps.
    Scale(Scale),
}

/// The dates of an item while they are on the move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub id: ItemId,
    /// The day it would begin.
    pub first: DayNo,
    /// The day it would end.
    pub last: DayNo,
}

/// All items at their places.
#[derive(Debug, Clone)]
struct Placed(Arc<Arrangement>);

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What is looked at.
#[derive(Clone, Copy)]
pub struct Picture {
    /// How the ids of its elements begin.
    prefix: &'static str,
    cards: RwSignal<Arc<Cards>>,
    letters: RwSignal<Arc<Type>>,
    near: RwSignal<Nearness>,
    pane: PaneState,
    placed: Memo<Placed>,
    scene: Memo<Scene>,
    present: RwSignal<Option<ItemId>>,
    chosen: RwSignal<Option<ItemId>>,
    held: RwSignal<Option<ItemId>>,
    moved: RwSignal<Vec<Moved>>,
}

impl Picture {
    /// A picture of these items, all of them in view.
    pub fn new(cards: Cards) -> Self {
        Self::of(cards, "")
    }

    /// One more on the same page, which may show the same items.
    pub fn another(cards: Cards) -> Self {
        Self::of(cards, "other-")
    }

    fn of(cards: Cards, prefix: &'static str) -> Self {
        let cards = RwSignal::new(Arc::new(cards));
        let letters = RwSignal::new(Type::guessed());
        let near = RwSignal::new(Nearness::Zoom(Zoom::Fit));
        let pane = PaneState::new();
        let placed = placed(cards, letters, near, pane);
        let present = RwSignal::new(None);
        let held = RwSignal::new(None);
        let window = Memo::new(move |_| window(pane));
        let scene = Memo::new(move |_| {
            let placed = placed.get().0;
            let cards = cards.get();
            let view = View {
                scale: placed.scale(),
                days: placed.days(),
                window: window.get(),
                axis: cards.axis,
                today: cards.today,
            };
            let kept = [present.get(), held.get()];
            let kept = kept.into_iter().flatten().filter_map(|id| cards.place(id));
            placed.scene(&view, &kept.collect::<Vec<usize>>())
        });
        Self {
            prefix,
            cards,
            letters,
            near,
            pane,
            placed,
            scene,
            present,
            chosen: RwSignal::new(None),
            held,
            moved: RwSignal::new(Vec::new()),
        }
    }

    /// Measures the letters that names are set in. Before that their widths are guessed.
    pub(super) fn measure(self) {
        self.letters.set(Type::measured());
    }

    /// Shows other items, or the same with other dates.
    pub fn show(self, cards: Cards) {
        self.cards.set(Arc::new(cards));
        self.moved.set(Vec::new());
    }

    /// What is shown.
    pub fn cards(self) -> ReadSignal<Arc<Cards>> {
        self.cards.read_only()
    }

    /// What can be seen of it.
    pub fn scene(self) -> Memo<Scene> {
        self.scene
    }

    /// What it scrolls in.
    pub fn pane(self) -> PaneState {
        self.pane
    }

    /// Width and height of the whole picture.
    pub fn size(self) -> (i32, i32) {
        self.placed.with(|placed| placed.0.size())
    }

    /// What a day is worth.
    pub fn scale(self) -> Scale {
        self.placed.with_untracked(|placed| placed.0.scale())
    }

    /// Whether it is so near that this fits.
    pub fn is_at(self, zoom: Zoom) -> bool {
        self.near.get() == Nearness::Zoom(zoom)
    }

    /// The first day of the picture: its name in addresses of pixels.
    pub fn stretch(self, first: DayNo, last: DayNo) -> (i32, i32) {
        self.placed.with(|placed| placed.0.stretch(first, last))
    }

    /// Where an item stands while nothing moves it.
    pub fn bar(self, id: ItemId) -> Option<Bar> {
        let place = self.cards.with(|cards| cards.place(id))?;
        self.placed.with(|placed| placed.0.bar(place))
    }

    /// What the item that is looked at follows, and what follows it. While dates are on the move
    /// nothing is drawn where they were.
    pub(super) fn arrows(self) -> Vec<Arrow> {
        let is_still = self.moved.with(Vec::is_empty);
        let Some(chosen) = self.chosen.get().filter(|_| is_still) else {
            return Vec::new();
        };
        let links = self.cards.with(|cards| {
            let place = cards.place(chosen);
            let links = cards.links.iter().filter(|link| {
                let ends = [link.from.0, link.to.0];
                ends.into_iter().any(|end| Some(end) == place)
            });
            links.copied().collect::<Vec<_>>()
        });
        self.placed.with(|placed| placed.0.arrows(&links).collect())
    }

    /// Makes this much fit the screen, around what the reader looks at: the item that has the
    /// keyboard, or today, or else the middle.
    pub fn zoom(self, zoom: Zoom) {
        let seen = self.pane.seen().get_untracked();
        let present = self.present.get_untracked();
        let item = present
            .and_then(|id| untrack(|| self.bar(id)))
            .map(|bar| bar.x);
        let today = self.scene.with_untracked(|scene| scene.today);
        let in_view = |x: &i32| (seen.x..seen.x + seen.width).contains(x);
        let around = item
            .into_iter()
            .chain(today)
            .find(in_view)
            .map(|x| x - seen.x);
        self.look_from(Nearness::Zoom(zoom), around.unwrap_or(seen.width / 2));
    }

    /// A step nearer or farther around a point of the screen, counted from the left edge.
    pub fn step(self, is_nearer: bool, around: Option<i32>) {
        let middle = self.pane.seen().get_untracked().width / 2;
        let percent = if is_nearer { NEARER } else { 10_000 / NEARER };
        let scale = self.scale().by_percent(percent);
        self.look_from(Nearness::Scale(scale), around.unwrap_or(middle));
    }

    /// The day below a point of the screen stays where it is, whatever a day is worth.
    fn look_from(self, near: Nearness, around: i32) {
        let seen = self.pane.seen().get_untracked();
        let days = self.scale().days(seen.x + around);
        self.near.set(near);
        let x = (self.scale().px(days) - around).max(0);
        let size = self.placed.with_untracked(|placed| placed.0.size());
        self.pane.show(size, (x, seen.y));
    }

    /// Scrolls to a day.
    pub fn go_to_day(self, day: DayNo) {
        let seen = self.pane.seen().get_untracked();
        let (x, _) = self
            .placed
            .with_untracked(|placed| placed.0.stretch(day, day));
        self.pane
            .go(((x - seen.width * LEFT_THIRD / 100).max(0), seen.y));
    }

    /// Scrolls just so far that an item can be seen.
    pub fn reveal(self, id: ItemId) {
        const CLEAR: i32 = 48;
        let Some(bar) = untrack(|| self.bar(id)) else {
            return;
        };
        let seen = self.pane.seen().get_untracked();
        let (left, right) = bar.reach();
        let x = if left < seen.x + CLEAR || right - left > seen.width - 2 * CLEAR {
            left - CLEAR
        } else if right > seen.x + seen.width - CLEAR {
            right - seen.width + CLEAR
        } else {
            seen.x
        };
        // The axis and the heading of the lane stay above it.
        let y = if bar.y < seen.y + CLEAR {
            bar.y - CLEAR
        } else {
            seen.y.max(bar.y + 2 * CLEAR - seen.height)
        };
        if (x, y) != (seen.x, seen.y) {
            self.pane.go((x.max(0), y.max(0)));
        }
    }

    /// The item that the Tab key leads to: the one where the keyboard was last, or the first.
    pub fn present(self) -> Option<ItemId> {
        self.present.get().or_else(|| {
            let first = self.scene.with(|scene| {
                let mut bars = scene.lanes.iter().flat_map(|lane| &lane.bars);
                bars.next().map(|bar| bar.entry)
            })?;
            self.cards
                .with(|cards| cards.cards.get(first).map(|card| card.id))
        })
    }

    /// The keyboard is at this item now.
    pub fn visit(self, id: ItemId) {
        if self.present.get_untracked() != Some(id) {
            self.present.set(Some(id));
        }
    }

    /// Brings the keyboard to an item, and the item into view.
    pub fn focus(self, id: ItemId) {
        self.visit(id);
        self.reveal(id);
        // It may only be drawn once the effects have run.
        request_animation_frame(move || {
            self.pane.focus_inside(&self.bar_id(id));
        });
    }

    /// The item whose details are asked for.
    pub fn chosen(self) -> ReadSignal<Option<ItemId>> {
        self.chosen.read_only()
    }

    /// Asks for the details of an item, or of none.
    pub fn choose(self, id: Option<ItemId>) {
        if let Some(id) = id {
            self.visit(id);
        }
        self.chosen.set(id);
    }

    /// The item that is held to be moved.
    pub fn held(self) -> ReadSignal<Option<ItemId>> {
        self.held.read_only()
    }

    /// Takes hold of an item, or lets it go.
    pub fn hold(self, id: Option<ItemId>) {
        if self.held.get_untracked() != id {
            self.held.set(id);
        }
    }

    /// The dates that are on the move.
    pub fn moved(self) -> ReadSignal<Vec<Moved>> {
        self.moved.read_only()
    }

    /// Shows where dates would go.
    pub fn shift(self, moved: Vec<Moved>) {
        if self.moved.with_untracked(|known| *known != moved) {
            self.moved.set(moved);
        }
    }

    /// The id of an item's bar on the page.
    pub(super) fn bar_id(self, id: ItemId) -> String {
        format!("{}bar-{id}", self.prefix)
    }

    /// The id of a lane's heading on the page.
    pub(super) fn lane_id(self, lane: usize) -> String {
        format!("{}lane-{lane}", self.prefix)
    }

    /// Where a key leads from an item: along its lane, or to the lane above or below.
    pub fn neighbour(self, from: ItemId, key: &str) -> Option<ItemId> {
        let cards = self.cards.get_untracked();
        let arrangement = self.placed.with_untracked(|placed| placed.0.clone());
        let place = cards.place(from)?;
        let to = arrangement.neighbour(place, way(key)?)?;
        cards.cards.get(to).map(|card| card.id)
    }
}

/// Where an arrow key leads.
fn way(key: &str) -> Option<Way> {
    Some(match key {
        "ArrowRight" => Way::Later,
        "ArrowLeft" => Way::Earlier,
        "ArrowDown" => Way::Below,
        "ArrowUp" => Way::Above,
        "Home" => Way::First,
        "End" => Way::Last,
        _ => return None,
    })
}

fn placed(
    cards: RwSignal<Arc<Cards>>,
    letters: RwSignal<Arc<Type>>,
    near: RwSignal<Nearness>,
    pane: PaneState,
) -> Memo<Placed> {
    let entries = Memo::new_with_compare(
        move |_| {
            let cards = cards.get();
            let entries = letters.with(|letters| letters.entries(&cards.cards));
            let days = cards.days(&entries);
            (Arc::new(entries), days)
        },
        |_, _| true,
    );
    let width = Memo::new(move |_| pane.seen().get().width);
    let scale = Memo::new(move |_| match near.get() {
        Nearness::Scale(scale) => scale,
        Nearness::Zoom(zoom) => {
            let days = entries.with(|(_, days)| *days);
            Scale::of(zoom, days, width.get().max(1))
        }
    });
    Memo::new(move |_| {
        let (entries, days) = entries.get();
        Placed(Arc::new(Arrangement::new(&entries, scale.get(), days)))
    })
}

fn window(pane: PaneState) -> Window {
    let seen = pane.seen().get();
    let window = Window {
        x: seen.x,
        y: seen.y,
        width: seen.width,
        height: seen.height,
    };
    window.with_margin(STEP)
}
