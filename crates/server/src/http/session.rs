//! Signing in and out, and the own account.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_api::session::{AskLink, ChangeMe, HeldOffice, Me, Redeem, Redeemed, SessionView};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::auth::cookie::{Computer, Cookie};
use crate::auth::link::{self, Ask, Tried};
use crate::auth::mark::Mark;
use crate::error::AppError;
use crate::http::applications::known;
use crate::http::body::Json;
use crate::http::check::Check;
use crate::http::precondition::IfMatch;
use crate::mail::is_address;
use crate::store::audit::{Happening, note};
use crate::store::people::{self, Person};
use crate::store::sessions::{self, Kind};
use crate::store::{StoreError, Tx, programs};

/// How long a browser keeps a session's cookie; the server may end the session sooner.
const SESSION_COOKIE: i64 = 60 * 24 * 3600;
/// The longest name.
const NAME_LIMIT: usize = 120;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_session, end_session))
        .routes(routes!(ask_link))
        .routes(routes!(redeem_link))
        .routes(routes!(change_me))
}

/// Who is signed in, and what time it is. A browser nobody is signed in with gets its mark here, so
/// that what it sends first can already be told from what others send.
#[utoipa::path(get, path = path::SESSION, responses(
    (status = 200, description = "The session; for visitors without a person"),
))]
async fn show_session(State(app): State<App>, caller: Caller) -> Result<Response, AppError> {
    let mark = match caller.signed {
        None => Some(mark_of(&caller)?.cookie(&app.config, caller.computer)?),
        Some(_) => None,
    };
    let me = match caller.signed {
        None => None,
        Some(signed) => {
            let confirmed = signed.is_confirmed();
            let view = app
                .store
                .read(|tx| async move { me(&tx, &signed.person, confirmed).await });
            Some(view.await?)
        }
    };
    let now = app.clock.now();
    let view = SessionView {
        me,
        server_now: now.real,
        program_now: now.program,
        demo: app.demo,
        local_mail: app.post.is_local(),
    };
    let headers = AppendHeaders(mark.map(|mark| (header::SET_COOKIE, mark)));
    Ok((headers, Answer(view)).into_response())
}

/// Signs out.
#[utoipa::path(delete, path = path::SESSION, responses((status = 204, description = "Signed out")))]
async fn end_session(State(app): State<App>, caller: Caller) -> Result<Response, AppError> {
    if let Some(signed) = caller.signed {
        let hash = signed.session.hash;
        app.store
            .write(move |tx| async move { sessions::end(&tx, &hash).await })
            .await?;
    }
    signed_out(&app)
}

/// The answer after which a browser keeps nothing of whoever was signed in.
pub fn signed_out(app: &App) -> Result<Response, AppError> {
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    let headers = AppendHeaders([
        (HeaderName::from_static("clear-site-data"), clear),
        (header::SET_COOKIE, Cookie::Session.clear(&app.config)?),
        (header::SET_COOKIE, Cookie::Browser.clear(&app.config)?),
    ]);
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

/// Mails a link and a code. The answer is the same whether or not there is an account.
#[utoipa::path(post, path = path::AUTH_LINK, request_body = Object, responses(
    (status = 202, description = "If the address can sign in, a mail is on its way"),
    (status = 422, description = "Not an address", body = Problem),
    (status = 429, description = "Too often", body = Problem),
))]
async fn ask_link(
    State(app): State<App>,
    caller: Caller,
    Json(asked): Json<AskLink>,
) -> Result<Response, AppError> {
    if !is_address(&asked.email) {
        return Err(AppError::invalid("/email", "not_an_email"));
    }
    app.limits
        .ask(&people::normalise(&asked.email), caller.machine)?;
    let mark = mark_of(&caller)?;
    let cookie = mark.cookie(&app.config, caller.computer)?;
    let now = app.clock.now();
    let parts = app.clone();
    let provisional = caller
        .signed
        .filter(|signed| signed.session.kind == Kind::Provisional);
    let ask = Ask {
        email: asked.email,
        browser_hash: mark.hash().to_owned(),
        provisional: provisional.map(|signed| signed.person.id),
    };
    app.store
        .write(move |tx| async move { link::mail(&tx, &parts, ask, now).await })
        .await?;
    let headers = AppendHeaders([(header::SET_COOKIE, cookie)]);
    Ok((StatusCode::ACCEPTED, headers).into_response())
}

