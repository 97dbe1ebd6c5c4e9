//! What the parts of the board share: the desk, what is held, what is looked at, what is asked.
//!
//! Every door (pointer, click, keyboard, menu) ends in [`BoardState::make`]. Nothing here knows the
//! network or the page: saving, speaking and moving the keyboard are injected.

mod answers;
pub(super) mod decisions;
mod look;
pub(super) mod selection;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use tandem_api::board::HereView;
use tandem_domain::board::{Command, Refusal};
use tandem_domain::id::{ApplicationId, CommandId};
use tandem_domain::rule::Warning;

use self::decisions::{Decision, Tally};
use super::desk::{Desk, Power};
use super::filters::{self, Query};
use super::history::{self, Hindrance, Step};
use super::rank::summary::{Summary, summary};
use super::rank::{self, Verdict};
use super::words;

/// Through which door something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trigger {
    /// Dragged.
    Pointer,
    /// Picked up, then clicked on a place.
    Click,
    /// Keys on a card, or the ranked list.
    Keyboard,
    /// A menu or a button.
    Menu,
}

/// Somebody who is being placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    /// Who.
    pub(super) mentee: ApplicationId,
    /// Through which door.
    pub(super) trigger: Trigger,
}

/// What the pointer is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// A mentor, nearest to this mentee's place if there is one.
    Mentor(ApplicationId, Option<ApplicationId>),
    /// The mentees without a mentor.
    Pool,
}

/// A list of partners to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picking {
    /// A mentor for this mentee.
    Mentor(ApplicationId),
    /// Another mentee to swap this one with.
    Swap(ApplicationId),
}

/// A command that warnings speak against, waiting for the chair's reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ask {
    /// What was meant.
    pub(super) command: Command,
    /// What speaks against it.
    pub(super) warnings: Vec<Warning>,
    /// Through which door.
    pub(super) trigger: Trigger,
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Say {
    /// When the listener pauses.
    Polite(String),
    /// At once: it did not work.
    Assertive(String),
}

/// Whether changes reach the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Connection {
    /// They do.
    #[default]
    Online,
    /// They do not, for now.
    Offline,
    /// They will not until somebody signs in.
    SignedOut,
    /// They never will: the board was removed, or is not for this member any more.
    Gone,
}

/// What the state needs of the world.
#[derive(Clone, Copy)]
pub(super) struct World {
    /// Sends what is pending.
    pub(super) save: Callback<()>,
    /// Fetches what is missing.
    pub(super) fetch: Callback<()>,
    /// Speaks.
    pub(super) say: Callback<Say>,
    /// Gives the keyboard to somebody's card.
    pub(super) go: Callback<ApplicationId>,
    /// Makes the id of a new command.
    pub(super) new_id: Callback<(), CommandId>,
    /// Writes a time of day for the reader.
    pub(super) time: Callback<DateTime<Utc>, String>,
}

/// What the parts of the board share.
#[derive(Clone, Copy)]
pub(super) struct BoardState {
    desk: RwSignal<Desk>,
    summary: Memo<Summary>,
    query: Signal<Query>,
    looked_at: RwSignal<Option<ApplicationId>>,
    selected: RwSignal<BTreeSet<ApplicationId>>,
    /// Who was chosen last: from there on a range is chosen.
    anchor: StoredValue<Option<ApplicationId>>,
    held: RwSignal<Option<Held>>,
    over: RwSignal<Option<Over>>,
    picking: RwSignal<Option<Picking>>,
    ask: RwSignal<Option<Ask>>,
    /// Why the last thing was not done; stays until the next one or until it is read.
    notice: RwSignal<Option<String>>,
    decisions: RwSignal<Vec<Decision>>,
    tally: StoredValue<Option<Tally>>,
    flash: RwSignal<BTreeSet<ApplicationId>>,
    connection: RwSignal<Connection>,
    others: RwSignal<Vec<HereView>>,
    /// Whether the history stands above the board.
    history_open: RwSignal<bool>,
    world: World,
}

impl BoardState {
    /// The state of a board that was loaded.
    pub(super) fn new(desk: Desk, query: Signal<Query>, world: World) -> Self {
        let desk = RwSignal::new(desk);
        Self {
            desk,
            summary: Memo::new(move |_| desk.with(summary)),
            query,
            looked_at: RwSignal::new(None),
            selected: RwSignal::new(BTreeSet::new()),
            anchor: StoredValue::new(None),
            held: RwSignal::new(None),
            over: RwSignal::new(None),
            picking: RwSignal::new(None),
            ask: RwSignal::new(None),
            notice: RwSignal::new(None),
            decisions: RwSignal::new(Vec::new()),
            tally: StoredValue::new(None),
            flash: RwSignal::new(BTreeSet::new()),
            connection: RwSignal::new(Connection::Online),
            others: RwSignal::new(Vec::new()),
            history_open: RwSignal::new(false),
            world,
        }
    }

