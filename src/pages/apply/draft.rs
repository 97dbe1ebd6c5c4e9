//! The answers of one application as this tab has them: what the reader sees, what the server is
//! known to have, and what lies between. Knows neither clock nor browser, so every way in which
//! two devices can meet is tested here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_api::application::{DraftSaved, FieldResult, OtherAnswer, SaveDraft};
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::form::syntax::complete_link;
use tandem_domain::id::OperationId;
use tandem_domain::order;
use tandem_domain::text::normalise;

/// An answer that was changed here and elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What the other device or tab saved.
    pub theirs: Option<Answer>,
    /// When, if known.
    pub at: Option<DateTime<Utc>>,
}

/// What the reader decides about a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// What stands here.
    Mine,
    /// What was saved elsewhere.
    Theirs,
    /// Both texts, one below the other.
    Both,
}

/// Whether everything that others saved is known after a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adopted {
    /// Nothing happened in between.
    Whole,
    /// Others saved in between: fetch the draft before the next save.
    WithGap,
}

/// What is kept on this device until the server has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Journal {
    /// The answers that are not saved.
    pub changes: BTreeMap<QuestionId, Kept>,
    /// When it was written, in milliseconds since 1970.
    pub at: u64,
    /// The key of a submission that was begun, so that a repeat is the same submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submit_key: Option<String>,
}

/// One answer that is kept on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What the reader wrote.
    pub mine: Option<Answer>,
    /// What the server is known to have had, or may have taken from here: values that are no
    /// sign of another device.
    pub own: Vec<Option<Answer>>,
    /// What other tabs of this device had in its place and could not save either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Answer>,
}

impl Kept {
    /// With what an older tab kept of the same answer. Unless this one was written over it or goes
    /// on from it, the reader decides between them.
    #[must_use]
    pub fn over(mut self, older: Self) -> Self {
        for answer in older.mine.into_iter().chain(older.also) {
            let is_answer = |other: &Answer| same(Some(other), Some(&answer));
            let was_known = self.own.iter().flatten().any(is_answer);
            let is_there = self.also.iter().any(is_answer);
            if !was_known && !is_there && !goes_on(self.mine.as_ref(), &answer) {
                self.also.push(answer);
            }
        }
        self
    }
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    answers: Answers,
    known: Answers,
    unsent: BTreeSet<QuestionId>,
    sending: Option<SaveDraft>,
    conflicts: BTreeMap<QuestionId, Conflict>,
    /// Conflicts of which the server keeps both sides until it hears of a decision.
    held: BTreeSet<QuestionId>,
    /// What other tabs of this device had and could not save, to be decided one after the other.
    asides: BTreeMap<QuestionId, Vec<Answer>>,
    refused: BTreeMap<QuestionId, ProblemCode>,
    rev: i64,
}

impl Draft {
    /// Opens what the server has, with what this device kept since.
    pub fn open(saved: Answers, rev: i64, journal: Option<&Journal>) -> Self {
        let mut draft = Self {
            answers: saved.clone(),
            known: saved,
            rev,
            ..Self::default()
        };
        for (id, kept) in journal.iter().flat_map(|journal| &journal.changes) {
            draft.take_up(id, kept);
        }
        draft
    }

    /// Goes on with one answer that this device kept.
    fn take_up(&mut self, id: &QuestionId, kept: &Kept) {
        let theirs = self.known.get(id).cloned();
        let is_own = |own: &Option<Answer>| same(own.as_ref(), theirs.as_ref());
        if !kept.also.is_empty() {
            self.asides.insert(id.clone(), kept.also.clone());
        }
        if !same(theirs.as_ref(), kept.mine.as_ref()) {
            put(&mut self.answers, id, kept.mine.clone());
            if kept.own.iter().any(is_own) {
                self.unsent.insert(id.clone());
            } else {
                let conflict = Conflict { theirs, at: None };
                self.conflicts.insert(id.clone(), conflict);
            }
        }
        self.turn_to_aside(id);
    }

