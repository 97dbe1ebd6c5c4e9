//! Sending an application, taking it back, bringing it back, deleting a draft.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use tandem_api::application::{MyApplication, Receipt, Submit, Withdraw};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::application::{ApplicationMove, ApplicationState};
use tandem_domain::form::answer::Answers;
use tandem_domain::id::ApplicationId;
use tandem_domain::permission::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::draft::Draft;
use super::mails::{self, Mail};
use super::{apart, files, view};
use crate::app::App;
use crate::auth::Caller;
use crate::candidate;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::precondition::{Answer, IdempotencyKey, IfMatch};
use crate::http::scene::Scene;
use crate::store::applications::submissions::{self, Submission};
use crate::store::applications::{self, Application};
use crate::store::{Tx, audit, people};

/// How long a reason may be, in characters.
const REASON: usize = 2000;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(submit))
        .routes(routes!(withdraw, restore))
}

/// Sends the draft as it was reviewed. What is stored is what counts of the answers.
#[utoipa::path(post, path = path::SUBMISSIONS, params(("application" = String, Path)),
    request_body = Object, responses(
    (status = 201, description = "The receipt"),
    (status = 409, description = "Too late, or the address is not confirmed", body = Problem),
    (status = 412, description = "Changed since it was reviewed", body = Problem),
    (status = 422, description = "Answers stop sending; see `fields`", body = Problem),
))]
async fn submit(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    key: IdempotencyKey,
    Json(sent): Json<Submit>,
) -> Result<Answer, AppError> {
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::SeeOwnApplication, &application)?;
        let name = caller.name();
        let work = send(&app, &tx, &scene, application, &sent);
        key.once(&tx, &name, &sent, now.real, StatusCode::CREATED, work)
            .await
    });
    write.await
}

async fn send(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    mut application: Application,
    reviewed: &Submit,
) -> Result<Receipt, AppError> {
    scene.allow_on(Action::EditApplication, &application)?;
    if !scene.actor.confirmed {
        return Err(AppError::Refused(Code::Unconfirmed));
    }
    scene.allow_on(Action::SubmitApplication, &application)?;
    if application.draft_rev != reviewed.rev {
        return Err(AppError::Stale(application.draft_rev));
    }
    let draft = Draft::load(tx, scene, &application).await?;
    if reviewed
        .form_version
        .is_some_and(|version| version != draft.form.version)
    {
        return Err(AppError::Refused(Code::FormVersionChanged));
    }
    let problems = draft.problems(scene.today);
    if !problems.is_empty() {
        return Err(AppError::Fields(problems));
    }
    let answers = draft.reading().answers;
    let before = submissions::last(tx, application.id).await?;
    let snapshot = snapshot(
        &application,
        (&answers, draft.form.version),
        before.as_ref(),
        scene,
    )?;
    application.submitted_rev = Some(application.draft_rev);
    if let Some(before) = before.filter(|before| is_unchanged(before, &snapshot)) {
        applications::update(tx, &application).await?;
        return Ok(receipt(&application, &before, true));
    }
    submissions::insert(tx, &snapshot).await?;
    take(tx, scene, &mut application, &snapshot).await?;
    remember_name(tx, scene, &application, &answers).await?;
    apart::bring_up_to_date(tx, scene).await?;
    audit::note(
        tx,
        scene.now,
        scene.happening("application.submitted", &application),
    )
    .await?;
    mails::drop_reminders(tx, application.id).await?;
    mails::put(app, tx, scene, &application, Mail::Receipt(&snapshot)).await?;
    Ok(receipt(&application, &snapshot, false))
}

fn is_unchanged(before: &Submission, now: &Submission) -> bool {
    before.sha256 == now.sha256 && before.form_version == now.form_version
}

fn snapshot(
    application: &Application,
    (answers, form_version): (&Answers, u32),
    before: Option<&Submission>,
    scene: &Scene,
) -> Result<Submission, AppError> {
    let (json, sha256) = submissions::sealed(answers)?;
    Ok(Submission {
        application: application.id,
        number: before.map_or(1, |before| before.number + 1),
        form_version,
        json,
        sha256,
        at: scene.now.program,
        late: scene
            .window(application)
            .late_by(scene.now.program)
            .is_some(),
    })
}

