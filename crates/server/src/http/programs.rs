//! Programs and their cohorts, as everybody sees them; and how they are set up.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDateTime;
use tandem_api::cohort::{CohortView, NewCohort, NewProgram, ProgramView};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::date::{DEFAULT_GRACE_MINUTES, Deadline, ZoneName};
use tandem_domain::form::library::default_form;
use tandem_domain::id::{ItemId, ProgramId};
use tandem_domain::permission::{Action, Actor, Subject};
use tandem_domain::role::{Office, Role};
use tandem_domain::timeline::calendar::{Outline, default_items};
use tandem_domain::timeline::plan::Timeline;
use tandem_domain::timeline::wish::EditError;
use tandem_domain::timeline::{Item, Mark};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::{Caller, allow};
use crate::error::{AppError, OnUnique};
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::cohorts::{sees, view};
use crate::http::precondition::{self, IdempotencyKey};
use crate::store::audit::{Happening, Moment, note};
use crate::store::programs::{self, Program};
use crate::store::{Tx, cohorts};
use crate::zone;

/// The longest name or title.
pub(super) const NAME_LIMIT: usize = 120;
/// The longest text about a program.
const ABOUT_LIMIT: usize = 4000;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_programs, create_program))
        .routes(routes!(list_cohorts, create_cohort))
}

/// All programs, each with the cohorts that the reader may see.
#[utoipa::path(get, path = path::PROGRAMS, responses(
    (status = 200, description = "The programs, oldest first"),
))]
async fn list_programs(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<Vec<ProgramView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let mut views = Vec::new();
        for program in programs::all(&tx).await? {
            views.push(program_view(&tx, &caller, now, program).await?);
        }
        Ok::<_, AppError>(Answer(views))
    });
    read.await
}

/// Founds a program; whoever does is its first officer.
#[utoipa::path(post, path = path::PROGRAMS, request_body = Object, responses(
    (status = 201, description = "Founded"),
    (status = 409, description = "The name in addresses is taken", body = Problem),
))]
async fn create_program(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    Json(new): Json<NewProgram>,
) -> Result<precondition::Answer, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        allow(&caller.outside(), Action::CreateProgram, &Subject::Server)?;
        let work = found(&tx, &caller, &new, now);
        key.once(
            &tx,
            &caller.name(),
            &new,
            now.real,
            StatusCode::CREATED,
            work,
        )
        .await
    });
    write.await
}

async fn found(
    tx: &Tx,
    caller: &Caller,
    new: &NewProgram,
    now: Moment,
) -> Result<ProgramView, AppError> {
    let mut check = Check::default();
    check.slug("/slug", &new.slug);
    check.line("/name", &new.name, NAME_LIMIT);
    check.line("/association", &new.association, NAME_LIMIT);
    check.optional("/about", &new.about, ABOUT_LIMIT);
    check.line("/contact", &new.contact, 2 * NAME_LIMIT);
    check.done()?;
    let founder = caller.require_confirmed()?.person.id;
    let row = programs::NewProgram {
        slug: &new.slug,
        name: &new.name,
        association: &new.association,
        about: &new.about,
        contact: &new.contact,
    };
    let taken = AppError::Refused(Code::AlreadyExists);
    let program = programs::create(tx, row, now.real).await.on_unique(taken)?;
    programs::set_offices(tx, program.id, founder, &[Office::Officer], now.real).await?;
    let happening = Happening {
        actor: Some(founder),
        program: Some(program.id),
        kind: "program.founded",
        rev: program.rev,
        ..Happening::default()
    };
    note(tx, now, happening).await?;
    program_view(tx, caller, now, program).await
}

/// The cohorts of a program that the reader may see, newest first.
#[utoipa::path(get, path = path::PROGRAM_COHORTS, params(("program" = String, Path)), responses(
    (status = 200, description = "The cohorts"),
    (status = 404, description = "No such program", body = Problem),
))]
async fn list_cohorts(
    State(app): State<App>,
    caller: Caller,
    Path(program): Path<ProgramId>,
) -> Result<Answer<Vec<CohortView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let program = programs::find(&tx, program)
            .await?
            .ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(Answer(
            program_view(&tx, &caller, now, program).await?.cohorts,
        ))
    });
    read.await
}

