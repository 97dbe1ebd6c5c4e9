//! Asks before signing out takes words with it that no server has yet.

use leptos::prelude::*;

use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;

/// The question.
#[component]
pub fn LeavingDialog(
    /// Whether it is asked.
    #[prop(into)]
    open: Signal<bool>,
    /// Called to stay.
    #[prop(into)]
    on_stay: Callback<()>,
    /// Called to sign out all the same.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog
            open
            title=Signal::derive(|| "Something is not saved yet".to_owned())
            on_close=on_stay
        >
            <p>
                "Some of what you wrote is on this device only: it has not reached the server yet. \
                 Signing out deletes it here for good."
            </p>
            <p>"Stay until the line above your application says “Saved”, or copy your text first."</p>
            <div class="dialog__actions">
                <Button look=Look::Primary on_press=on_stay>
                    "Stay signed in"
                </Button>
                <Button look=Look::Danger on_press=on_leave>
                    "Sign out and lose it"
                </Button>
            </div>
        </Dialog>
    }
}
