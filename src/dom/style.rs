//! What the stylesheets of this browser can do by themselves.

use std::cell::Cell;

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;

thread_local! {
    static GROWS: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Whether a text area grows with its text without help (`field-sizing`).
pub fn text_areas_grow() -> bool {
    GROWS.get().unwrap_or_else(|| {
        let grows = supports("field-sizing", "content").unwrap_or(false);
        GROWS.set(Some(grows));
        grows
    })
}

fn supports(property: &str, value: &str) -> Option<bool> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok()?;
    let supports: Function = Reflect::get(&css, &"supports".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let answer = supports.call2(&css, &property.into(), &value.into()).ok()?;
    answer.as_bool()
}
