//! What the server answers and what others do, taken into the state.

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_api::board::{BoardView, Entry, HereView, RefusedCommand};
use tandem_domain::id::{ApplicationId, CohortId, CommandId, ScenarioId};

use super::decisions::Decision;
use super::{BoardState, Connection, Say};
use crate::pages::pairing::desk::{Desk, Marks, Received};
use crate::pages::pairing::outbox::Waiting;
use crate::pages::pairing::words;

impl BoardState {
    /// Takes in commands of the log. Answers what others did.
    pub(in crate::pages::pairing) fn receive(self, entries: Vec<Entry>) -> Received {
        self.take(|desk| desk.receive(entries))
    }

    /// Takes in that the server took a command of this member.
    pub(in crate::pages::pairing) fn accepted(self, entry: Entry) -> Received {
        let received = self.take(|desk| desk.accept(entry));
        self.count_sent();
        received
    }

    /// Takes in that the server brought a plan of this member onto the board, and says so.
    pub(in crate::pages::pairing) fn adopted(self, entry: Entry) {
        let command = entry.command.clone();
        self.accepted(entry);
        self.tell(|desk| words::deed::done(desk, &BTreeMap::new(), &command));
    }

    /// Shows the board as it was before the last commands of a log, or the present before none.
    /// Whoever was held stays where they are.
    pub(in crate::pages::pairing) fn look_back(self, log: &[Entry], steps: usize) {
        if self.held.get_untracked().is_some() {
            self.cancel();
        }
        self.desk.try_update(|desk| desk.look_back(log, steps));
    }

    /// Takes in what is marked on mentees.
    pub(in crate::pages::pairing) fn mark(self, change: impl FnOnce(&mut Marks)) {
        let marks = self.desk.try_with_untracked(|desk| {
            let mut marks = desk.marks().clone();
            change(&mut marks);
            // Whatever the desk is told is drawn: what it knows is not told again.
            (marks != *desk.marks()).then_some(marks)
        });
        if let Some(Some(marks)) = marks {
            self.desk.try_update(|desk| desk.mark(marks));
        }
    }

    /// The board may have changed: fetches what is missing.
    pub(in crate::pages::pairing) fn catch_up(self) {
        self.world.fetch.run(());
    }

    /// The id of a new command.
    pub(in crate::pages::pairing) fn new_id(self) -> CommandId {
        self.world.new_id.run(())
    }

    /// Of which cohort the board is.
    pub(in crate::pages::pairing) fn cohort(self) -> CohortId {
        self.desk.with_untracked(Desk::cohort)
    }

    /// Which board.
    pub(in crate::pages::pairing) fn scenario(self) -> ScenarioId {
        self.desk.with_untracked(Desk::scenario)
    }

    fn take(self, change: impl FnOnce(&mut Desk) -> Received) -> Received {
        let received = self.desk.try_update(change).unwrap_or_default();
        if received.has_gap {
            self.world.fetch.run(());
        }
        if !received.others.is_empty() {
            let others = received.others.iter();
            let mentees = others.flat_map(|entry| entry.command.concerned());
            self.flash.try_set(mentees.collect());
        }
        received
    }

    /// What this device keeps of this member's commands. `None` once the board is left.
    pub(in crate::pages::pairing) fn waiting(self) -> Option<Waiting> {
        let commands = self.desk.try_with_untracked(|desk| {
            let pending = desk.pending().iter();
            pending.map(|one| one.send.clone()).collect()
        })?;
        let decisions = self.decisions.try_get_untracked()?;
        Some(Waiting {
            commands,
            decisions,
        })
    }

    /// Takes in what this device kept of this member's commands: sends what was not sent, and asks
    /// again what was not decided.
    pub(in crate::pages::pairing) fn resume(self, kept: Waiting) {
        let Waiting {
            commands,
            decisions,
        } = kept;
        if !decisions.is_empty() {
            self.say(Say::Polite(words::undecided(decisions.len())));
            self.decisions
                .try_update(|known| known.splice(..0, decisions).count());
        }
        let n_kept = commands.len();
        if n_kept > 0 && self.desk.try_update(|desk| desk.resume(commands)).is_some() {
            let text = match n_kept {
                1 => "1 change that was not sent before is sent now.".to_owned(),
                _ => format!("{n_kept} changes that were not sent before are sent now."),
            };
            self.say(Say::Polite(text));
            self.world.save.run(());
        }
    }

