//! One pass in order: which questions are asked, and which answers count.

use std::collections::BTreeSet;

use super::Reading;
use crate::form::answer::{Answer, Answers, NamedPerson, is_blank};
use crate::form::condition::Given;
use crate::form::definition::{Choice, FormDef, Kind, Question, Slug};
use crate::form::number::Decimal;
use crate::form::place;
use crate::form::syntax::{complete_link, day};
use crate::text::{normalise, one_line};

/// Reads the answers. A condition sees only what counts of earlier questions.
pub(super) fn read(form: &FormDef, answers: &Answers, returning: bool) -> Reading {
    let mut reading = Reading {
        visible: BTreeSet::new(),
        answers: Answers::new(),
    };
    for section in &form.sections {
        let given = Given {
            answers: &reading.answers,
            returning,
        };
        if !section
            .visible
            .as_ref()
            .is_none_or(|cond| cond.holds(given))
        {
            continue;
        }
        for question in section.pages.iter().flat_map(|page| &page.questions) {
            if let Some(settled) = ask(question, answers, &reading.answers, returning) {
                if let Some(answer) = settled {
                    reading.answers.insert(question.id.clone(), answer);
                }
                reading.visible.insert(question.id.clone());
            }
        }
    }
    reading
}

/// What counts of the answer to a question; none at all, if it is not asked.
#[expect(
    clippy::option_option,
    reason = "not asked and not answered are different things, told apart at once"
)]
fn ask(
    question: &Question,
    answers: &Answers,
    earlier: &Answers,
    returning: bool,
) -> Option<Option<Answer>> {
    let given = Given {
        answers: earlier,
        returning,
    };
    let is_asked = !question.retired
        && question
            .visible
            .as_ref()
            .is_none_or(|cond| cond.holds(given));
    is_asked.then(|| settle(question, answers.get(&question.id)?, given))
}

/// Reads one round of questions that are asked several times. Their conditions see what counts
/// outside, and what comes before in the same round.
pub(super) fn read_item(questions: &[Question], item: &Answers, given: Given<'_>) -> Reading {
    let mut reading = Reading {
        visible: BTreeSet::new(),
        answers: Answers::new(),
    };
    let mut earlier = given.answers.clone();
    for question in questions {
        // The same name outside means another answer.
        earlier.remove(&question.id);
    }
    for question in questions {
        let Some(settled) = ask(question, item, &earlier, given.returning) else {
            continue;
        };
        if let Some(answer) = settled {
            earlier.insert(question.id.clone(), answer.clone());
            reading.answers.insert(question.id.clone(), answer);
        }
        reading.visible.insert(question.id.clone());
    }
    reading
}

/// The choices that are offered.
pub(super) fn offered<'a>(
    choices: &'a [Choice],
    given: Given<'a>,
) -> impl Iterator<Item = &'a Choice> + use<'a> {
    choices
        .iter()
        .filter(move |choice| choice.is_offered(given))
}

/// What counts of an answer; nothing, if nothing is left. An answer of another shape stays for the
/// check to report.
fn settle(question: &Question, answer: &Answer, given: Given<'_>) -> Option<Answer> {
    let settled = match (&question.kind, answer) {
        (Kind::Info, _) | (Kind::Confirm, Answer::Yes(false)) => return None,
        (Kind::Consent { rev, .. }, Answer::Agreed(read)) if read != rev => return None,
        (Kind::LongText { .. }, Answer::Text(text)) => Answer::Text(normalise(text)),
        (
            Kind::ShortText { .. } | Kind::Email | Kind::Phone | Kind::TimeZone,
            Answer::Text(text),
        ) => Answer::Text(one_line(text)),
        (Kind::Number { .. }, Answer::Text(text)) => {
            Answer::Text(Decimal::parse(text).map_or_else(|| one_line(text), |n| n.to_string()))
        }
        (Kind::Date { .. }, Answer::Text(text)) => {
            Answer::Text(day(text).map_or_else(|| one_line(text), |day| day.to_string()))
        }
        (Kind::Scale { min, max, .. }, Answer::One { choice, .. }) => Answer::One {
            choice: choice.clone().filter(|step| {
                let is_step = |number: &u8| number.to_string() == step.0;
                (*min..=*max).any(|number| is_step(&number))
            }),
            other: None,
        },
        (
            Kind::Single { .. } | Kind::Multi { .. } | Kind::Rank { .. } | Kind::Grid { .. },
            answer,
        ) => settle_choice(&question.kind, answer, given),
        (Kind::Links { .. }, Answer::Lines(lines)) => {
            Answer::Lines(filled(lines).map(|line| complete_link(&line)).collect())
        }
        (Kind::Lines { .. }, Answer::Lines(lines)) => Answer::Lines(filled(lines).collect()),
        (Kind::Place, Answer::Place { country, region }) => {
            place::settle(country, region.as_deref())
        }
        (Kind::WeeklyHours { .. }, Answer::Hours(hours)) => {
            let mut hours = hours.clone();
            hours.blocks.retain(|block| block.day < 7);
            Answer::Hours(hours)
        }
        (Kind::People { reasons, .. }, Answer::People(people)) => {
            return settle_people(people, reasons);
        }
        (Kind::File { .. }, Answer::Files { files, text }) => Answer::Files {
            files: files.clone(),
            text: text
                .as_deref()
                .map(normalise)
                .filter(|text| !text.is_empty()),
        },
        (Kind::Repeat { questions, .. }, Answer::Items(items)) => {
            settle_items(items, questions, given)
        }
        (_, answer) => answer.clone(),
    };
    (!settled.is_empty()).then_some(settled)
}

