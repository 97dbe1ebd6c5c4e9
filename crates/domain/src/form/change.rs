//! What differs between two versions of a form, told by what it means for those who answer. For
//! authors; the browser of an applicant has no part in it.

pub mod bounds;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use self::bounds::Reason;
use super::definition::{Audience, FormDef, Kind, Question, QuestionId, Required, Slug};

/// What differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The earlier version.
    pub from: u32,
    /// The later version.
    pub to: u32,
    /// In the order of the later version; what is gone comes last.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Of which question; none for sections, pages and the form itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionId>,
    /// Of which of the questions that it asks several times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<QuestionId>,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added {
        /// Whether it must be answered, at least by some.
        required: bool,
    },
    /// It is gone.
    Removed,
    /// It is no longer asked, and kept for readers.
    Retired,
    /// It means something else; earlier answers no longer count.
    MeaningChanged,
    /// It takes another kind of answer.
    KindChanged,
    /// Less is accepted, or more is asked.
    Stricter {
        /// In what.
        by: BTreeSet<Reason>,
    },
    /// More is accepted, or less is asked.
    Looser {
        /// In what.
        by: BTreeSet<Reason>,
    },
    /// It is asked, offered or required under another condition.
    ConditionChanged,
    /// More people read the answer.
    ShownToMore {
        /// Who is added.
        to: BTreeSet<Audience>,
    },
    /// Fewer people read the answer.
    ShownToFewer {
        /// Who no longer does.
        to: BTreeSet<Audience>,
    },
    /// It stands on another page.
    Moved {
        /// Where it stood.
        from: Slug,
        /// Where it stands.
        to: Slug,
    },
    /// Its words differ, and nothing else.
    Reworded,
    /// It is handled in another way: how sensitive it is, what pairing does with it, whether it is
    /// carried over.
    HandledDifferently,
}

/// What a change means for those who answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Nothing.
    Cosmetic,
    /// They may answer more.
    OptionalAdded,
    /// What they answered is as good as before, or better.
    Widened,
    /// They must answer more.
    RequiredAdded,
    /// What they answered may no longer do.
    Narrowed,
    /// What they answered is read by others than they were told.
    AudienceChanged,
    /// What they answered no longer counts.
    Removed,
    /// They are asked again.
    MeaningChanged,
}

impl What {
    /// What the change means for those who answer.
    pub fn class(&self) -> Class {
        match self {
            Self::Added { required: true } => Class::RequiredAdded,
            Self::Added { required: false } => Class::OptionalAdded,
            Self::Removed | Self::Retired => Class::Removed,
            Self::MeaningChanged | Self::KindChanged => Class::MeaningChanged,
            Self::Stricter { by } if by.contains(&Reason::Required) => Class::RequiredAdded,
            // Under another condition, some are asked who were not.
            Self::Stricter { .. } | Self::ConditionChanged => Class::Narrowed,
            Self::Looser { .. } => Class::Widened,
            Self::ShownToMore { .. } | Self::ShownToFewer { .. } => Class::AudienceChanged,
            Self::Moved { .. } | Self::Reworded | Self::HandledDifferently => Class::Cosmetic,
        }
    }
}

/// What differs between two versions of a form.
pub fn difference(from: &FormDef, to: &FormDef) -> Difference {
    let mut changes = Vec::new();
    if frame(from) != frame(to) {
        changes.push(of_form(What::Reworded));
    }
    if section_conditions(from) != section_conditions(to) {
        changes.push(of_form(What::ConditionChanged));
    }
    if carried(from) != carried(to) {
        changes.push(of_form(What::HandledDifferently));
    }
    for (_, page) in to.pages() {
        for question in &page.questions {
            let whats = match from.question(&question.id) {
                None => added(question).into_iter().collect(),
                Some(before) => {
                    let mut whats = between(before, question);
                    let stood = page_of(from, &question.id);
                    if let Some(stood) = stood.filter(|stood| **stood != page.id) {
                        whats.push(What::Moved {
                            from: stood.clone(),
                            to: page.id.clone(),
                        });
                    }
                    changes.extend(within(before, question));
                    whats
                }
            };
            changes.extend(whats.into_iter().map(|what| of(&question.id, what)));
        }
    }
    for question in from.questions() {
        if to.question(&question.id).is_none() {
            changes.push(of(&question.id, What::Removed));
        }
    }
    Difference {
        from: from.version,
        to: to.version,
        changes,
    }
}

impl Difference {
    /// The changes of questions that have answers and may not simply go: such a question is
    /// retired, or asked anew under another revision.
    pub fn refused<'a>(
        &'a self,
        answered: &'a BTreeSet<QuestionId>,
        to: &'a FormDef,
    ) -> impl Iterator<Item = &'a Change> {
        self.changes.iter().filter(move |change| {
            let has_answers = change
                .question
                .as_ref()
                .is_some_and(|question| answered.contains(question));
            let is_revised = || {
                change
                    .question
                    .as_ref()
                    .and_then(|id| to.question(id))
                    .is_some_and(|question| question.rev > 0)
            };
            has_answers
                && match change.what {
                    What::Removed => change.within.is_none(),
                    What::KindChanged => !is_revised(),
                    _ => false,
                }
        })
    }
}

fn of_form(what: What) -> Change {
    Change {
        question: None,
        within: None,
        what,
    }
}

