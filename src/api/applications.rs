//! Own applications: begin, write, check, send, take back, answer the committee.

use tandem_api::application::{
    AnswerInfo, CheckView, DraftSaved, DraftView, MyApplication, Receipt, SaveDraft,
    StartApplications, StartedApplications, Submit, Withdraw,
};
use tandem_api::path;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::{ApplicationId, CohortId, InfoRequestId};
use tandem_domain::role::Role;

use crate::api::Call;
use crate::api::error::ApiError;

/// The own applications.
pub async fn mine() -> Result<Vec<MyApplication>, ApiError> {
    Call::get(path::MY_APPLICATIONS).send().await
}

/// The form of a role.
pub async fn form(cohort: CohortId, role: Role) -> Result<FormDef, ApiError> {
    Call::get(path::form(cohort, role)).send().await
}

/// Begins applications. Keep the key while trying again.
pub async fn start(
    cohort: CohortId,
    key: &str,
    body: &StartApplications,
) -> Result<StartedApplications, ApiError> {
    Call::post(path::cohort_applications(cohort))
        .key(key)
        .body(body)
        .send()
        .await
}

/// The own draft with its answers.
pub async fn draft(id: ApplicationId) -> Result<DraftView, ApiError> {
    Call::get(path::draft(id)).send().await
}

/// Saves the answers that changed. Arrives even if the page is closed meanwhile.
pub async fn save_draft(id: ApplicationId, save: &SaveDraft) -> Result<DraftSaved, ApiError> {
    Call::patch(path::draft(id))
        .body(save)
        .keep_alive()
        .send()
        .await
}

/// What would stop sending.
pub async fn check(id: ApplicationId) -> Result<CheckView, ApiError> {
    Call::post(path::check(id)).send().await
}

/// Sends the application as reviewed. The same key sends it once, however often it is tried.
pub async fn submit(id: ApplicationId, key: &str, rev: i64) -> Result<Receipt, ApiError> {
    Call::post(path::submissions(id))
        .key(key)
        .body(&Submit { rev })
        .send()
        .await
}

/// Deletes a draft for good.
pub async fn delete_draft(id: ApplicationId) -> Result<(), ApiError> {
    Call::delete(path::application(id)).done().await
}

/// Takes an application back.
pub async fn withdraw(id: ApplicationId, reason: String) -> Result<(), ApiError> {
    Call::post(path::withdrawal(id))
        .body(&Withdraw { reason })
        .done()
        .await
}

/// Brings an application back.
pub async fn restore(id: ApplicationId) -> Result<(), ApiError> {
    Call::delete(path::withdrawal(id)).done().await
}

/// Answers what the committee asked.
pub async fn answer_info(
    id: ApplicationId,
    request: InfoRequestId,
    body: &AnswerInfo,
) -> Result<(), ApiError> {
    Call::post(path::info_answer(id, request))
        .body(body)
        .done()
        .await
}
