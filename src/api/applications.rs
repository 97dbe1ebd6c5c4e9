//! Own applications: begin, write, check, send, take back, answer the committee.

use tandem_api::application::{
    AnswerInfo, CheckView, DraftSaved, DraftView, MyApplication, Receipt, SaveDraft,
    StartApplications, StartedApplications, Submit, WantReminders, Withdraw,
};
use tandem_api::path;
use tandem_api::window::{LateLinkOpened, OpenLateLink};
use tandem_domain::form::answer::Upload;
use tandem_domain::form::definition::{FormDef, QuestionId};
use tandem_domain::id::{ApplicationId, CohortId, InfoRequestId};
use tandem_domain::role::Role;

use crate::api::error::ApiError;
use crate::api::{Call, json, refusal};

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
pub async fn submit(
    id: ApplicationId,
    key: &str,
    (rev, form_version): (i64, u32),
) -> Result<Receipt, ApiError> {
    let form_version = Some(form_version);
    Call::post(path::submissions(id))
        .key(key)
        .body(&Submit { rev, form_version })
        .send()
        .await
}

/// The owner has read what new versions of the form changed.
pub async fn form_news_read(id: ApplicationId) -> Result<(), ApiError> {
    Call::post(path::form_news_read(id)).done().await
}

/// What a late link opens. Somebody signed in has more time from now on.
pub async fn open_late_link(token: String) -> Result<LateLinkOpened, ApiError> {
    Call::post(path::LATE_LINK_OPEN)
        .body(&OpenLateLink { token })
        .send()
        .await
}

/// Where a file for a question goes to; the bytes as they are.
pub fn upload_address(id: ApplicationId, question: &QuestionId, name: &str) -> String {
    let encoded = js_sys::encode_uri_component(name);
    path::files(id, &format!("question={question}&name={encoded}"))
}

/// What the server made of a file, from the status and text of its answer, if it gave one. What
/// comes back is named in the answer.
pub fn uploaded(answer: Option<(u16, String)>) -> Result<Upload, ApiError> {
    let (status, text) = answer.ok_or(ApiError::Offline)?;
    if (200..300).contains(&status) {
        json::read(&text).ok_or(ApiError::Malformed)
    } else {
        Err(refusal(status, &text))
    }
}

/// Says whether reminders about a draft are wanted.
pub async fn want_reminders(id: ApplicationId, wanted: bool) -> Result<(), ApiError> {
    Call::put(path::reminders(id))
        .body(&WantReminders { wanted })
        .done()
        .await
}

/// Deletes a draft for good, unless something else stands in it than at this revision.
pub async fn delete_draft(id: ApplicationId, draft_rev: i64) -> Result<(), ApiError> {
    Call::delete(path::application(id))
        .if_match(draft_rev)
        .done()
        .await
}

/// Takes an application back.
pub async fn withdraw(id: ApplicationId, rev: i64, reason: String) -> Result<(), ApiError> {
    Call::post(path::withdrawal(id))
        .if_match(rev)
        .body(&Withdraw { reason })
        .done()
        .await
}

/// Brings an application back.
pub async fn restore(id: ApplicationId, rev: i64) -> Result<(), ApiError> {
    Call::delete(path::withdrawal(id))
        .if_match(rev)
        .done()
        .await
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
