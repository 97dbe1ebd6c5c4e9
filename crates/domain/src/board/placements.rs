//! Who is with whom, found from either side without a search.

use std::collections::{BTreeMap, BTreeSet, btree_map};
use std::ops::Deref;

use super::Placement;
use crate::id::ApplicationId;

/// Who is with whom: reads as a map by mentee, and finds the mentees of a mentor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placements {
    by_mentee: BTreeMap<ApplicationId, Placement>,
    by_mentor: BTreeMap<ApplicationId, BTreeSet<ApplicationId>>,
}

impl Placements {
    /// Places a mentee, or takes it away. Answers what it had.
    pub fn put(&mut self, mentee: ApplicationId, place: Option<Placement>) -> Option<Placement> {
        let had = self.by_mentee.remove(&mentee);
        if let Some(had) = &had
            && let Some(mentees) = self.by_mentor.get_mut(&had.mentor)
        {
            mentees.remove(&mentee);
            if mentees.is_empty() {
                self.by_mentor.remove(&had.mentor);
            }
        }
        if let Some(place) = place {
            self.by_mentor
                .entry(place.mentor)
                .or_default()
                .insert(mentee);
            self.by_mentee.insert(mentee, place);
        }
        had
    }

    /// The mentees of a mentor.
    pub fn of_mentor(&self, mentor: ApplicationId) -> impl Iterator<Item = ApplicationId> {
        self.by_mentor.get(&mentor).into_iter().flatten().copied()
    }

    /// How many mentees a mentor has.
    pub fn count_of(&self, mentor: ApplicationId) -> usize {
        self.by_mentor.get(&mentor).map_or(0, BTreeSet::len)
    }
}

impl Deref for Placements {
    type Target = BTreeMap<ApplicationId, Placement>;

    fn deref(&self) -> &Self::Target {
        &self.by_mentee
    }
}

impl FromIterator<(ApplicationId, Placement)> for Placements {
    fn from_iter<I: IntoIterator<Item = (ApplicationId, Placement)>>(placed: I) -> Self {
        let mut placements = Self::default();
        for (mentee, place) in placed {
            placements.put(mentee, Some(place));
        }
        placements
    }
}

impl IntoIterator for Placements {
    type Item = (ApplicationId, Placement);
    type IntoIter = btree_map::IntoIter<ApplicationId, Placement>;

    fn into_iter(self) -> Self::IntoIter {
        self.by_mentee.into_iter()
    }
}

impl<'a> IntoIterator for &'a Placements {
    type Item = (&'a ApplicationId, &'a Placement);
    type IntoIter = btree_map::Iter<'a, ApplicationId, Placement>;

    fn into_iter(self) -> Self::IntoIter {
        self.by_mentee.iter()
    }
}

/// Placements as they will be once some changes are made.
pub(super) struct After<'a> {
    now: &'a Placements,
    changed: BTreeMap<ApplicationId, Option<ApplicationId>>,
    added: BTreeMap<ApplicationId, Vec<ApplicationId>>,
}

impl<'a> After<'a> {
    /// After these changes.
    pub(super) fn new(now: &'a Placements, changes: &[(ApplicationId, Option<Placement>)]) -> Self {
        let mut after = Self {
            now,
            changed: BTreeMap::new(),
            added: BTreeMap::new(),
        };
        for (mentee, place) in changes {
            let mentor = place.as_ref().map(|place| place.mentor);
            after.changed.insert(*mentee, mentor);
            if let Some(mentor) = mentor {
                after.added.entry(mentor).or_default().push(*mentee);
            }
        }
        after
    }

    /// The mentees that a mentor will have.
    pub(super) fn of_mentor(&self, mentor: ApplicationId) -> impl Iterator<Item = ApplicationId> {
        let stay = self.now.of_mentor(mentor);
        let stay = stay.filter(|mentee| !self.changed.contains_key(mentee));
        stay.chain(self.added.get(&mentor).into_iter().flatten().copied())
    }
}
