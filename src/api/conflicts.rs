//! Conflicts of members of the committee with single applicants.

use tandem_api::board::{ConflictView, DeclareConflict};
use tandem_api::path;
use tandem_domain::id::{CohortId, PersonId};

use crate::api::Call;
use crate::api::error::ApiError;

/// The conflicts of a cohort: all of them for the officer, the own ones for everybody else.
pub async fn all(cohort: CohortId) -> Result<Vec<ConflictView>, ApiError> {
    Call::get(path::conflicts(cohort)).send().await
}

/// Says that somebody has a conflict with an applicant.
pub async fn declare(cohort: CohortId, conflict: &DeclareConflict) -> Result<(), ApiError> {
    Call::post(path::conflicts(cohort))
        .body(conflict)
        .done()
        .await
}

/// Lifts a conflict.
pub async fn lift(cohort: CohortId, member: PersonId, person: PersonId) -> Result<(), ApiError> {
    Call::delete(path::conflict(cohort, member, person))
        .done()
        .await
}
