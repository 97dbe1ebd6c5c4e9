//! The start page: what the program is, the present call, the dates, two doors.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::components::A;
use tandem_api::cohort::{CohortView, ProgramView};
use tandem_domain::cohort::Stage;

use crate::api::timeline;
use crate::load::{Fetched, Load, LoadFailed};
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::call_status::CallStatus;
use crate::widgets::contact::Contact;
use crate::widgets::key_dates::KeyDates;
use crate::widgets::timeline_track::{TimelineTrack, now_in};

/// The start page.
#[component]
pub fn HomePage() -> impl IntoView {
    let session = Session::expect();
    let programs = session.programs();
    move || match programs.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the program" outline=Outline::Page n_parts=6 /> }
                .into_any()
        }
        Load::Failed(error) => {
            view! { <LoadFailed error on_retry=Callback::new(move |()| session.refresh()) /> }
                .into_any()
        }
        Load::Ready(programs) if programs.is_empty() => view! { <NoProgram /> }.into_any(),
        Load::Ready(programs) => programs
            .into_iter()
            .map(|program| view! { <Program program /> })
            .collect_view()
            .into_any(),
    }
}

/// A server nobody has set up.
#[component]
fn NoProgram() -> impl IntoView {
    let can_manage = Session::expect().can_manage();
    let next = move || {
        if can_manage.get() == Some(true) {
            view! {
                <ButtonLink href=Screen::Manage.to_string() look=Look::Primary>
                    "Set up a program"
                </ButtonLink>
            }
            .into_any()
        } else {
            view! {
                <p>
                    "If you run this server, sign in with the link that "
                    <code>"tandem-server create-officer"</code> " prints."
                </p>
            }
            .into_any()
        }
    };
    view! {
        <PageHeading>"Tandem"</PageHeading>
        <Empty title="There is no mentoring program here yet">
            <p>"Once a program is set up, this page says what it is, who may apply and by when."</p>
            {next}
        </Empty>
    }
}

/// A program as its association announces it.
#[component]
fn Program(
    /// Which.
    program: ProgramView,
) -> impl IntoView {
    let paragraphs = program
        .about
        .split("\n\n")
        .map(|paragraph| view! { <p>{paragraph.to_owned()}</p> })
        .collect_view();
    let mut cohorts = program.cohorts.into_iter();
    let present = cohorts.next();
    let earlier: Vec<_> = cohorts.collect();
    let contact = program.contact.clone();
    view! {
        <article class="home">
            <PageHeading kicker=program.association.clone()>{program.name.clone()}</PageHeading>
            <div class="home__columns">
                <div class="home__about">
                    {paragraphs}
                    {(!contact.is_empty())
                        .then(|| {
                            view! {
                                <p class="home__contact">
                                    "Questions? Write to " <Contact contact />
                                </p>
                            }
                        })}
                </div>
                {present.map(|cohort| view! { <Present cohort /> })}
            </div>
            <Earlier cohorts=earlier />
        </article>
    }
}

/// The newest cohort.
#[component]
fn Present(
    /// Which.
    cohort: CohortView,
) -> impl IntoView {
    let session = Session::expect();
    let now = Signal::derive(move || session.program_now());
    let here = now_in(&cohort.zone, now.get_untracked());
    view! {
        <div class="home__present">
            <CallStatus cohort=cohort.clone() now />
            <KeyDates calendar=cohort.calendar.clone() now=here />
            <Ribbon cohort=cohort.clone() now />
            <p>
                <A href=Screen::Cohort(cohort.slug.clone()).to_string()>
                    {format!("All dates of {}", cohort.title)}
                </A>
            </p>
        </div>
    }
}

/// The timeline as a picture; nothing while it is on its way or when it cannot be had, because the
/// dates that matter stand above it.
#[component]
fn Ribbon(
    /// Of which cohort.
    cohort: CohortView,
    /// The program's time.
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let id = cohort.id;
    let dates = Fetched::new(move || Box::pin(timeline::timeline(id)));
    let track = move || match dates.get() {
        Load::Ready(dates) => {
            let now = now_in(&dates.zone, now.get_untracked());
            view! { <TimelineTrack items=dates.items now /> }.into_any()
        }
        Load::Waiting | Load::Failed(_) => ().into_any(),
    };
    view! { <div class="home__ribbon">{track}</div> }
}

/// What earlier cohorts looked like.
#[component]
fn Earlier(
    /// The cohorts before the newest.
    cohorts: Vec<CohortView>,
) -> impl IntoView {
    (!cohorts.is_empty()).then(|| {
        let rows = cohorts
            .into_iter()
            .map(|cohort| {
                let what = match (cohort.stage, cohort.pairs) {
                    (Stage::Cancelled, _) => "did not take place".to_owned(),
                    (_, Some(1)) => "1 pair".to_owned(),
                    (_, Some(pairs)) => format!("{pairs} pairs"),
                    (_, None) => "under way".to_owned(),
                };
                view! {
                    <li class="home__cohort">
                        <A href=Screen::Cohort(cohort.slug).to_string()>{cohort.title}</A>
                        " "
                        <span class="home__pairs">{what}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="home__earlier" aria-labelledby="earlier">
                <h2 id="earlier">"Earlier cohorts"</h2>
                <ul class="home__cohorts">{rows}</ul>
            </section>
        }
    })
}
