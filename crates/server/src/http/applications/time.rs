//! More time for one person: extensions on an application, and links by which somebody may apply
//! after the call has closed.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{Days, NaiveDate, NaiveTime};
use serde_json::json;
use tandem_api::application::ApplicationView;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_api::window::{
    GrantExtension, LateLinkOpened, LateLinkView, MakeLateLink, OpenLateLink,
};
use tandem_domain::application::window::{Grant, Personal};
use tandem_domain::date::{DEFAULT_GRACE_MINUTES, Deadline};
use tandem_domain::id::{ApplicationId, CohortId, LateLinkId, PersonId};
use tandem_domain::permission::{Action, takes_applications};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::list;
use super::mails::{self, Mail};
use crate::app::App;
use crate::auth::{Caller, token};
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::precondition::{Answer, IdempotencyKey, IfMatch};
use crate::http::scene::Scene;
use crate::mail::{is_address, wording};
use crate::store::applications::{self, Application};
use crate::store::audit::{self, Happening};
use crate::store::late_links::{self, Kept};
use crate::store::outbox::NewMail;
use crate::store::{Tx, people, programs};
use crate::zone;

/// How long a reason may be, in characters.
const REASON: usize = 2000;
/// How far ahead more time may be granted.
const AHEAD: Days = Days::new(366);

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(grant_extension, end_extension))
        .routes(routes!(list_late_links, make_late_link))
        .routes(routes!(revoke_late_link))
        .routes(routes!(open_late_link))
}

/// Gives one application more time, in place of what was given before.
#[utoipa::path(put, path = path::EXTENSION, params(("application" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "The application now"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 412, description = "Changed since it was read", body = Problem),
    (status = 422, description = "No reason, or a day that gives no more time", body = Problem),
))]
async fn grant_extension(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    seen: IfMatch,
    Json(wish): Json<GrantExtension>,
) -> Result<axum::Json<ApplicationView>, AppError> {
    let mut check = Check::default();
    check.text("/reason", &wish.reason, REASON);
    check.done()?;
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let (scene, mut application) =
            Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::GrantTime, &application)?;
        seen.check(application.rev)?;
        let until = end_of(&scene, wish.last_day)?;
        application.granted = Some(Personal {
            until,
            by: Grant::Extension,
            at: Some(scene.now.program),
        });
        application.rev += 1;
        applications::update(&tx, &application).await?;
        note(&tx, &scene, &application, &wish.reason).await?;
        mails::put(&app, &tx, &scene, &application, Mail::MoreTime).await?;
        list::read_view(&tx, &scene, &application)
            .await
            .map(axum::Json)
    });
    write.await
}

/// Takes more time back that was given to one application. What was sent stays.
#[utoipa::path(delete, path = path::EXTENSION, params(("application" = String, Path)), responses(
    (status = 200, description = "The application now"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 412, description = "Changed since it was read", body = Problem),
))]
async fn end_extension(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    seen: IfMatch,
) -> Result<axum::Json<ApplicationView>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, mut application) =
            Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::GrantTime, &application)?;
        seen.check(application.rev)?;
        if application.granted.take().is_none() {
            return Err(AppError::Refused(Code::WrongState));
        }
        application.rev += 1;
        applications::update(&tx, &application).await?;
        note(&tx, &scene, &application, "").await?;
        list::read_view(&tx, &scene, &application)
            .await
            .map(axum::Json)
    });
    write.await
}

async fn note(
    tx: &Tx,
    scene: &Scene,
    application: &Application,
    reason: &str,
) -> Result<(), AppError> {
    let mut happening = scene.happening("application.more_time", application);
    if let Some(body) = happening.body.as_object_mut() {
        let until = application.granted.as_ref().map(|granted| &granted.until);
        body.insert("until".to_owned(), json!(until));
    }
    reason.trim().clone_into(&mut happening.reason);
    audit::note(tx, scene.now, happening).await?;
    Ok(())
}