/// Signs in with a link or a code.
#[utoipa::path(post, path = path::AUTH_REDEEM, request_body = Object, responses(
    (status = 200, description = "Signed in"),
    (status = 409, description = "Asked for in another browser", body = Problem),
    (status = 410, description = "Used up or too old", body = Problem),
    (status = 422, description = "The wrong code", body = Problem),
))]
async fn redeem_link(
    State(app): State<App>,
    caller: Caller,
    Json(redeem): Json<Redeem>,
) -> Result<Response, AppError> {
    app.limits.redeem(caller.machine)?;
    let now = app.clock.now();
    let computer = caller.computer;
    let write = app.store.write(move |tx| async move {
        let tried = match &redeem {
            Redeem::Token(secret) => link::try_token(&tx, &caller, secret, now.real).await?,
            Redeem::Code(typed) => link::try_code(&tx, &caller, typed, now.real).await?,
        };
        let Tried::Right(request) = tried else {
            return Ok(None);
        };
        let (person, claimed) = link::account(&tx, &request).await?;
        for application in &claimed {
            known::fill_in(&tx, &person, *application, now).await?;
        }
        let kind = Kind::Confirmed;
        let secret = link::begin_session(&tx, &caller, person.id, kind, now.real).await?;
        let happening = Happening {
            actor: Some(person.id),
            kind: "session.begun",
            body: serde_json::json!({ "claimed": claimed }),
            ..Happening::default()
        };
        note(&tx, now, happening).await?;
        let me = me(&tx, &person, true).await?;
        Ok::<_, AppError>(Some((secret, Redeemed { me, claimed })))
    });
    let Some((secret, redeemed)) = write.await? else {
        return Err(AppError::invalid("/code", "wrong_code"));
    };
    let cookie = session_cookie(&app, &secret, computer)?;
    Ok((
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Answer(redeemed),
    )
        .into_response())
}

/// Changes the own name.
#[utoipa::path(patch, path = path::ME, request_body = Object, responses(
    (status = 200, description = "The account now"),
    (status = 412, description = "Changed elsewhere meanwhile", body = Problem),
))]
async fn change_me(
    State(app): State<App>,
    caller: Caller,
    seen: IfMatch,
    Json(change): Json<ChangeMe>,
) -> Result<Answer<Me>, AppError> {
    let mut check = Check::default();
    check.line("/name", &change.name, NAME_LIMIT);
    check.done()?;
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let signed = caller.require_confirmed()?;
        let id = signed.person.id;
        let person = people::find(&tx, id).await?.ok_or(AppError::SignedOut)?;
        seen.check(person.rev)?;
        people::rename(&tx, id, &change.name).await?;
        let happening = Happening {
            actor: Some(id),
            kind: "person.renamed",
            rev: person.rev + 1,
            ..Happening::default()
        };
        note(&tx, now, happening).await?;
        let person = people::find(&tx, id).await?.ok_or(AppError::SignedOut)?;
        Ok::<_, AppError>(Answer(me(&tx, &person, true).await?))
    });
    write.await
}

/// The mark of the caller's browser, made if it has none yet. It goes out with the answer.
pub fn mark_of(caller: &Caller) -> anyhow::Result<Mark> {
    caller.mark.clone().map_or_else(Mark::new, Ok)
}

/// The cookie of a session.
pub fn session_cookie(
    app: &App,
    secret: &str,
    computer: Computer,
) -> Result<HeaderValue, AppError> {
    Ok(Cookie::Session.set(&app.config, secret, SESSION_COOKIE, computer)?)
}

/// Somebody as they see themselves.
async fn me(tx: &Tx, person: &Person, confirmed: bool) -> Result<Me, StoreError> {
    let mut offices = Vec::new();
    if confirmed {
        let programs = programs::all(tx).await?;
        for held in people::offices(tx, person.id).await? {
            let program = programs.iter().find(|program| program.id == held.program);
            offices.push(HeldOffice {
                program: held.program,
                program_name: program
                    .map(|program| program.name.clone())
                    .unwrap_or_default(),
                office: held.office,
            });
        }
    }
    Ok(Me {
        id: person.id,
        name: person.name.clone(),
        email: person.email.clone(),
        confirmed,
        founder: confirmed && person.founder,
        offices,
        rev: person.rev,
    })
}
