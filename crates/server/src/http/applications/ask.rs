//! Questions of the committee to an applicant, and the answers.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use tandem_api::application::{AnswerInfo, AskInfo, FieldResult, InfoRequestView, MyApplication};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::application::ApplicationMove;
use tandem_domain::form::answer::Answer;
use tandem_domain::form::check::FieldProblem;
use tandem_domain::form::definition::{FormDef, QuestionId};
use tandem_domain::id::{ApplicationId, InfoRequestId};
use tandem_domain::permission::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::draft::{self, Draft};
use super::mails::{self, Mail};
use super::send::moved;
use super::{apart, save, view};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::precondition::{Answer as Given, IdempotencyKey, IfMatch};
use crate::http::scene::Scene;
use crate::store::applications::info::{self, InfoRequest};
use crate::store::applications::submissions::{self, Submission};
use crate::store::applications::{self, Application};
use crate::store::{StoreError, Tx, audit, cohorts};

/// How long a question or answer may be, in characters.
const TEXT: usize = 2000;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(ask_info))
        .routes(routes!(answer_info))
}

/// Asks the applicant something.
#[utoipa::path(post, path = path::INFO_REQUESTS, params(("application" = String, Path)),
    request_body = Object, responses(
    (status = 201, description = "Asked"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 412, description = "Changed since it was read", body = Problem),
    (status = 422, description = "No text, or unknown questions", body = Problem),
))]
async fn ask_info(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    key: IdempotencyKey,
    seen: IfMatch,
    Json(asked): Json<AskInfo>,
) -> Result<Given, AppError> {
    let mut check = Check::default();
    check.text("/text", &asked.text, TEXT);
    check.done()?;
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::ReadApplication, &application)?;
        let work = ask(&app, &tx, &scene, application, (seen, &asked));
        key.once(
            &tx,
            &caller.name(),
            &asked,
            now.real,
            StatusCode::CREATED,
            work,
        )
        .await
    });
    write.await
}

async fn ask(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    mut application: Application,
    (seen, asked): (IfMatch, &AskInfo),
) -> Result<InfoRequestView, AppError> {
    scene.allow_on(Action::AskInfo, &application)?;
    seen.check(application.rev)?;
    let sent = submissions::last(tx, application.id)
        .await?
        .ok_or(AppError::NotFound)?;
    let form = form_of(tx, &application, &sent).await?;
    let unknown = asked
        .questions
        .iter()
        .position(|id| form.question(id).is_none());
    if let Some(idx) = unknown {
        return Err(AppError::invalid(
            &format!("/questions/{idx}"),
            "unknown_choice",
        ));
    }
    moved(
        &mut application,
        ApplicationMove::AskInfo,
        scene.now.program,
    )?;
    applications::update(tx, &application).await?;
    let request = InfoRequest {
        id: InfoRequestId(uuid::Uuid::now_v7()),
        application: application.id,
        asked_by: scene.actor.person.ok_or(AppError::SignedOut)?,
        text: asked.text.trim().to_owned(),
        questions: asked.questions.clone(),
        asked_at: scene.now.program,
        answer: None,
        answered_at: None,
    };
    info::insert(tx, &request).await?;
    audit::note(
        tx,
        scene.now,
        scene.happening("application.info_asked", &application),
    )
    .await?;
    mails::put(app, tx, scene, &application, Mail::InfoAsked(&request)).await?;
    Ok(view::request(request))
}

