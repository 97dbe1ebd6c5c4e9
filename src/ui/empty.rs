//! Nothing here yet: says what will be here and what makes it so.

use leptos::prelude::*;

use crate::ui::mark::Mark;

/// An empty place.
#[component]
pub fn Empty(
    /// What will be here, in a few words.
    #[prop(into)]
    title: String,
    /// A sentence, and the one action that fills it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Mark />
            <div class="empty__text">
                <p class="empty__title">{title}</p>
                {children()}
            </div>
        </div>
    }
}
