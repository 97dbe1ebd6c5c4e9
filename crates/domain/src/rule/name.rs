//! Names of institutions: when two are the same, and when they are so much alike that a person
//! should look.

use std::cell::OnceCell;

use crate::order;
use crate::text::fold;

/// Words that say little about which institution is meant.
const GENERIC: &[&str] = &[
    "the",
    "of",
    "at",
    "in",
    "for",
    "and",
    "de",
    "la",
    "le",
    "university",
    "univ",
    "college",
    "library",
    "libraries",
    "school",
    "institute",
    "inc",
    "llc",
    "ltd",
    "co",
    "corp",
    "company",
];

/// How many letters may differ between long names, and between shorter ones.
const LONG: (usize, usize) = (12, 2);
const SHORT: (usize, usize) = (5, 1);

/// A name of an institution, read so that it can be compared.
pub(crate) struct Name {
    words: Vec<String>,
    telling: OnceCell<String>,
}

impl Name {
    /// Reads a name.
    pub(crate) fn of(name: &str) -> Self {
        Self {
            words: words(name),
            telling: OnceCell::new(),
        }
    }

    /// Whether both name the same institution. An empty name is nobody's.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        !self.words.is_empty() && self.words == other.words
    }

    /// Whether the names are different but alike: the same telling words, or one or two letters
    /// apart. Names whose numbers differ are not alike.
    pub(crate) fn is_similar(&self, other: &Self) -> bool {
        if self.is_same(other) {
            return false;
        }
        let (one, other) = (self.telling(), other.telling());
        if one.is_empty() || other.is_empty() {
            return false;
        }
        let (one_length, other_length) = (one.chars().count(), other.chars().count());
        let allowed = [LONG, SHORT]
            .into_iter()
            .find_map(|(letters, allowed)| {
                (one_length.min(other_length) >= letters).then_some(allowed)
            })
            .unwrap_or(0);
        one_length.abs_diff(other_length) <= allowed
            && digits(one) == digits(other)
            && (one == other || distance(one, other) <= allowed)
    }

    /// The telling words in alphabetical order.
    fn telling(&self) -> &str {
        self.telling.get_or_init(|| {
            let words = self.words.iter().map(String::as_str);
            let telling = order::set(words.filter(|word| !GENERIC.contains(word)));
            telling.into_iter().collect::<Vec<_>>().join(" ")
        })
    }
}

/// The folded words; an article at the front is no part of a name.
fn words(name: &str) -> Vec<String> {
    let folded = if name.is_ascii() {
        folded_ascii(name)
    } else {
        fold(name)
    };
    let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
    if words.len() > 1 && words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    words
}

/// What `fold` makes of a name without accents, in a fraction of the time: a board compares every
/// institution with every other.
fn folded_ascii(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '\'' | '`' => {}
            '&' => folded.push_str(" and "),
            _ if letter.is_ascii_alphanumeric() => folded.push(letter.to_ascii_lowercase()),
            _ => folded.push(' '),
        }
    }
    folded
}

fn digits(name: &str) -> String {
    name.chars().filter(char::is_ascii_digit).collect()
}

/// How many letters must be put in, left out, changed or exchanged with their neighbour.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut last = None;
    for (idx, letter) in one.chars().enumerate() {
        let mut next = vec![idx + 1];
        for (column, wanted) in other.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX);
            let changed = at(&row, column) + usize::from(letter != *wanted);
            let mut fewest = changed
                .min(at(&row, column + 1) + 1)
                .min(at(&next, column) + 1);
            let exchanged =
                column > 0 && last == Some(*wanted) && other.get(column - 1) == Some(&letter);
            if exchanged {
                fewest = fewest.min(at(&before, column - 1) + 1);
            }
            next.push(fewest);
        }
        before = std::mem::replace(&mut row, next);
        last = Some(letter);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        Name::of(one).is_same(&Name::of(other))
    }

    fn similar(one: &str, other: &str) -> bool {
        Name::of(one).is_similar(&Name::of(other))
    }

    #[test]
    fn spelling_does_not_make_another_institution() {
        assert!(same("Koʻolau University", "  KO'OLAU   university "));
        assert!(same("The Universidad del Yunque", "universidad del yunque"));
        assert!(same(
            "Potomac Law & Policy Library",
            "Potomac Law and Policy Library"
        ));
        assert!(same("Meridian Stacks, Inc.", "Meridian Stacks Inc"));
        assert!(same("Université Laval", "Universite\u{301} Laval"));
        assert!(!same("", " - "));
    }

    #[test]
    fn names_that_are_alike_are_looked_at() {
        for (one, other) in [
            ("University of Northfield", "Northfield University"),
            ("Harborgate University", "Harborgaet University"),
            ("Harborgate University", "Harborgate Univ. Libraries"),
            ("Meridian Stacks, Inc.", "Meridian Stack"),
        ] {
            assert!(
                similar(one, other) && similar(other, one),
                "{one} / {other}"
            );
        }
    }

    #[test]
    fn different_names_are_left_alone() {
        for (one, other) in [
            ("Lake Ansel University", "Lake Arbor University"),
            ("Three Falls University", "Twin Rivers University"),
            ("Ohio Valley State University", "Ohio Valley University"),
            ("Branch 12 Library", "Branch 13 Library"),
            ("Agat College", "Agar College"),
            ("The Library", "The University"),
            ("Haw River College", "Haw River College"),
        ] {
            assert!(
                !similar(one, other) && !similar(other, one),
                "{one} / {other}"
            );
        }
    }

    #[test]
    fn names_without_accents_fold_as_all_others() {
        let every: String = (0..128u8).map(char::from).collect();
        let names = [
            "St. Mary's & Co.",
            "  The  `Old' Library-School ",
            "A&B",
            every.as_str(),
        ];
        for name in names {
            let words = folded_ascii(name);
            assert_eq!(
                words.split_whitespace().collect::<Vec<_>>().join(" "),
                fold(name)
            );
        }
    }

    #[test]
    fn the_distance_counts_exchanged_neighbours_once() {
        assert_eq!(distance("harborgate", "harborgaet"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
