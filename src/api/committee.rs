//! Applications as the committee reads and decides them.

use tandem_api::application::{ApplicationList, ApplicationView, AskInfo, DecideEligibility};
use tandem_api::path;
use tandem_domain::id::{ApplicationId, CohortId};

use crate::api::Call;
use crate::api::error::ApiError;

/// All sent applications of a cohort.
pub async fn applications(cohort: CohortId) -> Result<ApplicationList, ApiError> {
    Call::get(path::cohort_applications(cohort)).send().await
}

/// One application as the reader may see it.
pub async fn application(application: ApplicationId) -> Result<ApplicationView, ApiError> {
    Call::get(path::application(application)).send().await
}

/// Decides whether somebody may be paired, if nobody changed the application since `rev`.
pub async fn decide(
    application: ApplicationId,
    rev: i64,
    decision: &DecideEligibility,
) -> Result<ApplicationView, ApiError> {
    Call::put(path::eligibility(application))
        .if_match(rev)
        .body(decision)
        .send()
        .await
}

/// Asks the applicant for something.
pub async fn ask(
    application: ApplicationId,
    rev: i64,
    key: String,
    question: &AskInfo,
) -> Result<(), ApiError> {
    Call::post(path::info_requests(application))
        .if_match(rev)
        .key(key)
        .body(question)
        .done()
        .await
}
