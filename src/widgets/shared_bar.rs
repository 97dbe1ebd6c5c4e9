//! Says on every page that this computer is used by others, too, and how to leave it clean.

use leptos::prelude::*;

use crate::ui::button::Button;

/// The line below the head of every page.
#[component]
pub fn SharedBar(
    /// Whether somebody is signed in.
    #[prop(into)]
    signed_in: Signal<bool>,
    /// While the server is being asked.
    #[prop(into)]
    busy: Signal<bool>,
    /// What went wrong, in words, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called to sign out.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    view! {
        <aside class="shared-bar" aria-label="Shared computer">
            <p class="shared-bar__text">
                <strong>"Shared computer."</strong>
                " Nothing you write is kept in this browser: what is not saved yet is lost with the tab."
            </p>
            <Show when=move || signed_in.get()>
                <Button busy on_press=on_leave>
                    "Sign out and clear"
                </Button>
            </Show>
            {move || error.get().map(|words| view! { <p role="alert">{words}</p> })}
        </aside>
    }
}
