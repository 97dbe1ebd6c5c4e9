//! Days on which nobody should be asked for anything: weekends, US federal holidays, and the weeks
//! of an association's conferences. Which of them hold is data of the program.

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// The days a program keeps free, beside weekends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closures {
    /// Whether the federal holidays of the United States count.
    pub federal_holidays: bool,
    /// Holidays and conferences of its own.
    #[serde(default)]
    pub days: Vec<Closure>,
}

impl Default for Closures {
    fn default() -> Self {
        Self {
            federal_holidays: true,
            days: Vec::new(),
        }
    }
}

/// A stretch of days with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// Its name.
    pub name: String,
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
    /// What it is.
    pub kind: ClosureKind,
}

/// What a stretch of days is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureKind {
    /// Nobody works: working days leave it out.
    Holiday,
    /// The association meets: people work, but not on this.
    Conference,
}

impl Closures {
    /// What a day is kept free for: holidays first, by name.
    pub fn on(&self, day: NaiveDate) -> Vec<(ClosureKind, String)> {
        let mut found = Vec::new();
        if let (true, Some(holiday)) = (self.federal_holidays, federal_holiday(day)) {
            found.push((ClosureKind::Holiday, holiday.to_owned()));
        }
        let own = |closure: &&Closure| (closure.first..=closure.last).contains(&day);
        let own = self.days.iter().filter(own);
        found.extend(own.map(|closure| (closure.kind, closure.name.clone())));
        found.sort_by_key(|(kind, _)| *kind == ClosureKind::Conference);
        found
    }

    /// Whether people work on a day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let is_holiday = |(kind, _): &(ClosureKind, String)| *kind == ClosureKind::Holiday;
        !is_weekend(day) && !self.on(day).iter().any(is_holiday)
    }
}

/// Whether a day is a Saturday or a Sunday.
pub fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The federal holiday of the United States that a day is, or on which one is observed: on the
/// Friday before a Saturday, on the Monday after a Sunday (5 U.S.C. § 6103).
pub fn federal_holiday(day: NaiveDate) -> Option<&'static str> {
    let observed = match day.weekday() {
        Weekday::Fri => Some(day + Duration::days(1)),
        Weekday::Mon => Some(day - Duration::days(1)),
        _ => None,
    };
    by_date(day)
        .or_else(|| by_weekday(day))
        .or_else(|| by_date(observed?))
}

fn by_date(day: NaiveDate) -> Option<&'static str> {
    match (day.month(), day.day()) {
        (1, 1) => Some("New Year's Day"),
        // A law of 17 June 2021.
        (6, 19) if day.year() >= 2021 => Some("Juneteenth National Independence Day"),
        (7, 4) => Some("Independence Day"),
        (11, 11) => Some("Veterans Day"),
        (12, 25) => Some("Christmas Day"),
        _ => None,
    }
}

fn by_weekday(day: NaiveDate) -> Option<&'static str> {
    let nth = (day.day() - 1) / 7 + 1;
    let is_last = (day + Duration::days(7)).month() != day.month();
    match (day.month(), day.weekday(), nth) {
        (1, Weekday::Mon, 3) => Some("Birthday of Martin Luther King, Jr."),
        (2, Weekday::Mon, 3) => Some("Washington's Birthday"),
        (5, Weekday::Mon, _) if is_last => Some("Memorial Day"),
        (9, Weekday::Mon, 1) => Some("Labor Day"),
        (10, Weekday::Mon, 2) => Some("Columbus Day"),
        (11, Weekday::Thu, 4) => Some("Thanksgiving Day"),
        _ => None,
    }
}
