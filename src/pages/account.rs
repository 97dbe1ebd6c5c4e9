//! The own account: name, address, signing out.

use leptos::prelude::*;
use tandem_api::session::Me;

use crate::api::session as api;
use crate::load::{Load, LoadFailed};
use crate::routes::Screen;
use crate::session::Session;
use crate::session::sign_out::SignOut;
use crate::ui::button::{Button, ButtonLink, Look, Press};
use crate::ui::field::Label;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::Skeleton;
use crate::ui::text_field::{Text, TextField};
use crate::widgets::leaving::LeavingDialog;
use crate::widgets::state_words;

/// The own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let session = Session::expect();
    move || match session.state().get() {
        Load::Waiting => view! { <Skeleton label="Loading your account" /> }.into_any(),
        Load::Failed(error) => {
            let retry = Callback::new(move |()| session.refresh());
            view! { <LoadFailed error on_retry=retry /> }.into_any()
        }
        Load::Ready(view) => match view.me {
            Some(me) => view! { <Account me /> }.into_any(),
            None => view! {
                <div class="page page--text">
                    <PageHeading lead="Sign in to see your name, your address and your offices.">
                        "You are signed out"
                    </PageHeading>
                    <p>
                        <ButtonLink href=Screen::SignIn.to_string() look=Look::Primary>
                            "Sign in"
                        </ButtonLink>
                    </p>
                </div>
            }
            .into_any(),
        },
    }
}

/// The account of somebody who is signed in.
#[component]
fn Account(
    /// Who.
    me: Me,
) -> impl IntoView {
    let offices = me
        .offices
        .iter()
        .map(|held| {
            let words = format!(
                "{} of {}",
                state_words::office(held.office),
                held.program_name
            );
            view! { <li>{words}</li> }
        })
        .collect_view();
    let has_offices = !me.offices.is_empty();
    view! {
        <article class="page page--text account">
            <PageHeading kicker=me.email.clone()>"Your account"</PageHeading>
            {(!me.confirmed)
                .then(|| {
                    view! {
                        <Notice kind=Kind::Warning title="Your address is not confirmed yet">
                            <p>"Until you use the link or code we mailed, only this browser can open your draft."</p>
                        </Notice>
                    }
                })}
            <NameForm name=me.name />
            {has_offices
                .then(|| {
                    view! {
                        <section class="stack" aria-labelledby="offices">
                            <h2 id="offices">"Your offices"</h2>
                            <ul>{offices}</ul>
                        </section>
                    }
                })}
            <Leave />
        </article>
    }
}

/// Changes the name.
#[component]
fn NameForm(
    /// The name so far.
    name: String,
) -> impl IntoView {
    let session = Session::expect();
    let typed = RwSignal::new(name.clone());
    let said = RwSignal::new(None::<Result<(), String>>);
    let send = Action::new_local(move |name: &String| {
        let name = name.clone();
        let rev = session.me().get_untracked().map_or(0, |me| me.rev);
        async move {
            let answer = api::change_me(rev, name)
                .await
                .map(drop)
                .map_err(|error| error.sentence());
            if answer.is_ok() {
                session.refresh();
            }
            said.try_set(Some(answer));
        }
    });
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = typed.get_untracked().trim().to_owned();
        if name.is_empty() {
            said.set(Some(Err(
                "Write the name you want to be called by.".to_owned()
            )));
        } else {
            send.dispatch_local(name);
        }
    };
    let error = Signal::derive(move || said.get().and_then(Result::err));
    view! {
        <form class="stack" novalidate on:submit=submitted>
            <TextField
                id="own-name"
                label=Label::new("Your name").hint("Any alphabet. Committee and partners see it.")
                text=Text::Name
                value=name
                error
                on_input=move |text| {
                    said.set(None);
                    typed.set(text);
                }
            />
            <div class="row">
                <Button press=Press::Submits busy=send.pending()>
                    "Save the name"
                </Button>
                <span role="status">{move || (said.get() == Some(Ok(()))).then_some("Saved.")}</span>
            </div>
        </form>
    }
}

/// Signs out, and takes what this browser keeps with it.
#[component]
fn Leave() -> impl IntoView {
    let sign_out = SignOut::begin();
    let failed = sign_out.error();
    view! {
        <section class="stack" aria-labelledby="leave">
            <h2 id="leave">"Sign out"</h2>
            <p>"What this browser keeps of your answers is removed. What is saved stays with us."</p>
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
            <div>
                <Button busy=sign_out.is_busy() on_press=move |()| sign_out.press()>
                    "Sign out"
                </Button>
            </div>
            <LeavingDialog
                open=sign_out.asks()
                on_stay=move |()| sign_out.stay()
                on_leave=move |()| sign_out.all_the_same()
            />
        </section>
    }
}
