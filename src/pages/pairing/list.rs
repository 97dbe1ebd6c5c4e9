//! A list of which only the rows in sight are mounted, so that thousands cost no more than dozens.
//!
//! Where a row stands is arithmetic on the heights that the stylesheet gives to the kinds of rows;
//! they are measured when the pane changes its size and never in between. The row that has the
//! pane's tab stop is always mounted, wherever the list is scrolled to.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use tandem_domain::id::ApplicationId;

use crate::dom::size::{self, Watch};
use crate::dom::strip::Strip;
use crate::dom::{focus, measure};

/// How many rows are mounted at most, beside the one with the tab stop.
const MOST_MOUNTED: usize = 58;
/// How far beyond what is seen rows are mounted, in CSS pixels.
const MARGIN: f64 = 160.0;
/// The elements that show how high the kinds of rows are.
const PROBES: &str = "[data-probe]";

/// How high the kinds of rows are, as the stylesheet says at present, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sizes {
    /// A row without its berths, with the gap below it.
    pub(super) row: f64,
    /// What a row has above its first berth.
    pub(super) above: f64,
    /// A berth, with the gap below it.
    pub(super) berth: f64,
    /// Whether berths stand beside the rest of the row, else below it.
    pub(super) is_beside: bool,
    /// What at the lower edge of the list may lie under the bar that says what is being done.
    pub(super) foot: f64,
}

impl Sizes {
    /// The height of a row with so many berths.
    pub(super) fn height(&self, n_berths: usize) -> f64 {
        let berths = self.berth * f64::from(u32::try_from(n_berths).unwrap_or(u32::MAX));
        if self.is_beside {
            self.row.max(2.0 * self.above + berths)
        } else {
            self.row + berths
        }
    }

    /// The berth at a height within a row of so many; the nearest one.
    pub(super) fn berth_at(&self, y: f64, n_berths: usize) -> Option<usize> {
        let top = if self.is_beside { self.above } else { self.row };
        (0..n_berths).min_by(|one, other| {
            let middle = |idx: &usize| {
                let idx = f64::from(u32::try_from(*idx).unwrap_or(u32::MAX));
                (y - top - self.berth * (idx + 0.5)).abs()
            };
            middle(one).total_cmp(&middle(other))
        })
    }
}

/// What of the list is seen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Window {
    scrolled: f64,
    height: f64,
}

/// A row that is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Spot {
    /// Its number, from 0.
    pub(super) idx: usize,
    /// How many rows there are.
    pub(super) n_rows: usize,
    top: f64,
    height: f64,
}

/// A list of which only the rows in sight are mounted.
#[derive(Clone, Copy)]
pub(super) struct List {
    order: Memo<Vec<ApplicationId>>,
    sizes: RwSignal<Sizes>,
    strip: Memo<Arc<Strip>>,
    window: RwSignal<Window>,
    mounted: Memo<Vec<(ApplicationId, Spot)>>,
    scroller: NodeRef<html::Div>,
    watch: StoredValue<Option<Watch>, LocalStorage>,
}

impl List {
    /// A list in this order. `n_berths` says how many a row has; `pinned` which row is mounted in
    /// any case.
    pub(super) fn new(
        order: Memo<Vec<ApplicationId>>,
        n_berths: impl Fn(&[ApplicationId]) -> Vec<usize> + Send + Sync + 'static,
        pinned: Signal<Option<ApplicationId>>,
    ) -> Self {
        let sizes = RwSignal::new(Sizes::default());
        let window = RwSignal::new(Window::default());
        let berths = Memo::new(move |_| order.with(|order| n_berths(order)));
        let strip = Memo::new(move |_| {
            let sizes = sizes.get();
            berths.with(|berths| {
                Arc::new(Strip::of(
                    berths.iter().map(|n_berths| sizes.height(*n_berths)),
                ))
            })
        });
        // Scrolling by less than a row changes nothing that is mounted.
        let in_sight = Memo::new(move |_| {
            let Window { scrolled, height } = window.get();
            let (from, to) = (scrolled - MARGIN, scrolled + height + MARGIN);
            strip.with(|strip| strip.window(from, to, MOST_MOUNTED))
        });
        let mounted = Memo::new(move |_| {
            let in_sight = in_sight.get();
            order.with(|order| {
                let pinned = pinned.get();
                let pinned_idx = pinned.and_then(|who| order.iter().position(|one| *one == who));
                let before = pinned_idx.filter(|idx| *idx < in_sight.start);
                let behind = pinned_idx.filter(|idx| *idx >= in_sight.end);
                let rows = before.into_iter().chain(in_sight).chain(behind);
                strip.with(|strip| {
                    rows.filter_map(|idx| {
                        let (top, bottom) = strip.span(idx);
                        let spot = Spot {
                            idx,
                            n_rows: order.len(),
                            top,
                            height: bottom - top,
                        };
                        Some((*order.get(idx)?, spot))
                    })
                    .collect()
                })
            })
        });
        Self {
            order,
            sizes,
            strip,
            window,
            mounted,
            scroller: NodeRef::new(),
            watch: StoredValue::new_local(None),
        }
    }

