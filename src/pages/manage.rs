//! Setting up and looking after a program: its cohorts, its people, its mails.

pub mod days;
pub mod new_cohort;
pub mod next_cohort;
pub mod outbox;
pub mod people;

mod entry;
mod new_program;

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use tandem_api::cohort::ProgramView;
use tandem_domain::id::ProgramId;

use crate::load::{Load, LoadFailed};
use crate::pages::manage::new_program::NewProgramForm;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::disclosure::Disclosure;
use crate::ui::heading::PageHeading;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::state_words;

/// The program in the address; nothing where the address is not one.
fn program_id() -> Memo<Option<ProgramId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("program")?.parse().ok()))
}

/// The programs of this server and what can be done with each.
#[component]
pub fn ManagePage() -> impl IntoView {
    let session = Session::expect();
    let programs = session.programs();
    let is_founder = move || {
        session
            .me()
            .with(|me| me.as_ref().is_some_and(|me| me.founder))
    };
    // What is typed stays when the list is read again.
    let is_empty =
        Memo::new(move |_| programs.with(|programs| programs.ready().is_some_and(Vec::is_empty)));
    let list = move || match programs.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the programs" outline=Outline::Page n_parts=4 /> }
                .into_any()
        }
        Load::Failed(error) => {
            let retry = Callback::new(move |()| session.refresh());
            view! { <LoadFailed error on_retry=retry /> }.into_any()
        }
        Load::Ready(programs) => programs
            .into_iter()
            .map(|program| view! { <Program program /> })
            .collect_view()
            .into_any(),
    };
    view! {
        <article class="page page--text manage">
            <PageHeading lead="Programs, cohorts, people and mails.">"Manage"</PageHeading>
            {list}
            <Show when=move || is_founder() && is_empty.get()>
                <NewProgramForm />
            </Show>
            <Show when=move || is_founder() && !is_empty.get()>
                <Disclosure summary="Found another program">
                    <NewProgramForm />
                </Disclosure>
            </Show>
        </article>
    }
}

/// One program.
#[component]
fn Program(
    /// Which.
    program: ProgramView,
) -> impl IntoView {
    let heading = format!("program-{}", program.slug);
    let section = heading.clone();
    let none = program
        .cohorts
        .is_empty()
        .then(|| view! { <p>"It has no cohort yet."</p> });
    // The newest cohort stands first.
    let next = program.cohorts.first().map(|newest| {
        let href = Screen::ManageNextCohort(newest.slug.clone()).to_string();
        let words = format!("Next cohort after {}", newest.title);
        view! { <ButtonLink href=href>{words}</ButtonLink> }
    });
    let cohorts = program
        .cohorts
        .into_iter()
        .map(|cohort| {
            let href = Screen::CommitteeOverview(cohort.slug).to_string();
            view! {
                <li class="manage__cohort">
                    <A href=href>{cohort.title}</A>
                    " "
                    <span class="manage__stage">{state_words::stage(cohort.stage)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack manage__program" aria-labelledby=section>
            <h2 id=heading>{program.name.clone()}</h2>
            {none}
            <ul class="stack stack--tight">{cohorts}</ul>
            <p class="row">
                <ButtonLink href=Screen::ManageNewCohort(program.id).to_string() look=Look::Primary>
                    "Set up a cohort"
                </ButtonLink>
                {next}
                <ButtonLink href=Screen::ManagePeople(program.id)
                    .to_string()>"People and offices"</ButtonLink>
                <ButtonLink href=Screen::ManageDays(program.id).to_string()>
                    "Days kept free"
                </ButtonLink>
                <ButtonLink href=Screen::ManageOutbox(program.id).to_string()>"Mails"</ButtonLink>
            </p>
        </section>
    }
}
