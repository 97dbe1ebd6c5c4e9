//! How wide letters are set: measured once per typeface, so that nothing is measured while drawing.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The widths of letters in 64ths of a pixel, in a font written as in CSS: "600 15px serif".
/// A browser that cannot measure answers as if each letter were as wide as high.
pub fn widths(font: &str, size: i32, letters: impl Iterator<Item = char>) -> Vec<i32> {
    let context = context();
    if let Some(context) = &context {
        context.set_font(font);
    }
    letters
        .map(|letter| {
            let measured = context
                .as_ref()
                .and_then(|context| context.measure_text(&letter.to_string()).ok());
            #[expect(clippy::cast_possible_truncation, reason = "the width of a letter")]
            measured.map_or(size * 64, |metrics| (metrics.width() * 64.0).ceil() as i32)
        })
        .collect()
}

fn context() -> Option<CanvasRenderingContext2d> {
    let canvas: HtmlCanvasElement = web_sys::window()?
        .document()?
        .create_element("canvas")
        .ok()?
        .dyn_into()
        .ok()?;
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
