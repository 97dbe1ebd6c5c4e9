//! Text as people write it: normalised once, never rejected for its alphabet.
//!
//! Names and prose of every script pass. What is dropped can be neither seen nor meant: zero-width
//! spaces and byte-order marks. Joiners stay, because scripts and emoji need them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// The text as it counts: composed (NFC), with plain line breaks, without invisible spaces, trimmed.
pub fn normalise(text: &str) -> String {
    let visible: String = as_typed(text)
        .chars()
        .filter(|c| !is_invisible(*c))
        .collect();
    // Dropping a character may bring two together that compose.
    visible.trim().nfc().collect()
}

/// The text on one line: normalised, every stretch of white space one space.
pub fn one_line(text: &str) -> String {
    let text = normalise(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as it is kept while somebody still types: composed, with plain line breaks, else as it
/// is, so that a space before the next word is not taken away.
pub fn as_typed(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .nfc()
        .collect()
}

/// Whether it holds characters that cannot be kept: control characters other than line break and
/// tab.
pub fn has_forbidden(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// The form in which two e-mail addresses are compared.
pub fn email_norm(email: &str) -> String {
    normalise(email).to_lowercase()
}

/// The form in which names of people and institutions are compared: without case, accents,
/// punctuation and apostrophes of any kind, `&` read as "and".
///
/// Empty where there is no letter or digit; such a name equals nothing, see [`same_name`].
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let decomposed = name
        .chars()
        .filter(|c| !is_apostrophe(*c) && !is_invisible(*c))
        .nfkd();
    let lower = decomposed.flat_map(char::to_lowercase).nfkd();
    for c in lower {
        match c {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '&' => folded.push_str(" and "),
            '\u{200c}' | '\u{200d}' => {}
            c if is_apostrophe(c) || is_accent(c) => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names are the same once folded.
pub fn same_name(one: &str, other: &str) -> bool {
    let one = fold(one);
    !one.is_empty() && one == fold(other)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | '‘'
            | '’'
            | '‛'
            | '′'
            | 'ʹ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ʾ'
            | 'ʿ'
            | 'ˈ'
            | '＇'
    )
}

/// Whether it is a mark without which the word stays the same word. Vowel signs, nuktas and viramas
/// of other scripts are letters in effect, and stay.
fn is_accent(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 10..=36 | 200..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_composed_trimmed_and_freed_of_what_nobody_sees() {
        assert_eq!(
            normalise(" \u{feff}Zoe\u{308}\u{200b} \r\nline\r "),
            "Zoë \nline"
        );
        assert_eq!(normalise("e\u{200b}\u{301}"), "é");
        assert_eq!(one_line(" a \n\t b "), "a b");
    }

    #[test]
    fn joiners_stay_because_emoji_and_scripts_need_them() {
        assert_eq!(normalise("👩\u{200d}🏫"), "👩\u{200d}🏫");
        assert_eq!(normalise("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn what_is_still_being_typed_keeps_its_spaces() {
        assert_eq!(as_typed("I would \r\n"), "I would \n");
    }

    #[test]
    fn control_characters_are_forbidden_and_letters_of_no_alphabet_are() {
        assert!(has_forbidden("a\0b"));
        assert!(has_forbidden("a\u{1b}[0m"));
        assert!(has_forbidden("\u{85}"));
        assert!(!has_forbidden("line\nline\ttab"));
        assert!(!has_forbidden("Nguyễn Ọlábísí Koʻolau 李 שלום <script>"));
    }

    #[test]
    fn addresses_compare_without_case() {
        assert_eq!(email_norm(" Ada@Mail.EXAMPLE "), "ada@mail.example");
    }

    #[test]
    fn names_of_institutions_compare_as_people_mean_them() {
        assert!(same_name("Koʻolau University", "KOOLAU UNIVERSITY"));
        assert!(same_name("St. Mary’s College", "St Mary's  College"));
        assert!(same_name("Tamarack & Sons, Inc.", "Tamarack and Sons Inc"));
        assert!(same_name("Universität Łódź", "universitat lodz"));
        assert!(same_name("STRASSE", "Straße"));
        assert!(!same_name("Bayou Grand University", "Bayou Grand College"));
    }

    #[test]
    fn signs_that_carry_meaning_are_not_folded_away() {
        assert!(!same_name("か", "が"));
        assert!(!same_name("दिल", "दल"));
        assert!(!same_name("กุ", "ก"));
    }

    #[test]
    fn a_name_without_letters_equals_nothing() {
        assert!(!same_name("—", "…"));
        assert!(!same_name("", ""));
    }
}
