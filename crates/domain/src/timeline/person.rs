//! Dates that hold for one person instead of everybody's. They replace, they do not copy: what is
//! not replaced moves with everybody's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::plan::check_when;
use super::wish::EditError;
use super::{Item, Mark, Status, When};
use crate::application::window::Personal;
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
    /// It is too far away, or lasts too short or too long, to mean anything.
    #[error("out of range")]
    OutOfRange,
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
    check_when(when).map_err(|error| match error {
        EditError::EndsBeforeItBegins => PersonDateError::EndsBeforeItBegins,
        _ => PersonDateError::OutOfRange,
    })
}

/// What holds for a person instead of everybody's date, however it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// Instead of which item's.
    pub item: ItemId,
    /// The dates that hold.
    pub when: When,
    /// Why, as the person may read it; may be empty.
    pub reason: String,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// What holds for a person instead of everybody's dates: `own` was granted on the timeline,
/// `more_time` on each of the person's applications, nothing where nothing was granted. Who has two
/// applications is told the earlier of their deadlines, so that nobody comes too late for one.
pub fn instead(
    items: &[Item],
    own: &[PersonDate],
    more_time: &[Option<&Personal>],
) -> Vec<Instead> {
    let of_timeline = own.iter().filter_map(|date| {
        let item = items.iter().find(|item| item.id == date.item)?;
        check(item, &date.when).ok()?;
        Some(Instead {
            item: item.id,
            when: date.when.clone(),
            reason: date.reason.clone(),
            at: date.at,
        })
    });
    of_timeline.chain(closing(items, more_time)).collect()
}

fn closing(items: &[Item], more_time: &[Option<&Personal>]) -> Option<Instead> {
    let stands = |item: &&Item| !matches!(item.status, Status::Planned | Status::Cancelled);
    let item = items.iter().find(|item| item.mark == Mark::Closing)?;
    let everybodys = Some(item).filter(stands)?.when.time()?.instant;
    let all: Option<Vec<&Personal>> = more_time.iter().copied().collect();
    let earliest = all?
        .into_iter()
        .min_by_key(|granted| granted.until.instant)?;
    (earliest.until.instant > everybodys).then(|| Instead {
        item: item.id,
        when: When::Due(earliest.until.clone().without_grace()),
        reason: String::new(),
        at: earliest.at.unwrap_or(item.changed_at),
    })
}

/// The items as they hold for a person.
pub fn replaced(mut items: Vec<Item>, instead: &[Instead]) -> Vec<Item> {
    for date in instead {
        if let Some(item) = items.iter_mut().find(|item| item.id == date.item) {
            item.when = date.when.clone();
            item.changed_at = item.changed_at.max(date.at);
        }
    }
    items
}
