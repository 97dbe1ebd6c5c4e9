//! Questions to the solver about a board. Nothing is changed; a browser can answer them itself.

use axum::extract::State;
use tandem_api::matching::AskBoard;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::id::ScenarioId;
use tandem_domain::matching::{self as domain, Answer, CancelToken, How, Question, Trouble, Watch};
use tandem_domain::permission::Action;

use super::reader::Reader;
use super::{load, on_board};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::store::pairings::scoring;

/// Asks the solver about a board.
#[utoipa::path(post, path = path::QUESTIONS, params(("scenario" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "The answer"),
    (status = 404, description = "No such board", body = Problem),
    (status = 422, description = "There is no answer; `extra` says why", body = Problem),
))]
pub(super) async fn ask(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    Json(sent): Json<AskBoard>,
) -> Result<axum::Json<Answer>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::SeeBoard)?;
        let reader = Reader::of(&tx, &scene).await?;
        let board = reader.without_hidden(load::board(&tx, &scene, &scenario).await?);
        let scoring = scoring::of(&tx, scene.cohort.id).await?.scoring;
        Ok::<_, AppError>(domain::Problem::of(&board, &scoring))
    });
    answer(read.await?, sent.how, sent.question)
        .await
        .map(axum::Json)
}

/// Answers a question beside the threads that serve requests. Stops when nobody waits any longer.
pub(super) async fn answer(
    problem: domain::Problem,
    how: How,
    question: Question,
) -> Result<Answer, AppError> {
    let token = CancelToken::new();
    let _waiting = Waiting(token.clone());
    let work = tokio::task::spawn_blocking(move || {
        let mut unheard = |_| ();
        let mut watch = Watch::new(&token, &mut unheard);
        domain::answer(&problem, how, &question, &mut watch)
    });
    let answer = work
        .await
        .map_err(|error| AppError::Internal(error.into()))?;
    answer.map_err(|trouble| match trouble {
        Trouble::Nobody(_) => AppError::NotFound,
        Trouble::Cancelled => AppError::Refused(Code::Busy),
        trouble => AppError::with(Code::Refused, &trouble),
    })
}

/// Cancels when it is dropped: the client went away, or the time of the request is up.
struct Waiting(CancelToken);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
