//! Applying a command, wholly or not at all, and what puts it back.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::placements::After;
use super::{Board, Command, Expect, Placement, Refusal, terms};
use crate::id::ApplicationId;

/// What a command makes of each mentee it concerns.
type Change = (ApplicationId, Option<Placement>);

impl Board {
    /// Does what the command says, and returns the command that puts it back. Where it is refused,
    /// nothing has changed.
    ///
    /// In order: what the sender saw still holds; everybody is on the board; the command fits where
    /// people are; no locked pair moves; no rule forbids a new pair; warnings of a new pair stand
    /// only by the word of the chair, who gives a reason. `chair` says whether the sender is the
    /// chair; a server that undoes a command of its own log may speak for the chair too.
    pub fn apply(
        &mut self,
        command: &Command,
        expect: &[Expect],
        chair: bool,
    ) -> Result<Command, Refusal> {
        for said in expect {
            let now = self.seen(said.mentee);
            if now != *said {
                return Err(Refusal::Changed { now });
            }
        }
        if let Command::Together { commands } = command {
            return self.apply_together(commands, chair);
        }
        if let Some(terms) = self.terms(command)? {
            let inverse = self.inverse(command);
            self.set_terms(terms);
            return Ok(inverse);
        }
        let mut changes = self.changes(command)?;
        self.check_rules(command, &changes)?;
        let after = After::new(&self.placements, &changes);
        for (mentee, placement) in &mut changes {
            let Some(placement) = placement else { continue };
            if self.mentor_of(*mentee) == Some(placement.mentor) {
                continue;
            }
            let pair = self.pair(&after, *mentee, placement.mentor);
            let warnings = pair.map_or_else(Vec::new, |pair| pair.warnings());
            if warnings.is_empty() {
                placement.override_reason = None;
            } else if !chair || placement.override_reason.is_none() {
                let mentor = placement.mentor;
                return Err(Refusal::Warned {
                    mentee: *mentee,
                    mentor,
                    warnings,
                });
            }
        }
        let inverse = self.inverse(command);
        for (mentee, placement) in changes {
            self.placements.put(mentee, placement);
        }
        Ok(inverse)
    }

    /// Applies commands one after the other, each on what the one before has left; all or none.
    fn apply_together(&mut self, commands: &[Command], chair: bool) -> Result<Command, Refusal> {
        let mut before = Vec::new();
        let mut inverses = Vec::new();
        for command in commands {
            let places = self.places(command);
            let applied = if command.goes_with_others() {
                self.apply(command, &[], chair)
            } else {
                Err(stands_alone(command))
            };
            match applied {
                Ok(inverse) => {
                    before.push(places);
                    inverses.push(inverse);
                }
                Err(refusal) => {
                    for (mentee, place) in before.into_iter().rev().flatten() {
                        self.placements.put(mentee, place);
                    }
                    return Err(refusal);
                }
            }
        }
        inverses.reverse();
        Ok(Command::Together { commands: inverses })
    }

