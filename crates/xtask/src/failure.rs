//! What went wrong, and what the reader can do about it.

use std::fmt;

/// A step that failed, in plain words.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: Option<String>,
}

/// The result of a step.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure whose message says all there is to say.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: None,
        }
    }

    /// Adds what to do about it.
    pub fn remedy(self, remedy: impl Into<String>) -> Self {
        Self {
            remedy: Some(remedy.into()),
            ..self
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stopped: {}", self.what)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\nWhat to do: {remedy}"),
            None => Ok(()),
        }
    }
}
