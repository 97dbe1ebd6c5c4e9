//! Who holds which office in a program.

use leptos::prelude::*;
use tandem_api::people::{AddMember, MemberView, SetOffices};
use tandem_domain::id::ProgramId;
use tandem_domain::role::Office;

use crate::api::error::ApiError;
use crate::api::people;
use crate::dom::random;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::manage::entry::Entry;
use crate::pages::manage::program_id;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look, Press};
use crate::ui::choice::{CheckboxGroup, Choice, Flow};
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::text_field::{Text, TextField};
use crate::widgets::state_words;

const OFFICES: [Office; 3] = [Office::Subcommittee, Office::Chair, Office::Officer];

/// Who holds which office.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let program = program_id();
    let members = Fetched::new(move || Box::pin(load(program.get())));
    let again = members.again();
    move || match members.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the people" outline=Outline::Rows n_parts=5 /> }
                .into_any()
        }
        Load::Ready((program, members)) => {
            view! { <People program members on_change=again /> }.into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
    }
}

async fn load(program: Option<ProgramId>) -> Result<(ProgramId, Vec<MemberView>), ApiError> {
    let program = program.ok_or(ApiError::NotFound)?;
    Ok((program, people::members(program).await?))
}

/// The people that are here.
#[component]
fn People(
    /// Of which program.
    program: ProgramId,
    /// Everybody with an office.
    members: Vec<MemberView>,
    /// Called after a change.
    on_change: Callback<()>,
) -> impl IntoView {
    let rows = members
        .into_iter()
        .map(|member| view! { <li><Member program member on_change /></li> })
        .collect_view();
    view! {
        <article class="page page--text people">
            <BackLink href=Screen::Manage.to_string()>"Manage"</BackLink>
            <PageHeading lead="Members read applications and pair people; the chair decides; the officer answers for the program.">
                "People and offices"
            </PageHeading>
            <ul class="people__list">{rows}</ul>
            <Add program on_change />
        </article>
    }
}

/// One person and the offices held.
#[component]
fn Member(
    /// Of which program.
    program: ProgramId,
    /// Who.
    member: MemberView,
    /// Called after a change.
    on_change: Callback<()>,
) -> impl IntoView {
    let session = Session::expect();
    let failed = RwSignal::new(None::<String>);
    let person = member.person;
    let rev = member.rev;
    let held = RwSignal::new(slugs(&member.offices));
    let name = if member.name.is_empty() {
        member.email.clone()
    } else {
        member.name.clone()
    };
    let set = Action::new_local(move |offices: &Vec<Office>| {
        let body = SetOffices {
            offices: offices.clone(),
        };
        async move {
            match people::set_offices(program, person, rev, &body).await {
                Ok(()) => {
                    session.refresh();
                    on_change.run(());
                }
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let saved = Callback::new(move |()| {
        failed.set(None);
        set.dispatch_local(offices(&held.get_untracked()));
    });
    view! {
        <div class="people__member">
            <p class="people__name">{name.clone()}</p>
            <p class="people__email">{member.email}</p>
            <CheckboxGroup
                id=format!("offices-{person}")
                label=format!("Offices of {name}")
                choices=office_choices()
                flow=Flow::Inline
                value=held
                on_change=move |chosen| held.set(chosen)
            />
            <Button busy=set.pending() on_press=saved>
                "Save"
            </Button>
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
        </div>
    }
}

/// Gives an office to somebody new.
#[component]
fn Add(
    /// Of which program.
    program: ProgramId,
    /// Called after a change.
    on_change: Callback<()>,
) -> impl IntoView {
    let entry = Entry::new(&[]);
    let chosen = RwSignal::new(slugs(&[Office::Subcommittee]));
    let key = StoredValue::new(random::uuid());
    let send = Action::new_local(move |member: &AddMember| {
        let member = member.clone();
        async move {
            match people::add(program, key.get_value(), &member).await {
                Ok(_) => on_change.run(()),
                Err(error) => entry.refused(&error),
            }
        }
    });
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let offices = offices(&chosen.get_untracked());
        let mut problems = Vec::new();
        if entry.trimmed("name").is_empty() {
            problems.push(("name", "Give a name.".to_owned()));
        }
        if !entry.trimmed("email").contains('@') {
            problems.push((
                "email",
                "Write an address such as name@example.org.".to_owned(),
            ));
        }
        if offices.is_empty() {
            problems.push(("offices", "Choose at least one office.".to_owned()));
        }
        if entry.settle(problems) {
            let (email, name) = (entry.trimmed("email"), entry.trimmed("name"));
            send.dispatch_local(AddMember {
                email,
                name,
                offices,
            });
        }
    };
    view! {
        <section class="stack" aria-labelledby="add-person">
            <h2 id="add-person">"Add somebody"</h2>
            <form class="stack" novalidate on:submit=submitted>
                <TextField
                    id="name"
                    label="Name"
                    error=entry.error("name")
                    on_input=entry.write("name")
                />
                <TextField
                    id="email"
                    label="E-mail"
                    text=Text::Email
                    error=entry.error("email")
                    on_input=entry.write("email")
                />
                <CheckboxGroup
                    id="offices"
                    label="Offices"
                    choices=office_choices()
                    flow=Flow::Inline
                    value=chosen
                    error=entry.error("offices")
                    on_change=move |offices| chosen.set(offices)
                />
                {move || {
                    entry.failure().get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })
                }}
                <div>
                    <Button look=Look::Primary press=Press::Submits busy=send.pending()>
                        "Add, and send a mail"
                    </Button>
                </div>
            </form>
        </section>
    }
}

fn office_choices() -> Vec<Choice> {
    OFFICES
        .map(|office| Choice::new(slug(office), state_words::office(office)))
        .to_vec()
}

fn slug(office: Office) -> &'static str {
    match office {
        Office::Subcommittee => "subcommittee",
        Office::Chair => "chair",
        Office::Officer => "officer",
    }
}

fn slugs(offices: &[Office]) -> Vec<String> {
    offices
        .iter()
        .map(|office| slug(*office).to_owned())
        .collect()
}

fn offices(slugs: &[String]) -> Vec<Office> {
    OFFICES
        .into_iter()
        .filter(|office| slugs.iter().any(|own| own == slug(*office)))
        .collect()
}
