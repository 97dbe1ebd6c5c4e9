//! The own draft: read, saved field by field as it is typed, checked.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use tandem_api::application::{
    CheckView, DraftSaved, DraftView, MyApplication, SaveDraft, WantReminders,
};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::application::ApplicationState;
use tandem_domain::form::definition::FormDef;
use tandem_domain::form::prefill::is_shared;
use tandem_domain::id::ApplicationId;
use tandem_domain::permission::{Action, Decision, can};
use tandem_domain::text::has_forbidden;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::draft::Draft;
use super::{mails, view};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path, RawJson};
use crate::http::precondition::fingerprint;
use crate::http::scene::Scene;
use crate::store::applications::answers::{self, Answered, Kept, KeptAnswers};
use crate::store::applications::reminders::{self, Reminded};
use crate::store::applications::{self, Application, versions};
use crate::store::value::{from_json, json};
use crate::store::{Stored, Tx, cohorts};

/// How long the name of a page may be.
const PAGE: usize = 100;
/// How many answers may be saved at once.
const CHANGES: usize = 200;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_my_applications))
        .routes(routes!(read_draft, save_draft))
        .routes(routes!(check_draft))
        .routes(routes!(want_reminders))
}

/// The own applications.
#[utoipa::path(get, path = path::MY_APPLICATIONS, responses(
    (status = 200, description = "The own applications, newest first"),
    (status = 401, description = "Nobody is signed in", body = Problem),
))]
async fn list_my_applications(
    State(app): State<App>,
    caller: Caller,
) -> Result<axum::Json<Vec<MyApplication>>, AppError> {
    let person = caller.require()?.person.id;
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let mut mine = Vec::new();
        for application in applications::of_person(&tx, person).await? {
            let scene = Scene::of_cohort(&tx, &caller, now, application.cohort).await?;
            let draft = Draft::load(&tx, &scene, &application).await?;
            mine.push(view::my(&tx, &scene, &application, &draft).await?);
        }
        Ok::<_, AppError>(axum::Json(mine))
    });
    read.await
}

/// The own draft.
#[utoipa::path(get, path = path::DRAFT, params(("application" = String, Path)), responses(
    (status = 200, description = "The draft"),
    (status = 404, description = "No such application of yours", body = Problem),
))]
async fn read_draft(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
) -> Result<axum::Json<DraftView>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::SeeOwnApplication, &application)?;
        let draft = Draft::load(&tx, &scene, &application).await?;
        let subject = scene.subject_of(&application);
        Ok::<_, AppError>(axum::Json(DraftView {
            application: view::my(&tx, &scene, &application, &draft).await?,
            answers: draft.answers(),
            undecided: draft.undecided(),
            prefilled: draft.prefilled(),
            news: versions::news(&tx, application.id).await?,
            saved_at: draft
                .kept
                .iter()
                .map(|(id, kept)| (id.clone(), kept.at))
                .collect(),
            rev: application.draft_rev,
            form_version: draft.form.version,
            shared_with_other_role: other_role(&tx, &application).await?.is_some(),
            return_page: application.return_page,
            returning: draft.returning,
            editable: can(&scene.actor, Action::EditApplication, &subject) == Decision::Allow,
            server_now: now.program,
        }))
    });
    read.await
}

/// Saves changed answers, each by itself: what is in conflict or cannot be kept stops nothing else.
#[utoipa::path(patch, path = path::DRAFT, params(("application" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "What became of each change"),
    (status = 404, description = "No such application of yours", body = Problem),
    (status = 409, description = "The deadline has passed", body = Problem),
    (status = 422, description = "The `op_id` was used for another save, or there is no such \
                                  version of the form", body = Problem),
))]
async fn save_draft(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    RawJson(sent): RawJson<SaveDraft>,
) -> Result<axum::Json<DraftSaved>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::SeeOwnApplication, &application)?;
        // The same save again is answered the same, even if it is too late by now.
        if let Some(before) = answers::answered(&tx, application.id, sent.op_id).await? {
            return repeated(&before, &sent, scene.now.program).map(axum::Json);
        }
        scene.allow_on(Action::EditApplication, &application)?;
        save(&tx, &scene, application, sent).await.map(axum::Json)
    });
    write.await
}

/// The answer to a save that came before, if it is the same one. What time it is, it says anew.
fn repeated(
    before: &Answered,
    sent: &SaveDraft,
    server_now: DateTime<Utc>,
) -> Result<DraftSaved, AppError> {
    let is_same = before.fingerprint.is_empty() || before.fingerprint == fingerprint(sent)?;
    if is_same {
        let saved: DraftSaved = from_json(&before.result_json)?;
        Ok(DraftSaved {
            server_now,
            ..saved
        })
    } else {
        Err(AppError::Refused(Code::IdempotencyKeyReused))
    }
}

