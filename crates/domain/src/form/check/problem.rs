//! What stops sending at one question, given everything that was answered.

use chrono::{Datelike, NaiveDate};

use super::reading::{offered, read_item};
use super::{At, ProblemCode, check_questions};
use crate::form::answer::{Answer, Answers, DayRange, NamedPerson, Upload, WeeklyHours};
use crate::form::condition::Given;
use crate::form::count::count;
use crate::form::definition::{Choice, FileFormat, Kind, Question, Slug, TextLimit, Unit};
use crate::form::number::Decimal;
use crate::form::{place, syntax};
use crate::text::{email_norm, has_forbidden, same_name};

/// How long a telephone number may be.
const PHONE: TextLimit = characters(30);
/// How long a name among people to keep apart may be.
const PERSON_NAME: TextLimit = characters(120);
/// How long their address or institution may be.
const PERSON_CONTACT: TextLimit = characters(160);
/// The years that a month may lie in, whatever the day.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2150;
/// How many months back and ahead of today a month may lie.
const MONTHS: std::ops::RangeInclusive<i32> = -12..=72;

/// Names and addresses by which the applicant would be recognised among people to keep apart.
#[derive(Debug, Default)]
pub(super) struct Own<'a> {
    pub(super) names: Vec<&'a str>,
    pub(super) emails: Vec<&'a str>,
}

/// The first thing that stops sending at a question that is asked.
pub(super) fn problem(
    question: &Question,
    given: Given<'_>,
    at: At,
    own: &Own<'_>,
) -> Option<ProblemCode> {
    let Some(answer) = given.answers.get(&question.id) else {
        let is_required = question.is_required(given, at.today);
        return match (&question.kind, is_required) {
            (Kind::Info, _) | (_, false) => None,
            (Kind::Confirm | Kind::Consent { .. }, true) => Some(ProblemCode::MustConfirm),
            (_, true) => Some(ProblemCode::Required),
        };
    };
    if !answer.fits(&question.kind) {
        return Some(ProblemCode::WrongKind);
    }
    if answer.texts().into_iter().any(has_forbidden) {
        return Some(ProblemCode::ForbiddenCharacters);
    }
    match (&question.kind, answer) {
        (
            Kind::Repeat {
                questions,
                min,
                max,
                ..
            },
            Answer::Items(items),
        ) => too_few(answer.count(), *min)
            .or_else(|| too_many(items.len(), *max))
            .or_else(|| in_items(items, questions, given, at)),
        (kind, answer) => in_answer(kind, answer, given, own),
    }
}

/// What is wrong with a month on this day.
pub(super) fn problem_today(answer: &Answer, today: NaiveDate) -> Option<ProblemCode> {
    let Answer::YearMonth { year, month } = answer else {
        return None;
    };
    let number = |year: i32, month: u32| year.saturating_mul(12).saturating_add_unsigned(month);
    let ahead = number(*year, *month).saturating_sub(number(today.year(), today.month()));
    (!MONTHS.contains(&ahead)).then_some(ProblemCode::DateOutOfRange)
}

fn in_answer(kind: &Kind, answer: &Answer, given: Given<'_>, own: &Own<'_>) -> Option<ProblemCode> {
    match (kind, answer) {
        (Kind::ShortText { limit } | Kind::LongText { limit }, Answer::Text(text)) => {
            in_text(text, *limit)
        }
        (Kind::Email, Answer::Text(text)) => {
            unless(syntax::is_email(text), ProblemCode::NotAnEmail)
        }
        (Kind::Phone, Answer::Text(text)) => in_text(text, PHONE),
        (Kind::Number { min, max, step, .. }, Answer::Text(text)) => {
            in_number(text, (*min, *max), *step)
        }
        (Kind::Date { from, to }, Answer::Text(text)) => in_day(text, (*from, *to)),
        (
            Kind::File {
                formats,
                max_bytes,
                max_files,
                limit,
            },
            Answer::Files { files, text },
        ) => in_files(files, formats, *max_bytes)
            .or_else(|| too_many(files.len(), *max_files))
            .or_else(|| in_other(text.as_deref(), Some(*limit))),
        (Kind::TimeZone, Answer::Text(text)) => {
            unless(syntax::is_zone_name(text), ProblemCode::NotATimeZone)
        }
        (Kind::Links { max }, Answer::Lines(lines)) => too_many(lines.len(), *max).or_else(|| {
            unless(
                lines.iter().all(|line| syntax::is_https_link(line)),
                ProblemCode::NotALink,
            )
        }),
        (Kind::Lines { max, limit }, Answer::Lines(lines)) => too_many(lines.len(), *max)
            .or_else(|| lines.iter().find_map(|line| in_text(line, *limit))),
        (Kind::YearMonth, Answer::YearMonth { year, month }) => unless(
            YEARS.contains(year) && (1..=12).contains(month),
            ProblemCode::DateOutOfRange,
        ),
        (Kind::Place, Answer::Place { country, region }) => unless(
            place::is_known(country, region.as_deref()),
            ProblemCode::NotAPlace,
        ),
        (Kind::DateRanges { max }, Answer::Ranges(ranges)) => in_ranges(ranges, *max),
        (Kind::WeeklyHours { min_blocks }, Answer::Hours(hours)) => in_hours(hours, *min_blocks),
        (Kind::People { max, .. }, Answer::People(people)) => in_people(people, *max, own),
        _ => in_choice(kind, answer, given),
    }
}

