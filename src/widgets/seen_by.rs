//! Who reads an answer, and why it is asked: beside every question, made from its definition.

use leptos::prelude::*;
use tandem_domain::form::definition::{Audience, Question};

use crate::ui::icon::{Icon, Shape};

/// The lines below a question.
#[component]
pub fn SeenBy(
    /// Which question.
    question: Question,
) -> impl IntoView {
    let why = question.why.text().to_owned();
    view! {
        <p class="seen-by">
            <Icon shape=Shape::Person />
            <span>
                {seen_by_words(&question)}
                {(!why.is_empty()).then(|| format!(" Why we ask: {why}"))}
            </span>
        </p>
    }
}

/// "Seen by you, the program officer and the chair."
pub fn seen_by_words(question: &Question) -> String {
    let readers: Vec<&str> = question
        .seen_by
        .iter()
        .filter_map(|audience| reader(*audience))
        .collect();
    let mut words = if readers.is_empty() {
        "Seen by you alone.".to_owned()
    } else {
        let everybody: Vec<&str> = std::iter::once("you").chain(readers).collect();
        format!("Seen by {}.", listed(&everybody))
    };
    let opened: Vec<&str> = question
        .may_be_opened_to()
        .into_iter()
        .filter_map(reader)
        .collect();
    if !opened.is_empty() {
        words = format!("{words} If you say so below, also by {}.", listed(&opened));
    }
    if question.seen_by.contains(&Audience::Statistics) {
        words.push_str(" Counted in statistics, in groups of five or more.");
    }
    words
}

fn reader(audience: Audience) -> Option<&'static str> {
    match audience {
        Audience::Officer => Some("the program officer"),
        Audience::Chair => Some("the chair"),
        Audience::Subcommittee => Some("the people who pair"),
        Audience::Liaison => Some("your liaison"),
        Audience::Partner => Some("your match once pairs are announced"),
        Audience::Statistics => None,
    }
}

fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(rest: &str) -> Question {
        let json = format!(r#"{{"id":"q","kind":"yes_no","label":"Q"{rest}}}"#);
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn readers_are_named_as_people_know_them() {
        let question = question(r#","seen_by":["officer","chair","partner"]"#);
        assert_eq!(
            seen_by_words(&question),
            "Seen by you, the program officer, the chair and your match once pairs are announced."
        );
    }

    #[test]
    fn statistics_are_no_reader() {
        let question = question(r#","seen_by":["statistics"]"#);
        assert_eq!(
            seen_by_words(&question),
            "Seen by you alone. Counted in statistics, in groups of five or more."
        );
    }

    #[test]
    fn what_the_owner_may_open_is_said() {
        let shared = r#","seen_by":["officer"],"shared":[{"with":"partner","when":{"yes":"ok"}}]"#;
        assert_eq!(
            seen_by_words(&question(shared)),
            "Seen by you and the program officer. If you say so below, also by your match once \
             pairs are announced."
        );
    }
}
