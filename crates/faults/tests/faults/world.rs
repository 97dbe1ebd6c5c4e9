//! One application, three writers, and what must hold whatever happens to them.

use std::collections::{BTreeMap, BTreeSet};

use tandem::pages::apply::draft::Settlement;
use tandem::pages::apply::work::Stand;
use tandem_api::application::{CheckView, DraftSaved, DraftView, Receipt};
use tandem_api::path;
use tandem_api::problem::Code;
use tandem_domain::form::definition::{FormDef, QuestionId};
use tandem_domain::form::library::default_form;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;
use uuid::Uuid;

use crate::chance::Chance;
use crate::device::{Device, FIELDS, Way, text_of, told, words};
use crate::net::{self, Fate, Seen};
use crate::story::Story;
use crate::support::Browser;

/// More words than this in one field, and their writer begins it anew.
const MANY: usize = 40;

/// See the module.
pub struct World {
    story: Story,
    id: ApplicationId,
    form: FormDef,
    devices: Vec<Device>,
    chance: Chance,
    now_ms: u64,
    n_edits: usize,
    /// Every word that was written and not thrown away by its reader, with its field.
    alive: BTreeSet<(String, String)>,
    /// What the server answered to each wish to send.
    taken: BTreeMap<String, Receipt>,
    seen: Seen,
}

impl World {
    pub async fn begin(seed: u64) -> Self {
        let story = Story::new().await;
        let applicant = story.applicant("ana@example.org", Role::Mentee).await;
        applicant.complete(&[]).await;
        let form = default_form(Role::Mentee).unwrap();
        let mut devices = Vec::new();
        // Two tabs of one browser, and another browser.
        for machine in [0, 0, 1] {
            let view = applicant.draft().await;
            let browser = same_cookies(&story, &applicant.browser);
            devices.push(Device::open(form.clone(), view, browser, machine));
        }
        Self {
            id: applicant.id,
            story,
            form,
            devices,
            chance: Chance::new(seed),
            now_ms: 0,
            n_edits: 0,
            alive: BTreeSet::new(),
            taken: BTreeMap::new(),
            seen: Seen::default(),
        }
    }

    pub fn n_edits(&self) -> usize {
        self.n_edits
    }

    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Somebody does something, or something happens.
    pub async fn step(&mut self) {
        let idx = usize::try_from(self.chance.below(3)).unwrap();
        self.now_ms += self.chance.below(900);
        match self.chance.below(60) {
            0..=23 => self.write(idx),
            24..=31 => self.send_save(idx),
            32..=43 => self.deliver(idx).await,
            44..=46 => self.settle(idx),
            47 | 48 => self.reopen(idx).await,
            49 => self.end_session(idx),
            50..=52 => self.sign_in(idx),
            53..=55 => self.submit(idx).await,
            56 => self.look_again(idx).await,
            _ => self.now_ms += 3_000,
        }
    }

    fn write(&mut self, idx: usize) {
        let field = *self.chance.pick(&FIELDS);
        self.write_in(idx, field);
    }

    /// Adds a word to a text, or begins it anew if it has become long.
    fn write_in(&mut self, idx: usize, field: &str) {
        let device = &mut self.devices[idx];
        let before = device.text(field);
        self.n_edits += 1;
        let word = format!("w{}", self.n_edits);
        let is_much = is_much(&before);
        let text = if is_much {
            for gone in words(&before) {
                self.alive.remove(&(field.to_owned(), gone));
            }
            word.clone()
        } else {
            format!("{before} {word}").trim().to_owned()
        };
        device.write(field, text, self.now_ms);
        self.alive.insert((field.to_owned(), word));
    }

    fn send_save(&mut self, idx: usize) {
        let device = &mut self.devices[idx];
        if device.on_its_way.is_some() {
            return;
        }
        if let Some(save) = device.next_save(self.now_ms) {
            let fate = Fate::draw(&mut self.chance);
            device.on_its_way = Some(Way { save, fate });
        }
    }

