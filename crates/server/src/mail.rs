//! Mails: worded from templates, put into the outbox with their cause, sent by a worker.

mod smtp;
pub mod wording;
pub mod worker;

use std::io::Write;
use std::sync::Arc;

use tandem_api::outbox::MailState;
use tokio::sync::Notify;

use self::smtp::Smtp;
use crate::config::Config;
use crate::store::audit::Moment;
use crate::store::outbox::{self, NewMail};
use crate::store::{Stored, Tx};

/// Mails about where somebody stands. They wait a little, so that the officer can look at them and
/// hold them back; nobody sits waiting for them.
const LOOKED_AT: [&str; 11] = [
    "application-eligible",
    "application-ineligible",
    "cancelled",
    "draft-reminder",
    "form-changed",
    "info-asked",
    "more-time",
    "moved-back",
    "published-matched",
    "published-unmatched",
    "review-begins",
];

/// How long they wait.
pub const LOOK: chrono::Duration = chrono::Duration::minutes(10);

/// The way out for mails. Cheap to clone.
#[derive(Clone)]
pub struct Post {
    smtp: Option<Smtp>,
    to_terminal: bool,
    waiting: Arc<Notify>,
}

impl Post {
    /// Mails of a demonstration go to the terminal and its mail page, never out.
    pub fn new(config: &Config, demo: bool) -> anyhow::Result<Self> {
        let sender = config.mail_from.parse()?;
        let smtp = match config.smtp_url.as_deref().filter(|_| !demo) {
            Some(url) => Some(Smtp::new(url, sender, &config.public_url)?),
            None => None,
        };
        Ok(Self {
            smtp,
            to_terminal: demo,
            waiting: Arc::default(),
        })
    }

    /// Whether mails stay on this server.
    pub fn is_local(&self) -> bool {
        self.smtp.is_none()
    }

    /// Lets the worker look at once.
    pub fn wake(&self) {
        self.waiting.notify_one();
    }

    /// Puts a mail into the outbox, in the transaction of its cause.
    pub async fn put(&self, tx: &Tx, mail: NewMail, now: Moment) -> Stored<()> {
        let state = if self.is_local() {
            MailState::Local
        } else {
            MailState::Waiting
        };
        if self.to_terminal && mail.urgent {
            terminal(&mail);
        }
        let waits = LOOKED_AT.contains(&mail.template) && !self.is_local();
        let due = if waits { now.real + LOOK } else { now.real };
        outbox::put(tx, mail, state, (now.real, due)).await?;
        self.wake();
        Ok(())
    }

    fn smtp(&self) -> Option<&Smtp> {
        self.smtp.as_ref()
    }

    /// Ends when a mail was put into the outbox.
    async fn waits(&self) {
        self.waiting.notified().await;
    }
}

/// Whether a mail could go there: one address, nothing around it.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.trim().parse::<lettre::Address>().is_ok()
}

/// Shows a mail to whoever started the demonstration, if they still look. Never goes into the log.
fn terminal(mail: &NewMail) {
    let words = format!(
        "--- mail to {}: {}\n{}\n---\n",
        mail.to, mail.subject, mail.body
    );
    std::io::stdout().write_all(words.as_bytes()).ok();
}
