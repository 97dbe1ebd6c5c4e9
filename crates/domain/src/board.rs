//! The board: who is with whom, and the closed list of commands that change it.
//!
//! Every command has an inverse, and says what its sender saw of the people it concerns. A command
//! about other people never conflicts.

mod apply;
mod differences;
mod drop;
mod look;
mod past;
mod placements;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::candidate::Candidate;
use crate::id::{ApplicationId, PersonId, ScenarioId};
use crate::matching::Goal;
use crate::rule::{HardRule, PairFacts, Warning};

pub use self::differences::{Difference, differences};
pub use self::past::Past;
pub use self::placements::Placements;
pub use self::terms::{MOST_PLACES, Terms};

/// A mentee with a mentor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The mentor.
    pub mentor: ApplicationId,
    /// Whether it may be moved.
    pub locked: bool,
    /// Warnings the chair let stand, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// What a member does to the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Gives a mentee without a mentor a free place.
    Pair {
        /// Who.
        mentee: ApplicationId,
        /// With whom.
        mentor: ApplicationId,
        /// Why warnings may stand (chair only).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        override_reason: Option<String>,
    },
    /// Takes a mentee from its mentor.
    Unpair {
        /// Who.
        mentee: ApplicationId,
    },
    /// Takes a mentee from one mentor to a free place of another.
    Move {
        /// Who.
        mentee: ApplicationId,
        /// To whom.
        mentor: ApplicationId,
        /// Why warnings may stand (chair only).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        override_reason: Option<String>,
    },
    /// Gives a mentee the place of another, who goes back to those without a mentor.
    Replace {
        /// Who comes.
        mentee: ApplicationId,
        /// Who goes.
        evicted: ApplicationId,
        /// Why warnings may stand (chair only).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        override_reason: Option<String>,
    },
    /// Exchanges the mentors of two mentees.
    Swap {
        /// One.
        first: ApplicationId,
        /// The other.
        second: ApplicationId,
        /// Why warnings may stand (chair only).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        override_reason: Option<String>,
    },
    /// Keeps a pair as it is.
    Lock {
        /// The mentee of the pair.
        mentee: ApplicationId,
    },
    /// Lets a pair be moved again.
    Unlock {
        /// The mentee of the pair.
        mentee: ApplicationId,
    },
    /// Keeps two people apart on every board of the cohort, whoever else asks.
    Forbid {
        /// The mentee.
        mentee: ApplicationId,
        /// The mentor.
        mentor: ApplicationId,
        /// Why, for the committee.
        reason: String,
    },
    /// Lets two people be paired again whom the committee kept apart.
    Allow {
        /// The mentee.
        mentee: ApplicationId,
        /// The mentor.
        mentor: ApplicationId,
    },
    /// Says how many mentees a mentor takes, on every board of the cohort.
    SetPlaces {
        /// The mentor.
        mentor: ApplicationId,
        /// How many the sender saw.
        was: u8,
        /// How many from now on.
        places: u8,
    },
    /// Puts placements back as they were: the inverse of what concerns several mentees.
    Restore {
        /// What each mentee had.
        placements: Vec<(ApplicationId, Option<Placement>)>,
    },
    /// Brings a plan onto the board, or a part of it. Made by the server, which has solved it anew.
    Adopt {
        /// What the plan was made for.
        goal: Goal,
        /// What each mentee gets.
        placements: Vec<(ApplicationId, Option<Placement>)>,
    },
    /// Brings what another board has, or this one had, onto this one: what was chosen of their
    /// differences, as one step.
    AdoptFrom {
        /// From where.
        from: AdoptedFrom,
        /// What each mentee gets.
        placements: Vec<(ApplicationId, Option<Placement>)>,
    },
    /// Does several things to placements one after the other, all or none: one step for whoever
    /// undoes it.
    Together {
        /// What.
        commands: Vec<Command>,
    },
}

impl Command {
    /// One command out of several: nothing out of none, the one itself out of one.
    pub fn together(mut commands: Vec<Self>) -> Option<Self> {
        match commands.len() {
            0 | 1 => commands.pop(),
            _ => Some(Self::Together { commands }),
        }
    }

