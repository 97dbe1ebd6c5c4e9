//! Versions of a form: downloaded, planned, published. A published version never changes; drafts go
//! on with the next one, and what was sent stays as it was sent.

mod publish;

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tandem_api::form::{AffectedApplication, FormPlan, FormVersionRow, PlanForm, PublishForm};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::application::ApplicationState;
use tandem_domain::form::change::difference;
use tandem_domain::form::definition::{FormDef, QuestionId};
use tandem_domain::form::lint::lint;
use tandem_domain::form::news::{Concerned, effect};
use tandem_domain::id::{ApplicationId, CohortId};
use tandem_domain::permission::Action;
use tandem_domain::role::Role;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::applications::{draft, view};
use super::board::load::Forms;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::precondition::{Answer, IdempotencyKey, IfMatch};
use crate::http::scene::Scene;
use crate::store::applications::answers;
use crate::store::applications::{self, submissions, versions};
use crate::store::{Tx, audit, cohorts, people};

/// How long a note may be, in characters.
const NOTE: usize = 2000;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(plan_form))
        .routes(routes!(list_versions, publish_form))
        .routes(routes!(show_version))
        .routes(routes!(read_news))
}

fn role(slug: &str) -> Result<Role, AppError> {
    Role::from_slug(slug).ok_or(AppError::NotFound)
}

/// What a new version would do; changes nothing.
#[utoipa::path(post, path = path::FORM_PLAN,
    params(("cohort" = String, Path), ("role" = String, Path)), request_body = Object, responses(
    (status = 200, description = "What is found, what differs, whom it concerns"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 422, description = "Not a form, or of another role", body = Problem),
))]
async fn plan_form(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, slug)): Path<(CohortId, String)>,
    Json(wish): Json<PlanForm>,
) -> Result<axum::Json<FormPlan>, AppError> {
    let role = role(&slug)?;
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeForms)?;
        let (present, next) = both(&tx, &scene, role, wish.form).await?;
        plan(&tx, &scene, &present, &next).await.map(axum::Json)
    });
    read.await
}

/// The present version, and the new one with its number.
async fn both(
    tx: &Tx,
    scene: &Scene,
    role: Role,
    mut form: FormDef,
) -> Result<(FormDef, FormDef), AppError> {
    if form.role != role {
        return Err(AppError::invalid("/form/role", "wrong_role"));
    }
    let present = cohorts::form(tx, scene.cohort.id, role)
        .await?
        .ok_or(AppError::NotFound)?;
    form.version = present.version + 1;
    Ok((present, form))
}

async fn plan(
    tx: &Tx,
    scene: &Scene,
    present: &FormDef,
    next: &FormDef,
) -> Result<FormPlan, AppError> {
    let difference = difference(present, next);
    let returning = draft::returning(tx, scene).await?;
    let mut sent_last = submissions::last_of_cohort(tx, scene.cohort.id).await?;
    let mut forms = Forms::default();
    let mut answered: BTreeSet<QuestionId> = BTreeSet::new();
    let (mut drafts, mut sent) = (Concerned::default(), Concerned::default());
    let mut affected = Vec::new();
    for application in applications::of_cohort(tx, scene.cohort.id).await? {
        if application.role != present.role {
            continue;
        }
        let given = answers::answers(&answers::of(tx, application.id).await?);
        answered.extend(given.keys().cloned());
        let returning = returning.contains(&application.person);
        if application.state == ApplicationState::Draft {
            drafts.add(&effect(present, next, &given, returning));
            continue;
        }
        let Some(submission) = sent_last.remove(&application.id) else {
            continue;
        };
        let version = submission.form_version;
        forms.need(tx, scene, application.role, version).await?;
        let Some(form) = forms.get(application.role, version) else {
            continue;
        };
        let in_force = submission.answers()?;
        answered.extend(in_force.keys().cloned());
        let effect = effect(form, next, &in_force, returning);
        sent.add(&effect);
        if !effect.is_none() {
            let seen = view::seen(scene, &application, form, (&submission, returning))?;
            let row = view::row(&application, &seen);
            affected.push(AffectedApplication {
                id: row.id,
                reference: row.reference,
                name: row.name,
                lacks: effect.stops_sending(),
            });
        }
    }
    Ok(FormPlan {
        findings: lint(next),
        refused: difference.refused(&answered, next).cloned().collect(),
        difference,
        drafts,
        sent,
        affected,
    })
}