/// The choices that are offered, and an own text where one is possible.
fn settle_choice(kind: &Kind, answer: &Answer, given: Given<'_>) -> Answer {
    let is_offered = |choices: &[Choice], id: &Slug| offered(choices, given).any(|c| c.id == *id);
    match (kind, answer) {
        (
            Kind::Single { choices, other },
            Answer::One {
                choice,
                other: text,
            },
        ) => Answer::One {
            choice: choice.clone().filter(|id| is_offered(choices, id)),
            other: own_text(text.as_deref(), other.is_some() && choice.is_none()),
        },
        (
            Kind::Multi { choices, other, .. },
            Answer::Some {
                choices: ids,
                other: text,
            },
        ) => Answer::Some {
            choices: ids
                .iter()
                .filter(|id| is_offered(choices, id))
                .cloned()
                .collect(),
            other: own_text(text.as_deref(), other.is_some()),
        },
        (Kind::Rank { choices, .. }, Answer::Ranked(ids)) => Answer::Ranked(
            ids.iter()
                .filter(|id| is_offered(choices, id))
                .cloned()
                .collect(),
        ),
        (Kind::Grid { rows, scale, .. }, Answer::Grid(steps)) => {
            // The first step of a scale says nothing.
            let says = |step: &Slug| scale.iter().skip(1).any(|known| known.id == *step);
            let rows = steps
                .iter()
                .filter(|(row, step)| is_offered(rows, row) && says(step));
            Answer::Grid(
                rows.map(|(row, step)| (row.clone(), step.clone()))
                    .collect(),
            )
        }
        (_, answer) => answer.clone(),
    }
}

fn own_text(text: Option<&str>, is_possible: bool) -> Option<String> {
    text.filter(|_| is_possible)
        .map(one_line)
        .filter(|text| !text.is_empty())
}

fn filled(lines: &[String]) -> impl Iterator<Item = String> {
    lines
        .iter()
        .map(|line| one_line(line))
        .filter(|line| !line.is_empty())
}

/// Keeps a row as soon as something stands in it: who gave an address without a name is asked for
/// the name, instead of losing the address.
fn settle_people(people: &[NamedPerson], reasons: &[Choice]) -> Option<Answer> {
    let people: Vec<NamedPerson> = people
        .iter()
        .map(|person| NamedPerson {
            name: one_line(&person.name),
            contact: one_line(&person.contact),
            reason: person
                .reason
                .clone()
                .filter(|reason| reasons.iter().any(|known| known.id == *reason)),
        })
        .filter(|person| !person.name.is_empty() || !person.contact.is_empty())
        .collect();
    (!people.is_empty()).then_some(Answer::People(people))
}

/// What counts of each round. Blank rounds at the end are no rounds; one between others stays, so
/// that what is wrong is said of the round that was written.
fn settle_items(items: &[Answers], questions: &[Question], given: Given<'_>) -> Answer {
    let mut items: Vec<Answers> = items
        .iter()
        .map(|item| read_item(questions, item, given).answers)
        .collect();
    while items.last().is_some_and(is_blank) {
        items.pop();
    }
    Answer::Items(items)
}
