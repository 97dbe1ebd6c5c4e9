//! Several mentees at once: who is chosen, and what is done with all of them as one command, which
//! one undo takes back.

use std::collections::BTreeSet;

use leptos::prelude::*;
use tandem_domain::board::Command;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use super::{BoardState, Trigger};
use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::words;

/// What is done with all that are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages::pairing) enum ForAll {
    /// Takes those with a mentor from their mentors.
    Unpair,
    /// Locks their pairs.
    Lock,
    /// Unlocks their pairs.
    Unlock,
}

impl ForAll {
    /// In the order they are offered.
    pub(in crate::pages::pairing) const ALL: [Self; 3] = [Self::Unpair, Self::Lock, Self::Unlock];

    /// The command for one of them; nothing where there is nothing to do.
    fn command(self, desk: &Desk, mentee: ApplicationId) -> Option<Command> {
        let is_locked = desk.placement(mentee)?.locked;
        match (self, is_locked) {
            (Self::Unpair, false) => Some(Command::Unpair { mentee }),
            (Self::Lock, false) => Some(Command::Lock { mentee }),
            (Self::Unlock, true) => Some(Command::Unlock { mentee }),
            _ => None,
        }
    }
}

impl BoardState {
    /// Who is chosen.
    pub(in crate::pages::pairing) fn selected(self) -> ReadSignal<BTreeSet<ApplicationId>> {
        self.selected.read_only()
    }

    /// Chooses a mentee, or no longer.
    pub(in crate::pages::pairing) fn toggle(self, who: ApplicationId) {
        if !self.may_select(who) {
            return;
        }
        self.anchor.set_value(Some(who));
        let is_new = self.selected.try_update(|selected| {
            let is_new = selected.insert(who);
            if !is_new {
                selected.remove(&who);
            }
            is_new
        });
        let n_selected = self.selected.with_untracked(BTreeSet::len);
        self.tell(|desk| words::group::toggled(desk, who, is_new == Some(true), n_selected));
    }

    /// Chooses everybody from the one chosen last to this one, in the order of a list.
    pub(in crate::pages::pairing) fn select_to(self, who: ApplicationId, order: &[ApplicationId]) {
        if !self.may_select(who) {
            return;
        }
        let find = |wanted: ApplicationId| order.iter().position(|one| *one == wanted);
        let anchor = self.anchor.get_value().unwrap_or(who);
        let (Some(from_idx), Some(to_idx)) = (find(anchor), find(who)) else {
            self.toggle(who);
            return;
        };
        let range = from_idx.min(to_idx)..=from_idx.max(to_idx);
        let range = order.get(range).unwrap_or_default();
        self.anchor.set_value(Some(anchor));
        self.select(range);
    }

    /// Whether a range has where to begin.
    pub(in crate::pages::pairing) fn is_anchored(self) -> bool {
        self.anchor.get_value().is_some()
    }

    /// Chooses everybody of a list besides those who are chosen already.
    pub(in crate::pages::pairing) fn select(self, order: &[ApplicationId]) {
        let mentees: Vec<ApplicationId> = order
            .iter()
            .copied()
            .filter(|one| self.may_select(*one))
            .collect();
        self.selected.update(|selected| selected.extend(mentees));
        let n_selected = self.selected.with_untracked(BTreeSet::len);
        self.tell(|_| words::group::selected(n_selected));
    }

    /// Chooses nobody.
    pub(in crate::pages::pairing) fn select_nobody(self) {
        self.anchor.set_value(None);
        if !self.selected.with_untracked(BTreeSet::is_empty) {
            self.selected.update(BTreeSet::clear);
            self.tell(|_| words::group::selected(0));
        }
    }

    fn may_select(self, who: ApplicationId) -> bool {
        self.desk.with_untracked(|desk| {
            desk.may_change()
                && desk
                    .candidate(who)
                    .is_some_and(|one| one.role == Role::Mentee)
        })
    }

    /// Who moves when somebody is moved: that one, and all others that are chosen if it is chosen.
    pub(in crate::pages::pairing) fn group(self, mentee: ApplicationId) -> Vec<ApplicationId> {
        self.selected.with(|selected| {
            let others = selected.iter().filter(|one| **one != mentee);
            let others = others.filter(|_| selected.contains(&mentee));
            [mentee].into_iter().chain(others.copied()).collect()
        })
    }

    /// What doing this with all that are chosen would send; nothing where there is nothing to do.
    pub(in crate::pages::pairing) fn for_all(self, what: ForAll) -> Option<Command> {
        self.desk.with(|desk| {
            self.selected.with(|selected| {
                let commands = selected.iter();
                let commands = commands.filter_map(|one| what.command(desk, *one));
                Command::together(commands.collect())
            })
        })
    }

    /// Takes whoever is moved from the mentors; those without one stay as they are.
    pub(in crate::pages::pairing) fn put_back(self, mentee: ApplicationId, trigger: Trigger) {
        let group = untrack(|| self.group(mentee));
        let unpaired = self.desk.with_untracked(|desk| {
            let commands = group
                .iter()
                .filter_map(|one| ForAll::Unpair.command(desk, *one));
            Command::together(commands.collect())
        });
        match unpaired {
            Some(command) => self.make(command, trigger),
            None => self.cancel(),
        }
    }

    /// Does this with all that are chosen.
    pub(in crate::pages::pairing) fn do_for_all(self, what: ForAll, trigger: Trigger) {
        if let Some(command) = untrack(|| self.for_all(what)) {
            self.make(command, trigger);
        }
    }

    /// Whoever something was done with is chosen no longer; who was left is.
    pub(super) fn release(self, command: &Command) {
        let concerned = command.concerned();
        let is_chosen =
            |selected: &BTreeSet<ApplicationId>| concerned.iter().any(|one| selected.contains(one));
        if self.selected.with_untracked(is_chosen) {
            self.selected
                .update(|selected| selected.retain(|one| !concerned.contains(one)));
        }
    }
}
