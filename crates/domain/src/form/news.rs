//! What a new version of a form means for one person: whom it concerns, and what the page "What
//! changed" says to them.

use crate::order;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::answer::Answers;
use super::change::{What, difference};
use super::check::ProblemCode;
use super::condition::Given;
use super::definition::{Audience, FormDef, Kind, Question, QuestionId, Slug};
use super::forward::{Again, Forwarded, forward};
use super::locale::L10n;

/// What a new version does to the answers of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Effect {
    /// Asked now and not before, and must be answered.
    pub required: BTreeSet<QuestionId>,
    /// Asked now and not before, and may be answered.
    pub optional: BTreeSet<QuestionId>,
    /// Answered, and the answer no longer does.
    pub wrong: BTreeSet<QuestionId>,
    /// Answered, and the answer no longer counts.
    pub lost: BTreeSet<QuestionId>,
    /// Answered, and more people read the answer.
    pub opened: BTreeMap<QuestionId, BTreeSet<Audience>>,
}

impl Effect {
    /// Whether nothing changes for this person.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether what was complete no longer is.
    pub fn stops_sending(&self) -> bool {
        !self.required.is_empty() || !self.wrong.is_empty()
    }
}

/// What a new version does to somebody's answers.
pub fn effect(from: &FormDef, to: &FormDef, answers: &Answers, returning: bool) -> Effect {
    Comparison::of(from, to, (answers, &Answers::new()), returning).effect()
}

/// How many people a new version concerns, and in what. Numbers only: who they are, it does not
/// say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Concerned {
    /// How many were looked at.
    pub all: u32,
    /// For how many something changes.
    pub concerned: u32,
    /// For how many something stops sending that did not before.
    pub stopped: u32,
    /// By question.
    pub questions: BTreeMap<QuestionId, Tally>,
}

/// How many people a new version concerns at one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Must answer it, and did not.
    pub required: u32,
    /// May answer it, and were not asked.
    pub optional: u32,
    /// Answered, and the answer no longer does.
    pub wrong: u32,
    /// Answered, and the answer no longer counts.
    pub lost: u32,
    /// Answered, and more people read the answer.
    pub opened: u32,
}

impl Concerned {
    /// Counts one person more.
    pub fn add(&mut self, effect: &Effect) {
        self.all += 1;
        self.concerned += u32::from(!effect.is_none());
        self.stopped += u32::from(effect.stops_sending());
        self.tally(&effect.required, |tally| &mut tally.required);
        self.tally(&effect.optional, |tally| &mut tally.optional);
        self.tally(&effect.wrong, |tally| &mut tally.wrong);
        self.tally(&effect.lost, |tally| &mut tally.lost);
        self.tally(effect.opened.keys(), |tally| &mut tally.opened);
    }

    fn tally<'a>(
        &mut self,
        questions: impl IntoIterator<Item = &'a QuestionId>,
        count: fn(&mut Tally) -> &mut u32,
    ) {
        for question in questions {
            *count(self.questions.entry(question.clone()).or_default()) += 1;
        }
    }
}

/// A line of the page "What changed".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Which question.
    pub question: QuestionId,
    /// How it is called, in the version that has it.
    pub label: L10n,
    /// The page that asks it now; none if none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Slug>,
    /// What changed.
    #[serde(flatten)]
    pub what: NewsOf,
}

/// What changed at a question, for the person who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum NewsOf {
    /// It is asked now.
    New {
        /// Whether it must be answered.
        required: bool,
        /// Whether an earlier answer came back with it.
        restored: bool,
    },
    /// It must be answered now.
    NowRequired,
    /// It is asked again.
    Again {
        /// Why.
        why: Again,
    },
    /// The answer no longer does.
    NowWrong {
        /// What is wrong with it.
        problem: ProblemCode,
    },
    /// More people read the answer.
    Opened {
        /// Who is added.
        to: BTreeSet<Audience>,
    },
    /// It is no longer asked; the answer is kept aside.
    Gone,
    /// Its words are others.
    Reworded,
}

/// What the page "What changed" says to somebody whose draft goes on with a new version, in the
/// order of the form, what is gone last; and the draft in that version.
pub fn what_changed(
    from: &FormDef,
    to: &FormDef,
    (answers, aside): (&Answers, &Answers),
    returning: bool,
) -> (Forwarded, Vec<News>) {
    let comparison = Comparison::of(from, to, (answers, aside), returning);
    let news = comparison.news();
    (comparison.forwarded, news)
}

/// Both versions read with one person's answers.
struct Comparison<'a> {
    from: &'a FormDef,
    to: &'a FormDef,
    returning: bool,
    before: Side,
    now: Side,
    forwarded: Forwarded,
}

/// One version read.
struct Side {
    visible: BTreeSet<QuestionId>,
    answers: Answers,
    problems: BTreeMap<QuestionId, ProblemCode>,
}

impl Side {
    fn of(form: &FormDef, answers: &Answers, returning: bool) -> Self {
        let reading = form.read(answers, returning);
        let problems = form
            .check_reading(&reading, returning)
            .into_iter()
            .map(|problem| (problem.question, problem.code))
            .collect();
        Self {
            visible: reading.visible,
            answers: reading.answers,
            problems,
        }
    }
}

