//! What is wrong with the answers, and which of them count.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::Answers;
use super::definition::{FormDef, Page, QuestionId};

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
    TooLong { count: u32, max: u32 },
    /// Below the least length.
    TooShort { count: u32, min: u32 },
    /// Fewer than the least number.
    TooFew { count: u32, min: u32 },
    /// More than the greatest number.
    TooMany { count: u32, max: u32 },
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
    /// Not a known country or state.
    NotAPlace,
    /// The month lies outside what is sensible.
    DateOutOfRange,
    /// A stretch of days that ends before it begins.
    EndsBeforeItBegins,
    /// The own name among people to keep apart.
    OwnName,
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
        read(self, answers, returning)
    }

    /// Everything that stops sending, in the order of the form.
    pub fn check(&self, answers: &Answers, returning: bool) -> Vec<FieldProblem> {
        let reading = self.read(answers, returning);
        self.pages().flat_map(|(_, page)| check_page(page, &reading, returning)).collect()
    }
}

fn read(form: &FormDef, answers: &Answers, _returning: bool) -> Reading {
    Reading { visible: form.questions().map(|q| q.id.clone()).collect(), answers: answers.clone() }
}

fn check_page(_page: &Page, _reading: &Reading, _returning: bool) -> Vec<FieldProblem> {
    Vec::new()
}
