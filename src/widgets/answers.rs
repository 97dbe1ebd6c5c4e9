//! Answers to read: section by section, in words.

use leptos::prelude::*;
use tandem_api::path;
use tandem_domain::form::answer::{Answer, Answers, DayPart, NamedPerson, Upload, WeeklyHours};
use tandem_domain::form::definition::{Choice, FormDef, Kind, Question, Section, Slug};
use tandem_domain::form::place;
use tandem_domain::id::ApplicationId;
use tandem_domain::order;

use crate::ui::date_words::{day, month};

/// All answers a reader may see, under the headings of the form. Questions without an answer are
/// left out: what the reader may not see looks the same as what was not asked.
#[component]
pub fn AnswerSheet(
    /// The form that was answered.
    form: FormDef,
    /// The answers.
    answers: Answers,
    /// Of which application, where its files can be fetched.
    #[prop(optional)]
    files_of: Option<ApplicationId>,
) -> impl IntoView {
    form.sections
        .into_iter()
        .filter_map(|section| {
            let lines = given(&section, &answers, files_of);
            (!lines.is_empty()).then(|| view! { <SheetSection section lines /> })
        })
        .collect_view()
}

/// A question with the words of its answer, and the files it names with their addresses.
struct Line {
    question: Question,
    words: Vec<String>,
    files: Vec<(String, String)>,
}

fn given(section: &Section, answers: &Answers, files_of: Option<ApplicationId>) -> Vec<Line> {
    section
        .pages
        .iter()
        .flat_map(|page| &page.questions)
        .filter_map(|question| {
            let answer = answers.get(&question.id)?;
            let (words, files) = match (answer, files_of) {
                (Answer::Files { files, text }, Some(application)) => {
                    let address = |file: &Upload| path::file(application, &file.id);
                    let files = files.iter().map(|file| (file.name.clone(), address(file)));
                    (text.iter().cloned().collect(), files.collect())
                }
                _ => (answer_words(&question.kind, answer), Vec::new()),
            };
            let says_something = !words.is_empty() || !files.is_empty();
            says_something.then(|| Line {
                question: question.clone(),
                words,
                files,
            })
        })
        .collect()
}

/// A section of the sheet.
#[component]
fn SheetSection(
    /// Which.
    section: Section,
    /// Its questions with their answers.
    lines: Vec<Line>,
) -> impl IntoView {
    let id = format!("section-{}", section.id);
    let lines = lines
        .into_iter()
        .map(
            |Line {
                 question,
                 words,
                 files,
             }| {
                let files = files
                .into_iter()
                .map(|(name, href)| view! { <p><a href=href download="" dir="auto">{name}</a></p> })
                .collect_view();
                let words = (!words.is_empty()).then(|| view! { <AnswerWords words /> });
                view! {
                    <div class="answers__line">
                        <dt class="answers__question">{question.label.text().to_owned()}</dt>
                        <dd class="answers__answer">{files} {words}</dd>
                    </div>
                }
            },
        )
        .collect_view();
    view! {
        <div class="answers">
            <h2 class="answers__title" id=id>
                {section.title.text().to_owned()}
            </h2>
            <dl class="answers__lines">{lines}</dl>
        </div>
    }
}

