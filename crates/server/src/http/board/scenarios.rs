//! The boards of a cohort: the one in force, and copies of it to try something out.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_api::scenario::{MOST_SCENARIOS, NAME, NewScenario, RenameScenario, ScenarioView};
use tandem_domain::board::Past;
use tandem_domain::id::{CohortId, ScenarioId};
use tandem_domain::permission::Action;

use super::reader::Reader;
use super::{load, on_board};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::precondition::{Answer, IdempotencyKey, IfMatch};
use crate::http::scene::Scene;
use crate::store::audit::{self, Happening};
use crate::store::pairings::scenarios::{self, Scenario};
use crate::store::pairings::{self, Placements, log};
use crate::store::{Stored, Tx};

/// The boards of a cohort.
#[utoipa::path(get, path = path::SCENARIOS, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The board in force, then the others, oldest first"),
    (status = 404, description = "No such cohort", body = Problem),
))]
pub(super) async fn list_scenarios(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<axum::Json<Vec<ScenarioView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::SeeBoard)?;
        let mut views = Vec::new();
        let reader = Reader::of(&tx, &scene).await?;
        for scenario in scenarios::of_cohort(&tx, cohort).await? {
            views.push(view(&tx, &reader, scenario).await?);
        }
        Ok::<_, AppError>(axum::Json(views))
    });
    read.await
}

/// Makes a board that is a copy of another, as it is or as it was.
#[utoipa::path(post, path = path::SCENARIOS, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 201, description = "Made, now or by the same request before"),
    (status = 404, description = "No such cohort, or no such board to copy", body = Problem),
    (status = 422, description = "As many as a cohort may have, or the name is taken", body = Problem),
))]
pub(super) async fn make_scenario(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    key: IdempotencyKey,
    Json(new): Json<NewScenario>,
) -> Result<Answer, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::KeepScenarios)?;
        let name = caller.name();
        let work = make(&tx, &caller, &scene, &new);
        key.once(&tx, &name, &new, now.real, StatusCode::CREATED, work)
            .await
    });
    write.await
}

async fn make(
    tx: &Tx,
    caller: &Caller,
    scene: &Scene,
    new: &NewScenario,
) -> Result<ScenarioView, AppError> {
    let known = scenarios::of_cohort(tx, scene.cohort.id).await?;
    check_name(&known, None, &new.name)?;
    if known.len() >= MOST_SCENARIOS {
        let detail = format!("A cohort has {MOST_SCENARIOS} boards at most. Remove one first.");
        return Err(AppError::Explained(Code::Refused, detail));
    }
    let source = known.iter().find(|board| match new.copy_of {
        Some(copy_of) => board.id == copy_of,
        None => board.in_force,
    });
    let source = source.ok_or(AppError::NotFound)?;
    let placements = placements(tx, scene, source, new.at_rev).await?;
    let made = Scenario::new(scene.cohort.id, new.name.trim(), false, scene.now.program);
    scenarios::insert(tx, &made).await?;
    pairings::replace_placements(tx, &made, (&Placements::default(), &placements)).await?;
    note(tx, caller, scene, &made, "cohort.scenario_made").await?;
    let reader = Reader::of(tx, scene).await?;
    Ok(view(tx, &reader, made).await?)
}

/// Who is with whom on a board, now or at a revision. Of what was, only those come along who are on
/// the board still.
async fn placements(
    tx: &Tx,
    scene: &Scene,
    source: &Scenario,
    at_rev: Option<i64>,
) -> Result<Placements, AppError> {
    let Some(rev) = at_rev else {
        return Ok(pairings::placements(tx, source.id).await?);
    };
    let board = load::board(tx, scene, source).await?;
    let since = log::after(tx, source.id, rev, u64::from(u32::MAX)).await?;
    // Pairs that were there before the first command have no revision to go back to.
    let first = log::first_rev(tx, source.id)
        .await?
        .map_or(source.rev, |rev| rev - 1);
    if !(first..=source.rev).contains(&rev) {
        return Err(AppError::invalid("/at_rev", "unknown"));
    }
    let mut past = Past::new(board.placements.clone());
    for logged in since.iter().rev() {
        past.back(&logged.inverse);
    }
    let is_here = |id| board.candidates.contains_key(id);
    let were = past.placements().iter();
    Ok(were
        .filter(|(mentee, place)| is_here(mentee) && is_here(&place.mentor))
        .map(|(mentee, place)| (*mentee, place.clone()))
        .collect())
}

