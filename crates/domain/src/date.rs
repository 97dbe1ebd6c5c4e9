//! Civil dates and deadlines. Only the server knows zone rules: a deadline carries the instant that
//! the server computed from its civil time and zone.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// The name of a zone: an IANA name such as `America/Chicago`, or `AoE`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ZoneName(pub String);

impl ZoneName {
    /// "Anywhere on Earth": UTC−12, the last place where a day ends.
    pub const AOE: &'static str = "AoE";

    /// The zone "Anywhere on Earth".
    pub fn aoe() -> Self {
        Self(Self::AOE.to_owned())
    }

    /// Whether this is "Anywhere on Earth".
    pub fn is_aoe(&self) -> bool {
        self.0 == Self::AOE
    }
}

/// The default hidden grace for everybody, in minutes.
pub const DEFAULT_GRACE_MINUTES: u16 = 15;

/// The end of a possibility: a civil time in a zone, and the instant that it means.
///
/// The civil time is *exclusive*: "2 March, end of day" is 3 March, 00:00, so that no last minute
/// is lost. The grace is shown to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// First civil moment at which it is too late.
    pub civil: NaiveDateTime,
    /// Where that civil time is read.
    pub zone: ZoneName,
    /// The same moment in UTC, computed by the server.
    pub instant: DateTime<Utc>,
    /// Minutes after the instant during which a submission is still taken.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub grace_minutes: u16,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn is_zero(minutes: &u16) -> bool {
    *minutes == 0
}

impl Deadline {
    /// Whether something sent at `now` is still accepted, grace included.
    pub fn accepts(&self, now: DateTime<Utc>) -> bool {
        now < self.instant + Duration::minutes(i64::from(self.grace_minutes))
    }

    /// Whether the announced moment has passed, whatever the grace.
    pub fn has_passed(&self, now: DateTime<Utc>) -> bool {
        now >= self.instant
    }

    /// The last civil day on which it is not too late: the day people are told.
    pub fn last_day(&self) -> NaiveDate {
        (self.civil - Duration::seconds(1)).date()
    }

    /// The day it is by the clocks that the deadline is read by, as they will be set then. Who counts
    /// days by it never says "yesterday" while there is time left.
    pub fn day_at(&self, now: DateTime<Utc>) -> NaiveDate {
        let ahead = self.civil - self.instant.naive_utc();
        let by_its_clocks = now.naive_utc().checked_add_signed(ahead);
        by_its_clocks.unwrap_or(now.naive_utc()).date()
    }

    /// The same deadline without its grace, as the public sees it.
    #[must_use]
    pub fn without_grace(mut self) -> Self {
        self.grace_minutes = 0;
        self
    }
}
