//! The two steps of signing in with a mail: the address, then the code.

use leptos::ev;
use leptos::prelude::*;

use crate::routes::Screen;
use crate::ui::button::{Button, Look, Press};
use crate::ui::checkbox::Checkbox;
use crate::ui::field::Label;
use crate::ui::text_field::{Text, TextField};

/// Where the reader is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Gives the address.
    Address,
    /// Has asked for a mail to this address and types its code.
    Code(String),
}

/// What the reader does there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Gives an address and wants a mail.
    Address(String),
    /// Types a code.
    Code(String),
    /// Wants to give another address, or another mail.
    Again,
    /// Whether others use this computer, too.
    Shared(bool),
}

/// Address, then code.
#[component]
pub fn SignInForm(
    /// The id that its fields begin with.
    id: &'static str,
    /// Where the reader is.
    step: Signal<Step>,
    /// What went wrong, in words, if anything.
    error: Signal<Option<String>>,
    /// While the server is being asked.
    busy: Signal<bool>,
    /// Whether others use this computer, too.
    shared: Signal<bool>,
    /// Called with what the reader does.
    on_said: Callback<Said>,
) -> impl IntoView {
    let place = Memo::new(move |_| step.get());
    move || match place.get() {
        Step::Address => view! { <AddressStep id error busy shared on_said /> }.into_any(),
        Step::Code(email) => view! { <CodeStep id email error busy on_said /> }.into_any(),
    }
}

/// The box to tick at a computer that others use, too.
#[component]
pub fn SharedTick(
    /// The id of the box.
    #[prop(into)]
    id: String,
    /// Whether it is ticked.
    shared: Signal<bool>,
    /// Called with what it now is.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <div class="sign-in-form__shared">
            <Checkbox
                id
                label="This is a shared or public computer"
                checked=shared
                on_change
            />
            <p class="sign-in-form__shared-note">
                "Then nothing is kept in this browser, and you are signed out when it is closed."
            </p>
        </div>
    }
}

/// The address.
#[component]
fn AddressStep(
    /// The id that its fields begin with.
    id: &'static str,
    /// What went wrong.
    error: Signal<Option<String>>,
    /// While the server is being asked.
    busy: Signal<bool>,
    /// Whether others use this computer, too.
    shared: Signal<bool>,
    /// Called with what the reader does.
    on_said: Callback<Said>,
) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_said.run(Said::Address(email.get_untracked()));
        }
    };
    view! {
        <form class="sign-in-form" novalidate on:submit=sent>
            <TextField
                id=format!("{id}-email")
                label=Label::new("E-mail address")
                    .hint("You get a mail with a link and a code. There is no password.")
                text=Text::Email
                error
                on_input=move |text| email.set(text)
            />
            <SharedTick
                id=format!("{id}-shared")
                shared
                on_change=move |is_shared| on_said.run(Said::Shared(is_shared))
            />
            <div class="sign-in-form__actions">
                <Button look=Look::Primary press=Press::Submits busy>
                    "Send me the mail"
                </Button>
            </div>
        </form>
    }
}

/// The code.
#[component]
pub fn CodeStep(
    /// The id that its fields begin with.
    id: &'static str,
    /// Where the mail went.
    #[prop(into)]
    email: String,
    /// What went wrong.
    error: Signal<Option<String>>,
    /// While the server is being asked.
    busy: Signal<bool>,
    /// Called with what the reader does.
    on_said: Callback<Said>,
) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_said.run(Said::Code(code.get_untracked()));
        }
    };
    view! {
        <form class="sign-in-form" novalidate on:submit=sent>
            <p role="status">
                "A mail is on its way to " <strong>{email}</strong>
                ". Open its link in this browser, or type its code here. It can be used for ten minutes."
            </p>
            <TextField
                id=format!("{id}-code")
                label=Label::new("Code from the mail").hint("Eight letters and digits, such as 7K3M-9QXT.")
                text=Text::Code
                error
                on_input=move |text| code.set(text)
            />
            <div class="sign-in-form__actions">
                <Button look=Look::Primary press=Press::Submits busy>
                    "Confirm"
                </Button>
                <Button look=Look::Quiet on_press=move |()| on_said.run(Said::Again)>
                    "Use another address or ask again"
                </Button>
            </div>
        </form>
    }
}

/// Where mails are to be read on a server that sends none.
#[component]
pub fn LocalMailNote(
    /// Whether mails stay on the server.
    #[prop(into)]
    local_mail: Signal<bool>,
    /// Whether this is a demonstration, where everybody may read them.
    #[prop(into)]
    demo: Signal<bool>,
) -> impl IntoView {
    let where_to_read = move || {
        if demo.get() {
            view! {
                <a href=Screen::Demo.to_string() target="_blank" rel="noopener">
                    "Read the mail here (opens in a new tab)"
                </a>
                "."
            }
            .into_any()
        } else {
            "The program officer finds the code on the page of mails.".into_any()
        }
    };
    view! {
        <Show when=move || local_mail.get() || demo.get()>
            <p class="sign-in-form__local">"This server sends no mail. " {where_to_read}</p>
        </Show>
    }
}
