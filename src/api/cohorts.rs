//! Programs and cohorts.

use tandem_api::cohort::{
    CohortView, MakeTransition, NewCohort, NewProgram, PossibleTransition, ProgramView,
};
use tandem_api::path;
use tandem_api::timeline::{NextCohort, NextDates};
use tandem_domain::id::{CohortId, ProgramId};

use crate::api::Call;
use crate::api::error::ApiError;

/// All programs with the cohorts that the reader may see.
pub async fn programs() -> Result<Vec<ProgramView>, ApiError> {
    Call::get(path::PROGRAMS).send().await
}

/// Founds a program.
pub async fn create_program(key: String, program: &NewProgram) -> Result<ProgramView, ApiError> {
    Call::post(path::PROGRAMS)
        .key(key)
        .body(program)
        .send()
        .await
}

/// One cohort, by id or by its name in addresses.
pub async fn cohort(cohort: &str) -> Result<CohortView, ApiError> {
    Call::get(path::cohort(cohort)).send().await
}

/// Sets up a cohort.
pub async fn create_cohort(
    key: String,
    program: ProgramId,
    cohort: &NewCohort,
) -> Result<CohortView, ApiError> {
    Call::post(path::program_cohorts(program))
        .key(key)
        .body(cohort)
        .send()
        .await
}

/// The moves between states that exist from here, and what each causes.
pub async fn transitions(cohort: CohortId) -> Result<Vec<PossibleTransition>, ApiError> {
    Call::get(path::transitions(cohort)).send().await
}

/// Moves a cohort, if nobody changed it since `rev`.
pub async fn make_transition(
    cohort: CohortId,
    rev: i64,
    key: String,
    transition: &MakeTransition,
) -> Result<CohortView, ApiError> {
    Call::post(path::transitions(cohort))
        .if_match(rev)
        .key(key)
        .body(transition)
        .send()
        .await
}

/// The dates of a next cohort so many years later.
pub async fn next_dates(cohort: CohortId, years: u8) -> Result<NextDates, ApiError> {
    let path = format!("{}?years={years}", path::next_cohort(cohort));
    Call::get(path).send().await
}

/// Sets up the next cohort.
pub async fn make_next(
    cohort: CohortId,
    key: String,
    next: &NextCohort,
) -> Result<CohortView, ApiError> {
    Call::post(path::next_cohort(cohort))
        .key(key)
        .body(next)
        .send()
        .await
}
