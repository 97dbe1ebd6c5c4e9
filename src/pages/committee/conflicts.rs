//! Members of the committee who stay away from single applicants: the officer sees all and lifts
//! them, everybody else sees the own ones. They are declared on the page of the application.

use leptos::prelude::*;
use tandem_api::board::ConflictView;
use tandem_domain::id::{CohortId, PersonId};
use tandem_domain::permission::Action as Permitted;

use crate::api::error::ApiError;
use crate::api::{cohorts, conflicts};
use crate::dom::announce;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};

const LEAD: &str = "Whoever is close to an applicant says so on the page of the application. From \
                    then on the member reads the board without that person, and no longer changes it.";

/// The conflicts of a cohort.
#[component]
pub fn ConflictsPage() -> impl IntoView {
    let slug = slug();
    let found = Fetched::new(move || Box::pin(load(slug.get())));
    let again = found.again();
    move || match found.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the conflicts" outline=Outline::Rows n_parts=3 /> }
                .into_any()
        }
        Load::Ready(found) => view! { <Conflicts found slug on_change=again /> }.into_any(),
        Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
    }
}

/// Of which cohort, whether the reader reads and lifts those of others, and the conflicts.
type Found = (CohortId, bool, Vec<ConflictView>);

async fn load(slug: String) -> Result<Found, ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    let manages = cohort.may.contains(&Permitted::ManageConflicts);
    let conflicts = conflicts::all(cohort.id).await?;
    Ok((cohort.id, manages, conflicts))
}

/// The conflicts that are here.
#[component]
fn Conflicts(
    /// See there.
    found: Found,
    /// The cohort's name in addresses.
    slug: Memo<String>,
    /// Called after one was lifted.
    on_change: Callback<()>,
) -> impl IntoView {
    let (cohort, manages, conflicts) = found;
    let me = Session::expect().me();
    let me = me.with_untracked(|me| me.as_ref().map(|me| me.id));
    let asked = RwSignal::new(None::<ConflictView>);
    let none = conflicts.is_empty().then(|| {
        let title = if manages {
            "Nobody has declared a conflict"
        } else {
            "You have declared no conflict"
        };
        let applications = Screen::CommitteeApplications(slug.get_untracked()).to_string();
        view! {
            <Empty title>
                <p>
                    "Open an "<a href=applications>"application"</a>
                    " and choose “Conflict of interest” to stay away from somebody."
                </p>
            </Empty>
        }
    });
    let rows = conflicts
        .into_iter()
        .map(|conflict| {
            // Nobody lifts the own one: the server says the same.
            let may_lift = manages && Some(conflict.member) != me;
            view! { <Conflict conflict me asked=may_lift.then_some(asked) /> }
        })
        .collect_view();
    view! {
        <article class="page page--text conflicts">
            <BackLink href=Screen::CommitteeOverview(slug.get_untracked()).to_string()>"Overview"</BackLink>
            <PageHeading lead=LEAD>"Conflicts of interest"</PageHeading>
            {none}
            <ul class="conflicts__list">{rows}</ul>
            <LiftDialog cohort asked on_change />
        </article>
    }
}

/// Who stays away from whom.
#[component]
fn Conflict(
    /// Both.
    conflict: ConflictView,
    /// Who reads this.
    me: Option<PersonId>,
    /// Where to ask for lifting it, for whoever may.
    asked: Option<RwSignal<Option<ConflictView>>>,
) -> impl IntoView {
    let member = if Some(conflict.member) == me {
        "You stay".to_owned()
    } else {
        format!("{} stays", conflict.member_name)
    };
    let lift = asked.map(|asked| {
        let names = format!(": {} and {}", conflict.member_name, conflict.person_name);
        let conflict = conflict.clone();
        view! {
            <Button look=Look::Quiet on_press=move |()| asked.set(Some(conflict.clone()))>
                "Lift"
                <span class="visually-hidden">{names}</span>
            </Button>
        }
    });
    view! {
        <li class="conflicts__conflict">
            <p dir="auto">{member}" away from "<strong>{conflict.person_name.clone()}</strong></p>
            {lift}
        </li>
    }
}

/// Asks before a conflict is lifted.
#[component]
fn LiftDialog(
    /// Of which cohort.
    cohort: CohortId,
    /// What is asked about.
    asked: RwSignal<Option<ConflictView>>,
    /// Called after it was lifted.
    on_change: Callback<()>,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let lift = Action::new_local(move |conflict: &ConflictView| {
        let (member, person) = (conflict.member, conflict.person);
        async move {
            match conflicts::lift(cohort, member, person).await {
                Ok(()) => {
                    asked.try_set(None);
                    announce::polite("The conflict is lifted.");
                    on_change.try_run(());
                }
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let is_open = Memo::new(move |_| asked.with(Option::is_some));
    let close = move || {
        failed.set(None);
        asked.set(None);
    };
    let words = move || {
        asked.get().map(|conflict| {
            format!(
                "{} will read everything about {} again and may pair people again.",
                conflict.member_name, conflict.person_name
            )
        })
    };
    let lifted = move |()| {
        if let Some(conflict) = asked.get_untracked() {
            lift.dispatch_local(conflict);
        }
    };
    view! {
        <Dialog
            open=is_open
            title=Signal::stored("Lift this conflict?".to_owned())
            on_close=move |()| close()
        >
            <p>{words}</p>
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })}
            <div class="dialog__actions">
                <Button look=Look::Primary busy=lift.pending() on_press=lifted>"Lift it"</Button>
                <Button on_press=move |()| close()>"Leave it"</Button>
            </div>
        </Dialog>
    }
}
