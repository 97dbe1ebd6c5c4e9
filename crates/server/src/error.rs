//! What goes wrong in a request, and the problem body it becomes.
//!
//! `Internal` is logged here and nowhere else; the client learns only the request's id.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use tandem_api::problem::{Code, Pointer, Problem};
use tandem_domain::form::check::FieldProblem;

use crate::store::StoreError;

/// Why a request is not fulfilled.
#[derive(Debug)]
pub enum AppError {
    /// Nobody is signed in, and somebody must be.
    SignedOut,
    /// Known to the reader, but not allowed.
    Forbidden,
    /// There is no such thing, or the reader must not know of it.
    NotFound,
    /// The body breaks rules at these places.
    Invalid(Vec<Pointer>),
    /// The answers of a form stop sending.
    Fields(Vec<FieldProblem>),
    /// Any other refusal that has a code.
    Refused(Code),
    /// A refusal with a sentence for people.
    Explained(Code, String),
    /// A refusal with material that the client reads.
    With(Code, Value),
    /// Changed since it was read; this is the revision now.
    Stale(i64),
    /// Too often; to be tried again after so many seconds.
    TooMany(u64),
    /// Anything that should not happen.
    Internal(anyhow::Error),
}

impl AppError {
    /// A refusal with material that the client reads.
    pub fn with(code: Code, extra: &impl Serialize) -> Self {
        match serde_json::to_value(extra) {
            Ok(extra) => Self::With(code, extra),
            Err(error) => Self::Internal(error.into()),
        }
    }

    /// One place in the body that breaks a rule.
    pub fn invalid(pointer: &str, code: &str) -> Self {
        Self::Invalid(vec![Pointer {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
        }])
    }

    fn code(&self) -> Code {
        match self {
            Self::SignedOut => Code::SignedOut,
            Self::Forbidden => Code::Forbidden,
            Self::NotFound => Code::NotFound,
            Self::Invalid(_) | Self::Fields(_) => Code::Invalid,
            Self::Refused(code) | Self::Explained(code, _) | Self::With(code, _) => *code,
            Self::Stale(_) => Code::Stale,
            Self::TooMany(_) => Code::TooMany,
            Self::Internal(_) => Code::Internal,
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Refused(Code::Busy),
            StoreError::Exists(_) => Self::Refused(Code::AlreadyExists),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<crate::zone::ZoneError> for AppError {
    fn from(error: crate::zone::ZoneError) -> Self {
        Self::Internal(error.into())
    }
}

/// What a unique constraint of the database means to people.
pub trait OnUnique<T> {
    /// Replaces "there is one already" by another refusal. The transaction is over then.
    fn on_unique(self, refusal: AppError) -> Result<T, AppError>;
}

impl<T> OnUnique<T> for Result<T, StoreError> {
    fn on_unique(self, refusal: AppError) -> Result<T, AppError> {
        match self {
            Err(StoreError::Exists(_)) => Err(refusal),
            other => Ok(other?),
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let code = self.code();
        let mut problem = blank(code);
        let mut response_headers: Vec<(header::HeaderName, String)> = Vec::new();
        match self {
            Self::Invalid(errors) => problem.errors = errors,
            Self::Fields(fields) => problem.fields = fields,
            Self::Explained(_, detail) => problem.detail = detail,
            Self::With(_, extra) => problem.extra = Some(extra),
            Self::Stale(rev) => response_headers.push((header::ETAG, etag(rev))),
            Self::TooMany(seconds) => {
                response_headers.push((header::RETRY_AFTER, seconds.to_string()));
            }
            Self::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "internal error");
            }
            Self::SignedOut | Self::Forbidden | Self::NotFound | Self::Refused(_) => {}
        }
        if code == Code::Busy {
            response_headers.push((header::RETRY_AFTER, "2".to_owned()));
        }
        let mut response = respond(problem);
        for (name, value) in response_headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// The entity tag of a revision.
pub fn etag(rev: i64) -> String {
    format!("\"{rev}\"")
}

/// A problem with nothing but its code, as a response.
pub fn plain(code: Code) -> Response {
    respond(blank(code))
}

fn respond(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = HeaderValue::from_static("application/problem+json");
    // The layer outside puts the request's id in.
    let mut response = (status, Json(&problem)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.extensions_mut().insert(Pending(problem));
    response
}

/// A problem on its way out, which still lacks the request's id.
#[derive(Debug, Clone)]
pub(crate) struct Pending(pub(crate) Problem);

fn blank(code: Code) -> Problem {
    let slug = serde_json::to_value(code)
        .ok()
        .and_then(|word| word.as_str().map(str::to_owned));
    Problem {
        kind: format!("/problems/{}", slug.unwrap_or_default().replace('_', "-")),
        title: title(code).to_owned(),
        status: code.status(),
        code,
        detail: String::new(),
        instance: String::new(),
        errors: Vec::new(),
        fields: Vec::new(),
        extra: None,
    }
}

fn title(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "The request was not understood",
        Code::SignedOut => "Sign in first",
        Code::Forbidden => "You may not do this",
        Code::CrossSite => "The request came from another site",
        Code::NotFound => "There is nothing here",
        Code::MethodNotAllowed => "This cannot be done here",
        Code::RequestTimeout => "The request took too long",
        Code::WrongState => "This is not possible at the moment",
        Code::DeadlinePassed => "The deadline has passed",
        Code::AlreadyExists => "There is one already",
        Code::Conflict => "Somebody else changed it meanwhile",
        Code::Unconfirmed => "Confirm your address first",
        Code::OtherBrowser => "Open the link in the browser where you asked for it",
        Code::FormVersionChanged => "The form has changed since you reviewed it",
        Code::LastOfficer => "A program needs an officer",
        Code::Gone => "The link or code no longer works",
        Code::Stale => "It has changed since you read it",
        Code::TooLarge => "The request is too large",
        Code::UnsupportedMediaType => "The request must be JSON",
        Code::Misdirected => "A demonstration answers on its own machine only",
        Code::Invalid => "Something in the request is not right",
        Code::Refused => "A rule forbids it",
        Code::IdempotencyKeyReused => "The key or id was used for something else",
        Code::PreconditionRequired => "The request must say what it is based on",
        Code::TooMany => "Too many requests",
        Code::Internal => "Something went wrong",
        Code::Busy => "The server is busy",
    }
}
