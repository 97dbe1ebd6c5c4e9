//! Whether anybody looks at this tab.

/// Whether the tab can be seen now.
pub fn is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| !document.hidden())
}