/// Gives a board another name.
#[utoipa::path(patch, path = path::SCENARIO, params(("scenario" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "Renamed; the version is another"),
    (status = 412, description = "Renamed by somebody else since it was read", body = Problem),
    (status = 422, description = "The name is taken, missing or too long", body = Problem),
))]
pub(super) async fn rename_scenario(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    if_match: IfMatch,
    Json(sent): Json<RenameScenario>,
) -> Result<axum::Json<ScenarioView>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, mut scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::KeepScenarios)?;
        if_match.check(scenario.version)?;
        let known = scenarios::of_cohort(&tx, scene.cohort.id).await?;
        check_name(&known, Some(scenario.id), &sent.name)?;
        scenario.name = sent.name.trim().to_owned();
        scenario.version += 1;
        scenarios::update(&tx, &scenario).await?;
        note(&tx, &caller, &scene, &scenario, "cohort.scenario_renamed").await?;
        let reader = Reader::of(&tx, &scene).await?;
        Ok::<_, AppError>(axum::Json(view(&tx, &reader, scenario).await?))
    });
    write.await
}

/// Removes a board with its log, if nobody has worked on it since it was read. Never the one in
/// force.
#[utoipa::path(delete, path = path::SCENARIO, params(("scenario" = String, Path)), responses(
    (status = 204, description = "Removed"),
    (status = 412, description = "Somebody has changed it since it was read", body = Problem),
    (status = 422, description = "It is the board in force", body = Problem),
))]
pub(super) async fn remove_scenario(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    if_match: IfMatch,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::KeepScenarios)?;
        if_match.check(scenario.rev)?;
        if scenario.in_force {
            let detail = "The board in force is never removed.".to_owned();
            return Err(AppError::Explained(Code::Refused, detail));
        }
        scenarios::remove(&tx, scenario.id).await?;
        note(&tx, &caller, &scene, &scenario, "cohort.scenario_removed").await?;
        Ok(StatusCode::NO_CONTENT)
    });
    write.await
}

/// A board as its reader may see it in the list.
pub(super) async fn view(tx: &Tx, reader: &Reader, scenario: Scenario) -> Stored<ScenarioView> {
    let pairs = reader.count_pairs(tx, scenario.id).await?;
    let rev = reader.rev(tx, &scenario).await?;
    let Scenario {
        id,
        name,
        in_force,
        version,
        ..
    } = scenario;
    Ok(ScenarioView {
        id,
        name,
        rev,
        pairs,
        in_force,
        version,
    })
}

/// A name is one line, not too long, and no other board's.
fn check_name(known: &[Scenario], own: Option<ScenarioId>, name: &str) -> Result<(), AppError> {
    let mut wrong = Check::default();
    wrong.line("/name", name, NAME);
    let folded = |name: &str| name.trim().to_lowercase();
    let others = known.iter().filter(|board| Some(board.id) != own);
    let taken: BTreeSet<String> = others.map(|board| folded(&board.name)).collect();
    if taken.contains(&folded(name)) {
        wrong.wrong("/name", "taken");
    }
    wrong.done()
}

async fn note(
    tx: &Tx,
    caller: &Caller,
    scene: &Scene,
    scenario: &Scenario,
    kind: &'static str,
) -> Result<(), AppError> {
    let happening = Happening {
        actor: Some(caller.require()?.person.id),
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        scenario: Some(scenario.id),
        kind,
        rev: scene.cohort.rev,
        body: serde_json::json!({ "name": scenario.name }),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    Ok(())
}