    /// Once nothing else is to be decided about an answer, what another tab of this device had in
    /// its place is. Says whether that is so.
    fn turn_to_aside(&mut self, id: &QuestionId) -> bool {
        if self.conflicts.contains_key(id) {
            return true;
        }
        let mine = self.answers.get(id);
        let mut asides = self.asides.remove(id).unwrap_or_default();
        asides.retain(|aside| !goes_on(mine, aside));
        let Some(theirs) = asides.first().cloned() else {
            return false;
        };
        let conflict = Conflict {
            theirs: Some(theirs),
            at: None,
        };
        self.asides.insert(id.clone(), asides);
        self.unsent.remove(id);
        self.conflicts.insert(id.clone(), conflict);
        true
    }

    /// What else was written in some fields, in a draft that joined this one. The server keeps it
    /// until one of the two is saved. What the reader is to decide already comes first. Must not be
    /// called while a save is on its way.
    pub fn hold(&mut self, undecided: BTreeMap<QuestionId, OtherAnswer>, rev: i64) {
        if self.sending.is_some() || rev < self.rev {
            return;
        }
        let held = std::mem::take(&mut self.held);
        for id in held.iter().filter(|id| !undecided.contains_key(*id)) {
            // Decided elsewhere.
            self.conflicts.remove(id);
            let is_open = self.turn_to_aside(id);
            if !is_open && self.answers.get(id) != self.known.get(id) {
                self.unsent.insert(id.clone());
            }
        }
        for (id, other) in undecided {
            if self.conflicts.contains_key(&id) && !held.contains(&id) {
                continue;
            }
            let conflict = Conflict {
                theirs: Some(other.theirs),
                at: Some(other.at),
            };
            self.unsent.remove(&id);
            self.held.insert(id.clone());
            self.conflicts.insert(id, conflict);
        }
    }

    /// What the reader sees.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The revision last adopted.
    pub fn rev(&self) -> i64 {
        self.rev
    }

    /// What was changed here and elsewhere.
    pub fn conflicts(&self) -> &BTreeMap<QuestionId, Conflict> {
        &self.conflicts
    }

    /// What the server would not keep.
    pub fn refused(&self) -> &BTreeMap<QuestionId, ProblemCode> {
        &self.refused
    }

    /// Whether there is something the server does not have.
    pub fn has_unsaved(&self) -> bool {
        !self.unsent.is_empty()
            || self.sending.is_some()
            || !self.conflicts.is_empty()
            || !self.refused.is_empty()
    }

    /// Whether there is something to send that is not on its way.
    pub fn has_unsent(&self) -> bool {
        !self.unsent.is_empty()
    }

    /// Whether this answer waits to be sent, or is on its way.
    pub fn is_unsent(&self, id: &QuestionId) -> bool {
        let is_sending = |sent: &SaveDraft| sent.changes.contains_key(id);
        self.unsent.contains(id) || self.sending.as_ref().is_some_and(is_sending)
    }

    /// The reader says that an answer is right as it stands: saving it says so to the server.
    pub fn confirm(&mut self, id: &QuestionId) {
        if !self.conflicts.contains_key(id) {
            self.unsent.insert(id.clone());
        }
    }

    /// Whether a save is on its way.
    pub fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    /// The reader changed an answer. Says whether it is another one than before.
    pub fn answer(&mut self, id: &QuestionId, answer: Option<Answer>) -> bool {
        let answer = answer.filter(|answer| !is_blank(answer));
        if self.answers.get(id) == answer.as_ref() {
            return false;
        }
        put(&mut self.answers, id, answer);
        self.refused.remove(id);
        // An undecided conflict is not sent: it would overwrite what the reader has not weighed.
        if !self.conflicts.contains_key(id) {
            self.unsent.insert(id.clone());
        }
        true
    }

