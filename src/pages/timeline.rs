//! The timeline as the committee sees it: every date, and one at a time can be moved.

mod change;
mod state;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tandem_api::cohort::CohortView;
use tandem_api::timeline::TimelineView;

use crate::api::error::ApiError;
use crate::api::{cohorts, timeline};
use crate::load::{Load, LoadFailed};
use crate::pages::timeline::change::ChangeDate;
use crate::pages::timeline::state::TimelineState;
use crate::session::Session;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::timeline_track::{TimelineTable, TimelineTrack, today_in};

/// The timeline with its dates.
#[component]
pub fn TimelinePage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()));
    let state = TimelineState::new();
    let fetch = Action::new_local(move |slug: &String| {
        let slug = slug.clone();
        async move { state.loaded(load(&slug).await) }
    });
    Effect::new(move || {
        fetch.dispatch_local(slug.get());
    });
    let reload = Callback::new(move |()| {
        fetch.dispatch_local(slug.get_untracked());
    });
    move || match state.loading().get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the timeline" outline=Outline::Rows n_parts=8 /> }
                .into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=reload /> }.into_any(),
        Load::Ready(()) => view! { <Timeline state on_reload=reload /> }.into_any(),
    }
}

async fn load(slug: &str) -> Result<(CohortView, TimelineView), ApiError> {
    let cohort = cohorts::cohort(slug).await?;
    let timeline = timeline::timeline(cohort.id).await?;
    Ok((cohort, timeline))
}

/// The timeline that is here.
#[component]
fn Timeline(
    /// What the screen knows.
    state: TimelineState,
    /// Called to fetch everything anew.
    on_reload: Callback<()>,
) -> impl IntoView {
    let session = Session::expect();
    let now = Signal::derive(move || session.program_now());
    let today = Signal::derive(move || {
        today_in(&state.timeline().with(|view| view.zone.clone()), now.get())
    });
    let picture = move || {
        let items = state.timeline().with(|view| view.items.clone());
        view! {
            <TimelineTrack items=items.clone() today=today.get() />
            <TimelineTable items today=today.get() now />
        }
    };
    let change = move || {
        state
            .timeline()
            .with(|view| view.may_change)
            .then(|| view! { <ChangeDate state on_reload /> })
    };
    let done = move || {
        state
            .done()
            .get()
            .map(|sentence| view! { <Notice kind=Kind::Success>{sentence}</Notice> })
    };
    view! {
        <article class="timeline">
            <PageHeading kicker=move_title(state)>"Timeline"</PageHeading>
            <div role="status">{done}</div>
            {picture}
            {change}
        </article>
    }
}

fn move_title(state: TimelineState) -> String {
    state.cohort().with_untracked(|cohort| {
        cohort
            .as_ref()
            .map_or_else(String::new, |cohort| cohort.title.clone())
    })
}
