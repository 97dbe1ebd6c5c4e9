//! The board: the committee pairs mentees with mentors here, several members at once.

mod alternatives;
mod board;
mod comments;
mod desk;
mod facets;
mod filter_panel;
mod filters;
mod help;
mod history;
mod inspector;
mod keys;
mod lift;
mod list;
mod live;
mod mentee_card;
mod mentor_row;
mod mentors;
mod messages;
mod move_menu;
mod narrow;
mod outbox;
mod override_dialog;
mod overview;
mod pane;
mod panes;
mod part;
mod past;
mod people;
mod picker;
mod pool;
mod rank;
mod roving;
mod scenarios;
mod scoring;
mod select_bar;
mod since;
mod state;
mod suggest;
mod table;
mod toolbar;
mod tray;
mod what_if;
mod words;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use tandem_api::board::BoardView;
use tandem_api::cohort::CohortView;
use tandem_domain::cohort::Stage;
use tandem_domain::id::{CohortId, PersonId, ScenarioId};

use crate::api::error::ApiError;
use crate::api::{board as board_api, cohorts, scenarios as scenarios_api};
use crate::load::{Load, LoadFailed};
use crate::pages::pairing::board::Board;
use crate::pages::pairing::facets::Facets;
use crate::pages::pairing::filters::{Query, Show as Shown, Sort, View};
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::ButtonLink;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::notice::Notice;
use crate::ui::skeleton::{Outline, Skeleton};

/// The board of a cohort.
#[component]
pub fn PairingPage() -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| {
        params.with(|params| {
            let slug = params.get("cohort").unwrap_or_default();
            (slug, params.get("scenario"))
        })
    });
    let me = Session::expect().me();
    let loaded = RwSignal::new(Load::Waiting);
    let fetch = Action::new_local(move |(slug, scenario): &(String, Option<String>)| {
        let (slug, scenario) = (slug.clone(), scenario.clone());
        async move {
            loaded.try_set(Load::from(load(&slug, scenario.as_deref()).await));
        }
    });
    Effect::new(move || {
        loaded.set(Load::Waiting);
        fetch.dispatch_local(place.get());
    });
    let retry = Callback::new(move |()| {
        fetch.dispatch_local(place.get_untracked());
    });
    let content = move || match (loaded.get(), me.get_untracked()) {
        (Load::Ready((cohort, view)), Some(me)) => {
            view! { <Ready cohort view me=me.id /> }.into_any()
        }
        (Load::Failed(ApiError::Forbidden), _) => view! { <Concerned /> }.into_any(),
        (Load::Failed(error), _) => view! { <LoadFailed error on_retry=retry /> }.into_any(),
        (Load::Waiting | Load::Ready(_), _) => view! { <Waiting /> }.into_any(),
    };
    view! { <div class="pairing">{content}</div> }
}

/// The board that the address names; the one in force where it names none.
async fn load(slug: &str, scenario: Option<&str>) -> Result<(CohortView, BoardView), ApiError> {
    let cohort = cohorts::cohort(slug).await?;
    let scenario = match scenario {
        Some(named) => named.parse().map_err(|_| ApiError::NotFound)?,
        None => in_force(cohort.id).await?,
    };
    let view = board_api::board(scenario).await?;
    if view.cohort == cohort.id {
        Ok((cohort, view))
    } else {
        Err(ApiError::NotFound)
    }
}

async fn in_force(cohort: CohortId) -> Result<ScenarioId, ApiError> {
    let boards = scenarios_api::list(cohort).await?;
    let in_force = boards.iter().find(|board| board.in_force);
    in_force.map(|board| board.id).ok_or(ApiError::NotFound)
}