fn in_choice(kind: &Kind, answer: &Answer, given: Given<'_>) -> Option<ProblemCode> {
    match (kind, answer) {
        (Kind::Single { other, .. }, Answer::One { other: text, .. }) => {
            in_other(text.as_deref(), *other)
        }
        (
            Kind::Multi {
                min,
                max,
                exclusive,
                other,
                ..
            },
            Answer::Some {
                choices,
                other: text,
            },
        ) => {
            let has_alone = exclusive
                .as_ref()
                .is_some_and(|alone| choices.contains(alone));
            let min = if has_alone { 1 } else { *min };
            unless(!has_alone || answer.count() == 1, ProblemCode::NotTogether)
                .or_else(|| too_few(answer.count(), min))
                .or_else(|| too_many(answer.count(), *max))
                .or_else(|| in_other(text.as_deref(), *other))
        }
        (Kind::Rank { choices, min, max }, Answer::Ranked(ranked)) => {
            in_ranking(ranked, choices, given)
                .or_else(|| too_few(ranked.len(), *min))
                .or_else(|| too_many(ranked.len(), *max))
        }
        (Kind::Grid { needs_one_of, .. }, Answer::Grid(rows)) => {
            let is_enough =
                needs_one_of.is_empty() || rows.values().any(|step| needs_one_of.contains(step));
            unless(is_enough, ProblemCode::TooFew { count: 0, min: 1 })
        }
        _ => None,
    }
}

fn in_text(text: &str, limit: TextLimit) -> Option<ProblemCode> {
    let count = count(text, limit.unit);
    let min = limit.min.unwrap_or(0);
    if count > limit.hard {
        Some(ProblemCode::TooLong {
            count,
            max: limit.max,
        })
    } else if count < min {
        Some(ProblemCode::TooShort { count, min })
    } else {
        None
    }
}

fn in_number(
    text: &str,
    (min, max): (Option<Decimal>, Option<Decimal>),
    step: Option<Decimal>,
) -> Option<ProblemCode> {
    let Some(number) = Decimal::parse(text) else {
        return Some(ProblemCode::NotANumber);
    };
    let is_within = min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
    unless(is_within, ProblemCode::NumberOutOfRange { min, max }).or_else(|| {
        let start = min.unwrap_or(Decimal::whole(0));
        step.filter(|step| !number.is_step_from(start, *step))
            .map(|step| ProblemCode::NotAStep { step })
    })
}

fn in_day(text: &str, (from, to): (Option<NaiveDate>, Option<NaiveDate>)) -> Option<ProblemCode> {
    let Some(day) = syntax::day(text) else {
        return Some(ProblemCode::NotADate);
    };
    let is_within = YEARS.contains(&day.year())
        && from.is_none_or(|from| day >= from)
        && to.is_none_or(|to| day <= to);
    unless(is_within, ProblemCode::DateOutOfRange)
}

fn in_files(files: &[Upload], formats: &[FileFormat], max_bytes: u32) -> Option<ProblemCode> {
    let is_wanted = files.iter().all(|file| formats.contains(&file.format));
    let is_small = files.iter().all(|file| file.bytes <= max_bytes);
    unless(is_wanted, ProblemCode::WrongFormat)
        .or_else(|| unless(is_small, ProblemCode::FileTooLarge { max: max_bytes }))
}

