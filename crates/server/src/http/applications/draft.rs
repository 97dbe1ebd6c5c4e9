//! A draft as it is kept: its form, its answers, and what they come to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use tandem_api::application::{FieldResult, OtherAnswer};
use tandem_domain::application::ApplicationState;
use tandem_domain::date::ZoneName;
use tandem_domain::form::answer::{Answer, Answers, Upload};
use tandem_domain::form::check::{FieldProblem, ProblemCode, Reading};
use tandem_domain::form::definition::{FormDef, Kind, Question, QuestionId};
use tandem_domain::form::prefill::{Source, unconfirmed};
use tandem_domain::form::shape::well_formed;
use tandem_domain::id::PersonId;

use super::files::files;
use crate::http::scene::Scene;
use crate::store::applications::answers::{self, Kept, KeptAnswers};
use crate::store::applications::{self, Application};
use crate::store::audit::Moment;
use crate::store::{StoreError, Stored, Tx, cohorts, uploads};
use crate::zone;

/// A draft with its form.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The form as it is asked now.
    pub form: FormDef,
    /// The answers, cleared ones among them.
    pub kept: KeptAnswers,
    /// Whether the person took part in an earlier cohort.
    pub returning: bool,
    /// The files that answers may name.
    pub uploads: Vec<uploads::Kept>,
}

impl Draft {
    /// Reads the draft of an application.
    pub async fn load(tx: &Tx, scene: &Scene, application: &Application) -> Stored<Self> {
        let form = cohorts::form(tx, application.cohort, application.role).await?;
        let form = form.ok_or_else(|| StoreError::Unreadable {
            what: "form",
            cause: format!("none for {}", application.role.slug()),
        })?;
        let takes_files = |question: &Question| match &question.kind {
            Kind::File { .. } => true,
            Kind::Repeat { questions, .. } => questions
                .iter()
                .any(|inner| matches!(inner.kind, Kind::File { .. })),
            _ => false,
        };
        let uploads = if form.questions().any(takes_files) {
            uploads::of_person_in(tx, application.person, application.cohort).await?
        } else {
            Vec::new()
        };
        Ok(Self {
            form,
            uploads,
            kept: answers::of(tx, application.id).await?,
            returning: returning(tx, scene).await?.contains(&application.person),
        })
    }

    /// The answers that were given.
    pub fn answers(&self) -> Answers {
        answers::answers(&self.kept)
    }

    /// What else was written in fields whose owner has not decided yet.
    pub fn undecided(&self) -> BTreeMap<QuestionId, OtherAnswer> {
        let others = self.kept.iter().filter_map(|(question, kept)| {
            let other = kept.other.clone()?;
            let other = OtherAnswer {
                theirs: other.value,
                at: other.at,
            };
            Some((question.clone(), other))
        });
        others.collect()
    }

    /// The answers that nobody typed here, each with where it came from.
    pub fn prefilled(&self) -> BTreeMap<QuestionId, Source> {
        let from = self.kept.iter().filter_map(|(question, kept)| {
            kept.value.as_ref()?;
            Some((question.clone(), kept.source?))
        });
        from.collect()
    }

    /// The answers that wait for their owner to say that they are still right.
    fn waiting(&self) -> BTreeSet<QuestionId> {
        let from = self.prefilled().into_iter();
        from.filter(|(_, source)| *source == Source::LastCohort)
            .map(|(question, _)| question)
            .collect()
    }

    /// The answers that count.
    pub fn reading(&self) -> Reading {
        self.form.read(&self.answers(), self.returning)
    }

    /// What stops sending on this day.
    pub fn problems(&self, today: NaiveDate) -> Vec<FieldProblem> {
        let mut problems = problems(&self.form, &self.answers(), self.returning, today);
        let unconfirmed = unconfirmed(&self.reading(), &self.waiting());
        for found in unconfirmed {
            // What is wrong with it comes first.
            if !problems
                .iter()
                .any(|known| known.question == found.question)
            {
                problems.push(found);
            }
        }
        problems
    }

    /// What becomes of each change, and the answers to keep. The rules of saving are here: a field
    /// is in conflict only if it changed elsewhere since `base_rev`, to something else.
    pub fn merge(
        &self,
        changes: BTreeMap<QuestionId, Option<Answer>>,
        base_rev: i64,
        (rev, now): (i64, Moment),
    ) -> (BTreeMap<QuestionId, FieldResult>, KeptAnswers) {
        let mut results = BTreeMap::new();
        let mut to_keep = KeptAnswers::new();
        for (question, change) in changes {
            let change = match self.accepted(&question, change) {
                Ok(change) => change,
                Err(code) => {
                    let problem = FieldProblem {
                        question: question.clone(),
                        code,
                    };
                    results.insert(question, FieldResult::Invalid(problem));
                    continue;
                }
            };
            let kept = self.kept.get(&question);
            let is_same = kept.and_then(|kept| kept.value.as_ref()) == change.as_ref();
            // Saving what stands there decides between it and what else was written, and says that
            // what came from elsewhere is still right.
            let is_decided = kept.is_some_and(|kept| {
                (kept.other.is_some() || kept.source.is_some()) && kept.rev <= base_rev
            });
            let result = match kept {
                Some(kept) if kept.rev > base_rev && !is_same => FieldResult::Conflict {
                    theirs: kept.value.clone(),
                    at: kept.at,
                },
                _ => FieldResult::Ok,
            };
            if result == FieldResult::Ok && (!is_same || is_decided) {
                to_keep.insert(question.clone(), Kept::new(change, rev, now.real));
            }
            results.insert(question, result);
        }
        (results, to_keep)
    }

    /// The change as it is kept. An emptied answer is a cleared one.
    fn accepted(
        &self,
        question: &QuestionId,
        change: Option<Answer>,
    ) -> Result<Option<Answer>, ProblemCode> {
        let question = self.form.question(question).ok_or(ProblemCode::WrongKind)?;
        match change {
            None => Ok(None),
            Some(answer) => {
                let answer = well_formed(question, &answer)?;
                if files(&answer).into_iter().all(|file| self.has(file)) {
                    Ok(Some(answer))
                } else {
                    Err(ProblemCode::WrongKind)
                }
            }
        }
    }

    /// Whether the server keeps this file for this person: only then an answer may name it.
    fn has(&self, file: &Upload) -> bool {
        self.uploads.iter().any(|kept| kept.upload == *file)
    }
}

/// Who took part in an earlier cohort.
pub async fn returning(tx: &Tx, scene: &Scene) -> Stored<BTreeSet<PersonId>> {
    let place = (scene.cohort.program, scene.cohort.id);
    let matched = applications::elsewhere(tx, place, ApplicationState::Matched).await?;
    Ok(matched.into_iter().map(|(person, _)| person).collect())
}

/// What stops sending on this day. Only the server knows which zones there are.
pub fn problems(
    form: &FormDef,
    answers: &Answers,
    returning: bool,
    today: NaiveDate,
) -> Vec<FieldProblem> {
    let mut problems = form.check_on(answers, returning, today);
    let reading = form.read(answers, returning);
    for question in form
        .questions()
        .filter(|question| question.kind == Kind::TimeZone)
    {
        let unknown = matches!(reading.answers.get(&question.id),
            Some(Answer::Text(name)) if !zone::is_known(&ZoneName(name.clone())));
        let is_found = problems
            .iter()
            .any(|problem| problem.question == question.id);
        if unknown && !is_found {
            let code = ProblemCode::NotATimeZone;
            problems.push(FieldProblem {
                question: question.id.clone(),
                code,
            });
        }
    }
    problems
}
