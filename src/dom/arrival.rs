//! After a change of screen: the title follows the first heading, and the keyboard goes to it as
//! soon as there is one, unless the reader has already begun to do something.

use std::cell::Cell;

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

/// A heading may have come: gives it the keyboard if that is still free, and names the document.
pub fn settle() {
    title::follow_heading();
    if IS_ARRIVING.get() && !focus::is_in_main() {
        focus::heading();
    }
}
