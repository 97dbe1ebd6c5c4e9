//! What a change is to somebody who was told of the timeline before. Renaming is no news; a date is.

use serde::{Deserialize, Serialize};

use super::log::Changed;
use super::reader::Reader;
use super::{Item, Status};

/// What a changed item is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The reader hears of it for the first time.
    Announced,
    /// Its dates are others.
    Moved,
    /// It will not take place.
    Cancelled,
    /// It will take place after all.
    Restored,
    /// It does not concern the reader any more.
    TakenBack,
}

/// What a changed item is to a reader; nothing, if the reader need not be told.
pub fn news(changed: &Changed<Item>, reader: &Reader) -> Option<News> {
    let before = changed.before.as_ref().filter(|item| is_told(item, reader));
    let after = changed.after.as_ref().filter(|item| is_told(item, reader));
    let is_off = |item: &Item| item.status == Status::Cancelled;
    match (before, after) {
        (None, Some(after)) if !is_off(after) => Some(News::Announced),
        (Some(before), None) if !is_off(before) => Some(News::TakenBack),
        (Some(before), Some(after)) => match (is_off(before), is_off(after)) {
            (false, true) => Some(News::Cancelled),
            (true, false) => Some(News::Restored),
            (false, false) if before.when != after.when => Some(News::Moved),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a reader was told of an item: the committee too is told only of what is announced.
pub fn is_told(item: &Item, reader: &Reader) -> bool {
    item.status != Status::Planned && reader.is_among(item.audience)
}
