//! The demonstration: accounts with one click, the rehearsal clock, and all mails. Not found in a
//! database without the mark.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use tandem_api::demo::{DemoAccount, DemoDay, DemoSignIn, DemoView, SetDemoClock};
use tandem_api::outbox::MailView;
use tandem_api::path;
use tandem_api::problem::Problem;
use tracing::Instrument;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::{Caller, link};
use crate::demo::day;
use crate::demo::mark::Mark;
use crate::demo::seed::{Restart, set_day};
use crate::demo::world::World;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::session::session_cookie;
use crate::store::audit::{Happening, note};
use crate::store::sessions::Kind;
use crate::store::{Tx, outbox, people};

/// How many mails are shown.
const MAILS: u64 = 500;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_demo))
        .routes(routes!(sign_in))
        .routes(routes!(set_clock))
        .routes(routes!(list_mails))
}

/// The accounts and the days.
#[utoipa::path(get, path = path::DEMO, responses(
    (status = 200, description = "The demonstration"),
    (status = 404, description = "This is none", body = Problem),
))]
async fn show_demo(State(app): State<App>) -> Result<Answer<DemoView>, AppError> {
    must_be_demo(&app)?;
    let parts = app.clone();
    app.store
        .read(|tx| async move { view(&tx, &parts).await.map(Answer) })
        .await
}

/// Signs in as one of the accounts.
#[utoipa::path(post, path = path::DEMO_SIGN_IN, request_body = Object, responses(
    (status = 204, description = "Signed in"),
    (status = 404, description = "This is no demonstration", body = Problem),
    (status = 422, description = "Not one of the accounts", body = Problem),
))]
async fn sign_in(
    State(app): State<App>,
    caller: Caller,
    Json(wanted): Json<DemoSignIn>,
) -> Result<Response, AppError> {
    must_be_demo(&app)?;
    let now = app.clock.now();
    let computer = caller.computer;
    let write = app.store.write(move |tx| async move {
        let mark = Mark::read(&tx).await?.ok_or(AppError::NotFound)?;
        let accounts = accounts(&tx, &mark.world()?).await?;
        if accounts
            .iter()
            .all(|account| account.person != wanted.person)
        {
            return Err(AppError::invalid("/person", "unknown_choice"));
        }
        let person = wanted.person;
        let secret = link::begin_session(&tx, &caller, person, Kind::Confirmed, now.real).await?;
        let happening = Happening {
            actor: Some(person),
            kind: "session.begun",
            body: serde_json::json!({ "demo": true }),
            ..Happening::default()
        };
        note(&tx, now, happening).await?;
        Ok(secret)
    });
    let cookie = session_cookie(&app, &write.await?, computer)?;
    Ok((
        StatusCode::NO_CONTENT,
        AppendHeaders([(header::SET_COOKIE, cookie)]),
    )
        .into_response())
}

/// Sets the rehearsal clock. A later day plays what happens until then; an earlier one throws
/// everything away and signs everybody out.
#[utoipa::path(post, path = path::DEMO_CLOCK, request_body = Object, responses(
    (status = 200, description = "The demonstration on that day"),
    (status = 404, description = "This is no demonstration", body = Problem),
    (status = 422, description = "No such day, or an earlier one without `restart`", body = Problem),
))]
async fn set_clock(
    State(app): State<App>,
    Json(wanted): Json<SetDemoClock>,
) -> Result<Answer<DemoView>, AppError> {
    must_be_demo(&app)?;
    let day = day::find(&wanted.day).ok_or(AppError::invalid("/day", "unknown_choice"))?;
    let restart = if wanted.restart {
        Restart::Yes
    } else {
        Restart::No
    };
    // In a task of its own: the clock must follow what was written, whoever still waits for it.
    let parts = app.clone();
    let follow = async move {
        let tools = parts.clone();
        let write = parts
            .store
            .write(move |tx| async move { set_day(&tx, &tools, day, restart).await });
        let set = write.await?;
        parts.clock.set_offset(set.moment - parts.clock.real());
        Ok::<_, AppError>(())
    };
    tokio::spawn(follow.in_current_span())
        .await
        .map_err(anyhow::Error::from)??;
    let parts = app.clone();
    app.store
        .read(|tx| async move { view(&tx, &parts).await.map(Answer) })
        .await
}

/// All mails with their texts.
#[utoipa::path(get, path = path::DEMO_MAIL, responses(
    (status = 200, description = "The mails, newest first"),
    (status = 404, description = "This is no demonstration", body = Problem),
))]
async fn list_mails(State(app): State<App>) -> Result<Answer<Vec<MailView>>, AppError> {
    must_be_demo(&app)?;
    let read = app
        .store
        .read(|tx| async move { outbox::all(&tx, MAILS).await });
    Ok(Answer(read.await?))
}

fn must_be_demo(app: &App) -> Result<(), AppError> {
    if app.demo {
        Ok(())
    } else {
        Err(AppError::NotFound)
    }
}

async fn view(tx: &Tx, app: &App) -> Result<DemoView, AppError> {
    let mark = Mark::read(tx).await?.ok_or(AppError::NotFound)?;
    let world = mark.world()?;
    let program_now = app.clock.program();
    let mut days = Vec::new();
    for day in day::ALL {
        let at = world.year.moment(day)?;
        let restarts = at <= program_now;
        days.push(DemoDay {
            id: day.id.to_owned(),
            title: day.title.to_owned(),
            at,
            restarts,
        });
    }
    Ok(DemoView {
        accounts: accounts(tx, &world).await?,
        days,
        program_now,
    })
}

/// The accounts that are there, in their order.
async fn accounts(tx: &Tx, world: &World) -> Result<Vec<DemoAccount>, AppError> {
    let mut accounts = Vec::new();
    for (email, part) in world.accounts() {
        if let Some(person) = people::by_email(tx, &email).await? {
            let part = part.to_owned();
            accounts.push(DemoAccount {
                person: person.id,
                name: person.name,
                part,
            });
        }
    }
    Ok(accounts)
}
