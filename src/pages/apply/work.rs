//! One application being written: its form, draft, pace and problems, and what each event does to
//! them. Pure; `ApplyState` holds it in a signal.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tandem_api::application::{DraftSaved, DraftView, MyApplication, SaveDraft};
use tandem_api::problem::Code;
use tandem_domain::form::answer::Answer;
use tandem_domain::form::check::{FieldProblem, ProblemCode, Reading};
use tandem_domain::form::definition::{FormDef, Page, QuestionId};
use tandem_domain::form::prefill::{Source, unconfirmed};
use tandem_domain::id::OperationId;

use crate::api::error::ApiError;
use crate::pages::apply::draft::{Adopted, Draft, Journal, Settlement};
use crate::pages::apply::pace::Pace;

/// How the saving stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Stand {
    /// Nothing was typed since the draft was opened.
    #[default]
    Untouched,
    /// Typed, and on its way.
    Saving,
    /// All of it is on the server since then.
    Saved(DateTime<Utc>),
    /// The server cannot be reached.
    Offline,
    /// The session is over.
    SignedOut,
    /// The server no longer takes changes: the deadline has passed or the state is another.
    Closed(Code),
    /// The server did not take it; says why.
    Failed(String),
}

/// See the module.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each set by another event"
)]
pub struct Work {
    /// The form.
    pub form: Arc<FormDef>,
    /// What the list of own applications says of it.
    pub application: Arc<MyApplication>,
    /// Whether the person took part in an earlier cohort.
    pub returning: bool,
    is_editable: bool,
    /// Whether some answers go to the other role's application too.
    pub is_shared: bool,
    /// The answers.
    pub draft: Draft,
    /// The answers that nobody typed here, each with where it came from.
    pub prefilled: BTreeMap<QuestionId, Source>,
    pace: Pace,
    /// How the saving stands.
    pub stand: Stand,
    /// What is wrong, as far as the reader is to see it.
    pub shown: BTreeMap<QuestionId, ProblemCode>,
    /// Counts the attempts to leave a page.
    pub n_attempts: u32,
    /// Counts what the autosave must look at.
    pub n_stirs: u32,
    is_in_flight: bool,
    /// Whether others saved something this tab has not seen.
    pub needs_refresh: bool,
    /// Whether the form got a newer version since it was opened here.
    pub is_outdated: bool,
    /// The page being worked on, as `section/page`.
    pub return_page: Option<String>,
    /// The key of a submission that was begun.
    pub submit_key: Option<String>,
}

impl Work {
    /// Opens a draft with what this device kept of it.
    pub fn open(form: FormDef, view: DraftView, journal: Option<&Journal>, now_ms: u64) -> Self {
        let mut draft = Draft::open(view.answers, view.rev, journal);
        if view.editable {
            draft.hold(view.undecided, view.rev);
        }
        let mut pace = Pace::default();
        if draft.has_unsent() {
            pace.typed(now_ms);
        }
        let stand = if draft.has_unsaved() {
            Stand::Saving
        } else {
            Stand::Untouched
        };
        Self {
            form: Arc::new(form),
            application: Arc::new(view.application),
            returning: view.returning,
            is_editable: view.editable,
            is_shared: view.shared_with_other_role,
            prefilled: untouched(view.prefilled, &draft),
            draft,
            pace,
            stand,
            shown: BTreeMap::new(),
            n_attempts: 0,
            n_stirs: 0,
            is_in_flight: false,
            needs_refresh: false,
            is_outdated: false,
            return_page: view.return_page,
            submit_key: journal.and_then(|journal| journal.submit_key.clone()),
        }
    }

