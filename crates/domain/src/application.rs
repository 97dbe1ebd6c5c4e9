//! One person's application in one role: its states, and the moves between them.
//!
//! Who may make a move is `permission`'s; which answers somebody sees is the form's.

pub mod window;

use serde::{Deserialize, Serialize};

/// Where an application stands. Only people change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// Being written; the committee sees counts only.
    Draft,
    /// Sent in time.
    Submitted,
    /// Sent after the deadline; chair or officer decides whether it counts.
    LatePending,
    /// The committee asked for something.
    NeedsInfo,
    /// May be paired.
    Eligible,
    /// May not be paired; a reason was given.
    Ineligible,
    /// Taken back by its owner.
    Withdrawn,
    /// In a published pair.
    Matched,
    /// Published without a partner.
    Unmatched,
}

/// What moves an application from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationMove {
    /// The owner sends it, or sends it again.
    Submit,
    /// The owner answers what the committee asked.
    AnswerInfo,
    /// The committee asks for something.
    AskInfo,
    /// Chair or officer: may be paired.
    FindEligible,
    /// Chair or officer: may not be paired.
    FindIneligible,
    /// Chair or officer takes a late application.
    AcceptLate,
    /// The owner takes it back.
    Withdraw,
    /// The owner brings it back.
    Restore,
    /// Publication with a partner.
    Match,
    /// Publication without a partner.
    LeaveUnmatched,
}

impl ApplicationMove {
    /// Every move.
    pub const ALL: [Self; 10] = [
        Self::Submit,
        Self::AnswerInfo,
        Self::AskInfo,
        Self::FindEligible,
        Self::FindIneligible,
        Self::AcceptLate,
        Self::Withdraw,
        Self::Restore,
        Self::Match,
        Self::LeaveUnmatched,
    ];
}

impl ApplicationState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Submitted,
        Self::LatePending,
        Self::NeedsInfo,
        Self::Eligible,
        Self::Ineligible,
        Self::Withdrawn,
        Self::Matched,
        Self::Unmatched,
    ];

    /// The state after a move, or none where the move does not exist from here.
    pub fn after(self, step: ApplicationMove) -> Option<Self> {
        use ApplicationMove as M;
        use ApplicationState as S;
        match (self, step) {
            (S::Draft | S::Submitted, M::Submit)
            | (S::NeedsInfo, M::AnswerInfo)
            | (S::LatePending, M::AcceptLate)
            | (S::Withdrawn, M::Restore) => Some(S::Submitted),
            (S::Submitted | S::Eligible, M::AskInfo) => Some(S::NeedsInfo),
            (S::Submitted | S::NeedsInfo | S::Ineligible, M::FindEligible) => Some(S::Eligible),
            (S::Submitted | S::NeedsInfo | S::Eligible | S::LatePending, M::FindIneligible) => {
                Some(S::Ineligible)
            }
            (S::Submitted | S::LatePending | S::NeedsInfo | S::Eligible, M::Withdraw) => {
                Some(S::Withdrawn)
            }
            (S::Eligible, M::Match) => Some(S::Matched),
            (S::Eligible, M::LeaveUnmatched) => Some(S::Unmatched),
            _ => None,
        }
    }

    /// The state in which an application comes back that was taken back in this one: what waited
    /// for a decision waits on, what was found eligible is looked at again.
    #[must_use]
    pub fn restored(self) -> Self {
        match self {
            Self::LatePending | Self::NeedsInfo | Self::Draft => self,
            _ => Self::Submitted,
        }
    }

    /// Whether the committee may read it at all.
    pub fn is_readable_by_committee(self) -> bool {
        self != Self::Draft
    }

    /// Whether this person may stand on the board.
    pub fn may_be_paired(self) -> bool {
        matches!(self, Self::Eligible | Self::Matched | Self::Unmatched)
    }
}