fn of(question: &QuestionId, what: What) -> Change {
    Change {
        question: Some(question.clone()),
        within: None,
        what,
    }
}

/// The words around the questions, and the order of sections and pages.
fn frame(form: &FormDef) -> impl PartialEq + '_ {
    let sections: Vec<_> = form
        .sections
        .iter()
        .map(|section| {
            let pages: Vec<_> = section
                .pages
                .iter()
                .map(|page| (&page.id, &page.heading, &page.intro))
                .collect();
            (&section.id, &section.title, &section.intro, pages)
        })
        .collect();
    (&form.title, &form.intro, &form.eligibility, sections)
}

fn section_conditions(form: &FormDef) -> impl PartialEq + '_ {
    form.sections
        .iter()
        .filter_map(|section| Some((&section.id, section.visible.as_ref()?)))
        .collect::<Vec<_>>()
}

fn carried(form: &FormDef) -> impl PartialEq + '_ {
    form.sections
        .iter()
        .filter(|section| section.carried)
        .map(|section| &section.id)
        .collect::<Vec<_>>()
}

fn page_of<'a>(form: &'a FormDef, id: &QuestionId) -> Option<&'a Slug> {
    form.pages()
        .find(|(_, page)| page.questions.iter().any(|question| question.id == *id))
        .map(|(_, page)| &page.id)
}

fn added(question: &Question) -> Option<What> {
    (!question.retired).then(|| What::Added {
        required: question.required != Required::Never,
    })
}

/// What became of a question.
fn between(before: &Question, now: &Question) -> Vec<What> {
    match (before.retired, now.retired) {
        (true, true) => return Vec::new(),
        (false, true) => return vec![What::Retired],
        (true, false) => return added(now).into_iter().collect(),
        (false, false) => {}
    }
    if before.rev != now.rev || consent_rev(&before.kind) != consent_rev(&now.kind) {
        return vec![What::MeaningChanged];
    }
    if std::mem::discriminant(&before.kind) != std::mem::discriminant(&now.kind) {
        return vec![What::KindChanged];
    }
    let mut whats = Vec::new();
    let (stricter, looser) = bounds::compare(before, now);
    if !stricter.is_empty() {
        whats.push(What::Stricter { by: stricter });
    }
    if !looser.is_empty() {
        whats.push(What::Looser { by: looser });
    }
    if conditions(before) != conditions(now) {
        whats.push(What::ConditionChanged);
    }
    let all = &readers(before) | &readers(now);
    let is_more = |who: &Audience| openness(now, *who) > openness(before, *who);
    let is_less = |who: &Audience| openness(now, *who) < openness(before, *who);
    let more: BTreeSet<Audience> = all.iter().copied().filter(is_more).collect();
    let fewer: BTreeSet<Audience> = all.iter().copied().filter(is_less).collect();
    if !more.is_empty() {
        whats.push(What::ShownToMore { to: more });
    }
    if !fewer.is_empty() {
        whats.push(What::ShownToFewer { to: fewer });
    }
    if bounds::words(before) != bounds::words(now) {
        whats.push(What::Reworded);
    }
    if handling(before) != handling(now) {
        whats.push(What::HandledDifferently);
    }
    whats
}

/// What became of questions that are asked several times.
fn within(before: &Question, now: &Question) -> Vec<Change> {
    let (Kind::Repeat { questions: old, .. }, Kind::Repeat { questions: new, .. }) =
        (&before.kind, &now.kind)
    else {
        return Vec::new();
    };
    let find = |list: &'_ [Question], id: &QuestionId| list.iter().position(|q| q.id == *id);
    let mut changes = Vec::new();
    let mut note = |inner: &Question, what: What| {
        changes.push(Change {
            question: Some(now.id.clone()),
            within: Some(inner.id.clone()),
            what,
        });
    };
    for inner in new {
        let whats = match find(old, &inner.id).and_then(|idx| old.get(idx)) {
            None => added(inner).into_iter().collect(),
            Some(before) => between(before, inner),
        };
        for what in whats {
            note(inner, what);
        }
    }
    for inner in old.iter().filter(|inner| find(new, &inner.id).is_none()) {
        note(inner, What::Removed);
    }
    changes
}

fn consent_rev(kind: &Kind) -> Option<u16> {
    match kind {
        Kind::Consent { rev, .. } => Some(*rev),
        _ => None,
    }
}

fn conditions(question: &Question) -> impl PartialEq + '_ {
    let required = match &question.required {
        Required::If(cond) => Some(cond),
        _ => None,
    };
    let choices: Vec<_> = bounds::choices(&question.kind)
        .iter()
        .filter_map(|choice| Some((&choice.id, choice.visible.as_ref()?)))
        .collect();
    (&question.visible, required, choices)
}

/// Everybody who reads the answer, or does if its owner says so.
fn readers(question: &Question) -> BTreeSet<Audience> {
    let shared = question.shared.iter().map(|share| share.with);
    question.seen_by.iter().copied().chain(shared).collect()
}

/// How far somebody reads the answer: always, if its owner says so, or not at all.
fn openness(question: &Question, who: Audience) -> u8 {
    if question.seen_by.contains(&who) {
        2
    } else {
        u8::from(question.shared.iter().any(|share| share.with == who))
    }
}

fn handling(question: &Question) -> impl PartialEq + '_ {
    (
        question.data_class,
        question.matching,
        &question.autocomplete,
        (question.anew, question.per_role),
        &question.shared,
    )
}
