//! What is wrong with the answers, and which of them count.
//!
//! Runs in the browser, to say at once what will stop sending, and on the server, which decides.

mod problem;
mod reading;

use crate::order;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::problem::Own;
use super::answer::{Answer, Answers};
use super::condition::Given;
use super::definition::{FormDef, Page, Question, QuestionId, Slug};
use super::number::Decimal;

/// Something that stops sending, at one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// Where.
    pub question: QuestionId,
    /// What.
    #[serde(flatten)]
    pub code: ProblemCode,
}

/// What can be wrong with an answer. The widget words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ProblemCode {
    /// Must be answered.
    Required,
    /// Must be ticked.
    MustConfirm,
    /// The answer has the shape of another kind of question.
    WrongKind,
    /// Contains characters that cannot be kept, such as control characters.
    ForbiddenCharacters,
    /// Above the limit that stops sending.
    TooLong {
        /// How much there is.
        count: u32,
        /// How much there may be.
        max: u32,
    },
    /// Below the least length.
    TooShort {
        /// How much there is.
        count: u32,
        /// How much there must be.
        min: u32,
    },
    /// Fewer than the least number.
    TooFew {
        /// How much there is.
        count: u32,
        /// How much there must be.
        min: u32,
    },
    /// More than the greatest number.
    TooMany {
        /// How much there is.
        count: u32,
        /// How much there may be.
        max: u32,
    },
    /// Not one of the choices that are offered.
    UnknownChoice,
    /// Named twice.
    Repeated,
    /// "None of these" together with another choice.
    NotTogether,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a web address beginning with https.
    NotALink,
    /// Not a known zone name.
    NotATimeZone,
    /// Not a known country, or the state is missing where there are states.
    NotAPlace,
    /// Not a number.
    NotANumber,
    /// Below the least or above the greatest number.
    NumberOutOfRange {
        /// At least.
        min: Option<Decimal>,
        /// At most.
        max: Option<Decimal>,
    },
    /// Between two steps.
    NotAStep {
        /// The step.
        step: Decimal,
    },
    /// Not a day of the calendar.
    NotADate,
    /// The month or day lies outside what is sensible or asked for.
    DateOutOfRange,
    /// A stretch of days that ends before it begins.
    EndsBeforeItBegins,
    /// The own name among people to keep apart.
    OwnName,
    /// A file of another format than is asked for.
    WrongFormat,
    /// A file larger than is asked for.
    FileTooLarge {
        /// How large one may be.
        max: u32,
    },
    /// Something in one of several rounds of questions.
    InItem {
        /// Which round, from 0.
        item: u32,
        /// Which of its questions.
        at: QuestionId,
        /// What.
        problem: Box<ProblemCode>,
    },
    /// Comes from earlier and was not confirmed.
    Unconfirmed,
    /// Can no longer be changed.
    Frozen,
}

/// What the questions and answers come to: computed once in order, used by everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The questions that are asked.
    pub visible: BTreeSet<QuestionId>,
    /// The answers that count: normalised, of visible questions, offered choices only.
    pub answers: Answers,
}

/// How far a page or section has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing answered.
    NotStarted,
    /// Something answered, something required missing or wrong.
    InProgress,
    /// Nothing stops sending.
    Complete,
}

impl FormDef {
    /// Which questions are asked and which answers count, in one pass.
    pub fn read(&self, answers: &Answers, returning: bool) -> Reading {
        reading::read(self, answers, returning)
    }

    /// Everything that stops sending, in the order of the form.
    pub fn check(&self, answers: &Answers, returning: bool) -> Vec<FieldProblem> {
        self.check_reading(&self.read(answers, returning), returning)
    }

    /// Everything that stops sending on this day: what [`Self::check`] finds, and dates too far
    /// from the day. In the order of the form.
    pub fn check_on(
        &self,
        answers: &Answers,
        returning: bool,
        today: NaiveDate,
    ) -> Vec<FieldProblem> {
        let reading = self.read(answers, returning);
        let own = self.own(&reading);
        let at = At {
            returning,
            today: Some(today),
        };
        let mut problems: Vec<_> = self
            .pages()
            .flat_map(|(_, page)| check_page(page, &reading, at, &own))
            .collect();
        let is_found = |id: &QuestionId| problems.iter().any(|problem| problem.question == *id);
        let dates: Vec<_> = reading
            .answers
            .iter()
            .filter(|(id, _)| !is_found(id))
            .filter_map(|(id, answer)| {
                let code = problem::problem_today(answer, today)?;
                Some(FieldProblem {
                    question: id.clone(),
                    code,
                })
            })
            .collect();
        problems.extend(dates);
        order::sort_by_key(&mut problems, |problem| {
            self.questions().position(|q| q.id == problem.question)
        });
        problems
    }

    /// Everything that stops sending, of answers that were read already.
    pub fn check_reading(&self, reading: &Reading, returning: bool) -> Vec<FieldProblem> {
        let own = self.own(reading);
        self.pages()
            .flat_map(|(_, page)| check_page(page, reading, At::any_day(returning), &own))
            .collect()
    }

    /// Everything on one page that stops sending, in its order. Nothing for an unknown page.
    pub fn check_page(&self, page: &Slug, reading: &Reading, returning: bool) -> Vec<FieldProblem> {
        let own = self.own(reading);
        self.pages()
            .filter(|(_, known)| known.id == *page)
            .flat_map(|(_, page)| check_page(page, reading, At::any_day(returning), &own))
            .collect()
    }

    /// The applicant's own names and addresses: what the browser would fill in as such.
    fn own<'a>(&self, reading: &'a Reading) -> Own<'a> {
        let mut own = Own::default();
        for question in self.questions() {
            let Some(Answer::Text(text)) = reading.answers.get(&question.id) else {
                continue;
            };
            match question.autocomplete.as_deref() {
                Some("name") => own.names.push(text),
                Some("email") => own.emails.push(text),
                _ => {}
            }
        }
        own
    }
}

/// What the check looks at besides the answers.
#[derive(Debug, Clone, Copy)]
struct At {
    returning: bool,
    today: Option<NaiveDate>,
}

impl At {
    fn any_day(returning: bool) -> Self {
        Self {
            returning,
            today: None,
        }
    }
}

fn check_page(page: &Page, reading: &Reading, at: At, own: &Own<'_>) -> Vec<FieldProblem> {
    check_questions(&page.questions, reading, at, own)
}

fn check_questions(
    questions: &[Question],
    reading: &Reading,
    at: At,
    own: &Own<'_>,
) -> Vec<FieldProblem> {
    let given = Given {
        answers: &reading.answers,
        returning: at.returning,
    };
    questions
        .iter()
        .filter(|question| reading.visible.contains(&question.id))
        .filter_map(|question| {
            let code = problem::problem(question, given, at, own)?;
            Some(FieldProblem {
                question: question.id.clone(),
                code,
            })
        })
        .collect()
}

/// One round of questions that are asked several times: which are asked, and what counts of it.
/// `given` is what counts outside.
pub fn read_item(questions: &[Question], item: &Answers, given: Given<'_>) -> Reading {
    reading::read_item(questions, item, given)
}