/// The end of a day where the deadline of the call is read, with the grace that everybody has.
fn end_of(scene: &Scene, last_day: NaiveDate) -> Result<Deadline, AppError> {
    let closes = &scene.cohort.calendar.closes;
    let is_sane = last_day <= scene.today + AHEAD;
    let after = last_day.succ_opt().filter(|_| is_sane);
    let civil = after
        .ok_or_else(|| AppError::invalid("/last_day", "too_late"))?
        .and_time(NaiveTime::MIN);
    let until = Deadline {
        civil,
        zone: closes.zone.clone(),
        instant: zone::instant_of(civil, &closes.zone)?,
        grace_minutes: DEFAULT_GRACE_MINUTES,
    };
    let is_more = until.instant > closes.instant && until.instant > scene.now.program;
    if is_more {
        Ok(until)
    } else {
        Err(AppError::invalid("/last_day", "too_early"))
    }
}

/// The late links of a cohort, newest first.
#[utoipa::path(get, path = path::LATE_LINKS, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The links, without their secrets"),
    (status = 403, description = "For chair and officer", body = Problem),
))]
async fn list_late_links(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<axum::Json<Vec<LateLinkView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::GrantTime)?;
        let mut views = Vec::new();
        for link in late_links::of_cohort(&tx, cohort).await? {
            views.push(view(&tx, link).await?);
        }
        Ok::<_, AppError>(axum::Json(views))
    });
    read.await
}

/// Makes a late link and mails it.
#[utoipa::path(post, path = path::LATE_LINKS, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 201, description = "The link, without its secret"),
    (status = 409, description = "Not possible at the moment", body = Problem),
    (status = 422, description = "No address, no reason, or a day that gives no more time",
     body = Problem),
))]
async fn make_late_link(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    key: IdempotencyKey,
    Json(wish): Json<MakeLateLink>,
) -> Result<Answer, AppError> {
    let mut check = Check::default();
    if !is_address(&wish.email) {
        check.wrong("/email", "not_an_email");
    }
    check.text("/reason", &wish.reason, REASON);
    check.done()?;
    let now = app.clock.now();
    let store = app.store.clone();
    let write = store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::GrantTime)?;
        let work = make(&app, &tx, &scene, &wish);
        key.once(
            &tx,
            &caller.name(),
            &wish,
            now.real,
            StatusCode::CREATED,
            work,
        )
        .await
    });
    write.await
}

async fn make(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    wish: &MakeLateLink,
) -> Result<LateLinkView, AppError> {
    let granted_by = scene.actor.person.ok_or(AppError::SignedOut)?;
    let until = end_of(scene, wish.last_day)?;
    let secret = token::secret()?;
    let new = late_links::New {
        cohort: scene.cohort.id,
        token_hash: token::hash(&secret),
        email: &wish.email,
        until: &until,
        reason: &wish.reason,
        granted_by,
    };
    let link = late_links::insert(tx, new, scene.now.program).await?;
    let happening = Happening {
        actor: Some(granted_by),
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind: "late_link.made",
        body: json!({ "link": link, "until": until }),
        reason: wish.reason.trim().to_owned(),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    mail(app, tx, scene, (link, &secret), wish).await?;
    let kept = late_links::find(tx, link)
        .await?
        .ok_or(AppError::NotFound)?;
    view(tx, kept).await
}

async fn mail(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    (link, secret): (LateLinkId, &str),
    wish: &MakeLateLink,
) -> Result<(), AppError> {
    let program = programs::find(tx, scene.cohort.program)
        .await?
        .ok_or(AppError::NotFound)?;
    let context = json!({
        "program": program.name,
        "contact": program.contact,
        "cohort": scene.cohort.title,
        "until": mails::day_words(wish.last_day, &scene.cohort.calendar.closes.zone),
        "link": format!(
            "{}/apply/{}#late={secret}",
            app.config.public_url, scene.cohort.slug
        ),
    });
    let worded = wording::write("late-link", &context)?;
    let mail = NewMail {
        program: Some(scene.cohort.program),
        to_person: None,
        to: wish.email.trim().to_owned(),
        template: "late-link",
        subject: worded.subject,
        body: worded.body,
        dedupe: format!("late-link:{link}"),
        // Once it went its text is forgotten: it holds the secret.
        urgent: true,
    };
    Ok(app.post.put(tx, mail, scene.now).await?)
}

/// Takes a late link back. What it opened already stays open.
#[utoipa::path(delete, path = path::LATE_LINK, params(("link" = String, Path)), responses(
    (status = 204, description = "It opens nothing any more"),
    (status = 404, description = "No such link", body = Problem),
))]
async fn revoke_late_link(
    State(app): State<App>,
    caller: Caller,
    Path(link): Path<LateLinkId>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let kept = late_links::find(&tx, link).await?;
        caller.require()?;
        let kept = kept.ok_or(AppError::NotFound)?;
        let scene = Scene::of_cohort(&tx, &caller, now, kept.cohort).await?;
        // Whoever grants nothing learns of no link.
        scene
            .allow(Action::GrantTime)
            .map_err(|error| match error {
                AppError::Forbidden => AppError::NotFound,
                other => other,
            })?;
        late_links::revoke(&tx, link, now.program).await?;
        let happening = Happening {
            actor: scene.actor.person,
            program: Some(scene.cohort.program),
            cohort: Some(kept.cohort),
            kind: "late_link.revoked",
            body: json!({ "link": link }),
            ..Happening::default()
        };
        audit::note(&tx, now, happening).await?;
        Ok(StatusCode::NO_CONTENT)
    });
    write.await
}

