//! The dates of a cohort.

use tandem_api::path;
use tandem_api::timeline::{ChangeDates, PlanView, TimelineView};
use tandem_domain::id::CohortId;

use crate::api::Call;
use crate::api::error::ApiError;

/// The timeline as the reader may see it.
pub async fn timeline(cohort: CohortId) -> Result<TimelineView, ApiError> {
    Call::get(path::timeline(cohort)).send().await
}

/// What a change of dates would do.
pub async fn plan(cohort: CohortId, change: &ChangeDates) -> Result<PlanView, ApiError> {
    Call::post(path::timeline_plan(cohort))
        .body(change)
        .send()
        .await
}

/// Changes dates, if nobody changed them since `rev`.
pub async fn change(
    cohort: CohortId,
    rev: i64,
    change: &ChangeDates,
) -> Result<TimelineView, ApiError> {
    Call::post(path::timeline_changes(cohort))
        .if_match(rev)
        .body(change)
        .send()
        .await
}
