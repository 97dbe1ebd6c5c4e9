//! What a command would do to the board as a whole, at once and without solving anything.

use tandem_domain::board::{Board, Command};
use tandem_domain::id::ApplicationId;

use crate::pages::pairing::desk::Desk;

/// Where each mentee of a command would be.
pub(in crate::pages::pairing) fn outcomes(
    board: &Board,
    command: &Command,
) -> Vec<(ApplicationId, Option<ApplicationId>)> {
    let mentor_of = |mentee: &ApplicationId| board.mentor_of(*mentee);
    match command {
        Command::Pair { mentee, mentor, .. } | Command::Move { mentee, mentor, .. } => {
            vec![(*mentee, Some(*mentor))]
        }
        Command::Replace {
            mentee, evicted, ..
        } => vec![(*mentee, mentor_of(evicted)), (*evicted, None)],
        Command::Swap { first, second, .. } => {
            vec![(*first, mentor_of(second)), (*second, mentor_of(first))]
        }
        Command::Unpair { mentee } => vec![(*mentee, None)],
        Command::Restore { placements }
        | Command::Adopt { placements, .. }
        | Command::AdoptFrom { placements, .. } => placements
            .iter()
            .map(|(mentee, place)| (*mentee, place.as_ref().map(|place| place.mentor)))
            .collect(),
        Command::Together { commands } => commands
            .iter()
            .flat_map(|command| outcomes(board, command))
            .collect(),
        Command::Lock { .. }
        | Command::Unlock { .. }
        | Command::Forbid { .. }
        | Command::Allow { .. }
        | Command::SetPlaces { .. } => Vec::new(),
    }
}

/// What a command would do to the board as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::pages::pairing) struct Effect {
    /// By how much the scores of all pairs together change.
    pub(in crate::pages::pairing) points: i64,
    /// By how many the pairs change.
    pub(in crate::pages::pairing) pairs: i64,
}

/// Sums up what a command would do.
pub(in crate::pages::pairing) fn effect(desk: &Desk, command: &Command) -> Effect {
    let mut effect = Effect::default();
    let mut count = |mentee, mentor: Option<ApplicationId>, sign: i64| {
        if let Some(mentor) = mentor {
            effect.points += sign * i64::from(desk.score(mentee, mentor));
            effect.pairs += sign;
        }
    };
    for (mentee, mentor) in outcomes(desk.board(), command) {
        count(mentee, desk.mentor_of(mentee), -1);
        count(mentee, mentor, 1);
    }
    effect
}
