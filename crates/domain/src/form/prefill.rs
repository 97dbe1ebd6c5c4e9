//! What is known of somebody before they write: the account, the other role, the last cohort. What
//! comes from the last cohort waits until its owner says that it is still right.

use crate::order;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers};
use super::check::{FieldProblem, ProblemCode, Reading};
use super::definition::{FormDef, Kind, QuestionId};
use super::forward::forward;

/// Where an answer came from that nobody typed into this application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The application to the last cohort.
    LastCohort,
    /// The account.
    Account,
    /// The application in the other role to this cohort.
    OtherRole,
}

/// What is known of somebody from the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account<'a> {
    /// The name to use, if known.
    pub name: &'a str,
    /// The address.
    pub email: &'a str,
}

/// The form of another application of the same person, and its answers.
pub type Other<'a> = (&'a FormDef, &'a Answers);

/// The answers that an application begins with, each with where it came from.
pub type Prefilled = BTreeMap<QuestionId, (Answer, Source)>;

/// What an application begins with. The other role of this year says more than the account, the
/// account more than the last cohort.
pub fn prefill(
    form: &FormDef,
    account: Account<'_>,
    other_role: Option<Other<'_>>,
    last_cohort: Option<Other<'_>>,
) -> Prefilled {
    let mut prefilled = Prefilled::new();
    if let Some((earlier, answers)) = last_cohort {
        let kept = forward(earlier, form, answers, &Answers::new());
        let carried = kept
            .kept
            .into_iter()
            .filter(|(id, answer)| is_carried(form, id, answer) && !kept.again.contains_key(id));
        prefilled.extend(carried.map(|(id, answer)| (id, (answer, Source::LastCohort))));
    }
    for question in form.questions() {
        let text = match question.autocomplete.as_deref() {
            Some("name") => account.name,
            Some("email") => account.email,
            _ => "",
        };
        if !text.is_empty() {
            let answer = Answer::Text(text.to_owned());
            prefilled.insert(question.id.clone(), (answer, Source::Account));
        }
    }
    if let Some((other, answers)) = other_role {
        let shared = answers.iter().filter(|(id, _)| is_shared(form, other, id));
        prefilled
            .extend(shared.map(|(id, answer)| (id.clone(), (answer.clone(), Source::OtherRole))));
    }
    prefilled
}

/// Whether a question's answer of the last cohort is offered again. Agreements are given anew.
fn is_carried(form: &FormDef, id: &QuestionId, answer: &Answer) -> bool {
    form.sections
        .iter()
        .filter(|section| section.carried)
        .flat_map(|section| &section.pages)
        .flat_map(|page| &page.questions)
        .any(|question| {
            question.id == *id
                && answer.fits(&question.kind)
                && !question.anew
                && !question.retired
                && !matches!(question.kind, Kind::Confirm | Kind::Consent { .. })
        })
}

/// Whether both forms ask the same question, so that somebody in both roles answers it once.
pub fn is_shared(form: &FormDef, other: &FormDef, id: &QuestionId) -> bool {
    let (Some(one), Some(two)) = (form.question(id), other.question(id)) else {
        return false;
    };
    one.rev == two.rev
        && !one.per_role
        && !two.per_role
        && std::mem::discriminant(&one.kind) == std::mem::discriminant(&two.kind)
}

/// The answers that wait for their owner to say that they are still right.
pub fn to_confirm(prefilled: &Prefilled) -> BTreeSet<QuestionId> {
    prefilled
        .iter()
        .filter(|(_, (_, source))| *source == Source::LastCohort)
        .map(|(id, _)| id.clone())
        .collect()
}

/// What waits once some answers were confirmed, changed or cleared: whoever writes an answer has
/// looked at it.
#[must_use]
pub fn still_to_confirm<'a>(
    waiting: &BTreeSet<QuestionId>,
    touched: impl IntoIterator<Item = &'a QuestionId>,
) -> BTreeSet<QuestionId> {
    let touched: BTreeSet<&QuestionId> = order::set(touched);
    waiting
        .iter()
        .filter(|id| !touched.contains(id))
        .cloned()
        .collect()
}

/// What stops sending because nobody said that it is still right. What is not asked, or was
/// emptied, waits for nobody.
pub fn unconfirmed(reading: &Reading, waiting: &BTreeSet<QuestionId>) -> Vec<FieldProblem> {
    waiting
        .iter()
        .filter(|id| reading.visible.contains(id) && reading.answers.contains_key(id))
        .map(|id| FieldProblem {
            question: id.clone(),
            code: ProblemCode::Unconfirmed,
        })
        .collect()
}
