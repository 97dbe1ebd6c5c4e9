//! The title of the document: what a tab, a bookmark and a screen reader say first.

use std::cell::Cell;

use web_sys::{Element, window};

const SITE: &str = "Tandem";

thread_local! {
    static IS_CHOSEN: Cell<bool> = const { Cell::new(false) };
}

/// Sets it to "screen – Tandem", or to "Tandem" alone. It stays until the screen changes.
pub fn set(screen: &str) {
    IS_CHOSEN.set(true);
    write(screen);
}

/// Takes a heading for the title, unless the screen has chosen one.
pub fn follow(heading: &Element) {
    if IS_CHOSEN.get() {
        return;
    }
    if let Some(words) = heading.text_content() {
        write(words.trim());
    }
}

/// A new screen begins, which has chosen nothing yet.
pub fn forget() {
    IS_CHOSEN.set(false);
}

fn write(screen: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(&compose(screen));
    }
}

fn compose(screen: &str) -> String {
    if screen.is_empty() || screen == SITE {
        SITE.to_owned()
    } else {
        format!("{screen} – {SITE}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_comes_before_the_site() {
        assert_eq!(compose("Sign in"), "Sign in – Tandem");
        assert_eq!(compose(""), "Tandem");
        assert_eq!(compose("Tandem"), "Tandem");
    }
}
