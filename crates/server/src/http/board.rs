//! Boards: what they show, commands on them, and the log of commands.

mod adopt;
mod ask;
pub mod command;
mod comments;
mod compare;
pub mod conflicts;
pub mod load;
mod looked;
mod plan;
pub mod presence;
pub mod reader;
mod scenarios;
pub(crate) mod scoring;

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Deserialize;
use tandem_api::board::{BoardView, Entry, EntryList};
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::id::{PersonId, ScenarioId};
use tandem_domain::permission::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::reader::Reader;
use super::body::{Path, Query};
use super::scene::Scene;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::store::audit::Moment;
use crate::store::pairings;
use crate::store::pairings::log::Logged;
use crate::store::pairings::scenarios::Scenario;
use crate::store::{Stored, Tx, people};

/// How many commands the board shows as its recent history.
const RECENT: usize = 50;
/// How many commands are sent at once to somebody who catches up.
const CATCH_UP: usize = 500;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(scenarios::list_scenarios, scenarios::make_scenario))
        .routes(routes!(
            scenarios::rename_scenario,
            scenarios::remove_scenario
        ))
        .routes(routes!(compare::compare_scenarios))
        .routes(routes!(read_board))
        .routes(routes!(list_commands, command::send_command))
        .routes(routes!(ask::ask))
        .routes(routes!(adopt::adopt))
        .routes(routes!(scoring::show_scoring, scoring::set_scoring))
        .routes(routes!(
            conflicts::list_conflicts,
            conflicts::declare_conflict
        ))
        .routes(routes!(conflicts::lift_conflict))
        .routes(routes!(comments::list_comments, comments::make_comment))
        .routes(routes!(
            comments::resolve_comment,
            comments::take_comment_back
        ))
        .routes(routes!(presence::say_here))
        .routes(routes!(looked::note_look))
        .routes(routes!(plan::read_plan))
}

/// Everything a board shows.
#[utoipa::path(get, path = path::BOARD, params(("scenario" = String, Path)), responses(
    (status = 200, description = "The board"),
    (status = 404, description = "No such board", body = Problem),
))]
async fn read_board(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
) -> Result<axum::Json<BoardView>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::SeeBoard)?;
        let reader = Reader::of(&tx, &scene).await?;
        let board = reader.without_hidden(load::board(&tx, &scene, &scenario).await?);
        let recent = reader.recent(&tx, scenario.id, RECENT).await?;
        let rev = reader.rev(&tx, &scenario).await?;
        let me = caller.require()?.person.id;
        let looked = match pairings::looks::of(&tx, me, scenario.id).await? {
            Some(rev) => Some(reader.counted(&tx, scenario.id, rev).await?),
            None => None,
        };
        let scoring = pairings::scoring::of(&tx, scene.cohort.id).await?.scoring;
        Ok::<_, AppError>(axum::Json(BoardView {
            scenario: scenario.id,
            name: scenario.name,
            in_force: scenario.in_force,
            cohort: scene.cohort.id,
            rev,
            candidates: board.candidates.into_values().collect(),
            facts: board.facts,
            placements: board.placements.into_iter().collect(),
            weights: scoring.weights,
            scoring,
            recent: entries(&tx, recent).await?,
            may_change: scene.may(Action::ChangeBoard),
            may_override: scene.may(Action::OverrideWarning),
            recused: scene.actor.recusal.is_any(),
            looked,
            server_now: now.program,
        }))
    });
    read.await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct After {
    #[serde(default)]
    after: i64,
}

/// The commands after a revision.
#[utoipa::path(get, path = path::COMMANDS, params(
    ("scenario" = String, Path), ("after" = Option<i64>, Query),
), responses(
    (status = 200, description = "The commands, oldest first"),
    (status = 404, description = "No such board", body = Problem),
))]
async fn list_commands(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    Query(After { after }): Query<After>,
) -> Result<axum::Json<EntryList>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::SeeBoard)?;
        let reader = Reader::of(&tx, &scene).await?;
        let logged = reader.after(&tx, (scenario.id, after), CATCH_UP).await?;
        let entries = entries(&tx, logged).await?;
        Ok::<_, AppError>(axum::Json(EntryList {
            entries,
            rev: reader.rev(&tx, &scenario).await?,
        }))
    });
    read.await
}

/// A board and where it stands, for those who may know that there are boards.
pub(super) async fn on_board(
    tx: &Tx,
    caller: &Caller,
    now: Moment,
    scenario: ScenarioId,
) -> Result<(Scene, Scenario), AppError> {
    caller.require()?;
    let scenario = pairings::scenarios::find(tx, scenario)
        .await?
        .ok_or(AppError::NotFound)?;
    let scene = Scene::of_cohort(tx, caller, now, scenario.cohort).await?;
    // A board is nothing that outsiders may know of.
    if !scene.actor.in_committee() {
        return Err(AppError::NotFound);
    }
    Ok((scene, scenario))
}

/// Entries of the log with the names of those who sent them.
async fn entries(tx: &Tx, logged: Vec<Logged>) -> Stored<Vec<Entry>> {
    let mut senders: Vec<PersonId> = logged.iter().map(|logged| logged.by).collect();
    senders.sort_unstable();
    senders.dedup();
    let people = people::find_all(tx, &senders).await?;
    let names: BTreeMap<_, _> = people
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let entry = |logged: Logged| Entry {
        id: logged.id,
        rev: logged.rev,
        by_name: names.get(&logged.by).cloned().unwrap_or_default(),
        by: logged.by,
        at: logged.at,
        command: logged.command,
        inverse: logged.inverse,
        undoes: logged.undoes,
    };
    Ok(logged.into_iter().map(entry).collect())
}
