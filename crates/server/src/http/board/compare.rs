//! Boards of a cohort side by side, as their reader may see them.

use std::collections::BTreeSet;

use axum::extract::State;
use serde::Deserialize;
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_api::scenario::{COMPARED, ComparedBoard, Comparison, ScenarioView};
use tandem_domain::board::{Board, Placements};
use tandem_domain::id::{ApplicationId, CohortId, ScenarioId};
use tandem_domain::matching as domain;
use tandem_domain::permission::Action;

use super::load;
use super::reader::Reader;
use super::scenarios::view;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Path, Query};
use crate::http::scene::Scene;
use crate::store::pairings;
use crate::store::pairings::scenarios;
use crate::store::pairings::scoring;

/// Which boards, by their ids with commas between them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Of {
    of: String,
}

/// What is compared, read in one go.
struct Sides {
    boards: Vec<(ScenarioView, domain::Problem)>,
    in_force: Placements,
    names: Vec<(ApplicationId, String)>,
}

/// How boards of a cohort stand beside the one in force.
#[utoipa::path(get, path = path::COMPARISON, params(
    ("cohort" = String, Path), ("of" = String, Query, description = "Two to four ids, with commas"),
), responses(
    (status = 200, description = "The boards, in the order that was asked for"),
    (status = 404, description = "No such cohort, or no such board in it", body = Problem),
    (status = 422, description = "Fewer than two or more than four", body = Problem),
))]
pub(super) async fn compare_scenarios(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    Query(Of { of }): Query<Of>,
) -> Result<axum::Json<Comparison>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::SeeBoard)?;
        let asked = asked(&of)?;
        let known = scenarios::of_cohort(&tx, cohort).await?;
        let reader = Reader::of(&tx, &scene).await?;
        let scoring = scoring::of(&tx, cohort).await?.scoring;
        let mut placements = Vec::new();
        for board in &known {
            placements.push(pairings::placements(&tx, board.id).await?);
        }
        let people = load::people(&tx, &scene, &placements).await?;
        let seen = |placements: &Placements| {
            let (candidates, facts) = people.clone();
            reader.without_hidden(Board::new(candidates, facts, placements.clone()))
        };
        let of_each = || known.iter().zip(&placements);
        let in_force = of_each().find(|(board, _)| board.in_force);
        let (_, in_force) = in_force.ok_or(AppError::NotFound)?;
        let in_force = seen(in_force);
        let mut boards = Vec::new();
        for id in asked {
            let (board, placements) = of_each()
                .find(|(board, _)| board.id == id)
                .ok_or(AppError::NotFound)?;
            let problem = domain::Problem::of(&seen(placements), &scoring);
            boards.push((view(&tx, &reader, board.clone()).await?, problem));
        }
        let names = in_force.candidates.values();
        Ok::<_, AppError>(Sides {
            boards,
            names: names.map(|one| (one.id, one.name.clone())).collect(),
            in_force: in_force.placements,
        })
    });
    let sides = read.await?;
    // A large board takes its time, which is not that of the threads that serve requests.
    let work = tokio::task::spawn_blocking(move || compared(sides));
    let comparison = work
        .await
        .map_err(|error| AppError::Internal(error.into()))?;
    comparison.map(axum::Json)
}

fn asked(of: &str) -> Result<Vec<ScenarioId>, AppError> {
    let wrong = |code| AppError::invalid("/of", code);
    let ids: Result<Vec<ScenarioId>, _> = of.split(',').map(str::parse).collect();
    let ids = ids.map_err(|_| wrong("malformed"))?;
    let distinct: BTreeSet<&ScenarioId> = ids.iter().collect();
    let (least, most) = COMPARED;
    if distinct.len() != ids.len() {
        return Err(wrong("twice"));
    }
    if ids.len() < least {
        return Err(wrong("too_few"));
    }
    if ids.len() > most {
        return Err(wrong("too_many"));
    }
    Ok(ids)
}

fn compared(sides: Sides) -> Result<Comparison, AppError> {
    let mut boards = Vec::new();
    for (scenario, problem) in sides.boards {
        let compared = domain::compare(&problem, &sides.in_force)
            .map_err(|trouble| AppError::Internal(anyhow::anyhow!(trouble)))?;
        boards.push(ComparedBoard { scenario, compared });
    }
    let named: BTreeSet<ApplicationId> = boards
        .iter()
        .flat_map(|board| &board.compared.differences)
        .flat_map(|one| {
            let places = [&one.from, &one.to].into_iter().flatten();
            places.map(|place| place.mentor).chain([one.mentee])
        })
        .collect();
    let mut people = sides.names;
    people.retain(|(id, _)| named.contains(id));
    Ok(Comparison { boards, people })
}