    /// Everybody in the list, in order.
    pub(super) fn order(self) -> Memo<Vec<ApplicationId>> {
        self.order
    }

    /// How high the kinds of rows are now.
    pub(super) fn sizes(self) -> Sizes {
        self.sizes.get_untracked()
    }

    /// The element that scrolls.
    pub(super) fn scroller(self) -> Option<web_sys::HtmlElement> {
        self.scroller.get_untracked().map(Into::into)
    }

    /// How far it is scrolled.
    pub(super) fn scrolled(self) -> f64 {
        self.window.with_untracked(|window| window.scrolled)
    }

    /// The row at a height within what is seen, and how far below its top that is.
    pub(super) fn at(self, y: f64) -> Option<(ApplicationId, f64)> {
        let y = y + self.scrolled();
        let (idx, top) = self.strip.with_untracked(|strip| {
            let idx = strip.at(y)?;
            Some((idx, strip.span(idx).0))
        })?;
        let who = self.order.with_untracked(|order| order.get(idx).copied())?;
        Some((who, y - top))
    }

    /// Scrolls by some pixels, as far as there is anything. False if it is at the end already.
    pub(super) fn scroll_by(self, pixels: f64) -> bool {
        let Window { scrolled, height } = self.window.get_untracked();
        let most = self.strip.with_untracked(|strip| strip.height()) - height;
        let wanted = (scrolled + pixels).min(most).max(0.0);
        let moves = (wanted - scrolled).abs() > 0.1;
        if moves {
            self.scroll_to(wanted);
        }
        moves
    }

    /// Brings a row into sight, as little as needed, and mounts it. False if it is not listed.
    pub(super) fn reveal(self, row: ApplicationId) -> bool {
        let find = |order: &Vec<ApplicationId>| order.iter().position(|one| *one == row);
        let Some(idx) = self.order.with_untracked(find) else {
            return false;
        };
        let Window { scrolled, height } = self.window.get_untracked();
        let wanted = self
            .strip
            .with_untracked(|strip| strip.reveal(idx, scrolled, height - self.sizes().foot));
        if (wanted - scrolled).abs() > 0.5 {
            self.scroll_to(wanted);
        }
        true
    }

    /// Scrolls to the first row.
    pub(super) fn to_top(self) {
        self.scroll_to(0.0);
    }

    fn scroll_to(self, scrolled: f64) {
        if let Some(scroller) = self.scroller.get_untracked() {
            measure::scroll_to(&scroller, scrolled);
        }
        self.window.update(|window| window.scrolled = scrolled);
    }

    fn has_scrolled(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            let scrolled = measure::scrolled(&scroller);
            if (self.scrolled() - scrolled).abs() > 0.1 {
                self.window.update(|window| window.scrolled = scrolled);
            }
        }
    }

    fn measure(self) {
        let Some(scroller) = self.scroller.try_get_untracked().flatten() else {
            return;
        };
        let probe = |name: &str| size::height_of(&scroller, &format!("[data-probe={name}]"));
        let sizes = Sizes {
            row: probe("row"),
            above: probe("above"),
            berth: probe("berth"),
            is_beside: probe("beside") > 0.0,
            foot: probe("foot"),
        };
        let window = Window {
            scrolled: measure::scrolled(&scroller),
            height: size::inner_height(&scroller),
        };
        if self.sizes.get_untracked() != sizes {
            self.sizes.set(sizes);
        }
        if self.window.get_untracked() != window {
            self.window.set(window);
        }
    }

    fn spot(self, row: ApplicationId) -> Memo<Spot> {
        let mounted = self.mounted;
        Memo::new(move |before: Option<&Spot>| {
            let find = |mounted: &Vec<(ApplicationId, Spot)>| {
                let mut spots = mounted.iter().filter(|(one, _)| *one == row);
                spots.next().map(|(_, spot)| *spot)
            };
            // One that is about to go stays where it is.
            mounted.with(find).or(before.copied()).unwrap_or_default()
        })
    }
}

