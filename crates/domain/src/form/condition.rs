//! Conditions: a closed set of shapes, each decidable on the answers so far.
//!
//! A condition may only name questions that come earlier in the form, so one pass in order settles
//! everything and no circle can arise. The lint checks it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers};
use super::definition::{Choice, FormDef, Kind, Question, QuestionId, Required, Slug};
use super::number::Decimal;

/// When something holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cond {
    /// Every one holds.
    All(Vec<Cond>),
    /// At least one holds.
    Any(Vec<Cond>),
    /// It does not hold.
    Not(Box<Cond>),
    /// The answer is this choice, or has it among its choices, ranks or rows.
    Has(QuestionId, Slug),
    /// The answer is or has one of these choices.
    HasAny(QuestionId, Vec<Slug>),
    /// In a grid, this row has one of these steps.
    Row(QuestionId, Slug, Vec<Slug>),
    /// Something was answered.
    Answered(QuestionId),
    /// A box is ticked, or the answer is yes.
    Yes(QuestionId),
    /// At least so many choices, ranks, lines or people.
    CountAtLeast(QuestionId, u8),
    /// The number, or the step of a scale, is at least this.
    AtLeast(QuestionId, Decimal),
    /// The number, or the step of a scale, is at most this.
    AtMost(QuestionId, Decimal),
    /// The country of a place is this (ISO 3166 code).
    Country(QuestionId, String),
    /// The free hours were left as "it varies".
    Varies(QuestionId),
    /// The person took part in an earlier cohort.
    Returning,
}

/// What a condition may look at.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The answers that count: those of visible questions only.
    pub answers: &'a Answers,
    /// Whether the person took part in an earlier cohort.
    pub returning: bool,
}

impl Cond {
    /// Whether it holds.
    pub fn holds(&self, given: Given<'_>) -> bool {
        let answer = |id: &QuestionId| given.answers.get(id);
        match self {
            Self::All(conds) => conds.iter().all(|cond| cond.holds(given)),
            Self::Any(conds) => conds.iter().any(|cond| cond.holds(given)),
            Self::Not(cond) => !cond.holds(given),
            Self::Has(id, choice) => answer(id).is_some_and(|answer| answer.has(choice)),
            Self::HasAny(id, choices) => {
                answer(id).is_some_and(|answer| choices.iter().any(|choice| answer.has(choice)))
            }
            Self::Row(id, row, steps) => matches!(
                answer(id), Some(Answer::Grid(rows))
                    if rows.get(row).is_some_and(|step| steps.contains(step))
            ),
            Self::Answered(id) => answer(id).is_some_and(|answer| !answer.is_empty()),
            Self::Yes(id) => matches!(answer(id), Some(Answer::Yes(true) | Answer::Agreed(_))),
            Self::AtLeast(id, least) => answer(id)
                .and_then(Answer::number)
                .is_some_and(|number| number >= *least),
            Self::AtMost(id, most) => answer(id)
                .and_then(Answer::number)
                .is_some_and(|number| number <= *most),
            Self::CountAtLeast(id, count) => {
                answer(id).is_some_and(|answer| answer.count() >= usize::from(*count))
            }
            Self::Country(id, code) => matches!(
                answer(id), Some(Answer::Place { country, .. }) if country == code
            ),
            Self::Varies(id) => matches!(answer(id), Some(Answer::Hours(hours)) if hours.varies),
            Self::Returning => given.returning,
        }
    }

    /// The questions it looks at.
    pub fn mentions(&self) -> Vec<&QuestionId> {
        match self {
            Self::All(conds) | Self::Any(conds) => conds.iter().flat_map(Self::mentions).collect(),
            Self::Not(cond) => cond.mentions(),
            Self::Has(id, _)
            | Self::HasAny(id, _)
            | Self::Row(id, ..)
            | Self::Answered(id)
            | Self::Yes(id)
            | Self::CountAtLeast(id, _)
            | Self::AtLeast(id, _)
            | Self::AtMost(id, _)
            | Self::Country(id, _)
            | Self::Varies(id) => vec![id],
            Self::Returning => vec![],
        }
    }
}

impl FormDef {
    /// The questions whose answers decide what is asked, offered, required or shared: all that any
    /// condition looks at. Whatever is answered elsewhere changes none of it.
    pub fn deciding(&self) -> BTreeSet<QuestionId> {
        let sections = self.sections.iter().filter_map(|it| it.visible.as_ref());
        let questions = self.questions().flat_map(Question::conditions);
        let mentioned = sections.chain(questions).flat_map(Cond::mentions);
        mentioned.cloned().collect()
    }
}

impl Kind {
    /// The lists of choices. Rows and steps of a grid are lists, too.
    pub(super) fn lists(&self) -> Vec<&[Choice]> {
        match self {
            Self::Single { choices, .. }
            | Self::Multi { choices, .. }
            | Self::Rank { choices, .. } => {
                vec![choices]
            }
            Self::Grid { rows, scale, .. } => vec![rows, scale],
            Self::People { reasons, .. } => vec![reasons],
            _ => Vec::new(),
        }
    }
}

impl Choice {
    /// Whether it can be chosen.
    pub fn is_offered(&self, given: Given<'_>) -> bool {
        !self.retired && self.visible.as_ref().is_none_or(|cond| cond.holds(given))
    }
}

impl Question {
    /// Its own conditions, those of its choices and of the questions within it.
    fn conditions(&self) -> Vec<&Cond> {
        let mut conditions: Vec<&Cond> = self.visible.iter().collect();
        if let Required::If(cond) = &self.required {
            conditions.push(cond);
        }
        conditions.extend(self.shared.iter().map(|share| &share.when));
        let choices = self.kind.lists().into_iter().flatten();
        conditions.extend(choices.filter_map(|choice| choice.visible.as_ref()));
        if let Kind::Repeat { questions, .. } = &self.kind {
            conditions.extend(questions.iter().flat_map(Self::conditions));
        }
        conditions
    }

    /// Whether it must be answered where it is asked. What is required from a day on is, once the
    /// day is given and has come.
    pub fn is_required(&self, given: Given<'_>, today: Option<NaiveDate>) -> bool {
        match &self.required {
            Required::Never => false,
            Required::Always => true,
            Required::If(cond) => cond.holds(given),
            Required::From(day) => today.is_some_and(|today| today >= *day),
        }
    }

    /// Whether its answer stays as it is from now on.
    pub fn is_frozen(&self, today: NaiveDate) -> bool {
        self.frozen_from.is_some_and(|day| today >= day)
    }
}
