//! How the pairs of a board stand as a whole.

use tandem_domain::role::Role;
use tandem_domain::score::Band;

use crate::pages::pairing::desk::Desk;

/// How the pairs of a board stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::pages::pairing) struct Summary {
    /// How many pairs.
    pub(in crate::pages::pairing) n_pairs: usize,
    /// Of these, how many are locked.
    pub(in crate::pages::pairing) n_locked: usize,
    /// How many mentees have no mentor.
    pub(in crate::pages::pairing) n_unpaired: usize,
    /// How many places are free.
    pub(in crate::pages::pairing) n_free: usize,
    /// The average score, 0 to 1000.
    pub(in crate::pages::pairing) average: u16,
    /// The lowest score, 0 to 1000.
    pub(in crate::pages::pairing) lowest: u16,
    /// Pairs by band: strong, good, fair, weak.
    pub(in crate::pages::pairing) bands: [usize; 4],
}

/// Counts the pairs of a board.
pub(in crate::pages::pairing) fn summary(desk: &Desk) -> Summary {
    let placements = &desk.board().placements;
    let scores: Vec<u16> = placements
        .iter()
        .map(|(mentee, one)| desk.score(*mentee, one.mentor))
        .collect();
    let sum: u32 = scores.iter().copied().map(u32::from).sum();
    let n_scores = u32::try_from(scores.len()).unwrap_or(u32::MAX).max(1);
    let places: usize = desk
        .side(Role::Mentor)
        .into_iter()
        .map(|one| desk.capacity(one))
        .sum();
    let of = |band| {
        scores
            .iter()
            .filter(|score| Band::of(**score) == band)
            .count()
    };
    Summary {
        n_pairs: scores.len(),
        n_locked: placements.values().filter(|one| one.locked).count(),
        n_unpaired: desk.n_unpaired(),
        n_free: places.saturating_sub(scores.len()),
        average: u16::try_from(sum / n_scores).unwrap_or(0),
        lowest: scores.iter().copied().min().unwrap_or(0),
        bands: [
            of(Band::Strong),
            of(Band::Good),
            of(Band::Fair),
            of(Band::Weak),
        ],
    }
}
