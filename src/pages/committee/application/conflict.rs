//! Saying that a member of the committee is close to the applicant and stays away from then on.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use tandem_api::board::DeclareConflict;
use tandem_api::people::MemberView;
use tandem_domain::id::{CohortId, PersonId, ProgramId};
use tandem_domain::permission::Action as Permitted;

use crate::api::error::ApiError;
use crate::api::{conflicts, people};
use crate::dom::announce;
use crate::load::{Fetched, Load};
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{Button, Look};
use crate::ui::choice::Choice;
use crate::ui::dialog::Dialog;
use crate::ui::disclosure::Disclosure;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;

/// Whom a conflict would be with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// In which cohort.
    pub cohort: CohortId,
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
}

/// Says that the reader, or for those who lead the cohort another member, stays away.
#[component]
pub fn ConflictOfInterest(
    /// Whom it would be with.
    applicant: Applicant,
    /// The cohort's name in addresses.
    slug: Memo<String>,
    /// Called after it was said of somebody else.
    on_change: Callback<()>,
) -> impl IntoView {
    let session = Session::expect();
    let me = session.me();
    let me = me.with_untracked(|me| me.as_ref().map(|me| me.id));
    let cohort = session.cohort().get_untracked();
    let of_others =
        cohort.filter(|cohort| cohort.may.contains(&Permitted::DeclareConflictOfOthers));
    let member = RwSignal::new(None::<PersonId>);
    let is_open = RwSignal::new(false);
    let name = StoredValue::new(applicant.name.clone());
    let others = of_others.map(|cohort| {
        let program = cohort.program;
        view! { <Others program but=[me, Some(applicant.person)] member /> }
    });
    let summary = "Conflict of interest".to_owned();
    let words = move || {
        let name = name.get_value();
        if member.get().is_none() {
            format!(
                "If you are close to {name} (a relative, a friend, your own staff or student), say \
                 so and leave the pairing to the others."
            )
        } else {
            format!("The member will read the board without {name} and no longer change it.")
        }
    };
    view! {
        <Disclosure summary>
            <div class="stack">
                <p>{words}</p>
                {others}
                <div>
                    <Button on_press=move |()| is_open.set(true)>
                        {move || if member.get().is_none() { "I have a conflict" } else { "Note the conflict" }}
                    </Button>
                </div>
            </div>
        </Disclosure>
        <Sure applicant is_open member slug on_change />
    }
}

/// The other members, for those who may say it of them.
#[component]
fn Others(
    /// Of which program.
    program: ProgramId,
    /// Who is not offered.
    but: [Option<PersonId>; 2],
    /// Who is chosen; nobody stands for the reader.
    member: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let members = Fetched::new(move || Box::pin(people::members(program)));
    let choices = Signal::derive(move || match members.get() {
        Load::Ready(members) => members
            .into_iter()
            .filter(|one| !but.contains(&Some(one.person)))
            .map(|one| Choice::new(one.person.to_string(), name_of(one)))
            .collect(),
        Load::Waiting | Load::Failed(_) => Vec::new(),
    });
    let chose = move |chosen: Option<String>| member.set(chosen.and_then(|one| one.parse().ok()));
    view! {
        <Select
            id="conflict-member"
            label="Who stays away?"
            choices
            value=Signal::derive(move || member.get().map(|one| one.to_string()))
            placeholder="I myself"
            on_change=chose
        />
    }
}

fn name_of(member: MemberView) -> String {
    if member.name.is_empty() {
        member.email
    } else {
        member.name
    }
}

/// Says what follows, and does it.
#[component]
fn Sure(
    /// Whom it would be with.
    applicant: Applicant,
    /// Whether it is asked.
    is_open: RwSignal<bool>,
    /// Of whom it is said; nobody stands for the reader.
    member: RwSignal<Option<PersonId>>,
    /// The cohort's name in addresses.
    slug: Memo<String>,
    /// Called after it was said of somebody else.
    on_change: Callback<()>,
) -> impl IntoView {
    let go = use_navigate();
    let failed = RwSignal::new(None::<String>);
    let Applicant {
        cohort,
        person,
        name,
    } = applicant;
    let name = StoredValue::new(name);
    let done = move |answer: Result<(), ApiError>, is_other: bool| match answer {
        Ok(()) => {
            is_open.try_set(false);
            announce::polite("The conflict is noted.");
            if is_other {
                on_change.try_run(());
            } else if let Some(slug) = slug.try_get_untracked() {
                // From now on this application is not there for the reader.
                let list = Screen::CommitteeConflicts(slug).to_string();
                go(&list, NavigateOptions::default());
            }
        }
        Err(error) => {
            failed.try_set(Some(error.sentence()));
        }
    };
    let declare = Action::new_local(move |member: &Option<PersonId>| {
        let conflict = DeclareConflict {
            person,
            member: *member,
        };
        let done = done.clone();
        async move {
            let answer = conflicts::declare(cohort, &conflict).await;
            done(answer, conflict.member.is_some());
        }
    });
    let close = move || {
        failed.set(None);
        is_open.set(false);
    };
    let words = move || {
        let name = name.get_value();
        if member.get().is_none() {
            format!(
                "You will no longer read about {name}, and see the board without {name} and without \
                 changing it. Only the program officer lifts this."
            )
        } else {
            format!(
                "The member will no longer read about {name}, and see the board without {name} and \
                 without changing it. Only the program officer lifts this."
            )
        }
    };
    view! {
        <Dialog
            open=is_open
            title=Signal::stored("Stay away from this person?".to_owned())
            on_close=move |()| close()
        >
            <p>{words}</p>
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })}
            <div class="dialog__actions">
                <Button
                    look=Look::Primary
                    busy=declare.pending()
                    on_press=move |()| {
                        declare.dispatch_local(member.get_untracked());
                    }
                >
                    "Note the conflict"
                </Button>
                <Button on_press=move |()| close()>"Leave it"</Button>
            </div>
        </Dialog>
    }
}
