//! Words in one or more languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text in one or more languages. In data a plain string means English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct L10n(BTreeMap<String, String>);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    English(String),
    Languages(BTreeMap<String, String>),
}

/// The language of the app's own words.
pub const ENGLISH: &str = "en";

impl L10n {
    /// A text in English.
    pub fn english(text: &str) -> Self {
        Self(BTreeMap::from([(ENGLISH.to_owned(), text.to_owned())]))
    }

    /// The text in English, or in whatever language there is; empty when there is none.
    pub fn text(&self) -> &str {
        self.0
            .get(ENGLISH)
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The text in every language there is.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}

impl From<Written> for L10n {
    fn from(written: Written) -> Self {
        match written {
            Written::English(text) => Self(BTreeMap::from([(ENGLISH.to_owned(), text)])),
            Written::Languages(languages) => Self(languages),
        }
    }
}

impl From<L10n> for Written {
    fn from(text: L10n) -> Self {
        match text.0.len() {
            1 if text.0.contains_key(ENGLISH) => {
                Self::English(text.0.into_values().next().unwrap_or_default())
            }
            _ => Self::Languages(text.0),
        }
    }
}
