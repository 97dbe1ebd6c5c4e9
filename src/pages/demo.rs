//! The demonstration: accounts with one click, the rehearsal clock, and its mails.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use tandem_api::demo::{DemoAccount, DemoDay, DemoView, SetDemoClock};
use tandem_api::outbox::MailView;
use tandem_domain::date::ZoneName;

use crate::api::demo;
use crate::load::{Fetched, Load, LoadFailed};
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{Button, Look};
use crate::ui::date_words::long_day;
use crate::ui::dialog::Dialog;
use crate::ui::disclosure::Disclosure;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::timeline_track::today_in;

/// The demonstration's own screen.
#[component]
pub fn DemoPage() -> impl IntoView {
    let both = Fetched::new(|| Box::pin(async { Ok((demo::demo().await?, demo::mails().await?)) }));
    let again = both.again();
    move || match both.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the demonstration" outline=Outline::Page n_parts=8 /> }
                .into_any()
        }
        Load::Ready((view, mails)) => view! { <Demo view mails on_change=again /> }.into_any(),
        Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
    }
}

/// The demonstration that is here.
#[component]
fn Demo(
    /// Accounts and days.
    view: DemoView,
    /// Newest first.
    mails: Vec<MailView>,
    /// Called after the clock moved.
    on_change: Callback<()>,
) -> impl IntoView {
    let accounts = view
        .accounts
        .into_iter()
        .map(|account| view! { <li><Account account /></li> })
        .collect_view();
    let today = long_day(today_in(&ZoneName::aoe(), view.program_now));
    view! {
        <article class="page page--text demo">
            <PageHeading lead="Fictional people, a fictional association. Try anything; nothing leaves this machine.">
                "Demonstration"
            </PageHeading>
            <section class="stack" aria-labelledby="accounts">
                <h2 id="accounts">"Sign in as"</h2>
                <ul class="demo__accounts">{accounts}</ul>
            </section>
            <section class="stack" aria-labelledby="clock">
                <h2 id="clock">"The rehearsal clock"</h2>
                <p>{format!("For the program it is {today}. The clock goes forward; an earlier day starts the demonstration anew.")}</p>
                <Days days=view.days on_change />
            </section>
            <section class="stack" aria-labelledby="mails">
                <h2 id="mails">"Mails"</h2>
                <Letters mails />
            </section>
        </article>
    }
}

/// Signs in as somebody.
#[component]
fn Account(
    /// As whom.
    account: DemoAccount,
) -> impl IntoView {
    let session = Session::expect();
    let navigate = use_navigate();
    let failed = RwSignal::new(None::<String>);
    let person = account.person;
    let enter = Action::new_local(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            match demo::sign_in(person).await {
                Ok(()) => {
                    session.refresh();
                    navigate(
                        &Screen::Home.to_string(),
                        leptos_router::NavigateOptions::default(),
                    );
                }
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    view! {
        <Button
            busy=enter.pending()
            on_press=move |()| {
                enter.dispatch_local(());
            }
        >
            <span class="demo__name">{account.name}</span>
            <span class="demo__part">{account.part}</span>
        </Button>
        {move || failed.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
    }
}

/// The days the clock can be set to.
#[component]
fn Days(
    /// In order.
    days: Vec<DemoDay>,
    /// Called after the clock moved.
    on_change: Callback<()>,
) -> impl IntoView {
    let session = Session::expect();
    let asked = RwSignal::new(None::<DemoDay>);
    let failed = RwSignal::new(None::<String>);
    let set = Action::new_local(move |clock: &SetDemoClock| {
        let clock = clock.clone();
        async move {
            match demo::set_clock(&clock).await {
                Ok(_) => {
                    asked.try_set(None);
                    session.refresh();
                    on_change.run(());
                }
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let go = Callback::new(move |day: DemoDay| {
        failed.set(None);
        if day.restarts {
            asked.set(Some(day));
        } else {
            set.dispatch_local(SetDemoClock {
                day: day.id,
                restart: false,
            });
        }
    });
    let restart = Callback::new(move |()| {
        if let Some(day) = asked.get_untracked() {
            set.dispatch_local(SetDemoClock {
                day: day.id,
                restart: true,
            });
        }
    });
    let rows = days
        .into_iter()
        .map(|day| {
            let chosen = day.clone();
            view! {
                <li class="demo__day">
                    <span>
                        <strong>{long_day(today_in(&ZoneName::aoe(), day.at))}</strong>
                        " "
                        {day.title}
                    </span>
                    <Button busy=set.pending() on_press=move |()| go.run(chosen.clone())>
                        {if day.restarts { "Start anew on this day …" } else { "Go to this day" }}
                    </Button>
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="demo__days">{rows}</ol>
        {move || failed.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
        <Dialog
            open=Signal::derive(move || asked.get().is_some())
            title="Start the demonstration anew?"
            on_close=move |()| asked.set(None)
        >
            <p>"Everything done in it so far is thrown away, and everybody is signed out."</p>
            <div class="dialog__actions">
                <Button look=Look::Danger busy=set.pending() on_press=restart>
                    "Throw away and start anew"
                </Button>
            </div>
        </Dialog>
    }
}

/// The mails, each to unfold.
#[component]
fn Letters(
    /// Newest first.
    mails: Vec<MailView>,
) -> impl IntoView {
    if mails.is_empty() {
        return view! {
            <Empty title="No mails yet">
                <p>"Links, codes and decisions that would be mailed stand here."</p>
            </Empty>
        }
        .into_any();
    }
    let letters = mails
        .into_iter()
        .map(|mail| {
            let summary = format!("{} (to {})", mail.row.subject, mail.row.to);
            view! {
                <li>
                    <Disclosure summary>
                        <pre class="demo__mail">{mail.body}</pre>
                    </Disclosure>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="stack stack--tight">{letters}</ul> }.into_any()
}
