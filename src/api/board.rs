//! The board: reading it, and the commands on it.

use tandem_api::board::{BoardView, CommandAccepted, EntryList, ScenarioView, SendCommand};
use tandem_api::path;
use tandem_domain::id::{CohortId, ScenarioId};

use crate::api::Call;
use crate::api::error::ApiError;

/// The boards of a cohort.
pub async fn scenarios(cohort: CohortId) -> Result<Vec<ScenarioView>, ApiError> {
    Call::get(path::scenarios(cohort)).send().await
}

/// A board as a whole.
pub async fn board(scenario: ScenarioId) -> Result<BoardView, ApiError> {
    Call::get(path::board(scenario)).send().await
}

/// What was done since a revision.
pub async fn commands_after(scenario: ScenarioId, rev: i64) -> Result<EntryList, ApiError> {
    Call::get(format!("{}?after={rev}", path::commands(scenario)))
        .send()
        .await
}

/// Does something. Sending the same again is answered the same.
pub async fn change(
    scenario: ScenarioId,
    command: &SendCommand,
) -> Result<CommandAccepted, ApiError> {
    Call::post(path::commands(scenario))
        .body(command)
        .send()
        .await
}