    /// The state that the board provided.
    ///
    /// # Panics
    /// Outside the board.
    pub(super) fn expect() -> Self {
        use_context().unwrap_or_else(|| panic!("`BoardState` is provided by `Board`"))
    }

    /// Does something to the board: shown at once, sent, said, and taken back if it is refused.
    pub(super) fn make(self, command: Command, trigger: Trigger) {
        self.make_noting(command, trigger, None);
    }

    /// The same with one more sentence to say if it is done.
    fn make_noting(self, command: Command, trigger: Trigger, note: Option<String>) {
        if self.desk.with_untracked(Desk::is_earlier) {
            self.warn(words::EARLIER.to_owned());
            return;
        }
        self.over.set(None);
        self.held.set(None);
        self.picking.set(None);
        let next = self.after(&command);
        let before = self.desk.with_untracked(|desk| {
            let concerned = command.concerned().into_iter();
            concerned
                .filter_map(|mentee| Some((mentee, desk.placement(mentee)?.clone())))
                .collect()
        });
        match self.apply(command.clone(), None) {
            Ok(()) => {
                self.release(&command);
                self.tell(|desk| {
                    let done = words::deed::done(desk, &before, &command);
                    note.map_or_else(|| done.clone(), |note| format!("{done} {note}"))
                });
                if let Some(next) = next {
                    self.world.go.run(next);
                }
            }
            Err(Refusal::Warned { warnings, .. }) if self.power() == Power::Overrides => {
                self.ask.set(Some(Ask {
                    command,
                    warnings,
                    trigger,
                }));
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }

    /// Puts a mentee to a mentor. `near` is the occupant that is meant where the mentor is full.
    pub(super) fn place(
        self,
        mentee: ApplicationId,
        mentor: ApplicationId,
        near: Option<ApplicationId>,
        trigger: Trigger,
    ) {
        let group = untrack(|| self.group(mentee));
        let (place, note) = self.desk.with_untracked(|desk| {
            let placed = (group.len() > 1).then(|| rank::group::place_all(desk, &group, mentor));
            (
                rank::group::place(desk, &group, mentor, near),
                placed.as_ref().and_then(words::group::not_placed),
            )
        });
        match place.verdict {
            Verdict::Does { command, .. } => self.make_noting(command, trigger, note),
            Verdict::Stays => self.cancel(),
            Verdict::Refused(refusal) => {
                self.let_go();
                self.refuse(&refusal);
            }
        }
    }

    /// Takes back the last thing this member did.
    pub(super) fn undo(self) {
        let step = self.desk.with_untracked(history::undo);
        self.walk(step, "Undone");
    }

    /// Does again what was taken back last.
    pub(super) fn redo(self) {
        let step = self.desk.with_untracked(history::redo);
        self.walk(step, "Done again");
    }

    fn walk(self, step: Result<Step, Hindrance>, verb: &str) {
        if self.desk.with_untracked(Desk::is_earlier) {
            self.warn(words::EARLIER.to_owned());
            return;
        }
        match step {
            Ok(Step {
                command, undoes, ..
            }) => match self.apply(command.clone(), Some(undoes)) {
                Ok(()) => self.tell(|desk| words::deed::put_back(desk, verb, &command)),
                Err(refusal) => self.refuse(&refusal),
            },
            Err(Hindrance::Nothing) => self.say(Say::Polite("There is nothing left.".to_owned())),
            Err(Hindrance::Changed(entry)) => {
                let time = self.world.time.run(entry.at);
                let text = format!(
                    "Not {}: {} changed this at {time}.",
                    verb.to_lowercase(),
                    entry.by_name
                );
                self.warn(text);
            }
        }
    }

    fn apply(self, command: Command, undoes: Option<CommandId>) -> Result<(), Refusal> {
        let id = self.world.new_id.run(());
        let made = self.desk.try_update(|desk| desk.make(id, command, undoes));
        match made {
            Some(Ok(send)) => {
                self.notice.set(None);
                self.flash
                    .set(send.command.concerned().into_iter().collect());
                self.world.save.run(());
                Ok(())
            }
            Some(Err(refusal)) => Err(refusal),
            None => Ok(()),
        }
    }

    /// Who gets the keyboard after a command: the next in the queue of those without a mentor, or
    /// whoever the command was about.
    fn after(self, command: &Command) -> Option<ApplicationId> {
        let concerned = command.concerned();
        let mentee = *concerned.first()?;
        let was_unpaired = self
            .desk
            .with_untracked(|desk| desk.placement(mentee).is_none());
        if !was_unpaired {
            return Some(mentee);
        }
        let listed = self.listed();
        let queue_idx = listed.iter().position(|one| *one == mentee);
        let next = queue_idx.and_then(|queue_idx| {
            let stays = |one: &&ApplicationId| !concerned.contains(one);
            let (before, behind) = listed.split_at_checked(queue_idx)?;
            let behind = behind.iter().find(stays);
            behind.or_else(|| before.iter().rev().find(stays))
        });
        Some(next.copied().unwrap_or(mentee))
    }

    fn listed(self) -> Vec<ApplicationId> {
        let query = self.query.get_untracked();
        self.desk
            .with_untracked(|desk| filters::mentees(desk, &query))
    }

    /// The chair lets warnings stand, for this reason.
    pub(super) fn override_with(self, reason: &str) {
        if let Some(Ask {
            command, trigger, ..
        }) = self.ask.get_untracked()
        {
            self.ask.set(None);
            self.make(command.with_override(reason), trigger);
        }
    }

    /// The chair does not let warnings stand after all.
    pub(super) fn drop_ask(self) {
        if let Some(Ask { command, .. }) = self.ask.get_untracked() {
            self.ask.set(None);
            self.stay(&command.concerned());
        }
    }

    /// Picks somebody up. Nothing has changed until it is placed.
    pub(super) fn pick_up(self, mentee: ApplicationId, trigger: Trigger) {
        if !self.desk.with_untracked(Desk::may_change) {
            return;
        }
        let group = untrack(|| self.group(mentee));
        let is_locked = self.desk.with_untracked(|desk| {
            let placement = desk.placement(mentee);
            placement.is_some_and(|placement| placement.locked)
        });
        if is_locked && group.len() == 1 {
            self.refuse(&Refusal::Locked { mentee });
            return;
        }
        self.notice.set(None);
        self.held.set(Some(Held { mentee, trigger }));
        if trigger == Trigger::Keyboard {
            self.picking.set(Some(Picking::Mentor(mentee)));
        }
        self.tell(|desk| words::picked_up(desk, &group));
    }

    /// Opens a list of partners to choose from.
    pub(super) fn pick_from(self, picking: Picking) {
        match picking {
            Picking::Mentor(mentee) => self.pick_up(mentee, Trigger::Keyboard),
            Picking::Swap(_) => self.picking.set(Some(picking)),
        }
    }

    /// Whoever is held stays where it is.
    pub(super) fn cancel(self) {
        let held = self.held.get_untracked().map(|held| held.mentee);
        let picking = self.picking.get_untracked();
        self.let_go();
        match (held, picking) {
            (Some(mentee), _) => self.stay(&untrack(|| self.group(mentee))),
            (None, Some(Picking::Swap(mentee))) => self.stay(&[mentee]),
            _ => (),
        }
    }

    fn let_go(self) {
        self.held.set(None);
        self.over.set(None);
        self.picking.set(None);
    }

    fn stay(self, group: &[ApplicationId]) {
        if let Some(first) = group.first() {
            self.tell(|desk| words::cancelled(desk, group));
            self.world.go.run(*first);
        }
    }

    /// The pointer that holds somebody is over this now.
    pub(super) fn hover(self, over: Option<Over>) {
        if self.over.get_untracked() != over {
            self.over.set(over);
        }
    }

    /// Shows somebody in the inspector; nobody closes it.
    pub(super) fn look_at(self, who: Option<ApplicationId>) {
        self.looked_at.set(who);
    }

    /// The last refusal was read.
    pub(super) fn read_notice(self) {
        self.notice.set(None);
    }

    /// Gives the keyboard to somebody's card.
    pub(super) fn go(self, who: ApplicationId) {
        self.world.go.run(who);
    }

    /// Nobody flashes any more.
    pub(super) fn calm(self) {
        self.flash.try_update(BTreeSet::clear);
    }

    fn refuse(self, refusal: &Refusal) {
        let text = self
            .desk
            .with_untracked(|desk| words::refused(desk, refusal));
        self.warn(text);
    }

    fn warn(self, text: String) {
        self.say(Say::Assertive(text.clone()));
        self.notice.try_set(Some(text));
    }

    fn tell(self, sentence: impl FnOnce(&Desk) -> String) {
        let sentence = self.desk.with_untracked(sentence);
        self.say(Say::Polite(sentence));
    }

    fn say(self, say: Say) {
        self.world.say.run(say);
    }

    fn power(self) -> Power {
        self.desk.with_untracked(Desk::power)
    }
}

#[cfg(test)]
mod tests;
