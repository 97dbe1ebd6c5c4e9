//! Applications as the committee reads and decides them.

use tandem_api::apart::{JudgeSealed, SealedList};
use tandem_api::application::{ApplicationList, ApplicationView, AskInfo, DecideEligibility};
use tandem_api::path;
use tandem_api::window::{GrantExtension, LateLinkView, MakeLateLink};
use tandem_domain::id::{ApplicationId, CohortId, LateLinkId};

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

/// The sealed list of people to keep apart.
pub async fn apart(cohort: CohortId) -> Result<SealedList, ApiError> {
    Call::get(path::apart(cohort)).send().await
}

/// Says whether somebody was meant.
pub async fn judge_apart(cohort: CohortId, judged: &JudgeSealed) -> Result<SealedList, ApiError> {
    Call::put(path::apart(cohort)).body(judged).send().await
}

/// Gives an application more time, if nobody changed it since `rev`.
pub async fn grant_extension(
    application: ApplicationId,
    rev: i64,
    wish: &GrantExtension,
) -> Result<ApplicationView, ApiError> {
    Call::put(path::extension(application))
        .if_match(rev)
        .body(wish)
        .send()
        .await
}

/// Takes more time back.
pub async fn end_extension(
    application: ApplicationId,
    rev: i64,
) -> Result<ApplicationView, ApiError> {
    Call::delete(path::extension(application))
        .if_match(rev)
        .send()
        .await
}

/// The late links of a cohort.
pub async fn late_links(cohort: CohortId) -> Result<Vec<LateLinkView>, ApiError> {
    Call::get(path::late_links(cohort)).send().await
}

/// Makes a late link and mails it.
pub async fn make_late_link(
    cohort: CohortId,
    key: &str,
    wish: &MakeLateLink,
) -> Result<LateLinkView, ApiError> {
    Call::post(path::late_links(cohort))
        .key(key)
        .body(wish)
        .send()
        .await
}

/// Takes a late link back.
pub async fn revoke_late_link(link: LateLinkId) -> Result<(), ApiError> {
    Call::delete(path::late_link(link)).done().await
}
