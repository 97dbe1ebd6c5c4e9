//! What members of the committee say to each other about people, pairs and boards. Nothing of it
//! leaves the committee.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{ApplicationId, PersonId};

/// The longest comment, in characters.
pub const LONGEST: usize = 2_000;

/// What a comment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum About {
    /// The board as a whole.
    Board {},
    /// Somebody, on either side.
    Person {
        /// Who.
        who: ApplicationId,
    },
    /// Two people together, paired or not.
    Pair {
        /// The mentee.
        mentee: ApplicationId,
        /// The mentor.
        mentor: ApplicationId,
    },
}

impl About {
    /// The people it is about.
    pub fn people(self) -> Vec<ApplicationId> {
        match self {
            Self::Board {} => Vec::new(),
            Self::Person { who } => vec![who],
            Self::Pair { mentee, mentor } => vec![mentee, mentor],
        }
    }

    /// Whether it is about somebody, alone or in a pair.
    pub fn concerns(self, someone: ApplicationId) -> bool {
        self.people().contains(&someone)
    }
}

/// A stretch of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Plain(&'a str),
    /// An at sign and a name, and all who have it.
    Mention(&'a str, BTreeSet<PersonId>),
}

impl Piece<'_> {
    /// As it was written.
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Mention(text, _) => text,
        }
    }
}

/// A comment in its pieces. A member is mentioned by an at sign at the beginning of a word, followed
/// by the whole name or, where nobody else has it, by its first word; capitals do not matter. Of
/// several names that fit the longest counts.
pub fn pieces<'a>(text: &'a str, members: &[(PersonId, &str)]) -> Vec<Piece<'a>> {
    let calls = calls(members);
    let mut pieces = Vec::new();
    let (mut plain, mut at, mut before) = (0, 0, None::<char>);
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let begins = letter == '@' && !before.is_some_and(char::is_alphanumeric);
        let rest = text.get(at + 1..).filter(|_| begins).unwrap_or_default();
        let found = calls
            .iter()
            .filter_map(|(call, people)| Some((named(rest, call)?, people)))
            .max_by_key(|(length, _)| *length);
        let Some((length, people)) = found else {
            before = Some(letter);
            at += letter.len_utf8();
            continue;
        };
        let end = at + 1 + length;
        pieces.extend(
            text.get(plain..at)
                .filter(|one| !one.is_empty())
                .map(Piece::Plain),
        );
        pieces.extend(
            text.get(at..end)
                .map(|one| Piece::Mention(one, people.clone())),
        );
        before = text.get(at..end).and_then(|one| one.chars().last());
        (plain, at) = (end, end);
    }
    pieces.extend(
        text.get(plain..)
            .filter(|one| !one.is_empty())
            .map(Piece::Plain),
    );
    pieces
}

/// Everybody whom a comment mentions.
pub fn mentioned(text: &str, members: &[(PersonId, &str)]) -> BTreeSet<PersonId> {
    let pieces = pieces(text, members).into_iter();
    let people = pieces.filter_map(|piece| match piece {
        Piece::Mention(_, people) => Some(people),
        Piece::Plain(_) => None,
    });
    people.flatten().collect()
}

/// What members are called by, and who is.
fn calls<'n>(members: &[(PersonId, &'n str)]) -> Vec<(&'n str, BTreeSet<PersonId>)> {
    let is_called = |call: &str| {
        let all = members.iter().filter(move |(_, name)| same(name, call));
        all.map(|(person, _)| *person).collect::<BTreeSet<_>>()
    };
    let is_first = |call: &str| {
        let all = members.iter().filter(|(_, name)| same(first(name), call));
        all.map(|(person, _)| *person).collect::<BTreeSet<_>>()
    };
    let mut calls = Vec::new();
    for (_, name) in members.iter().filter(|(_, name)| !name.trim().is_empty()) {
        calls.push((name.trim(), is_called(name)));
        let alone = is_first(first(name));
        if alone.len() == 1 {
            calls.push((first(name), alone));
        }
    }
    calls
}

fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

fn same(one: &str, other: &str) -> bool {
    let lower = |name: &str| {
        name.trim()
            .chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    lower(one) == lower(other)
}

/// How many bytes of a text are a name, if it begins with that name as whole words.
fn named(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    match letters.next() {
        Some((_, next)) if next.is_alphanumeric() => None,
        Some((end, _)) => Some(end),
        None => Some(text.len()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn among(text: &str) -> Vec<u128> {
        let members = [
            (person(1), "Ana Cruz"),
            (person(2), "Ana"),
            (person(3), "Bo O'Hara-Lind"),
            (person(4), "Çelik İnan"),
        ];
        let found = mentioned(text, &members).into_iter();
        found.map(|person| person.0.as_u128()).collect()
    }

    #[test]
    fn a_name_after_an_at_sign_mentions_its_bearer() {
        assert_eq!(among("@Ana Cruz, what do you think?"), [1]);
        assert_eq!(among("What do you think, @ana cruz?"), [1]);
        assert_eq!(among("@Bo O'Hara-Lind: yes"), [3]);
        assert_eq!(among("@bo and (@Çelik İnan)"), [3, 4]);
        assert!(among("Ana Cruz, what do you think?").is_empty());
    }

    #[test]
    fn of_two_names_the_longer_counts_and_half_a_name_none() {
        assert_eq!(among("@Ana"), [2]);
        assert_eq!(among("@Ana Cruzado"), [2]);
        assert!(among("@Anabel").is_empty());
        assert!(among("@").is_empty());
    }

    #[test]
    fn an_address_mentions_nobody() {
        assert!(among("write to desk@ana.example").is_empty());
    }

    #[test]
    fn who_has_the_same_name_is_mentioned_too() {
        let members = [(person(1), "Kim Lee"), (person(2), "Kim Lee")];
        assert_eq!(mentioned("@Kim Lee", &members).len(), 2);
        assert!(mentioned("@Kim", &members).is_empty());
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "(@|Ana|Cruz| |é|İ|\\PC){0,12}") {
            let members = [(person(1), "Ana Cruz"), (person(2), "İé")];
            let pieces = pieces(&text, &members);
            let whole: String = pieces.iter().map(Piece::text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
