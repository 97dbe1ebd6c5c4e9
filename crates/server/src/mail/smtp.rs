//! Hands mails to the server that delivers them.

use std::time::Duration;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::store::outbox::Taken;

/// How long the other server may take for one step.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a mail did not go.
#[derive(Debug)]
pub enum SendError {
    /// It did not go; another try may help.
    Passing(String),
    /// It did not go and never will.
    Final(String),
    /// The connection broke while the mail was handed over: it may have gone.
    Unknown(String),
}

/// The connection to the delivering server. Cheap to clone.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    host: String,
}

impl Smtp {
    /// Reads the URL of the server; nothing is connected yet.
    pub fn new(url: &str, sender: Mailbox, public_url: &str) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
            .timeout(Some(PATIENCE))
            .build();
        let host = public_url.split("://").nth(1).unwrap_or("localhost");
        let host = host
            .split([':', '/'])
            .next()
            .unwrap_or("localhost")
            .to_owned();
        Ok(Self {
            transport,
            sender,
            host,
        })
    }

    /// Sends one mail. Its message id is always the same, so that receivers can drop a second copy.
    pub async fn send(&self, mail: &Taken) -> Result<(), SendError> {
        let message = self
            .message(mail)
            .map_err(|error| SendError::Final(error.to_string()))?;
        // Whatever fails before this is over has surely not sent anything.
        match self.transport.test_connection().await {
            Ok(true) => {}
            Ok(false) => return Err(SendError::Passing("the mail server does not answer".into())),
            Err(error) => return Err(SendError::Passing(error.to_string())),
        }
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(SendError::Final(error.to_string())),
            Err(error) if error.is_transient() => Err(SendError::Passing(error.to_string())),
            Err(error) => Err(SendError::Unknown(error.to_string())),
        }
    }

    fn message(&self, mail: &Taken) -> anyhow::Result<Message> {
        Ok(Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(None, mail.to.parse()?))
            .subject(mail.subject.clone())
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())?)
    }
}
