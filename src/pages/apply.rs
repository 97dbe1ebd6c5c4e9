//! The wizard: one application being written. The area loads it, keeps it saved and says how that
//! stands; the screens inside are its task list, its pages, its review and its receipt.

mod as_committee;
mod autosave;
mod changes;
mod confirm;
mod countdown;
pub mod draft;
mod eligible;
mod frame;
mod journal;
mod late;
mod pace;
mod review;
#[cfg(test)]
mod sample;
mod start;
mod state;
mod step;
mod submitted;
mod tasks;
mod way;
pub mod work;

use futures::future::try_join;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use tandem_api::application::DraftView;
use tandem_api::session::Me;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

pub use crate::pages::apply::review::ReviewPage;
pub use crate::pages::apply::start::StartPage;
pub use crate::pages::apply::step::StepPage;
pub use crate::pages::apply::submitted::SubmittedPage;
pub use crate::pages::apply::tasks::TasksPage;

use crate::api::applications;
use crate::api::error::ApiError;
use crate::load::{Load, LoadFailed};
use crate::pages::apply::changes::Changes;
use crate::pages::apply::frame::Frame;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::heading::PageHeading;
use crate::ui::skeleton::{Outline, Skeleton};

/// What is needed to write an application.
#[derive(Debug, Clone, PartialEq)]
struct Opened {
    form: FormDef,
    draft: DraftView,
}

/// What the reader has for this cohort and role.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    /// An application.
    Application(Box<Opened>),
    /// None in this role.
    Nothing,
}

impl Found {
    /// Which application, if there is one.
    fn id(&self) -> Option<ApplicationId> {
        match self {
            Self::Application(opened) => Some(opened.draft.application.id),
            Self::Nothing => None,
        }
    }
}

/// The application of a cohort and role, and the screens inside it.
#[component]
pub fn ApplyArea() -> impl IntoView {
    let params = use_params_map();
    let which = Memo::new(move |_| {
        params.with(|params| {
            let role = Role::from_slug(&params.get("role")?)?;
            Some((params.get("cohort")?, role))
        })
    });
    let found = RwSignal::new(Load::Waiting);
    let open = Action::new_local(move |which: &Option<(String, Role)>| {
        let which = which.clone();
        async move {
            found.try_set(Load::Waiting);
            found.try_set(find(which).await.into());
        }
    });
    Effect::new(move || {
        open.dispatch_local(which.get());
    });
    let retry = Callback::new(move |()| {
        open.dispatch_local(which.get_untracked());
    });
    follow_account(found, which);
    // Who is here decides what stands above the pages: nothing is to come in between later.
    let session = Session::expect().state();
    let is_asking = Memo::new(move |_| session.with(|session| *session == Load::Waiting));
    move || match (found.get(), is_asking.get()) {
        (Load::Waiting, _) | (_, true) => {
            view! { <Skeleton label="Opening your application" outline=Outline::Page n_parts=6 /> }
                .into_any()
        }
        (Load::Failed(error), _) => view! { <LoadFailed error on_retry=retry /> }.into_any(),
        (Load::Ready(Found::Nothing), _) => {
            let cohort = which
                .get_untracked()
                .map(|(cohort, _)| cohort)
                .unwrap_or_default();
            view! { <NotBegun cohort /> }.into_any()
        }
        (Load::Ready(Found::Application(opened)), _) => {
            let Opened { form, draft } = *opened;
            if draft.news.is_empty() {
                view! { <Frame form draft /> }.into_any()
            } else {
                view! { <Changes form draft on_read=retry /> }.into_any()
            }
        }
    }
}

/// Opens the application of the account once the draft has joined it: whoever wrote without a
/// confirmed address turned out to have one already.
fn follow_account(found: RwSignal<Load<Found>>, which: Memo<Option<(String, Role)>>) {
    let me = Session::expect().me();
    Effect::new(move |before: Option<Option<Me>>| {
        let (now, before) = (me.get(), before.flatten());
        if before.as_ref().zip(now.as_ref()).is_some_and(has_joined) {
            spawn_local(reopen(found, which.get_untracked()));
        }
        now.or(before)
    });
}

fn has_joined((before, now): (&Me, &Me)) -> bool {
    !before.confirmed && before.id != now.id && before.email.eq_ignore_ascii_case(&now.email)
}

/// Puts what is there now in the place of what was. Whatever goes wrong, what the reader sees and
/// wrote stays on the page.
async fn reopen(found: RwSignal<Load<Found>>, which: Option<(String, Role)>) {
    let Ok(Found::Application(now)) = find(which).await else {
        return;
    };
    let id = now.draft.application.id;
    let before = found.try_with_untracked(|found| found.ready().and_then(Found::id));
    if let Some(before) = before.flatten().filter(|before| *before != id) {
        journal::inherit(&before.to_string(), &id.to_string());
        found.try_set(Load::Ready(Found::Application(now)));
    }
}

async fn find(which: Option<(String, Role)>) -> Result<Found, ApiError> {
    let (cohort, role) = which.ok_or(ApiError::NotFound)?;
    let mine = applications::mine().await?;
    let Some(own) = mine
        .into_iter()
        .find(|own| own.cohort_slug == cohort && own.role == role)
    else {
        return Ok(Found::Nothing);
    };
    let form = applications::form(own.cohort, role);
    let (form, draft) = try_join(form, applications::draft(own.id)).await?;
    Ok(Found::Application(Box::new(Opened { form, draft })))
}

/// There is no such application of this reader.
#[component]
fn NotBegun(
    /// The cohort's name in addresses.
    cohort: String,
) -> impl IntoView {
    view! {
        <div class="page page--text">
            <PageHeading lead="There is no application of yours in this role yet. Beginning one takes a minute.">
                "Nothing begun here"
            </PageHeading>
            <p>
                <ButtonLink href=Screen::Apply(cohort).to_string() look=Look::Primary>
                    "Begin an application"
                </ButtonLink>
            </p>
        </div>
    }
}
