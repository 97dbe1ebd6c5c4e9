//! The title of the document: what a tab, a bookmark and a screen reader say first.

use std::cell::Cell;

use web_sys::window;

const SITE: &str = "Tandem";

thread_local! {
    static IS_CHOSEN: Cell<bool> = const { Cell::new(false) };
}

/// Sets it to "screen – Tandem", or to "Tandem" alone. It stays until the screen changes.
pub fn set(screen: &str) {
    IS_CHOSEN.set(true);
    write(screen);
}

/// Takes the first heading for the title, unless the screen has chosen one.
pub fn follow_heading() {
    if IS_CHOSEN.get() {
        return;
    }
    let heading = window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("main h1").ok().flatten())
        .and_then(|heading| heading.text_content());
    if let Some(heading) = heading {
        write(heading.trim());
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
    if screen.is_empty() {
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
    }
}