/// Notes on the application that it was sent.
async fn take(
    tx: &Tx,
    scene: &Scene,
    application: &mut Application,
    snapshot: &Submission,
) -> Result<(), AppError> {
    moved(application, ApplicationMove::Submit, scene.now.program)?;
    if application.reference.is_none() {
        let next = applications::next_reference(tx, application.cohort, application.role).await?;
        application.reference = Some(next);
    }
    application.form_version = snapshot.form_version;
    application.submitted_at = Some(snapshot.at);
    application.late = snapshot.late;
    Ok(applications::update(tx, application).await?)
}

/// Moves an application to the state that follows, or refuses.
pub fn moved(
    application: &mut Application,
    step: ApplicationMove,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let after = application.state.after(step);
    application.state = after.ok_or(AppError::Refused(Code::WrongState))?;
    application.rev += 1;
    application.updated_at = now;
    Ok(())
}

/// The name to use goes to the account as long as that has none.
async fn remember_name(
    tx: &Tx,
    scene: &Scene,
    application: &Application,
    answers: &Answers,
) -> Result<(), AppError> {
    let person = people::find(tx, application.person)
        .await?
        .ok_or(AppError::NotFound)?;
    if person.name.is_empty() && scene.actor.person == Some(person.id) {
        people::rename(tx, person.id, candidate::name(answers)).await?;
    }
    Ok(())
}

fn receipt(application: &Application, snapshot: &Submission, unchanged: bool) -> Receipt {
    Receipt {
        application: application.id,
        reference: application.reference.clone().unwrap_or_default(),
        number: snapshot.number,
        submitted_at: snapshot.at,
        content_hash: snapshot.sha256.clone(),
        late: snapshot.late,
        unchanged,
    }
}

/// Takes an application back. It can be brought back until the call closes.
#[utoipa::path(post, path = path::WITHDRAWAL,
    params(("application" = String, Path), ("If-Match" = String, Header)),
    request_body = Object, responses(
    (status = 200, description = "Taken back"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 412, description = "Something happened to it meanwhile", body = Problem),
))]
async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    seen: IfMatch,
    Json(sent): Json<Withdraw>,
) -> Result<axum::Json<MyApplication>, AppError> {
    if sent.reason.chars().count() > REASON {
        return Err(AppError::invalid("/reason", "too_long"));
    }
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let (scene, mut application) =
            Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::WithdrawApplication, &application)?;
        seen.check(application.rev)?;
        // Bringing back is the other request.
        moved(&mut application, ApplicationMove::Withdraw, now.program)?;
        applications::update(&tx, &application).await?;
        let mut happening = scene.happening("application.withdrawn", &application);
        sent.reason.trim().clone_into(&mut happening.reason);
        audit::note(&tx, now, happening).await?;
        mails::put(&app, &tx, &scene, &application, Mail::Withdrawn).await?;
        let draft = Draft::load(&tx, &scene, &application).await?;
        view::my(&tx, &scene, &application, &draft)
            .await
            .map(axum::Json)
    });
    write.await
}

/// Brings an application back that was taken back.
#[utoipa::path(delete, path = path::WITHDRAWAL,
    params(("application" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, description = "Brought back"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 412, description = "Something happened to it meanwhile", body = Problem),
))]
async fn restore(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    seen: IfMatch,
) -> Result<axum::Json<MyApplication>, AppError> {
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let (scene, mut application) =
            Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::WithdrawApplication, &application)?;
        seen.check(application.rev)?;
        moved(&mut application, ApplicationMove::Restore, now.program)?;
        applications::update(&tx, &application).await?;
        audit::note(
            &tx,
            now,
            scene.happening("application.restored", &application),
        )
        .await?;
        mails::put(&app, &tx, &scene, &application, Mail::Restored).await?;
        let draft = Draft::load(&tx, &scene, &application).await?;
        view::my(&tx, &scene, &application, &draft)
            .await
            .map(axum::Json)
    });
    write.await
}

/// Deletes a draft that was never sent, with its answers.
#[utoipa::path(delete, path = path::APPLICATION,
    params(("application" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 204, description = "Deleted"),
    (status = 409, description = "It was sent; take it back instead", body = Problem),
    (status = 412, description = "Something was written meanwhile", body = Problem),
))]
pub(super) async fn delete_draft(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    seen: IfMatch,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::DeleteDraft, &application)?;
        if application.state != ApplicationState::Draft {
            return Err(AppError::Refused(Code::WrongState));
        }
        // What was written elsewhere since is not thrown away unseen.
        seen.check(application.draft_rev)?;
        files::delete_draft(&tx, &application).await?;
        mails::drop_reminders(&tx, application.id).await?;
        Ok(StatusCode::NO_CONTENT)
    });
    write.await
}
