//! Programs and cohorts.

use tandem_api::cohort::{CohortView, ProgramView};
use tandem_api::path;

use crate::api::Call;
use crate::api::error::ApiError;

/// All programs with the cohorts that the reader may see.
pub async fn programs() -> Result<Vec<ProgramView>, ApiError> {
    Call::get(path::PROGRAMS).send().await
}

/// One cohort, by id or by its name in addresses.
pub async fn cohort(cohort: &str) -> Result<CohortView, ApiError> {
    Call::get(path::cohort(cohort)).send().await
}
