//! The head of a pane: what is in it and how many.

use leptos::prelude::*;

/// The head of a pane.
#[component]
pub(super) fn PaneHead(
    /// The id of the heading, which names the pane.
    id: &'static str,
    /// What is in it.
    title: &'static str,
    /// How many.
    #[prop(into)]
    count: Signal<String>,
) -> impl IntoView {
    view! {
        <header class="pane__head">
            <h2 class="pane__title" id=id>
                {title}
            </h2>
            <p class="pane__count">{move || count.get()}</p>
        </header>
    }
}
