//! The keyboard after a change of screen: it goes to the first heading, as soon as there is one,
//! unless the reader has already begun to do something.

use std::cell::Cell;

use crate::dom::focus;

thread_local! {
    static IS_ARRIVING: Cell<bool> = const { Cell::new(false) };
}

/// A new screen begins.
pub fn begin() {
    IS_ARRIVING.set(true);
}

/// The reader has begun to do something: from now on the keyboard is theirs.
pub fn end() {
    IS_ARRIVING.set(false);
}

/// A heading may have come: gives it the keyboard if that is still free.
pub fn settle() {
    if IS_ARRIVING.get() && !focus::is_in_main() {
        focus::heading();
    }
}
