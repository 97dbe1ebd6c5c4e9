//! Characters as Unicode composes and decomposes them canonically.
//!
//! The iterators of `unicode-normalization` bring the tables of compatibility along, which nothing
//! here asks for: more than half of all its tables. Its functions of single characters do
//! not.

use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

use crate::order;

/// Composed (NFC).
pub(super) fn composed(chars: impl Iterator<Item = char>) -> String {
    let mut whole: Vec<char> = Vec::new();
    let mut base: Option<usize> = None;
    let mut last_class = 0;
    for c in decomposed(chars) {
        let class = canonical_combining_class(c);
        let is_next = base.is_some_and(|base| whole.len() == base + 1);
        // A mark of the same or a higher class in between keeps it from its letter.
        let is_free = is_next || last_class < class;
        let joined = base
            .filter(|_| is_free)
            .and_then(|base| whole.get_mut(base))
            .and_then(|letter| compose(*letter, c).map(|joined| *letter = joined));
        if joined.is_some() {
            continue;
        }
        if class == 0 {
            base = Some(whole.len());
        }
        last_class = class;
        whole.push(c);
    }
    whole.into_iter().collect()
}

/// Decomposed (NFD), the marks of each letter in the order of their class.
pub(super) fn decomposed(chars: impl Iterator<Item = char>) -> Vec<char> {
    let mut all = Vec::new();
    let mut marks = Vec::new();
    for c in chars {
        decompose_canonical(c, |part| {
            if canonical_combining_class(part) == 0 {
                take_sorted(&mut marks, &mut all);
                all.push(part);
            } else {
                marks.push(part);
            }
        });
    }
    take_sorted(&mut marks, &mut all);
    all
}

fn take_sorted(marks: &mut Vec<char>, all: &mut Vec<char>) {
    if marks.len() > 1 {
        order::sort_by_key(marks, |mark| canonical_combining_class(*mark));
    }
    all.append(marks);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn agrees(text: &str) {
        assert_eq!(
            composed(text.chars()),
            text.nfc().collect::<String>(),
            "{text:?}"
        );
        let parts: String = decomposed(text.chars()).into_iter().collect();
        assert_eq!(parts, text.nfd().collect::<String>(), "{text:?}");
    }

    proptest! {
        #[test]
        fn any_text_is_composed_as_unicode_says(text: String) {
            agrees(&text);
        }

        #[test]
        fn letters_under_many_marks_are_composed_as_unicode_says(
            text in "[aeouAi\u{3bd}\u{3c9}\u{5e9}\u{304c}\u{304b}\u{ac00}\u{ac01}\u{1100}\u{1161}\u{11a8}\u{300}-\u{34f}\u{591}-\u{5c7}\u{64b}-\u{65f}\u{3099}\u{309a}\u{f71}-\u{f84}\u{1dc0}-\u{1dff}]{0,24}"
        ) {
            agrees(&text);
        }
    }

    #[test]
    fn every_character_alone_and_after_a_letter() {
        for c in '\0'..='\u{2ffff}' {
            agrees(&format!("{c}a{c}\u{323}\u{301}"));
        }
    }
}
