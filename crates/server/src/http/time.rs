//! What time it is at the server, and what a civil time means. Only the server knows the zones.

use axum::Json as Answer;
use axum::extract::State;
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_api::timeline::{ResolveTime, ResolvedTime, ServerTime};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::AppError;
use crate::http::body::Json;
use crate::zone::{self, ZoneError};

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_time))
        .routes(routes!(resolve_time))
}

/// What time it is.
#[utoipa::path(get, path = path::TIME, responses(
    (status = 200, description = "Program time at the server"),
))]
async fn show_time(State(app): State<App>) -> Answer<ServerTime> {
    Answer(ServerTime {
        server_now: app.clock.now().program,
    })
}

/// The instant that a civil time in a zone means, and whether clocks there show it once.
#[utoipa::path(post, path = path::TIME_RESOLVE, request_body = Object, responses(
    (status = 200, description = "The instant"),
    (status = 422, description = "No such zone, or too far away", body = Problem),
))]
async fn resolve_time(
    State(app): State<App>,
    Json(wish): Json<ResolveTime>,
) -> Result<Answer<ResolvedTime>, AppError> {
    let (instant, clocks) = zone::resolve(wish.civil, &wish.zone).map_err(|error| match error {
        ZoneError::Unknown => AppError::invalid("/zone", "not_a_time_zone"),
        ZoneError::OutOfRange => AppError::invalid("/civil", "out_of_range"),
    })?;
    Ok(Answer(ResolvedTime {
        instant,
        clocks,
        day: wish.civil.date(),
        server_now: app.clock.now().program,
    }))
}
