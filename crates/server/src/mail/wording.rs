//! The words of mails: one text file each, the first line the subject.

use std::sync::OnceLock;

use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// A mail in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Why a mail could not be worded. Always a bug: templates and their values belong together.
#[derive(Debug, thiserror::Error)]
pub enum WordingError {
    /// The template lacks a value or is wrong.
    #[error("{0:#}")]
    Template(#[from] minijinja::Error),
    /// The template does not begin with its subject.
    #[error("the template {0} does not begin with a subject")]
    NoSubject(String),
}

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/mail/", $name, ".txt")))),+]
    };
}

/// Every template.
const TEMPLATES: &[(&str, &str)] = templates![
    "application-eligible",
    "application-ineligible",
    "application-received",
    "application-restored",
    "application-withdrawn",
    "cancelled",
    "confirm-address",
    "dates-changed",
    "draft-reminder",
    "form-changed",
    "info-asked",
    "late-link",
    "member-added",
    "mentioned",
    "more-time",
    "moved-back",
    "no-account",
    "own-date",
    "pairing-begins",
    "published-matched",
    "published-unmatched",
    "review-begins",
    "sign-in",
    "sign-off",
];

/// Fills in a template. A value that is missing is an error.
pub fn write(template: &str, context: &impl Serialize) -> Result<Worded, WordingError> {
    let text = environment()?
        .get_template(template)?
        .render(minijinja::value::Serde(context))?;
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let Some(subject) = head.strip_prefix("Subject: ") else {
        return Err(WordingError::NoSubject(template.to_owned()));
    };
    // Whatever people wrote, a subject stays one line.
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Worded {
        subject,
        body: format!("{}\n", body.trim_end()),
    })
}

fn environment() -> Result<&'static Environment<'static>, minijinja::Error> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    if let Some(environment) = ENVIRONMENT.get() {
        return Ok(environment);
    }
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(ENVIRONMENT.get_or_init(|| environment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_template_is_well_formed_and_begins_with_its_subject() {
        for (name, text) in TEMPLATES {
            assert!(environment().unwrap().get_template(name).is_ok(), "{name}");
            assert!(text.starts_with("Subject: "), "{name}");
            assert_eq!(text.lines().nth(1), Some(""), "{name}");
        }
    }

    #[test]
    fn a_subject_stays_one_line_and_a_missing_value_is_an_error() {
        let cohort = json!({
            "name": "Ana", "program": "A\nBcc: x@example.org", "cohort": "2018", "link": "",
            "offices": "chair", "by": "Bo",
        });
        let worded = write("member-added", &cohort).unwrap();
        assert!(worded.subject.contains("A Bcc: x@example.org"));
        assert!(write("member-added", &json!({ "name": "Ana" })).is_err());
    }
}
