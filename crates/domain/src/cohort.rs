//! A run of the program: its stored state, its calendar, and where that puts it at a moment.
//!
//! Stored states change only by people. What a date decides is computed anew each time.

pub mod mail;
pub mod now;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::date::Deadline;
use crate::role::Office;

/// The stored state of a cohort. Only people change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortState {
    /// Being set up; not public.
    Draft,
    /// Public. Applications are accepted while the calendar says so.
    Announced,
    /// Applications are read, eligibility is decided.
    Review,
    /// The board is open.
    Pairing,
    /// The board is finished and waits for the officer's confirmation.
    SignOff,
    /// Everybody knows; the pairs work.
    Published,
    /// Closed for good; read only.
    Completed,
    /// Given up.
    Cancelled,
}

/// The dates that decide what is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// From when applications are accepted.
    pub opens: DateTime<Utc>,
    /// Until when applications are accepted.
    pub closes: Deadline,
    /// When pairing should be complete.
    pub pairing_complete: NaiveDate,
    /// First day of the program.
    pub starts: NaiveDate,
    /// Last day of the program.
    pub ends: NaiveDate,
}

/// Where a cohort stands at a moment: the stored state read with the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Being set up; not public.
    Draft,
    /// Public, but the call has not opened.
    Announced,
    /// Applications are accepted.
    Open,
    /// The deadline has passed; nobody has started the review.
    Closed,
    /// Eligibility is decided.
    Review,
    /// Pairs are made.
    Pairing,
    /// The board waits for confirmation.
    SignOff,
    /// Pairs are known, the program has not begun.
    Published,
    /// The program runs.
    Running,
    /// The program has ended; the officer has not completed the cohort.
    Evaluation,
    /// Closed for good.
    Completed,
    /// Given up.
    Cancelled,
}

impl CohortState {
    /// Every stored state, in the order of a cohort's life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Announced,
        Self::Review,
        Self::Pairing,
        Self::SignOff,
        Self::Published,
        Self::Completed,
        Self::Cancelled,
    ];
}

impl Stage {
    /// Every stage, in the order of a cohort's life.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::Announced,
        Self::Open,
        Self::Closed,
        Self::Review,
        Self::Pairing,
        Self::SignOff,
        Self::Published,
        Self::Running,
        Self::Evaluation,
        Self::Completed,
        Self::Cancelled,
    ];
}

/// Where the cohort stands at `now`. `today` is the civil day in the cohort's zone.
pub fn stage(
    state: CohortState,
    calendar: &Calendar,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Stage {
    match state {
        CohortState::Draft => Stage::Draft,
        CohortState::Announced if now < calendar.opens => Stage::Announced,
        CohortState::Announced if calendar.closes.accepts(now) => Stage::Open,
        CohortState::Announced => Stage::Closed,
        CohortState::Review => Stage::Review,
        CohortState::Pairing => Stage::Pairing,
        CohortState::SignOff => Stage::SignOff,
        CohortState::Published if today < calendar.starts => Stage::Published,
        CohortState::Published if today <= calendar.ends => Stage::Running,
        CohortState::Published => Stage::Evaluation,
        CohortState::Completed => Stage::Completed,
        CohortState::Cancelled => Stage::Cancelled,
    }
}

/// A move between stored states, and who may make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The state before.
    pub from: CohortState,
    /// The state after.
    pub to: CohortState,
    /// The offices that may make the move.
    pub by: &'static [Office],
    /// Whether a reason must be given.
    pub needs_reason: bool,
}

const CHAIR_OR_OFFICER: &[Office] = &[Office::Chair, Office::Officer];
const CHAIR: &[Office] = &[Office::Chair];
const OFFICER: &[Office] = &[Office::Officer];

/// Every move between stored states that exists.
pub const TRANSITIONS: &[Transition] = &[
    Transition {
        from: CohortState::Draft,
        to: CohortState::Announced,
        by: CHAIR_OR_OFFICER,
        needs_reason: false,
    },
    Transition {
        from: CohortState::Announced,
        to: CohortState::Review,
        by: CHAIR,
        needs_reason: false,
    },
    Transition {
        from: CohortState::Review,
        to: CohortState::Announced,
        by: CHAIR,
        needs_reason: true,
    },
    Transition {
        from: CohortState::Review,
        to: CohortState::Pairing,
        by: CHAIR,
        needs_reason: false,
    },
    Transition {
        from: CohortState::Pairing,
        to: CohortState::Review,
        by: CHAIR,
        needs_reason: true,
    },
    Transition {
        from: CohortState::Pairing,
        to: CohortState::SignOff,
        by: CHAIR,
        needs_reason: false,
    },
    Transition {
        from: CohortState::SignOff,
        to: CohortState::Pairing,
        by: CHAIR_OR_OFFICER,
        needs_reason: true,
    },
    Transition {
        from: CohortState::SignOff,
        to: CohortState::Published,
        by: OFFICER,
        needs_reason: false,
    },
    Transition {
        from: CohortState::Published,
        to: CohortState::Completed,
        by: OFFICER,
        needs_reason: false,
    },
    Transition {
        from: CohortState::Draft,
        to: CohortState::Cancelled,
        by: OFFICER,
        needs_reason: true,
    },
    Transition {
        from: CohortState::Announced,
        to: CohortState::Cancelled,
        by: OFFICER,
        needs_reason: true,
    },
    Transition {
        from: CohortState::Review,
        to: CohortState::Cancelled,
        by: OFFICER,
        needs_reason: true,
    },
    Transition {
        from: CohortState::Pairing,
        to: CohortState::Cancelled,
        by: OFFICER,
        needs_reason: true,
    },
    Transition {
        from: CohortState::SignOff,
        to: CohortState::Cancelled,
        by: OFFICER,
        needs_reason: true,
    },
];

/// The moves that lead out of a state.
pub fn transitions_from(state: CohortState) -> impl Iterator<Item = &'static Transition> {
    TRANSITIONS
        .iter()
        .filter(move |transition| transition.from == state)
}

/// Why a cohort cannot be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum TransitionError {
    /// There is no such move from here.
    #[error("no such move from this state")]
    NoSuchMove,
    /// The move is for another office.
    #[error("another office makes this move")]
    OtherOffice,
    /// The move needs a reason.
    #[error("a reason is missing")]
    ReasonMissing,
}

/// Checks a move between stored states by somebody who holds `offices`.
pub fn transition(
    from: CohortState,
    to: CohortState,
    offices: &[Office],
    reason: &str,
) -> Result<&'static Transition, TransitionError> {
    let Some(transition) = transitions_from(from).find(|transition| transition.to == to) else {
        return Err(TransitionError::NoSuchMove);
    };
    if !transition.by.iter().any(|office| offices.contains(office)) {
        return Err(TransitionError::OtherOffice);
    }
    if transition.needs_reason && reason.trim().is_empty() {
        return Err(TransitionError::ReasonMissing);
    }
    Ok(transition)
}
