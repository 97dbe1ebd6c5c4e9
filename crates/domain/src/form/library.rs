//! The default forms, read from the data files in `forms/`: every wording stands there once.
//!
//! In those files a section or question may be named instead of written out, and
//! `{"list": …}` stands for a list of choices, `{"condition": …}` for a named condition,
//! `{"topics": …}` for the topics of all areas, each under the given condition for its area,
//! `{"role": …}` for a condition that holds in the form of one role. What a question's `variants`
//! say for a role takes the place of what it says for both.

mod data;

use serde_json::Value;
use thiserror::Error;

use self::data::Library;
use super::definition::FormDef;
use crate::role::Role;

/// Why the data files do not make a form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LibraryError {
    /// Not JSON, or not of the shape of a form.
    #[error("not a form: {0}")]
    Shape(String),
    /// Something is named that is not there.
    #[error("unknown {what}: {name}")]
    Unknown {
        /// What it should be.
        what: &'static str,
        /// Its name.
        name: String,
    },
}

/// The form that a new cohort starts with.
pub fn default_form(role: Role) -> Result<FormDef, LibraryError> {
    let library = Library::read(role)?;
    let layout: Value = data::parse(match role {
        Role::Mentee => include_str!("../../forms/mentee.json"),
        Role::Mentor => include_str!("../../forms/mentor.json"),
    })?;
    let form = library.resolve(layout)?;
    serde_json::from_value(form).map_err(|error| LibraryError::Shape(error.to_string()))
}
