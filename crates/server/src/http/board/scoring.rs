//! How a cohort scores its pairs: read by its committee, set by its chair, every version kept.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use tandem_api::matching::ScoringView;
use tandem_api::path;
use tandem_api::problem::{Pointer, Problem};
use tandem_domain::id::{CohortId, PersonId};
use tandem_domain::permission::Action;
use tandem_domain::score::{Scoring, ScoringFault};

use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::precondition::{IfMatch, tagged};
use crate::http::scene::Scene;
use crate::store::audit::{self, Happening};
use crate::store::pairings::scenarios;
use crate::store::pairings::scoring::{self, Kept};
use crate::store::{Stored, Tx, people};

/// How the cohort scores its pairs. Its tag is the version.
#[utoipa::path(get, path = path::SCORING, params(("cohort" = String, Path)), responses(
    (status = 200, description = "Weights, floor, fair load and seed"),
    (status = 404, description = "No such cohort", body = Problem),
))]
pub(super) async fn show_scoring(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::SeeBoard)?;
        let kept = scoring::of(&tx, cohort).await?;
        Ok::<_, AppError>(view(&tx, &scene, kept).await?)
    });
    let view = read.await?;
    Ok(tagged(&headers, view.version, &view))
}

/// Sets how the cohort scores its pairs. Boards show it at once; plans made before are another
/// version's.
#[utoipa::path(put, path = path::SCORING, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "Set"),
    (status = 412, description = "Changed since it was read", body = Problem),
    (status = 422, description = "Weights, floor or load out of range", body = Problem),
))]
pub(super) async fn set_scoring(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    if_match: IfMatch,
    headers: HeaderMap,
    Json(sent): Json<Scoring>,
) -> Result<Response, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::SetScoring)?;
        let by = caller.require()?.person.id;
        let before = scoring::of(&tx, cohort).await?;
        if_match.check(before.version)?;
        check(&sent)?;
        let kept = set(&tx, &scene, by, (before.version, sent)).await?;
        Ok::<_, AppError>(view(&tx, &scene, kept).await?)
    });
    let view = write.await?;
    // Whoever has just set it has not read it before.
    let mut unconditional = headers;
    unconditional.remove(axum::http::header::IF_NONE_MATCH);
    Ok(tagged(&unconditional, view.version, &view))
}

/// Adds a version after the one that counts, and notes it.
pub(crate) async fn set(
    tx: &Tx,
    scene: &Scene,
    by: PersonId,
    (before, scoring): (i64, Scoring),
) -> Stored<Kept> {
    let (cohort, version) = (scene.cohort.id, before + 1);
    scoring::add(tx, cohort, (version, &scoring), by, scene.now.real).await?;
    let board = scenarios::in_force(tx, cohort).await?;
    let happening = Happening {
        actor: Some(by),
        program: Some(scene.cohort.program),
        cohort: Some(cohort),
        scenario: board.map(|board| board.id),
        kind: "cohort.scoring_set",
        rev: scene.cohort.rev,
        body: serde_json::json!({ "version": version, "scoring": &scoring }),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    Ok(Kept {
        scoring,
        version,
        set: Some((by, scene.now.real)),
    })
}

async fn view(tx: &Tx, scene: &Scene, kept: Kept) -> Stored<ScoringView> {
    let by = match kept.set {
        Some((by, _)) => people::find_all(tx, &[by]).await?.pop(),
        None => None,
    };
    Ok(ScoringView {
        scoring: kept.scoring,
        version: kept.version,
        by_name: by.map(|person| person.name),
        at: kept.set.map(|(_, at)| at),
        may_change: scene.may(Action::SetScoring),
    })
}

fn check(sent: &Scoring) -> Result<(), AppError> {
    let pointer = |fault: ScoringFault| {
        let (pointer, code) = match fault {
            ScoringFault::NoWeight => ("/weights", "required"),
            ScoringFault::Weight => ("/weights", "too_large"),
            ScoringFault::Floor => ("/floor", "too_large"),
            ScoringFault::Load => ("/load", "too_large"),
        };
        Pointer {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
        }
    };
    let faults: Vec<Pointer> = sent.faults().into_iter().map(pointer).collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(faults))
    }
}
