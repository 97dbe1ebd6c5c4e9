//! One cohort: its page, and its forms.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tandem_api::cohort::CohortView;
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::cohort::{CohortState, stage};
use tandem_domain::id::CohortId;
use tandem_domain::permission::{Action, Actor, Decision, Subject, can, may};
use tandem_domain::role::Role;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::error::{AppError, etag};
use crate::http::body::Path;
use crate::http::check::is_slug;
use crate::http::precondition::tagged;
use crate::http::scene::Scene;
use crate::store::audit::Moment;
use crate::store::cohorts::{self, Cohort};
use crate::store::programs::{self, Program};
use crate::store::{Tx, pairings};
use crate::zone;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_cohort))
        .routes(routes!(show_form))
}

/// A cohort, by id or by its name in addresses.
#[utoipa::path(get, path = path::COHORT, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The cohort"),
    (status = 404, description = "No such cohort, or not public yet", body = Problem),
))]
async fn show_cohort(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, AppError> {
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let id = match name.parse::<CohortId>() {
            Ok(id) => Some(id),
            Err(_) if !is_slug(&name) => None,
            Err(_) => cohorts::by_slug(&tx, &name).await?.map(|cohort| cohort.id),
        };
        let scene = Scene::of_cohort(&tx, &caller, now, id.ok_or(AppError::NotFound)?).await?;
        scene.allow(Action::SeeCohort)?;
        view_of(&tx, &scene.actor, scene.cohort, now).await
    });
    let view = read.await?;
    // No 304: what may be done depends on the time, which no revision counts.
    let mut response = axum::Json(&view).into_response();
    if let Ok(tag) = HeaderValue::from_str(&etag(view.rev)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// The form of a role. Its tag is its version.
#[utoipa::path(get, path = path::FORM, params(("cohort" = String, Path), ("role" = String, Path)),
    responses(
        (status = 200, description = "The form"),
        (status = 304, description = "Known already"),
        (status = 404, description = "No such cohort or role", body = Problem),
))]
async fn show_form(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, role)): Path<(CohortId, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let role = Role::from_slug(&role).ok_or(AppError::NotFound)?;
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::SeeCohort)?;
        cohorts::form(&tx, cohort, role)
            .await?
            .ok_or(AppError::NotFound)
    });
    let form = read.await?;
    Ok(tagged(&headers, i64::from(form.version), &form))
}

/// Whether somebody may know of a cohort.
pub(super) fn sees(actor: &Actor, cohort: &Cohort, now: Moment) -> Result<bool, AppError> {
    Ok(can(actor, Action::SeeCohort, &subject(cohort, now)?) == Decision::Allow)
}

/// A cohort as its reader sees it. The grace of its deadline stays hidden.
pub(super) async fn view(
    tx: &Tx,
    actor: &Actor,
    program: &Program,
    cohort: Cohort,
    now: Moment,
) -> Result<CohortView, AppError> {
    let today = zone::today(now.program, &cohort.zone)?;
    let stage = stage(cohort.state, &cohort.calendar, now.program, today);
    let is_known = matches!(
        cohort.state,
        CohortState::Published | CohortState::Completed
    );
    let pairs = if is_known {
        Some(pairings::count_published(tx, cohort.id).await?)
    } else {
        None
    };
    let mut calendar = cohort.calendar;
    calendar.closes = calendar.closes.without_grace();
    Ok(CohortView {
        id: cohort.id,
        program: program.id,
        program_name: program.name.clone(),
        slug: cohort.slug,
        title: cohort.title,
        state: cohort.state,
        stage,
        calendar,
        zone: cohort.zone,
        may: may(actor, &Subject::Cohort(stage)),
        rev: cohort.rev,
        server_now: now.program,
        pairs,
    })
}

/// The same, with the program looked up.
pub(super) async fn view_of(
    tx: &Tx,
    actor: &Actor,
    cohort: Cohort,
    now: Moment,
) -> Result<CohortView, AppError> {
    let program = programs::find(tx, cohort.program)
        .await?
        .ok_or(AppError::NotFound)?;
    view(tx, actor, &program, cohort, now).await
}

fn subject(cohort: &Cohort, now: Moment) -> Result<Subject, AppError> {
    let today = zone::today(now.program, &cohort.zone)?;
    Ok(Subject::Cohort(stage(
        cohort.state,
        &cohort.calendar,
        now.program,
        today,
    )))
}
