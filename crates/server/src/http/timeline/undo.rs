//! What changed on a timeline, and taking it back.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_api::timeline::{ChangeView, PlanView, UndoChange};
use tandem_domain::id::{ChangeId, CohortId, PersonId};
use tandem_domain::permission::Action;
use tandem_domain::timeline::log::{UndoError, undo};
use tandem_domain::timeline::plan::Timeline;

use super::apply::{Step, enact, preview};
use super::{NOTE, view};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::precondition::{IfMatch, tagged};
use crate::http::scene::Scene;
use crate::store::timeline::{self, Change};
use crate::store::{Tx, people};

/// What changed on the timeline, newest first.
#[utoipa::path(get, path = path::TIMELINE_CHANGES, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The changes, newest first"),
    (status = 403, description = "Not for you", body = Problem),
))]
pub(super) async fn list_changes(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<axum::Json<Vec<ChangeView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        let present = timeline::find(&tx, cohort).await?;
        let changes = timeline::changes(&tx, cohort).await?;
        let names = names(&tx, &changes).await?;
        let view = |change: Change| shown(change, &scene, &present, &names);
        Ok::<_, AppError>(axum::Json(changes.into_iter().map(view).collect()))
    });
    read.await
}

/// What undoing a change would do.
#[utoipa::path(post, path = path::TIMELINE_UNDO_PLAN,
    params(("cohort" = String, Path), ("change" = String, Path)), responses(
    (status = 200, description = "What moves back and who is told; `undo` says why it cannot be"),
    (status = 404, description = "No such change", body = Problem),
))]
pub(super) async fn plan_undo(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, change)): Path<(CohortId, ChangeId)>,
) -> Result<axum::Json<PlanView>, AppError> {
    let now = app.clock.now();
    let parts = app.clone();
    let read = app.store.read(|tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        let change = find(&tx, cohort, change).await?;
        let before = timeline::find(&tx, cohort).await?;
        let view = match undone(&before, &change, &scene) {
            Ok(after) => preview(&tx, &parts, &scene, &step(&before, &after, &change, "")).await?,
            Err(error) => PlanView {
                undo: Some(error),
                ..PlanView::default()
            },
        };
        Ok::<_, AppError>(axum::Json(view))
    });
    read.await
}

/// Undoes a change, if nothing it touched was changed again. Can itself be undone.
#[utoipa::path(post, path = path::TIMELINE_UNDO,
    params(("cohort" = String, Path), ("change" = String, Path)), request_body = Object, responses(
    (status = 200, description = "The timeline now"),
    (status = 409, description = "Changed since; `extra` says what", body = Problem),
    (status = 412, description = "Changed since it was read", body = Problem),
))]
pub(super) async fn undo_change(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, change)): Path<(CohortId, ChangeId)>,
    seen: IfMatch,
    headers: HeaderMap,
    Json(wish): Json<UndoChange>,
) -> Result<Response, AppError> {
    let mut check = Check::default();
    check.optional("/note", &wish.note, NOTE);
    check.done()?;
    let now = app.clock.now();
    let parts = app.clone();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        let change = find(&tx, cohort, change).await?;
        seen.check(scene.cohort.timeline_rev)?;
        let before = timeline::find(&tx, cohort).await?;
        let after = undone(&before, &change, &scene)
            .map_err(|error| AppError::with(Code::Conflict, &error))?;
        let step = step(&before, &after, &change, wish.note.trim());
        let scene = enact(&tx, &parts, &scene, &step).await?;
        view::of(&tx, &scene).await
    });
    let view = write.await?;
    Ok(tagged(&headers, view.rev, &view))
}

async fn find(tx: &Tx, cohort: CohortId, id: ChangeId) -> Result<Change, AppError> {
    let changes = timeline::changes(tx, cohort).await?;
    let found = changes.into_iter().find(|change| change.id == id);
    found.ok_or(AppError::NotFound)
}

fn undone(present: &Timeline, change: &Change, scene: &Scene) -> Result<Timeline, UndoError> {
    undo(present, &change.delta, scene.today, scene.now.program)
}

fn step<'a>(before: &'a Timeline, after: &'a Timeline, change: &Change, note: &'a str) -> Step<'a> {
    Step {
        before,
        after,
        note,
        policy: change.policy,
        undoes: Some(change.id),
    }
}

async fn names(tx: &Tx, changes: &[Change]) -> Result<BTreeMap<PersonId, String>, AppError> {
    let mut by: Vec<PersonId> = changes.iter().filter_map(|change| change.by).collect();
    by.sort_unstable();
    by.dedup();
    let people = people::find_all(tx, &by).await?;
    let name = |person: people::Person| (person.id, person.called());
    Ok(people.into_iter().map(name).collect())
}

fn shown(
    change: Change,
    scene: &Scene,
    present: &Timeline,
    names: &BTreeMap<PersonId, String>,
) -> ChangeView {
    let can_undo = change.undone_by.is_none() && undone(present, &change, scene).is_ok();
    let name = change.by.and_then(|by| names.get(&by));
    let mut delta = change.delta;
    for item in delta
        .items
        .iter_mut()
        .flat_map(|one| one.before.iter_mut().chain(&mut one.after))
    {
        item.when = item.when.clone().without_grace();
    }
    ChangeView {
        id: change.id,
        rev: change.rev,
        at: change.at,
        by: name.cloned().unwrap_or_default(),
        note: change.note,
        policy: change.policy,
        delta,
        undoes: change.undoes,
        undone_by: change.undone_by,
        can_undo,
    }
}
