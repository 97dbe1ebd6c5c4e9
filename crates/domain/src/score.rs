//! How well two people fit: components that add up exactly, each with its reason.
//! What is unknown is not counted, and says so.

mod component;
pub(crate) mod parts;
pub mod scoring;

use serde::{Deserialize, Serialize};

use self::component::{Finding, area, mentor_wishes, mode, setting, stage, time};
use crate::candidate::Candidate;
use crate::form::definition::Slug;
use crate::order;

pub use self::scoring::{Preset, Scoring, ScoringFault};

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

impl Component {
    /// Every component, in the order of the enum.
    pub const ALL: [Self; 6] = [
        Self::Area,
        Self::Stage,
        Self::Setting,
        Self::Time,
        Self::Mode,
        Self::Mentor,
    ];
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
        Self {
            area: 40,
            stage: 15,
            setting: 15,
            time: 15,
            mode: 10,
            mentor: 5,
        }
    }
}

impl Weights {
    /// The weights in the order of the components.
    pub fn all(self) -> [u16; 6] {
        [
            self.area,
            self.stage,
            self.setting,
            self.time,
            self.mode,
            self.mentor,
        ]
    }

    /// The weight of a component.
    pub fn of(&mut self, component: Component) -> &mut u16 {
        match component {
            Component::Area => &mut self.area,
            Component::Stage => &mut self.stage,
            Component::Setting => &mut self.setting,
            Component::Time => &mut self.time,
            Component::Mode => &mut self.mode,
            Component::Mentor => &mut self.mentor,
        }
    }

    /// Other weights, one by one in the order of the components.
    #[must_use]
    pub fn map(self, mut change: impl FnMut(u16) -> u16) -> Self {
        let [area, stage, setting, time, mode, mentor] = self.all().map(&mut change);
        Self {
            area,
            stage,
            setting,
            time,
            mode,
            mentor,
        }
    }
}

/// One line of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which.
    pub component: Component,
    /// Points it adds; none if unknown.
    pub points: Option<u16>,
    /// Points it could have added; 0 if unknown.
    pub of: u16,
    /// Why.
    pub reason: Reason,
}

/// A pair's score. The points of the parts and `carried_over` sum to `total`.
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
    /// One of two wishes is fulfilled.
    HalfWish,
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

/// Points for somebody who was left without a partner before.
const CARRY_OVER: u16 = 50;

/// How well a mentee and a mentor fit.
///
/// The total is the weighted mean of what is known, rounded, and the points are its parts by largest
/// remainder, so they add up exactly. Nothing known at all is 0.
pub fn score(mentee: &Candidate, mentor: &Candidate, weights: &Weights) -> Score {
    let findings = findings(mentee, mentor, weights);
    let known: Vec<(u64, u64)> = findings
        .iter()
        .filter_map(|(_, weight, finding)| {
            finding
                .value
                .map(|value| (u64::from(*weight), u64::from(value.min(FULL))))
        })
        .collect();
    let weight: u64 = known.iter().map(|(weight, _)| weight).sum();
    let reached: Vec<u64> = known.iter().map(|(weight, value)| weight * value).collect();
    let possible: Vec<u64> = known
        .iter()
        .map(|(weight, _)| weight * u64::from(FULL))
        .collect();
    let sum: u64 = reached.iter().sum();
    let base = rounded(sum, weight);
    let limits = apportion(
        &possible,
        weight,
        if weight == 0 { 0 } else { FULL.into() },
        None,
    );
    let mut points = apportion(&reached, weight, base, Some(&limits))
        .into_iter()
        .zip(limits);
    let parts = findings
        .into_iter()
        .map(|(component, _, Finding { value, reason })| {
            let (points, of) = match value.and_then(|_| points.next()) {
                Some((points, of)) => (Some(whole(points)), whole(of)),
                None => (None, 0),
            };
            Part {
                component,
                points,
                of,
                reason,
            }
        })
        .collect();
    let (total, carried_over) = with_carry_over(whole(base), mentee);
    Score {
        total,
        parts,
        carried_over,
    }
}

/// The weighted mean of what is known, from weights and values; nothing known is 0.
fn mean(known: impl Iterator<Item = (u16, u16)>) -> u16 {
    let (mut sum, mut weights) = (0, 0);
    for (weight, value) in known {
        sum += u64::from(weight) * u64::from(value.min(FULL));
        weights += u64::from(weight);
    }
    whole(rounded(sum, weights))
}

fn rounded(sum: u64, weight: u64) -> u64 {
    (2 * sum + weight).checked_div(2 * weight).unwrap_or(0)
}

/// A score with what is added for somebody left without a partner before, and how much that is.
fn with_carry_over(base: u16, mentee: &Candidate) -> (u16, u16) {
    let added = if mentee.carried_over {
        CARRY_OVER.min(FULL - base)
    } else {
        0
    };
    (base + added, added)
}

/// What each component weighs and found, in their order.
fn findings(
    mentee: &Candidate,
    mentor: &Candidate,
    weights: &Weights,
) -> [(Component, u16, Finding); 6] {
    [
        (Component::Area, weights.area, area(mentee, mentor)),
        (Component::Stage, weights.stage, stage(mentee, mentor)),
        (Component::Setting, weights.setting, setting(mentee, mentor)),
        (Component::Time, weights.time, time(mentee, mentor)),
        (Component::Mode, weights.mode, mode(mentee, mentor)),
        (
            Component::Mentor,
            weights.mentor,
            mentor_wishes(mentee, mentor),
        ),
    ]
}

fn whole(points: u64) -> u16 {
    u16::try_from(points).unwrap_or(FULL).min(FULL)
}

/// Whole points for shares of `share / weight`, summing to `total`: rounded down, then one more for
/// the largest remainders, the first first, none above its limit.
fn apportion(shares: &[u64], weight: u64, total: u64, limits: Option<&[u64]>) -> Vec<u64> {
    if weight == 0 {
        return vec![0; shares.len()];
    }
    let mut points: Vec<u64> = shares.iter().map(|share| share / weight).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order::sort_by_key(&mut order, |idx| {
        std::cmp::Reverse(shares.get(*idx).map_or(0, |share| share % weight))
    });
    let mut left = total.saturating_sub(points.iter().sum());
    for idx in order.iter().cycle().take(shares.len() * 2) {
        let limit = limits.map_or(u64::MAX, |limits| limits.get(*idx).copied().unwrap_or(0));
        if let Some(points) = points.get_mut(*idx)
            && left > 0
            && *points < limit
        {
            *points += 1;
            left -= 1;
        }
    }
    points
}
