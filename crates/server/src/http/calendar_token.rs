//! The secret address of somebody's own calendar feed: made, shown once, taken away.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_api::timeline::CalendarToken;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::{Caller, token};
use crate::error::AppError;
use crate::store::audit::{self, Happening};
use crate::store::calendar_tokens;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_token, make_token, revoke_token))
}

/// Whether the caller has an address, and since when. The address itself is known to nobody else.
#[utoipa::path(get, path = path::CALENDAR_TOKEN, responses(
    (status = 200, description = "Since when there is one"),
    (status = 401, description = "Sign in first", body = Problem),
))]
async fn show_token(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<CalendarToken>, AppError> {
    let person = caller.require_confirmed()?.person.id;
    let read = app
        .store
        .read(async |tx| calendar_tokens::since(&tx, person).await);
    let since = read.await?;
    Ok(Answer(CalendarToken { since, url: None }))
}

/// Makes a new address; an earlier one leads nowhere from then on.
#[utoipa::path(post, path = path::CALENDAR_TOKEN, responses(
    (status = 201, description = "The address, shown this once"),
    (status = 401, description = "Sign in first", body = Problem),
))]
async fn make_token(
    State(app): State<App>,
    caller: Caller,
) -> Result<(StatusCode, Answer<CalendarToken>), AppError> {
    let person = caller.require_confirmed()?.person.id;
    let secret = token::secret()?;
    let hash = token::hash(&secret);
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        calendar_tokens::put(&tx, person, &hash, now.real).await?;
        let happening = Happening {
            actor: Some(person),
            kind: "calendar_token.made",
            ..Happening::default()
        };
        audit::note(&tx, now, happening).await
    });
    write.await?;
    let url = format!("{}{}", app.config.public_url, path::own_feed(&secret));
    let made = CalendarToken {
        since: Some(now.real),
        url: Some(url),
    };
    Ok((StatusCode::CREATED, Answer(made)))
}

/// Takes the address away.
#[utoipa::path(delete, path = path::CALENDAR_TOKEN, responses(
    (status = 204, description = "There is none any more"),
    (status = 401, description = "Sign in first", body = Problem),
))]
async fn revoke_token(State(app): State<App>, caller: Caller) -> Result<StatusCode, AppError> {
    let person = caller.require_confirmed()?.person.id;
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        if calendar_tokens::revoke(&tx, person).await? {
            let happening = Happening {
                actor: Some(person),
                kind: "calendar_token.revoked",
                ..Happening::default()
            };
            audit::note(&tx, now, happening).await?;
        }
        Ok::<_, AppError>(())
    });
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}
