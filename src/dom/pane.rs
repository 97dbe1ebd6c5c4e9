//! A pane that scrolls in both directions: what can be seen of what is inside, and going there.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// What can be seen, in pixels from the upper left corner of what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// What can be seen now.
pub fn seen(pane: &HtmlElement) -> Seen {
    Seen {
        x: pane.scroll_left(),
        y: pane.scroll_top(),
        width: pane.client_width(),
        height: pane.client_height(),
    }
}

/// Makes what is inside so large and shows it from a point. Both at once, so that no part of it is
/// ever shown at the scale of before.
pub fn show(pane: &HtmlElement, size: (i32, i32), at: (i32, i32)) {
    let inside = pane.first_element_child();
    if let Some(inside) = inside.and_then(|inside| inside.dyn_into::<HtmlElement>().ok()) {
        let style = inside.style();
        for (name, px) in [("inline-size", size.0), ("block-size", size.1)] {
            // It only refuses a property it does not know.
            style.set_property(name, &format!("{px}px")).ok();
        }
    }
    pane.set_scroll_left(at.0);
    pane.set_scroll_top(at.1);
}

/// Shows what is inside from a point.
pub fn go(pane: &HtmlElement, at: (i32, i32)) {
    pane.set_scroll_left(at.0);
    pane.set_scroll_top(at.1);
}

/// Calls back whenever an element has another size, until it is dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    // Holds what is called; the browser only borrows it.
    _call: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Watches an element. A browser that cannot watch never calls.
    pub fn new(element: &Element, call: impl FnMut() + 'static) -> Option<Self> {
        let call = Closure::<dyn FnMut()>::new(call);
        let observer = ResizeObserver::new(call.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _call: call,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
