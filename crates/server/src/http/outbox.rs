//! The mails of a program: what waits, what went, what failed.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use tandem_api::outbox::{MailRow, MailView};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::id::{MailId, ProgramId};
use tandem_domain::permission::{Action, Subject};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::{Caller, allow};
use crate::error::AppError;
use crate::http::body::Path;
use crate::store::audit::{Happening, note};
use crate::store::{Tx, outbox, programs};

/// How many mails are listed at most.
const LIST: u64 = 500;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_mails))
        .routes(routes!(show_mail))
        .routes(routes!(retry_mail))
        .routes(routes!(hold_mail))
        .routes(routes!(release_mail))
}

/// The mails of a program, newest first, without their texts.
#[utoipa::path(get, path = path::OUTBOX, params(("program" = String, Path)), responses(
    (status = 200, description = "The mails"),
    (status = 403, description = "For chair and officer", body = Problem),
))]
async fn list_mails(
    State(app): State<App>,
    caller: Caller,
    Path(program): Path<ProgramId>,
) -> Result<Answer<Vec<MailRow>>, AppError> {
    let read = app.store.read(|tx| async move {
        permit(&tx, &caller, program, Action::ReadOutbox).await?;
        Ok::<_, AppError>(Answer(outbox::of_program(&tx, program, LIST).await?))
    });
    read.await
}

/// One mail with its text.
#[utoipa::path(get, path = path::MAIL, params(("program" = String, Path), ("mail" = String, Path)),
    responses(
        (status = 200, description = "The mail"),
        (status = 403, description = "For the officer", body = Problem),
))]
async fn show_mail(
    State(app): State<App>,
    caller: Caller,
    Path((program, mail)): Path<(ProgramId, MailId)>,
) -> Result<Answer<MailView>, AppError> {
    let read = app.store.read(|tx| async move {
        permit(&tx, &caller, program, Action::ReadMailBody).await?;
        let mail = outbox::find(&tx, program, mail)
            .await?
            .ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(Answer(mail))
    });
    read.await
}

/// Tries a mail again that failed or may not have gone.
#[utoipa::path(post, path = path::MAIL_RETRY, params(("program" = String, Path), ("mail" = String, Path)),
    responses(
        (status = 204, description = "It waits again"),
        (status = 409, description = "It did not fail", body = Problem),
))]
async fn retry_mail(
    State(app): State<App>,
    caller: Caller,
    Path((program, mail)): Path<(ProgramId, MailId)>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        permit(&tx, &caller, program, Action::ReadMailBody).await?;
        outbox::find(&tx, program, mail)
            .await?
            .ok_or(AppError::NotFound)?;
        if !outbox::retry(&tx, mail, now.real).await? {
            return Err(AppError::Refused(Code::WrongState));
        }
        let happening = Happening {
            actor: caller.person(),
            program: Some(program),
            kind: "mail.retried",
            body: serde_json::json!({ "mail": mail }),
            ..Happening::default()
        };
        note(&tx, now, happening).await?;
        Ok(())
    });
    write.await?;
    app.post.wake();
    Ok(StatusCode::NO_CONTENT)
}

/// Holds a mail back that waits.
#[utoipa::path(post, path = path::MAIL_HOLD, params(("program" = String, Path), ("mail" = String, Path)),
    responses(
        (status = 204, description = "It goes only when it is released"),
        (status = 409, description = "It does not wait", body = Problem),
))]
async fn hold_mail(
    State(app): State<App>,
    caller: Caller,
    Path((program, mail)): Path<(ProgramId, MailId)>,
) -> Result<StatusCode, AppError> {
    decide(app, caller, (program, mail), false).await
}

/// Lets a mail go at once that waits or was held back.
#[utoipa::path(post, path = path::MAIL_RELEASE, params(("program" = String, Path), ("mail" = String, Path)),
    responses(
        (status = 204, description = "It is due"),
        (status = 409, description = "It neither waits nor is held back", body = Problem),
))]
async fn release_mail(
    State(app): State<App>,
    caller: Caller,
    Path((program, mail)): Path<(ProgramId, MailId)>,
) -> Result<StatusCode, AppError> {
    decide(app, caller, (program, mail), true).await
}

async fn decide(
    app: App,
    caller: Caller,
    (program, mail): (ProgramId, MailId),
    goes: bool,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        permit(&tx, &caller, program, Action::ReadMailBody).await?;
        outbox::find(&tx, program, mail)
            .await?
            .ok_or(AppError::NotFound)?;
        let is_done = if goes {
            outbox::release(&tx, mail, now.real).await?
        } else {
            outbox::hold(&tx, mail).await?
        };
        if !is_done {
            return Err(AppError::Refused(Code::WrongState));
        }
        let happening = Happening {
            actor: caller.person(),
            program: Some(program),
            kind: if goes { "mail.released" } else { "mail.held" },
            body: serde_json::json!({ "mail": mail }),
            ..Happening::default()
        };
        note(&tx, now, happening).await?;
        Ok(())
    });
    write.await?;
    app.post.wake();
    Ok(StatusCode::NO_CONTENT)
}

async fn permit(
    tx: &Tx,
    caller: &Caller,
    program: ProgramId,
    action: Action,
) -> Result<(), AppError> {
    programs::find(tx, program)
        .await?
        .ok_or(AppError::NotFound)?;
    let actor = caller.actor(tx, program).await?;
    allow(&actor, action, &Subject::Program)
}
