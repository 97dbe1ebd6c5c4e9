//! What this device keeps of an application until the server has it. Each tab keeps its own, so
//! that two tabs never overwrite each other's words; whoever opens the application next reads all.

use crate::api::json;
use crate::dom::{random, storage};
use crate::pages::apply::draft::Journal;
use tandem_domain::order;

/// For how long words are kept: 72 hours.
const KEPT_MS: u64 = 72 * 60 * 60 * 1_000;

/// The place of one tab for one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    prefix: String,
    key: String,
}

impl Place {
    /// A new place for this tab.
    pub fn new(application: &str) -> Self {
        let prefix = format!("{}{application}.", storage::DRAFTS);
        let key = format!("{prefix}{}", random::uuid());
        Self { prefix, key }
    }

    /// What was kept of the application, by whichever tab. Too old, it is forgotten.
    pub fn read(&self, now_ms: u64) -> Option<Journal> {
        let found: Vec<Journal> = storage::keys_with(&self.prefix)
            .into_iter()
            .filter_map(|key| {
                let journal = storage::read(&key).and_then(|text| decode(&text, now_ms));
                if journal.is_none() {
                    storage::remove(&key);
                }
                journal
            })
            .collect();
        joined(found)
    }

    /// Forgets what other tabs kept, once this one has taken it over and kept it. Says whether that
    /// outlives the tab.
    pub fn take_over(&self, journal: Option<&Journal>) -> bool {
        let is_kept = self.put(journal);
        let others = storage::keys_with(&self.prefix).into_iter();
        // What the store would not keep here stays where it is.
        for key in others.filter(|key| is_kept && *key != self.key) {
            storage::remove(&key);
        }
        is_kept && !storage::is_shared()
    }

    /// Keeps this, or nothing. Says whether that outlives the tab.
    pub fn write(&self, journal: Option<&Journal>) -> bool {
        self.put(journal) && !storage::is_shared()
    }

    /// False if there is something that the store would not keep, being full or forbidden. The
    /// server still gets everything.
    fn put(&self, journal: Option<&Journal>) -> bool {
        if let Some(text) = journal.and_then(|journal| serde_json::to_string(journal).ok()) {
            return storage::write(&self.key, &text);
        }
        storage::remove(&self.key);
        true
    }
}

/// What was kept of an application that has joined another is kept of that one from now on.
pub fn inherit(from: &str, to: &str) {
    let (from, to) = (
        format!("{}{from}.", storage::DRAFTS),
        format!("{}{to}.", storage::DRAFTS),
    );
    for key in storage::keys_with(&from) {
        let is_kept = match (storage::read(&key), key.strip_prefix(&from)) {
            (Some(text), Some(tab)) => storage::write(&format!("{to}{tab}"), &text),
            _ => true,
        };
        if is_kept {
            storage::remove(&key);
        }
    }
}

fn decode(text: &str, now_ms: u64) -> Option<Journal> {
    let journal: Journal = json::read(text)?;
    (now_ms.saturating_sub(journal.at) <= KEPT_MS).then_some(journal)
}

/// Of each answer the newest, with what the older ones had in its place.
fn joined(mut journals: Vec<Journal>) -> Option<Journal> {
    order::sort_by_key(&mut journals, |journal| journal.at);
    journals.into_iter().reduce(|older, newer| {
        let mut changes = older.changes;
        for (id, kept) in newer.changes {
            let kept = match changes.remove(&id) {
                Some(older) => kept.over(older),
                None => kept,
            };
            changes.insert(id, kept);
        }
        let submit_key = newer.submit_key.or(older.submit_key);
        Journal {
            changes,
            at: newer.at,
            submit_key,
        }
    })
}

#[cfg(test)]
mod tests {
    use tandem_domain::form::answer::Answer;

    use super::*;
    use crate::pages::apply::draft::Kept;

    fn journal(at: u64, pairs: &[(&str, &str)]) -> Journal {
        let kept = |words: &str| Kept {
            mine: Some(Answer::Text(words.to_owned())),
            own: vec![None],
            also: Vec::new(),
        };
        let changes = pairs
            .iter()
            .map(|(id, words)| ((*id).into(), kept(words)))
            .collect();
        Journal {
            changes,
            at,
            submit_key: None,
        }
    }

    #[test]
    fn of_two_tabs_the_newer_words_count_and_the_older_ones_are_not_lost() {
        let both = joined(vec![
            journal(20, &[("goal", "new")]),
            journal(10, &[("goal", "old"), ("name", "Ada")]),
        ]);
        let mut expected = journal(20, &[("goal", "new"), ("name", "Ada")]);
        let old = Answer::Text("old".to_owned());
        expected.changes.get_mut(&"goal".into()).unwrap().also = vec![old];
        assert_eq!(both, Some(expected));
    }

    #[test]
    fn words_that_go_on_from_the_older_ones_stand_alone() {
        let both = joined(vec![
            journal(20, &[("goal", "To plan a budget")]),
            journal(10, &[("goal", "To plan")]),
        ]);
        assert_eq!(both, Some(journal(20, &[("goal", "To plan a budget")])));
    }

    #[test]
    fn what_signing_out_asks_about_begins_with_the_changes() {
        let text = serde_json::to_string(&journal(0, &[("goal", "x")])).unwrap();
        assert!(text.starts_with(r#"{"changes":{""#), "{text}");
        let text = serde_json::to_string(&journal(0, &[])).unwrap();
        assert!(!text.starts_with(r#"{"changes":{""#), "{text}");
    }

    #[test]
    fn words_are_kept_for_three_days() {
        let text = serde_json::to_string(&journal(0, &[("goal", "x")])).unwrap();
        assert!(decode(&text, KEPT_MS).is_some());
        assert!(decode(&text, KEPT_MS + 1).is_none());
        assert!(decode("no journal", 0).is_none());
    }
}
