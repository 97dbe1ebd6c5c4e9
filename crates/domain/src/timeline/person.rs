//! Dates that hold for one person instead of everybody's. They replace, they do not copy: what is
//! not replaced moves with everybody's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Item, Mark, Status, When};
use crate::id::{ItemId, PersonDateId, PersonId};

/// A date that holds for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDate {
    /// Its id.
    pub id: PersonDateId,
    /// Instead of which item's.
    pub item: ItemId,
    /// For whom.
    pub person: PersonId,
    /// The dates that hold.
    pub when: When,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub by: PersonId,
    /// When it was granted.
    pub at: DateTime<Utc>,
}

/// Why a date cannot hold for one person alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PersonDateError {
    /// Nobody was told of the item, or it was cancelled.
    #[error("the item was not announced")]
    NotAnnounced,
    /// It is another kind of date.
    #[error("another kind of date")]
    OtherKind,
    /// The whole cohort has this date, or none. More time to apply is granted on the application.
    #[error("everybody has this date")]
    Everybodys,
    /// It ends before it begins.
    #[error("ends before it begins")]
    EndsBeforeItBegins,
}

/// Checks a date for one person against everybody's.
pub fn check(item: &Item, when: &When) -> Result<(), PersonDateError> {
    if matches!(item.status, Status::Planned | Status::Cancelled) {
        return Err(PersonDateError::NotAnnounced);
    }
    if matches!(
        item.mark,
        Mark::Call | Mark::Closing | Mark::PairingComplete
    ) {
        return Err(PersonDateError::Everybodys);
    }
    if std::mem::discriminant(&item.when) != std::mem::discriminant(when) {
        return Err(PersonDateError::OtherKind);
    }
    let (start, end) = when.days();
    if start > end {
        return Err(PersonDateError::EndsBeforeItBegins);
    }
    Ok(())
}

/// The items as they hold for a person.
pub fn replaced(mut items: Vec<Item>, own: &[PersonDate], person: PersonId) -> Vec<Item> {
    for date in own.iter().filter(|date| date.person == person) {
        let item = items.iter_mut().find(|item| item.id == date.item);
        if let Some(item) = item.filter(|item| check(item, &date.when).is_ok()) {
            item.when = date.when.clone();
            item.changed_at = item.changed_at.max(date.at);
        }
    }
    items
}
