//! The boards of a cohort: the one in force and those beside it.

use tandem_api::path;
use tandem_api::scenario::{Comparison, NewScenario, RenameScenario, ScenarioView};
use tandem_domain::id::{CohortId, ScenarioId};

use crate::api::Call;
use crate::api::error::ApiError;

/// The boards of a cohort, the one in force first.
pub async fn list(cohort: CohortId) -> Result<Vec<ScenarioView>, ApiError> {
    Call::get(path::scenarios(cohort)).send().await
}

/// Makes a copy of a board. Keep the key while trying again.
pub async fn make(
    cohort: CohortId,
    key: &str,
    new: &NewScenario,
) -> Result<ScenarioView, ApiError> {
    Call::post(path::scenarios(cohort))
        .key(key)
        .body(new)
        .send()
        .await
}

/// Gives a board another name, if it is still called as it was seen.
pub async fn rename(board: &ScenarioView, name: String) -> Result<ScenarioView, ApiError> {
    Call::patch(path::scenario(board.id))
        .if_match(board.version)
        .body(&RenameScenario { name })
        .send()
        .await
}

/// Removes a board, if nobody has worked on it since it was seen.
pub async fn remove(board: &ScenarioView) -> Result<(), ApiError> {
    Call::delete(path::scenario(board.id))
        .if_match(board.rev)
        .done()
        .await
}

/// Boards side by side.
pub async fn compare(cohort: CohortId, of: &[ScenarioId]) -> Result<Comparison, ApiError> {
    Call::get(path::comparison(cohort, of)).send().await
}
