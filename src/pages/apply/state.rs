//! What the components of the wizard share: one signal, read through memos, changed only by
//! methods that say what the reader or the server did.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use tandem_api::application::{DraftSaved, DraftView, MyApplication, Receipt, SaveDraft};
use tandem_api::problem::Code;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::check::{FieldProblem, ProblemCode, Reading};
use tandem_domain::form::definition::{Audience, FormDef, Page, QuestionId};
use tandem_domain::form::prefill::Source;
use tandem_domain::id::{ApplicationId, OperationId};

use crate::api::error::ApiError;
use crate::pages::apply::draft::{Conflict, Journal, Settlement};
use crate::pages::apply::way::{self, Place, Standing};
use crate::pages::apply::work::{Stand, Work};
use crate::widgets::question_field::Circumstances;

/// Whether a page may be left forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// Nothing is missing or wrong.
    Free,
    /// The reader is shown what is.
    Blocked,
}

/// See the module.
#[derive(Clone, Copy)]
pub struct ApplyState {
    work: RwSignal<Work>,
    outline: RwSignal<Outline>,
    reading: Memo<Arc<Reading>>,
    problems: Memo<Arc<Vec<FieldProblem>>>,
    visible: Memo<Arc<BTreeSet<QuestionId>>>,
    circumstances: Memo<Circumstances>,
    receipt: RwSignal<Option<Receipt>>,
    is_on_device: RwSignal<bool>,
    slips: StoredValue<Vec<Slip>>,
}

/// What the screens show of the work besides answers, in a signal of its own: from key to key it
/// stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Outline {
    application: Arc<MyApplication>,
    is_editable: bool,
    is_outdated: bool,
    stand: Stand,
    settled_rev: Option<i64>,
    conflicts: Vec<QuestionId>,
    shown: BTreeMap<QuestionId, ProblemCode>,
    n_attempts: u32,
}

impl Outline {
    fn of(work: &Work) -> Self {
        let draft = &work.draft;
        Self {
            application: Arc::clone(&work.application),
            is_editable: work.is_editable(),
            is_outdated: work.is_outdated,
            stand: work.stand.clone(),
            settled_rev: (!draft.has_unsaved()).then_some(draft.rev()),
            conflicts: draft.conflicts().keys().cloned().collect(),
            shown: work.shown.clone(),
            n_attempts: work.n_attempts,
        }
    }
}

/// What one question on the page shows of the work, in a signal of its own: a key that is pressed in
/// one field wakes nothing in the others.
#[derive(Clone, Copy)]
pub struct Slip {
    question: StoredValue<QuestionId>,
    facts: RwSignal<Facts>,
}

/// See [`Slip`].
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    answer: Option<Answer>,
    problem: Option<ProblemCode>,
    source: Option<Source>,
    conflict: Option<Conflict>,
}

impl Facts {
    fn of(work: &Work, id: &QuestionId) -> Self {
        let draft = &work.draft;
        let answer = draft.answers().get(id).cloned();
        let source = answer.is_some().then(|| work.prefilled.get(id).copied());
        let problem = work.shown.get(id).or_else(|| draft.refused().get(id));
        Self {
            problem: problem.cloned(),
            source: source.flatten(),
            conflict: draft.conflicts().get(id).cloned(),
            answer,
        }
    }
}

impl Slip {
    fn fact<T: PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn(&Facts) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.facts.with(&look))
    }

    /// What the reader answered.
    pub fn answer(self) -> Memo<Option<Answer>> {
        self.fact(|facts| facts.answer.clone())
    }

    /// What is wrong with the answer, as far as the reader is to see it.
    pub fn problem(self) -> Memo<Option<ProblemCode>> {
        self.fact(|facts| facts.problem.clone())
    }

    /// Where an answer came from that nobody typed here.
    pub fn source(self) -> Memo<Option<Source>> {
        self.fact(|facts| facts.source)
    }

    /// What was changed here and elsewhere.
    pub fn conflict(self) -> Memo<Option<Conflict>> {
        self.fact(|facts| facts.conflict.clone())
    }

    /// Shows how the work stands, if that is another way than before.
    fn renew(self, work: &Work) {
        if let Some(now) = self.question.try_with_value(|id| Facts::of(work, id)) {
            renew(self.facts, now);
        }
    }
}

/// Tells those who look only where something is another than before.
fn renew<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, now: T) {
    if signal.try_with_untracked(|before| *before != now) == Some(true) {
        signal.set(now);
    }
}

