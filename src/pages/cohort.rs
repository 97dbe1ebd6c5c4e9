//! A cohort's public page: its call, its dates as a picture and as a table.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tandem_api::cohort::CohortView;
use tandem_api::timeline::TimelineView;

use crate::api::error::ApiError;
use crate::api::{cohorts, timeline};
use crate::load::{Fetched, Load, LoadFailed};
use crate::session::Session;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::call_status::CallStatus;
use crate::widgets::deadline::zone_words;
use crate::widgets::timeline_track::{TimelineTable, TimelineTrack, today_in};

/// A cohort's public page.
#[component]
pub fn CohortPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()));
    let both = Fetched::new(move || Box::pin(load(slug.get())));
    move || match both.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the cohort" outline=Outline::Page n_parts=8 /> }
                .into_any()
        }
        Load::Ready((cohort, timeline)) => view! { <Cohort cohort timeline /> }.into_any(),
        Load::Failed(error) => view! { <LoadFailed error on_retry=both.again() /> }.into_any(),
    }
}

async fn load(slug: String) -> Result<(CohortView, TimelineView), ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    let timeline = timeline::timeline(cohort.id).await?;
    Ok((cohort, timeline))
}

/// The page of a cohort that is here.
#[component]
fn Cohort(
    /// Which.
    cohort: CohortView,
    /// Its dates.
    timeline: TimelineView,
) -> impl IntoView {
    let session = Session::expect();
    let now = Signal::derive(move || session.program_now());
    let today = today_in(&timeline.zone, now.get_untracked());
    let zone = zone_words(&timeline.zone);
    let dates = if timeline.items.is_empty() {
        view! {
            <Empty title="No dates yet">
                <p>"The committee has not published any dates for this cohort."</p>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <TimelineTrack items=timeline.items.clone() today />
            <TimelineTable items=timeline.items today now />
            <p class="cohort__zone">{format!("Days are counted in {zone}.")}</p>
        }
        .into_any()
    };
    let (kicker, title) = (cohort.program_name.clone(), cohort.title.clone());
    view! {
        <article class="cohort">
            <PageHeading kicker>{title}</PageHeading>
            <CallStatus cohort now />
            <section class="cohort__dates" aria-labelledby="dates">
                <h2 id="dates">"The dates"</h2>
                {dates}
            </section>
        </article>
    }
}