/// The rows in sight, in a pane that scrolls.
#[component]
pub(super) fn Rows<V: IntoView + 'static>(
    /// The list.
    list: List,
    /// Draws a row.
    row: impl Fn(ApplicationId, Memo<Spot>) -> V + Clone + Send + Sync + 'static,
    /// What stands there if nobody is listed.
    children: ChildrenFn,
) -> impl IntoView {
    Effect::new(move || {
        if let Some(scroller) = list.scroller.get() {
            let watch = size::watch(&scroller, PROBES, move || list.measure());
            list.watch.set_value(watch);
        }
    });
    let ids = Memo::new(move |_| {
        list.mounted
            .with(|mounted| mounted.iter().map(|(who, _)| *who).collect::<Vec<_>>())
    });
    let is_empty = Memo::new(move |_| list.order.with(Vec::is_empty));
    let height = move || pixels(list.strip.with(|strip| strip.height()));
    let draw = move |who: ApplicationId| {
        let spot = list.spot(who);
        view! {
            <li
                class="rows__row"
                aria-posinset=move || spot.get().idx + 1
                aria-setsize=move || spot.get().n_rows
                style:top=move || pixels(spot.get().top)
                style:height=move || pixels(spot.get().height)
            >
                {row(who, spot)}
            </li>
        }
    };
    view! {
        <div class="pane__list" node_ref=list.scroller on:scroll=move |_| list.has_scrolled()>
            <div class="rows__probes" aria-hidden="true">
                <i data-probe="row"></i>
                <i data-probe="above"></i>
                <i data-probe="berth"></i>
                <i data-probe="beside"></i>
                <i data-probe="foot"></i>
            </div>
            <ul class="rows" style:height=height>
                <For each=move || ids.get() key=|who| *who children=draw />
            </ul>
            <Show when=move || is_empty.get()>{children()}</Show>
        </div>
    }
}

/// Gives the keyboard to an element of a row that has just been mounted.
pub(super) fn focus_soon(id: String) {
    request_animation_frame(move || {
        focus::by_id_in_place(&id);
    });
}

fn pixels(length: f64) -> String {
    format!("{length}px")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BESIDE: Sizes = Sizes {
        row: 90.0,
        above: 8.0,
        berth: 40.0,
        is_beside: true,
        foot: 0.0,
    };
    const BELOW: Sizes = Sizes {
        is_beside: false,
        ..BESIDE
    };

    #[test]
    fn a_row_is_as_high_as_its_berths_need() {
        let heights = |sizes: Sizes| [0, 1, 2, 3].map(|n_berths| sizes.height(n_berths));
        let expected = [[90.0, 90.0, 96.0, 136.0], [90.0, 130.0, 170.0, 210.0]];
        for (sizes, expected) in [BESIDE, BELOW].into_iter().zip(expected) {
            for (height, expected) in heights(sizes).into_iter().zip(expected) {
                assert!((height - expected).abs() < f64::EPSILON, "{sizes:?}");
            }
        }
    }

    #[test]
    fn the_nearest_berth_is_meant() {
        let at = |sizes: Sizes, y| sizes.berth_at(y, 2);
        assert_eq!(
            [0.0, 20.0, 60.0, 99.0].map(|y| at(BESIDE, y)),
            [0, 0, 1, 1].map(Some)
        );
        assert_eq!(
            [0.0, 100.0, 150.0].map(|y| at(BELOW, y)),
            [0, 0, 1].map(Some)
        );
        assert_eq!(BESIDE.berth_at(10.0, 0), None);
    }

    fn ids(n_ids: u16) -> Vec<ApplicationId> {
        let id = |number| {
            format!("00000000-0000-0000-0000-{number:012x}")
                .parse()
                .unwrap()
        };
        (1..=n_ids).map(id).collect()
    }

    /// How many rows are mounted when so many are listed in a window of this height.
    fn mounted(n_rows: u16, scrolled: f64, height: f64) -> (usize, bool) {
        Owner::new().with(|| {
            let order = ids(n_rows);
            let bottom = order.last().copied();
            let order = Memo::new(move |_| order.clone());
            let list = List::new(order, |order| vec![1; order.len()], Signal::stored(bottom));
            list.sizes.set(BESIDE);
            list.window.set(Window { scrolled, height });
            list.mounted.with_untracked(|mounted| {
                (
                    mounted.len(),
                    mounted.iter().any(|(one, _)| Some(*one) == bottom),
                )
            })
        })
    }

    #[test]
    fn as_many_rows_are_mounted_for_thousands_as_for_dozens() {
        for height in [700.0, 1400.0, 9000.0] {
            let [few, more, many] = [50, 500, 5_000].map(|n_rows| mounted(n_rows, 900.0, height));
            assert!(
                few.1 && more.1 && many.1,
                "the row with the tab stop is there"
            );
            assert!(
                many.0 <= 60 && more.0 == many.0,
                "{few:?} {more:?} {many:?}"
            );
        }
    }
}
