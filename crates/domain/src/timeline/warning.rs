//! What somebody should know of a date before it is told to people. None of it stops anybody.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::closure::{ClosureKind, Closures, is_weekend};
use super::{Certainty, Edge, Item, Status, When};
use crate::id::ItemId;

/// Something to know of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Of which item.
    pub item: ItemId,
    /// Of which of its dates.
    pub edge: Edge,
    /// The day.
    pub on: NaiveDate,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What is to be known of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum What {
    /// It is a Saturday or a Sunday.
    Weekend,
    /// It is a holiday.
    Holiday {
        /// Its name.
        name: String,
    },
    /// The association meets.
    Conference {
        /// The name of the conference.
        name: String,
    },
    /// It has passed.
    InThePast,
    /// A deadline that people were told comes earlier than they were told.
    EarlierThanAnnounced {
        /// The day they were told.
        told: NaiveDate,
    },
    /// The deadline is read "anywhere on Earth": by clocks elsewhere it ends on the day after.
    AnywhereOnEarth {
        /// When it ends, in UTC.
        ends: DateTime<Utc>,
    },
    /// The time does not exist there: clocks skip it. It is read as the later side.
    ClocksSkipIt,
    /// The time comes twice there: clocks are set back. It is read as the second.
    ClocksRepeatIt,
    /// It lies outside of the days between which it was said to lie.
    OutsideItsWindow {
        /// The earliest day.
        first: NaiveDate,
        /// The latest day.
        last: NaiveDate,
    },
}

/// What a civil time is where clocks are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clocks {
    /// It comes once.
    Once,
    /// Clocks skip it.
    Skipped,
    /// Clocks show it twice.
    Repeated,
}

/// What is to be known of the dates of an item that are new. What only the zones tell is added by
/// [`of_clocks`].
pub fn of_dates(
    before: Option<&Item>,
    after: &Item,
    closures: &Closures,
    today: NaiveDate,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for edge in [Edge::Start, Edge::End] {
        let Some(on) = after.date(edge) else { continue };
        let was = before.and_then(|before| before.date(edge));
        if was == Some(on) && before.map(|before| &before.when) == Some(&after.when) {
            continue;
        }
        let mut warn = |what| {
            warnings.push(Warning {
                item: after.id,
                edge,
                on,
                what,
            });
        };
        of_day(on, closures, &mut warn);
        if on < today {
            warn(What::InThePast);
        }
        if let Certainty::Window { first, last } = after.certainty
            && !(first..=last).contains(&on)
        {
            warn(What::OutsideItsWindow { first, last });
        }
        if let Some(earlier) = earlier_than_told(before, after) {
            warn(earlier.what);
        }
        if let When::Due(deadline) = &after.when
            && deadline.zone.is_aoe()
        {
            // "Anywhere on Earth" is twelve hours behind, whatever the clocks do.
            let ends = deadline.civil.and_utc() + Duration::hours(12);
            warn(What::AnywhereOnEarth { ends });
        }
    }
    warnings
}

/// That a deadline comes earlier than people were told, whatever clocks it was and is read by.
pub(super) fn earlier_than_told(before: Option<&Item>, after: &Item) -> Option<Warning> {
    let before = before.filter(|before| before.status == Status::Announced)?;
    let (When::Due(deadline), Some(was)) = (&after.when, before.when.time()) else {
        return None;
    };
    (deadline.instant < was.instant).then(|| Warning {
        item: after.id,
        edge: Edge::End,
        on: after.when.days().1,
        what: What::EarlierThanAnnounced {
            told: before.when.days().1,
        },
    })
}

fn of_day(on: NaiveDate, closures: &Closures, warn: &mut impl FnMut(What)) {
    if is_weekend(on) {
        warn(What::Weekend);
    }
    for (kind, name) in closures.on(on) {
        warn(match kind {
            ClosureKind::Holiday => What::Holiday { name },
            ClosureKind::Conference => What::Conference { name },
        });
    }
}

/// What is to be known of a time of day, once somebody looked at the clocks there.
pub fn of_clocks(item: &Item, clocks: Clocks) -> Option<Warning> {
    let what = match clocks {
        Clocks::Once => return None,
        Clocks::Skipped => What::ClocksSkipIt,
        Clocks::Repeated => What::ClocksRepeatIt,
    };
    Some(Warning {
        item: item.id,
        edge: Edge::End,
        on: item.when.days().1,
        what,
    })
}
