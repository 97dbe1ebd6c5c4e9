//! Beginning to apply: signed in, or with nothing but an address.
//!
//! Whoever gives an address becomes somebody new who is bound to this browser, whether or not the
//! address has an account: the answer is the same, and only the owner of the address learns more.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tandem_api::application::{StartApplications, StartedApplications};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::application::window::Personal;
use tandem_domain::id::CohortId;
use tandem_domain::permission::{Action, takes_applications};
use tandem_domain::role::Role;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::draft::Draft;
use super::{known, list, time, view};
use crate::app::App;
use crate::auth::link::{self, Ask};
use crate::auth::{Caller, mark_name};
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::precondition::{Answer as Given, IdempotencyKey};
use crate::http::scene::Scene;
use crate::http::session::{mark_of, session_cookie};
use crate::mail::is_address;
use crate::store::applications::answers;
use crate::store::applications::{self, Application};
use crate::store::audit::Moment;
use crate::store::people::{self, Person};
use crate::store::sessions::Kind;
use crate::store::{Tx, cohorts, late_links};

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start_applications, list::list_applications))
}

/// Begins an application in each role asked for, or gives back those that exist already.
#[utoipa::path(post, path = path::COHORT_APPLICATIONS, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 201, description = "The applications"),
    (status = 409, description = "Not open", body = Problem),
    (status = 422, description = "Not an address, or no role", body = Problem),
    (status = 429, description = "Too often", body = Problem),
))]
async fn start_applications(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    key: IdempotencyKey,
    Json(wish): Json<StartApplications>,
) -> Result<Response, AppError> {
    let wish = Wish {
        roles: roles(&wish)?,
        cohort,
        sent: wish,
        key,
    };
    if caller.signed.is_none() {
        return start_as_newcomer(app, caller, wish).await;
    }
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let person = caller.require()?.person.clone();
        let scene = Scene::of_cohort(&tx, &caller, now, wish.cohort).await?;
        let work = Box::pin(begin_all(&tx, &scene, &person, &wish));
        wish.once(&tx, &caller.name(), now, work).await
    });
    write.await.map(IntoResponse::into_response)
}

/// What is asked for, and under which key.
struct Wish {
    roles: Vec<Role>,
    cohort: CohortId,
    sent: StartApplications,
    key: IdempotencyKey,
}

impl Wish {
    async fn once(
        &self,
        tx: &Tx,
        name: &str,
        now: Moment,
        work: impl Future<Output = Result<StartedApplications, AppError>>,
    ) -> Result<Given, AppError> {
        self.key
            .once(tx, name, &self.sent, now.real, StatusCode::CREATED, work)
            .await
    }
}

/// Each role once, in the order of the roles.
fn roles(wish: &StartApplications) -> Result<Vec<Role>, AppError> {
    let wanted: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| wish.roles.contains(role))
        .collect();
    if wanted.is_empty() {
        return Err(AppError::invalid("/roles", "required"));
    }
    Ok(wanted)
}

/// Begins for somebody nobody knows yet. Answers to keys are kept for the browser alone that sent
/// them: the same key from another browser is another wish, and opens nothing of the first.
async fn start_as_newcomer(app: App, caller: Caller, wish: Wish) -> Result<Response, AppError> {
    let email = wish.sent.email.clone().unwrap_or_default();
    if !is_address(&email) {
        return Err(AppError::invalid("/email", "not_an_email"));
    }
    app.limits.ask(&people::normalise(&email), caller.machine)?;
    let mark = mark_of(&caller)?;
    let computer = caller.computer;
    let cookie = mark.cookie(&app.config, computer)?;
    let now = app.clock.now();
    let parts = app.clone();
    let write = app.store.write(move |tx| async move {
        let ask = (&wish, email, mark.hash().to_owned());
        let work = Box::pin(welcome(&parts, &tx, &caller, ask, now));
        let given = wish.once(&tx, &mark_name(&mark), now, work).await?;
        let secret = session_of(&tx, &caller, &given, now).await?;
        Ok::<_, AppError>((given, secret))
    });
    let (given, secret) = write.await?;
    let session = secret
        .map(|secret| session_cookie(&app, &secret, computer))
        .transpose()?;
    let cookies = session
        .into_iter()
        .chain([cookie])
        .map(|line| (header::SET_COOKIE, line));
    let mut response = given.into_response();
    response.headers_mut().extend(cookies);
    Ok(response)
}