    /// Checks everything of a command but warnings, which the chair may let stand.
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        self.check_rules(command, &self.changes(command)?)
    }

    /// What the command makes of the people, if it fits where they are.
    fn changes(&self, command: &Command) -> Result<Vec<Change>, Refusal> {
        for mentee in command.concerned() {
            self.mentee(mentee).ok_or(Refusal::Unknown {
                application: mentee,
            })?;
        }
        match command {
            Command::Pair {
                mentee,
                mentor,
                override_reason,
            } => match self.mentor_of(*mentee) {
                None => Ok(vec![(
                    *mentee,
                    Some(placed(*mentor, override_reason.as_ref())),
                )]),
                Some(_) => Err(nothing(*mentee)),
            },
            Command::Unpair { mentee } => self.present(*mentee).map(|_| vec![(*mentee, None)]),
            Command::Move {
                mentee,
                mentor,
                override_reason,
            } => {
                if self.present(*mentee)?.mentor == *mentor {
                    return Err(nothing(*mentee));
                }
                Ok(vec![(
                    *mentee,
                    Some(placed(*mentor, override_reason.as_ref())),
                )])
            }
            Command::Replace {
                mentee,
                evicted,
                override_reason,
            } => self.replaced(*mentee, *evicted, override_reason.as_ref()),
            Command::Swap {
                first,
                second,
                override_reason,
            } => {
                let (one, other) = (self.present(*first)?.mentor, self.present(*second)?.mentor);
                if one == other {
                    return Err(nothing(*first));
                }
                let now_with = |mentor| Some(placed(mentor, override_reason.as_ref()));
                Ok(vec![(*first, now_with(other)), (*second, now_with(one))])
            }
            // What is made of others is applied one by one; terms move nobody.
            Command::Forbid { .. }
            | Command::Allow { .. }
            | Command::SetPlaces { .. }
            | Command::Together { .. } => Ok(Vec::new()),
            Command::Lock { mentee } => self.with_lock(*mentee, true),
            Command::Unlock { mentee } => self.with_lock(*mentee, false),
            Command::Restore { placements }
            | Command::Adopt { placements, .. }
            | Command::AdoptFrom { placements, .. } => self.restored(placements),
        }
    }

    fn replaced(
        &self,
        mentee: ApplicationId,
        evicted: ApplicationId,
        reason: Option<&String>,
    ) -> Result<Vec<Change>, Refusal> {
        let mentor = self.present(evicted)?.mentor;
        if self.mentor_of(mentee) == Some(mentor) {
            return Err(nothing(mentee));
        }
        Ok(vec![
            (mentee, Some(placed(mentor, reason))),
            (evicted, None),
        ])
    }

    fn present(&self, mentee: ApplicationId) -> Result<&Placement, Refusal> {
        self.placements.get(&mentee).ok_or(nothing(mentee))
    }

    fn with_lock(&self, mentee: ApplicationId, locked: bool) -> Result<Vec<Change>, Refusal> {
        let placement = self.present(mentee)?;
        if placement.locked == locked {
            return Err(nothing(mentee));
        }
        Ok(vec![(
            mentee,
            Some(Placement {
                locked,
                ..placement.clone()
            }),
        )])
    }

    /// The placements to bring back that differ from what is. A lock is neither set nor lost so.
    fn restored(&self, placements: &[Change]) -> Result<Vec<Change>, Refusal> {
        let mut named = BTreeSet::new();
        let mut changes = Vec::new();
        for (mentee, wanted) in placements {
            if !named.insert(*mentee) {
                return Err(nothing(*mentee));
            }
            let wanted = wanted.clone().map(|wanted| Placement {
                override_reason: wanted
                    .override_reason
                    .filter(|reason| !reason.trim().is_empty()),
                ..wanted
            });
            let present = self.placements.get(mentee);
            let mentor = |placement: &Placement| placement.mentor;
            let is_locked = wanted.as_ref().is_some_and(|wanted| wanted.locked);
            if is_locked != present.is_some_and(|present| present.locked) {
                return Err(Refusal::Locked { mentee: *mentee });
            }
            if wanted.as_ref().map(mentor) != present.map(mentor) {
                changes.push((*mentee, wanted));
            }
        }
        match (placements.first(), changes.is_empty()) {
            (Some((mentee, _)), true) => Err(nothing(*mentee)),
            _ => Ok(changes),
        }
    }

    /// No locked pair moves, and no rule forbids a new pair. Rules look at the board as it will be.
    fn check_rules(&self, command: &Command, changes: &[Change]) -> Result<(), Refusal> {
        if !matches!(command, Command::Lock { .. } | Command::Unlock { .. }) {
            for (mentee, _) in changes {
                if self.seen(*mentee).locked {
                    return Err(Refusal::Locked { mentee: *mentee });
                }
            }
        }
        let after = After::new(&self.placements, changes);
        for (mentee, placement) in changes {
            let Some(placement) = placement else { continue };
            let mentor = placement.mentor;
            if self.mentor_of(*mentee) == Some(mentor) {
                continue;
            }
            let pair = self.pair(&after, *mentee, mentor).ok_or(Refusal::Unknown {
                application: mentor,
            })?;
            let rules = pair.rules();
            if !rules.is_empty() {
                return Err(Refusal::Rule {
                    mentee: *mentee,
                    mentor,
                    rules,
                });
            }
        }
        Ok(())
    }

    /// What puts the command back, read off the board before it is applied.
    fn inverse(&self, command: &Command) -> Command {
        let restore = || Command::Restore {
            placements: command
                .concerned()
                .into_iter()
                .map(|mentee| (mentee, self.placements.get(&mentee).cloned()))
                .collect(),
        };
        match command {
            Command::Pair { mentee, .. } => Command::Unpair { mentee: *mentee },
            Command::Lock { mentee } => Command::Unlock { mentee: *mentee },
            Command::Unlock { mentee } => Command::Lock { mentee: *mentee },
            Command::Unpair { mentee } => {
                self.placements
                    .get(mentee)
                    .map_or_else(restore, |had| Command::Pair {
                        mentee: *mentee,
                        mentor: had.mentor,
                        override_reason: had.override_reason.clone(),
                    })
            }
            Command::Move { mentee, .. } => {
                self.placements
                    .get(mentee)
                    .map_or_else(restore, |had| Command::Move {
                        mentee: *mentee,
                        mentor: had.mentor,
                        override_reason: had.override_reason.clone(),
                    })
            }
            Command::Swap { first, second, .. } => {
                let stands = |mentee| {
                    let had: Option<&Placement> = self.placements.get(mentee);
                    had.is_some_and(|had| had.override_reason.is_some())
                };
                if stands(first) || stands(second) {
                    restore()
                } else {
                    Command::Swap {
                        first: *first,
                        second: *second,
                        override_reason: None,
                    }
                }
            }
            Command::Forbid { .. } | Command::Allow { .. } | Command::SetPlaces { .. } => {
                terms::inverse(command).unwrap_or_else(restore)
            }
            Command::Replace { .. }
            | Command::Restore { .. }
            | Command::Adopt { .. }
            | Command::AdoptFrom { .. }
            | Command::Together { .. } => restore(),
        }
    }
}

/// A new pair, not locked. A blank reason is none.
fn placed(mentor: ApplicationId, reason: Option<&String>) -> Placement {
    let reason = reason
        .map(|reason| reason.trim())
        .filter(|reason| !reason.is_empty());
    Placement {
        mentor,
        locked: false,
        override_reason: reason.map(str::to_owned),
    }
}

/// Why a command is not done together with others.
fn stands_alone(command: &Command) -> Refusal {
    let named = command.concerned().into_iter().chain(command.mentors());
    nothing(
        named
            .into_iter()
            .next()
            .unwrap_or(ApplicationId(Uuid::nil())),
    )
}

fn nothing(mentee: ApplicationId) -> Refusal {
    Refusal::NothingToDo { mentee }
}
