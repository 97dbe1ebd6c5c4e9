//! What somebody sees of a timeline. Nothing planned is seen by anybody but the committee.

use super::{Audience, Item, Status};
use crate::role::Role;

/// Somebody who reads a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reader {
    /// Whether this is one of the committee.
    pub in_committee: bool,
    /// In which roles this person takes part, or wishes to.
    pub roles: Vec<Role>,
}

impl Reader {
    /// Somebody nobody knows.
    pub fn visitor() -> Self {
        Self::default()
    }

    /// One of the committee.
    pub fn committee() -> Self {
        Self {
            in_committee: true,
            roles: Vec::new(),
        }
    }

    /// Somebody who takes part in a role.
    pub fn taking_part(role: Role) -> Self {
        Self {
            in_committee: false,
            roles: vec![role],
        }
    }

    /// Whether this person sees an item.
    pub fn sees(&self, item: &Item) -> bool {
        self.in_committee || (item.status != Status::Planned && self.is_among(item.audience))
    }

    /// Whether an audience has this person in it.
    pub fn is_among(&self, audience: Audience) -> bool {
        match audience {
            Audience::Public => true,
            Audience::Participants => self.in_committee || !self.roles.is_empty(),
            Audience::Mentors => self.in_committee || self.roles.contains(&Role::Mentor),
            Audience::Mentees => self.in_committee || self.roles.contains(&Role::Mentee),
            Audience::Committee => self.in_committee,
        }
    }
}