async fn save(
    tx: &Tx,
    scene: &Scene,
    mut application: Application,
    sent: SaveDraft,
) -> Result<DraftSaved, AppError> {
    if sent.changes.len() > CHANGES {
        return Err(AppError::invalid("/changes", "too_many"));
    }
    let is_page = |page: &str| page.chars().count() <= PAGE && !has_forbidden(page);
    if sent
        .return_page
        .as_deref()
        .is_some_and(|page| !is_page(page))
    {
        return Err(AppError::invalid("/return_page", "forbidden_characters"));
    }
    let fingerprint = fingerprint(&sent)?;
    let draft = Draft::load(tx, scene, &application).await?;
    must_be_a_version(tx, &application, &draft, sent.form_version).await?;
    let next = (application.draft_rev + 1, scene.now);
    // A revision that was never given out, as after a restored backup, vouches for nothing.
    let is_known = sent.base_rev <= application.draft_rev;
    let base_rev = if is_known { sent.base_rev } else { 0 };
    let (results, changed) = draft.merge(sent.changes, base_rev, next);
    let met = application.draft_rev;
    keep(tx, scene, (&mut application, &draft.form), &changed).await?;
    application.return_page = sent.return_page.or(application.return_page);
    application.updated_at = scene.now.program;
    applications::update(tx, &application).await?;
    let saved = DraftSaved {
        met,
        rev: application.draft_rev,
        results,
        server_now: scene.now.program,
        saved_at: scene.now.real,
        form_version: draft.form.version,
        closes: scene.window(&application).told(),
    };
    let answered = Answered {
        fingerprint,
        result_json: json(&saved)?,
    };
    let kept = (answered, scene.now.real);
    answers::keep_answered(tx, application.id, sent.op_id, kept).await?;
    Ok(saved)
}

/// What was written against a form that never existed may mean anything.
async fn must_be_a_version(
    tx: &Tx,
    application: &Application,
    draft: &Draft,
    version: u32,
) -> Result<(), AppError> {
    let (cohort, role) = (application.cohort, application.role);
    let is_known = version == draft.form.version
        || cohorts::form_version(tx, cohort, role, version)
            .await?
            .is_some();
    if is_known {
        Ok(())
    } else {
        Err(AppError::invalid("/form_version", "unknown_version"))
    }
}

/// Keeps changed answers in the draft, and those that count for both roles in the other one's.
pub async fn keep(
    tx: &Tx,
    scene: &Scene,
    (application, form): (&mut Application, &FormDef),
    changed: &KeptAnswers,
) -> Stored<()> {
    if changed.is_empty() {
        return Ok(());
    }
    answers::put(tx, application.id, changed).await?;
    application.draft_rev += 1;
    let Some(mut other) = other_role(tx, application).await? else {
        return Ok(());
    };
    let draft = Draft::load(tx, scene, &other).await?;
    let rev = other.draft_rev + 1;
    let mut shared = changed.clone();
    shared.retain(|question, answer| {
        let kept = draft.kept.get(question);
        let is_new = kept.map(|kept| &kept.value) != Some(&answer.value);
        let waits = kept.is_some_and(|kept| kept.other.is_some() || kept.source.is_some());
        (is_new || waits) && is_shared(form, &draft.form, question)
    });
    let shared = shared
        .into_iter()
        .map(|(question, kept)| (question, Kept { rev, ..kept }));
    let shared: KeptAnswers = shared.collect();
    if shared.is_empty() {
        return Ok(());
    }
    answers::put(tx, other.id, &shared).await?;
    other.draft_rev = rev;
    other.updated_at = scene.now.program;
    applications::update(tx, &other).await
}

/// The application of the same person to the same cohort in the other role, while it is written.
async fn other_role(tx: &Tx, application: &Application) -> Stored<Option<Application>> {
    let both = applications::of_person_in(tx, application.person, application.cohort).await?;
    Ok(both.into_iter().find(|other| {
        let is_live = matches!(
            other.state,
            ApplicationState::Draft | ApplicationState::Submitted
        );
        is_live && other.role != application.role
    }))
}

/// What would stop sending; changes nothing.
#[utoipa::path(post, path = path::CHECK, params(("application" = String, Path)), responses(
    (status = 200, description = "What would stop sending"),
    (status = 404, description = "No such application of yours", body = Problem),
))]
async fn check_draft(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
) -> Result<axum::Json<CheckView>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::SeeOwnApplication, &application)?;
        let draft = Draft::load(&tx, &scene, &application).await?;
        Ok::<_, AppError>(axum::Json(CheckView {
            problems: draft.problems(scene.today),
            confirmed: scene.actor.confirmed,
            rev: application.draft_rev,
        }))
    });
    read.await
}

/// Says whether reminders about the own draft are wanted.
#[utoipa::path(put, path = path::REMINDERS, params(("application" = String, Path)),
    request_body = Object, responses(
    (status = 204, description = "Noted"),
    (status = 404, description = "No such application of yours", body = Problem),
))]
async fn want_reminders(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    Json(wish): Json<WantReminders>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::SeeOwnApplication, &application)?;
        let reminded = reminders::of(&tx, application.id).await?;
        let muted = !wish.wanted;
        reminders::put(&tx, application.id, Reminded { muted, ..reminded }).await?;
        if muted {
            mails::drop_reminders(&tx, application.id).await?;
        }
        Ok::<_, AppError>(StatusCode::NO_CONTENT)
    });
    write.await
}
