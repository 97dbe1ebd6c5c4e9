//! What stands around every screen of an application: where it belongs, whether it is saved, what
//! the reader should know, and the dialog that signs in again without leaving the page.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use tandem_api::application::{DraftView, MyApplication};
use tandem_api::problem::Code;
use tandem_api::session::Redeemed;
use tandem_domain::application::ApplicationState;
use tandem_domain::form::definition::FormDef;

use crate::dom::{clock, intl};
use crate::pages::apply::autosave;
use crate::pages::apply::confirm::ConfirmBanner;
use crate::pages::apply::countdown::Countdown;
use crate::pages::apply::journal::Place;
use crate::pages::apply::state::ApplyState;
use crate::pages::apply::work::Stand;
use crate::routes::Screen;
use crate::session::Session;
use crate::session::sign_in::SignIn;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::notice::{Kind, Notice};
use crate::ui::save_line::{SaveLine, SaveState};
use crate::widgets::deadline::official;
use crate::widgets::sign_in_form::{LocalMailNote, SignInForm, Step};
use crate::widgets::state_words;

/// The frame, with the screens inside.
#[component]
pub fn Frame(
    /// The form.
    form: FormDef,
    /// The draft as the server has it.
    draft: DraftView,
) -> impl IntoView {
    let now_ms = clock::millis();
    let place = Place::new(&draft.application.id.to_string());
    let journal = place.read(now_ms);
    let state = ApplyState::open(form, draft, journal.as_ref(), now_ms);
    state.kept(place.take_over(state.journal(now_ms).as_ref()));
    state.provide();
    autosave::start(state, place);
    let application = state.application();
    let (role, cohort, slug) = application.with_untracked(|own| {
        (
            state_words::role(own.role).0,
            own.cohort_title.clone(),
            own.cohort_slug.clone(),
        )
    });
    let tasks = Screen::ApplyTasks(slug, application.with_untracked(|own| own.role)).to_string();
    let (stand, is_editable, conflicts) = (state.stand(), state.is_editable(), state.conflicts());
    let is_on_device = state.is_on_device();
    let save_state = Signal::derive(move || {
        if is_editable.get() {
            save_state(&stand.get(), conflicts.with(Vec::len), is_on_device.get())
        } else {
            closed_state(state.is_settled())
        }
    });
    view! {
        <div class="page page--text apply">
            <div class="apply__bar">
                <a class="apply__where" href=tasks>
                    {format!("{role} application {cohort}")}
                </a>
                <SaveLine
                    state=save_state
                    on_retry=Callback::new(move |()| state.hurry(clock::millis()))
                />
            </div>
            <Standing />
            <Countdown />
            <ConfirmBanner />
            <Outlet />
        </div>
        <SignInAgain />
    }
}

fn closed_state(is_settled: bool) -> SaveState {
    SaveState::Closed(if is_settled {
        "Nothing is changed here any more."
    } else {
        "Your last changes were not saved."
    })
}

fn save_state(stand: &Stand, n_conflicts: usize, on_device: bool) -> SaveState {
    let answers = if n_conflicts == 1 {
        "answer"
    } else {
        "answers"
    };
    match stand {
        Stand::SignedOut => SaveState::Failed("Sign in to save.".to_owned()),
        Stand::Closed(_) => SaveState::Closed("The server takes no more changes."),
        Stand::Offline => SaveState::Offline { on_device },
        Stand::Failed(why) => SaveState::Failed(why.clone()),
        _ if n_conflicts > 0 => {
            SaveState::Failed(format!("{n_conflicts} {answers} changed elsewhere."))
        }
        Stand::Untouched => SaveState::Untouched,
        Stand::Saving => SaveState::Saving,
        Stand::Saved(at) => SaveState::Saved(intl::time_for_reader(*at)),
    }
}

