//! Which areas are asked for and offered, and where there is too little.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::candidate::{Candidate, Offer, Side};
use crate::form::definition::Slug;
use crate::id::ApplicationId;

/// How an area stands: who asks for it, who offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaStand {
    /// The area.
    pub area: Slug,
    /// Mentees who list it.
    pub listed: u32,
    /// Mentees who list it first.
    pub first: u32,
    /// Mentees who list it and have no mentor in the plan.
    pub unmatched: u32,
    /// Places with mentors who can lead or support it.
    pub places: u32,
    /// Places with mentors who can lead it.
    pub strong_places: u32,
}

impl AreaStand {
    /// Whether more mentees list it than there are places.
    pub fn is_scarce(&self) -> bool {
        self.listed > self.places
    }
}

/// How every area stands that somebody lists or offers, the scarcest first.
///
/// People who may not be paired do not count.
pub fn areas(candidates: &[Candidate], unmatched: &BTreeSet<ApplicationId>) -> Vec<AreaStand> {
    let mut stands: BTreeMap<Slug, AreaStand> = BTreeMap::new();
    let eligible = candidates.iter().filter(|one| one.state.may_be_paired());
    for candidate in eligible {
        let mut stand = |area: &Slug, count: &dyn Fn(&mut AreaStand)| {
            let stand = stands.entry(area.clone()).or_insert_with(|| AreaStand {
                area: area.clone(),
                listed: 0,
                first: 0,
                unmatched: 0,
                places: 0,
                strong_places: 0,
            });
            count(stand);
        };
        match &candidate.side {
            Side::Mentee { areas, .. } => {
                for (rank, area) in areas.iter().enumerate() {
                    stand(area, &|stand| {
                        stand.listed += 1;
                        stand.first += u32::from(rank == 0);
                        stand.unmatched += u32::from(unmatched.contains(&candidate.id));
                    });
                }
            }
            Side::Mentor {
                areas, capacity, ..
            } => {
                for (area, offer) in areas {
                    let (is_strong, is_offered) = match offer {
                        Offer::Strong => (true, true),
                        Offer::Some => (false, true),
                        Offer::PleaseNot => (false, false),
                    };
                    stand(area, &|stand| {
                        stand.places += u32::from(is_offered) * u32::from(*capacity);
                        stand.strong_places += u32::from(is_strong) * u32::from(*capacity);
                    });
                }
            }
        }
    }
    let mut stands: Vec<AreaStand> = stands.into_values().collect();
    stands.sort_by(|one, other| {
        scarcity(other)
            .cmp(&scarcity(one))
            .then(one.area.cmp(&other.area))
    });
    stands
}

/// Of the areas that these mentees list, the one that most of them list among the scarce ones.
pub fn scarcest<'a>(
    stands: &'a [AreaStand],
    mentees: impl IntoIterator<Item = &'a Candidate>,
) -> Option<&'a AreaStand> {
    let mut n_listed: BTreeMap<&Slug, u32> = BTreeMap::new();
    for mentee in mentees {
        if let Side::Mentee { areas, .. } = &mentee.side {
            for area in areas {
                *n_listed.entry(area).or_default() += 1;
            }
        }
    }
    let of_them = stands
        .iter()
        .filter(|stand| stand.is_scarce() && n_listed.contains_key(&stand.area));
    of_them.max_by_key(|stand| (n_listed.get(&stand.area).copied(), scarcity(stand)))
}

/// Mentees for each place, in thousandths; an area that nobody offers is the scarcest.
fn scarcity(stand: &AreaStand) -> u64 {
    match stand.places {
        0 => u64::from(stand.listed) * 1_000_000,
        places => u64::from(stand.listed) * 1000 / u64::from(places),
    }
}
