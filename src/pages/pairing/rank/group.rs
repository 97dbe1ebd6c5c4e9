//! What placing several mentees with one mentor would do: the free places go to those who fit best.

use std::cmp::Reverse;

use tandem_domain::board::{Command, Refusal};
use tandem_domain::id::ApplicationId;
use tandem_domain::order;

use super::{Place, Verdict, verdict, warnings_of};
use crate::pages::pairing::desk::{Desk, Power};

/// Why somebody of a group is not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages::pairing) enum Left {
    /// No place is left.
    Full,
    /// A rule, a lock, or a warning that only the chair may let stand.
    NotAllowed,
}

/// What placing a group with a mentor would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::pages::pairing) struct Placed {
    /// What is done with each who gets a place, best first.
    pub(in crate::pages::pairing) commands: Vec<(Command, u16)>,
    /// Who gets none, and why.
    pub(in crate::pages::pairing) left: Vec<(ApplicationId, Left)>,
}

/// Gives the free places of a mentor to those of a group who fit best; nobody gives way for them.
pub(in crate::pages::pairing) fn place_all(
    desk: &Desk,
    group: &[ApplicationId],
    mentor: ApplicationId,
) -> Placed {
    let mut ranked: Vec<(ApplicationId, u16)> = group
        .iter()
        .filter(|mentee| desk.mentor_of(**mentee) != Some(mentor))
        .map(|mentee| (*mentee, desk.score(*mentee, mentor)))
        .collect();
    order::sort_by_key(&mut ranked, |(_, score)| Reverse(*score));
    let n_free = desk.n_free(mentor);
    let mut placed = Placed::default();
    for (mentee, score) in ranked {
        if placed.commands.len() == n_free {
            placed.left.push((mentee, Left::Full));
            continue;
        }
        match desk.board().what_drop_means(mentee, mentor, None) {
            Ok(command) if may_stand(desk, &command) => placed.commands.push((command, score)),
            Ok(_) | Err(_) => placed.left.push((mentee, Left::NotAllowed)),
        }
    }
    placed
}

fn may_stand(desk: &Desk, command: &Command) -> bool {
    desk.power() == Power::Overrides || warnings_of(desk.board(), command).is_empty()
}

/// A mentor as a place for whoever is moved: one mentee, or all that are chosen.
pub(in crate::pages::pairing) fn place(
    desk: &Desk,
    group: &[ApplicationId],
    mentor: ApplicationId,
    near: Option<ApplicationId>,
) -> Place {
    if let [mentee] = group {
        return Place {
            mentor,
            score: desk.score(*mentee, mentor),
            verdict: verdict(desk, *mentee, mentor, near),
        };
    }
    let placed = place_all(desk, group, mentor);
    Place {
        mentor,
        score: mean(placed.commands.iter().map(|(_, score)| *score)),
        verdict: match together(placed.commands) {
            Some(command) => Verdict::Does {
                warnings: warnings_of(desk.board(), &command),
                command,
            },
            None => nobody(desk, group, mentor),
        },
    }
}

/// Why nobody of a group is placed: what stands against the one who is carried, who comes first.
fn nobody(desk: &Desk, group: &[ApplicationId], mentor: ApplicationId) -> Verdict {
    let is_elsewhere = |one: &&ApplicationId| desk.mentor_of(**one) != Some(mentor);
    let Some(mentee) = group.iter().find(is_elsewhere).copied() else {
        return Verdict::Stays;
    };
    Verdict::Refused(match desk.board().what_drop_means(mentee, mentor, None) {
        Err(refusal) => refusal,
        Ok(command) => Refusal::Warned {
            mentee,
            mentor,
            warnings: warnings_of(desk.board(), &command),
        },
    })
}

/// One command out of several; the one itself if there is only one.
fn together(commands: Vec<(Command, u16)>) -> Option<Command> {
    Command::together(commands.into_iter().map(|(command, _)| command).collect())
}

fn mean(scores: impl Iterator<Item = u16>) -> u16 {
    let (count, sum) = scores.fold((0_u32, 0_u32), |(count, sum), score| {
        (count + 1, sum + u32::from(score))
    });
    u16::try_from(sum / count.max(1)).unwrap_or(0)
}