impl ApplyState {
    /// Opens a draft with what this device kept of it.
    pub fn open(form: FormDef, view: DraftView, journal: Option<&Journal>, now_ms: u64) -> Self {
        let work = RwSignal::new(Work::open(form, view, journal, now_ms));
        let form = work.with_untracked(|work| Arc::clone(&work.form));
        // What every question looks at is computed once for all of them, not once for each; what
        // only some screens look at, on those alone. Words that decide nothing wake nobody.
        let looked_at = Circumstances::looks_at(&form);
        let circumstances = Memo::new(move |_| {
            work.with(|work| {
                let answers = work.draft.answers().iter();
                let deciding = answers.filter(|(id, _)| looked_at.contains(id));
                Circumstances {
                    answers: Arc::new(
                        deciding
                            .map(|(id, own)| (id.clone(), own.clone()))
                            .collect(),
                    ),
                    returning: work.returning,
                }
            })
        });
        let whole = Arc::clone(&form);
        let reading = Memo::new(move |_| {
            work.with(|work| Arc::new(whole.read(work.draft.answers(), work.returning)))
        });
        let problems = Memo::new(move |_| {
            let reading = reading.get();
            work.with(|work| Arc::new(work.problems(&reading)))
        });
        let visible = Memo::new(move |before: Option<&Arc<BTreeSet<QuestionId>>>| {
            circumstances.with(|now: &Circumstances| {
                let visible = form.read(&now.answers, now.returning).visible;
                match before {
                    Some(before) if **before == visible => Arc::clone(before),
                    _ => Arc::new(visible),
                }
            })
        });
        Self {
            work,
            outline: RwSignal::new(work.with_untracked(Outline::of)),
            reading,
            problems,
            visible,
            circumstances,
            receipt: RwSignal::new(None),
            is_on_device: RwSignal::new(true),
            slips: StoredValue::new(Vec::new()),
        }
    }

    /// Makes it known to the components below.
    pub fn provide(self) {
        provide_context(self);
    }

    /// The state that the screen provided.
    ///
    /// # Panics
    /// Outside the wizard.
    pub fn expect() -> Self {
        use_context().unwrap_or_else(|| panic!("`ApplyState::provide` belongs in the wizard"))
    }

    /// What a question shows, for as long as the component that asks is there.
    pub fn slip(self, id: QuestionId) -> Slip {
        let facts = self.work.with_untracked(|work| Facts::of(work, &id));
        let slip = Slip {
            question: StoredValue::new(id),
            facts: RwSignal::new(facts),
        };
        self.slips.update_value(|slips| slips.push(slip));
        on_cleanup(move || {
            let is_other = |one: &Slip| one.facts != slip.facts;
            self.slips.try_update_value(|slips| slips.retain(is_other));
        });
        slip
    }

    /// The only way in which the work changes.
    fn change<T>(self, act: impl FnOnce(&mut Work) -> T) -> Option<T> {
        self.maybe_change(|work| (true, act(work)))
    }

    /// The same, where it may turn out that nothing has changed.
    fn maybe_change<T>(self, act: impl FnOnce(&mut Work) -> (bool, T)) -> Option<T> {
        let done = self.work.try_maybe_update(act)?;
        let slips = self.slips.try_get_value()?;
        self.work.with_untracked(|work| {
            renew(self.outline, Outline::of(work));
            for slip in slips {
                slip.renew(work);
            }
        });
        Some(done)
    }

    fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn(&Outline) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.outline.with(&look))
    }
}

/// What is read.
impl ApplyState {
    /// The form.
    pub fn form(self) -> Arc<FormDef> {
        self.work.with_untracked(|work| Arc::clone(&work.form))
    }

    /// Which application.
    pub fn id(self) -> ApplicationId {
        self.work.with_untracked(|work| work.application.id)
    }

    /// What the list of own applications says of it.
    pub fn application(self) -> Memo<MyApplication> {
        self.memo(|outline| MyApplication::clone(&outline.application))
    }

    /// Whether answers may be changed now.
    pub fn is_editable(self) -> Memo<bool> {
        self.memo(|outline| outline.is_editable)
    }

    /// Whether some answers go to the other role's application too.
    pub fn is_shared(self) -> bool {
        self.work.with_untracked(|work| work.is_shared)
    }

    /// What came back when the application was sent from this page.
    pub fn receipt(self) -> Signal<Option<Receipt>> {
        self.receipt.into()
    }

    /// Whether the server has everything.
    pub fn is_settled(self) -> bool {
        self.work
            .try_with_untracked(|work| !work.draft.has_unsaved())
            .unwrap_or(false)
    }

