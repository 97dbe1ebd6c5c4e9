//! Changes and findings of a form in words.

use std::collections::BTreeSet;

use tandem_domain::form::change::bounds::Reason;
use tandem_domain::form::change::{Change, Class, What};
use tandem_domain::form::definition::{Audience, FormDef};
use tandem_domain::form::lint::{FindingCode, MAX_PAGES};

/// What a change means for those who answer.
pub fn class_words(class: Class) -> &'static str {
    match class {
        Class::Cosmetic => "Nothing changes for those who answer",
        Class::OptionalAdded => "They may answer more",
        Class::Widened => "What they answered is as good as before",
        Class::RequiredAdded => "They must answer more",
        Class::Narrowed => "What they answered may no longer do",
        Class::AudienceChanged => "Others read what they answered",
        Class::Removed => "What they answered no longer counts",
        Class::MeaningChanged => "They are asked again",
    }
}

/// One change, with the question it is about.
pub fn change_words(form: &FormDef, change: &Change) -> String {
    let Some(id) = &change.question else {
        return format!("The form as a whole: {}", what_words(&change.what));
    };
    let label = form.question(id).map_or_else(
        || id.to_string(),
        |question| question.label.text().to_owned(),
    );
    match &change.within {
        Some(within) => format!("“{label}”, {within}: {}", what_words(&change.what)),
        None => format!("“{label}”: {}", what_words(&change.what)),
    }
}

fn what_words(what: &What) -> String {
    match what {
        What::Added { required: true } => "new, must be answered".to_owned(),
        What::Added { required: false } => "new, may be answered".to_owned(),
        What::Removed => "gone".to_owned(),
        What::Retired => "no longer asked, kept for readers".to_owned(),
        What::MeaningChanged => "means something else".to_owned(),
        What::KindChanged => "takes another kind of answer".to_owned(),
        What::Stricter { by } => format!("stricter in {}", reasons(by)),
        What::Looser { by } => format!("looser in {}", reasons(by)),
        What::ConditionChanged => "asked or offered under another condition".to_owned(),
        What::ShownToMore { to } => format!("now also read by {}", audiences(to)),
        What::ShownToFewer { to } => format!("no longer read by {}", audiences(to)),
        What::Moved { from, to } => format!("moved from page {from} to page {to}"),
        What::Reworded => "other words".to_owned(),
        What::HandledDifferently => "handled differently, the words are the same".to_owned(),
    }
}

fn reasons(by: &BTreeSet<Reason>) -> String {
    let words: Vec<&str> = by
        .iter()
        .map(|reason| match reason {
            Reason::Required => "whether it must be answered",
            Reason::Length => "how long it may be",
            Reason::Count => "how many there may be",
            Reason::Choices => "what can be chosen",
            Reason::Range => "which numbers, days or sizes are taken",
            Reason::Frozen => "until when it can be changed",
        })
        .collect();
    words.join(", ")
}

fn audiences(to: &BTreeSet<Audience>) -> String {
    let words: Vec<&str> = to
        .iter()
        .map(|audience| match audience {
            Audience::Officer => "the program officer",
            Audience::Chair => "the chair",
            Audience::Subcommittee => "the people who pair",
            Audience::Liaison => "the liaison",
            Audience::Partner => "the match",
            Audience::Statistics => "statistics",
        })
        .collect();
    words.join(", ")
}

/// Something to mend.
pub fn finding_words(code: &FindingCode) -> String {
    match code {
        FindingCode::TooManyPages { count } => format!(
            "The form has {count} pages. People finish {MAX_PAGES} at most: put questions together."
        ),
        FindingCode::Empty { id } => format!("{id} is empty."),
        FindingCode::RepeatedName { id } => format!("The name {id} is used twice."),
        FindingCode::RepeatedQuestion => "Two questions have this name.".to_owned(),
        FindingCode::NoLabel => "It has no label.".to_owned(),
        FindingCode::NoWhy => "It does not say why it is asked.".to_owned(),
        FindingCode::NoChoices => "There is nothing to choose from.".to_owned(),
        FindingCode::LimitsInDisorder => "Its limits let no answer through.".to_owned(),
        FindingCode::UnknownQuestion { named } => {
            format!("Its condition names {named}, which the form does not ask.")
        }
        FindingCode::ForwardReference { named } => {
            format!("Its condition names {named}, which comes later.")
        }
        FindingCode::UnknownChoice { named, choice } => {
            format!("It names the choice {choice}, which {named} does not have.")
        }
        FindingCode::WrongKind { named } => {
            format!("Its condition looks for something that answers to {named} never have.")
        }
        FindingCode::Unreachable => "It is never asked.".to_owned(),
        FindingCode::RequiredButNeverAsked => {
            "It must be answered and is never asked: nobody could send the form.".to_owned()
        }
        FindingCode::ChoiceNeverOffered { choice } => {
            format!("The choice {choice} is never offered.")
        }
    }
}
