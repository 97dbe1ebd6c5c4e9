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
    let mentors = desk.side(Role::Mentor).iter();
    let n_places: usize = mentors.map(|one| desk.capacity(*one)).sum();
    let mut summary = Summary {
        n_pairs: placements.len(),
        n_unpaired: desk.n_unpaired(),
        n_free: n_places.saturating_sub(placements.len()),
        lowest: if placements.is_empty() { 0 } else { u16::MAX },
        ..Summary::default()
    };
    let mut sum = 0_u64;
    for (mentee, one) in placements {
        let score = desk.score(*mentee, one.mentor);
        let band = match Band::of(score) {
            Band::Strong => &mut summary.bands[0],
            Band::Good => &mut summary.bands[1],
            Band::Fair => &mut summary.bands[2],
            Band::Weak => &mut summary.bands[3],
        };
        *band += 1;
        summary.n_locked += usize::from(one.locked);
        summary.lowest = summary.lowest.min(score);
        sum += u64::from(score);
    }
    let n_pairs = (summary.n_pairs as u64).max(1);
    summary.average = u16::try_from(sum / n_pairs).unwrap_or(0);
    summary
}
