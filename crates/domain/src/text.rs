//! Text as people write it: normalised once, never rejected for its alphabet.
//!
//! Names and prose of every script pass. What is dropped can be neither seen nor meant: zero-width
//! spaces and byte-order marks. Joiners stay, because scripts and emoji need them.

mod canonical;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// How many marks one letter can carry. No writing needs as many; above that they only cover what
/// stands around.
const MAX_MARKS: usize = 10;

/// The text as it counts: composed (NFC), with plain line breaks, without what is neither seen nor
/// meant, trimmed. A text in which nothing can be seen is empty.
pub fn normalise(text: &str) -> String {
    // Most texts are plain, and every key that is pressed asks.
    if is_plain(text) {
        text.trim().to_owned()
    } else {
        cleaned(text)
    }
}

fn cleaned(text: &str) -> String {
    let visible: String = as_typed(text)
        .chars()
        .filter(|c| !is_invisible(*c))
        .collect();
    if !visible.chars().any(is_seen) {
        return String::new();
    }
    // Dropping a character may bring two together that compose.
    let composed = canonical::composed(closed_isolates(&visible).trim().chars());
    let mut n_marks = 0;
    let is_kept = |c: &char| {
        n_marks = if canonical_combining_class(*c) == 0 {
            0
        } else {
            n_marks + 1
        };
        n_marks <= MAX_MARKS
    };
    composed.chars().filter(is_kept).collect()
}

/// Whether there is nothing in it but what can be seen in ASCII, spaces and line breaks.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'))
}

/// The entries of a pasted list: one a line, without bullets and numbers; a single line is cut at
/// semicolons and bullets. Commas stay: they stand in names and addresses.
pub fn entries(pasted: &str) -> Vec<String> {
    let text = normalise(pasted);
    let is_one_line = !text.contains('\n');
    let is_cut = |c: char| c == '\n' || (is_one_line && matches!(c, ';' | '•' | '‣' | '◦'));
    text.split(is_cut)
        .map(|entry| one_line(without_bullet(entry)))
        .filter(|entry| !entry.is_empty())
        .collect()
}

fn without_bullet(entry: &str) -> &str {
    let entry = entry.trim();
    let first = entry.split_whitespace().next().unwrap_or_default();
    let inner = first.trim_matches(['(', ')', '.', '[', ']']);
    let is_sign = |c: char| matches!(c, '-' | '–' | '—' | '*' | '•' | '·' | '‣' | '◦' | '▪' | '●');
    let is_number = inner.len() < first.len()
        && (1..=3).contains(&inner.len())
        && inner.bytes().all(|byte| byte.is_ascii_digit());
    let is_bullet = first.chars().all(is_sign) || is_number;
    match entry.strip_prefix(first) {
        Some(rest) if is_bullet && !first.is_empty() && !rest.is_empty() => rest.trim(),
        _ => entry.trim_start_matches(['•', '‣', '◦', '▪', '●']),
    }
}

/// The text without isolates that never end, and ends of isolates that never began.
fn closed_isolates(text: &str) -> String {
    const END: char = '\u{2069}';
    let is_start = |c: char| matches!(c, '\u{2066}'..='\u{2068}');
    let mut open: Vec<usize> = Vec::new();
    let mut unmatched: Vec<usize> = Vec::new();
    for (idx, c) in text.char_indices() {
        if is_start(c) {
            open.push(idx);
        } else if c == END && open.pop().is_none() {
            unmatched.push(idx);
        }
    }
    unmatched.extend(open);
    text.char_indices()
        .filter(|(idx, _)| !unmatched.contains(idx))
        .map(|(_, c)| c)
        .collect()
}

