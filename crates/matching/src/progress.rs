//! How far a run has come, and how it is stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cost::TooLarge;

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many people of this stage are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// How many pairs were looked at so far.
    pub looked: u64,
}

/// The parts of a run, in order; not every objective has all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Max-min: how high the lowest score can be.
    Floor,
    /// The best pairs of each mentee.
    Greet,
    /// Chains of moves, mentee by mentee.
    Seat,
    /// Fewest blocking pairs: mentees who have still to propose.
    Propose,
    /// Everything is done.
    Finished,
}

/// Says that nobody waits for a plan any longer. Clones are the same token.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// A token that was not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels every run that has a clone of this token.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the token was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// The instance is too large for exact arithmetic.
    TooLarge,
    /// The token was cancelled.
    Cancelled,
}

impl std::error::Error for SolveError {}

impl std::fmt::Display for SolveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => TooLarge.fmt(f),
            Self::Cancelled => f.write_str("the run was cancelled"),
        }
    }
}

impl From<TooLarge> for SolveError {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}
