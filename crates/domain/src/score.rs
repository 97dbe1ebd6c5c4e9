//! How well two people fit: components that add up exactly, each with its reason.
//! What is unknown is not counted, and says so.

use serde::{Deserialize, Serialize};

use crate::form::definition::Slug;

/// The full score.
pub const FULL: u16 = 1000;

/// What a score is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// Areas wanted and offered.
    Area,
    /// Distance in years of experience.
    Stage,
    /// Kind of institution the mentee wishes.
    Setting,
    /// Shared hours in the worst season.
    Time,
    /// Ways to talk.
    Mode,
    /// What the mentor wishes.
    Mentor,
}

/// How much each component weighs; any positive numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Areas.
    pub area: u16,
    /// Experience.
    pub stage: u16,
    /// Kind of institution.
    pub setting: u16,
    /// Hours.
    pub time: u16,
    /// Ways to talk.
    pub mode: u16,
    /// The mentor's wishes.
    pub mentor: u16,
}

impl Default for Weights {
    fn default() -> Self {
        Self { area: 40, stage: 15, setting: 15, time: 15, mode: 10, mentor: 5 }
    }
}

/// One line of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which.
    pub component: Component,
    /// Points it adds; none if unknown.
    pub points: Option<u16>,
    /// Points it could have added.
    pub of: u16,
    /// Why.
    pub reason: Reason,
}

/// A pair's score. The points of the parts sum to `total`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// 0 to 1000.
    pub total: u16,
    /// In the order of `Component`.
    pub parts: Vec<Part>,
    /// Added because the mentee was left without a partner before; part of `total`.
    pub carried_over: u16,
}

/// Why a component came out as it did. The widget words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// For each area of the mentee, by rank: what the mentor said.
    Areas(Vec<(Slug, Option<crate::candidate::Offer>)>),
    /// Steps of experience between them, mentor minus mentee.
    Gap(i8),
    /// The partner's kind of institution is (or is not) what was wished.
    Wish {
        /// Whether it was fulfilled.
        fulfilled: bool,
    },
    /// Nothing in particular was wished.
    NoPreference,
    /// Shared half-hours per week in the worst season.
    SharedHalfHours(u16),
    /// Ways to talk in common.
    Modes(Vec<Slug>),
    /// Not stated, so not counted.
    Unknown,
}

/// A word for a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below 50.
    Weak,
    /// 50 and more.
    Fair,
    /// 70 and more.
    Good,
    /// 85 and more.
    Strong,
}

impl Band {
    /// The band of a score of 0 to 1000.
    pub fn of(score: u16) -> Self {
        match score {
            850.. => Self::Strong,
            700.. => Self::Good,
            500.. => Self::Fair,
            _ => Self::Weak,
        }
    }
}
