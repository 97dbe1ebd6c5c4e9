//! Mails of a program.

use tandem_api::outbox::{MailRow, MailView};
use tandem_api::path;
use tandem_domain::id::{MailId, ProgramId};

use crate::api::Call;
use crate::api::error::ApiError;

/// The mails, newest first.
pub async fn mails(program: ProgramId) -> Result<Vec<MailRow>, ApiError> {
    Call::get(path::outbox(program)).send().await
}

/// One mail with its text.
pub async fn mail(program: ProgramId, mail: MailId) -> Result<MailView, ApiError> {
    Call::get(path::mail(program, mail)).send().await
}

/// Tries a failed mail again.
pub async fn retry(program: ProgramId, mail: MailId) -> Result<(), ApiError> {
    Call::post(path::mail_retry(program, mail)).done().await
}

/// Lets a mail go at once, or holds it back.
pub async fn decide(program: ProgramId, mail: MailId, goes: bool) -> Result<(), ApiError> {
    let address = if goes {
        path::mail_release(program, mail)
    } else {
        path::mail_hold(program, mail)
    };
    Call::post(address).done().await
}
