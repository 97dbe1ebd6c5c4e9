//! Dates that hold for one person instead of everybody's: granted by chair and officer, with a reason
//! that the person reads.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_api::timeline::{NewPersonDate, PersonDateView};
use tandem_domain::application::ApplicationState;
use tandem_domain::id::{CohortId, PersonDateId};
use tandem_domain::permission::Action;
use tandem_domain::timeline::person::{PersonDate, check};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Json, Path};
use super::check::Check;
use super::precondition::{self, IdempotencyKey};
use super::scene::Scene;
use super::timeline::words;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::mail::wording;
use crate::store::audit::{self, Happening};
use crate::store::outbox::NewMail;
use crate::store::people::{self, Person};
use crate::store::{Tx, applications, person_dates, programs, timeline};
use crate::zone::{self, ZoneError};

/// The longest reason.
const REASON: usize = 500;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_person_dates, grant_person_date))
        .routes(routes!(end_person_date))
}

/// Every date of the cohort that holds for one person.
#[utoipa::path(get, path = path::PERSON_DATES, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The dates, oldest first"),
    (status = 403, description = "Not for you", body = Problem),
))]
async fn list_person_dates(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<Answer<Vec<PersonDateView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        let mut views = Vec::new();
        for date in person_dates::of_cohort(&tx, cohort).await? {
            views.push(view(&tx, date).await?);
        }
        Ok::<_, AppError>(Answer(views))
    });
    read.await
}

/// Lets a date hold for one person, and tells that person.
#[utoipa::path(post, path = path::PERSON_DATES, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 201, description = "It holds"),
    (status = 422, description = "Not of this item, or not for this person", body = Problem),
))]
async fn grant_person_date(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    key: IdempotencyKey,
    Json(new): Json<NewPersonDate>,
) -> Result<precondition::Answer, AppError> {
    let now = app.clock.now();
    let parts = app.clone();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        let name = caller.name();
        let work = async {
            scene.allow(Action::ChangeDates)?;
            grant(&tx, &parts, &scene, &new).await
        };
        key.once(&tx, &name, &new, now.real, StatusCode::CREATED, work)
            .await
    });
    write.await
}

async fn grant(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    new: &NewPersonDate,
) -> Result<PersonDateView, AppError> {
    let mut wrong = Check::default();
    wrong.text("/reason", &new.reason, REASON);
    wrong.done()?;
    let items = timeline::find(tx, scene.cohort.id).await?.items;
    let item = items.iter().find(|item| item.id == new.item);
    let item = item.ok_or_else(|| AppError::invalid("/item", "unknown"))?;
    let mut when = new.when.clone().without_grace();
    check(item, &when).map_err(|error| AppError::with(Code::Invalid, &error))?;
    if let Some(time) = when.time_mut() {
        let resolved = zone::resolve(time.civil, &time.zone);
        let (instant, _) = resolved.map_err(|error| match error {
            ZoneError::Unknown => AppError::invalid("/when", "not_a_time_zone"),
            ZoneError::OutOfRange => AppError::invalid("/when", "out_of_range"),
        })?;
        time.instant = instant;
    }
    let takes_part = |state| {
        !matches!(
            state,
            ApplicationState::Withdrawn | ApplicationState::Ineligible
        )
    };
    let own = applications::of_person_in(tx, new.person, scene.cohort.id).await?;
    let person = people::find(tx, new.person).await?;
    let person = person
        .filter(|_| own.iter().any(|own| takes_part(own.state)))
        .ok_or_else(|| AppError::invalid("/person", "unknown"))?;
    let date = PersonDate {
        id: PersonDateId(uuid::Uuid::now_v7()),
        item: item.id,
        person: person.id,
        when,
        reason: new.reason.trim().to_owned(),
        by: scene.actor.person.ok_or(AppError::SignedOut)?,
        at: scene.now.program,
    };
    person_dates::put(tx, scene.cohort.id, &date).await?;
    tell(tx, app, scene, &person, (item.title.text(), &date)).await?;
    note(tx, scene, "timeline.person_date", &date).await?;
    view(tx, date).await
}

async fn tell(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    person: &Person,
    (title, date): (&str, &PersonDate),
) -> Result<(), AppError> {
    if !person.confirmed {
        return Ok(());
    }
    let cohort = &scene.cohort;
    let program = programs::find(tx, cohort.program)
        .await?
        .ok_or(AppError::NotFound)?;
    let worded = wording::write(
        "own-date",
        &json!({
            "name": person.name,
            "program": program.name,
            "cohort": cohort.title,
            "contact": program.contact,
            "title": title,
            "dates": words::dates(&date.when),
            "reason": date.reason,
            "link": format!("{}/cohorts/{}", app.config.public_url, cohort.slug),
        }),
    )
    .map_err(anyhow::Error::from)?;
    let mail = NewMail {
        program: Some(cohort.program),
        to_person: Some(person.id),
        to: person.email.clone(),
        template: "own-date",
        subject: worded.subject,
        body: worded.body,
        dedupe: format!("own-date:{}", date.id),
        urgent: false,
    };
    Ok(app.post.put(tx, mail, scene.now).await?)
}

/// Lets everybody's date hold for the person again.
#[utoipa::path(delete, path = path::PERSON_DATE,
    params(("cohort" = String, Path), ("date" = String, Path)), responses(
    (status = 204, description = "Everybody's date holds"),
    (status = 404, description = "No such date", body = Problem),
))]
async fn end_person_date(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, date)): Path<(CohortId, PersonDateId)>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::ChangeDates)?;
        let dates = person_dates::of_cohort(&tx, cohort).await?;
        let found = dates.into_iter().find(|own| own.id == date);
        let found = found.ok_or(AppError::NotFound)?;
        person_dates::remove(&tx, found.id).await?;
        note(&tx, &scene, "timeline.person_date_ended", &found).await
    });
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The timeline that somebody reads is another one now.
async fn note(
    tx: &Tx,
    scene: &Scene,
    kind: &'static str,
    date: &PersonDate,
) -> Result<(), AppError> {
    timeline::touch(tx, scene.cohort.id).await?;
    let happening = Happening {
        actor: scene.actor.person,
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind,
        rev: scene.cohort.rev + 1,
        body: json!({ "date": date.id, "item": date.item, "person": date.person }),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    Ok(())
}

async fn view(tx: &Tx, date: PersonDate) -> Result<PersonDateView, AppError> {
    let name = |person: Option<Person>| person.map_or_else(String::new, Person::called);
    Ok(PersonDateView {
        name: name(people::find(tx, date.person).await?),
        by: name(people::find(tx, date.by).await?),
        id: date.id,
        item: date.item,
        person: date.person,
        when: date.when,
        reason: date.reason,
        at: date.at,
    })
}
