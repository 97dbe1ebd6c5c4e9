//! The sentences of comments, and what is counted of them. Pure.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use tandem_api::comment::{CommentView, MemberName};
use tandem_domain::comment::{About, LONGEST, Piece, pieces};
use tandem_domain::id::{ApplicationId, PersonId};

use crate::pages::pairing::desk::Desk;

/// Somebody of whom something unresolved is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TalkedAbout {
    /// Who.
    pub(super) who: ApplicationId,
    /// How many comments are open.
    pub(super) n_open: usize,
    /// Whether one of them mentions the reader.
    pub(super) mentions_me: bool,
}

/// Everybody of whom something unresolved is said: first where the reader is mentioned, then where
/// most is open.
pub(super) fn talked_about(comments: &[CommentView], me: PersonId) -> Vec<TalkedAbout> {
    let mut people: BTreeMap<ApplicationId, TalkedAbout> = BTreeMap::new();
    for comment in comments.iter().filter(|one| one.resolved.is_none()) {
        for who in comment.about.people() {
            let one = people.entry(who).or_insert(TalkedAbout {
                who,
                n_open: 0,
                mentions_me: false,
            });
            one.n_open += 1;
            one.mentions_me |= comment.mentions.contains(&me);
        }
    }
    let mut people: Vec<TalkedAbout> = people.into_values().collect();
    people.sort_by_key(|one| (!one.mentions_me, std::cmp::Reverse(one.n_open)));
    people
}

/// Everybody of whom, or of whose pair, something unresolved is said.
pub(super) fn commented(comments: &[CommentView]) -> BTreeSet<ApplicationId> {
    let open = comments.iter().filter(|one| one.resolved.is_none());
    open.flat_map(|one| one.about.people()).collect()
}

/// What to say when somebody else's new comment mentions the reader.
pub(super) fn mention(before: &[CommentView], now: &[CommentView], me: PersonId) -> Option<String> {
    let is_new = |one: &&CommentView| before.iter().all(|known| known.id != one.id);
    let mentions_me = |one: &&CommentView| one.by != me && one.mentions.contains(&me);
    let found = now.iter().filter(is_new).find(mentions_me)?;
    Some(format!("{} mentions you in a comment.", found.by_name))
}

/// Who said or resolved something; whoever has left has no name any more.
pub(super) fn author(name: String) -> String {
    if name.is_empty() {
        "somebody who has left".to_owned()
    } else {
        name
    }
}

/// What is wrong with a comment before it is sent.
pub(super) fn problem(text: &str) -> Option<String> {
    let length = text.trim().chars().count();
    if length == 0 {
        Some("Write something first.".to_owned())
    } else if length > LONGEST {
        Some(format!(
            "Shorten it: a comment has at most {LONGEST} characters."
        ))
    } else {
        None
    }
}

/// How much room is left, once that matters.
pub(super) fn left(length: usize, longest: usize) -> String {
    if length * 10 < longest * 8 {
        String::new()
    } else {
        format!("{length} of {longest} characters")
    }
}

/// A text with somebody mentioned at its end.
pub(super) fn with_mention(text: &str, name: &str) -> String {
    let text = text.trim_end();
    let space = if text.is_empty() { "" } else { " " };
    format!("{text}{space}@{name} ")
}

/// "2 comments".
pub(super) fn count(n_comments: usize) -> String {
    match n_comments {
        1 => "1 comment".to_owned(),
        n => format!("{n} comments"),
    }
}

/// The other of a pair that a comment is about.
pub(super) fn with(desk: &Desk, about: About, at: Option<ApplicationId>) -> Option<String> {
    let About::Pair { mentee, mentor } = about else {
        return None;
    };
    let other = if at == Some(mentee) { mentor } else { mentee };
    Some(desk.name(other).to_owned())
}

/// What a comment can be about, as a choice.
pub(super) fn subject(desk: &Desk, about: About) -> String {
    match about {
        About::Board {} => "The board".to_owned(),
        About::Person { who } => desk.name(who).to_owned(),
        About::Pair { mentee, mentor } => {
            format!("The pair {} and {}", desk.name(mentee), desk.name(mentor))
        }
    }
}

/// Members as the domain looks for them.
pub(super) fn members(members: &[MemberName]) -> Vec<(PersonId, String)> {
    members
        .iter()
        .map(|member| (member.id, member.name.clone()))
        .collect()
}

/// A comment with the names it mentions set off.
pub(super) fn marked(text: &str, members: &[(PersonId, String)], me: PersonId) -> Vec<AnyView> {
    let members: Vec<(PersonId, &str)> = members
        .iter()
        .map(|(person, name)| (*person, name.as_str()))
        .collect();
    pieces(text, &members)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.to_owned().into_any(),
            Piece::Mention(text, people) => {
                let is_me = people.contains(&me).then_some("true");
                view! { <strong class="comments__mention" data-me=is_me>{text.to_owned()}</strong> }
                    .into_any()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn uuid(number: u8) -> String {
        format!("00000000-0000-0000-0000-0000000000{number:02}")
    }

    fn app(number: u8) -> ApplicationId {
        uuid(number).parse().unwrap()
    }

    fn person(number: u8) -> PersonId {
        uuid(number).parse().unwrap()
    }

    fn comment(number: u8, about: About, mentions: &[u8]) -> CommentView {
        CommentView {
            id: uuid(number).parse().unwrap(),
            about,
            by: person(9),
            by_name: "Bo".to_owned(),
            at: DateTime::UNIX_EPOCH,
            text: "So.".to_owned(),
            mentions: mentions.iter().map(|one| person(*one)).collect(),
            resolved: None,
        }
    }

    #[test]
    fn where_the_reader_is_mentioned_stands_first() {
        let all = [
            comment(1, About::Person { who: app(1) }, &[]),
            comment(2, About::Person { who: app(1) }, &[]),
            comment(
                3,
                About::Pair {
                    mentee: app(2),
                    mentor: app(3),
                },
                &[7],
            ),
            comment(4, About::Board {}, &[7]),
        ];
        let people = talked_about(&all, person(7));
        let order: Vec<(ApplicationId, usize, bool)> = people
            .iter()
            .map(|one| (one.who, one.n_open, one.mentions_me))
            .collect();
        let expected = [(app(2), 1, true), (app(3), 1, true), (app(1), 2, false)];
        assert_eq!(order, expected);
        assert_eq!(commented(&all), BTreeSet::from([app(1), app(2), app(3)]));
    }

    #[test]
    fn only_a_new_mention_by_somebody_else_is_said() {
        let old = [comment(1, About::Board {}, &[7])];
        let mut now = old.to_vec();
        assert_eq!(mention(&old, &now, person(7)), None);
        now.push(comment(2, About::Board {}, &[7]));
        let said = mention(&old, &now, person(7));
        assert_eq!(said.as_deref(), Some("Bo mentions you in a comment."));
        assert_eq!(mention(&old, &now, person(9)), None);
    }

    #[test]
    fn a_mention_goes_to_the_end() {
        assert_eq!(with_mention("", "Ana Cruz"), "@Ana Cruz ");
        assert_eq!(
            with_mention("What now? ", "Ana Cruz"),
            "What now? @Ana Cruz "
        );
    }

    #[test]
    fn nothing_and_too_much_are_not_sent() {
        assert!(problem(" \n").is_some());
        assert!(problem(&"x".repeat(LONGEST + 1)).is_some());
        assert!(problem("So.").is_none());
    }
}
