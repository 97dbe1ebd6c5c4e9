//! After a change of screen: the title follows the first heading, and the keyboard goes to it as
//! soon as there is one, unless the reader has already begun to do something.

use std::cell::Cell;

use leptos::leptos_dom::helpers::request_animation_frame;
use web_sys::Element;

use crate::dom::{focus, title};

thread_local! {
    static IS_ARRIVING: Cell<bool> = const { Cell::new(false) };
}

/// A new screen begins.
pub fn begin() {
    IS_ARRIVING.set(true);
    title::forget();
}

/// The reader has begun to do something: from now on the keyboard is theirs.
pub fn end() {
    IS_ARRIVING.set(false);
}

/// The screen has a heading: it names the document at once, and takes the keyboard as soon as it
/// stands on the page, which may be after what it waited for.
pub fn with_heading(heading: &Element) {
    title::follow(heading);
    settle();
    request_animation_frame(settle);
}

/// A heading may have come to the page: gives it the keyboard if that is still free.
pub fn settle() {
    if IS_ARRIVING.get() && !focus::is_in_main() {
        focus::heading();
    }
}
