//! The next cohort from the last one: the same days of the week a year later, the same forms, and
//! nobody told of anything.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tandem_api::cohort::CohortView;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_api::timeline::{NextCohort, NextDates};
use tandem_domain::date::DEFAULT_GRACE_MINUTES;
use tandem_domain::id::{CohortId, ConstraintId, ItemId};
use tandem_domain::permission::{Action, Subject};
use tandem_domain::role::Role;
use tandem_domain::timeline::next::{days_later, later};
use tandem_domain::timeline::plan::{Plan, Timeline};
use tandem_domain::timeline::warning::of_dates;
use tandem_domain::timeline::{Item, Mark};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Json, Path, Query};
use super::check::Check;
use super::precondition::{self, IdempotencyKey};
use super::programs::NAME_LIMIT;
use super::scene::Scene;
use crate::app::App;
use crate::auth::{Caller, allow};
use crate::error::{AppError, OnUnique};
use crate::http::cohorts::view_of;
use crate::store::audit::{Happening, note};
use crate::store::{Tx, cohorts, programs, timeline};
use crate::zone;

/// The most years at once.
const YEARS: u8 = 5;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(next_dates, make_next))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    years: Option<u8>,
}

/// The dates that the next cohort would have.
#[utoipa::path(get, path = path::NEXT_COHORT, params(("cohort" = String, Path),
    ("years" = Option<u8>, Query, description = "How many years later, 1 to 5")), responses(
    (status = 200, description = "The dates, and what to know of them"),
    (status = 403, description = "Not for you", body = Problem),
))]
async fn next_dates(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer<NextDates>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        may(&scene)?;
        let years = wanted.years.unwrap_or(1);
        let (days, plan) = next(&tx, &scene, years).await?;
        let program = programs::find(&tx, scene.cohort.program).await?;
        let closures = program.ok_or(AppError::NotFound)?.closures;
        let of_item = |item: &Item| of_dates(None, item, &closures, scene.today);
        let mut warnings = plan.warnings;
        warnings.extend(plan.after.items.iter().flat_map(of_item));
        let items = plan.after.items.into_iter().map(|item| Item {
            when: item.when.without_grace(),
            ..item
        });
        Ok::<_, AppError>(Answer(NextDates {
            days,
            items: items.collect(),
            warnings,
        }))
    });
    read.await
}

/// Sets up the next cohort.
#[utoipa::path(post, path = path::NEXT_COHORT, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 201, description = "Set up, not public yet"),
    (status = 409, description = "The name in addresses is taken", body = Problem),
))]
async fn make_next(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    key: IdempotencyKey,
    Json(new): Json<NextCohort>,
) -> Result<precondition::Answer, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        may(&scene)?;
        let name = caller.name();
        let work = make(&tx, &scene, &new);
        key.once(&tx, &name, &new, now.real, StatusCode::CREATED, work)
            .await
    });
    write.await
}

fn may(scene: &Scene) -> Result<(), AppError> {
    scene.allow(Action::SeeCohort)?;
    allow(&scene.actor, Action::CreateCohort, &Subject::Program)
}

async fn make(tx: &Tx, scene: &Scene, new: &NextCohort) -> Result<CohortView, AppError> {
    let mut check = Check::default();
    check.slug("/slug", &new.slug);
    check.line("/title", &new.title, NAME_LIMIT);
    check.done()?;
    let (_, plan) = next(tx, scene, new.years).await?;
    let last = &scene.cohort;
    let Some(calendar) = zone::calendar(&plan.after.items, &last.zone)? else {
        return Err(anyhow::anyhow!("the timeline lacks a date").into());
    };
    let mut forms = Vec::new();
    for role in Role::ALL {
        let form = cohorts::form(tx, last.id, role).await?;
        forms.extend(form.map(|mut form| {
            form.version = 1;
            form
        }));
    }
    let row = cohorts::NewCohort {
        program: last.program,
        slug: &new.slug,
        title: &new.title,
        zone: last.zone.clone(),
        calendar,
        timeline: &plan.after,
        forms: &forms,
    };
    let taken = AppError::Refused(Code::AlreadyExists);
    let cohort = cohorts::create(tx, row, scene.now.real).await;
    let cohort = cohort.on_unique(taken)?;
    let happening = Happening {
        actor: scene.actor.person,
        program: Some(cohort.program),
        cohort: Some(cohort.id),
        kind: "cohort.set_up",
        rev: cohort.rev,
        body: serde_json::json!({ "after": last.id }),
        ..Happening::default()
    };
    note(tx, scene.now, happening).await?;
    view_of(tx, &scene.actor, cohort, scene.now).await
}

/// The timeline some years later, and how many days that is.
async fn next(tx: &Tx, scene: &Scene, years: u8) -> Result<(i64, Plan), AppError> {
    if !(1..=YEARS).contains(&years) {
        return Err(AppError::invalid("/years", "out_of_range"));
    }
    let days = days_later(scene.cohort.calendar.starts, years);
    let last = timeline::find(tx, scene.cohort.id).await?;
    let mut after = later(
        &last,
        days,
        || ItemId(uuid::Uuid::now_v7()),
        || ConstraintId(uuid::Uuid::now_v7()),
    );
    for item in &mut after.items {
        if let (Mark::Closing, Some(closes)) = (item.mark, item.when.time_mut()) {
            closes.grace_minutes = DEFAULT_GRACE_MINUTES;
        }
    }
    let plan = Plan {
        before: Timeline::default(),
        after,
        shifts: Vec::new(),
        held: Vec::new(),
        breaches: Vec::new(),
        warnings: Vec::new(),
    };
    Ok((days, plan.with_instants(zone::resolve)?))
}
