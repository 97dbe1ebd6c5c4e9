//! Signing out: asks first while words are on this device only, then takes everything that the
//! browser keeps with it. Used by the account and by the line of a shared computer.

use leptos::prelude::*;

use crate::api::session as api;
use crate::dom::storage;
use crate::session::Session;

/// See the module.
#[derive(Clone, Copy)]
pub struct SignOut {
    end: Action<(), ()>,
    error: RwSignal<Option<String>>,
    asks: RwSignal<bool>,
}

impl SignOut {
    /// Nobody has pressed anything yet.
    pub fn begin() -> Self {
        let session = Session::expect();
        let error = RwSignal::new(None);
        let end = Action::new_local(move |(): &()| async move {
            match api::end().await {
                Ok(()) => session.end(),
                Err(refusal) => {
                    error.try_set(Some(refusal.sentence()));
                }
            }
        });
        Self {
            end,
            error,
            asks: RwSignal::new(false),
        }
    }

    /// What went wrong, in words.
    pub fn error(self) -> Signal<Option<String>> {
        self.error.into()
    }

    /// Whether the server is being asked.
    pub fn is_busy(self) -> Signal<bool> {
        self.end.pending().into()
    }

    /// Whether the reader is being asked what shall become of the words.
    pub fn asks(self) -> Signal<bool> {
        self.asks.into()
    }

    /// Wants to sign out.
    pub fn press(self) {
        self.error.set(None);
        if is_something_unsent() {
            self.asks.set(true);
        } else {
            self.end.dispatch_local(());
        }
    }

    /// Signs out although words are lost by it.
    pub fn all_the_same(self) {
        self.asks.set(false);
        self.end.dispatch_local(());
    }

    /// Stays.
    pub fn stay(self) {
        self.asks.set(false);
    }
}

fn is_something_unsent() -> bool {
    storage::keys_with(storage::DRAFTS)
        .iter()
        .filter_map(|key| storage::read(key))
        .any(|text| holds_words(&text))
}

/// Whether what is kept of an application holds answers, and not only the name of a submission. It
/// was written here, so its first letters tell.
fn holds_words(text: &str) -> bool {
    text.starts_with(r#"{"changes":{""#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_would_be_lost_are_asked_about() {
        assert!(holds_words(
            r#"{"changes":{"goal":{"mine":{"text":"x"},"own":[]}},"at":1}"#
        ));
        assert!(!holds_words(r#"{"changes":{},"at":1,"submit_key":"k"}"#));
        assert!(!holds_words("nothing of ours"));
    }
}
