//! Free hours as sets of UTC half-hours of a week, one set per stretch of weeks without a change of
//! zone rules ("season"). The server makes the sets from real zones; anyone may combine them.

use serde::{Deserialize, Serialize};

use crate::form::answer::HourBlock;

/// Half-hours in a week.
pub const HALF_HOURS: usize = 336;

const PER_DAY: usize = 48;
const MINUTES: i32 = 30;
const WORD: usize = 64;
const DIGITS: usize = HALF_HOURS / 4;

/// A set of the 336 half-hours of a UTC week, from Monday 00:00.
///
/// Written as 84 hexadecimal digits, the first half-hour in the highest bit of the first digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WeekBits([u64; 6]);

impl From<WeekBits> for String {
    fn from(bits: WeekBits) -> Self {
        let digit = |idx: usize| {
            let four = idx * 4..idx * 4 + 4;
            four.fold(0, |value, half_hour| {
                value * 2 + u32::from(bits.contains(half_hour))
            })
        };
        (0..DIGITS)
            .filter_map(|idx| char::from_digit(digit(idx), 16))
            .collect()
    }
}

impl TryFrom<String> for WeekBits {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "not 84 hexadecimal digits";
        if text.len() != DIGITS || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(WRONG);
        }
        let padded = format!("{text}000000000000");
        let mut words = [0; 6];
        for (word, digits) in words.iter_mut().zip(padded.as_bytes().chunks(16)) {
            let digits = std::str::from_utf8(digits).map_err(|_| WRONG)?;
            *word = u64::from_str_radix(digits, 16).map_err(|_| WRONG)?;
        }
        Ok(Self(words))
    }
}

impl WeekBits {
    /// Nothing free.
    pub const EMPTY: Self = Self([0; 6]);

    /// Puts a half-hour in. Half-hours beyond the week do not exist and are left out.
    pub fn insert(&mut self, half_hour: usize) {
        if half_hour < HALF_HOURS
            && let Some(word) = self.0.get_mut(half_hour / WORD)
        {
            *word |= bit(half_hour);
        }
    }

    /// Whether a half-hour is in.
    pub fn contains(self, half_hour: usize) -> bool {
        self.0
            .get(half_hour / WORD)
            .is_some_and(|word| word & bit(half_hour) != 0)
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut both = self;
        for (word, other) in both.0.iter_mut().zip(other.0) {
            *word &= other;
        }
        both
    }

    /// How many half-hours are in.
    pub fn count(self) -> u16 {
        self.0
            .iter()
            .map(|word| u16::try_from(word.count_ones()).unwrap_or(0))
            .sum()
    }

    /// Whether nothing is in.
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The half-hours that are in, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..HALF_HOURS).filter(move |half_hour| self.contains(*half_hour))
    }

    /// The same hours as clocks show them that are `minutes_ahead` of UTC: a half-hour counts where
    /// all of it is free.
    #[must_use]
    pub fn to_local(self, minutes_ahead: i32) -> Self {
        shifted(self, minutes_ahead)
    }

    /// From half-hours of a local week, Monday 00:00 first, to UTC.
    ///
    /// The week wraps around. Where an offset is not a multiple of 30 minutes, a half-hour counts
    /// where all of it is free.
    #[must_use]
    pub fn from_local_half_hours(
        half_hours: impl IntoIterator<Item = usize>,
        minutes_ahead: i32,
    ) -> Self {
        shifted(half_hours.into_iter().collect(), -minutes_ahead)
    }

    /// From blocks of a local week to UTC, where clocks are `minutes_ahead` of UTC.
    #[must_use]
    pub fn from_local<'a>(
        blocks: impl IntoIterator<Item = &'a HourBlock>,
        minutes_ahead: i32,
    ) -> Self {
        let half_hours = blocks.into_iter().flat_map(|block| {
            let midnight = usize::from(block.day) * PER_DAY;
            let (from, to) = block.part.hours();
            midnight + usize::from(from) * 2..midnight + usize::from(to) * 2
        });
        Self::from_local_half_hours(half_hours, minutes_ahead)
    }
}

impl FromIterator<usize> for WeekBits {
    fn from_iter<I: IntoIterator<Item = usize>>(half_hours: I) -> Self {
        let mut bits = Self::EMPTY;
        for half_hour in half_hours {
            bits.insert(half_hour);
        }
        bits
    }
}

/// The highest bit of a word is its first half-hour.
fn bit(half_hour: usize) -> u64 {
    1 << (WORD - 1 - half_hour % WORD)
}

/// Everything `minutes` later, around the week. A half-hour of the result is in where both
/// half-hours that it comes from are; they are the same one unless minutes are left over.
fn shifted(bits: WeekBits, minutes: i32) -> WeekBits {
    let week = i32::try_from(HALF_HOURS).unwrap_or(i32::MAX);
    let around = |half_hour: i32| usize::try_from(half_hour.rem_euclid(week)).unwrap_or(0);
    (0..week)
        .filter(|half_hour| {
            let start = half_hour * MINUTES - minutes;
            let first = start.div_euclid(MINUTES);
            let last = (start + MINUTES - 1).div_euclid(MINUTES);
            bits.contains(around(first)) && bits.contains(around(last))
        })
        .map(around)
        .collect()
}

/// Somebody's free hours in each season of the cohort, in the same order for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeHours {
    /// One set per season.
    pub seasons: Vec<WeekBits>,
}

impl FreeHours {
    /// From blocks of a local week: one set per season, for the minutes that clocks are ahead of UTC
    /// in each.
    pub fn from_local<'a>(
        blocks: impl IntoIterator<Item = &'a HourBlock>,
        minutes_ahead: &[i32],
    ) -> Self {
        let blocks: Vec<&HourBlock> = blocks.into_iter().collect();
        let seasons = minutes_ahead
            .iter()
            .map(|minutes| WeekBits::from_local(blocks.iter().copied(), *minutes))
            .collect();
        Self { seasons }
    }

    /// The hours that both have in each season.
    pub fn shared(&self, other: &Self) -> Vec<WeekBits> {
        self.seasons
            .iter()
            .zip(&other.seasons)
            .map(|(one, other)| one.and(*other))
            .collect()
    }

    /// Shared half-hours in the season where they are fewest; none where no season is known of both.
    pub fn shared_in_worst_season(&self, other: &Self) -> Option<u16> {
        let both = self.seasons.iter().zip(&other.seasons);
        both.map(|(one, other)| one.and(*other).count()).min()
    }
}