    /// What would stop sending, given what is asked and which answers count.
    pub fn problems(&self, reading: &Reading) -> Vec<FieldProblem> {
        let mut problems = self.form.check_reading(reading, self.returning);
        for found in unconfirmed(reading, &self.waiting()) {
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

    /// The answers of the last cohort that nobody looked at yet.
    fn waiting(&self) -> BTreeSet<QuestionId> {
        let waits = |source: &Source| *source == Source::LastCohort;
        let waiting = self.prefilled.iter().filter(|(_, source)| waits(source));
        waiting.map(|(id, _)| id.clone()).collect()
    }

    /// The reader says that an answer which came from elsewhere is still right.
    pub fn confirm(&mut self, id: &QuestionId, now_ms: u64) {
        if self.prefilled.remove(id).is_some() {
            self.draft.confirm(id);
            self.pace.typed(now_ms);
            self.typed();
            self.clear_what_is_right(id);
        }
    }

    /// Whether answers may be changed now.
    pub fn is_editable(&self) -> bool {
        self.is_editable && !matches!(self.stand, Stand::Closed(_))
    }

    /// The reader changed an answer. Says whether it is another one than before.
    pub fn answer(&mut self, id: &QuestionId, answer: Option<Answer>, now_ms: u64) -> bool {
        if !self.draft.answer(id, answer) {
            return false;
        }
        self.prefilled.remove(id);
        self.pace.typed(now_ms);
        self.typed();
        self.clear_what_is_right(id);
        true
    }

    /// The reader wants to leave a page forwards, and these are its problems.
    pub fn leave(&mut self, page: &Page, problems: &[FieldProblem]) {
        self.n_attempts += 1;
        self.shown
            .retain(|id, _| page.questions.iter().all(|question| question.id != *id));
        self.show(problems);
    }

    /// The reader is to see these problems.
    pub fn show(&mut self, problems: &[FieldProblem]) {
        let found = problems
            .iter()
            .map(|found| (found.question.clone(), found.code.clone()));
        self.shown.extend(found);
    }

    /// The reader decided about a conflict.
    pub fn settle(&mut self, id: &QuestionId, settlement: Settlement, now_ms: u64) {
        self.draft.settle(id, settlement);
        if self.draft.has_unsent() {
            self.pace.typed(now_ms);
            self.typed();
        }
        self.n_stirs += 1;
        self.rest();
        self.clear_what_is_right(id);
    }

    /// Does not wait for a pause. Says whether there is something to hurry for.
    pub fn hurry(&mut self, now_ms: u64) -> bool {
        let waits = self.draft.has_unsent() || self.draft.is_sending();
        let can_go = waits && self.stand != Stand::SignedOut && !self.is_in_flight;
        if can_go {
            self.pace.hurry(now_ms);
            self.n_stirs += 1;
        }
        can_go
    }

    /// The reader signed in again: goes on where the session ended.
    pub fn signed_in(&mut self, now_ms: u64) {
        if self.stand == Stand::SignedOut {
            self.stand = Stand::Saving;
            self.pace.typed(now_ms);
            self.hurry(now_ms);
            self.rest();
        }
    }

    /// The server answered a save, or did not. `chance` (0 to 999) spreads the next attempt.
    pub fn answered(&mut self, result: Result<DraftSaved, ApiError>, now_ms: u64, chance: u32) {
        self.is_in_flight = false;
        self.n_stirs += 1;
        match result {
            Ok(saved) => self.saved(saved),
            Err(error) => self.failed(error, now_ms, chance),
        }
        if self.draft.has_unsent() && self.pace.wait_ms(now_ms).is_none() {
            self.pace.typed(now_ms);
        }
    }

    /// What the server has now, fetched anew.
    pub fn refreshed(&mut self, mut view: DraftView) {
        // What left the server before the last save arrived there knows nothing of it.
        let is_older = view.rev < self.draft.rev();
        view.application.changed_since_submitted |=
            is_older && self.application.changed_since_submitted;
        self.draft.refresh(&view.answers, view.rev);
        if view.editable {
            self.draft.hold(view.undecided, view.rev);
        }
        self.needs_refresh = false;
        self.prefilled = untouched(view.prefilled, &self.draft);
        self.application = Arc::new(view.application);
        self.is_editable = view.editable;
        if view.editable && matches!(self.stand, Stand::Closed(_)) {
            // More time was granted meanwhile: what waits goes now.
            self.stand = Stand::Saving;
        }
        self.n_stirs += 1;
        self.rest();
    }

    /// What the server has now could not be fetched. Says whether to try it again by and by: not
    /// before somebody has signed in, if that is what is missing.
    pub fn not_refreshed(&mut self, error: &ApiError) -> bool {
        let is_closed = matches!(self.stand, Stand::Closed(_));
        match error {
            _ if !self.needs_refresh => return false,
            ApiError::SignedOut if !is_closed => self.stand = Stand::SignedOut,
            ApiError::Offline if !is_closed => self.stand = Stand::Offline,
            _ => (),
        }
        self.stand != Stand::SignedOut
    }

    /// The server has something that this tab has not seen.
    pub fn fell_behind(&mut self) {
        self.needs_refresh = true;
    }

    /// Another tab of this browser saved answers.
    pub fn heard(&mut self, changes: BTreeMap<QuestionId, Option<Answer>>, revs: (i64, i64)) {
        self.came_to(revs.1);
        self.needs_refresh |= self.draft.heard(changes, revs) == Adopted::WithGap;
        self.n_stirs += 1;
        self.rest();
    }

    fn typed(&mut self) {
        self.n_stirs += 1;
        if matches!(self.stand, Stand::Untouched | Stand::Saved(_)) {
            self.stand = Stand::Saving;
        }
    }

    /// An error that is shown goes as soon as it is mended; none comes while somebody writes.
    fn clear_what_is_right(&mut self, changed: &QuestionId) {
        if self.shown.is_empty() {
            return;
        }
        let reading = self.form.read(self.draft.answers(), self.returning);
        let problems = self.problems(&reading);
        let still = |id: &QuestionId| {
            problems
                .iter()
                .find(|problem| problem.question == *id)
                .map(|found| found.code.clone())
        };
        self.shown.retain(|id, code| match still(id) {
            Some(found) => {
                if id == changed {
                    *code = found;
                }
                true
            }
            None => false,
        });
    }

    /// How long the next save may wait, if one is to be made.
    pub fn wait_ms(&self, now_ms: u64) -> Option<u64> {
        let is_stopped = !self.is_editable() || self.stand == Stand::SignedOut;
        let has_something = self.draft.has_unsent() || self.draft.is_sending();
        if self.is_in_flight || self.needs_refresh || is_stopped || !has_something {
            return None;
        }
        self.pace.wait_ms(now_ms)
    }

    /// The next save, marked as on its way.
    pub fn next_save(&mut self, op_id: OperationId) -> Option<SaveDraft> {
        let version = self.form.version;
        let save = match self.draft.again() {
            Some(save) => save,
            None => self.draft.take(op_id, version, self.return_page.clone())?,
        };
        self.pace.sent();
        self.is_in_flight = true;
        if !matches!(self.stand, Stand::Offline | Stand::Failed(_)) {
            self.stand = Stand::Saving;
        }
        Some(save)
    }

    fn saved(&mut self, saved: DraftSaved) {
        let at = saved.saved_at;
        if self.application.closes != saved.closes {
            Arc::make_mut(&mut self.application).closes = saved.closes.clone();
        }
        self.came_to(saved.rev);
        self.is_outdated |= saved.form_version > self.form.version;
        self.needs_refresh |= self.draft.saved(saved) == Adopted::WithGap;
        self.pace.arrived();
        self.stand = if self.draft.has_unsent() {
            Stand::Saving
        } else if self.draft.refused().is_empty() {
            Stand::Saved(at)
        } else {
            Stand::Failed(
                "One answer cannot be saved as it is. It is marked on its page.".to_owned(),
            )
        };
    }

    /// The draft has come to a revision: to a later one than is known, something was changed since
    /// the application was sent.
    fn came_to(&mut self, rev: i64) {
        let is_sent = self.application.submitted_at.is_some();
        let is_known = self.application.changed_since_submitted;
        if is_sent && !is_known && rev > self.draft.rev() {
            Arc::make_mut(&mut self.application).changed_since_submitted = true;
        }
    }

    fn failed(&mut self, error: ApiError, now_ms: u64, chance: u32) {
        self.stand = match error {
            ApiError::SignedOut => Stand::SignedOut,
            ApiError::Refused(problem)
                if matches!(problem.code, Code::DeadlinePassed | Code::WrongState) =>
            {
                self.draft.take_back();
                Stand::Closed(problem.code)
            }
            ApiError::Offline => Stand::Offline,
            error if error.is_passing() => Stand::Failed(error.sentence()),
            error => {
                self.draft.take_back();
                Stand::Failed(error.sentence())
            }
        };
        self.pace.failed(now_ms, chance);
    }

    /// Nothing is left to save although no save has just arrived: another tab saved the same, or the
    /// other text was chosen. Then nothing is wrong any more either.
    fn rest(&mut self) {
        let waits = matches!(
            self.stand,
            Stand::Saving | Stand::Offline | Stand::Failed(_)
        );
        if waits && !self.draft.has_unsaved() && !self.is_in_flight {
            self.stand = Stand::Untouched;
        }
    }
}

/// What came from elsewhere and was not touched on this device either.
fn untouched(
    mut prefilled: BTreeMap<QuestionId, Source>,
    draft: &Draft,
) -> BTreeMap<QuestionId, Source> {
    prefilled.retain(|id, _| !draft.is_unsent(id));
    prefilled
}

#[cfg(test)]
mod tests;
