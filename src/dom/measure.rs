//! Where things are on the page, and moving what follows the pointer. Read when a drag begins and
//! when something scrolled, never in between.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::dom::hit::{Map, Pane, Point, Rect, Target};

/// What scrolls.
const PANE: &str = "[data-scroll]";
/// What can be dropped on: the attribute holds its key.
const DROP: &str = "data-drop";
/// What lies inside: the attribute holds its key.
const SLOT: &str = "data-slot";

/// Everything to drop on inside an element, and the panes that scroll.
pub fn map(root: &Element) -> (Map<String>, Vec<HtmlElement>) {
    let panes = all(root, PANE);
    let targets = all(root, &format!("[{DROP}]"))
        .into_iter()
        .map(|element| {
            let pane_idx = element.closest(PANE).ok().flatten().and_then(|closest| {
                panes
                    .iter()
                    .position(|pane| pane.is_same_node(Some(&closest)))
            });
            let slots = all(&element, &format!("[{SLOT}]"))
                .into_iter()
                .map(|slot| (rect(&slot), slot.get_attribute(SLOT).unwrap_or_default()))
                .collect();
            let key = element.get_attribute(DROP).unwrap_or_default();
            Target {
                pane_idx,
                rect: rect(&element),
                key,
                slots,
            }
        })
        .collect();
    let measured = panes
        .iter()
        .map(|pane| Pane::new(rect(pane), f64::from(pane.scroll_top())))
        .collect();
    (
        Map {
            panes: measured,
            targets,
        },
        panes,
    )
}

/// Puts an element that is fixed to the window at a point.
pub fn move_to(element: &HtmlElement, at: Point) {
    let place = format!("translate3d({}px, {}px, 0)", at.x.round(), at.y.round());
    // It only refuses a property it does not know.
    element.style().set_property("transform", &place).ok();
}

/// Scrolls a pane by some pixels and answers how far it is scrolled then.
pub fn scroll_by(pane: &HtmlElement, pixels: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole pixels of one frame")]
    pane.set_scroll_top(pane.scroll_top() + pixels.round() as i32);
    f64::from(pane.scroll_top())
}

/// How far a pane is scrolled.
pub fn scrolled(pane: &HtmlElement) -> f64 {
    f64::from(pane.scroll_top())
}

/// Milliseconds since the page began.
pub fn now_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

fn rect(element: &Element) -> Rect {
    let rect: DomRect = element.get_bounding_client_rect();
    Rect {
        left: rect.left(),
        top: rect.top(),
        right: rect.right(),
        bottom: rect.bottom(),
    }
}

fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(nodes) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..nodes.length())
        .filter_map(|node_idx| nodes.get(node_idx)?.dyn_into().ok())
        .collect()
}

/// Brings the element of that id into view, as little as needed.
pub fn reveal(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Leaves a mark in the browser's record of time, for those who measure.
pub fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // Marks are refused only by names that the browser keeps for itself.
        performance.mark(name).ok();
    }
}