    /// Whether a look at the server may bring something: no save is due that would ask it anyway.
    pub fn is_at_rest(self) -> bool {
        self.work
            .try_with_untracked(|work| !work.draft.has_unsaved() || !work.is_editable())
            .unwrap_or(false)
    }

    /// Whether this device keeps what is not saved. If not, it is lost with the tab.
    pub fn is_on_device(self) -> Signal<bool> {
        self.is_on_device.into()
    }

    /// What the answers so far decide about each question.
    pub fn circumstances(self) -> Memo<Circumstances> {
        self.circumstances
    }

    /// Whether a question is asked.
    pub fn is_asked(self, id: QuestionId) -> Memo<bool> {
        let visible = self.visible;
        Memo::new(move |_| visible.with(|visible| visible.contains(&id)))
    }

    /// The answers that somebody who reads as any of these will see.
    pub fn read_by(self, audiences: &[Audience]) -> Answers {
        let returning = self.work.with_untracked(|work| work.returning);
        self.reading
            .with(|reading| self.form().visible_to(reading, returning, audiences))
    }

    /// The answers that the server would not keep: it has older ones in their place.
    pub fn refused(self) -> Vec<FieldProblem> {
        self.work.with_untracked(|work| {
            let problem = |(id, code): (&QuestionId, &ProblemCode)| FieldProblem {
                question: id.clone(),
                code: code.clone(),
            };
            work.draft.refused().iter().map(problem).collect()
        })
    }

    /// The problems that the reader is to see, in the order of the form.
    pub fn shown(self) -> Memo<Vec<FieldProblem>> {
        let form = self.form();
        self.memo(move |outline| {
            let found = |id: &QuestionId| {
                let code = outline.shown.get(id)?.clone();
                Some(FieldProblem {
                    question: id.clone(),
                    code,
                })
            };
            form.questions()
                .filter_map(|question| found(&question.id))
                .collect()
        })
    }

    /// The questions that were changed here and elsewhere.
    pub fn conflicts(self) -> Memo<Vec<QuestionId>> {
        self.memo(|outline| outline.conflicts.clone())
    }

    /// Whether the form got a newer version since it was opened here.
    pub fn is_outdated(self) -> Memo<bool> {
        self.memo(|outline| outline.is_outdated)
    }

    /// Counts the attempts to leave a page.
    pub fn attempts(self) -> Memo<u32> {
        self.memo(|outline| outline.n_attempts)
    }

    /// How the saving stands.
    pub fn stand(self) -> Memo<Stand> {
        self.memo(|outline| outline.stand.clone())
    }

    /// Counts what the autosave must look at.
    pub fn stirs(self) -> Memo<u32> {
        Memo::new(move |_| self.work.with(|work| work.n_stirs))
    }

    /// The pages that ask something, in order.
    pub fn places(self) -> Memo<Vec<Place>> {
        let visible = self.visible;
        Memo::new(move |_| visible.with(|visible| way::places(&self.form(), visible)))
    }

    /// How far each section has come, in order.
    pub fn standings(self) -> Memo<Vec<Standing>> {
        let form = self.form();
        Memo::new(move |_| {
            let (reading, problems) = (self.reading.get(), self.problems.get());
            let Reading { visible, answers } = &*reading;
            self.outline.with(|outline| {
                let say =
                    |section| way::standing(section, visible, answers, &problems, &outline.shown);
                form.sections.iter().map(say).collect()
            })
        })
    }

    /// How many questions still stop sending.
    pub fn n_problems(self) -> Memo<usize> {
        let problems = self.problems;
        Memo::new(move |_| problems.with(|problems| problems.len()))
    }

    /// The page last worked on.
    pub fn return_place(self) -> Option<Place> {
        self.work
            .with_untracked(|work| Place::read(work.return_page.as_deref()?))
    }

    /// The revision last adopted, once nothing is left to save.
    pub fn settled_rev(self) -> Memo<Option<i64>> {
        self.memo(|outline| outline.settled_rev)
    }

    /// What this device should keep.
    pub fn journal(self, now_ms: u64) -> Option<Journal> {
        self.work
            .try_with_untracked(|work| work.draft.journal(now_ms, work.submit_key.clone()))
            .flatten()
    }

    /// How long the next save may wait, if one is to be made.
    pub fn wait_ms(self, now_ms: u64) -> Option<u64> {
        self.work
            .try_with_untracked(|work| work.wait_ms(now_ms))
            .flatten()
    }

