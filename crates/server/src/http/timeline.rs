//! The timeline of a cohort: read by everybody, planned, changed and undone by chair and officer.

pub(crate) mod apply;
mod concern;
mod undo;
pub(super) mod view;
pub(super) mod words;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_api::timeline::{ChangeDates, PlanView, TimelineView, WrongAct, WrongEdit};
use tandem_domain::id::CohortId;
use tandem_domain::permission::Action;
use tandem_domain::timeline::plan::{Plan, Refused, Setting, Timeline, plan};
use tandem_domain::timeline::wish::{At, EditError, Policy};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Json, Path};
use super::check::Check;
use super::precondition::{IdempotencyKey, IfMatch, tagged};
use super::scene::Scene;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::timeline::apply::{Step, enact};
use crate::store::{Tx, programs, timeline};
use crate::zone;

/// How long a note may be, in characters.
const NOTE: usize = 500;
/// How many dates may be wished at once, and how many acts.
const WISHES: usize = 200;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read_timeline))
        .routes(routes!(plan_dates))
        .routes(routes!(change_dates, undo::list_changes))
        .routes(routes!(undo::undo_change))
        .routes(routes!(undo::plan_undo))
}

/// The timeline, as far as the reader may see it.
#[utoipa::path(get, path = path::TIMELINE, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The timeline; its tag is the revision"),
    (status = 304, description = "As it was"),
    (status = 404, description = "No such cohort", body = Problem),
))]
async fn read_timeline(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::SeeCohort)?;
        view::of(&tx, &scene).await
    });
    let view = read.await?;
    Ok(tagged(&headers, view.rev, &view))
}

/// What a change would do; changes nothing.
#[utoipa::path(post, path = path::TIMELINE_PLAN, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "What moves, what follows, who was told, and what is wrong"),
    (status = 403, description = "Not for you", body = Problem),
))]
async fn plan_dates(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    Json(wish): Json<ChangeDates>,
) -> Result<axum::Json<PlanView>, AppError> {
    check(&wish)?;
    let now = app.clock.now();
    let parts = app.clone();
    let read = app.store.read(|tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        let view = match planned(&tx, &scene, &wish).await? {
            Ok(plan) => {
                let step = Step {
                    before: &plan.before,
                    after: &plan.after,
                    note: wish.note.trim(),
                    policy: wish.policy,
                    undoes: None,
                };
                let caused = apply::preview(&tx, &parts, &scene, &step).await?;
                PlanView {
                    shifts: plan.shifts,
                    held: plan.held,
                    breaches: plan.breaches,
                    warnings: plan.warnings,
                    ..caused
                }
            }
            Err(refused) => wrong(&wish, refused),
        };
        Ok::<_, AppError>(axum::Json(view))
    });
    read.await
}

/// Changes the timeline. The plan is made anew, and instants are computed from civil times.
#[utoipa::path(post, path = path::TIMELINE_CHANGES, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "The timeline now"),
    (status = 412, description = "Changed since it was read", body = Problem),
    (status = 422, description = "A wish is wrong; `extra` says which", body = Problem),
))]
async fn change_dates(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    seen: IfMatch,
    key: Option<IdempotencyKey>,
    headers: HeaderMap,
    Json(wish): Json<ChangeDates>,
) -> Result<Response, AppError> {
    check(&wish)?;
    let now = app.clock.now();
    let parts = app.clone();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        let work = async {
            scene.allow(Action::ChangeDates)?;
            seen.check(scene.cohort.timeline_rev)?;
            change(&tx, &parts, &scene, &wish).await
        };
        match key {
            None => work.await,
            Some(key) => {
                let name = caller.name();
                let once = key.once(&tx, &name, &wish, now.real, StatusCode::OK, work);
                Ok(once.await?.read()?)
            }
        }
    });
    let view: TimelineView = write.await?;
    Ok(tagged(&headers, view.rev, &view))
}

async fn change(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    wish: &ChangeDates,
) -> Result<TimelineView, AppError> {
    let plan = planned(tx, scene, wish)
        .await?
        .map_err(|refused| AppError::with(Code::Invalid, &wrong(wish, refused)))?;
    let step = Step {
        before: &plan.before,
        after: &plan.after,
        note: wish.note.trim(),
        policy: wish.policy,
        undoes: None,
    };
    let scene = enact(tx, app, scene, &step).await?;
    view::of(tx, &scene).await
}

/// The plan of a wish, with the instants that the zones give.
async fn planned(
    tx: &Tx,
    scene: &Scene,
    wish: &ChangeDates,
) -> Result<Result<Plan, Refused>, AppError> {
    let before = timeline::find(tx, scene.cohort.id).await?;
    let program = programs::find(tx, scene.cohort.program).await?;
    let closures = program.ok_or(AppError::NotFound)?.closures;
    let setting = Setting {
        today: scene.today,
        now: scene.now.program,
        closures: &closures,
    };
    match plan(&before, &wish.wish(), setting) {
        Ok(plan) => Ok(Ok(plan.with_instants(zone::resolve)?)),
        Err(refused) => Ok(Err(refused)),
    }
}

fn check(wish: &ChangeDates) -> Result<(), AppError> {
    let mut check = Check::default();
    check.optional("/note", &wish.note, NOTE);
    if wish.edits.is_empty() && wish.acts.is_empty() {
        check.wrong("/edits", "required");
    }
    for (pointer, len) in [("/edits", wish.edits.len()), ("/acts", wish.acts.len())] {
        if len > WISHES {
            check.wrong(pointer, "too_many");
        }
    }
    for (place, act) in wish.acts.iter().enumerate() {
        let zone = words::zone_of(act);
        if zone.is_some_and(|zone| !zone::is_known(zone)) {
            check.wrong(&format!("/acts/{place}/when"), "not_a_time_zone");
        }
    }
    check.done()
}

fn wrong(wish: &ChangeDates, refused: Refused) -> PlanView {
    let mut view = PlanView {
        breaches: refused.breaches,
        held: refused.held,
        ..PlanView::default()
    };
    for refusal in refused.refusals {
        let error: EditError = refusal.error;
        match refusal.at {
            At::Edit(place) => {
                let edit = wish.edits.get(place).cloned();
                view.errors
                    .extend(edit.map(|edit| WrongEdit { edit, error }));
            }
            At::Act(place) => view.wrong_acts.push(WrongAct {
                act: u32::try_from(place).unwrap_or(u32::MAX),
                error,
            }),
        }
    }
    view
}

/// The timeline of a cohort that is made public: the dates of its life are told with it.
pub(crate) async fn announce(tx: &Tx, app: &App, scene: &Scene) -> Result<(), AppError> {
    let before: Timeline = timeline::find(tx, scene.cohort.id).await?;
    let after = before.with_life_announced(scene.now.program);
    if after == before {
        return Ok(());
    }
    let step = Step {
        before: &before,
        after: &after,
        note: "",
        policy: Policy::Keep,
        undoes: None,
    };
    enact(tx, app, scene, &step).await.map(drop)
}