/// The first thing wrong in the rounds of questions that are asked several times.
fn in_items(
    items: &[Answers],
    questions: &[Question],
    given: Given<'_>,
    at: At,
) -> Option<ProblemCode> {
    items.iter().enumerate().find_map(|(idx, item)| {
        let mut reading = read_item(questions, item, given);
        // Conditions on what must be answered look outside, too.
        for (id, answer) in given.answers {
            if questions.iter().all(|question| question.id != *id) {
                reading.answers.insert(id.clone(), answer.clone());
            }
        }
        let first = check_questions(questions, &reading, at, &Own::default())
            .into_iter()
            .next()?;
        Some(ProblemCode::InItem {
            item: as_count(idx),
            at: first.question,
            problem: Box::new(first.code),
        })
    })
}

fn in_other(text: Option<&str>, limit: Option<TextLimit>) -> Option<ProblemCode> {
    text.zip(limit)
        .and_then(|(text, limit)| in_text(text, limit))
}

fn in_ranking(ranked: &[Slug], choices: &[Choice], given: Given<'_>) -> Option<ProblemCode> {
    let is_repeated = ranked
        .iter()
        .enumerate()
        .any(|(idx, slug)| ranked.iter().skip(idx + 1).any(|later| later == slug));
    let is_known = ranked
        .iter()
        .all(|slug| offered(choices, given).any(|choice| choice.id == *slug));
    unless(!is_repeated, ProblemCode::Repeated)
        .or_else(|| unless(is_known, ProblemCode::UnknownChoice))
}

fn in_ranges(ranges: &[DayRange], max: u8) -> Option<ProblemCode> {
    let is_sensible = |day: NaiveDate| YEARS.contains(&day.year());
    too_many(ranges.len(), max)
        .or_else(|| {
            let ends = ranges.iter().all(|range| range.from <= range.to);
            unless(ends, ProblemCode::EndsBeforeItBegins)
        })
        .or_else(|| {
            let in_range = ranges
                .iter()
                .all(|r| is_sensible(r.from) && is_sensible(r.to));
            unless(in_range, ProblemCode::DateOutOfRange)
        })
}

fn in_hours(hours: &WeeklyHours, min_blocks: u8) -> Option<ProblemCode> {
    if hours.varies {
        None
    } else {
        too_few(hours.blocks.len(), min_blocks)
    }
}

fn in_people(people: &[NamedPerson], max: u8, own: &Own<'_>) -> Option<ProblemCode> {
    too_many(people.len(), max).or_else(|| {
        people.iter().find_map(|person| {
            let name = TextLimit {
                min: Some(1),
                ..PERSON_NAME
            };
            in_text(&person.name, name)
                .or_else(|| in_text(&person.contact, PERSON_CONTACT))
                .or_else(|| unless(!is_own(person, own), ProblemCode::OwnName))
        })
    })
}

/// Whether somebody named themselves. Somebody else of the same name is told apart by the address.
fn is_own(person: &NamedPerson, own: &Own<'_>) -> bool {
    let email = email_norm(&person.contact);
    let is_own_email = own.emails.iter().any(|own| email_norm(own) == email);
    let is_own_name = own.names.iter().any(|own| same_name(own, &person.name));
    is_own_email || (is_own_name && email.is_empty())
}

const fn characters(max: u32) -> TextLimit {
    TextLimit {
        unit: Unit::Characters,
        min: None,
        max,
        hard: max + max / 10,
    }
}

fn unless(is_fine: bool, code: ProblemCode) -> Option<ProblemCode> {
    (!is_fine).then_some(code)
}

fn too_few(count: usize, min: u8) -> Option<ProblemCode> {
    let is_fine = count >= usize::from(min);
    unless(
        is_fine,
        ProblemCode::TooFew {
            count: as_count(count),
            min: min.into(),
        },
    )
}

fn too_many(count: usize, max: u8) -> Option<ProblemCode> {
    let is_fine = count <= usize::from(max);
    unless(
        is_fine,
        ProblemCode::TooMany {
            count: as_count(count),
            max: max.into(),
        },
    )
}

fn as_count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
