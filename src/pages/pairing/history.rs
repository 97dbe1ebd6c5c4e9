//! What this member may undo and redo: read from the server's log, so that it is the same on every
//! device and after a reload.
//!
//! A command, the undo of it, the redo of that and so on are a chain; only its last link counts.

use tandem_api::board::Entry;
use tandem_domain::board::Command;
use tandem_domain::id::{CommandId, PersonId};

use super::desk::Desk;
use super::rank::concerns;

/// What to send to undo or redo something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The command that puts it back.
    pub(super) command: Command,
    /// What it puts back.
    pub(super) undoes: CommandId,
    /// The command as it was.
    pub(super) was: Command,
}

/// Why nothing is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hindrance {
    /// There is nothing.
    Nothing,
    /// Somebody else changed one of the people since.
    Changed(Box<Entry>),
}

#[derive(Debug, Clone, Copy)]
struct Link<'a> {
    id: CommandId,
    undoes: Option<CommandId>,
    command: &'a Command,
    inverse: &'a Command,
    rev: i64,
}

#[derive(Debug, Clone, Copy)]
struct Chain<'a> {
    base: Link<'a>,
    last: Link<'a>,
    is_undone: bool,
}

/// What undoing would send.
pub(super) fn undo(desk: &Desk) -> Result<Step, Hindrance> {
    let chains = chains(desk);
    let last = chains
        .iter()
        .filter(|chain| !chain.is_undone)
        .max_by_key(|chain| chain.base.rev);
    step(desk, last)
}

/// What redoing would send. A new command leaves nothing to redo.
pub(super) fn redo(desk: &Desk) -> Result<Step, Hindrance> {
    let chains = chains(desk);
    let newest = chains
        .iter()
        .map(|chain| chain.base.rev)
        .max()
        .unwrap_or(i64::MIN);
    let last = chains
        .iter()
        .filter(|chain| chain.is_undone && chain.last.rev > newest)
        .max_by_key(|chain| chain.last.rev);
    step(desk, last)
}

fn step(desk: &Desk, chain: Option<&Chain<'_>>) -> Result<Step, Hindrance> {
    let Some(chain) = chain else {
        return Err(Hindrance::Nothing);
    };
    let mentees = chain.last.command.concerned();
    let changed = desk.log().iter().rev().find(|entry| {
        entry.rev > chain.last.rev && entry.by != desk.me() && concerns(&entry.command, &mentees)
    });
    match changed {
        Some(entry) => Err(Hindrance::Changed(Box::new(entry.clone()))),
        None => Ok(Step {
            command: chain.last.inverse.clone(),
            undoes: chain.last.id,
            was: chain.last.command.clone(),
        }),
    }
}

fn chains(desk: &Desk) -> Vec<Chain<'_>> {
    let mut chains: Vec<Chain<'_>> = Vec::new();
    for link in links(desk, desk.me()) {
        let earlier = link
            .undoes
            .and_then(|undone| chains.iter_mut().find(|chain| chain.last.id == undone));
        match (earlier, link.undoes) {
            (Some(chain), _) => {
                chain.last = link;
                chain.is_undone = !chain.is_undone;
            }
            (None, None) => chains.push(Chain {
                base: link,
                last: link,
                is_undone: false,
            }),
            // What it undid lies before the part of the log that is known.
            (None, Some(_)) => (),
        }
    }
    chains
}

fn links(desk: &Desk, me: PersonId) -> impl Iterator<Item = Link<'_>> {
    let confirmed = desk
        .log()
        .iter()
        .filter(move |entry| entry.by == me)
        .map(|entry| Link {
            id: entry.id,
            undoes: entry.undoes,
            command: &entry.command,
            inverse: &entry.inverse,
            rev: entry.rev,
        });
    // What is on its way comes after everything that is known.
    let pending = desk
        .pending()
        .iter()
        .zip(desk.rev() + 1..)
        .map(|(pending, rev)| Link {
            id: pending.send.id,
            undoes: pending.send.undoes,
            command: &pending.send.command,
            inverse: &pending.inverse,
            rev,
        });
    confirmed.chain(pending)
}
