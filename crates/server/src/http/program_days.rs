//! The days a program keeps free: federal holidays, holidays and conferences of its own.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_api::timeline::ProgramDays;
use tandem_domain::id::ProgramId;
use tandem_domain::permission::{Action, Subject};
use tandem_domain::timeline::closure::Closures;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Json, Path};
use super::check::Check;
use super::precondition::{IfMatch, tagged};
use crate::app::App;
use crate::auth::{Caller, allow};
use crate::error::AppError;
use crate::store::Tx;
use crate::store::audit::{Happening, note};
use crate::store::programs::{self, Program};

/// The longest name.
const NAME: usize = 120;
/// The most days or weeks of its own.
const DAYS: usize = 200;
/// The longest of them, in days.
const LENGTH: i64 = 60;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_days, set_days))
}

/// The days a program keeps free. The tag is the program's revision.
#[utoipa::path(get, path = path::PROGRAM_DAYS, params(("program" = String, Path)), responses(
    (status = 200, description = "The days"),
    (status = 403, description = "Not for you", body = Problem),
))]
async fn show_days(
    State(app): State<App>,
    caller: Caller,
    Path(program): Path<ProgramId>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let read = app
        .store
        .read(async |tx| asked(&tx, &caller, program).await);
    let program = read.await?;
    Ok(tagged(
        &headers,
        program.rev,
        &view(program.rev, program.closures),
    ))
}

/// Sets the days that a program keeps free. What moved is not moved again; what is moved from now on
/// takes notice.
#[utoipa::path(put, path = path::PROGRAM_DAYS, params(("program" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "The days now"),
    (status = 412, description = "Changed since they were read", body = Problem),
))]
async fn set_days(
    State(app): State<App>,
    caller: Caller,
    Path(program): Path<ProgramId>,
    seen: IfMatch,
    headers: HeaderMap,
    Json(closures): Json<Closures>,
) -> Result<Response, AppError> {
    check(&closures)?;
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let program = asked(&tx, &caller, program).await?;
        seen.check(program.rev)?;
        let rev = programs::set_closures(&tx, &program, &closures).await?;
        let happening = Happening {
            actor: caller.person(),
            program: Some(program.id),
            kind: "program.days_set",
            rev,
            ..Happening::default()
        };
        note(&tx, now, happening).await?;
        Ok::<_, AppError>((rev, closures))
    });
    let (rev, closures) = write.await?;
    Ok(tagged(&headers, rev, &view(rev, closures)))
}

fn view(rev: i64, closures: Closures) -> ProgramDays {
    ProgramDays {
        federal_holidays: closures.federal_holidays,
        days: closures.days,
        rev,
    }
}

async fn asked(tx: &Tx, caller: &Caller, program: ProgramId) -> Result<Program, AppError> {
    let program = programs::find(tx, program).await?;
    let program = program.ok_or(AppError::NotFound)?;
    let actor = caller.actor(tx, program.id).await?;
    allow(&actor, Action::CreateCohort, &Subject::Program)?;
    Ok(program)
}

fn check(closures: &Closures) -> Result<(), AppError> {
    let mut check = Check::default();
    if closures.days.len() > DAYS {
        check.wrong("/days", "too_many");
    }
    for (place, closure) in closures.days.iter().enumerate() {
        check.line(&format!("/days/{place}/name"), &closure.name, NAME);
        if !(0..LENGTH).contains(&(closure.last - closure.first).num_days()) {
            check.wrong(&format!("/days/{place}/last"), "out_of_range");
        }
    }
    check.done()
}
