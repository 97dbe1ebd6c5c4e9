//! What may happen to a request on its way.

use serde::de::DeserializeOwned;
use tandem::api::error::ApiError;
use tandem_api::problem::{Code, Problem};

use crate::chance::Chance;
use crate::support::Reply;

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It arrives, and so does its answer.
    Arrives,
    /// It never arrives.
    Lost,
    /// It is done, and nobody hears of it.
    AnswerLost,
    /// The server is killed before it takes it, and starts again.
    KilledBefore,
    /// The server is killed once it has taken it, and starts again.
    KilledAfter,
    /// Something in between refuses it for now.
    Refused(Injected),
}

/// A refusal that the server itself would not make here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Injected {
    /// 503.
    Busy,
    /// 409.
    Conflict,
    /// 429.
    TooMany,
    /// 500.
    Internal,
}

impl Fate {
    /// Mostly nothing happens.
    pub fn draw(chance: &mut Chance) -> Self {
        match chance.below(20) {
            0 | 1 => Self::Lost,
            2 | 3 => Self::AnswerLost,
            4 => Self::KilledBefore,
            5 => Self::KilledAfter,
            6 => Self::Refused(Injected::Busy),
            7 => Self::Refused(Injected::Conflict),
            8 if chance.one_in(2) => Self::Refused(Injected::TooMany),
            8 => Self::Refused(Injected::Internal),
            _ => Self::Arrives,
        }
    }

    /// Whether the server takes the request.
    pub fn is_taken(self) -> bool {
        matches!(self, Self::Arrives | Self::AnswerLost | Self::KilledAfter)
    }

    /// Whether the server is another one afterwards.
    pub fn restarts(self) -> bool {
        matches!(self, Self::KilledBefore | Self::KilledAfter)
    }

    /// What the sender comes to know, if it is not the answer.
    pub fn failure(self) -> Option<ApiError> {
        match self {
            Self::Arrives => None,
            Self::Lost | Self::AnswerLost | Self::KilledBefore => Some(ApiError::Offline),
            Self::KilledAfter => Some(ApiError::Timeout),
            Self::Refused(Injected::Busy) => Some(refusal(Code::Busy)),
            Self::Refused(Injected::Conflict) => Some(refusal(Code::Conflict)),
            Self::Refused(Injected::TooMany) => Some(refusal(Code::TooMany)),
            Self::Refused(Injected::Internal) => Some(refusal(Code::Internal)),
        }
    }
}

fn refusal(code: Code) -> ApiError {
    ApiError::from(Problem {
        kind: String::new(),
        title: String::new(),
        status: code.status(),
        code,
        detail: String::new(),
        instance: String::new(),
        errors: Vec::new(),
        fields: Vec::new(),
        extra: None,
    })
}

/// An answer as the app reads it.
pub fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, ApiError> {
    if reply.status.is_success() {
        return Ok(serde_json::from_value(reply.body.clone()).unwrap());
    }
    let problem: Problem = serde_json::from_value(reply.body.clone()).unwrap();
    Err(ApiError::from(problem))
}

/// How often what happened.
#[derive(Debug, Clone, Default)]
pub struct Seen(std::collections::BTreeMap<&'static str, usize>);

impl Seen {
    pub fn note(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// A test of faults that met none proves nothing.
    pub fn assert_everything_happened(&self) {
        let all = [
            "save lost",
            "save answered unheard",
            "save at a killed server",
            "save refused",
            "signed out",
            "device closed",
            "conflict settled",
            "told by a tab",
            "sent",
            "sending answered unheard",
            "nothing changed since",
        ];
        for what in all {
            assert!(self.0.contains_key(what), "never: {what}; {:?}", self.0);
        }
    }
}
