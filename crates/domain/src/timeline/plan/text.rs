//! The texts of items: what may stand in them.

use crate::form::locale::L10n;
use crate::timeline::wish::EditError;

/// The longest name.
const TITLE: usize = 120;
/// The longest sentence about an item, or reason of a constraint.
const BODY: usize = 2000;
/// The longest name of a row.
const LANE: usize = 40;

/// A name: one line that must be there.
pub(super) fn title(text: &L10n) -> Result<(), EditError> {
    if text.is_empty() || text.text().trim().is_empty() {
        return Err(EditError::TitleMissing);
    }
    all(text, TITLE, char::is_control)
}

/// A few sentences.
pub(super) fn body(text: &L10n) -> Result<(), EditError> {
    all(text, BODY, |letter| letter.is_control() && letter != '\n')
}

/// The name of a row.
pub(super) fn lane(text: &str) -> Result<(), EditError> {
    one(text, LANE, char::is_control)
}

fn all(text: &L10n, limit: usize, is_wrong: impl Fn(char) -> bool) -> Result<(), EditError> {
    text.texts()
        .try_for_each(|text| one(text, limit, &is_wrong))
}

fn one(text: &str, limit: usize, is_wrong: impl Fn(char) -> bool) -> Result<(), EditError> {
    if text.chars().count() > limit || text.chars().any(is_wrong) {
        return Err(EditError::WrongText);
    }
    Ok(())
}