impl<'a> Comparison<'a> {
    fn of(
        from: &'a FormDef,
        to: &'a FormDef,
        (answers, aside): (&Answers, &Answers),
        returning: bool,
    ) -> Self {
        let forwarded = forward(from, to, answers, aside);
        Self {
            from,
            to,
            returning,
            before: Side::of(from, answers, returning),
            now: Side::of(to, &forwarded.kept, returning),
            forwarded,
        }
    }

    fn is_missing(&self, id: &QuestionId) -> bool {
        matches!(
            self.now.problems.get(id),
            Some(ProblemCode::Required | ProblemCode::MustConfirm)
        )
    }

    /// What is wrong now and was not before.
    fn new_problem(&self, id: &QuestionId) -> Option<&ProblemCode> {
        let now = self.now.problems.get(id)?;
        (self.before.problems.get(id) != Some(now)).then_some(now)
    }

    /// Who reads an answer now, and did not when it was given.
    fn opened(&self, question: &Question) -> BTreeSet<Audience> {
        let id = &question.id;
        let (Some(before), true) = (self.from.question(id), self.before.answers.contains_key(id))
        else {
            return BTreeSet::new();
        };
        if !self.now.answers.contains_key(id) {
            return BTreeSet::new();
        }
        let read = before.readers(&self.before.answers, self.returning);
        let reads = question.readers(&self.now.answers, self.returning);
        &reads - &read
    }

    fn effect(&self) -> Effect {
        let mut effect = Effect::default();
        for question in self.to.questions() {
            let id = &question.id;
            if !self.now.visible.contains(id) || question.kind == Kind::Info {
                continue;
            }
            let was_asked = self.before.visible.contains(id);
            let is_answered = self.now.answers.contains_key(id);
            if self.new_problem(id).is_some() {
                if is_answered {
                    effect.wrong.insert(id.clone());
                } else {
                    effect.required.insert(id.clone());
                }
            } else if !was_asked && !is_answered {
                effect.optional.insert(id.clone());
            }
            let opened = self.opened(question);
            if !opened.is_empty() {
                effect.opened.insert(id.clone(), opened);
            }
        }
        for id in self.before.answers.keys() {
            if !self.now.answers.contains_key(id) || self.forwarded.again.contains_key(id) {
                effect.lost.insert(id.clone());
            }
        }
        effect
    }

    fn news(&self) -> Vec<News> {
        let reworded: BTreeSet<QuestionId> = difference(self.from, self.to)
            .changes
            .into_iter()
            .filter(|change| change.what == What::Reworded)
            .filter_map(|change| change.question)
            .collect();
        let mut news = Vec::new();
        for (_, page) in self.to.pages() {
            for question in &page.questions {
                let is_asked = self.now.visible.contains(&question.id);
                let is_said = is_asked && question.kind != Kind::Info;
                for what in is_said
                    .then(|| self.news_of(question, &reworded))
                    .into_iter()
                    .flatten()
                {
                    news.push(News {
                        question: question.id.clone(),
                        label: question.label.clone(),
                        page: Some(page.id.clone()),
                        what,
                    });
                }
            }
        }
        for question in self.from.questions() {
            let is_gone = self.before.answers.contains_key(&question.id)
                && self.to.question(&question.id).is_none_or(|now| now.retired);
            if is_gone {
                news.push(News {
                    question: question.id.clone(),
                    label: question.label.clone(),
                    page: None,
                    what: NewsOf::Gone,
                });
            }
        }
        news
    }

    fn news_of(&self, question: &Question, reworded: &BTreeSet<QuestionId>) -> Vec<NewsOf> {
        let id = &question.id;
        if !self.before.visible.contains(id) {
            let given = Given {
                answers: &self.now.answers,
                returning: self.returning,
            };
            return vec![NewsOf::New {
                required: question.is_required(given, None),
                restored: self.now.answers.contains_key(id),
            }];
        }
        let mut news = Vec::new();
        if let Some(why) = self.forwarded.again.get(id) {
            news.push(NewsOf::Again { why: *why });
        } else if let Some(problem) = self.new_problem(id) {
            news.push(if self.is_missing(id) {
                NewsOf::NowRequired
            } else {
                NewsOf::NowWrong {
                    problem: problem.clone(),
                }
            });
        }
        let opened = self.opened(question);
        if !opened.is_empty() {
            news.push(NewsOf::Opened { to: opened });
        }
        if news.is_empty() && reworded.contains(id) {
            news.push(NewsOf::Reworded);
        }
        news
    }
}

/// A column of an export: a question over all versions that were answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Which question.
    pub question: QuestionId,
    /// How the latest version that has it calls it.
    pub label: L10n,
    /// The versions that ask it.
    pub versions: Vec<u32>,
}

/// The columns of all versions together, in the order of the latest; what only earlier ones ask
/// follows. No answer is left without a column.
pub fn columns(versions: &[FormDef]) -> Vec<Column> {
    let mut latest_first: Vec<&FormDef> = versions.iter().collect();
    order::sort_by_key(&mut latest_first, |form| std::cmp::Reverse(form.version));
    let mut columns: Vec<Column> = Vec::new();
    for form in latest_first {
        for question in form
            .questions()
            .filter(|question| question.kind != Kind::Info)
        {
            let known = columns
                .iter_mut()
                .find(|column| column.question == question.id);
            match known {
                Some(column) => column.versions.insert(0, form.version),
                None => columns.push(Column {
                    question: question.id.clone(),
                    label: question.label.clone(),
                    versions: vec![form.version],
                }),
            }
        }
    }
    columns
}
