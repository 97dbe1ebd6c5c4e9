//! Why a request did not do what was asked.

use tandem_api::problem::{Code, Pointer, Problem};
use tandem_domain::form::check::FieldProblem;

/// Why a request did not do what was asked. Each screen words what it can do something about;
/// the rest goes to `load::LoadFailed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// The server cannot be reached. Nothing is known about what it did.
    Offline,
    /// The server took too long, or said that it is busy. Try again.
    Timeout,
    /// The session is over.
    SignedOut,
    /// Known, but not allowed.
    Forbidden,
    /// There is no such thing, or the reader must not know of it.
    NotFound,
    /// Something in the body is wrong: answer by answer, and place by place.
    Invalid {
        /// What is wrong with answers of a form.
        fields: Vec<FieldProblem>,
        /// What is wrong elsewhere.
        places: Vec<Pointer>,
    },
    /// A rule or somebody else's change stands against it: read its code and `extra`.
    Refused(Box<Problem>),
    /// It was changed since it was read.
    Stale,
    /// The server failed; says the id to quote.
    Server(String),
    /// The answer was not what was agreed: the page is older or newer than the server.
    Malformed,
}

impl ApiError {
    /// The code of a refusal, for screens that know it.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::SignedOut => Some(Code::SignedOut),
            Self::Forbidden => Some(Code::Forbidden),
            Self::NotFound => Some(Code::NotFound),
            Self::Invalid { .. } => Some(Code::Invalid),
            Self::Stale => Some(Code::Stale),
            Self::Server(_) => Some(Code::Internal),
            Self::Offline | Self::Timeout | Self::Malformed => None,
        }
    }

    /// Whether this place of the body is what was wrong.
    pub fn is_about(&self, pointer: &str) -> bool {
        let is_there = |place: &Pointer| place.pointer == pointer;
        matches!(self, Self::Invalid { places, .. } if places.iter().any(is_there))
    }

    /// Whether the same request may succeed a little later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout | Self::Server(_) => true,
            Self::Refused(problem) => matches!(problem.code, Code::TooMany),
            _ => false,
        }
    }

    /// A sentence for the reader: what happened and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::Offline => "The server cannot be reached. Check the connection and try again.",
            Self::Timeout => "The server took too long to answer. Try again in a moment.",
            Self::SignedOut => "You are signed out. Sign in and try again.",
            Self::Forbidden => "You are not allowed to do this.",
            Self::NotFound => "This does not exist, or is no longer here.",
            Self::Invalid { .. } => "Something in what you entered is not right.",
            Self::Stale => "Somebody changed this meanwhile. Reload to see it, then try again.",
            Self::Malformed => "This page and the server do not match. Reload the page.",
            Self::Refused(problem) => return refusal(problem),
            Self::Server(id) if id.is_empty() => "The server failed. Try again in a moment.",
            Self::Server(id) => {
                return format!("The server failed. Try again; if it stays, quote {id}.");
            }
        }
        .to_owned()
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        match problem.code {
            Code::SignedOut => Self::SignedOut,
            Code::Forbidden | Code::CrossSite => Self::Forbidden,
            Code::NotFound => Self::NotFound,
            Code::Invalid => Self::Invalid {
                fields: problem.fields,
                places: problem.errors,
            },
            Code::Stale => Self::Stale,
            Code::Busy | Code::RequestTimeout => Self::Timeout,
            Code::Internal => Self::Server(problem.instance),
            Code::BadRequest
            | Code::MethodNotAllowed
            | Code::UnsupportedMediaType
            | Code::PreconditionRequired => Self::Malformed,
            Code::WrongState
            | Code::DeadlinePassed
            | Code::AlreadyExists
            | Code::Conflict
            | Code::Unconfirmed
            | Code::OtherBrowser
            | Code::FormVersionChanged
            | Code::LastOfficer
            | Code::Gone
            | Code::TooLarge
            | Code::Misdirected
            | Code::Refused
            | Code::IdempotencyKeyReused
            | Code::TooMany => Self::Refused(Box::new(problem)),
        }
    }
}

fn refusal(problem: &Problem) -> String {
    let sentence = match problem.code {
        Code::WrongState => "This is not possible at this stage.",
        Code::DeadlinePassed => "The deadline has passed.",
        Code::AlreadyExists => "There is one already.",
        Code::Conflict => "Somebody else changed this first.",
        Code::Unconfirmed => "Confirm your e-mail address first.",
        Code::OtherBrowser => {
            "The link works only in the browser where you asked for it. Type its code there."
        }
        Code::FormVersionChanged => "The form has changed. Load the page again to see what.",
        Code::LastOfficer => "A program keeps at least one officer.",
        Code::Gone => "This link or code has been used or is too old. Ask for a new one.",
        Code::TooLarge => "This is too long.",
        Code::Misdirected => "A demonstration opens under localhost or 127.0.0.1 only.",
        Code::TooMany => "That was too often. Wait a few minutes and try again.",
        _ if problem.detail.is_empty() => "The server refused this.",
        _ => return problem.detail.clone(),
    };
    sentence.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: Code) -> Problem {
        Problem {
            kind: String::new(),
            title: String::new(),
            status: code.status(),
            code,
            detail: String::new(),
            instance: "r-1".to_owned(),
            errors: Vec::new(),
            fields: Vec::new(),
            extra: None,
        }
    }

    #[test]
    fn a_refusal_keeps_its_code() {
        let error = ApiError::from(problem(Code::Conflict));
        assert_eq!(error.code(), Some(Code::Conflict));
        assert!(!error.is_passing());
    }

    #[test]
    fn a_server_failure_says_the_id_to_quote() {
        let error = ApiError::from(problem(Code::Internal));
        assert!(error.sentence().contains("r-1"));
        assert!(error.is_passing());
    }
}