    /// Takes in who else is here.
    pub(in crate::pages::pairing) fn others_are(self, others: Vec<HereView>) {
        if self.others.try_with_untracked(|known| *known != others) == Some(true) {
            self.others.try_set(others);
        }
    }

    /// Takes in a snapshot.
    pub(in crate::pages::pairing) fn replace(self, view: BoardView) {
        self.desk.try_update(|desk| desk.replace(view));
    }

    /// Takes in a snapshot in place of everything that is known, however old it seems, and says why
    /// there is less than before. Whoever is not on it is no longer held, chosen or looked at.
    pub(in crate::pages::pairing) fn begin_anew(self, view: BoardView) {
        let is_recused = view.recused;
        if self.held.try_get_untracked().flatten().is_some() {
            self.cancel();
        }
        self.desk.try_update(|desk| desk.begin_anew(view));
        let is_here = |who: ApplicationId| {
            self.desk
                .try_with_untracked(|desk| desk.candidate(who).is_some())
                == Some(true)
        };
        self.selected
            .try_update(|selected| selected.retain(|who| is_here(*who)));
        let looked_at = self.looked_at.try_get_untracked().flatten();
        if looked_at.is_some_and(|who| !is_here(who)) {
            self.look_at(None);
        }
        if is_recused {
            self.warn(words::RECUSED.to_owned());
        }
    }

    /// Takes in that the server refused a command: that one alone is taken back.
    pub(in crate::pages::pairing) fn refused(self, id: CommandId, refused: RefusedCommand) {
        let RefusedCommand { refusal, theirs } = refused;
        let Some(Some(send)) = self.desk.try_update(|desk| desk.refuse(id)) else {
            return;
        };
        let first = send.command.concerned().first().copied();
        let again = send.command.clone();
        let (text, again) = if let Some(entry) = &theirs {
            let deed = self
                .desk
                .with_untracked(|desk| words::deed::deed(desk, entry));
            let time = self.world.time.run(entry.at);
            // An undo is not wished for twice: what it would put back has changed.
            let again = send.undoes.is_none().then_some(again);
            (format!("Not saved: {deed} at {time}."), again)
        } else {
            let why = self
                .desk
                .with_untracked(|desk| words::refused(desk, &refusal));
            (format!("Not saved. {why}"), None)
        };
        match theirs {
            Some(entry) => drop(self.receive(vec![entry])),
            None => self.world.fetch.run(()),
        }
        self.undecided(Decision { id, text, again });
        if let Some(mentee) = first {
            self.world.go.run(mentee);
        }
    }

    /// Takes in that a command failed for good, for a reason that is no rule of the board.
    pub(in crate::pages::pairing) fn failed(self, id: CommandId, why: &str) {
        if let Some(Some(_)) = self.desk.try_update(|desk| desk.refuse(id)) {
            self.undecided(Decision {
                id,
                text: format!("Not saved. {why}"),
                again: None,
            });
            self.world.fetch.run(());
        }
    }

    /// Takes in whether changes reach the server.
    pub(in crate::pages::pairing) fn connected(self, connection: Connection) {
        let Some(before) = self.connection.try_get_untracked() else {
            return;
        };
        if before == connection {
            return;
        }
        self.connection.try_set(connection);
        match connection {
            // Said once it is known what became of what waited.
            Connection::Online => self.begin_tally(),
            Connection::Offline => self.say(Say::Polite(
                "Offline. Changes are kept and sent later.".to_owned(),
            )),
            Connection::Gone => {
                let text = format!("{}. {}", words::GONE, words::WHY_GONE);
                self.say(Say::Assertive(text));
            }
            Connection::SignedOut => self.say(Say::Polite("You are signed out.".to_owned())),
        }
    }
}
