//! What members of the committee say about people, pairs and boards.

use tandem_api::comment::{CommentList, CommentView, MakeComment, ResolveComment};
use tandem_api::path;
use tandem_domain::id::{CommentId, ScenarioId};

use crate::api::Call;
use crate::api::error::ApiError;

/// What was said about the people and pairs of a board's cohort, and about the board.
pub async fn all(scenario: ScenarioId) -> Result<CommentList, ApiError> {
    Call::get(path::comments(scenario)).send().await
}

/// Says something. Sending the same again is answered the same.
pub async fn make(scenario: ScenarioId, comment: &MakeComment) -> Result<CommentView, ApiError> {
    Call::post(path::comments(scenario))
        .body(comment)
        .send()
        .await
}

/// Resolves a comment or opens it again, if it is as it was seen.
pub async fn resolve(comment: CommentId, wanted: ResolveComment) -> Result<CommentView, ApiError> {
    Call::put(path::comment(comment)).body(&wanted).send().await
}

/// Takes the own comment back.
pub async fn take_back(comment: CommentId) -> Result<(), ApiError> {
    Call::delete(path::comment(comment)).done().await
}
