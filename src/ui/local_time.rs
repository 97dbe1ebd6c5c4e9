//! A moment in the reader's own zone.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use crate::dom::{clock, intl};

/// A moment in the reader's zone, in full: "Saturday, March 3, 2018, 6:59 AM".
#[component]
pub fn LocalTime(
    /// The moment.
    at: DateTime<Utc>,
) -> impl IntoView {
    view! { <time datetime=at.to_rfc3339()>{intl::moment_for_reader(at)}</time> }
}

/// A moment by the clocks of a zone, in full. Empty for an unknown zone.
pub fn moment_there(zone: &str, at: DateTime<Utc>) -> String {
    intl::moment_in(zone, at)
}

/// The IANA name of the reader's zone.
pub fn reader_zone_name() -> String {
    intl::reader_zone()
}

/// The IANA names of the zones that this browser knows.
pub fn zone_names() -> Vec<String> {
    intl::zones()
}

/// Weekday and time of day now in a zone: "Monday 6:05 PM". Empty for an unknown zone.
pub fn time_there(zone: &str) -> String {
    intl::weekday_and_time_in(zone, clock::now())
}

/// The civil day in a zone at a moment; the day in UTC for a zone the browser does not know.
pub fn day_in(zone: &str, at: DateTime<Utc>) -> NaiveDate {
    read_numeric(&intl::numeric_day_in(zone, at)).unwrap_or_else(|| at.date_naive())
}

/// Reads "3/2/2018".
fn read_numeric(text: &str) -> Option<NaiveDate> {
    let mut numbers = text
        .split('/')
        .map(|number| number.trim().parse::<u32>().ok());
    let (month, day, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_month_first() {
        assert_eq!(
            read_numeric("3/2/2018"),
            NaiveDate::from_ymd_opt(2018, 3, 2)
        );
        assert_eq!(read_numeric("13/2/2018"), None);
        assert_eq!(read_numeric(""), None);
    }
}
