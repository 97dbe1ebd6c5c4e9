//! What time this browser thinks it is. Only the difference to the server's clock counts.

use chrono::{DateTime, Utc};

/// Now, by this browser's clock.
pub fn now() -> DateTime<Utc> {
    // Milliseconds since 1970 are whole numbers far below the limit of `f64`.
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    let millis = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// Milliseconds since 1970, by this browser's clock.
pub fn millis() -> u64 {
    u64::try_from(now().timestamp_millis()).unwrap_or_default()
}
