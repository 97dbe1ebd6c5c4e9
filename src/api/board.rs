//! The board: reading it, and the commands on it.

use tandem_api::board::{
    BoardView, CommandAccepted, Entry, EntryList, HereView, Looked, SayHere, SendCommand,
};
use tandem_api::matching::{AdoptPlan, AskBoard, ScoringView};
use tandem_api::path;
use tandem_domain::id::{CohortId, ScenarioId};
use tandem_domain::matching::Answer;
use tandem_domain::score::Scoring;

use crate::api::Call;
use crate::api::error::ApiError;

/// A board as a whole.
pub async fn board(scenario: ScenarioId) -> Result<BoardView, ApiError> {
    Call::get(path::board(scenario)).send().await
}

/// What was done since a revision, as much of it as the server sends at once.
pub async fn commands_after(scenario: ScenarioId, rev: i64) -> Result<EntryList, ApiError> {
    Call::get(format!("{}?after={rev}", path::commands(scenario)))
        .send()
        .await
}

/// Everything that was done since a revision, oldest first. The server sends a long log in parts.
pub async fn log_after(scenario: ScenarioId, rev: i64) -> Result<Vec<Entry>, ApiError> {
    let mut log: Vec<Entry> = Vec::new();
    loop {
        let after = log.last().map_or(rev, |entry| entry.rev);
        let part = commands_after(scenario, after).await?;
        let is_last = part.entries.is_empty();
        log.extend(part.entries);
        if is_last || log.last().is_some_and(|entry| entry.rev >= part.rev) {
            return Ok(log);
        }
    }
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

/// Asks the solver of the server, where the browser has none of its own.
pub async fn ask(scenario: ScenarioId, asked: &AskBoard) -> Result<Answer, ApiError> {
    Call::post(path::questions(scenario))
        .body(asked)
        .send()
        .await
}

/// Brings a plan onto the board. Sending the same again is answered the same.
pub async fn adopt(scenario: ScenarioId, plan: &AdoptPlan) -> Result<CommandAccepted, ApiError> {
    Call::post(path::plans(scenario)).body(plan).send().await
}

/// How the cohort scores its pairs.
pub async fn scoring(cohort: CohortId) -> Result<ScoringView, ApiError> {
    Call::get(path::scoring(cohort)).send().await
}

/// Sets how the cohort scores its pairs, if it is still as it was read.
pub async fn set_scoring(
    cohort: CohortId,
    version: i64,
    scoring: &Scoring,
) -> Result<ScoringView, ApiError> {
    Call::put(path::scoring(cohort))
        .if_match(version)
        .body(scoring)
        .send()
        .await
}

/// Says up to where this member has seen what others did.
pub async fn look(scenario: ScenarioId, rev: i64) -> Result<(), ApiError> {
    Call::put(path::looked(scenario))
        .body(&Looked { rev })
        .done()
        .await
}

/// Says where this member is on a board, and answers who else is there.
pub async fn say_here(scenario: ScenarioId, here: SayHere) -> Result<Vec<HereView>, ApiError> {
    Call::put(path::presence(scenario)).body(&here).send().await
}
