//! The timeline of a cohort: read by everybody, planned and changed by chair and officer.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::DateTime;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_api::timeline::{ChangeDates, PlanView, TimelineView, WrongEdit};
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::Calendar;
use tandem_domain::id::CohortId;
use tandem_domain::permission::{Action, Decision, can};
use tandem_domain::timeline::calendar::calendar;
use tandem_domain::timeline::plan::{Plan, plan};
use tandem_domain::timeline::{Audience, Edit, EditError, Item, Mark, Shift, When};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Json, Path};
use super::check::Check;
use super::precondition::{IfMatch, tagged};
use super::scene::Scene;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::store::audit::{self, Happening};
use crate::store::{StoreError, Stored, Tx, applications, cohorts};
use crate::zone;

/// How long a note may be, in characters.
const NOTE: usize = 500;
/// How many dates may be wished at once.
const EDITS: usize = 50;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read_timeline))
        .routes(routes!(plan_dates))
        .routes(routes!(change_dates))
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
        let items = cohorts::timeline(&tx, cohort).await?;
        Ok::<_, AppError>(view(&scene, items, scene.cohort.timeline_rev))
    });
    let view = read.await?;
    Ok(tagged(&headers, view.rev, &view))
}

/// The only way from a timeline to what somebody reads of it.
fn view(scene: &Scene, mut items: Vec<Item>, rev: i64) -> TimelineView {
    let in_committee = scene.actor.confirmed && scene.actor.in_committee();
    items.retain(|item| item.audience == Audience::Public || in_committee);
    for item in &mut items {
        if let When::Due(deadline) = &item.when {
            item.when = When::Due(deadline.clone().without_grace());
        }
    }
    items.sort_by_key(|item| item.when.days());
    TimelineView {
        items,
        zone: scene.cohort.zone.clone(),
        may_change: can(&scene.actor, Action::ChangeDates, &scene.subject()) == Decision::Allow,
        rev,
        server_now: scene.now.program,
    }
}

/// What a change of dates would do; changes nothing.
#[utoipa::path(post, path = path::TIMELINE_PLAN, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "What moves, and what is wrong"),
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
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        let items = cohorts::timeline(&tx, cohort).await?;
        let planned = match plan(&items, &wish.edits, scene.today) {
            Ok(plan) => planned(&tx, &scene, plan.items, plan.shifts).await?,
            Err(errors) => refused(errors),
        };
        Ok::<_, AppError>(axum::Json(planned))
    });
    read.await
}

/// Changes dates. The plan is made anew, and the closing instant computed from its civil time.
#[utoipa::path(post, path = path::TIMELINE_CHANGES, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "The timeline now"),
    (status = 412, description = "Changed since it was read", body = Problem),
    (status = 422, description = "A date is wrong; `extra` says which", body = Problem),
))]
async fn change_dates(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    seen: IfMatch,
    headers: HeaderMap,
    Json(wish): Json<ChangeDates>,
) -> Result<Response, AppError> {
    check(&wish)?;
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        seen.check(scene.cohort.timeline_rev)?;
        change(&tx, &scene, &wish).await
    });
    let view = write.await?;
    Ok(tagged(&headers, view.rev, &view))
}

async fn change(tx: &Tx, scene: &Scene, wish: &ChangeDates) -> Result<TimelineView, AppError> {
    let items = cohorts::timeline(tx, scene.cohort.id).await?;
    let plan = plan(&items, &wish.edits, scene.today)
        .map_err(|errors| AppError::with(Code::Invalid, &refused(errors)))?;
    let Plan { items, shifts } = plan.with_instants(zone::instant_of)?;
    let calendar = calendar_of(scene, &items)?;
    let rev = cohorts::set_timeline(tx, &scene.cohort, &items, &calendar).await?;
    let happening = Happening {
        actor: scene.actor.person,
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind: "timeline.changed",
        rev: scene.cohort.rev + 1,
        body: serde_json::json!({ "shifts": shifts, "timeline_rev": rev }),
        reason: wish.note.trim().to_owned(),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    // The stage may be another one now: whoever reads next is told.
    let scene = scene.with_calendar(calendar);
    Ok(view(&scene, items, rev))
}

fn calendar_of(scene: &Scene, items: &[Item]) -> Result<Calendar, AppError> {
    let mut unclear = None;
    let calendar = calendar(items, |day| {
        zone::start_of_day(day, &scene.cohort.zone).unwrap_or_else(|error| {
            unclear = Some(error);
            DateTime::UNIX_EPOCH
        })
    });
    match (unclear, calendar) {
        (Some(error), _) => Err(error.into()),
        (None, Some(calendar)) => Ok(calendar),
        (None, None) => Err(StoreError::Unreadable {
            what: "timeline",
            cause: "it lacks one of the dates that decide what is open".to_owned(),
        }
        .into()),
    }
}

fn check(wish: &ChangeDates) -> Result<(), AppError> {
    let mut check = Check::default();
    check.optional("/note", &wish.note, NOTE);
    match wish.edits.len() {
        0 => check.wrong("/edits", "required"),
        len if len > EDITS => check.wrong("/edits", "too_many"),
        _ => {}
    }
    check.done()
}

async fn planned(tx: &Tx, scene: &Scene, items: Vec<Item>, shifts: Vec<Shift>) -> Stored<PlanView> {
    let moves_closing = shifts.iter().any(|shift| {
        let item = items.iter().find(|item| item.id == shift.item);
        item.is_some_and(|item| item.mark == Mark::Closing)
    });
    let affected = if moves_closing {
        people_with_a_deadline(tx, scene).await?
    } else {
        0
    };
    Ok(PlanView {
        shifts,
        errors: Vec::new(),
        affected,
    })
}

fn refused(errors: Vec<(Edit, EditError)>) -> PlanView {
    let errors = errors
        .into_iter()
        .map(|(edit, error)| WrongEdit { edit, error });
    PlanView {
        shifts: Vec::new(),
        errors: errors.collect(),
        affected: 0,
    }
}

/// How many people may still write or send when the call closes.
async fn people_with_a_deadline(tx: &Tx, scene: &Scene) -> Stored<u32> {
    let applications = applications::of_cohort(tx, scene.cohort.id).await?;
    let open = applications.iter().filter(|application| {
        matches!(
            application.state,
            ApplicationState::Draft | ApplicationState::Submitted
        )
    });
    let people: BTreeSet<_> = open.map(|application| application.person).collect();
    Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
}
