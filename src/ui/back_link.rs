//! The way back up.

use leptos::prelude::*;

use crate::ui::icon::{Icon, Shape};

/// A link to the screen above this one.
#[component]
pub fn BackLink(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// The name of that screen.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="back-link" href=href>
            <Icon shape=Shape::ArrowLeft />
            <span>{children()}</span>
        </a>
    }
}

/// The screens above this one, uppermost first, each as (name, address).
#[component]
pub fn Breadcrumb(
    /// Name and address of each screen above.
    trail: Vec<(String, String)>,
) -> impl IntoView {
    let links = trail
        .into_iter()
        .map(|(name, href)| view! { <li><a href=href>{name}</a></li> })
        .collect_view();
    view! {
        <nav class="breadcrumb" aria-label="Where you are">
            <ol>{links}</ol>
        </nav>
    }
}
