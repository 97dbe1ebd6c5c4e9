//! Mails: worded from templates, put into the outbox with their cause, sent by a worker.

pub mod wording;
pub(crate) mod worker;

use std::sync::Arc;

use lettre::message::Mailbox;
use tandem_api::outbox::MailState;
use tokio::sync::Notify;

use crate::config::Config;
use crate::store::audit::Moment;
use crate::store::outbox::{self, NewMail};
use crate::store::{Stored, Tx};

/// The way out for mails. Cheap to clone.
#[derive(Clone)]
pub struct Post {
    sender: Mailbox,
    smtp_url: Option<String>,
    to_terminal: bool,
    waiting: Arc<Notify>,
}

impl Post {
    /// Mails of a demonstration go to the terminal and its mail page, never out.
    pub fn new(config: &Config, demo: bool) -> anyhow::Result<Self> {
        Ok(Self {
            sender: config.mail_from.parse()?,
            smtp_url: config.smtp_url.clone().filter(|_| !demo),
            to_terminal: demo,
            waiting: Arc::default(),
        })
    }

    /// Whether mails stay on this server.
    pub fn is_local(&self) -> bool {
        self.smtp_url.is_none()
    }

    /// Lets the worker look at once.
    pub fn wake(&self) {
        self.waiting.notify_one();
    }

    /// Ends when a mail was put into the outbox.
    pub(crate) async fn waits(&self) {
        self.waiting.notified().await;
    }

    /// Puts a mail into the outbox, in the transaction of its cause.
    pub async fn put(&self, tx: &Tx, mail: NewMail, now: Moment) -> Stored<()> {
        let state = if self.is_local() { MailState::Local } else { MailState::Waiting };
        if self.to_terminal && mail.urgent {
            terminal(&mail);
        }
        outbox::put(tx, mail, state, now.real).await?;
        self.waiting.notify_one();
        Ok(())
    }
}

/// Shows a mail to whoever started the demonstration. Never goes into the log.
#[expect(clippy::print_stdout, reason = "the terminal is where the demonstration's mails go")]
fn terminal(mail: &NewMail) {
    println!("--- mail to {}: {}\n{}\n---", mail.to, mail.subject, mail.body);
}

/// Whether a mail could go there: one address, nothing around it.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.trim().parse::<lettre::Address>().is_ok()
}
