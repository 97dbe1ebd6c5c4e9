//! Decisions of the committee: who may be paired.

use axum::extract::State;
use tandem_api::application::{ApplicationView, DecideEligibility};
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::application::{ApplicationMove, ApplicationState};
use tandem_domain::id::ApplicationId;
use tandem_domain::permission::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::list;
use super::mails::{self, Mail};
use super::send::moved;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::precondition::IfMatch;
use crate::http::scene::Scene;
use crate::store::applications::{self, Application};
use crate::store::{Tx, audit};

/// How long a reason may be, in characters.
const TEXT: usize = 2000;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(decide_eligibility))
}

/// Decides whether somebody may be paired.
#[utoipa::path(put, path = path::ELIGIBILITY, params(("application" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "The application now"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 412, description = "Changed since it was read", body = Problem),
    (status = 422, description = "A no needs a reason", body = Problem),
))]
async fn decide_eligibility(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    seen: IfMatch,
    Json(decision): Json<DecideEligibility>,
) -> Result<axum::Json<ApplicationView>, AppError> {
    let mut check = Check::default();
    if decision.eligible {
        check.optional("/reason", &decision.reason, TEXT);
    } else {
        check.text("/reason", &decision.reason, TEXT);
    }
    check.done()?;
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let (scene, mut application) =
            Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::DecideEligibility, &application)?;
        seen.check(application.rev)?;
        decide(&app, &tx, &scene, &mut application, &decision).await?;
        list::read_view(&tx, &scene, &application)
            .await
            .map(axum::Json)
    });
    write.await
}

/// Decides, in the transaction of whoever does: state, reason, mail and log together.
pub(crate) async fn decide(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    application: &mut Application,
    decision: &DecideEligibility,
) -> Result<(), AppError> {
    let is_late = application.state == ApplicationState::LatePending;
    let (step, kind) = match decision.eligible {
        // A late one is taken first, and decided on like the others then.
        true if is_late => (ApplicationMove::AcceptLate, "application.late_accepted"),
        true => (ApplicationMove::FindEligible, "application.eligible"),
        false => (ApplicationMove::FindIneligible, "application.ineligible"),
    };
    moved(application, step, scene.now.program)?;
    let reason = decision.reason.trim();
    application.decision_reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    applications::update(tx, application).await?;
    let mut happening = scene.happening(kind, application);
    reason.clone_into(&mut happening.reason);
    audit::note(tx, scene.now, happening).await?;
    let mail = match application.state {
        ApplicationState::Eligible => Mail::Eligible,
        ApplicationState::Ineligible => Mail::Ineligible(reason),
        _ => return Ok(()),
    };
    mails::put(app, tx, scene, application, mail).await
}
