//! Small checks of texts that people enter outside of forms. All that is wrong is said at once.

use tandem_api::problem::Pointer;

use crate::error::AppError;

/// What is wrong so far.
#[derive(Debug, Default)]
pub struct Check(Vec<Pointer>);

impl Check {
    /// Adds something that is wrong.
    pub fn wrong(&mut self, pointer: &str, code: &str) {
        self.0.push(Pointer {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
        });
    }

    /// One line of text that must be there.
    pub fn line(&mut self, pointer: &str, text: &str, limit: usize) {
        if text.contains('\n') {
            self.wrong(pointer, "forbidden_characters");
        } else {
            self.text(pointer, text, limit);
        }
    }

    /// Text that must be there.
    pub fn text(&mut self, pointer: &str, text: &str, limit: usize) {
        if text.trim().is_empty() {
            self.wrong(pointer, "required");
        } else {
            self.optional(pointer, text, limit);
        }
    }

    /// Text that may be missing.
    pub fn optional(&mut self, pointer: &str, text: &str, limit: usize) {
        if text.chars().count() > limit {
            self.wrong(pointer, "too_long");
        } else if text
            .chars()
            .any(|letter| letter.is_control() && letter != '\n')
        {
            self.wrong(pointer, "forbidden_characters");
        }
    }

    /// A name in addresses.
    pub fn slug(&mut self, pointer: &str, slug: &str) {
        if !is_slug(slug) {
            self.wrong(pointer, "not_a_slug");
        }
    }

    /// Refuses if anything is wrong.
    pub fn done(self) -> Result<(), AppError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(AppError::Invalid(self.0))
        }
    }
}

impl From<Check> for AppError {
    fn from(check: Check) -> Self {
        Self::Invalid(check.0)
    }
}

/// Whether a text can be a name in addresses: lower-case letters, digits, hyphens between them. An
/// id is none, so that the two are never taken for each other.
pub fn is_slug(text: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=60).contains(&text.len())
        && text.bytes().all(letters)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && uuid::Uuid::parse_str(text).is_err()
}
