//! Moves of a cohort in words: where they lead, who makes them, what to know before.

use tandem_api::cohort::TransitionNote;
use tandem_domain::cohort::{CohortState, transitions_from};

use crate::widgets::state_words::office;

/// Where a move leads. What leads onward comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// To the next state.
    Onward,
    /// To a state that was left already.
    Back,
    /// Out of everything.
    Out,
}

/// Where a move leads.
pub(super) fn direction(from: CohortState, to: CohortState) -> Direction {
    match to {
        CohortState::Cancelled => Direction::Out,
        _ if to < from => Direction::Back,
        _ => Direction::Onward,
    }
}

/// Who makes a move that the reader may not make.
pub(super) fn who_words(from: CohortState, to: CohortState) -> String {
    let by = transitions_from(from)
        .find(|step| step.to == to)
        .map_or(&[][..], |step| step.by);
    let offices: Vec<String> = by.iter().map(|by| office(*by).to_lowercase()).collect();
    format!("The {} makes this move.", offices.join(" or the "))
}

/// What a move does.
pub(super) fn move_words(from: CohortState, to: CohortState) -> &'static str {
    let is_back = direction(from, to) == Direction::Back;
    match to {
        CohortState::Announced if is_back => "Accept applications again",
        CohortState::Review if is_back => "Back to the review",
        CohortState::Pairing if is_back => "Back to the board",
        CohortState::Draft => "Back to the draft",
        CohortState::Announced => "Make the cohort public",
        CohortState::Review => "Begin the review",
        CohortState::Pairing => "Open the board",
        CohortState::SignOff => "Propose the board for sign-off",
        CohortState::Published => "Tell everybody",
        CohortState::Completed => "Close the cohort for good",
        CohortState::Cancelled => "Cancel the cohort",
    }
}

/// What is to be known before a move.
pub(super) fn note_words(note: &TransitionNote) -> String {
    match note {
        TransitionNote::StillOpen => "Applications are still being accepted.".to_owned(),
        TransitionNote::Undecided { count: 1 } => "1 application is not decided yet.".to_owned(),
        TransitionNote::Undecided { count } => format!("{count} applications are not decided yet."),
        TransitionNote::WithoutPartner { count: 1 } => "1 mentee has no mentor.".to_owned(),
        TransitionNote::WithoutPartner { count } => format!("{count} mentees have no mentor."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_onward_comes_before_what_leads_back_and_out() {
        let mut from_pairing: Vec<CohortState> = transitions_from(CohortState::Pairing)
            .map(|step| step.to)
            .collect();
        from_pairing.sort_by_key(|to| direction(CohortState::Pairing, *to));
        let expected = [
            CohortState::SignOff,
            CohortState::Review,
            CohortState::Cancelled,
        ];
        assert_eq!(from_pairing, expected);
    }

    #[test]
    fn a_move_says_who_makes_it_and_whether_it_leads_back() {
        let words = who_words(CohortState::SignOff, CohortState::Pairing);
        assert_eq!(words, "The chair or the program officer makes this move.");
        assert_eq!(
            move_words(CohortState::Pairing, CohortState::Review),
            "Back to the review"
        );
        assert_eq!(
            move_words(CohortState::Announced, CohortState::Review),
            "Begin the review"
        );
    }
}
