//! The letters of the app's typeface, measured once.

use crate::dom::letters;

const SANS: &str = "\"Source Sans 3 Variable\", \"Tandem Sans Arial\", sans-serif";

/// The widths of letters of the sans in 64ths of a pixel, at a weight and a size in pixels.
pub fn sans(weight: u16, size: i32, which: impl Iterator<Item = char>) -> Vec<i32> {
    letters::widths(&format!("{weight} {size}px {SANS}"), size, which)
}
