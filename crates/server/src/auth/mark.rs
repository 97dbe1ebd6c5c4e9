//! The mark of a browser: a secret in a cookie that tells whether a request comes from the browser
//! that asked before, also where nobody is signed in.

use std::fmt;

use axum::http::{HeaderMap, HeaderValue};

use super::cookie::{Computer, Cookie};
use super::token;
use crate::config::Config;

/// How long a browser keeps its mark since it was last given: longer than a link works.
const LIFE: i64 = 24 * 3600;

/// The mark of one browser.
#[derive(Clone)]
pub struct Mark {
    secret: String,
    hash: String,
}

impl Mark {
    /// A mark for a browser that has none.
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self::of(token::secret()?))
    }

    /// The mark that a browser sent.
    pub fn read(config: &Config, headers: &HeaderMap) -> Option<Self> {
        Cookie::Browser.read(config, headers).map(Self::of)
    }

    fn of(secret: String) -> Self {
        let hash = token::hash(&secret);
        Self { secret, hash }
    }

    /// The only form in which the server keeps it.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The header that gives it to the browser, or lets it keep it for longer.
    pub fn cookie(&self, config: &Config, computer: Computer) -> anyhow::Result<HeaderValue> {
        Cookie::Browser.set(config, &self.secret, LIFE, computer)
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mark").finish_non_exhaustive()
    }
}
