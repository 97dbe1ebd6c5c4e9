//! What a member has seen of a board, kept for whichever device they look from next.

use axum::extract::State;
use axum::http::StatusCode;
use tandem_api::board::Looked;
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::id::ScenarioId;
use tandem_domain::permission::Action;

use super::on_board;
use super::reader::Reader;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::store::pairings::looks;

/// Says that the caller has seen what was done up to a revision. Going back does nothing.
#[utoipa::path(put, path = path::LOOKED, params(("scenario" = String, Path)),
    request_body = Object, responses(
    (status = 204, description = "Noted"),
    (status = 404, description = "No such board", body = Problem),
))]
pub(super) async fn note_look(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    Json(sent): Json<Looked>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::SeeBoard)?;
        let me = caller.require()?.person.id;
        let reader = Reader::of(&tx, &scene).await?;
        let rev = reader.meant(&tx, &scenario, sent.rev).await?;
        looks::keep(&tx, me, scenario.id, rev).await?;
        Ok(StatusCode::NO_CONTENT)
    });
    write.await
}
