//! Signing in by mail: a link for this browser, and a code to type in it.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use tandem_api::problem::Code;
use tandem_domain::id::{ApplicationId, PersonId};

use crate::app::App;
use crate::error::AppError;
use crate::mail::wording;
use crate::store::applications::merge::merge_into;
use crate::store::audit::Moment;
use crate::store::outbox::NewMail;
use crate::store::people::{self, Person};
use crate::store::sessions::{self, Kind, NewRequest, Request};
use crate::store::{StoreError, Tx};

use super::mark::Mark;
use super::{Caller, token};

/// How long link and code work.
const LIFE: Duration = Duration::minutes(10);
/// How many wrong codes are taken.
const TRIES: u32 = 5;
/// How many sessions somebody may have.
const SESSIONS: usize = 10;

/// A wish to sign in from a browser.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The address to mail to.
    pub email: String,
    /// The hash of the browser's cookie.
    pub browser_hash: String,
    /// Who is writing a draft in this browser without a confirmed address.
    pub provisional: Option<PersonId>,
}

/// Mails link and code, in the transaction of whatever asks for them.
///
/// The same rows are written whether or not there is an account; only the mail differs, and only
/// the owner of the address reads it.
pub async fn mail(tx: &Tx, app: &App, ask: Ask, now: Moment) -> Result<(), AppError> {
    let (secret, code) = (token::secret()?, token::code()?);
    let token_hash = token::hash(&secret);
    let account = people::by_email(tx, &ask.email).await?;
    let template = match (&account, ask.provisional) {
        (Some(_), _) => "sign-in",
        (None, Some(_)) => "confirm-address",
        (None, None) => "no-account",
    };
    let home = &app.config.public_url;
    let context = json!({
        "name": account.as_ref().map(|person| person.name.as_str()).unwrap_or_default(),
        "link": format!("{home}/sign-in#t={secret}"),
        "code": token::spaced(&code),
        "home": home,
        "minutes": LIFE.num_minutes(),
    });
    let worded = wording::write(template, &context)?;
    let mail = NewMail {
        program: None,
        to_person: account.map(|person| person.id),
        to: ask.email.trim().to_owned(),
        template,
        subject: worded.subject,
        body: worded.body,
        dedupe: format!("{template}:{token_hash}"),
        urgent: true,
    };
    app.post.put(tx, mail, now).await?;
    let request = NewRequest {
        email: &ask.email,
        token_hash,
        code_hash: token::hash(&code),
        pre_hash: Some(ask.browser_hash),
        provisional: ask.provisional,
        purpose: "sign_in",
        expires_at: now.real + LIFE,
    };
    sessions::keep_request(tx, request, now.real).await?;
    Ok(())
}

/// What became of a link or code that somebody tried.
#[derive(Debug, Clone)]
pub enum Tried {
    /// It was right.
    Right(Request),
    /// The code was wrong; that is counted, so the transaction must be kept.
    Wrong,
}

/// Tries the secret of a link.
pub async fn try_token(
    tx: &Tx,
    caller: &Caller,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Tried, AppError> {
    let request = sessions::request_by_token(tx, &token::hash(secret)).await?;
    let Some(request) = request.filter(|request| is_live(request, now)) else {
        return Err(AppError::Refused(Code::Gone));
    };
    if request.pre_hash.is_some()
        && request.pre_hash.as_deref() != caller.mark.as_ref().map(Mark::hash)
    {
        return Err(AppError::Refused(Code::OtherBrowser));
    }
    sessions::use_request(tx, &request.id, now).await?;
    Ok(Tried::Right(request))
}

/// Tries a typed code, in the browser that asked. A wrong one counts against every request of the
/// browser that still works.
pub async fn try_code(
    tx: &Tx,
    caller: &Caller,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Tried, AppError> {
    let Some(mark) = &caller.mark else {
        return Err(AppError::Refused(Code::OtherBrowser));
    };
    let live: Vec<Request> = sessions::requests_of_browser(tx, mark.hash())
        .await?
        .into_iter()
        .filter(|request| is_live(request, now))
        .collect();
    if live.is_empty() {
        return Err(AppError::Refused(Code::Gone));
    }
    let code_hash = token::hash(&token::read_code(typed));
    for request in &live {
        if request.code_hash == code_hash {
            sessions::use_request(tx, &request.id, now).await?;
            return Ok(Tried::Right(request.clone()));
        }
    }
    for request in &live {
        sessions::count_try(tx, &request.id).await?;
    }
    Ok(Tried::Wrong)
}

fn is_live(request: &Request, now: DateTime<Utc>) -> bool {
    !request.used && now < request.expires_at && request.tries < TRIES
}

/// Gives the account of a request that was used rightly, and the drafts of this browser that belong
/// to it from now on.
pub async fn account(tx: &Tx, request: &Request) -> Result<(Person, Vec<ApplicationId>), AppError> {
    let known = people::by_email(tx, &request.email).await?;
    let Some(from) = request.provisional else {
        return Ok((known.ok_or(AppError::Refused(Code::Gone))?, Vec::new()));
    };
    match known {
        Some(person) if person.id == from => Ok((person, Vec::new())),
        Some(person) => {
            let claimed = merge_into(tx, from, person.id).await?;
            people::remove_provisional(tx, from).await?;
            Ok((person, claimed))
        }
        None => {
            people::confirm(tx, from, &request.email).await?;
            let person = people::find(tx, from)
                .await?
                .ok_or(AppError::Refused(Code::Gone))?;
            let drafts = crate::store::applications::of_person(tx, from).await?;
            Ok((person, drafts.iter().map(|draft| draft.id).collect()))
        }
    }
}

/// Begins a session in the caller's browser, ends the one it had, and gives back the secret for
/// the cookie.
pub async fn begin_session(
    tx: &Tx,
    caller: &Caller,
    person: PersonId,
    kind: Kind,
    now: DateTime<Utc>,
) -> Result<String, AppError> {
    let secret = token::secret()?;
    if let Some(signed) = &caller.signed {
        sessions::end(tx, &signed.session.hash).await?;
    }
    sessions::begin(tx, &token::hash(&secret), person, kind, now).await?;
    sessions::end_older(tx, person, SESSIONS).await?;
    Ok(secret)
}

impl From<wording::WordingError> for AppError {
    fn from(error: wording::WordingError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<wording::WordingError> for StoreError {
    fn from(error: wording::WordingError) -> Self {
        Self::Unreadable {
            what: "template",
            cause: error.to_string(),
        }
    }
}