/// Makes somebody new of an address, mails link and code, and begins the applications.
async fn welcome(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    (wish, email, browser_hash): (&Wish, String, String),
    now: Moment,
) -> Result<StartedApplications, AppError> {
    let mut scene = Scene::of_cohort(tx, caller, now, wish.cohort).await?;
    let late = late_link(tx, &scene, &wish.sent, None).await?;
    may_start(&scene, late.is_some())?;
    let person = people::provisional(tx, &email, now.real).await?;
    let ask = Ask {
        email,
        browser_hash,
        provisional: Some(person.id),
    };
    link::mail(tx, app, ask, now).await?;
    scene.actor.person = Some(person.id);
    begin_all(tx, &scene, &person, wish).await
}

/// A session for whoever began these applications, as long as the address is not confirmed: from
/// then on, only the owner of the address signs in.
async fn session_of(
    tx: &Tx,
    caller: &Caller,
    given: &Given,
    now: Moment,
) -> Result<Option<String>, AppError> {
    let started: StartedApplications = given.read()?;
    let Some(first) = started.applications.first() else {
        return Ok(None);
    };
    let Some(application) = applications::by_id(tx, first.id).await? else {
        return Ok(None);
    };
    let person = people::find(tx, application.person).await?;
    let Some(person) = person.filter(|person| !person.confirmed) else {
        return Ok(None);
    };
    let secret = link::begin_session(tx, caller, person.id, Kind::Provisional, now.real).await?;
    Ok(Some(secret))
}

/// Whether applications are begun now; with a late link, also after the call has closed.
fn may_start(scene: &Scene, late: bool) -> Result<(), AppError> {
    if late && takes_applications(scene.stage, true) {
        return scene.allow(Action::SeeCohort);
    }
    let asked = scene.allow(Action::StartApplication);
    scene.late(Action::StartApplication, asked)
}

/// The late link that was sent along, if one was, and what it grants to a person.
async fn late_link(
    tx: &Tx,
    scene: &Scene,
    sent: &StartApplications,
    person: Option<&Person>,
) -> Result<Option<(late_links::Kept, Personal)>, AppError> {
    let Some(secret) = &sent.late else {
        return Ok(None);
    };
    let kept = time::find(tx, secret).await?;
    if kept.cohort != scene.cohort.id {
        return Err(AppError::Refused(Code::Gone));
    }
    let granted = time::opens(scene, &kept, person.map(|person| person.id))?;
    Ok(Some((kept, granted)))
}

async fn begin_all(
    tx: &Tx,
    scene: &Scene,
    person: &Person,
    wish: &Wish,
) -> Result<StartedApplications, AppError> {
    let late = late_link(tx, scene, &wish.sent, Some(person)).await?;
    let mut begun = Vec::new();
    for role in &wish.roles {
        let existing = applications::of_person_in(tx, person.id, scene.cohort.id).await?;
        if !existing.iter().any(|existing| existing.role == *role) {
            begin(tx, scene, person, (*role, existing.first(), late.is_some())).await?;
        }
    }
    let own = async || applications::of_person_in(tx, person.id, scene.cohort.id).await;
    if let Some((kept, granted)) = &late {
        time::use_on(tx, scene, (kept, granted), (person.id, own().await?)).await?;
    }
    let own = own().await?;
    for role in &wish.roles {
        let application = own.iter().find(|own| own.role == *role).cloned();
        let application = application.ok_or(AppError::NotFound)?;
        let draft = Draft::load(tx, scene, &application).await?;
        begun.push(view::my(tx, scene, &application, &draft).await?);
    }
    Ok(StartedApplications {
        applications: begun,
    })
}

/// Begins one application with what is known already: the account, the answers of the same person
/// in the other role, and those of the last cohort, which wait to be confirmed.
async fn begin(
    tx: &Tx,
    scene: &Scene,
    person: &Person,
    (role, other, late): (Role, Option<&Application>, bool),
) -> Result<Application, AppError> {
    may_start(scene, late)?;
    let form = cohorts::form(tx, scene.cohort.id, role)
        .await?
        .ok_or(AppError::NotFound)?;
    let place = (scene.cohort.id, person.id, role);
    let mut application = Application::begun(place, form.version, scene.now.program);
    let known = known::of(tx, scene, person, (&form, other)).await?;
    application.draft_rev = i64::from(!known.is_empty());
    applications::insert(tx, &application).await?;
    answers::put(tx, application.id, &known).await?;
    Ok(application)
}
