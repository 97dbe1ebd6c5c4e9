//! More for those who want it.

use leptos::prelude::*;

use crate::ui::icon::{Icon, Shape};

/// Text that opens and closes.
#[component]
pub fn Disclosure(
    /// What is inside, as a question or a noun.
    #[prop(into)]
    summary: String,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary class="disclosure__summary">
                <Icon shape=Shape::ChevronDown />
                {summary}
            </summary>
            <div class="disclosure__body">{children()}</div>
        </details>
    }
}
