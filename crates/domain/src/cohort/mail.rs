//! The mails that a move of a cohort causes: which template, and to whom. Shown before the move is
//! confirmed; the server words and sends them.

use serde::{Deserialize, Serialize};

use super::CohortState;
use crate::application::ApplicationState;

/// Mails of one kind that a move causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// What it says.
    pub template: Template,
    /// Who gets it.
    pub to: Recipients,
}

/// What a mail about a cohort says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Applications are being read; what comes next and when.
    ReviewBegins,
    /// The call has ended and the draft was never sent.
    DraftNotSent,
    /// Applications are accepted once more.
    CallReopens,
    /// Pairs are being made; you will hear by the announced day.
    PairingBegins,
    /// The board is open to the subcommittee.
    BoardOpens,
    /// Eligibility is being looked at again.
    ReviewAgain,
    /// The board waits for the officer.
    SignOffAsked,
    /// The board is open again, and why.
    BoardReturned,
    /// You have a partner.
    Matched,
    /// You have no partner this time.
    Unmatched,
    /// The cohort is complete; thank you.
    Completed,
    /// The cohort will not take place, and why.
    Cancelled,
}

/// Who gets a mail about a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipients {
    /// Everybody who began an application and did not take it back.
    EverybodyWhoBegan,
    /// Everybody whose application was sent and still counts.
    Applicants,
    /// People whose draft was never sent.
    DraftOwners,
    /// People who may be paired.
    Eligible,
    /// People who may be paired and have a partner on the published board.
    Paired,
    /// People who may be paired and have none.
    Unpaired,
    /// The subcommittee and its chair.
    Subcommittee,
    /// The program officers.
    Officers,
}

impl Template {
    /// The word used in addresses and data.
    pub fn slug(self) -> &'static str {
        match self {
            Self::ReviewBegins => "review_begins",
            Self::DraftNotSent => "draft_not_sent",
            Self::CallReopens => "call_reopens",
            Self::PairingBegins => "pairing_begins",
            Self::BoardOpens => "board_opens",
            Self::ReviewAgain => "review_again",
            Self::SignOffAsked => "sign_off_asked",
            Self::BoardReturned => "board_returned",
            Self::Matched => "matched",
            Self::Unmatched => "unmatched",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Recipients {
    /// Whether the owner of an application gets it. Offices get theirs by office.
    pub fn include(self, state: ApplicationState, has_partner: bool) -> bool {
        use ApplicationState as S;
        let counts = !matches!(state, S::Draft | S::Withdrawn | S::Ineligible);
        match self {
            Self::EverybodyWhoBegan => state != S::Withdrawn,
            Self::Applicants => counts,
            Self::DraftOwners => state == S::Draft,
            Self::Eligible => state.may_be_paired(),
            Self::Paired => state.may_be_paired() && has_partner,
            Self::Unpaired => state.may_be_paired() && !has_partner,
            Self::Subcommittee | Self::Officers => false,
        }
    }
}

/// The mails that a move causes.
pub fn mailings(from: CohortState, to: CohortState) -> &'static [Mailing] {
    use CohortState as C;
    use Recipients as R;
    use Template as T;
    const fn mail(template: Template, to: Recipients) -> Mailing {
        Mailing { template, to }
    }
    match (from, to) {
        (C::Announced, C::Review) => {
            const {
                &[
                    mail(T::ReviewBegins, R::Applicants),
                    mail(T::DraftNotSent, R::DraftOwners),
                ]
            }
        }
        (C::Review, C::Announced) => const { &[mail(T::CallReopens, R::EverybodyWhoBegan)] },
        (C::Review, C::Pairing) => {
            const {
                &[
                    mail(T::PairingBegins, R::Eligible),
                    mail(T::BoardOpens, R::Subcommittee),
                ]
            }
        }
        (C::Pairing, C::Review) => const { &[mail(T::ReviewAgain, R::Subcommittee)] },
        (C::Pairing, C::SignOff) => const { &[mail(T::SignOffAsked, R::Officers)] },
        (C::SignOff, C::Pairing) => const { &[mail(T::BoardReturned, R::Subcommittee)] },
        (C::SignOff, C::Published) => {
            const { &[mail(T::Matched, R::Paired), mail(T::Unmatched, R::Unpaired)] }
        }
        (C::Published, C::Completed) => const { &[mail(T::Completed, R::Paired)] },
        (C::Announced | C::Review | C::Pairing | C::SignOff, C::Cancelled) => {
            const {
                &[
                    mail(T::Cancelled, R::EverybodyWhoBegan),
                    mail(T::Cancelled, R::Subcommittee),
                ]
            }
        }
        _ => &[],
    }
}
