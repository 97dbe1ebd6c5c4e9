//! The own account: name, address, calendar, signing out.

mod calendar;

use leptos::prelude::*;
use tandem_api::session::Me;

use self::calendar::OwnCalendar;
use crate::api::error::ApiError;
use crate::api::session as api;
use crate::load::{Load, LoadFailed};
use crate::routes::Screen;
use crate::session::Session;
use crate::session::sign_out::SignOut;
use crate::ui::button::{Button, ButtonLink, Look, Press};
use crate::ui::dialog::Dialog;
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
            {me.confirmed.then(|| view! { <OwnCalendar /> })}
            {me.confirmed.then(|| view! { <OwnData email=me.email.clone() /> })}
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

/// Everything that is kept: downloaded, or erased after the address was typed once more.
#[component]
fn OwnData(
    /// The address.
    email: String,
) -> impl IntoView {
    let session = Session::expect();
    let email = StoredValue::new(email);
    let is_open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let failed = RwSignal::new(None::<String>);
    let erase = Action::new_local(move |(): &()| async move {
        match api::erase(typed.get_untracked().trim().to_owned()).await {
            Ok(()) => session.end(),
            Err(ApiError::Invalid { .. }) => {
                failed.try_set(Some("This is not the address of the account.".to_owned()));
            }
            Err(error) => {
                failed.try_set(Some(error.sentence()));
            }
        }
    });
    view! {
        <section class="stack" aria-labelledby="own-data">
            <h2 id="own-data">"Your data"</h2>
            <p>"Everything we keep about you, in one file: your account, every application with its answers, what was sent, and what happened to it."</p>
            <div class="row">
                <a class="button" href=tandem_api::path::MY_EXPORT download="my-data.json">
                    "Download my data"
                </a>
                <Button look=Look::Quiet on_press=move |()| is_open.set(true)>
                    "Erase my data"
                </Button>
            </div>
            <Dialog open=is_open title="Erase everything about you?" on_close=move |()| is_open.set(false)>
                <p>"Your answers, files, mails and your account are erased, and nobody can bring them back. Applications that are still considered are taken back. That somebody applied, and what was decided, stays without your name."</p>
                <TextField
                    id="erase-email"
                    label=Label::new("Type your address to go on").hint(&*email.get_value())
                    text=Text::Email
                    error=failed
                    on_input=move |text| {
                        failed.set(None);
                        typed.set(text);
                    }
                />
                <div class="dialog__actions">
                    <Button
                        look=Look::Danger
                        busy=erase.pending()
                        on_press=move |()| {
                            erase.dispatch_local(());
                        }
                    >
                        "Erase it all"
                    </Button>
                    <Button on_press=move |()| is_open.set(false)>"Keep it"</Button>
                </div>
            </Dialog>
        </section>
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
