//! The two steps of signing in with a mail: the address, then the code.

use leptos::ev;
use leptos::prelude::*;

use crate::routes::Screen;
use crate::ui::button::{Button, Look, Press};
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
    /// Called with the address.
    on_ask: Callback<String>,
    /// Called with the code as typed.
    on_code: Callback<String>,
    /// Called to give another address or ask again.
    on_again: Callback<()>,
) -> impl IntoView {
    let place = Memo::new(move |_| step.get());
    move || match place.get() {
        Step::Address => view! { <AddressStep id error busy on_ask /> }.into_any(),
        Step::Code(email) => view! { <CodeStep id email error busy on_code on_again /> }.into_any(),
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
    /// Called with the address.
    on_ask: Callback<String>,
) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_ask.run(email.get_untracked());
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
    /// Called with the code as typed.
    on_code: Callback<String>,
    /// Called to give another address or ask again.
    on_again: Callback<()>,
) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_code.run(code.get_untracked());
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
                <Button look=Look::Quiet on_press=on_again>
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
