//! A tab or another device: the state of the wizard, what the browser keeps, and its requests.

use std::collections::{BTreeMap, BTreeSet};

use tandem::api::error::ApiError;
use tandem::pages::apply::draft::{Journal, Settlement};
use tandem::pages::apply::work::{Stand, Work};
use tandem_api::application::{DraftSaved, DraftView, FieldResult, SaveDraft};
use tandem_domain::form::answer::Answer;
use tandem_domain::form::definition::{FormDef, QuestionId};
use tandem_domain::id::OperationId;
use uuid::Uuid;

use crate::net::Fate;
use crate::support::Browser;

/// The texts that are written in.
pub const FIELDS: [&str; 3] = ["e_goal", "access_needs", "comfort"];

/// A save on its way, and what will become of it.
pub struct Way {
    pub save: SaveDraft,
    pub fate: Fate,
}

/// See the module.
pub struct Device {
    pub work: Work,
    pub browser: Browser,
    /// The browser that the device is a tab of.
    pub machine: usize,
    pub on_its_way: Option<Way>,
    /// A submission that was begun: its key and the revision it names.
    pub sending: Option<(String, i64)>,
    journal: Option<Journal>,
}

impl Device {
    pub fn open(form: FormDef, view: DraftView, browser: Browser, machine: usize) -> Self {
        Self {
            work: Work::open(form, view, None, 0),
            browser,
            machine,
            on_its_way: None,
            sending: None,
            journal: None,
        }
    }

    /// What the effect of the autosave does after each change.
    pub fn keep(&mut self, now_ms: u64) {
        let key = self.work.submit_key.clone();
        self.journal = self.work.draft.journal(now_ms, key);
    }

    /// Closed at once and opened anew: only what the browser kept is left.
    pub fn reopen(&mut self, form: FormDef, view: DraftView, now_ms: u64) {
        // Through the text that stands in the browser's store.
        let kept = serde_json::to_string(&self.journal).unwrap();
        let journal: Option<Journal> = serde_json::from_str(&kept).unwrap();
        self.work = Work::open(form, view, journal.as_ref(), now_ms);
        self.on_its_way = None;
        self.sending = None;
        self.keep(now_ms);
    }

    pub fn text(&self, field: &str) -> String {
        text_of(self.work.draft.answers().get(&QuestionId::from(field)))
    }

    pub fn write(&mut self, field: &str, text: String, now_ms: u64) {
        self.work
            .answer(&field.into(), Some(Answer::Text(text)), now_ms);
        self.keep(now_ms);
    }

    /// Decides about one conflict. Gives back the words that the reader lets go by it.
    pub fn settle(&mut self, field: &str, settlement: Settlement, now_ms: u64) -> BTreeSet<String> {
        let id = QuestionId::from(field);
        let conflict = &self.work.draft.conflicts()[&id];
        let theirs = text_of(conflict.theirs.as_ref());
        let mine = self.text(field);
        self.work.settle(&id, settlement, now_ms);
        self.keep(now_ms);
        let after = words(&self.text(field));
        let shown = words(&theirs).into_iter().chain(words(&mine));
        shown.filter(|word| !after.contains(word)).collect()
    }

    pub fn next_save(&mut self, now_ms: u64) -> Option<SaveDraft> {
        if self.work.wait_ms(now_ms)? > 0 {
            return None;
        }
        let save = self.work.next_save(OperationId(Uuid::now_v7()))?;
        self.keep(now_ms);
        Some(save)
    }

    pub fn answered(&mut self, answer: Result<DraftSaved, ApiError>, now_ms: u64, chance: u32) {
        self.work.answered(answer, now_ms, chance);
        self.keep(now_ms);
    }

    pub fn refreshed(&mut self, view: DraftView, now_ms: u64) {
        self.work.refreshed(view);
        self.keep(now_ms);
    }

    pub fn heard(
        &mut self,
        told: BTreeMap<QuestionId, Option<Answer>>,
        revs: (i64, i64),
        now_ms: u64,
    ) {
        self.work.heard(told, revs);
        self.keep(now_ms);
    }

    pub fn is_signed_out(&self) -> bool {
        self.work.stand == Stand::SignedOut
    }

    pub fn conflicts(&self) -> Vec<String> {
        let all = self.work.draft.conflicts().keys();
        all.map(ToString::to_string).collect()
    }
}

/// What a tab tells the others of a save.
pub fn told(save: &SaveDraft, saved: &DraftSaved) -> BTreeMap<QuestionId, Option<Answer>> {
    let is_saved = |id: &QuestionId| saved.results.get(id) == Some(&FieldResult::Ok);
    let changes = save.changes.iter().filter(|(id, _)| is_saved(id));
    changes
        .map(|(id, answer)| (id.clone(), answer.clone()))
        .collect()
}

pub fn text_of(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

pub fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
