//! From what of a cohort a member of the committee stays away, because it concerns them.
//!
//! Whoever has applied to a cohort has no part in its pairing. Whoever has a conflict with single
//! people reads the board without them, and changes nothing on it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::board::{Command, Placement};
use crate::id::{ApplicationId, PersonId};
use crate::permission::Action;

/// From what of a cohort somebody stays away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recusal {
    /// From nothing.
    #[default]
    None,
    /// From these people.
    From(BTreeSet<PersonId>),
    /// From everything the committee does about people: they are one of them.
    Whole,
}

impl Recusal {
    /// Whether it is from anybody or anything at all.
    pub fn is_any(&self) -> bool {
        *self != Self::None
    }

    /// Whether it stands against an action on the cohort as a whole.
    pub fn bars(&self, action: Action) -> bool {
        // Words may name anybody, so there is no part of the comments that could be told.
        let is_about_pairs = matches!(
            action,
            Action::ReadComments
                | Action::Comment
                | Action::ChangeBoard
                | Action::KeepScenarios
                | Action::OverrideWarning
                | Action::SetScoring
        );
        match self {
            Self::None => false,
            Self::From(_) => is_about_pairs,
            Self::Whole => {
                is_about_pairs || matches!(action, Action::SeeBoard | Action::ListApplications)
            }
        }
    }

    /// Whether somebody must not be seen in what the committee sees.
    pub fn hides(&self, person: PersonId) -> bool {
        match self {
            Self::None => false,
            Self::From(people) => people.contains(&person),
            Self::Whole => true,
        }
    }
}

/// What a command did to one mentee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Whom.
    pub mentee: ApplicationId,
    /// The place before.
    pub before: Option<Placement>,
    /// The place after.
    pub after: Option<Placement>,
}

/// A command and its inverse, as somebody sees them who must not see some people: unchanged if
/// none of these are in it, what it did to the others if some are, nothing if nobody is left.
pub fn without(
    hidden: &BTreeSet<ApplicationId>,
    (command, inverse): (&Command, &Command),
    effects: &[Effect],
) -> Option<(Command, Command)> {
    let place = |place: &Option<Placement>| {
        place
            .clone()
            .filter(|place| !hidden.contains(&place.mentor))
    };
    let seen: BTreeMap<ApplicationId, (Option<Placement>, Option<Placement>)> = effects
        .iter()
        .filter(|effect| !hidden.contains(&effect.mentee))
        .map(|effect| (effect.mentee, (place(&effect.before), place(&effect.after))))
        .collect();
    let named = command.concerned().into_iter().chain(command.mentors());
    let names_hidden = named.into_iter().any(|one| hidden.contains(&one));
    let is_whole = !names_hidden
        && seen.len() == effects.len()
        && effects.iter().all(|effect| {
            seen.get(&effect.mentee)
                .is_some_and(|(before, after)| *before == effect.before && *after == effect.after)
        });
    if is_whole {
        return Some((command.clone(), inverse.clone()));
    }
    let changed = seen
        .into_iter()
        .filter(|(_, (before, after))| before != after);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (mentee, (was, is)) in changed {
        before.push((mentee, was));
        after.push((mentee, is));
    }
    let restore = |placements| Command::Restore { placements };
    (!after.is_empty()).then(|| (restore(after), restore(before)))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ANA: u128 = 1;
    const BO: u128 = 2;
    const UMA: u128 = 11;
    const VIC: u128 = 12;

    fn id(number: u128) -> ApplicationId {
        ApplicationId(Uuid::from_u128(number))
    }

    fn with(mentor: u128) -> Placement {
        Placement {
            mentor: id(mentor),
            locked: false,
            override_reason: None,
        }
    }

    fn effect(mentee: u128, before: Placement, after: Placement) -> Effect {
        Effect {
            mentee: id(mentee),
            before: Some(before),
            after: Some(after),
        }
    }

    fn swap() -> (Command, [Effect; 2]) {
        let swap = Command::Swap {
            first: id(ANA),
            second: id(BO),
            override_reason: None,
        };
        (
            swap,
            [
                effect(ANA, with(UMA), with(VIC)),
                effect(BO, with(VIC), with(UMA)),
            ],
        )
    }

    fn seen(hidden: &[u128]) -> Option<(Command, Command)> {
        let (swap, effects) = swap();
        let hidden = hidden.iter().map(|number| id(*number)).collect();
        without(&hidden, (&swap, &swap), &effects)
    }

    fn restore(placements: Vec<(u128, Option<Placement>)>) -> Command {
        Command::Restore {
            placements: placements
                .into_iter()
                .map(|(who, place)| (id(who), place))
                .collect(),
        }
    }

    #[test]
    fn who_hides_nobody_sees_the_command() {
        assert_eq!(seen(&[99]), Some((swap().0, swap().0)));
    }

    #[test]
    fn a_hidden_mentee_leaves_what_happened_to_the_other() {
        let expected = (
            restore(vec![(ANA, Some(with(VIC)))]),
            restore(vec![(ANA, Some(with(UMA)))]),
        );
        assert_eq!(seen(&[BO]), Some(expected));
    }

    #[test]
    fn with_a_hidden_mentor_the_mentees_come_from_and_go_to_nobody() {
        let expected = (
            restore(vec![(ANA, None), (BO, Some(with(UMA)))]),
            restore(vec![(ANA, Some(with(UMA))), (BO, None)]),
        );
        assert_eq!(seen(&[VIC]), Some(expected));
    }

    #[test]
    fn what_happens_among_the_hidden_did_not_happen() {
        assert_eq!(seen(&[ANA, BO]), None);
        assert_eq!(seen(&[UMA, VIC]), None);
    }

    #[test]
    fn an_applicant_has_no_board_and_a_member_in_conflict_only_reads_it() {
        let from = Recusal::From(BTreeSet::from([PersonId(Uuid::from_u128(1))]));
        let barred = |recusal: &Recusal| {
            let barred = Action::ALL
                .into_iter()
                .filter(|action| recusal.bars(*action));
            barred.collect::<Vec<_>>()
        };
        assert_eq!(barred(&Recusal::None), []);
        assert_eq!(
            barred(&from),
            [
                Action::ReadComments,
                Action::Comment,
                Action::ChangeBoard,
                Action::KeepScenarios,
                Action::OverrideWarning,
                Action::SetScoring
            ]
        );
        assert_eq!(
            barred(&Recusal::Whole),
            [
                Action::ListApplications,
                Action::SeeBoard,
                Action::ReadComments,
                Action::Comment,
                Action::ChangeBoard,
                Action::KeepScenarios,
                Action::OverrideWarning,
                Action::SetScoring
            ]
        );
    }
}
