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

/// The chains of a member, the newest first, read from the end of the log: no more of it is looked
/// at than is asked for.
struct Chains<'a, L> {
    links: L,
    /// Chains whose base is still to come: what their earliest link undoes, their last link, and how
    /// many links lie between the base and it.
    open: Vec<(CommandId, Link<'a>, usize)>,
}

impl<'a, L: Iterator<Item = Link<'a>>> Iterator for Chains<'a, L> {
    type Item = Chain<'a>;

    fn next(&mut self) -> Option<Chain<'a>> {
        for link in self.links.by_ref() {
            let place = self.open.iter().position(|(undone, ..)| *undone == link.id);
            let (last, n_steps) = place.map_or((link, 0), |place| {
                let (_, last, n_steps) = self.open.swap_remove(place);
                (last, n_steps)
            });
            match link.undoes {
                Some(undone) => self.open.push((undone, last, n_steps + 1)),
                None => {
                    return Some(Chain {
                        base: link,
                        last,
                        is_undone: n_steps % 2 == 1,
                    });
                }
            }
        }
        // What the others undo lies before the part of the log that is known.
        None
    }
}

/// What undoing would send.
pub(super) fn undo(desk: &Desk) -> Result<Step, Hindrance> {
    let last = chains(desk).find(|chain| !chain.is_undone);
    step(desk, last.as_ref())
}

/// What redoing would send. A new command leaves nothing to redo.
pub(super) fn redo(desk: &Desk) -> Result<Step, Hindrance> {
    let mut chains = chains(desk);
    let Some(newest) = chains.next() else {
        return Err(Hindrance::Nothing);
    };
    // What was undone or done again after the newest command was made.
    let later = chains.open.len();
    let is_later = |chain: &Chain<'_>| chain.last.rev > newest.base.rev;
    let earlier = chains.filter(is_later).take(later);
    let last = [newest]
        .into_iter()
        .chain(earlier)
        .filter(|chain| chain.is_undone && is_later(chain))
        .max_by_key(|chain| chain.last.rev);
    step(desk, last.as_ref())
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

fn chains(desk: &Desk) -> Chains<'_, impl Iterator<Item = Link<'_>>> {
    Chains {
        links: links(desk, desk.me()).rev(),
        open: Vec::new(),
    }
}

fn links(desk: &Desk, me: PersonId) -> impl DoubleEndedIterator<Item = Link<'_>> {
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
    let pending = desk.pending().iter().enumerate();
    let pending = pending.map(|(idx, pending)| {
        let rev = desk.rev() + 1 + i64::try_from(idx).unwrap_or(i64::MAX);
        Link {
            id: pending.send.id,
            undoes: pending.send.undoes,
            command: &pending.send.command,
            inverse: &pending.inverse,
            rev,
        }
    });
    confirmed.chain(pending)
}
