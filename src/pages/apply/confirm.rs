//! The address is not confirmed yet: says so and takes the code, without ever coming in between.

use leptos::prelude::*;
use tandem_api::session::Redeemed;

use crate::dom::announce;
use crate::pages::apply::autosave::catch_up;
use crate::pages::apply::state::ApplyState;
use crate::session::Session;
use crate::session::sign_in::SignIn;
use crate::ui::disclosure::Disclosure;
use crate::widgets::sign_in_form::{LocalMailNote, SignInForm, Step};

/// The quiet line on top of the pages, with the code's place inside.
#[component]
pub fn ConfirmBanner() -> impl IntoView {
    let email = unconfirmed();
    let is_editable = ApplyState::expect().is_editable();
    move || {
        email.get().filter(|_| is_editable.get()).map(|email| {
            view! {
                <div class="confirm-banner">
                    <p>
                        "Confirm your address when it suits you: a mail went to "
                        <strong>{email.clone()}</strong> ". Write on meanwhile; only sending waits for it."
                    </p>
                    <Disclosure summary="Enter the code from the mail">
                        <ConfirmForm id="confirm" email />
                    </Disclosure>
                </div>
            }
        })
    }
}

/// The reader's address while it is not confirmed.
pub fn unconfirmed() -> Memo<Option<String>> {
    let me = Session::expect().me();
    Memo::new(move |_| me.get().filter(|me| !me.confirmed).map(|me| me.email))
}

/// The place for the code.
#[component]
pub fn ConfirmForm(
    /// The id that its fields begin with.
    id: &'static str,
    /// Where the mail went.
    email: String,
) -> impl IntoView {
    let state = ApplyState::expect();
    let session = Session::expect();
    let on_done = Callback::new(move |redeemed: Redeemed| {
        announce::polite("Your address is confirmed.");
        // Not there if it has joined an application of the account, which is opened instead.
        if redeemed.claimed.contains(&state.id()) {
            catch_up(state, session);
        }
    });
    let sign_in = SignIn::begin(Step::Code(email), on_done);
    let (local_mail, demo) = (session.local_mail(), session.is_demo());
    view! {
        <SignInForm
            id
            step=sign_in.step()
            error=sign_in.error()
            busy=sign_in.is_busy()
            shared=sign_in.shared()
            on_said=sign_in.said()
        />
        <LocalMailNote local_mail demo />
    }
}
