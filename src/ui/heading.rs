//! The one first heading of a screen. It takes the focus when the screen is entered.

use leptos::html;
use leptos::prelude::*;

use crate::dom::{arrival, title};

/// The `h1` of a screen, with what stands above and below it.
#[component]
pub fn PageHeading(
    /// A short line above: where this belongs.
    #[prop(into, optional)]
    kicker: Option<String>,
    /// A sentence below: what one can do here.
    #[prop(into, optional)]
    lead: Option<String>,
    /// The heading itself.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            arrival::with_heading(&heading);
        }
    });
    view! {
        <div class="heading">
            {kicker.map(|kicker| view! { <p class="heading__kicker">{kicker}</p> })}
            <h1 class="heading__title" tabindex="-1" node_ref=heading>
                {children()}
            </h1>
            {lead.map(|lead| view! { <p class="heading__lead">{lead}</p> })}
        </div>
    }
}

/// Sets the title of the document while this screen is shown. Draws nothing.
#[component]
pub fn PageTitle(
    /// The screen's name, the most particular part first.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    Effect::new(move || title::set(&title.get()));
}
