//! How long a text is, and how that stands to its limit. The browser's counter and the server's
//! check count here.

use unicode_segmentation::UnicodeSegmentation;

use super::definition::{TextLimit, Unit};
use crate::text::normalise;

/// How a text stands to its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Shorter than asked.
    Under,
    /// As asked.
    Within,
    /// As asked, with less than a tenth of the limit left.
    Near,
    /// Above the announced limit, and still accepted.
    Over,
    /// Above the limit that stops sending.
    OverHard,
}

/// How long a text is, once normalised.
pub fn count(text: &str, unit: Unit) -> u32 {
    let text = normalise(text);
    let count = match unit {
        Unit::Words => text.split_whitespace().map(words_in).sum(),
        Unit::Characters => text.graphemes(true).count(),
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// How a text of this length stands to a limit.
pub fn standing(count: u32, limit: TextLimit) -> Standing {
    let (wide, max) = (u64::from(count), u64::from(limit.max));
    if count > limit.hard {
        Standing::OverHard
    } else if count > limit.max {
        Standing::Over
    } else if limit.min.is_some_and(|min| count < min) {
        Standing::Under
    } else if wide * 10 >= max * 9 {
        Standing::Near
    } else {
        Standing::Within
    }
}

/// Words in a stretch without white space: every ideograph and kana is one, and so is every stretch
/// between them that has a letter or a digit.
fn words_in(token: &str) -> usize {
    let own = token.chars().filter(|c| is_word_by_itself(*c)).count();
    let rest = token.split(is_word_by_itself);
    own + rest
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .count()
}

fn is_word_by_itself(c: char) -> bool {
    matches!(c,
        '々' | '〇'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{31f0}'..='\u{31ff}'
        | '\u{ff66}'..='\u{ff9d}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> u32 {
        count(text, Unit::Words)
    }

    #[test]
    fn a_word_is_what_stands_between_spaces_and_has_a_letter_or_digit() {
        assert_eq!(words("One thing — two things: 3 (three)!"), 6);
        assert_eq!(words("well-known don't e.g. 24/7"), 4);
        assert_eq!(words(" • \n - \t … "), 0);
        assert_eq!(words(""), 0);
    }

    #[test]
    fn ideographs_and_kana_count_one_each() {
        assert_eq!(words("図書館で働く"), 6);
        assert_eq!(words("図書館MARC21です"), 3 + 1 + 2);
        assert_eq!(words("도서관에서 일합니다"), 2);
    }

    #[test]
    fn characters_are_what_people_see() {
        assert_eq!(count("👩🏽‍🏫", Unit::Characters), 1);
        assert_eq!(count("Zoe\u{308}", Unit::Characters), 3);
        assert_eq!(count("a\r\nb", Unit::Characters), 3);
    }

    #[test]
    fn the_standing_changes_at_the_limits_and_nowhere_else() {
        let limit = TextLimit {
            unit: Unit::Words,
            min: Some(50),
            max: 250,
            hard: 275,
        };
        let at = |count| standing(count, limit);
        assert_eq!((at(0), at(49)), (Standing::Under, Standing::Under));
        assert_eq!((at(50), at(224)), (Standing::Within, Standing::Within));
        assert_eq!((at(225), at(250)), (Standing::Near, Standing::Near));
        assert_eq!((at(251), at(275)), (Standing::Over, Standing::Over));
        assert_eq!(at(276), Standing::OverHard);
    }
}
