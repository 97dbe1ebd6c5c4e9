//! What is kept about somebody: handed out to that person, or erased.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tandem_api::own::{Erase, OwnApplication, OwnData, OwnMail, OwnSubmission};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::application::{ApplicationMove, ApplicationState};
use tandem_domain::cohort::Stage;
use tandem_domain::form::answer::Answers;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::role::Office;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::applications::{apart, view};
use super::session::signed_out;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::scene::Scene;
use crate::store::applications::{self, Application, answers, submissions, versions};
use crate::store::audit::{self, Happening, Moment};
use crate::store::people::{self, Person};
use crate::store::{Tx, cohorts, erasing, outbox, programs};

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(export_own))
        .routes(routes!(erase_own))
}

/// Everything that is kept about the own person, as a file.
#[utoipa::path(get, path = path::MY_EXPORT, responses(
    (status = 200, description = "All of it, as JSON"),
    (status = 401, description = "Nobody is signed in with a confirmed address", body = Problem),
))]
async fn export_own(State(app): State<App>, caller: Caller) -> Result<Response, AppError> {
    let person = caller.require_confirmed()?.person.clone();
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let mut own = Vec::new();
        for application in applications::of_person(&tx, person.id).await? {
            let scene = Scene::of_cohort(&tx, &caller, now, application.cohort).await?;
            own.push(exported(&tx, &scene, application).await?);
        }
        let mails = outbox::to_person(&tx, person.id).await?;
        let mails = mails
            .into_iter()
            .map(|(at, subject)| OwnMail { at, subject });
        Ok::<_, AppError>(OwnData {
            at: now.real,
            name: person.name.clone(),
            email: person.email.clone(),
            applications: own,
            mails: mails.collect(),
        })
    });
    let text = serde_json::to_string_pretty(&read.await?).map_err(anyhow::Error::from)?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    let saved = HeaderValue::from_static("attachment; filename=\"my-data.json\"");
    headers.insert(header::CONTENT_DISPOSITION, saved);
    Ok(response)
}

async fn exported(
    tx: &Tx,
    scene: &Scene,
    application: Application,
) -> Result<OwnApplication, AppError> {
    let (cohort, role) = (application.cohort, application.role);
    let mut answers = answers::answers(&answers::of(tx, application.id).await?);
    let aside = versions::aside(tx, application.id).await?;
    let mut sent = Vec::new();
    let mut questions = std::collections::BTreeMap::new();
    for version in cohorts::form_versions(tx, cohort, role).await? {
        if let Some(form) = cohorts::form_version(tx, cohort, role, version).await? {
            for question in form.questions() {
                let label = || question.label.text().to_owned();
                questions.entry(question.id.clone()).or_insert_with(label);
            }
        }
    }
    for submission in submissions::all(tx, application.id).await? {
        sent.push(OwnSubmission {
            number: submission.number,
            at: submission.at,
            answers: submission.answers()?,
            content_hash: submission.sha256,
        });
    }
    let is_answered = |answers: &Answers, id: &QuestionId| answers.contains_key(id);
    questions.retain(|id, _| {
        is_answered(&answers, id)
            || is_answered(&aside, id)
            || sent.iter().any(|sent| is_answered(&sent.answers, id))
    });
    answers.retain(|_, answer| !answer.is_empty());
    Ok(OwnApplication {
        id: application.id,
        cohort: scene.cohort.title.clone(),
        role,
        state: application.state,
        reference: application.reference.clone(),
        questions,
        answers,
        aside,
        sent,
        info_requests: view::all_requests(tx, &application).await?,
        history: view::history(tx, scene, &application).await?,
    })
}

/// Erases everything that tells who the own person is. What stays are numbers: that somebody
/// applied, and what was decided.
#[utoipa::path(post, path = path::ERASURE, request_body = Object, responses(
    (status = 204, description = "Erased, and signed out everywhere"),
    (status = 401, description = "Nobody is signed in with a confirmed address", body = Problem),
    (status = 409, description = "The last officer of a program, or in a pair that is announced",
     body = Problem),
    (status = 422, description = "Not the own address", body = Problem),
))]
async fn erase_own(
    State(app): State<App>,
    caller: Caller,
    Json(sent): Json<Erase>,
) -> Result<Response, AppError> {
    let person = caller.require_confirmed()?.person.clone();
    if people::normalise(&sent.email) != people::normalise(&person.email) {
        return Err(AppError::invalid("/email", "not_the_own_address"));
    }
    let now = app.clock.now();
    let write = app
        .store
        .write(move |tx| async move { erase(&tx, &caller, &person, now).await });
    write.await?;
    signed_out(&app)
}

async fn erase(tx: &Tx, caller: &Caller, person: &Person, now: Moment) -> Result<(), AppError> {
    for held in people::offices(tx, person.id).await? {
        programs::set_offices(tx, held.program, person.id, &[], now.real).await?;
        let is_last = held.office == Office::Officer
            && programs::count_office(tx, held.program, Office::Officer).await? == 0;
        if is_last {
            return Err(AppError::Refused(Code::LastOfficer));
        }
    }
    let mut concerned = Vec::new();
    for mut application in applications::of_person(tx, person.id).await? {
        let scene = Scene::of_cohort(tx, caller, now, application.cohort).await?;
        let is_over = matches!(scene.stage, Stage::Completed | Stage::Cancelled);
        if application.state == ApplicationState::Matched && !is_over {
            return Err(AppError::Explained(
                Code::WrongState,
                "You are in a pair that is announced. Write to the program officer, who ends it \
                 with you first."
                    .to_owned(),
            ));
        }
        if application.state == ApplicationState::Draft {
            applications::delete(tx, application.id).await?;
            continue;
        }
        erasing::application(tx, application.id).await?;
        if let Some(state) = application.state.after(ApplicationMove::Withdraw) {
            application.state = state;
        }
        application.rev += 1;
        application.return_page = None;
        application.decision_reason = None;
        application.granted = None;
        application.updated_at = now.program;
        applications::update(tx, &application).await?;
        let mut happening = scene.happening("application.erased", &application);
        happening.actor = None;
        audit::note(tx, now, happening).await?;
        concerned.push(scene);
    }
    erasing::person(tx, person).await?;
    for scene in &concerned {
        apart::bring_up_to_date(tx, scene).await?;
    }
    let happening = Happening {
        kind: "person.erased",
        ..Happening::default()
    };
    audit::note(tx, now, happening).await?;
    Ok(())
}
