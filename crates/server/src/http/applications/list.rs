//! What the committee reads: the list of applications, and one application.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tandem_api::application::{ApplicationList, ApplicationView};
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::application::ApplicationState;
use tandem_domain::application::window::Personal;
use tandem_domain::id::{ApplicationId, CohortId};
use tandem_domain::permission::{Action, may};
use tandem_domain::role::Role;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{draft, send, view};
use crate::app::App;
use crate::auth::Caller;
use crate::error::{AppError, etag};
use crate::http::board::load::Forms;
use crate::http::body::Path;
use crate::http::scene::Scene;
use crate::store::applications::{self, Application, submissions};
use crate::store::{StoreError, Tx};

/// The routes of this file, without the list: it shares its address with the beginning.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_application, send::delete_draft))
}

/// The applications of a cohort that were sent. Of drafts, the committee learns how many.
#[utoipa::path(get, path = path::COHORT_APPLICATIONS, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The list"),
    (status = 403, description = "Not for you", body = Problem),
))]
pub(super) async fn list_applications(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<axum::Json<ApplicationList>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ListApplications)?;
        let mut rows = Vec::new();
        let mut drafts: BTreeMap<Role, u32> = BTreeMap::new();
        let mut sent = submissions::last_of_cohort(&tx, cohort).await?;
        let returning = draft::returning(&tx, &scene).await?;
        let mut forms = Forms::default();
        for application in applications::of_cohort(&tx, cohort).await? {
            if scene.actor.recusal.hides(application.person) {
                continue;
            }
            if application.state == ApplicationState::Draft {
                *drafts.entry(application.role).or_default() += 1;
                continue;
            }
            let Some(sent) = sent.remove(&application.id) else {
                continue;
            };
            forms
                .need(&tx, &scene, application.role, sent.form_version)
                .await?;
            let Some(form) = forms.get(application.role, sent.form_version) else {
                continue;
            };
            let returning = returning.contains(&application.person);
            let seen = view::seen(&scene, &application, form, (&sent, returning))?;
            rows.push(view::row(&application, &seen));
        }
        Ok::<_, AppError>(axum::Json(ApplicationList {
            rows,
            drafts,
            server_now: now.program,
        }))
    });
    read.await
}

/// One application as its reader may see it, as it was last sent.
#[utoipa::path(get, path = path::APPLICATION, params(("application" = String, Path)), responses(
    (status = 200, description = "The application; its tag is the revision"),
    (status = 404, description = "No such application, or none that was sent", body = Problem),
))]
async fn read_application(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
) -> Result<Response, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        let is_own = scene.actor.person == Some(application.person);
        let action = if is_own {
            Action::SeeOwnApplication
        } else {
            Action::ReadApplication
        };
        scene.allow_on(action, &application)?;
        read_view(&tx, &scene, &application).await
    });
    let view = read.await?;
    // No 304: what may be done depends on the time, which no revision counts.
    let mut response = axum::Json(&view).into_response();
    if let Ok(tag) = HeaderValue::from_str(&etag(view.rev)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// One application as the caller may see it. The permission was asked.
pub(super) async fn read_view(
    tx: &Tx,
    scene: &Scene,
    application: &Application,
) -> Result<ApplicationView, AppError> {
    let sent = submissions::last(tx, application.id)
        .await?
        .ok_or(AppError::NotFound)?;
    let mut forms = Forms::default();
    forms
        .need(tx, scene, application.role, sent.form_version)
        .await?;
    let form = forms.get(application.role, sent.form_version);
    let form = form.ok_or(StoreError::Unreadable {
        what: "form",
        cause: String::new(),
    })?;
    let returning = draft::returning(tx, scene)
        .await?
        .contains(&application.person);
    let seen = view::seen(scene, application, form, (&sent, returning))?;
    Ok(ApplicationView {
        row: view::row(application, &seen),
        cohort: application.cohort,
        person: application.person,
        form_version: sent.form_version,
        answers: seen,
        info_requests: view::all_requests(tx, application).await?,
        granted: application.granted.clone().map(|granted| Personal {
            until: granted.until.without_grace(),
            ..granted
        }),
        history: view::history(tx, scene, application).await?,
        may: may(&scene.actor, &scene.subject_of(application)),
        rev: application.rev,
    })
}
