//! The order in which a cohort's dates stand.

use super::super::{Edge, Mark};

/// A date of the order: what it is, the fewest days after the date before it, and whether it gives
/// way when neither it nor the dates around it were wished otherwise.
pub(super) struct Stop {
    pub(super) mark: Mark,
    pub(super) edge: Edge,
    pub(super) gap: i64,
    pub(super) gives_way: bool,
}

const fn fixed(mark: Mark, edge: Edge, gap: i64) -> Stop {
    Stop {
        mark,
        edge,
        gap,
        gives_way: false,
    }
}

const fn soft(mark: Mark, edge: Edge) -> Stop {
    Stop {
        mark,
        edge,
        gap: 0,
        gives_way: true,
    }
}

/// The order of a cohort's dates.
pub(super) const ORDER: &[Stop] = &[
    fixed(Mark::Call, Edge::Start, 0),
    fixed(Mark::Closing, Edge::End, 1),
    soft(Mark::Review, Edge::Start),
    soft(Mark::Review, Edge::End),
    soft(Mark::Pairing, Edge::Start),
    soft(Mark::Pairing, Edge::End),
    fixed(Mark::PairingComplete, Edge::End, 0),
    fixed(Mark::Program, Edge::Start, 0),
    fixed(Mark::Program, Edge::End, 1),
    soft(Mark::Evaluation, Edge::Start),
    soft(Mark::Evaluation, Edge::End),
];

/// Orientation comes when pairs are known, before or after the program starts.
pub(super) const ORIENTATION: &[Stop] = &[
    fixed(Mark::PairingComplete, Edge::End, 0),
    soft(Mark::Orientation, Edge::Start),
    soft(Mark::Orientation, Edge::End),
];