async fn view(tx: &Tx, kept: Kept) -> Result<LateLinkView, AppError> {
    let by = people::find(tx, kept.granted_by).await?;
    Ok(LateLinkView {
        id: kept.id,
        email: kept.email,
        until: kept.link.until.without_grace(),
        reason: kept.reason,
        by: by.map(|person| person.name).unwrap_or_default(),
        at: kept.at,
        used_at: kept.used_at,
        is_revoked: kept.link.revoked,
    })
}

/// What a late link opens. Somebody signed in with applications to the cohort has more time for
/// them from now on.
#[utoipa::path(post, path = path::LATE_LINK_OPEN, request_body = Object, responses(
    (status = 200, description = "To which cohort, and until when"),
    (status = 410, description = "It opens nothing, or nothing any more", body = Problem),
))]
async fn open_late_link(
    State(app): State<App>,
    caller: Caller,
    Json(sent): Json<OpenLateLink>,
) -> Result<axum::Json<LateLinkOpened>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let kept = find(&tx, &sent.token).await?;
        let scene = Scene::of_cohort(&tx, &caller, now, kept.cohort).await?;
        let person = caller.person();
        let opened = opens(&scene, &kept, person)?;
        if let Some(person) = person {
            let own = applications::of_person_in(&tx, person, kept.cohort).await?;
            if !own.is_empty() {
                use_on(&tx, &scene, (&kept, &opened), (person, own)).await?;
            }
        }
        Ok(axum::Json(LateLinkOpened {
            cohort: kept.cohort,
            until: opened.until.without_grace(),
        }))
    });
    write.await
}

/// The link of a secret.
pub async fn find(tx: &Tx, secret: &str) -> Result<Kept, AppError> {
    let kept = late_links::by_hash(tx, &token::hash(secret)).await?;
    kept.ok_or(AppError::Refused(Code::Gone))
}

/// What a link grants to a person; to nobody in particular, if nobody used it.
pub fn opens(scene: &Scene, kept: &Kept, person: Option<PersonId>) -> Result<Personal, AppError> {
    let gone = || AppError::Refused(Code::Gone);
    let nobody = PersonId(uuid::Uuid::nil());
    let granted = kept.link.open(person.unwrap_or(nobody), scene.now.program);
    let granted = granted.map_err(|_| gone())?;
    if takes_applications(scene.stage, true) {
        Ok(granted)
    } else {
        Err(gone())
    }
}

/// Gives what a link grants to applications that can use it, and uses the link up.
pub async fn use_on(
    tx: &Tx,
    scene: &Scene,
    (kept, granted): (&Kept, &Personal),
    (person, own): (PersonId, Vec<Application>),
) -> Result<(), AppError> {
    late_links::use_up(tx, kept.id, person, scene.now.program).await?;
    for mut application in own {
        let has_more = |had: &Personal| had.until.instant >= granted.until.instant;
        if application.granted.as_ref().is_some_and(has_more) {
            continue;
        }
        application.granted = Some(granted.clone());
        application.rev += 1;
        applications::update(tx, &application).await?;
        note(tx, scene, &application, &kept.reason).await?;
    }
    Ok(())
}
