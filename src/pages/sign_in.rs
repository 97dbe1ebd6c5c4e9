//! Sign in with a mail: by its link, whose secret stands in the fragment, or by its code.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use tandem_api::session::Redeemed;

use crate::dom::address;
use crate::routes::{Screen, safe_next};
use crate::session::Session;
use crate::session::sign_in::SignIn;
use crate::ui::button::{Button, Look};
use crate::ui::heading::{PageHeading, PageTitle};
use crate::ui::notice::{Kind, Notice};
use crate::widgets::sign_in_form::{LocalMailNote, SignInForm, Step};

/// The sign-in screen.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = Session::expect();
    let query = use_query_map();
    let navigate = use_navigate();
    let on_done = Callback::new(move |redeemed: Redeemed| {
        let next = query.with_untracked(|query| query.get("next"));
        let next = next.as_deref().and_then(safe_next).map(str::to_owned);
        let to = next.unwrap_or_else(|| landing(&redeemed));
        navigate(
            &to,
            NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            },
        );
    });
    let sign_in = SignIn::begin(Step::Address, on_done);
    let token = RwSignal::new(address::take_from_fragment("t"));
    let (local_mail, demo) = (session.local_mail(), session.is_demo());
    view! {
        <PageTitle title="Sign in" />
        <div class="page page--text sign-in">
            <PageHeading>"Sign in"</PageHeading>
            {move || {
                token
                    .get()
                    .map(|secret| view! { <Link secret sign_in on_give_up=move |()| token.set(None) /> })
            }}
            <Show when=move || token.with(Option::is_none)>
                <SignInForm
                    id="sign-in"
                    step=sign_in.step()
                    error=sign_in.error()
                    busy=sign_in.is_busy()
                    shared=sign_in.shared()
                    on_said=sign_in.said()
                />
                <LocalMailNote local_mail demo />
            </Show>
        </div>
    }
}

/// Came with a link: one press signs in. A mail scanner that opens links presses nothing.
#[component]
fn Link(
    /// What the link's fragment holds.
    secret: String,
    /// What signs in.
    sign_in: SignIn,
    /// Called to sign in another way.
    #[prop(into)]
    on_give_up: Callback<()>,
) -> impl IntoView {
    let error = sign_in.error();
    let go = move |()| sign_in.token(secret.clone());
    let trouble = move || {
        error
            .get()
            .map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
    };
    view! {
        <div class="sign-in__link">
            <p>"You came with the link from your mail. One press and you are in."</p>
            {trouble}
            <div class="row">
                <Button look=Look::Primary busy=sign_in.is_busy() on_press=go>
                    "Sign in"
                </Button>
                <Button look=Look::Quiet on_press=on_give_up>
                    "Type a code or ask for a new mail"
                </Button>
            </div>
        </div>
    }
}

fn landing(redeemed: &Redeemed) -> String {
    let me = &redeemed.me;
    let screen = match (me.offices.is_empty(), me.founder) {
        (true, true) => Screen::Manage,
        (true, false) => Screen::MyApplications,
        (false, _) => Screen::Home,
    };
    screen.to_string()
}