    /// Whether others saved something this tab has not seen.
    pub fn needs_refresh(self) -> bool {
        self.work
            .try_with_untracked(|work| work.needs_refresh)
            .unwrap_or(false)
    }
}

/// What the reader does.
impl ApplyState {
    /// Changes an answer.
    pub fn answer(self, id: &QuestionId, answer: Option<Answer>, now_ms: u64) {
        self.maybe_change(|work| (work.answer(id, answer, now_ms), ()));
    }

    /// Says that an answer which came from elsewhere is still right.
    pub fn confirm(self, id: &QuestionId, now_ms: u64) {
        self.change(|work| work.confirm(id, now_ms));
    }

    /// Wants to leave a page forwards: shows what is missing or wrong on it.
    pub fn leave(self, page: &Page) -> Passage {
        let problems = self
            .problems
            .with_untracked(|problems| way::of_page(problems, page));
        self.change(|work| work.leave(page, &problems));
        if problems.is_empty() {
            Passage::Free
        } else {
            Passage::Blocked
        }
    }

    /// Shows everything that stops sending, as the server found it.
    pub fn show_all(self, problems: &[FieldProblem]) {
        self.change(|work| {
            work.n_attempts += 1;
            work.shown.clear();
            work.show(problems);
        });
    }

    /// Remembers which page is worked on, so that another device goes on there.
    pub fn visit(self, place: &Place) {
        self.work
            .try_update_untracked(|work| work.return_page = Some(place.written()));
    }

    /// Decides about a conflict.
    pub fn settle(self, id: &QuestionId, settlement: Settlement, now_ms: u64) {
        self.change(|work| work.settle(id, settlement, now_ms));
    }

    /// Does not wait for a pause: the page changes, the connection is back, the reader asks for it.
    pub fn hurry(self, now_ms: u64) {
        self.maybe_change(|work| (work.hurry(now_ms), ()));
    }

    /// Signed in again: goes on where the session ended.
    pub fn signed_in(self, now_ms: u64) {
        self.change(|work| work.signed_in(now_ms));
    }

    /// The key of the submission that begins, the same one until it has succeeded.
    pub fn submit_key(self, fresh: impl FnOnce() -> String) -> String {
        let key = self
            .work
            .with_untracked(|work| work.submit_key.clone())
            .unwrap_or_else(fresh);
        self.set_submit_key(Some(key.clone()));
        key
    }

    /// Keeps what came back when the application was sent.
    pub fn keep_receipt(self, receipt: Receipt) {
        self.receipt.try_set(Some(receipt));
    }

    /// The submission arrived, or the server refused its key: the next one is another.
    pub fn forget_submit_key(self) {
        self.set_submit_key(None);
    }

    fn set_submit_key(self, key: Option<String>) {
        self.change(|work| {
            work.submit_key = key;
            work.n_stirs += 1;
        });
    }
}

/// What the server does.
impl ApplyState {
    /// The next save, marked as on its way.
    pub fn next_save(self, now_ms: u64, op_id: OperationId) -> Option<SaveDraft> {
        let is_due = self.wait_ms(now_ms)? == 0;
        let next = |work: &mut Work| work.next_save(op_id);
        is_due.then(|| self.change(next)).flatten().flatten()
    }

    /// The server answered a save, or did not.
    pub fn answered(self, result: Result<DraftSaved, ApiError>, now_ms: u64, chance: u32) {
        self.change(|work| work.answered(result, now_ms, chance));
    }

    /// The server refused to send the application, because it is closed.
    pub fn closed(self, code: Code) {
        self.change(|work| {
            work.stand = Stand::Closed(code);
            work.n_stirs += 1;
        });
    }

    /// What the server has now.
    pub fn refreshed(self, view: DraftView) {
        self.change(|work| work.refreshed(view));
    }

    /// What the server has now could not be fetched. Says whether to try it again by and by.
    pub fn not_refreshed(self, error: &ApiError) -> bool {
        self.change(|work| work.not_refreshed(error))
            .unwrap_or(false)
    }

    /// The server has something that this tab has not seen.
    pub fn fell_behind(self) {
        self.change(Work::fell_behind);
    }

    /// Another tab of this browser saved answers.
    pub fn heard(self, changes: BTreeMap<QuestionId, Option<Answer>>, revs: (i64, i64)) {
        self.change(|work| work.heard(changes, revs));
    }
}

/// What the browser does.
impl ApplyState {
    /// It kept what is not saved, for longer than this tab is there or not.
    pub fn kept(self, is_on_device: bool) {
        renew(self.is_on_device, is_on_device);
    }
}

#[cfg(test)]
mod tests;