/// Answers the committee, with changes of the answers it named.
#[utoipa::path(post, path = path::INFO_ANSWER, params(
    ("application" = String, Path), ("request" = String, Path),
), request_body = Object, responses(
    (status = 200, description = "The application now"),
    (status = 409, description = "Answered already, or not possible", body = Problem),
    (status = 422, description = "Answers stop sending; see `fields`", body = Problem),
))]
async fn answer_info(
    State(app): State<App>,
    caller: Caller,
    Path((application, request)): Path<(ApplicationId, InfoRequestId)>,
    Json(sent): Json<AnswerInfo>,
) -> Result<axum::Json<MyApplication>, AppError> {
    let mut check = Check::default();
    check.text("/text", &sent.text, TEXT);
    check.done()?;
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, mut application) =
            Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::AnswerInfo, &application)?;
        let asked = info::of(&tx, application.id).await?;
        let asked = asked.into_iter().find(|asked| asked.id == request);
        let mut asked = asked.ok_or(AppError::NotFound)?;
        if asked.answer.is_some() {
            return Err(AppError::Refused(Code::WrongState));
        }
        change_named(&tx, &scene, &mut application, (&asked, sent.changes)).await?;
        moved(&mut application, ApplicationMove::AnswerInfo, now.program)?;
        applications::update(&tx, &application).await?;
        asked.answer = Some(sent.text.trim().to_owned());
        asked.answered_at = Some(now.program);
        info::update(&tx, &asked).await?;
        let happening = scene.happening("application.info_answered", &application);
        audit::note(&tx, now, happening).await?;
        let draft = Draft::load(&tx, &scene, &application).await?;
        view::my(&tx, &scene, &application, &draft)
            .await
            .map(axum::Json)
    });
    write.await
}

/// Puts changed answers into what was sent and into the draft; only those that were asked for.
async fn change_named(
    tx: &Tx,
    scene: &Scene,
    application: &mut Application,
    (asked, changes): (&InfoRequest, BTreeMap<QuestionId, Option<Answer>>),
) -> Result<(), AppError> {
    if changes.is_empty() {
        return Ok(());
    }
    if let Some(other) = changes.keys().find(|id| !asked.questions.contains(id)) {
        return Err(AppError::invalid(
            &format!("/changes/{other}"),
            "unknown_choice",
        ));
    }
    let draft = Draft::load(tx, scene, application).await?;
    let next = (application.draft_rev + 1, scene.now);
    // Nobody else writes while the committee waits, so nothing is in conflict.
    let (results, kept) = draft.merge(changes.clone(), application.draft_rev, next);
    let refused: Vec<FieldProblem> = results.into_values().filter_map(problem).collect();
    if !refused.is_empty() {
        return Err(AppError::Fields(refused));
    }
    let was_sent = !application.changed_since_submitted();
    resend(tx, scene, application, (&draft, changes)).await?;
    save::keep(tx, scene, (application, &draft.form), &kept).await?;
    if was_sent {
        application.submitted_rev = Some(application.draft_rev);
    }
    apart::bring_up_to_date(tx, scene).await?;
    Ok(())
}

fn problem(result: FieldResult) -> Option<FieldProblem> {
    match result {
        FieldResult::Invalid(problem) => Some(problem),
        _ => None,
    }
}

/// A new snapshot: what was sent last, with these changes.
async fn resend(
    tx: &Tx,
    scene: &Scene,
    application: &mut Application,
    (draft, changes): (&Draft, BTreeMap<QuestionId, Option<Answer>>),
) -> Result<(), AppError> {
    let last = submissions::last(tx, application.id)
        .await?
        .ok_or(AppError::NotFound)?;
    let mut answers = last.answers()?;
    for (question, change) in changes {
        match change {
            Some(answer) => answers.insert(question, answer),
            None => answers.remove(&question),
        };
    }
    let form = form_of(tx, application, &last).await?;
    let problems = draft::problems(&form, &answers, draft.returning, scene.today);
    if !problems.is_empty() {
        return Err(AppError::Fields(problems));
    }
    let counts = form.read(&answers, draft.returning).answers;
    let (json, sha256) = submissions::sealed(&counts)?;
    let snapshot = Submission {
        number: last.number + 1,
        json,
        sha256,
        at: scene.now.program,
        ..last
    };
    Ok(submissions::insert(tx, &snapshot).await?)
}

/// The version of the form that was sent: only what it asks is asked about, whatever a later one
/// asks besides.
async fn form_of(
    tx: &Tx,
    application: &Application,
    sent: &Submission,
) -> Result<FormDef, AppError> {
    let (cohort, role) = (application.cohort, application.role);
    let form = cohorts::form_version(tx, cohort, role, sent.form_version).await?;
    Ok(form.ok_or_else(|| StoreError::Unreadable {
        what: "form",
        cause: format!("no version {} for {}", sent.form_version, role.slug()),
    })?)
}
