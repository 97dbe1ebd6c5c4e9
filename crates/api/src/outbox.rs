//! Mails: what waits, what went, what failed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::id::MailId;

/// A mail without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// Which.
    pub id: MailId,
    /// To whom.
    pub to: String,
    /// Which template.
    pub template: String,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is due, in real time.
    pub due_at: DateTime<Utc>,
    /// When it went.
    pub sent_at: Option<DateTime<Utc>>,
    /// What the last try said.
    pub last_error: Option<String>,
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Waits for its time or the next try.
    Waiting,
    /// Being sent.
    Sending,
    /// Handed over.
    Sent,
    /// Given up; can be tried again.
    Failed,
    /// May or may not have gone; a person decides.
    Ambiguous,
    /// Kept on the server, because it has no SMTP.
    Local,
    /// Held back by the officer.
    Held,
    /// Never sent: nobody needed it any more.
    Dropped,
}

/// A mail with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    /// The rest.
    pub row: MailRow,
    /// The plain text.
    pub body: String,
}