/// Publishes a new version. Every draft goes on with it at once; what it changes for its owner, the
/// owner reads first. What was sent stays in force as it was sent.
#[utoipa::path(post, path = path::FORM_VERSIONS,
    params(("cohort" = String, Path), ("role" = String, Path)), request_body = Object, responses(
    (status = 201, description = "The version"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 412, description = "There is a newer version", body = Problem),
    (status = 422, description = "Something is found or refused; `extra` has the plan",
     body = Problem),
))]
async fn publish_form(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, slug)): Path<(CohortId, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    Json(wish): Json<PublishForm>,
) -> Result<Answer, AppError> {
    let role = role(&slug)?;
    let mut check = Check::default();
    check.optional("/note", &wish.note, NOTE);
    check.done()?;
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeForms)?;
        let work = publish::publish(&app, &tx, &scene, (role, seen), &wish);
        let name = caller.name();
        key.once(&tx, &name, &wish, now.real, StatusCode::CREATED, work)
            .await
    });
    write.await
}

/// The versions of a form, newest first.
#[utoipa::path(get, path = path::FORM_VERSIONS,
    params(("cohort" = String, Path), ("role" = String, Path)), responses(
    (status = 200, description = "The versions"),
    (status = 403, description = "For chair and officer", body = Problem),
))]
async fn list_versions(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, slug)): Path<(CohortId, String)>,
) -> Result<axum::Json<Vec<FormVersionRow>>, AppError> {
    let role = role(&slug)?;
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        // They are read at every stage, also when nobody changes them any more.
        match scene.allow(Action::ChangeForms) {
            Ok(()) | Err(AppError::Refused(Code::WrongState)) => {}
            Err(error) => return Err(error),
        }
        let mut rows = Vec::new();
        let published = audit::of_kind_in(&tx, cohort, "form.published").await?;
        for version in cohorts::form_versions(&tx, cohort, role).await? {
            let is_this = |body: &serde_json::Value| {
                body["role"] == role.slug() && body["version"] == version
            };
            let noted = published.iter().find(|noted| is_this(&noted.body));
            let by = match noted.and_then(|noted| noted.actor) {
                Some(person) => people::find(&tx, person).await?.map(|person| person.name),
                None => None,
            };
            rows.push(FormVersionRow {
                version,
                at: noted.map(|noted| noted.program_at),
                by: by.unwrap_or_default(),
                note: noted.map(|noted| noted.reason.clone()).unwrap_or_default(),
            });
        }
        Ok::<_, AppError>(axum::Json(rows))
    });
    read.await
}

/// One version as a file, written so that people can change it and upload it again.
#[utoipa::path(get, path = path::FORM_VERSION, params(
    ("cohort" = String, Path), ("role" = String, Path), ("version" = u32, Path),
), responses(
    (status = 200, description = "The form"),
    (status = 404, description = "No such version", body = Problem),
))]
async fn show_version(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, slug, version)): Path<(CohortId, String, u32)>,
) -> Result<Response, AppError> {
    let role = role(&slug)?;
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::SeeCohort)?;
        let form = cohorts::form_version(&tx, cohort, role, version).await?;
        Ok::<_, AppError>((scene.cohort.slug, form.ok_or(AppError::NotFound)?))
    });
    let (cohort, form) = read.await?;
    let text = serde_json::to_string_pretty(&form).map_err(anyhow::Error::from)?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    let name = format!("attachment; filename=\"{cohort}-{slug}-form-{version}.json\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// The owner has read what new versions changed.
#[utoipa::path(post, path = path::FORM_NEWS_READ, params(("application" = String, Path)),
    responses(
    (status = 204, description = "Noted"),
    (status = 404, description = "No such application of yours", body = Problem),
))]
async fn read_news(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::SeeOwnApplication, &application)?;
        versions::read(&tx, application.id, application.form_version).await?;
        Ok::<_, AppError>(StatusCode::NO_CONTENT)
    });
    write.await
}
