//! What a question accepts, as pairs of bounds that can be compared.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::form::definition::{Choice, Kind, Question, Required, Slug, TextLimit};
use crate::form::locale::L10n;
use crate::form::number::Decimal;

/// In what a question became stricter or looser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Whether it must be answered.
    Required,
    /// How long a text may be.
    Length,
    /// How many there may be.
    Count,
    /// What can be chosen.
    Choices,
    /// Between which numbers or days, in which steps, how large.
    Range,
    /// Until when it can be changed.
    Frozen,
}

/// Least and greatest of something that is accepted.
type Bound = (Reason, i64, i64);

/// In what a question became stricter, and in what looser. Both questions take the same kind of
/// answer.
pub(super) fn compare(before: &Question, now: &Question) -> (BTreeSet<Reason>, BTreeSet<Reason>) {
    let (mut stricter, mut looser) = (BTreeSet::new(), BTreeSet::new());
    for (old, new) in bounds(before).into_iter().zip(bounds(now)) {
        if new.1 > old.1 || new.2 < old.2 {
            stricter.insert(new.0);
        }
        if new.1 < old.1 || new.2 > old.2 {
            looser.insert(new.0);
        }
    }
    let (old, new) = (offered(&before.kind), offered(&now.kind));
    if !old.is_subset(&new) {
        stricter.insert(Reason::Choices);
    }
    if !new.is_subset(&old) {
        looser.insert(Reason::Choices);
    }
    (stricter, looser)
}

fn bounds(question: &Question) -> Vec<Bound> {
    let required = match question.required {
        Required::Never => 0,
        Required::If(_) => 1,
        Required::From(_) => 2,
        Required::Always => 3,
    };
    let frozen = question.frozen_from.map_or(i64::MAX, day);
    let mut all = vec![
        (Reason::Required, required, i64::MAX),
        (Reason::Frozen, 0, frozen),
    ];
    all.extend(of_kind(&question.kind));
    all
}

fn of_kind(kind: &Kind) -> Vec<Bound> {
    let length = |limit: &TextLimit| {
        let least = i64::from(limit.min.unwrap_or(0));
        (Reason::Length, least, i64::from(limit.hard))
    };
    let own = |limit: &Option<TextLimit>| limit.as_ref().map_or((Reason::Length, 0, 0), length);
    let count = |min: u8, max: u8| (Reason::Count, i64::from(min), i64::from(max));
    match kind {
        Kind::ShortText { limit } | Kind::LongText { limit } => vec![length(limit)],
        Kind::Lines { max, limit } => vec![count(0, *max), length(limit)],
        Kind::Links { max } | Kind::DateRanges { max } | Kind::People { max, .. } => {
            vec![count(0, *max)]
        }
        Kind::Number { min, max, step, .. } => vec![
            (Reason::Range, least(*min), greatest(*max)),
            // Finer steps accept more.
            (Reason::Range, step.map_or(0, thousandths), i64::MAX),
        ],
        Kind::Date { from, to } => vec![(
            Reason::Range,
            from.map_or(i64::MIN, day),
            to.map_or(i64::MAX, day),
        )],
        Kind::Scale { min, max, .. } => vec![(Reason::Range, i64::from(*min), i64::from(*max))],
        Kind::Single { other, .. } => vec![own(other)],
        Kind::Multi {
            min, max, other, ..
        } => vec![count(*min, *max), own(other)],
        Kind::Rank { min, max, .. } | Kind::Repeat { min, max, .. } => vec![count(*min, *max)],
        Kind::Grid { needs_one_of, .. } => {
            vec![(Reason::Count, i64::from(!needs_one_of.is_empty()), i64::MAX)]
        }
        Kind::WeeklyHours { min_blocks } => vec![(Reason::Count, i64::from(*min_blocks), i64::MAX)],
        Kind::File {
            max_bytes,
            max_files,
            limit,
            ..
        } => vec![
            count(0, *max_files),
            (Reason::Range, 0, i64::from(*max_bytes)),
            length(limit),
        ],
        Kind::Email
        | Kind::Phone
        | Kind::YearMonth
        | Kind::Confirm
        | Kind::Consent { .. }
        | Kind::YesNo
        | Kind::TimeZone
        | Kind::Place
        | Kind::Info => Vec::new(),
    }
}

fn day(day: NaiveDate) -> i64 {
    day.num_days_from_ce().into()
}

fn thousandths(number: Decimal) -> i64 {
    number.thousandths()
}

fn least(number: Option<Decimal>) -> i64 {
    number.map_or(i64::MIN, thousandths)
}

fn greatest(number: Option<Decimal>) -> i64 {
    number.map_or(i64::MAX, thousandths)
}

/// The lists of a question in one: choices, rows and steps, reasons.
pub(super) fn choices(kind: &Kind) -> Vec<&Choice> {
    match kind {
        Kind::Single { choices, .. }
        | Kind::Multi { choices, .. }
        | Kind::Rank { choices, .. }
        | Kind::People {
            reasons: choices, ..
        } => choices.iter().collect(),
        Kind::Grid { rows, scale, .. } => rows.iter().chain(scale).collect(),
        _ => Vec::new(),
    }
}

fn offered(kind: &Kind) -> BTreeSet<Slug> {
    if let Kind::File { formats, .. } = kind {
        return formats
            .iter()
            .map(|format| Slug(format!("{format:?}")))
            .collect();
    }
    choices(kind)
        .into_iter()
        .filter(|choice| !choice.retired)
        .map(|choice| choice.id.clone())
        .collect()
}

/// Everything there is to read at a question. Choices that only one version has are no change of
/// words.
pub(super) fn words(question: &Question) -> impl PartialEq + '_ {
    let own = match &question.kind {
        Kind::Number { unit, .. } => vec![unit],
        Kind::Consent { text, .. } => vec![text],
        Kind::Scale { low, high, .. } => vec![low, high],
        Kind::Repeat { item, .. } => vec![item],
        _ => Vec::new(),
    };
    Words {
        own: [
            &question.label,
            &question.hint,
            &question.help,
            &question.why,
        ]
        .into_iter()
        .chain(own)
        .collect(),
        choices: choices(&question.kind),
    }
}

struct Words<'a> {
    own: Vec<&'a L10n>,
    choices: Vec<&'a Choice>,
}

impl PartialEq for Words<'_> {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |choice: &&Choice| {
            other
                .choices
                .iter()
                .filter(|known| known.id == choice.id)
                .all(|known| {
                    (&known.label, &known.description, &known.group)
                        == (&choice.label, &choice.description, &choice.group)
                })
        };
        self.own == other.own && self.choices.iter().all(is_same)
    }
}
