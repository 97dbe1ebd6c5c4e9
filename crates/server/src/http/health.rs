//! Whether the process is up, and whether it can serve.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tandem_api::path;
use tandem_api::problem::Code;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::plain;
use crate::store::{StoreError, audit};

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(ready))
}

/// The process is up.
#[utoipa::path(get, path = path::HEALTH, responses((status = 204, description = "Up")))]
async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The database answers.
#[utoipa::path(get, path = path::READY, responses(
    (status = 204, description = "Ready"),
    (status = 503, description = "Not ready", body = tandem_api::problem::Problem),
))]
async fn ready(State(app): State<App>) -> Response {
    let answer = app.store.read(|tx| async move { audit::last(&tx).await });
    match answer.await {
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(StoreError::Busy) => plain(Code::Busy),
        Err(error) => {
            tracing::error!(%error, "not ready");
            plain(Code::Busy)
        }
    }
}
