//! One application as this reader may see it, and what can be decided about it.

mod conflict;
mod decide;
pub mod time;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tandem_api::application::{ApplicationView, HistoryLine, InfoRequestView};
use tandem_domain::form::definition::FormDef;
use tandem_domain::permission::Action as Permitted;

use crate::api::error::ApiError;
use crate::api::{committee, forms};
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::committee::application::conflict::{Applicant, ConflictOfInterest};
use crate::pages::committee::application::decide::Decide;
use crate::pages::committee::application::time::MoreTime;
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::heading::PageHeading;
use crate::ui::local_time::LocalTime;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::tag::Tag;
use crate::widgets::answers::AnswerSheet;
use crate::widgets::deadline::official;
use crate::widgets::state_words;

/// One application.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    let slug = slug();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let both = Fetched::new(move || Box::pin(load(id.get())));
    let again = both.again();
    move || match both.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the application" outline=Outline::Page n_parts=10 /> }
                .into_any()
        }
        Load::Ready((application, form)) => {
            view! { <Application application form slug on_change=again /> }.into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
    }
}

async fn load(id: String) -> Result<(ApplicationView, FormDef), ApiError> {
    let id = id.parse().map_err(|_| ApiError::NotFound)?;
    let application = committee::application(id).await?;
    let (cohort, role) = (application.cohort, application.row.role);
    // Read in the version it was sent with: later ones may ask something else.
    let form = forms::version(cohort, role, application.form_version).await?;
    Ok((application, form))
}

/// The application that is here.
#[component]
fn Application(
    /// What the reader may see of it.
    application: ApplicationView,
    /// The form it answers.
    form: FormDef,
    /// The cohort's name in addresses.
    slug: Memo<String>,
    /// Called after something was decided.
    on_change: Callback<()>,
) -> impl IntoView {
    let row = application.row.clone();
    let may_decide = application.may.contains(&Permitted::DecideEligibility);
    let may_ask = application.may.contains(&Permitted::AskInfo);
    let may_grant = application.may.contains(&Permitted::GrantTime);
    let applicant = Applicant {
        cohort: application.cohort,
        person: application.person,
        name: row.name.clone(),
    };
    let (role, role_tone) = state_words::role(row.role);
    let (state, state_tone) = state_words::application_state(row.state);
    view! {
        <article class="page page--aside application">
            <div class="stack stack--loose">
                <BackLink href=Screen::CommitteeApplications(slug.get_untracked())
                    .to_string()>"All applications"</BackLink>
                <PageHeading kicker=row.reference.clone()>{row.name.clone()}</PageHeading>
                <p class="row">
                    <Tag tone=role_tone>{role}</Tag>
                    <Tag tone=state_tone>{state}</Tag>
                    {row.late.then(|| view! { <Tag>"Came late"</Tag> })}
                    {row.committee.then(|| view! { <Tag>"On the committee or staff"</Tag> })}
                </p>
                <AnswerSheet form=form.clone() answers=application.answers.clone() files_of=row.id />
            </div>
            <aside class="stack stack--loose">
                <Decide
                    id=row.id
                    rev=application.rev
                    state=row.state
                    may_decide
                    may_ask
                    form
                    on_change
                />
                {may_grant
                    .then(|| {
                        let granted = application.granted.clone();
                        view! { <MoreTime id=row.id rev=application.rev granted on_change /> }
                    })}
                <Requests requests=application.info_requests />
                <History lines=application.history />
                <ConflictOfInterest applicant slug on_change />
            </aside>
        </article>
    }
}

/// What the committee asked, and what was answered.
#[component]
fn Requests(
    /// Newest first.
    requests: Vec<InfoRequestView>,
) -> impl IntoView {
    (!requests.is_empty()).then(|| {
        let items = requests
            .into_iter()
            .map(|request| {
                let answer = request
                    .answer
                    .unwrap_or_else(|| "Not answered yet.".to_owned());
                view! {
                    <li class="stack stack--tight">
                        <p class="application__question">{request.text}</p>
                        <p>{answer}</p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="stack" aria-labelledby="requests">
                <h2 id="requests">"Questions to the applicant"</h2>
                <ul class="stack">{items}</ul>
            </section>
        }
    })
}

/// What happened to the application.
#[component]
fn History(
    /// Newest first.
    lines: Vec<HistoryLine>,
) -> impl IntoView {
    let items = lines
        .into_iter()
        .map(|line| {
            let state = match &line.more_time {
                Some(until) => format!("More time until {}", official(until)),
                None => state_words::application_state(line.state).0.to_owned(),
            };
            view! {
                <li class="application__event">
                    <strong>{state}</strong>
                    {format!(" by {}, ", line.by)}
                    <LocalTime at=line.at />
                    {line.reason.map(|reason| view! { <span class="application__reason">{reason}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="history">
            <h2 id="history">"What happened"</h2>
            <ol class="stack stack--tight application__history">{items}</ol>
        </section>
    }
}