/// The text on one line: normalised, every stretch of white space one space.
pub fn one_line(text: &str) -> String {
    let text = normalise(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as it is kept while somebody still types: composed, with plain line breaks and without
/// control characters, else as it is, so that a space before the next word is not taken away.
pub fn as_typed(text: &str) -> String {
    let typed = text.replace("\r\n", "\n");
    canonical::composed(typed.chars().filter_map(|c| match c {
        // Word processors and other systems end lines with these.
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\n' | '\t' => Some(c),
        _ => (!c.is_control()).then_some(c),
    }))
}

/// The same where only one line is possible.
pub fn line_as_typed(text: &str) -> String {
    as_typed(text).replace(['\n', '\t'], " ")
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
    // Decomposed canonically: the tables of compatibility would weigh on every applicant's phone,
    // and what of them stands in names is named here.
    let seen = name
        .chars()
        .filter(|c| !is_apostrophe(*c) && !is_invisible(*c))
        .map(narrow);
    let lower = canonical::decomposed(seen)
        .into_iter()
        .flat_map(char::to_lowercase);
    let lower = canonical::decomposed(lower);
    for c in lower {
        match c {
            'ł' => folded.push('l'),
            'ø' | 'º' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ª' => folded.push('a'),
            'ﬀ' => folded.push_str("ff"),
            'ﬁ' => folded.push_str("fi"),
            'ﬂ' => folded.push_str("fl"),
            'ﬃ' => folded.push_str("ffi"),
            'ﬄ' => folded.push_str("ffl"),
            'ﬅ' | 'ﬆ' => folded.push_str("st"),
            '&' => folded.push_str(" and "),
            '\u{200c}' | '\u{200d}' => {}
            c if is_apostrophe(c) || is_accent(c) => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The wide forms of Latin letters and digits, as some keyboards type them, in their usual width.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether two names are the same once folded.
pub fn same_name(one: &str, other: &str) -> bool {
    let one = fold(one);
    !one.is_empty() && one == fold(other)
}

/// Whether it is neither seen nor meant: spaces without width, soft hyphens, the marks of byte
/// order, embeddings and overrides of direction. Joiners and the marks of direction stay.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// Whether it leaves a trace on paper. Fillers and what only changes its neighbours do not.
fn is_seen(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(
            c,
            '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200c}'..='\u{200f}' | '\u{2066}'..='\u{2069}'
                | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
                | '\u{e0000}'..='\u{e0fff}'
        )
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

    proptest::proptest! {
        #[test]
        fn plain_texts_come_to_the_same_on_the_short_way(text in "[ -~\n]{0,30}") {
            proptest::prop_assert_eq!(normalise(&text), cleaned(&text));
        }
    }

    #[test]
    fn joiners_stay_because_emoji_and_scripts_need_them() {
        assert_eq!(normalise("👩\u{200d}🏫"), "👩\u{200d}🏫");
        assert_eq!(normalise("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn a_text_in_which_nothing_is_seen_is_empty() {
        for blank in [
            "\u{3164}",
            " \u{200d}\u{fe0f} ",
            "\u{2800}\u{a0}",
            "\u{202e}",
            "\0\u{7}",
        ] {
            assert_eq!(normalise(blank), "", "{blank:?}");
        }
    }

    #[test]
    fn direction_is_turned_only_as_far_as_the_text_goes() {
        assert_eq!(normalise("Ana \u{202e}gpj.exe"), "Ana gpj.exe");
        assert_eq!(
            normalise("a \u{2067}אב\u{2069} c"),
            "a \u{2067}אב\u{2069} c"
        );
        assert_eq!(normalise("a \u{2067}אב c"), "a אב c");
        assert_eq!(normalise("a\u{2069} b"), "a b");
        assert_eq!(normalise("שלום\u{200f}!"), "שלום\u{200f}!");
    }

    #[test]
    fn no_letter_carries_more_marks_than_can_be_read() {
        let heap = format!("e{}", "\u{316}".repeat(500));
        assert_eq!(normalise(&heap).chars().count(), 1 + MAX_MARKS);
        assert_eq!(normalise("ế"), "ế");
    }

    #[test]
    fn a_pasted_list_becomes_its_entries() {
        assert_eq!(entries("• Ana Ortiz\r\n•  Bo\r\n\r\n"), ["Ana Ortiz", "Bo"]);
        assert_eq!(entries("1. Ana\n2) Bo\n(3) Chi"), ["Ana", "Bo", "Chi"]);
        assert_eq!(entries("Ortiz, Ana; Bo\tLi"), ["Ortiz, Ana", "Bo Li"]);
        assert_eq!(
            entries("- Quartz Hill\n- St. Mary’s; North"),
            ["Quartz Hill", "St. Mary’s; North"]
        );
        assert_eq!(entries("3M Library"), ["3M Library"]);
        assert_eq!(entries("- "), ["-"]);
        assert_eq!(entries(" \n "), Vec::<String>::new());
    }

    #[test]
    fn what_is_still_being_typed_keeps_its_spaces() {
        assert_eq!(as_typed("I would \r\n"), "I would \n");
        assert_eq!(as_typed("one\u{b}two\u{2028}three\0"), "one\ntwo\nthree");
        assert_eq!(line_as_typed("Ana\nBcc: all "), "Ana Bcc: all ");
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
        assert!(same_name("Ｎｉｈｏｎ　１", "nihon 1"));
        assert!(same_name("Oﬃce of ﬁne Arts", "Office of Fine Arts"));
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