/// Sets up a cohort with the default forms and timeline.
#[utoipa::path(post, path = path::PROGRAM_COHORTS, params(("program" = String, Path)),
    request_body = Object, responses(
        (status = 201, description = "Set up, not public yet"),
        (status = 409, description = "The name in addresses is taken", body = Problem),
        (status = 422, description = "The dates do not fit together", body = Problem),
))]
async fn create_cohort(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    Path(program): Path<ProgramId>,
    Json(new): Json<NewCohort>,
) -> Result<precondition::Answer, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let program = programs::find(&tx, program)
            .await?
            .ok_or(AppError::NotFound)?;
        let actor = caller.actor(&tx, program.id).await?;
        allow(&actor, Action::CreateCohort, &Subject::Program)?;
        let work = set_up(&tx, (&actor, &program), &new, now);
        key.once(
            &tx,
            &caller.name(),
            &new,
            now.real,
            StatusCode::CREATED,
            work,
        )
        .await
    });
    write.await
}

/// Sets up a cohort with the default forms and the timeline that follows from its dates.
pub(crate) async fn set_up(
    tx: &Tx,
    (actor, program): (&Actor, &Program),
    new: &NewCohort,
    now: Moment,
) -> Result<CohortView, AppError> {
    let timeline = Timeline {
        items: timeline(new)?,
        constraints: Vec::new(),
    };
    let Some(calendar) = zone::calendar(&timeline.items, &new.zone)? else {
        return Err(anyhow::anyhow!("the default timeline lacks a date").into());
    };
    let mut forms = Vec::new();
    for role in Role::ALL {
        forms.push(default_form(role).map_err(anyhow::Error::from)?);
    }
    let row = cohorts::NewCohort {
        program: program.id,
        slug: &new.slug,
        title: &new.title,
        zone: new.zone.clone(),
        calendar,
        timeline: &timeline,
        forms: &forms,
    };
    let taken = AppError::Refused(Code::AlreadyExists);
    let cohort = cohorts::create(tx, row, now.real).await.on_unique(taken)?;
    let happening = Happening {
        actor: actor.person,
        program: Some(program.id),
        cohort: Some(cohort.id),
        kind: "cohort.set_up",
        rev: cohort.rev,
        ..Happening::default()
    };
    note(tx, now, happening).await?;
    view(tx, actor, program, cohort, now).await
}

/// Checks what was entered, and makes the default timeline of it.
fn timeline(new: &NewCohort) -> Result<Vec<Item>, AppError> {
    let mut check = Check::default();
    check.slug("/slug", &new.slug);
    check.line("/title", &new.title, NAME_LIMIT);
    if new.zone.is_aoe() || !zone::is_known(&new.zone) {
        check.wrong("/zone", "not_a_time_zone");
    }
    let Some(closes) = deadline(new.closes, &new.closes_zone) else {
        check.wrong("/closes_zone", "not_a_time_zone");
        return Err(check.into());
    };
    let outline = Outline {
        call_opens: new.call_opens,
        closes,
        pairing_complete: new.pairing_complete,
        starts: new.starts,
        ends: new.ends,
    };
    match default_items(&outline, || ItemId(uuid::Uuid::now_v7())) {
        Ok(items) => check.done().map(|()| items),
        Err(errors) => {
            for (pointer, code) in errors.iter().map(place) {
                check.wrong(pointer, code);
            }
            Err(check.into())
        }
    }
}

fn deadline(civil: NaiveDateTime, zone: &ZoneName) -> Option<Deadline> {
    Some(Deadline {
        civil,
        zone: zone.clone(),
        instant: zone::instant_of(civil, zone).ok()?,
        grace_minutes: DEFAULT_GRACE_MINUTES,
    })
}

/// Where in the body a date is wrong, and how.
fn place(error: &EditError) -> (&'static str, &'static str) {
    match error {
        EditError::OutOfOrder { after, .. } => (field(*after), "out_of_order"),
        EditError::EndsBeforeItBegins => ("/ends", "ends_before_it_begins"),
        EditError::InThePast => ("/closes", "in_the_past"),
        EditError::OutOfRange => ("/call_opens", "out_of_range"),
        _ => ("", "unknown"),
    }
}

fn field(mark: Mark) -> &'static str {
    match mark {
        Mark::Call => "/call_opens",
        Mark::Closing => "/closes",
        Mark::Review | Mark::Pairing | Mark::PairingComplete => "/pairing_complete",
        Mark::Orientation | Mark::Program => "/starts",
        Mark::Evaluation | Mark::Other => "/ends",
    }
}

async fn program_view(
    tx: &Tx,
    caller: &Caller,
    now: Moment,
    program: Program,
) -> Result<ProgramView, AppError> {
    let actor = caller.actor(tx, program.id).await?;
    let mut views = Vec::new();
    for cohort in cohorts::of_program(tx, program.id).await? {
        if sees(&actor, &cohort, now)? {
            views.push(view(tx, &actor, &program, cohort, now).await?);
        }
    }
    Ok(ProgramView {
        id: program.id,
        slug: program.slug,
        name: program.name,
        association: program.association,
        about: program.about,
        contact: program.contact,
        cohorts: views,
    })
}
