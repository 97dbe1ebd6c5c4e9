//! Everything that is kept about somebody: downloaded, or erased.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::application::ApplicationState;
use tandem_domain::form::answer::Answers;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use crate::application::{HistoryLine, InfoRequestView};

/// Answer of `GET /api/me/export`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnData {
    /// When it was put together, in real time.
    pub at: DateTime<Utc>,
    /// The name to use.
    pub name: String,
    /// The address.
    pub email: String,
    /// Every application, newest first.
    pub applications: Vec<OwnApplication>,
    /// Mails to the person that are kept, newest first: when, and what about.
    pub mails: Vec<OwnMail>,
}

/// One application with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnApplication {
    /// Which.
    pub id: ApplicationId,
    /// To which cohort.
    pub cohort: String,
    /// In which role.
    pub role: Role,
    /// Where it stands.
    pub state: ApplicationState,
    /// The reference people quote.
    pub reference: Option<String>,
    /// What the questions are called.
    pub questions: BTreeMap<QuestionId, String>,
    /// The answers as they were saved last.
    pub answers: Answers,
    /// Answers to questions that are no longer asked.
    pub aside: Answers,
    /// What was sent, oldest first.
    pub sent: Vec<OwnSubmission>,
    /// What the committee asked, and the answers.
    pub info_requests: Vec<InfoRequestView>,
    /// What happened to it, as its owner reads it, newest first.
    pub history: Vec<HistoryLine>,
}

/// Something that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSubmission {
    /// Counts up with each sending.
    pub number: u32,
    /// When it arrived, in program time.
    pub at: DateTime<Utc>,
    /// SHA-256 of it, in hexadecimal, as on the receipt.
    pub content_hash: String,
    /// The answers.
    pub answers: Answers,
}

/// A mail that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMail {
    /// When it was written, in real time.
    pub at: DateTime<Utc>,
    /// Its subject.
    pub subject: String,
}

/// Body of `POST /api/me/erasure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erase {
    /// The own address once more, so that nobody erases by mistake.
    pub email: String,
}