    /// A save that was on its way arrives, or does not.
    async fn deliver(&mut self, idx: usize) {
        let Some(Way { save, fate }) = self.devices[idx].on_its_way.take() else {
            return;
        };
        let answer = if fate.is_taken() {
            let device = &self.devices[idx];
            let reply = device.browser.patch(path::draft(self.id), &save).await;
            Some(net::read::<DraftSaved>(&reply))
        } else {
            None
        };
        if fate.restarts() {
            self.restart().await;
        }
        self.seen.note(match fate {
            Fate::Arrives => "save",
            Fate::Lost => "save lost",
            Fate::AnswerLost => "save answered unheard",
            Fate::KilledBefore | Fate::KilledAfter => "save at a killed server",
            Fate::Refused(_) => "save refused",
        });
        let heard = fate.failure().map_or_else(|| answer.unwrap(), Err);
        let spread = u32::try_from(self.chance.below(1_000)).unwrap();
        if let Ok(saved) = &heard {
            self.tell(idx, &told(&save, saved), (saved.met, saved.rev));
        }
        self.devices[idx].answered(heard, self.now_ms, spread);
        self.refresh(idx).await;
    }

    /// The other tabs of the browser hear of a save, unless they are just busy.
    fn tell(
        &mut self,
        from: usize,
        told: &BTreeMap<QuestionId, Option<tandem_domain::form::answer::Answer>>,
        revs: (i64, i64),
    ) {
        let machine = self.devices[from].machine;
        for (idx, device) in self.devices.iter_mut().enumerate() {
            if idx != from && device.machine == machine && !self.chance.one_in(5) {
                device.heard(told.clone(), revs, self.now_ms);
                self.seen.note("told by a tab");
            }
        }
    }

    async fn refresh(&mut self, idx: usize) {
        if self.devices[idx].work.needs_refresh && !self.chance.one_in(4) {
            self.look_again(idx).await;
        }
    }

    async fn look_again(&mut self, idx: usize) {
        let device = &mut self.devices[idx];
        let reply = device.browser.get(path::draft(self.id)).await;
        if let Ok(view) = net::read::<DraftView>(&reply) {
            device.refreshed(view, self.now_ms);
        }
    }

    fn settle(&mut self, idx: usize) {
        let conflicts = self.devices[idx].conflicts();
        if conflicts.is_empty() {
            return;
        }
        let field = self.chance.pick(&conflicts).clone();
        let settlement = *self.chance.pick(&[
            Settlement::Both,
            Settlement::Both,
            Settlement::Mine,
            Settlement::Theirs,
        ]);
        self.decide(idx, &field, settlement);
    }

    fn decide(&mut self, idx: usize, field: &str, settlement: Settlement) {
        self.seen.note("conflict settled");
        for word in self.devices[idx].settle(field, settlement, self.now_ms) {
            self.alive.remove(&(field.to_owned(), word));
        }
    }

    /// The tab crashes, or the battery is empty.
    async fn reopen(&mut self, idx: usize) {
        // What is on its way goes on without its sender.
        if let Some(Way { save, fate }) = self.devices[idx].on_its_way.take()
            && fate.is_taken()
        {
            let device = &self.devices[idx];
            device.browser.patch(path::draft(self.id), &save).await;
        }
        // Who finds the session over signs in before anything is shown.
        self.sign_in(idx);
        let reply = self.devices[idx].browser.get(path::draft(self.id)).await;
        let view = net::read::<DraftView>(&reply).unwrap();
        self.seen.note("device closed");
        self.devices[idx].reopen(self.form.clone(), view, self.now_ms);
    }

    fn end_session(&mut self, idx: usize) {
        self.seen.note("signed out");
        let device = &self.devices[idx];
        let secret = device.browser.cookie("tandem").unwrap_or_default();
        if secret == "over" {
            return;
        }
        device.browser.keep("away", &secret);
        device.browser.keep("tandem", "over");
    }

