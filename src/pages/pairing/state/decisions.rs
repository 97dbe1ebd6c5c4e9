//! What the server did not take because of others, until this member has decided: keep what they
//! did, or do it all the same.
//!
//! After a time without a connection everything that waited is told in one sentence.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use tandem_domain::board::Command;
use tandem_domain::id::CommandId;

use super::{BoardState, Say, Trigger};
use crate::pages::pairing::rank;
use crate::pages::pairing::words;

/// A command that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pages::pairing) struct Decision {
    /// The command that was not taken.
    pub(in crate::pages::pairing) id: CommandId,
    /// What happened.
    pub(in crate::pages::pairing) text: String,
    /// What to try again on top of the other's change, if that is possible.
    pub(in crate::pages::pairing) again: Option<Command>,
}

/// What became of the commands that waited for the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    n_sent: usize,
    n_refused: usize,
}

impl BoardState {
    /// What waits for a decision, oldest first.
    pub(in crate::pages::pairing) fn decisions(self) -> ReadSignal<Vec<Decision>> {
        self.decisions.read_only()
    }

    /// A command was not taken: that is said, at once or with what else waited, and waits.
    pub(super) fn undecided(self, decision: Decision) {
        let is_counted = self.tally.try_update_value(|tally| {
            if let Some(tally) = tally {
                tally.n_refused += 1;
            }
            tally.is_some()
        });
        if is_counted != Some(true) {
            self.say(Say::Assertive(decision.text.clone()));
        }
        self.decisions
            .try_update(|decisions| decisions.push(decision));
        self.count_up();
    }

    /// The connection is back: what waited is counted from here on.
    pub(super) fn begin_tally(self) {
        self.tally.set_value(Some(Tally::default()));
        self.count_up();
    }

    /// The server took a command.
    pub(super) fn count_sent(self) {
        self.tally.try_update_value(|tally| {
            if let Some(tally) = tally {
                tally.n_sent += 1;
            }
        });
        self.count_up();
    }

    /// Says what became of everything that waited, once nothing waits any more.
    fn count_up(self) {
        let is_done = self
            .desk
            .try_with_untracked(|desk| desk.pending().is_empty());
        if is_done == Some(true)
            && let Some(Some(tally)) = self.tally.try_update_value(Option::take)
        {
            let Tally { n_sent, n_refused } = tally;
            self.say(Say::Polite(words::back_online(n_sent, n_refused)));
        }
    }

    /// Keeps what the other did.
    pub(in crate::pages::pairing) fn keep_theirs(self, id: CommandId) {
        self.take_decision(id);
    }

    /// Does what was meant on top of what the other did.
    pub(in crate::pages::pairing) fn do_anyway(self, id: CommandId) {
        let Some(command) = self.take_decision(id).and_then(|decision| decision.again) else {
            return;
        };
        let pairs = self
            .desk
            .with_untracked(|desk| rank::new_pairs(desk.board(), &command));
        match (&command, pairs.as_slice()) {
            // Where people are has changed, so the same wish may be other commands now.
            (Command::Together { .. }, [_, ..]) => {
                let again = self.desk.with_untracked(|desk| {
                    let means = |(mentee, mentor): &(_, _)| {
                        desk.board().what_drop_means(*mentee, *mentor, None).ok()
                    };
                    Command::together(pairs.iter().filter_map(means).collect())
                });
                self.make(again.unwrap_or(command), Trigger::Menu);
            }
            (_, [(mentee, mentor), ..]) => self.place(*mentee, *mentor, None, Trigger::Menu),
            (_, []) => self.make(command, Trigger::Menu),
        }
    }

    fn take_decision(self, id: CommandId) -> Option<Decision> {
        self.decisions
            .try_update(|decisions| {
                let idx = decisions.iter().position(|one| one.id == id)?;
                Some(decisions.remove(idx))
            })
            .flatten()
    }
}
