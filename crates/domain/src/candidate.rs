//! What the board knows of one applicant: the facts that rules and scores look at, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::application::ApplicationState;
use crate::availability::FreeHours;
use crate::form::definition::Slug;
use crate::id::{ApplicationId, PersonId};
use crate::role::Role;

/// Somebody on the board, in one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The application.
    pub id: ApplicationId,
    /// What people call the application, such as `E012` or `M003`.
    pub reference: String,
    /// The person: two applications of one person share it.
    pub person: PersonId,
    /// Which side.
    pub role: Role,
    /// Where the application stands.
    pub state: ApplicationState,
    /// The name to use.
    pub name: String,
    /// Country and state in words or codes, such as `US-GU`.
    pub place: String,
    /// IANA zone.
    pub zone: String,
    /// Kind of institution.
    pub setting: Option<Slug>,
    /// Present situation (student, library, vendor …).
    pub situation: Option<Slug>,
    /// Institutions the person belongs to: employer, school, other affiliations.
    pub institutions: Vec<Institution>,
    /// The library school the person studies at.
    pub studies_at: Option<String>,
    /// The library school the person teaches at.
    pub teaches_at: Option<String>,
    /// Years in the field, as a step from 0 (student) upwards.
    pub stage: Option<u8>,
    /// Ways to talk.
    pub modes: BTreeSet<Slug>,
    /// Free hours, unless unknown.
    pub hours: Option<FreeHours>,
    /// What only one side says.
    pub side: Side,
    /// Left without a partner in the last cohort.
    pub carried_over: bool,
}

/// An institution, compared by its normalised name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Institution {
    /// As people read it.
    pub name: String,
    /// The larger organisation it belongs to.
    pub parent: Option<String>,
}

impl Candidate {
    /// The areas a mentee lists, first first; none of a mentor.
    pub fn wanted(&self) -> &[Slug] {
        match &self.side {
            Side::Mentee { areas, .. } => areas,
            Side::Mentor { .. } => &[],
        }
    }

    /// What a mentor says of each area; nothing of a mentee.
    pub fn offered(&self) -> Option<&BTreeMap<Slug, Offer>> {
        match &self.side {
            Side::Mentor { areas, .. } => Some(areas),
            Side::Mentee { .. } => None,
        }
    }
}

/// What only one side says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// A mentee.
    Mentee {
        /// Areas to work on, first first.
        areas: Vec<Slug>,
        /// Kinds of institution wanted.
        wants_setting: SettingWish,
    },
    /// A mentor.
    Mentor {
        /// What the mentor says of each area.
        areas: BTreeMap<Slug, Offer>,
        /// Kinds of institution wanted.
        wants_setting: SettingWish,
        /// With whom the mentor would enjoy working.
        wants_who: BTreeSet<Slug>,
        /// How many mentees at most.
        capacity: u8,
    },
}

/// What a mentor says of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// Can lead.
    Strong,
    /// Can support.
    Some,
    /// Please not this year.
    PleaseNot,
}

/// Which kind of institution the partner should come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingWish {
    /// Nothing said.
    Unknown,
    /// Any is fine.
    NoPreference,
    /// The own kind.
    Same,
    /// Another kind; if the list is empty, any other.
    Different(BTreeSet<Slug>),
}
