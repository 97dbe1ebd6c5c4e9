//! How large things are on the page, and when that changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// Calls back whenever one of some elements changes its size, until it is dropped.
#[derive(Debug)]
pub struct Watch {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Watches an element and those inside it that the selector finds. It calls back once at the
/// beginning.
pub fn watch(
    element: &Element,
    selector: &str,
    on_change: impl FnMut() + 'static,
) -> Option<Watch> {
    let on_change = Closure::<dyn FnMut()>::new(on_change);
    let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    if let Ok(inner) = element.query_selector_all(selector) {
        for node_idx in 0..inner.length() {
            if let Some(inner) = inner.get(node_idx).and_then(|node| node.dyn_into().ok()) {
                observer.observe(&inner);
            }
        }
    }
    Some(Watch {
        observer,
        _on_change: on_change,
    })
}

/// Whether the window is as narrow as a phone: below the width at which stylesheets lay things side
/// by side.
pub fn is_narrow() -> bool {
    const NARROW: f64 = 640.0;
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width| width < NARROW)
}

/// How high an element is inside, in CSS pixels.
pub fn inner_height(element: &HtmlElement) -> f64 {
    f64::from(element.client_height())
}

/// How high the element is that the selector finds inside; 0 if there is none.
pub fn height_of(element: &Element, selector: &str) -> f64 {
    element
        .query_selector(selector)
        .ok()
        .flatten()
        .map_or(0.0, |found| found.get_bounding_client_rect().height())
}