/// What the reader should know about the application as a whole.
#[component]
fn Standing() -> impl IntoView {
    let state = ApplyState::expect();
    let application = state.application();
    let stand = state.stand();
    let is_editable = state.is_editable();
    let session = Session::expect();
    let closed = move || match stand.get() {
        Stand::Closed(Code::DeadlinePassed) => Some(
            "The deadline has passed, and the server takes no more changes. What you wrote is \
             still on this page: you can read and copy it."
                .to_owned(),
        ),
        Stand::Closed(_) => Some(
            "This application can no longer be changed here. What you wrote is still on this \
             page: you can read and copy it."
                .to_owned(),
        ),
        _ if !is_editable.get() => {
            Some(application.with(|own| why_closed(own, session.program_now())))
        }
        _ => None,
    };
    let in_force = move || {
        application.with(|own| {
            let is_sent = own.state == ApplicationState::Submitted && is_editable.get();
            let at = own.submitted_at.filter(|_| is_sent)?;
            let reference = own.reference.clone().unwrap_or_default();
            Some(if own.changed_since_submitted {
                format!(
                    "You have changes that are not sent. The application {reference} that you sent \
                     on {} stays in force until you send them.",
                    intl::moment_for_reader(at)
                )
            } else {
                format!(
                    "You sent the application {reference} on {}. It stays in force; changes count \
                     once you send them again.",
                    intl::moment_for_reader(at)
                )
            })
        })
    };
    let is_outdated = state.is_outdated();
    let outdated = move || {
        is_outdated.get().then(|| {
            // A refusal to reload leaves this message in place, which is still true.
            let reload = |()| {
                window().location().reload().ok();
            };
            view! {
                <Notice kind=Kind::Warning>
                    <p>"The committee has changed the form. What you write here is saved; load the page again to read what changed."</p>
                    <Button on_press=reload>"Load the page again"</Button>
                </Notice>
            }
        })
    };
    view! {
        {outdated}
        {move || closed().map(|words| view! { <Notice kind=Kind::Warning><p>{words}</p></Notice> })}
        {move || in_force().map(|words| view! { <Notice><p>{words}</p></Notice> })}
    }
}

/// Why an application can only be read.
fn why_closed(own: &MyApplication, now: DateTime<Utc>) -> String {
    let is_past = now >= own.closes.instant;
    match own.state {
        ApplicationState::Withdrawn => {
            "You took this application back. You can read here what you wrote.".to_owned()
        }
        ApplicationState::Draft if is_past => format!(
            "Applications closed on {}. This one was not sent. You can read here what you wrote.",
            official(&own.closes)
        ),
        ApplicationState::Draft => {
            "Applications are not taken now. You can read here what you wrote.".to_owned()
        }
        ApplicationState::NeedsInfo => "The committee has asked you something: answer it under My \
             applications. The other answers stay as you sent them."
            .to_owned(),
        _ if is_past => format!(
            "Applications closed on {}. You can read here what you wrote; nothing can be changed \
             any more.",
            official(&own.closes)
        ),
        _ => "You can read here what you wrote; nothing can be changed any more.".to_owned(),
    }
}

/// Signs in over the page when the session has ended. Typing goes on after "Not now".
#[component]
fn SignInAgain() -> impl IntoView {
    let state = ApplyState::expect();
    let session = Session::expect();
    let stand = state.stand();
    let is_on_device = state.is_on_device();
    let is_put_off = RwSignal::new(false);
    let is_open = Memo::new(move |_| stand.get() == Stand::SignedOut && !is_put_off.get());
    let on_done = Callback::new(move |_: Redeemed| autosave::resume(state, session));
    let sign_in = SignIn::begin(Step::Address, on_done);
    let (local_mail, demo) = (session.local_mail(), session.is_demo());
    view! {
        <Show when=move || stand.get() == Stand::SignedOut && is_put_off.get()>
            <div class="apply__signed-out">
                <button
                    type="button"
                    class="button button--primary"
                    on:click=move |_| is_put_off.set(false)
                >
                    "Sign in to save"
                </button>
            </div>
        </Show>
        <Dialog
            open=is_open
            title=Signal::derive(|| "Sign in to save".to_owned())
            on_close=move |()| is_put_off.set(true)
        >
            <p>{move || ended(is_on_device.get())}</p>
            <SignInForm
                id="again"
                step=sign_in.step()
                error=sign_in.error()
                busy=sign_in.is_busy()
                shared=sign_in.shared()
                on_said=sign_in.said()
            />
            <LocalMailNote local_mail demo />
        </Dialog>
    }
}

fn ended(is_on_device: bool) -> &'static str {
    if is_on_device {
        "Your session has ended. What you wrote is kept on this device and saved as soon as you \
         are signed in."
    } else {
        "Your session has ended. What you wrote is kept in this tab only and saved as soon as you \
         are signed in: leave it open."
    }
}
