//! Where things are on the page, and moving what follows the pointer. Read when a drag begins and
//! when something scrolled, never in between.

use web_sys::{DomRect, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::dom::hit::{Point, Rect};

/// Puts an element that is fixed to the window at a point.
pub fn move_to(element: &HtmlElement, at: Point) {
    let place = format!("translate3d({}px, {}px, 0)", at.x.round(), at.y.round());
    // It only refuses a property it does not know.
    element.style().set_property("transform", &place).ok();
}

/// Scrolls a pane to a height.
pub fn scroll_to(pane: &HtmlElement, scrolled: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "whole pixels on a page")]
    pane.set_scroll_top(scrolled.round() as i32);
}

/// How far a pane is scrolled.
pub fn scrolled(pane: &HtmlElement) -> f64 {
    f64::from(pane.scroll_top())
}

/// How much of what a pane scrolls lies below what is seen.
pub fn rest_below(pane: &HtmlElement) -> f64 {
    f64::from(pane.scroll_height() - pane.scroll_top() - pane.client_height())
}

/// Milliseconds since the page began.
pub fn now_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Where an element is in the window.
pub fn rect(element: &Element) -> Rect {
    let rect: DomRect = element.get_bounding_client_rect();
    Rect {
        left: rect.left(),
        top: rect.top(),
        right: rect.right(),
        bottom: rect.bottom(),
    }
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