    /// The next save, if there is something to save and none is on its way.
    pub fn take(
        &mut self,
        op_id: OperationId,
        form_version: u32,
        return_page: Option<String>,
    ) -> Option<SaveDraft> {
        if self.sending.is_some() || self.unsent.is_empty() {
            return None;
        }
        let changes = std::mem::take(&mut self.unsent)
            .into_iter()
            .map(|id| {
                let answer = self.answers.get(&id).cloned();
                self.refused.remove(&id);
                (id, answer)
            })
            .collect();
        let save = SaveDraft {
            op_id,
            base_rev: self.rev,
            form_version,
            changes,
            return_page,
        };
        self.sending = Some(save.clone());
        Some(save)
    }

    /// The save whose answer never came, to be sent again under the same id.
    pub fn again(&self) -> Option<SaveDraft> {
        self.sending.clone()
    }

    /// The server answered the save that was on its way.
    pub fn saved(&mut self, saved: DraftSaved) -> Adopted {
        let Some(sent) = self.sending.take() else {
            return Adopted::Whole;
        };
        for (id, result) in saved.results {
            let value = sent.changes.get(&id).cloned().flatten();
            match result {
                FieldResult::Ok => put(&mut self.known, &id, value),
                FieldResult::Conflict { theirs, at } => self.meet(&id, theirs, Some(at)),
                FieldResult::Invalid(problem) => {
                    let is_open = self.unsent.contains(&id) || self.conflicts.contains_key(&id);
                    if !is_open {
                        self.refused.insert(id, problem.code);
                    }
                }
            }
        }
        let has_gap = saved.met > sent.base_rev;
        self.rev = self.rev.max(saved.rev);
        if has_gap {
            Adopted::WithGap
        } else {
            Adopted::Whole
        }
    }

    /// The save that was on its way is refused as a whole: its changes wait again, but for those
    /// that met another's text meanwhile and are the reader's to decide.
    pub fn take_back(&mut self) {
        if let Some(sent) = self.sending.take() {
            let waits = |id: &QuestionId| !self.conflicts.contains_key(id);
            self.unsent.extend(sent.changes.into_keys().filter(waits));
        }
    }

    /// What the server has now, fetched anew. Must not be called while a save is on its way.
    pub fn refresh(&mut self, saved: &Answers, rev: i64) {
        if self.sending.is_some() || rev < self.rev {
            return;
        }
        let ids = order::set(saved.keys().chain(self.known.keys()).cloned());
        for id in ids {
            let theirs = saved.get(&id).cloned();
            if !same(self.known.get(&id), theirs.as_ref()) {
                self.meet(&id, theirs, None);
            }
        }
        self.rev = rev;
    }

    /// Another tab of this browser saved these answers: they met one revision and made another.
    pub fn heard(
        &mut self,
        changes: BTreeMap<QuestionId, Option<Answer>>,
        (met, rev): (i64, i64),
    ) -> Adopted {
        if rev <= self.rev {
            return Adopted::Whole;
        }
        for (id, theirs) in changes {
            self.meet(&id, theirs, None);
        }
        if met > self.rev {
            return Adopted::WithGap;
        }
        self.rev = rev;
        Adopted::Whole
    }

    /// The reader decided about a conflict.
    pub fn settle(&mut self, id: &QuestionId, settlement: Settlement) {
        let Some(conflict) = self.conflicts.remove(id) else {
            return;
        };
        match settlement {
            Settlement::Mine => (),
            Settlement::Theirs => put(&mut self.answers, id, conflict.theirs.clone()),
            Settlement::Both => {
                let both = both(self.answers.get(id), conflict.theirs.as_ref());
                put(&mut self.answers, id, both);
            }
        }
        if let Some(asides) = self.asides.get_mut(id) {
            asides.retain(|aside| !same(Some(aside), conflict.theirs.as_ref()));
        }
        if self.turn_to_aside(id) {
            return;
        }
        // Also what the server has already is sent: that is how it hears of the decision.
        if self.held.remove(id) || self.answers.get(id) != self.known.get(id) {
            self.unsent.insert(id.clone());
        }
    }

