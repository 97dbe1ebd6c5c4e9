//! What a day is worth in pixels, and which days the picture has.

use chrono::{Datelike, Days as Count, Months, NaiveDate};

use super::{DayNo, Entry};

/// What a day is worth, in 1024ths of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scale(i32);

/// How much of a timeline fits the width of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// All of it.
    Fit,
    /// A year.
    Year,
    /// A quarter of a year.
    Quarter,
    /// A month.
    Month,
    /// A week.
    Week,
}

impl Zoom {
    /// From far to near.
    pub const ALL: [Self; 5] = [
        Self::Fit,
        Self::Year,
        Self::Quarter,
        Self::Month,
        Self::Week,
    ];

    fn n_days(self, all: i32) -> i32 {
        match self {
            Self::Fit => all,
            Self::Year => 366,
            Self::Quarter => 92,
            Self::Month => 31,
            Self::Week => 7,
        }
    }
}

impl Scale {
    const ONE: i64 = 1024;
    const LEAST: i64 = 16;
    const MOST: i64 = 400 * Self::ONE;

    /// The scale at which this much of the picture fits a width of the screen.
    pub fn of(zoom: Zoom, days: Days, width: i32) -> Self {
        let n_days = i64::from(zoom.n_days(days.count()).max(1));
        Self::within(i64::from(width.max(1)) * Self::ONE / n_days)
    }

    /// The scale some percent nearer or farther.
    #[must_use]
    pub fn by_percent(self, percent: i32) -> Self {
        Self::within(i64::from(self.0) * i64::from(percent) / 100)
    }

    fn within(value: i64) -> Self {
        let value = value.clamp(Self::LEAST, Self::MOST);
        Self(i32::try_from(value).unwrap_or(i32::MAX))
    }

    /// How many pixels these days take, to the nearest.
    pub fn px(self, n_days: i32) -> i32 {
        nearest(i64::from(n_days) * i64::from(self.0), Self::ONE)
    }

    /// How many days lie within these pixels, to the nearest.
    pub fn days(self, px: i32) -> i32 {
        nearest(i64::from(px) * Self::ONE, i64::from(self.0))
    }
}

fn nearest(value: i64, unit: i64) -> i32 {
    let nearest = (value + unit / 2).div_euclid(unit);
    let limited = nearest.clamp(i64::from(i32::MIN), i64::from(i32::MAX));
    i32::try_from(limited).unwrap_or_default()
}

/// The days of a picture, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: DayNo,
    /// The last day.
    pub last: DayNo,
}

impl Days {
    /// From the first of the month before the first item to the end of the month after the last,
    /// so that every bar can be moved a month beyond the others. None without items.
    pub fn of_calendar(entries: &[Entry]) -> Option<Self> {
        let all = Self::of(entries)?;
        let first = start_of_month(civil(all.first)?)?.checked_sub_months(Months::new(1))?;
        let next = start_of_month(civil(all.last)?)?.checked_add_months(Months::new(2))?;
        Some(Self {
            first: number(first),
            last: number(next.checked_sub_days(Count::new(1))?),
        })
    }

    /// Whole weeks counted from day 0, with four weeks to spare on either side. None without items.
    pub fn of_weeks(entries: &[Entry]) -> Option<Self> {
        const SPARE: i32 = 4;
        let all = Self::of(entries)?;
        Some(Self {
            first: (all.first.div_euclid(7) - SPARE) * 7,
            last: (all.last.div_euclid(7) + SPARE + 1) * 7 - 1,
        })
    }

    fn of(entries: &[Entry]) -> Option<Self> {
        Some(Self {
            first: entries.iter().map(|entry| entry.first).min()?,
            last: entries.iter().map(|entry| entry.last).max()?,
        })
    }

    /// How many there are.
    pub fn count(self) -> i32 {
        (self.last - self.first + 1).max(1)
    }

    /// Whether a day is among them.
    pub fn contains(self, day: DayNo) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

fn start_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)
}

/// A day of the calendar as a number.
pub fn number(day: NaiveDate) -> DayNo {
    day.num_days_from_ce()
}

/// A number as a day of the calendar.
pub fn civil(day: DayNo) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day)
}
