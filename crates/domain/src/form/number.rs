//! Numbers as people write them: exact, with at most three places after the point.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How many thousandths make a whole.
const WHOLE: i64 = 1_000;
/// Digits before the point that are read; far above every limit of a form.
const MAX_DIGITS: usize = 12;
/// Digits after the point.
const PLACES: usize = 3;

/// A number with at most three places after the point. In data it is a string: `"2.5"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Decimal(i64);

impl Decimal {
    /// A whole number.
    pub fn whole(number: i32) -> Self {
        Self(i64::from(number) * WHOLE)
    }

    /// Reads what somebody wrote: `7`, `2.5`, `2,5`, `1,000`, `−3`. A comma before exactly three
    /// digits groups thousands; any other comma is the point.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unsigned = text.strip_prefix(['-', '−']);
        let digits = unsigned.unwrap_or(text);
        let (whole, places) = match digits.split_once('.') {
            Some((whole, places)) => (ungrouped(whole)?, places),
            None if is_grouped(digits) => (digits.replace(',', ""), ""),
            None => match digits.split_once(',') {
                Some((whole, places)) => (whole.to_owned(), places),
                None => (digits.to_owned(), ""),
            },
        };
        let has_point = digits.len() > whole.len() && digits.contains(['.', ',']);
        let is_empty =
            whole.is_empty() || (places.is_empty() && has_point && digits.ends_with(['.', ',']));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = whole.len() <= MAX_DIGITS && places.len() <= PLACES;
        if is_empty || !fits || !is_number(&whole) || !is_number(places) {
            return None;
        }
        let thousandths: i64 = format!("{whole}{places:0<PLACES$}").parse().ok()?;
        Some(Self(if unsigned.is_some() {
            -thousandths
        } else {
            thousandths
        }))
    }

    /// The same number in thousandths.
    pub fn thousandths(self) -> i64 {
        self.0
    }

    /// Whether it is so many whole steps away from `start`.
    pub fn is_step_from(self, start: Self, step: Self) -> bool {
        step.0 != 0 && (self.0 - start.0) % step.0 == 0
    }
}

/// The digits of a whole number, thousands ungrouped.
fn ungrouped(whole: &str) -> Option<String> {
    if is_grouped(whole) {
        return Some(whole.replace(',', ""));
    }
    (!whole.contains(',')).then(|| whole.to_owned())
}

/// Whether commas stand where they group thousands.
fn is_grouped(digits: &str) -> bool {
    let mut groups = digits.split(',');
    let first = groups.next().map_or(0, str::len);
    let mut rest = groups.peekable();
    (1..=3).contains(&first) && rest.peek().is_some() && rest.all(|group| group.len() == 3)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, places) = (self.0.abs() / WHOLE, self.0.abs() % WHOLE);
        if places == 0 {
            return write!(f, "{sign}{whole}");
        }
        let places = format!("{places:0>PLACES$}");
        write!(f, "{sign}{whole}.{}", places.trim_end_matches('0'))
    }
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Decimal {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Decimal::parse(text).map(|number| number.to_string())
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, meant) in [
            ("7", "7"),
            (" 007 ", "7"),
            ("2.5", "2.5"),
            ("2,5", "2.5"),
            ("2.50", "2.5"),
            ("1,000", "1000"),
            ("1,234,567.25", "1234567.25"),
            ("-3", "-3"),
            ("−0.125", "-0.125"),
            ("-0", "0"),
        ] {
            assert_eq!(read(written).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed_at() {
        for text in [
            "",
            "-",
            ".",
            "5.",
            "5,",
            ".5",
            "about 3",
            "1e3",
            "0x10",
            "1.2345",
            "1,00,000.0",
            "1.000.000",
            "NaN",
            "٣",
            "1 000",
            "9999999999999",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn steps_are_counted_from_where_they_begin() {
        let at = |text| Decimal::parse(text).unwrap_or(Decimal::whole(0));
        assert!(at("2.5").is_step_from(at("0.5"), at("0.5")));
        assert!(!at("2.5").is_step_from(at("0"), at("1")));
        assert!(!at("2").is_step_from(at("0"), at("0")));
    }
}