    /// What this device should keep, or nothing once the server has everything.
    pub fn journal(&self, at: u64, submit_key: Option<String>) -> Option<Journal> {
        let in_flight = self.sending.iter().flat_map(|sent| sent.changes.keys());
        let ids = self
            .unsent
            .iter()
            .chain(in_flight)
            .chain(self.conflicts.keys())
            .chain(self.refused.keys());
        let changes: BTreeMap<QuestionId, Kept> =
            ids.map(|id| (id.clone(), self.kept(id))).collect();
        let is_needed = !changes.is_empty() || submit_key.is_some();
        is_needed.then_some(Journal {
            changes,
            at,
            submit_key,
        })
    }

    fn kept(&self, id: &QuestionId) -> Kept {
        let mut own = Vec::new();
        let known = self.known.get(id);
        let is_theirs = |conflict: &Conflict| same(conflict.theirs.as_ref(), known);
        if !self.conflicts.get(id).is_some_and(is_theirs) || self.held.contains(id) {
            own.push(known.cloned());
        }
        let sent = self.sending.as_ref().and_then(|sent| sent.changes.get(id));
        own.extend(sent.cloned());
        Kept {
            mine: self.answers.get(id).cloned(),
            own,
            also: self.asides.get(id).cloned().unwrap_or_default(),
        }
    }

    /// The server has another value than was known.
    fn meet(&mut self, id: &QuestionId, theirs: Option<Answer>, at: Option<DateTime<Utc>>) {
        let is_held = self.held.remove(id);
        let is_mine_unsaved = self.unsent.contains(id)
            || (self.conflicts.contains_key(id) && !is_held)
            || self.answers.get(id) != self.known.get(id);
        self.refused.remove(id);
        put(&mut self.known, id, theirs.clone());
        if same(self.answers.get(id), theirs.as_ref()) || !is_mine_unsaved {
            self.unsent.remove(id);
            self.conflicts.remove(id);
            put(&mut self.answers, id, theirs);
            self.turn_to_aside(id);
        } else {
            self.unsent.remove(id);
            self.conflicts.insert(id.clone(), Conflict { theirs, at });
        }
    }
}

fn put(answers: &mut Answers, id: &QuestionId, answer: Option<Answer>) {
    match answer {
        Some(answer) => {
            answers.insert(id.clone(), answer);
        }
        None => {
            answers.remove(id);
        }
    }
}

/// Whether nothing at all was written. A row of which only a part is filled is something.
fn is_blank(answer: &Answer) -> bool {
    match answer {
        Answer::Text(text) => text.is_empty(),
        Answer::Lines(lines) => lines.iter().all(String::is_empty),
        Answer::People(people) => people.iter().all(|person| {
            person.name.is_empty() && person.contact.is_empty() && person.reason.is_none()
        }),
        _ => answer.is_empty(),
    }
}

/// Whether two answers are the same once normalised: the server keeps texts in one form, and a
/// space more or less is no sign of another device.
fn same(one: Option<&Answer>, other: Option<&Answer>) -> bool {
    match (one, other) {
        (Some(Answer::Text(one)), Some(Answer::Text(other))) => normalise(one) == normalise(other),
        (Some(Answer::Lines(one)), Some(Answer::Lines(other))) => {
            let plain = |lines: &[String]| -> Vec<String> {
                lines
                    .iter()
                    .map(|line| complete_link(&normalise(line)))
                    .collect()
            };
            plain(one) == plain(other)
        }
        (one, other) => one == other,
    }
}

/// Whether an answer has all of an older one: it is the same, or the same text written on.
fn goes_on(newer: Option<&Answer>, older: &Answer) -> bool {
    match (newer, older) {
        (Some(Answer::Text(newer)), Answer::Text(older)) => {
            normalise(newer).starts_with(&*normalise(older))
        }
        (newer, older) => same(newer, Some(older)),
    }
}

/// Both texts, mine first. Other kinds of answers keep mine.
fn both(mine: Option<&Answer>, theirs: Option<&Answer>) -> Option<Answer> {
    match (mine, theirs) {
        (Some(Answer::Text(mine)), Some(Answer::Text(theirs))) => {
            Some(Answer::Text(format!("{mine}\n\n{theirs}")))
        }
        (mine, theirs) => mine.or(theirs).cloned(),
    }
}

#[cfg(test)]
mod tests;
