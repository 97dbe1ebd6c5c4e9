//! Two arcs that interlock: the sign of a pair.

use leptos::prelude::*;

/// The mark, in the colour of the text around it, hidden from screen readers.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="mark__one" d="M19.6 8.2a9 9 0 1 0 0 15.6" />
            <path class="mark__two" d="M12.4 23.8a9 9 0 1 0 0-15.6" />
        </svg>
    }
}
