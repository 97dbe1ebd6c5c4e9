//! Buttons and what they open.

use leptos::prelude::*;

use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::dialog::Dialog;
use crate::ui::menu::{Menu, MenuItem};

/// Buttons in their states.
#[component]
pub fn ButtonSamples() -> impl IntoView {
    view! {
        <div class="row">
            <Button look=Look::Primary>"Send the application"</Button>
            <Button>"Suggest pairs"</Button>
            <Button look=Look::Danger>"Withdraw"</Button>
            <Button look=Look::Quiet>"Save and exit"</Button>
            <Button busy=true>"Sending …"</Button>
            <ButtonLink href="/".to_owned()>"To the program"</ButtonLink>
        </div>
    }
}

/// A dialog and a menu.
#[component]
pub fn OverlaySamples() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let chosen = RwSignal::new(String::from("Nothing chosen yet."));
    let item = move |label: &'static str| {
        MenuItem::new(
            label,
            Callback::new(move |()| chosen.set(format!("{label} chosen."))),
        )
    };
    let items = vec![
        item("Pair with …"),
        item("Unpair"),
        item("Lock the pair").impossible("Only the chair locks pairs."),
    ];
    view! {
        <div class="row">
            <Button on_press=move |()| is_open.set(true)>"Ask"</Button>
            <Menu label="Do something" items=items.clone() />
            <Menu label="More for Ánh Dương" items=items compact=true />
            <p role="status">{chosen}</p>
        </div>
        <Dialog
            open=is_open
            title="Start the demonstration anew?"
            on_close=move |()| is_open.set(false)
        >
            <p>"An earlier day starts from the beginning. Everything written since is lost."</p>
            <div class="dialog__actions">
                <Button look=Look::Primary on_press=move |()| is_open.set(false)>
                    "Start anew"
                </Button>
                <Button on_press=move |()| is_open.set(false)>"Leave it as it is"</Button>
            </div>
        </Dialog>
    }
}
