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
    /// Whether a form is inside: then it is a group, which has a name.
    #[prop(optional)]
    has_form: bool,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let name = has_form.then(|| summary.clone());
    view! {
        <details class="disclosure" open=open aria-label=name>
            <summary class="disclosure__summary">
                <Icon shape=Shape::ChevronDown />
                {summary}
            </summary>
            <div class="disclosure__body">{children()}</div>
        </details>
    }
}
