//! What every answer that is not a success looks like (RFC 9457).

use serde::{Deserialize, Serialize};
use tandem_domain::form::check::FieldProblem;

/// The body of every refusal. Clients read `code`; `detail` is for people and never parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for every problem of the code.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong.
    pub code: Code,
    /// A sentence for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The request's id, to quote to whoever runs the server.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instance: String,
    /// What is wrong in the body, place by place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Pointer>,
    /// What is wrong with the answers of a form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub fields: Vec<FieldProblem>,
    /// Code-specific material, such as the other's change behind a conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub extra: Option<serde_json::Value>,
}

/// A place in the body and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pointer {
    /// A JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong.
    pub code: String,
}

/// Every code there is. Stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Code {
    /// 400: not understood.
    BadRequest,
    /// 401: sign in first.
    SignedOut,
    /// 403: known to you, not allowed.
    Forbidden,
    /// 403: the request came from another site.
    CrossSite,
    /// 404: there is no such thing, or you must not know of it.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 408: the request came too slowly.
    RequestTimeout,
    /// 409: not in this state or stage.
    WrongState,
    /// 409: the deadline has passed.
    DeadlinePassed,
    /// 409: there is one already.
    AlreadyExists,
    /// 409: somebody changed it meanwhile; `extra` has the other's change.
    Conflict,
    /// 409: the address is not confirmed.
    Unconfirmed,
    /// 409: the link was asked for in another browser; its code can be typed there.
    OtherBrowser,
    /// 409: the form has a newer version than the one that was reviewed.
    FormVersionChanged,
    /// 409: the last officer cannot go.
    LastOfficer,
    /// 410: the link or code is used up or too old.
    Gone,
    /// 412: changed since it was read.
    Stale,
    /// 413.
    TooLarge,
    /// 415.
    UnsupportedMediaType,
    /// 421: a demonstration answers only under a name of its own machine, such as `localhost`.
    Misdirected,
    /// 422: the body breaks a rule; see `errors` and `fields`.
    Invalid,
    /// 422: a rule of the board; `extra` has the refusal.
    Refused,
    /// 422: the idempotency key, or the id of a save or command, was used with another body.
    IdempotencyKeyReused,
    /// 428: say which revision you saw, or send an idempotency key.
    PreconditionRequired,
    /// 429: too often.
    TooMany,
    /// 500.
    Internal,
    /// 503: try again shortly.
    Busy,
}

impl Code {
    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::SignedOut => 401,
            Self::Forbidden | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::WrongState
            | Self::DeadlinePassed
            | Self::AlreadyExists
            | Self::Conflict
            | Self::Unconfirmed
            | Self::OtherBrowser
            | Self::FormVersionChanged
            | Self::LastOfficer => 409,
            Self::Gone => 410,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Misdirected => 421,
            Self::Invalid | Self::Refused | Self::IdempotencyKeyReused => 422,
            Self::PreconditionRequired => 428,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Busy => 503,
        }
    }
}
