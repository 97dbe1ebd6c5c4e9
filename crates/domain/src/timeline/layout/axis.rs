//! Which lines and words the axis shows: as fine as there is room for, and what that is part of.

use chrono::{Datelike, Months, NaiveDate};

use super::scale::{civil, number};
use super::{DayNo, Days, Scale};

/// What the axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Days, months and years.
    Calendar,
    /// Weeks from a cohort's day 0.
    Weeks,
}

/// What a tick begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// A week; on a calendar it begins with Monday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// This many years.
    Years(i32),
    /// This many weeks from day 0.
    Weeks(i32),
}

impl Unit {
    /// The least room that its words need, in pixels.
    pub fn room(self) -> i32 {
        match self {
            Self::Day => 22,
            Self::Week
            | Self::Month
            | Self::Quarter
            | Self::Year
            | Self::Years(_)
            | Self::Weeks(_) => 34,
        }
    }
}

/// A line of the axis and the room for its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tick {
    /// What it begins.
    pub unit: Unit,
    /// Its first day.
    pub day: DayNo,
    /// Its left edge.
    pub x: i32,
    /// Its width.
    pub width: i32,
}

/// The axis in two rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticks {
    /// The finer row.
    pub fine: Vec<Tick>,
    /// What the finer row is part of.
    pub coarse: Vec<Tick>,
    /// Saturdays and Sundays, where days are wide enough to tell.
    pub weekends: Vec<Tick>,
}

/// The least width of a day at which weekends are told.
const ROOM_FOR_WEEKEND: i32 = 5;

/// The ticks that can be seen between two pixels.
pub(super) fn ticks(axis: Axis, scale: Scale, days: Days, from: i32, to: i32) -> Ticks {
    let seen = Days {
        first: days
            .first
            .max(days.first.saturating_add(scale.days(from)) - 1),
        last: days
            .last
            .min(days.first.saturating_add(scale.days(to)).saturating_add(1)),
    };
    let place = |unit| place(unit, scale, days, seen);
    let (fine, coarse) = units(axis, scale);
    let has_weekends = axis == Axis::Calendar && scale.px(1) >= ROOM_FOR_WEEKEND;
    let weekends = if has_weekends {
        weekends(scale, days, seen)
    } else {
        Vec::new()
    };
    Ticks {
        fine: place(fine),
        coarse: coarse.map(place).unwrap_or_default(),
        weekends,
    }
}

/// The finest unit whose words find room, and the one above it.
fn units(axis: Axis, scale: Scale) -> (Unit, Option<Unit>) {
    // As wide as the shortest of them.
    let fits = |unit: Unit, n_days: i32| scale.px(n_days) >= unit.room();
    if axis == Axis::Weeks {
        let n_weeks = [1, 2, 4, 13, 26, 52, 104, 260];
        let fits = |n_weeks: &i32| fits(Unit::Weeks(*n_weeks), n_weeks * 7);
        return (
            Unit::Weeks(n_weeks.into_iter().find(fits).unwrap_or(520)),
            None,
        );
    }
    if fits(Unit::Day, 1) {
        (Unit::Day, Some(Unit::Month))
    } else if fits(Unit::Week, 7) {
        (Unit::Week, Some(Unit::Month))
    } else if fits(Unit::Month, 28) {
        (Unit::Month, Some(Unit::Year))
    } else if fits(Unit::Quarter, 90) {
        (Unit::Quarter, Some(Unit::Year))
    } else if fits(Unit::Year, 365) {
        (Unit::Year, None)
    } else {
        let fits = |n_years: &i32| fits(Unit::Years(*n_years), n_years * 365);
        let n_years = [2, 5, 10, 20, 50].into_iter().find(fits).unwrap_or(100);
        (Unit::Years(n_years), None)
    }
}

/// The ticks of a unit from the one that holds the first day seen.
fn place(unit: Unit, scale: Scale, days: Days, seen: Days) -> Vec<Tick> {
    let mut ticks = Vec::new();
    let mut at = start(unit, seen.first);
    while let Some(day) = at.filter(|day| *day <= seen.last) {
        let next = next(unit, day);
        let x = scale.px(day.max(days.first) - days.first);
        let end = next.map_or(days.last, |next| (next - 1).min(days.last));
        ticks.push(Tick {
            unit,
            day,
            x,
            width: scale.px(end + 1 - days.first) - x,
        });
        at = next;
    }
    ticks
}

fn weekends(scale: Scale, days: Days, seen: Days) -> Vec<Tick> {
    let ticks = place(Unit::Week, scale, days, seen);
    let saturdays = ticks.into_iter().map(|week| week.day + 5);
    saturdays
        .filter(|day| *day <= days.last && *day + 1 >= days.first)
        .map(|day| {
            let x = scale.px(day.max(days.first) - days.first);
            let end = (day + 1).min(days.last);
            Tick {
                unit: Unit::Day,
                day,
                x,
                width: scale.px(end + 1 - days.first) - x,
            }
        })
        .collect()
}

/// The first day of the unit that holds a day.
fn start(unit: Unit, day: DayNo) -> Option<DayNo> {
    match unit {
        Unit::Day => Some(day),
        // Day 1 of the common era was a Monday.
        Unit::Week => Some((day - 1).div_euclid(7) * 7 + 1),
        Unit::Weeks(n_weeks) => Some(day.div_euclid(n_weeks * 7) * n_weeks * 7),
        Unit::Month => civil(day)?.with_day(1).map(number),
        Unit::Quarter => {
            let day = civil(day)?;
            first_of(day.year(), day.month0() / 3 * 3 + 1)
        }
        Unit::Year => first_of(civil(day)?.year(), 1),
        Unit::Years(n_years) => {
            let year = civil(day)?.year();
            first_of(year.div_euclid(n_years) * n_years, 1)
        }
    }
}

fn next(unit: Unit, day: DayNo) -> Option<DayNo> {
    let months = |n_months| {
        let next = civil(day)?.checked_add_months(Months::new(n_months))?;
        Some(number(next))
    };
    match unit {
        Unit::Day => day.checked_add(1),
        Unit::Week => day.checked_add(7),
        Unit::Weeks(n_weeks) => day.checked_add(n_weeks * 7),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
        Unit::Years(n_years) => months(n_years.unsigned_abs() * 12),
    }
}

fn first_of(year: i32, month: u32) -> Option<DayNo> {
    NaiveDate::from_ymd_opt(year, month, 1).map(number)
}
