//! Two arcs that interlock: the sign of a pair.

use leptos::prelude::*;

/// The mark, in the colour of the text around it, hidden from screen readers.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="mark__one" d="M18.49 10.34A9 9 0 1 1 12.91 7.11" />
            <path class="mark__two" d="M13.51 21.66A9 9 0 1 1 19.09 24.89" />
        </svg>
    }
}
