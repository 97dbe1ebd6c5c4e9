//! Civil dates and stretches of time in words. Moments in the reader's zone are worded by the
//! browser, in `dom::intl`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use tandem_domain::application::window::{Left, left};

/// The months of a year.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of a week.
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// "March".
pub fn month(day: NaiveDate) -> &'static str {
    MONTHS
        .get(day.month0() as usize)
        .copied()
        .unwrap_or_default()
}

/// "Friday".
pub fn weekday(day: NaiveDate) -> &'static str {
    WEEKDAYS
        .get(day.weekday().num_days_from_monday() as usize)
        .copied()
        .unwrap_or_default()
}

/// "Friday, March 2, 2018".
pub fn long_day(day: NaiveDate) -> String {
    format!(
        "{}, {} {}, {}",
        weekday(day),
        month(day),
        day.day(),
        day.year()
    )
}

/// "March 2, 2018".
pub fn day(day: NaiveDate) -> String {
    format!("{} {}, {}", month(day), day.day(), day.year())
}

/// "Mar 2".
pub fn short_day(day: NaiveDate) -> String {
    format!("{} {}", month(day).get(..3).unwrap_or_default(), day.day())
}

/// "11:59 PM".
pub fn time(at: NaiveDateTime) -> String {
    let (afternoon, hour) = at.hour12();
    format!(
        "{hour}:{:02} {}",
        at.minute(),
        if afternoon { "PM" } else { "AM" }
    )
}

/// What is left until a moment, in words that do not hurry: days, then hours, then minutes.
/// Nothing once it has passed.
pub fn time_left(until: DateTime<Utc>, now: DateTime<Utc>) -> Option<String> {
    let (count, unit) = match left(until, now) {
        Left::Passed => return None,
        Left::Days(days) => (days, "day"),
        Left::Hours(hours) => (hours, "hour"),
        Left::Minutes(minutes) => (minutes.max(1), "minute"),
    };
    let plural = if count == 1 { "" } else { "s" };
    Some(format!("{count} {unit}{plural} left"))
}

/// How far a day lies from today: "today", "tomorrow", "in 12 days", "3 days ago".
pub fn distance(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn civil(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_worded_with_their_weekday() {
        assert_eq!(long_day(civil("2018-03-02")), "Friday, March 2, 2018");
        assert_eq!(short_day(civil("2018-05-14")), "May 14");
    }

    #[test]
    fn noon_and_midnight_are_told_apart() {
        assert_eq!(
            time(civil("2018-03-02").and_hms_opt(0, 5, 0).unwrap()),
            "12:05 AM"
        );
        assert_eq!(
            time(civil("2018-03-02").and_hms_opt(12, 0, 0).unwrap()),
            "12:00 PM"
        );
        assert_eq!(
            time(civil("2018-03-02").and_hms_opt(23, 59, 0).unwrap()),
            "11:59 PM"
        );
    }

    #[test]
    fn what_is_left_goes_from_days_to_minutes_and_ends() {
        let end = at("2018-03-03T12:00:00Z");
        assert_eq!(
            time_left(end, at("2018-02-28T11:00:00Z")).unwrap(),
            "3 days left"
        );
        assert_eq!(
            time_left(end, at("2018-03-02T12:00:00Z")).unwrap(),
            "24 hours left"
        );
        assert_eq!(
            time_left(end, at("2018-03-03T10:59:00Z")).unwrap(),
            "1 hour left"
        );
        assert_eq!(
            time_left(end, at("2018-03-03T11:59:50Z")).unwrap(),
            "1 minute left"
        );
        assert_eq!(time_left(end, end), None);
    }

    #[test]
    fn a_day_is_told_from_today() {
        assert_eq!(distance(1), "tomorrow");
        assert_eq!(distance(55), "in 55 days");
        assert_eq!(distance(0), "today");
        assert_eq!(distance(-1), "yesterday");
        assert_eq!(distance(-18), "18 days ago");
    }
}
