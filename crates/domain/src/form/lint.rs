//! What an author of a form should mend before publishing it.

mod condition;
mod question;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::definition::{FormDef, Page, Question, QuestionId, Section, Slug};

/// Pages beyond which people give up.
pub const MAX_PAGES: usize = 20;

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// At which question; none for the form as a whole.
    pub question: Option<QuestionId>,
    /// What.
    #[serde(flatten)]
    pub code: FindingCode,
}

/// What can be wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FindingCode {
    /// More pages than people finish.
    TooManyPages {
        /// How many.
        count: usize,
    },
    /// A page without a question, a section without a page, or a condition without words.
    Empty {
        /// Its name.
        id: Slug,
    },
    /// Two sections, pages or choices have one name.
    RepeatedName {
        /// The name.
        id: Slug,
    },
    /// Two questions have one name.
    RepeatedQuestion,
    /// There is no label.
    NoLabel,
    /// It is not said why it is asked.
    NoWhy,
    /// There is nothing to choose from.
    NoChoices,
    /// A limit is above its greater one, or no answer could be within.
    LimitsInDisorder,
    /// A condition names a question that the form does not ask.
    UnknownQuestion {
        /// The name.
        named: QuestionId,
    },
    /// A condition names a question that comes later.
    ForwardReference {
        /// The name.
        named: QuestionId,
    },
    /// Something names a choice, row or step that the question does not have.
    UnknownChoice {
        /// The question whose choice it should be.
        named: QuestionId,
        /// The name.
        choice: Slug,
    },
    /// A condition looks for something that answers to this kind of question never have.
    WrongKind {
        /// The question.
        named: QuestionId,
    },
    /// It is never asked.
    Unreachable,
    /// It must be answered and is never asked, or takes no answer.
    RequiredButNeverAsked,
    /// A choice is never offered.
    ChoiceNeverOffered {
        /// The choice.
        choice: Slug,
    },
}

/// Everything to mend in a form, in its order. A form without findings can be published.
pub fn lint(form: &FormDef) -> Vec<Finding> {
    let mut lint = Lint {
        form,
        places: places(form),
        findings: Vec::new(),
    };
    lint.layout();
    for question in form.questions() {
        lint.question(question);
    }
    lint.findings
}

/// Where a question stands.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    question: &'a Question,
    page_idx: usize,
    question_idx: usize,
}

/// The work in progress.
#[derive(Debug)]
struct Lint<'a> {
    form: &'a FormDef,
    /// Of each name, the first place.
    places: BTreeMap<&'a QuestionId, Place<'a>>,
    findings: Vec<Finding>,
}

impl<'a> Lint<'a> {
    fn find(&mut self, question: Option<&QuestionId>, code: FindingCode) {
        self.findings.push(Finding {
            question: question.cloned(),
            code,
        });
    }

    fn place(&self, id: &QuestionId) -> Option<Place<'a>> {
        self.places.get(id).copied()
    }

    fn layout(&mut self) {
        let form = self.form;
        let count = form.pages().count();
        if count > MAX_PAGES {
            self.find(None, FindingCode::TooManyPages { count });
        }
        self.repeated(None, form.eligibility.iter().map(|condition| &condition.id));
        for condition in &form.eligibility {
            if condition.statement.is_empty() || condition.otherwise.is_empty() {
                let id = condition.id.clone();
                self.find(None, FindingCode::Empty { id });
            }
        }
        let sections = form.sections.iter().map(|section: &Section| &section.id);
        self.repeated(None, sections);
        self.repeated(None, form.pages().map(|(_, page): (_, &Page)| &page.id));
        for section in form
            .sections
            .iter()
            .filter(|section| section.pages.is_empty())
        {
            self.find(
                None,
                FindingCode::Empty {
                    id: section.id.clone(),
                },
            );
        }
        for (_, page) in form.pages().filter(|(_, page)| page.questions.is_empty()) {
            self.find(
                None,
                FindingCode::Empty {
                    id: page.id.clone(),
                },
            );
        }
        for (question_idx, question) in form.questions().enumerate() {
            let first = self.place(&question.id);
            if first.is_some_and(|first| first.question_idx != question_idx) {
                self.find(Some(&question.id), FindingCode::RepeatedQuestion);
            }
        }
    }

    fn repeated<'b>(
        &mut self,
        question: Option<&QuestionId>,
        names: impl Iterator<Item = &'b Slug>,
    ) {
        let names: Vec<&Slug> = names.collect();
        for (idx, name) in names.iter().enumerate() {
            if names.iter().take(idx).any(|earlier| earlier == name) {
                self.find(
                    question,
                    FindingCode::RepeatedName {
                        id: (*name).clone(),
                    },
                );
            }
        }
    }
}

fn places(form: &FormDef) -> BTreeMap<&QuestionId, Place<'_>> {
    let mut places = BTreeMap::new();
    let questions = form
        .pages()
        .enumerate()
        .flat_map(|(page_idx, (_, page))| page.questions.iter().map(move |q| (page_idx, q)));
    for (question_idx, (page_idx, question)) in questions.enumerate() {
        places.entry(&question.id).or_insert(Place {
            question,
            page_idx,
            question_idx,
        });
    }
    places
}
