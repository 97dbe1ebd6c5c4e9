//! A cohort as the committee sees it: where it stands, what is to do, and its next states.

mod broken_pairs;
mod moves;
mod words;

use leptos::prelude::*;
use leptos_router::components::A;
use tandem_api::cohort::{CohortView, PossibleTransition};
use tandem_domain::permission::Action as Permitted;

use self::moves::Move;
use self::words::direction;
use crate::api::cohorts;
use crate::api::error::ApiError;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::heading::PageHeading;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::key_dates::KeyDates;
use crate::widgets::state_words::{cohort_state, stage};
use crate::widgets::timeline_track::now_in;

/// A cohort as the committee sees it.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let slug = slug();
    let both = Fetched::new(move || Box::pin(load(slug.get())));
    let reload = Callback::new(move |()| {
        both.again().run(());
        Session::expect().refresh();
    });
    move || match both.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the cohort" outline=Outline::Page n_parts=6 /> }
                .into_any()
        }
        Load::Ready((cohort, moves)) => {
            view! { <Overview cohort moves on_moved=reload /> }.into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=reload /> }.into_any(),
    }
}

/// A cohort, and its moves for those who move it.
type Found = (CohortView, Option<Vec<PossibleTransition>>);

async fn load(slug: String) -> Result<Found, ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    if !cohort.may.contains(&Permitted::MoveCohort) {
        return Ok((cohort, None));
    }
    let moves = cohorts::transitions(cohort.id).await?;
    Ok((cohort, Some(moves)))
}

/// The overview of a cohort that is here.
#[component]
fn Overview(
    /// Which.
    cohort: CohortView,
    /// Where it can go, for those who move it.
    moves: Option<Vec<PossibleTransition>>,
    /// Called after it has been moved.
    on_moved: Callback<()>,
) -> impl IntoView {
    let now = now_in(&cohort.zone, Session::expect().program_now());
    let slug = cohort.slug.clone();
    let leads = cohort.may.contains(&Permitted::MoveCohort);
    let if_may = [
        (
            leads,
            "Read and change the forms",
            Screen::CommitteeForms(slug.clone()),
        ),
        (
            cohort.may.contains(&Permitted::GrantTime),
            "Late links",
            Screen::CommitteeLateLinks(slug.clone()),
        ),
        (
            cohort.may.contains(&Permitted::JudgeApart),
            "People to keep apart",
            Screen::CommitteeApart(slug.clone()),
        ),
    ];
    let if_may = if_may
        .into_iter()
        .filter_map(|(may, words, screen)| may.then_some((words, screen)));
    let ways = [
        (
            "Read and decide applications",
            Screen::CommitteeApplications(slug.clone()),
        ),
        (
            "Pair people on the board",
            Screen::CommitteeBoard(slug.clone()),
        ),
        (
            "See and move dates",
            Screen::CommitteeTimeline(slug.clone()),
        ),
        (
            "Conflicts of interest",
            Screen::CommitteeConflicts(slug.clone()),
        ),
        ("The public page", Screen::Cohort(slug)),
    ];
    let ways = ways
        .into_iter()
        .chain(if_may)
        .map(|(words, screen)| view! { <li><A href=screen.to_string()>{words}</A></li> })
        .collect_view();
    let state = format!(
        "The cohort is in the state “{}”. Only people move it; what opens and closes by date does \
         so by itself.",
        cohort_state(cohort.state),
    );
    let steps = moves.map(|mut moves| {
        moves.sort_by_key(|step| direction(cohort.state, step.to));
        let steps = moves
            .into_iter()
            .map(|step| view! { <Move cohort=cohort.clone() step on_moved /> })
            .collect_view();
        view! {
            <section class="stack" aria-labelledby="moves">
                <h2 id="moves">"What comes next"</h2>
                <p>{state}</p>
                {steps}
            </section>
        }
    });
    view! {
        <article class="page overview">
            <PageHeading kicker=cohort.program_name.clone() lead=stage(cohort.stage)>
                {cohort.title.clone()}
            </PageHeading>
            <KeyDates calendar=cohort.calendar.clone() now />
            <ul class="overview__ways">{ways}</ul>
            {steps}
        </article>
    }
}
