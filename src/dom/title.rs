//! The title of the document: what a tab, a bookmark and a screen reader say first.

use web_sys::window;

const SITE: &str = "Tandem";

/// Sets it to "screen – Tandem", or to "Tandem" alone.
pub fn set(screen: &str) {
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