/// An answer: a paragraph, or a list where it has several parts. Line breaks are kept.
#[component]
pub fn AnswerWords(
    /// What it says, part by part.
    words: Vec<String>,
) -> impl IntoView {
    if words.len() == 1 {
        let text = words.into_iter().next().unwrap_or_default();
        return view! {
            <p class="answers__text" dir="auto">
                {text}
            </p>
        }
        .into_any();
    }
    let items = words
        .into_iter()
        .map(|text| {
            view! {
                <li class="answers__text" dir="auto">
                    {text}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="answers__list">{items}</ul> }.into_any()
}

/// What an answer says, part by part; nothing where nothing was answered.
pub fn answer_words(kind: &Kind, answer: &Answer) -> Vec<String> {
    if answer.is_empty() {
        return Vec::new();
    }
    match answer {
        Answer::Text(text) => vec![text.trim().to_owned()],
        Answer::Yes(true) => vec!["Yes".to_owned()],
        Answer::Yes(false) => vec!["No".to_owned()],
        Answer::One { choice, other } => choice
            .iter()
            .map(|choice| label(kind, choice))
            .chain(other.clone())
            .collect(),
        Answer::Some { choices, other } => in_form_order(kind, choices.iter())
            .into_iter()
            .chain(other.clone().filter(|text| !text.trim().is_empty()))
            .collect(),
        Answer::Ranked(ranked) => ranked
            .iter()
            .enumerate()
            .map(|(rank, choice)| format!("{}. {}", rank + 1, label(kind, choice)))
            .collect(),
        Answer::Grid(rows) => in_rows(kind, rows),
        Answer::Lines(lines) => lines
            .iter()
            .filter(|line| !line.trim().is_empty())
            .cloned()
            .collect(),
        Answer::YearMonth { year, month } => vec![month_words(*year, *month)],
        Answer::Place { country, region } => {
            vec![place::name(country, region.as_deref()).unwrap_or_else(|| country.clone())]
        }
        Answer::Ranges(ranges) => ranges
            .iter()
            .map(|range| format!("{} to {}", day(range.from), day(range.to)))
            .collect(),
        Answer::Hours(hours) => hours_words(hours),
        Answer::People(people) => people
            .iter()
            .map(|person| person_words(kind, person))
            .collect(),
        Answer::Agreed(_) => vec!["Agreed".to_owned()],
        Answer::Files { files, text } => files
            .iter()
            .map(|file| file.name.clone())
            .chain(text.clone())
            .collect(),
        Answer::Items(items) => items
            .iter()
            .flat_map(|item| round_words(kind, item))
            .collect(),
    }
}

/// One round of questions that are asked several times, question by question.
fn round_words(kind: &Kind, item: &Answers) -> Vec<String> {
    let Kind::Repeat { questions, .. } = kind else {
        return Vec::new();
    };
    let said = |question: &Question| {
        let words = answer_words(&question.kind, item.get(&question.id)?);
        (!words.is_empty()).then(|| format!("{}: {}", question.label.text(), words.join(", ")))
    };
    questions.iter().filter_map(said).collect()
}

/// "May 2019".
fn month_words(year: i32, number: u32) -> String {
    chrono::NaiveDate::from_ymd_opt(year, number, 1)
        .map_or_else(String::new, |first| format!("{} {year}", month(first)))
}

fn choices(kind: &Kind) -> &[Choice] {
    match kind {
        Kind::Single { choices, .. }
        | Kind::Multi { choices, .. }
        | Kind::Rank { choices, .. }
        | Kind::People {
            reasons: choices, ..
        } => choices,
        Kind::Grid { scale, .. } => scale,
        _ => &[],
    }
}

fn label(kind: &Kind, slug: &Slug) -> String {
    choices(kind)
        .iter()
        .find(|choice| choice.id == *slug)
        .map_or_else(
            || slug.0.replace('_', " "),
            |choice| choice.label.text().to_owned(),
        )
}

fn in_form_order<'a>(kind: &Kind, chosen: impl Iterator<Item = &'a Slug>) -> Vec<String> {
    let mut chosen: Vec<&Slug> = chosen.collect();
    let place = |slug: &Slug| choices(kind).iter().position(|choice| choice.id == *slug);
    order::sort_by_key(&mut chosen, |slug| place(slug).unwrap_or(usize::MAX));
    chosen.into_iter().map(|slug| label(kind, slug)).collect()
}

fn in_rows(kind: &Kind, steps: &std::collections::BTreeMap<Slug, Slug>) -> Vec<String> {
    let Kind::Grid { rows, .. } = kind else {
        return Vec::new();
    };
    rows.iter()
        .filter_map(|row| {
            let step = steps.get(&row.id)?;
            Some(format!("{}: {}", row.label.text(), label(kind, step)))
        })
        .collect()
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A part of the day with its hours.
pub fn part_words(part: DayPart) -> &'static str {
    match part {
        DayPart::Early => "early (6–9)",
        DayPart::Morning => "morning (9–12)",
        DayPart::Lunch => "lunch (12–2)",
        DayPart::Afternoon => "afternoon (2–5)",
        DayPart::Evening => "evening (5–8)",
        DayPart::Late => "late (8–10)",
    }
}

fn hours_words(hours: &WeeklyHours) -> Vec<String> {
    let days = (0..7u8).zip(WEEKDAYS).filter_map(|(number, name)| {
        let parts: Vec<_> = hours
            .blocks
            .iter()
            .filter(|block| block.day == number)
            .map(|block| part_words(block.part))
            .collect();
        (!parts.is_empty()).then(|| format!("{name}: {}", parts.join(", ")))
    });
    days.chain(hours.varies.then(|| "It varies".to_owned()))
        .collect()
}

fn person_words(kind: &Kind, person: &NamedPerson) -> String {
    let mut words = person.name.clone();
    if !person.contact.trim().is_empty() {
        words = format!("{words} ({})", person.contact);
    }
    match &person.reason {
        Some(reason) => format!("{words}: {}", label(kind, reason)),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tandem_domain::form::answer::HourBlock;
    use tandem_domain::form::locale::L10n;

    use super::*;

    fn choice(id: &str, label: &str) -> Choice {
        Choice {
            id: Slug::from(id),
            label: L10n::english(label),
            description: L10n::default(),
            group: L10n::default(),
            visible: None,
            retired: false,
        }
    }

    #[test]
    fn choices_are_read_in_the_order_of_the_form() {
        let kind = Kind::Multi {
            choices: vec![choice("video", "Video"), choice("chat", "Chat")],
            min: 0,
            max: 5,
            exclusive: None,
            other: None,
        };
        assert_eq!(
            answer_words(&kind, &Answer::some(&["chat", "video"])),
            ["Video", "Chat"]
        );
    }

    #[test]
    fn ranks_are_numbered() {
        let kind = Kind::Rank {
            choices: vec![choice("a", "Acquisitions")],
            min: 1,
            max: 3,
        };
        let answer = Answer::Ranked(vec![Slug::from("a")]);
        assert_eq!(answer_words(&kind, &answer), ["1. Acquisitions"]);
    }

    #[test]
    fn hours_are_read_day_by_day() {
        let hours = WeeklyHours {
            blocks: BTreeSet::from([
                HourBlock {
                    day: 0,
                    part: DayPart::Evening,
                },
                HourBlock {
                    day: 0,
                    part: DayPart::Early,
                },
            ]),
            varies: false,
        };
        let words = answer_words(&Kind::WeeklyHours { min_blocks: 2 }, &Answer::Hours(hours));
        assert_eq!(words, ["Monday: early (6–9), evening (5–8)"]);
    }

    #[test]
    fn nothing_answered_says_nothing() {
        assert!(answer_words(&Kind::YesNo, &Answer::Text("  ".to_owned())).is_empty());
    }
}
