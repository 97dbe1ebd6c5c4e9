//! Free hours as sets of UTC half-hours of a week, one set per stretch of weeks without a change of
//! zone rules ("season"). The server makes the sets from real zones; anyone may combine them.

use serde::{Deserialize, Serialize};

/// Half-hours in a week.
pub const HALF_HOURS: usize = 336;

/// A set of the 336 half-hours of a UTC week, from Monday 00:00.
///
/// Written as 84 hexadecimal digits, the first half-hour in the highest bit of the first digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WeekBits([u64; 6]);

impl From<WeekBits> for String {
    fn from(bits: WeekBits) -> Self {
        bits.0.iter().map(|word| format!("{word:016x}")).collect::<Self>()[..84].to_owned()
    }
}

impl TryFrom<String> for WeekBits {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "not 84 hexadecimal digits";
        if text.len() != 84 || !text.is_ascii() {
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

/// Somebody's free hours in each season of the cohort, in the same order for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeHours {
    /// One set per season.
    pub seasons: Vec<WeekBits>,
}
