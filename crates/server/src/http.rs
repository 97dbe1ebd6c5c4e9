//! The REST API and the files of the app: merges the routers and puts the layers around them.

pub(crate) mod applications;
pub mod assets;
pub(crate) mod board;
pub mod body;
mod calendar_token;
mod calendars;
mod check;
mod cohorts;
mod demo;
mod events;
mod forms;
mod health;
mod host;
mod layers;
mod members;
mod next_cohort;
mod outbox;
mod own;
mod person_dates;
pub mod precondition;
mod program_days;
pub(crate) mod programs;
pub(crate) mod scene;
pub mod session;
mod time;
mod timeline;
pub(crate) mod transitions;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tandem_api::path;
use tandem_api::problem::Code;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::error::plain;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tandem",
        description = "Mentoring programs: apply, pair, accompany. Refusals are problem+json with a \
                       stable `code`. Changes of existing data need `If-Match`, creations \
                       `Idempotency-Key`."
    ),
    components(schemas(tandem_api::problem::Problem))
)]
struct Description;

/// The whole server as a value: needs no socket.
pub fn app(app: App) -> anyhow::Result<Router> {
    let (mut router, description) = described();
    for (address, handler) in undescribed(serde_json::to_string(&description)?) {
        router = router.route(address, handler);
    }
    let router = router
        .fallback(assets::serve)
        .method_not_allowed_fallback(method_not_allowed);
    Ok(layers::around(router, &app)?.with_state(app))
}

/// The OpenAPI description, made from the handlers that are served.
pub fn description() -> utoipa::openapi::OpenApi {
    described().1
}

/// The addresses of `GET` that the description leaves out, for a table of all there are.
pub fn undescribed_addresses() -> Vec<&'static str> {
    let routes = undescribed(String::new());
    routes.into_iter().map(|(address, _)| address).collect()
}

/// What is answered besides the API: its description, and the calendar files.
fn undescribed(description: String) -> Vec<(&'static str, MethodRouter<App>)> {
    let answer = move || {
        let description = description.clone();
        async move { ([("content-type", "application/json")], description) }
    };
    let mut routes = vec![(path::OPENAPI, get(answer))];
    routes.extend(calendars::routes());
    routes
}

fn described() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(health::router())
        .merge(session::router())
        .merge(applications::router())
        .merge(cohorts::router())
        .merge(transitions::router())
        .merge(members::router())
        .merge(outbox::router())
        .merge(own::router())
        .merge(programs::router())
        .merge(board::router())
        .merge(demo::router())
        .merge(events::router())
        .merge(forms::router())
        .merge(timeline::router())
        .merge(calendar_token::router())
        .merge(time::router())
        .merge(person_dates::router())
        .merge(next_cohort::router())
        .merge(program_days::router())
        .split_for_parts()
}

async fn method_not_allowed() -> Response {
    plain(Code::MethodNotAllowed).into_response()
}