    fn sign_in(&mut self, idx: usize) {
        let device = &mut self.devices[idx];
        if let Some(secret) = device.browser.cookie("away") {
            device.browser.keep("tandem", &secret);
        }
        if device.is_signed_out() {
            device.work.signed_in(self.now_ms);
            device.keep(self.now_ms);
        }
    }

    /// The server is killed, and another one starts on the same data.
    async fn restart(&mut self) {
        self.story.app.restart().await;
        for device in &mut self.devices {
            device.browser = same_cookies(&self.story, &device.browser);
        }
    }

    /// Presses the button, as the review does: everything saved, the check, then the submission
    /// under a key that stays until it is answered.
    async fn submit(&mut self, idx: usize) {
        self.tidy(idx).await;
        self.press(idx).await;
        if self.chance.one_in(4) {
            // Did that work? Once more.
            self.press(idx).await;
        }
    }

    /// Whoever wants to send signs in, decides what is open, shortens what is too long, and tries
    /// to save a few times.
    async fn tidy(&mut self, idx: usize) {
        for _ in 0..4 {
            self.sign_in(idx);
            self.deliver(idx).await;
            for field in self.devices[idx].conflicts() {
                self.decide(idx, &field, Settlement::Both);
            }
            self.shorten(idx);
            self.refresh(idx).await;
            self.devices[idx].work.hurry(self.now_ms);
            self.send_save(idx);
            self.deliver(idx).await;
            if !self.devices[idx].work.draft.has_unsaved() {
                return;
            }
        }
    }

    fn shorten(&mut self, idx: usize) {
        for field in FIELDS {
            if is_much(&self.devices[idx].text(field)) {
                self.write_in(idx, field);
            }
        }
    }

    async fn press(&mut self, idx: usize) {
        let device = &mut self.devices[idx];
        if device.work.draft.has_unsaved() || device.is_signed_out() {
            return;
        }
        let reply = device
            .browser
            .send(axum::http::Method::POST, path::check(self.id))
            .await;
        let Ok(check) = net::read::<CheckView>(&reply) else {
            return;
        };
        if !check.problems.is_empty() {
            return;
        }
        let fresh = || Uuid::now_v7().to_string();
        let key = device.work.submit_key.clone().unwrap_or_else(fresh);
        device.work.submit_key = Some(key.clone());
        device.keep(self.now_ms);
        let rev = device.work.draft.rev();
        self.send(idx, key, rev).await;
    }

    async fn send(&mut self, idx: usize, key: String, rev: i64) {
        let fate = Fate::draw(&mut self.chance);
        let mut answer = None;
        // An impatient finger, or a proxy that tries again.
        let n_times = if self.chance.one_in(3) { 2 } else { 1 };
        for _ in 0..n_times {
            if fate.is_taken() {
                answer = Some(self.post(idx, &key, rev).await);
            }
        }
        if fate.restarts() {
            self.restart().await;
        }
        if fate.is_taken() && fate != Fate::Arrives {
            self.seen.note("sending answered unheard");
        }
        let device = &mut self.devices[idx];
        match fate.failure().map_or_else(|| answer.unwrap(), Err) {
            Ok(receipt) => {
                let what = if receipt.unchanged {
                    "nothing changed since"
                } else {
                    "sent"
                };
                self.seen.note(what);
                device.work.submit_key = None;
            }
            Err(error) => {
                let is_spent = matches!(
                    error.code(),
                    Some(Code::Stale | Code::Conflict | Code::IdempotencyKeyReused)
                );
                if is_spent {
                    device.work.submit_key = None;
                }
            }
        }
        device.keep(self.now_ms);
        self.look_again(idx).await;
    }

    async fn post(
        &mut self,
        idx: usize,
        key: &str,
        rev: i64,
    ) -> Result<Receipt, tandem::api::error::ApiError> {
        let reply = self.devices[idx]
            .browser
            .send_json(
                axum::http::Method::POST,
                path::submissions(self.id),
                &serde_json::json!({ "rev": rev }),
                &[("idempotency-key", key)],
            )
            .await;
        let answer = net::read::<Receipt>(&reply);
        if let Ok(receipt) = &answer {
            let before = self.taken.insert(key.to_owned(), receipt.clone());
            if let Some(before) = before {
                assert_eq!(&before, receipt, "one wish, two answers");
            }
        }
        answer
    }

