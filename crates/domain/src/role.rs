//! Who takes part, and in which office.

use serde::{Deserialize, Serialize};

/// The two sides of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Wants to learn.
    Mentee,
    /// Offers to help.
    Mentor,
}

impl Role {
    /// Both sides, mentee first.
    pub const ALL: [Self; 2] = [Self::Mentee, Self::Mentor];

    /// The other side of a pair.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Mentee => Self::Mentor,
            Self::Mentor => Self::Mentee,
        }
    }

    /// The word used in addresses and data.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
        }
    }

    /// Reads the word used in addresses and data.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.slug() == slug)
    }
}

/// An office in a program. Held by people, granted by the officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Reads applications and pairs people.
    Subcommittee,
    /// Leads the subcommittee.
    Chair,
    /// Staff of the association who answers for the program.
    Officer,
}
