//! What the server keeps of an answer while it is being written: anything of the right shape and of
//! a sane size, as it was typed. Whether it may be sent, the check decides.

use chrono::{Datelike, NaiveDate};

use super::answer::{Answer, Answers};
use super::check::ProblemCode;
use super::definition::{Choice, Kind, Question, Slug};
use super::place;
use crate::text::{as_typed, line_as_typed};

/// Characters of a one-line text that are kept; far above every limit of a form.
pub const ONE_LINE_CAP: u32 = 2_000;
/// Characters of prose that are kept.
pub const PROSE_CAP: u32 = 20_000;
/// Lines, people or stretches of days that are kept.
pub const LIST_CAP: u32 = 50;
/// The years that are kept.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

/// The answer as a draft keeps it, or why it cannot be kept. Never asks for anything: half an answer
/// is kept too.
pub fn well_formed(question: &Question, answer: &Answer) -> Result<Answer, ProblemCode> {
    if !answer.fits(&question.kind) {
        return Err(ProblemCode::WrongKind);
    }
    let is_prose = matches!(
        question.kind,
        Kind::LongText { .. } | Kind::File { .. } | Kind::Repeat { .. }
    );
    // What nobody sees is left out rather than refused: no word is lost to it.
    let answer = answer.map_texts(if is_prose { as_typed } else { line_as_typed });
    for text in answer.texts() {
        let cap = if is_prose { PROSE_CAP } else { ONE_LINE_CAP };
        let count = size(text.chars().count());
        if count > cap {
            return Err(ProblemCode::TooLong { count, max: cap });
        }
    }
    parts(&question.kind, &answer)?;
    if let (Kind::Repeat { questions, .. }, Answer::Items(items)) = (&question.kind, &answer) {
        return rounds(questions, items);
    }
    Ok(answer)
}

/// Each round of questions that are asked several times, each answer as a draft keeps it.
fn rounds(questions: &[Question], items: &[Answers]) -> Result<Answer, ProblemCode> {
    at_most(items.len())?;
    let keep = |item: &Answers| {
        item.iter()
            .map(|(id, answer)| {
                let question = questions.iter().find(|question| question.id == *id);
                // Rounds within rounds would have no end.
                let question = question
                    .filter(|question| !matches!(question.kind, Kind::Repeat { .. }))
                    .ok_or(ProblemCode::WrongKind)?;
                Ok((id.clone(), well_formed(question, answer)?))
            })
            .collect::<Result<Answers, ProblemCode>>()
    };
    Ok(Answer::Items(
        items.iter().map(keep).collect::<Result<_, _>>()?,
    ))
}

fn parts(kind: &Kind, answer: &Answer) -> Result<(), ProblemCode> {
    match (kind, answer) {
        (Kind::Single { choices, .. }, Answer::One { choice, .. }) => {
            all_known(choices, choice.iter())
        }
        (
            Kind::Multi { choices, .. },
            Answer::Some {
                choices: chosen, ..
            },
        ) => all_known(choices, chosen.iter()),
        (Kind::Rank { choices, .. }, Answer::Ranked(ranked)) => {
            all_known(choices, ranked.iter())?;
            // Every rank is one of the choices: more ranks than choices name one twice.
            let distinct = choices
                .iter()
                .filter(|choice| ranked.contains(&choice.id))
                .count();
            ensure(distinct == ranked.len(), ProblemCode::Repeated)
        }
        (Kind::Grid { rows, scale, .. }, Answer::Grid(steps)) => {
            all_known(rows, steps.keys())?;
            all_known(scale, steps.values())
        }
        (_, Answer::Lines(lines)) => at_most(lines.len()),
        (_, Answer::Files { files, .. }) => at_most(files.len()),
        (_, Answer::YearMonth { year, month }) => ensure(
            YEARS.contains(year) && (1..=12).contains(month),
            ProblemCode::DateOutOfRange,
        ),
        (_, Answer::Place { country, region }) => {
            let is_country = country.is_empty() || place::country_name(country).is_some();
            let is_region = region.as_deref().is_none_or(|region| region.len() <= 3);
            ensure(is_country && is_region, ProblemCode::NotAPlace)
        }
        (_, Answer::Ranges(ranges)) => {
            at_most(ranges.len())?;
            let is_year = |day: NaiveDate| YEARS.contains(&day.year());
            let is_fine = ranges
                .iter()
                .all(|range| is_year(range.from) && is_year(range.to));
            ensure(is_fine, ProblemCode::DateOutOfRange)
        }
        (_, Answer::Hours(hours)) => ensure(
            hours.blocks.iter().all(|block| block.day < 7),
            ProblemCode::UnknownChoice,
        ),
        (Kind::People { reasons, .. }, Answer::People(people)) => {
            at_most(people.len())?;
            all_known(
                reasons,
                people.iter().filter_map(|person| person.reason.as_ref()),
            )
        }
        _ => Ok(()),
    }
}

fn all_known<'a>(
    choices: &[Choice],
    mut chosen: impl Iterator<Item = &'a Slug>,
) -> Result<(), ProblemCode> {
    let is_known = |slug: &Slug| choices.iter().any(|choice| choice.id == *slug);
    ensure(chosen.all(is_known), ProblemCode::UnknownChoice)
}

fn at_most(len: usize) -> Result<(), ProblemCode> {
    let count = size(len);
    ensure(
        count <= LIST_CAP,
        ProblemCode::TooMany {
            count,
            max: LIST_CAP,
        },
    )
}

fn ensure(is_fine: bool, code: ProblemCode) -> Result<(), ProblemCode> {
    if is_fine { Ok(()) } else { Err(code) }
}

fn size(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
