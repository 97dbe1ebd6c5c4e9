//! The wizard: one application being written. The area loads it, keeps it saved and says how that
//! stands; the screens inside are its task list, its pages, its review and its receipt.

mod autosave;
mod confirm;
mod countdown;
pub mod draft;
mod frame;
mod journal;
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
use leptos_router::hooks::use_params_map;
use tandem_api::application::DraftView;
use tandem_domain::form::definition::FormDef;
use tandem_domain::role::Role;

pub use crate::pages::apply::review::ReviewPage;
pub use crate::pages::apply::start::StartPage;
pub use crate::pages::apply::step::StepPage;
pub use crate::pages::apply::submitted::SubmittedPage;
pub use crate::pages::apply::tasks::TasksPage;

use crate::api::applications;
use crate::api::error::ApiError;
use crate::load::{Load, LoadFailed};
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
            view! { <Frame form draft /> }.into_any()
        }
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