    /// The storm is over: everybody signs in, decides and saves, one after the other, until nobody
    /// has anything left.
    pub async fn come_to_rest(&mut self) {
        for _ in 0..3 {
            for idx in 0..self.devices.len() {
                self.finish(idx).await;
            }
        }
        for device in &self.devices {
            let stand = &device.work.stand;
            assert!(!device.work.draft.has_unsaved(), "still unsaved: {stand:?}");
            assert!(
                matches!(stand, Stand::Saved(_) | Stand::Untouched),
                "everything is saved, and the line says {stand:?}"
            );
        }
    }

    async fn finish(&mut self, idx: usize) {
        for _ in 0..20 {
            self.now_ms += 60_000;
            self.sign_in(idx);
            if let Some(way) = self.devices[idx].on_its_way.as_mut() {
                way.fate = Fate::Arrives;
            }
            self.deliver(idx).await;
            if let Some(save) = self.devices[idx].next_save(self.now_ms) {
                let fate = Fate::Arrives;
                self.devices[idx].on_its_way = Some(Way { save, fate });
                self.deliver(idx).await;
            }
            self.look_again(idx).await;
            for field in self.devices[idx].conflicts() {
                self.decide(idx, &field, Settlement::Both);
            }
            self.shorten(idx);
            if !self.devices[idx].work.draft.has_unsaved() {
                return;
            }
        }
        let device = &self.devices[idx];
        let fields = device.conflicts();
        let draft = &device.work.draft;
        panic!(
            "never done: {:?}, conflicts {fields:?}, editable {}, refresh {}, wait {:?}, unsent {}, sending {}",
            device.work.stand,
            device.work.is_editable(),
            device.work.needs_refresh,
            device.work.wait_ms(self.now_ms),
            draft.has_unsent(),
            draft.is_sending()
        );
    }

    pub async fn check(&mut self) {
        let reply = self.devices[0].browser.get(path::draft(self.id)).await;
        let view = net::read::<DraftView>(&reply).unwrap();
        for field in FIELDS {
            let there = words(&text_of(view.answers.get(&QuestionId::from(field))));
            let lost: Vec<&String> = self
                .alive
                .iter()
                .filter(|(of, word)| of == field && !there.contains(word))
                .map(|(_, word)| word)
                .collect();
            assert!(lost.is_empty(), "{field} lost {lost:?}; there is {there:?}");
            for device in &self.devices {
                assert_eq!(words(&device.text(field)), there, "{field} on a device");
            }
        }
        self.check_submissions().await;
    }

    /// Every wish that changed something is one row, and there is no other.
    async fn check_submissions(&mut self) {
        let wishes: Vec<u32> = self
            .taken
            .values()
            .filter(|receipt| !receipt.unchanged)
            .map(|receipt| receipt.number)
            .collect();
        let numbers: BTreeSet<u32> = wishes.iter().copied().collect();
        assert_eq!(
            numbers.len(),
            wishes.len(),
            "two wishes, one number: {wishes:?}"
        );
        let id = self.id;
        let last = self
            .story
            .app
            .app
            .store
            .read(move |tx| async move {
                tandem_server::store::applications::submissions::last(&tx, id).await
            })
            .await
            .unwrap();
        let n_rows = last.map_or(0, |last| last.number);
        assert_eq!(
            usize::try_from(n_rows).unwrap(),
            numbers.len(),
            "{wishes:?}"
        );
    }
}

/// Texts that were joined say many words more than once.
fn is_much(text: &str) -> bool {
    text.split_whitespace().count() > MANY
}

fn same_cookies(story: &Story, from: &Browser) -> Browser {
    let browser = story.app.visitor();
    for name in ["tandem", "tandem-browser", "away"] {
        if let Some(value) = from.cookie(name) {
            browser.keep(name, &value);
        }
    }
    browser
}
