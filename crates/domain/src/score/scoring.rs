//! How a cohort scores its pairs: weights, floor, fair load, and the seed of the draw.

use serde::{Deserialize, Serialize};

use super::{FULL, Weights};

/// How a cohort scores its pairs. The chair sets it; every change is a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scoring {
    /// How much each component weighs.
    pub weights: Weights,
    /// Pairs that score less are never proposed; people may make them by hand.
    pub floor: u16,
    /// How many points a second mentee with the same mentor costs; a third costs twice as many. Zero
    /// if it does not matter how the load is shared.
    pub load: u16,
    /// Decides between plans that are equally good.
    pub seed: u32,
}

/// The floor of a cohort that has set none.
const FLOOR: u16 = 350;
/// The most a second mentee may cost.
pub const MOST_LOAD: u16 = 500;
/// The most a component may weigh.
pub const MOST_WEIGHT: u16 = 100;

impl Default for Scoring {
    fn default() -> Self {
        Self {
            weights: Weights::default(),
            floor: FLOOR,
            load: 0,
            seed: 1,
        }
    }
}

/// What is wrong with a scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoringFault {
    /// Nothing weighs anything.
    NoWeight,
    /// A component weighs more than [`MOST_WEIGHT`].
    Weight,
    /// The floor is above the full score.
    Floor,
    /// The load costs more than [`MOST_LOAD`].
    Load,
}

impl Scoring {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<ScoringFault> {
        let weights = self.weights.all();
        let found = [
            (ScoringFault::NoWeight, weights.iter().all(|one| *one == 0)),
            (
                ScoringFault::Weight,
                weights.iter().any(|one| *one > MOST_WEIGHT),
            ),
            (ScoringFault::Floor, self.floor > FULL),
            (ScoringFault::Load, self.load > MOST_LOAD),
        ];
        let faults = found.into_iter().filter(|(_, is_wrong)| *is_wrong);
        faults.map(|(fault, _)| fault).collect()
    }
}

/// Weights to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// What most programs want.
    Usual,
    /// What people want to work on counts most.
    TopicsFirst,
    /// Experience and kind of institution count most.
    CareerFirst,
    /// Shared hours and ways to talk count most.
    EasyToMeet,
}

impl Preset {
    /// Every preset, the usual one first.
    pub const ALL: [Self; 4] = [
        Self::Usual,
        Self::TopicsFirst,
        Self::CareerFirst,
        Self::EasyToMeet,
    ];

    /// Its weights, which sum to 100.
    pub fn weights(self) -> Weights {
        let [area, stage, setting, time, mode, mentor] = match self {
            Self::Usual => return Weights::default(),
            Self::TopicsFirst => [60, 10, 10, 10, 5, 5],
            Self::CareerFirst => [20, 35, 25, 10, 5, 5],
            Self::EasyToMeet => [25, 10, 5, 35, 20, 5],
        };
        Weights {
            area,
            stage,
            setting,
            time,
            mode,
            mentor,
        }
    }

    /// The preset that has these weights.
    pub fn of(weights: Weights) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|preset| preset.weights() == weights)
    }
}