/// The board, or what stands in its place.
#[component]
fn Ready(
    /// The cohort.
    cohort: CohortView,
    /// Its board.
    view: BoardView,
    /// Who looks at it.
    me: PersonId,
) -> impl IntoView {
    let closed = if view.recused {
        Some(words::RECUSED)
    } else {
        (!view.may_change).then(|| why_closed(cohort.stage))
    };
    let (query, on_query) = use_board_query();
    let beside = (!view.in_force).then(|| {
        let (name, cohort) = (view.name.clone(), cohort.slug.clone());
        view! { <Beside name cohort /> }
    });
    let closed =
        closed.map(|closed| view! { <Notice title="For reading only"><p>{closed}</p></Notice> });
    if view.candidates.is_empty() {
        return view! {
            <PageHeading>"Board"</PageHeading>
            {beside}
            {closed}
            <NobodyYet cohort=cohort.slug.clone() />
        }
        .into_any();
    }
    view! {
        <Board view me query on_query>
            {beside}
            {closed}
        </Board>
    }
    .into_any()
}

/// This is not the board that counts.
#[component]
fn Beside(
    /// What this board is called.
    name: String,
    /// The cohort's name in addresses.
    cohort: String,
) -> impl IntoView {
    view! {
        <Notice title=format!("Scenario “{name}”")>
            <p>
                "Nothing here is published. What is to count is adopted onto the board in force. "
                <a href=Screen::CommitteeBoard(cohort).href()>"Go to the board in force"</a>
            </p>
        </Notice>
    }
}

fn why_closed(stage: Stage) -> &'static str {
    match stage {
        Stage::Pairing => "Your office does not change the board.",
        Stage::SignOff => "The board waits for the officer’s confirmation.",
        Stage::Published
        | Stage::Running
        | Stage::Evaluation
        | Stage::Completed
        | Stage::Cancelled => "The pairs of this cohort are published.",
        Stage::Draft | Stage::Announced | Stage::Open | Stage::Closed | Stage::Review => {
            "Pairing begins when the chair moves the cohort to that stage."
        }
    }
}

/// Whoever has applied is one of those who are paired.
#[component]
fn Concerned() -> impl IntoView {
    view! {
        <PageHeading>"Board"</PageHeading>
        <Empty title="You have no part in this pairing">
            <p>
                "Whoever has applied to a cohort is one of those who are paired, and so sees neither \
                its board nor its list of applications, whatever office they hold. The others of \
                the committee pair this cohort."
            </p>
        </Empty>
    }
}

/// Nobody may be paired yet.
#[component]
fn NobodyYet(
    /// The cohort's name in addresses.
    cohort: String,
) -> impl IntoView {
    view! {
        <Empty title="Nobody is on the board yet">
            <p>
                "Mentees and mentors stand here as soon as the chair or the officer has found \
                their applications eligible."
            </p>
            <ButtonLink href=Screen::CommitteeApplications(cohort).to_string()>
                "Read the applications"
            </ButtonLink>
        </Empty>
    }
}

/// The shape of the board.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="board board--waiting">
            <Skeleton label="Loading the board" outline=Outline::Cards n_parts=5 />
            <Skeleton label="" outline=Outline::Cards n_parts=5 />
            <Skeleton label="" outline=Outline::Lines n_parts=6 />
        </div>
    }
}

/// What is asked for, as it stands in the address.
fn use_board_query() -> (Signal<Query>, Callback<Query>) {
    let map = use_query_map();
    let query = Memo::new(move |_| {
        map.with(|map| Query {
            show: Shown::from_slug(map.get_str("show")),
            sort: Sort::from_slug(map.get_str("sort")),
            search: map.get("q").unwrap_or_default(),
            view: View::from_slug(map.get_str("view")),
            facets: Facets::read(|name| map.get(name)),
        })
    });
    let navigate = use_navigate();
    let navigate = StoredValue::new_local(navigate);
    let on_query = Callback::new(move |wanted: Query| {
        let mut map = map.get_untracked();
        for (name, value, is_usual) in [
            ("show", wanted.show.slug(), wanted.show == Shown::default()),
            ("sort", wanted.sort.slug(), wanted.sort == Sort::default()),
            ("q", wanted.search.as_str(), wanted.search.is_empty()),
            ("view", wanted.view.slug(), wanted.view == View::default()),
        ] {
            map.remove(name);
            if !is_usual {
                map.insert(name, value.to_owned());
            }
        }
        for (name, word) in wanted.facets.written() {
            map.remove(name);
            if let Some(word) = word {
                map.insert(name, word);
            }
        }
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate.with_value(|navigate| navigate(&map.to_query_string(), options));
    });
    (query.into(), on_query)
}
