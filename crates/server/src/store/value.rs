//! How values are kept: ids and bodies as text, moments as microseconds.

use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{StoreError, Stored};

/// A moment as microseconds since 1970.
pub fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

/// A moment from microseconds since 1970.
pub fn moment(micros: i64) -> Stored<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| StoreError::Unreadable {
        what: "moment",
        cause: micros.to_string(),
    })
}

/// A moment that may be missing.
pub fn moment_if(micros: Option<i64>) -> Stored<Option<DateTime<Utc>>> {
    micros.map(moment).transpose()
}

/// An id from its text.
pub fn id<T>(text: &str) -> Stored<T>
where
    T: FromStr,
    T::Err: Display,
{
    text.parse()
        .map_err(|error: T::Err| unreadable("id", &error))
}

/// A value as JSON text.
pub fn json<T: Serialize>(value: &T) -> Stored<String> {
    serde_json::to_string(value).map_err(|error| unreadable("value", &error))
}

/// A value from JSON text.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Stored<T> {
    serde_json::from_str(text).map_err(|error| unreadable("body", &error))
}

/// The word that serde writes for a variant without fields, such as a state or an office.
pub fn word<T: Serialize>(value: &T) -> Stored<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Err(unreadable("word", &other)),
        Err(error) => Err(unreadable("word", &error)),
    }
}

/// A variant from the word that serde reads.
pub fn from_word<T: DeserializeOwned>(word: &str) -> Stored<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|error| unreadable("word", &error))
}

/// A count as the database keeps numbers.
pub fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unreadable(what: &'static str, cause: &dyn Display) -> StoreError {
    StoreError::Unreadable {
        what,
        cause: cause.to_string(),
    }
}