    /// Whether it may be one of several that are done together: it places people, and is itself not
    /// made of others.
    pub fn goes_with_others(&self) -> bool {
        match self {
            Self::Pair { .. }
            | Self::Unpair { .. }
            | Self::Move { .. }
            | Self::Replace { .. }
            | Self::Swap { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::Restore { .. } => true,
            Self::Forbid { .. }
            | Self::Allow { .. }
            | Self::SetPlaces { .. }
            | Self::Adopt { .. }
            | Self::AdoptFrom { .. }
            | Self::Together { .. } => false,
        }
    }

    /// The mentees it concerns: those of whom its sender must say what they saw.
    pub fn concerned(&self) -> Vec<ApplicationId> {
        match self {
            Self::Pair { mentee, .. }
            | Self::Unpair { mentee }
            | Self::Move { mentee, .. }
            | Self::Lock { mentee }
            | Self::Unlock { mentee }
            | Self::Forbid { mentee, .. }
            | Self::Allow { mentee, .. } => vec![*mentee],
            Self::SetPlaces { .. } => Vec::new(),
            Self::Replace {
                mentee, evicted, ..
            } => vec![*mentee, *evicted],
            Self::Swap { first, second, .. } => vec![*first, *second],
            Self::Restore { placements }
            | Self::Adopt { placements, .. }
            | Self::AdoptFrom { placements, .. } => {
                placements.iter().map(|(mentee, _)| *mentee).collect()
            }
            Self::Together { commands } => {
                let concerned = commands.iter().flat_map(Self::concerned);
                let mut known = BTreeSet::new();
                concerned.filter(|mentee| known.insert(*mentee)).collect()
            }
        }
    }

    /// The mentors it names.
    pub fn mentors(&self) -> Vec<ApplicationId> {
        match self {
            Self::Pair { mentor, .. }
            | Self::Move { mentor, .. }
            | Self::Forbid { mentor, .. }
            | Self::Allow { mentor, .. }
            | Self::SetPlaces { mentor, .. } => vec![*mentor],
            Self::Restore { placements }
            | Self::Adopt { placements, .. }
            | Self::AdoptFrom { placements, .. } => {
                let places = placements.iter().filter_map(|(_, place)| place.as_ref());
                places.map(|place| place.mentor).collect()
            }
            Self::Together { commands } => commands.iter().flat_map(Self::mentors).collect(),
            Self::Unpair { .. }
            | Self::Replace { .. }
            | Self::Swap { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. } => Vec::new(),
        }
    }

    /// The mentees it concerns of whom `expect` says nothing: a precondition is missing then.
    pub fn unsaid(&self, expect: &[Expect]) -> Vec<ApplicationId> {
        self.concerned()
            .into_iter()
            .filter(|mentee| expect.iter().all(|said| said.mentee != *mentee))
            .collect()
    }

    /// The same with a reason why warnings may stand, where the command makes pairs.
    #[must_use]
    pub fn with_override(mut self, reason: &str) -> Self {
        match &mut self {
            Self::Pair {
                override_reason, ..
            }
            | Self::Move {
                override_reason, ..
            }
            | Self::Replace {
                override_reason, ..
            }
            | Self::Swap {
                override_reason, ..
            } => *override_reason = Some(reason.to_owned()),
            Self::Together { commands } => {
                for command in commands {
                    *command = command.clone().with_override(reason);
                }
            }
            Self::Unpair { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::Forbid { .. }
            | Self::Allow { .. }
            | Self::SetPlaces { .. }
            | Self::Restore { .. }
            | Self::Adopt { .. }
            | Self::AdoptFrom { .. } => {}
        }
        self
    }
}

/// From where placements were adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AdoptedFrom {
    /// Another board of the cohort.
    Scenario {
        /// Which.
        scenario: ScenarioId,
        /// The name it had then: it may be removed later.
        name: String,
    },
    /// The same board as it was before. Which revision is not said: each reader counts their own.
    Earlier,
}

/// What the sender saw of one mentee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expect {
    /// Whom.
    pub mentee: ApplicationId,
    /// With whom.
    pub mentor: Option<ApplicationId>,
    /// Whether locked.
    pub locked: bool,
}

/// Why a command was refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Somebody changed one of the people meanwhile.
    #[error("somebody changed this pair meanwhile")]
    Changed {
        /// The mentee as it is now.
        now: Expect,
    },
    /// A hard rule forbids the pair.
    #[error("a rule forbids the pair")]
    Rule {
        /// The mentee of the pair.
        mentee: ApplicationId,
        /// The mentor of the pair.
        mentor: ApplicationId,
        /// The rules, most telling first.
        rules: Vec<HardRule>,
    },
    /// A warning stands that only the chair may let stand.
    #[error("a warning needs the chair's word")]
    Warned {
        /// The mentee of the pair.
        mentee: ApplicationId,
        /// The mentor of the pair.
        mentor: ApplicationId,
        /// The warnings.
        warnings: Vec<Warning>,
    },
    /// A locked pair was to be moved.
    #[error("the pair is locked")]
    Locked {
        /// The mentee of the locked pair.
        mentee: ApplicationId,
    },
    /// The command does not fit where people are, such as unpairing somebody without a mentor.
    #[error("there is nothing to do")]
    NothingToDo {
        /// Whom it concerns.
        mentee: ApplicationId,
    },
    /// Somebody changed the mentor's places meanwhile.
    #[error("somebody changed the places meanwhile")]
    PlacesChanged {
        /// The mentor.
        mentor: ApplicationId,
        /// How many there are now.
        places: u8,
    },
    /// More mentees stand with the mentor than there would be places, or two who are to be kept
    /// apart are a pair.
    #[error("people stand in the way")]
    InTheWay {
        /// Who.
        mentees: Vec<ApplicationId>,
    },
    /// Nobody of this name is on the board.
    #[error("not on this board")]
    Unknown {
        /// The name.
        application: ApplicationId,
    },
}

/// Who is with whom, and everything rules look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// Everybody on the board, by application.
    pub candidates: BTreeMap<ApplicationId, Candidate>,
    /// What is known of single pairs.
    pub facts: PairFacts,
    /// Who is with whom.
    pub placements: Placements,
    /// The application as a mentor of each person who has one.
    mentor_of_person: BTreeMap<PersonId, ApplicationId>,
}
