//! What is wrong with an answer, in words that say how to mend it.

use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::{Kind, Question, QuestionId, Unit};

/// A sentence for the reader, the same beside the field and in the summary.
pub fn problem_words(question: &Question, code: &ProblemCode) -> String {
    match code {
        ProblemCode::Required => missing(question),
        ProblemCode::MustConfirm => {
            let label = question.label.text();
            format!("Tick this box to go on: {}", label.trim_end_matches('.'))
        }
        ProblemCode::TooLong { count, max } => {
            let over = count.saturating_sub(*max);
            let unit = unit(question, over);
            format!("Shorten this answer by {over} {unit}: it has {count}, {max} is the most.")
        }
        ProblemCode::TooShort { count, min } => {
            let unit = unit(question, *min);
            format!("Write a little more: this answer needs at least {min} {unit} and has {count}.")
        }
        ProblemCode::TooFew { count, min } => too_few(question, *count, *min),
        ProblemCode::TooMany { count, max } => {
            format!("Choose {max} at most: {count} are chosen.")
        }
        ProblemCode::NumberOutOfRange { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("Enter a number from {min} to {max}."),
            (Some(min), None) => format!("Enter a number that is at least {min}."),
            (None, Some(max)) => format!("Enter a number that is at most {max}."),
            (None, None) => "Enter another number.".to_owned(),
        },
        ProblemCode::NotAStep { step } => format!("Enter a number in steps of {step}."),
        ProblemCode::FileTooLarge { max } => {
            let megabytes = max / 1_048_576;
            format!(
                "This file is larger than {megabytes} MB. Choose a smaller one, or paste the text instead."
            )
        }
        ProblemCode::InItem { item, at, problem } => in_round(question, *item, at, problem),
        code => always(code).to_owned(),
    }
}

/// The words of a problem that are the same for every question.
fn always(code: &ProblemCode) -> &'static str {
    match code {
        ProblemCode::ForbiddenCharacters => {
            "This answer has invisible characters that cannot be kept. Type it again, or paste it \
             as plain text."
        }
        ProblemCode::UnknownChoice => "What was chosen is no longer offered. Please choose again.",
        ProblemCode::Repeated => "The same is named twice. Remove one of the two.",
        ProblemCode::NotTogether => {
            "“None of these” cannot stand together with another choice. Untick one."
        }
        ProblemCode::NotAnEmail => "Enter an e-mail address in full, such as name@example.org.",
        ProblemCode::NotALink => {
            "Enter a web address that begins with https://, such as https://example.org/you."
        }
        ProblemCode::NotATimeZone => "Choose a time zone from the list.",
        ProblemCode::NotAPlace => {
            "Choose a country, and a state or territory if it is the United States."
        }
        ProblemCode::DateOutOfRange => "Check the date: it lies too far back or too far ahead.",
        ProblemCode::EndsBeforeItBegins => "The last day must not come before the first.",
        ProblemCode::OwnName => "This is your own name. Name somebody else, or remove it.",
        ProblemCode::NotANumber => "Enter a number in digits, such as 2 or 2.5.",
        ProblemCode::NotADate => "Enter day, month and year of a real day.",
        ProblemCode::WrongFormat => {
            "This kind of file is not taken. Choose another, or paste the text instead."
        }
        ProblemCode::Unconfirmed => {
            "This comes from an earlier time. Say whether it is still right."
        }
        ProblemCode::Frozen => "This answer can no longer be changed.",
        _ => "This answer could not be read. Please give it again.",
    }
}

fn in_round(question: &Question, item: u32, at: &QuestionId, problem: &ProblemCode) -> String {
    let Kind::Repeat {
        questions,
        item: name,
        ..
    } = &question.kind
    else {
        return problem_words(question, problem);
    };
    let words = questions
        .iter()
        .find(|question| question.id == *at)
        .map_or_else(String::new, |inner| problem_words(inner, problem));
    format!("{} {}: {words}", name.text(), item + 1)
}

fn missing(question: &Question) -> String {
    let label = question
        .label
        .text()
        .trim_end_matches(['?', '.', ':', '…'])
        .trim();
    match question.kind {
        Kind::Single { .. } | Kind::Multi { .. } | Kind::Scale { .. } | Kind::YesNo => {
            format!("Choose an answer: {label}")
        }
        Kind::Rank { .. } => format!("Choose at least one: {label}"),
        Kind::Grid { .. } => format!("Choose for at least one: {label}"),
        Kind::Confirm => format!("Tick this box to go on: {label}"),
        Kind::TimeZone => "Choose your time zone.".to_owned(),
        Kind::Place => "Choose a country.".to_owned(),
        Kind::WeeklyHours { .. } => {
            "Choose the times at which you could usually meet, or say that it varies.".to_owned()
        }
        Kind::YearMonth => format!("Enter month and year: {label}"),
        Kind::Number { .. } => format!("Enter a number: {label}"),
        Kind::Date { .. } => format!("Enter day, month and year: {label}"),
        Kind::File { .. } => format!("Choose a file, or paste the text: {label}"),
        Kind::Repeat { .. } => format!("Fill in at least one: {label}"),
        _ => format!("Enter an answer: {label}"),
    }
}

fn too_few(question: &Question, count: u32, min: u32) -> String {
    match question.kind {
        Kind::WeeklyHours { .. } => {
            format!("Choose at least {min} times, or say that it varies. {count} chosen so far.")
        }
        Kind::Grid { .. } => "Choose at least one area in which you can help.".to_owned(),
        _ => format!("Choose at least {min}. {count} chosen so far."),
    }
}

fn unit(question: &Question, count: u32) -> &'static str {
    let is_words = match &question.kind {
        Kind::LongText { limit } | Kind::ShortText { limit } | Kind::Lines { limit, .. } => {
            limit.unit == Unit::Words
        }
        _ => false,
    };
    match (is_words, count) {
        (true, 1) => "word",
        (true, _) => "words",
        (false, 1) => "character",
        (false, _) => "characters",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &str) -> Question {
        let json = format!(r#"{{"id":"q","kind":{kind},"label":"Tell us why?"}}"#);
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn what_is_missing_says_what_to_do() {
        let text = question(r#"{"long_text":{"limit":{"unit":"words","max":60,"hard":66}}}"#);
        assert_eq!(
            problem_words(&text, &ProblemCode::Required),
            "Enter an answer: Tell us why"
        );
        let yes_no = question(r#""yes_no""#);
        assert_eq!(
            problem_words(&yes_no, &ProblemCode::Required),
            "Choose an answer: Tell us why"
        );
    }

    #[test]
    fn too_long_says_by_how_much() {
        let text = question(r#"{"long_text":{"limit":{"unit":"words","max":60,"hard":66}}}"#);
        let code = ProblemCode::TooLong { count: 67, max: 66 };
        assert_eq!(
            problem_words(&text, &code),
            "Shorten this answer by 1 word: it has 67, 66 is the most."
        );
    }
}
