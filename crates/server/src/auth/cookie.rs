//! The two cookies: the session, and the mark of a browser that asked for a link.
//!
//! With https they are `__Host-` cookies; on plain http (loopback) they go by plain names.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::config::Config;

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Who is signed in.
    Session,
    /// Which browser asked for a link.
    Browser,
}

/// Whose computer it is. A browser that says that others use it, too, keeps no cookie of ours
/// once it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Computer {
    /// The reader's own.
    #[default]
    Own,
    /// One that others use, too.
    Shared,
}

impl Computer {
    /// What the browser says of itself: the app sets this cookie, which ends with the browser.
    pub fn read(headers: &HeaderMap) -> Self {
        match find(headers, "tandem-shared") {
            Some("1") => Self::Shared,
            _ => Self::Own,
        }
    }
}

impl Cookie {
    fn name(self, config: &Config) -> &'static str {
        match (self, config.is_https()) {
            (Self::Session, true) => "__Host-tandem",
            (Self::Session, false) => "tandem",
            (Self::Browser, true) => "__Host-tandem-browser",
            (Self::Browser, false) => "tandem-browser",
        }
    }

    /// What the browser sent.
    pub fn read(self, config: &Config, headers: &HeaderMap) -> Option<String> {
        find(headers, self.name(config)).map(str::to_owned)
    }

    /// The header that makes the browser keep a value for so many seconds, or, on a computer that
    /// others use, until it is closed.
    pub fn set(
        self,
        config: &Config,
        value: &str,
        seconds: i64,
        computer: Computer,
    ) -> anyhow::Result<HeaderValue> {
        let name = self.name(config);
        let secure = if config.is_https() { "; Secure" } else { "" };
        let until = match computer {
            Computer::Own => format!("; Max-Age={seconds}"),
            Computer::Shared => String::new(),
        };
        let line = format!("{name}={value}; Path=/{until}; HttpOnly; SameSite=Strict{secure}");
        Ok(HeaderValue::from_str(&line)?)
    }

    /// The header that makes the browser forget the cookie.
    pub fn clear(self, config: &Config) -> anyhow::Result<HeaderValue> {
        self.set(config, "", 0, Computer::Own)
    }
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_bound_to_the_host_with_https_and_comes_back() {
        let config = Config::local("https://mentoring.example.org");
        let line = Cookie::Session
            .set(&config, "abc", 60, Computer::Own)
            .unwrap();
        assert_eq!(
            line,
            "__Host-tandem=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure"
        );
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("x=1; __Host-tandem=abc"),
        );
        assert_eq!(
            Cookie::Session.read(&config, &headers).as_deref(),
            Some("abc")
        );
        assert_eq!(Cookie::Browser.read(&config, &headers), None);
    }

    #[test]
    fn on_a_shared_computer_nothing_outlives_the_browser() {
        let mut headers = HeaderMap::new();
        assert_eq!(Computer::read(&headers), Computer::Own);
        let said = HeaderValue::from_static("tandem=x; tandem-shared=1");
        headers.insert(header::COOKIE, said);
        assert_eq!(Computer::read(&headers), Computer::Shared);
        let config = Config::local("http://127.0.0.1:8080");
        let line = Cookie::Session
            .set(&config, "abc", 60, Computer::Shared)
            .unwrap();
        assert_eq!(line, "tandem=abc; Path=/; HttpOnly; SameSite=Strict");
    }
}
