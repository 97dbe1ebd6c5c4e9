//! The figures of a plan as one integer, so that the solver only ever adds and compares.
//!
//! The figures matter in order: nobody is left unmatched for any gain below, and so on down to
//! the tie. Each figure gets a unit larger than twice all that the figures below it can differ
//! between two plans; comparing the sums is then the same as comparing figure by figure. The
//! units depend on the instance, and are checked to fit before anything is solved.

use std::ops::{Add, AddAssign, Sub, SubAssign};

use crate::index::{Mentee, Mentor};
use crate::instance::{Instance, Keep};
use crate::plan::{BANDS, Objective, Value};
use crate::tie::TIE_BITS;

/// An integer the solver can count in.
pub(crate) trait Cost:
    Copy
    + Ord
    + std::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + AddAssign
    + SubAssign
    + From<i32>
    + Into<i128>
{
    const ZERO: Self;

    /// This many units.
    fn times(self, count: i32) -> Self;

    /// The same number, if sums of four of its size fit.
    fn roomy(value: i128) -> Option<Self>;
}

impl Cost for i64 {
    const ZERO: Self = 0;

    #[inline]
    fn times(self, count: i32) -> Self {
        self * Self::from(count)
    }

    fn roomy(value: i128) -> Option<Self> {
        let value = Self::try_from(value).ok()?;
        (value <= Self::MAX / 4).then_some(value)
    }
}

impl Cost for i128 {
    const ZERO: Self = 0;

    #[inline]
    fn times(self, count: i32) -> Self {
        self * Self::from(count)
    }

    fn roomy(value: i128) -> Option<Self> {
        (value <= Self::MAX / 4).then_some(value)
    }
}

/// The instance is so large that its figures do not fit into 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl std::error::Error for TooLarge {}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the instance is too large for exact arithmetic")
    }
}

/// What one of each figure costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// The lowest and the highest score there may be. The highest costs nothing.
    pub(crate) range: (i32, i32),
    /// How many bits of what a pair draws count.
    pub(crate) tie_bits: u32,
    pub(crate) score: i128,
    /// For each band of [`BANDS`]; zero unless the objective is balanced.
    pub(crate) below: [i128; BANDS.len()],
    /// Zero unless the fewest changes come first.
    pub(crate) changed: i128,
    /// The points of a change, if it costs points.
    pub(crate) change_points: i32,
    pub(crate) unmatched: i128,
}

impl Scale {
    /// The units for an instance with scores in this range, with as many tie bits as fit.
    pub(crate) fn of(
        instance: &Instance,
        objective: Objective,
        range: (i32, i32),
    ) -> Result<Self, TooLarge> {
        let fits = |scale: &Self| i128::roomy(scale.largest()).is_some();
        let mut widths = (0..=TIE_BITS).rev();
        widths
            .find_map(|bits| Self::with_tie_bits(instance, objective, range, bits).filter(fits))
            .ok_or(TooLarge)
    }

    fn with_tie_bits(
        instance: &Instance,
        objective: Objective,
        (low, high): (i32, i32),
        tie_bits: u32,
    ) -> Option<Self> {
        // No fewer than all mentees: who has withdrawn may come back.
        let n_pairs = i128::try_from(instance.n_mentees().max(1)).ok()?;
        let mut span = n_pairs.checked_mul((1 << tie_bits) - 1)?;
        let mut unit_over = |largest: i128| -> Option<i128> {
            let unit = span.checked_mul(2)?.checked_add(1)?;
            span = span.checked_add(unit.checked_mul(largest)?)?;
            Some(unit)
        };
        let keep = instance.reference.as_ref().map(|reference| reference.keep);
        let change_points = match keep {
            Some(Keep::Points(points)) => points,
            Some(Keep::First) | None => 0,
        };
        let load = instance.load.steps.last().map_or(0, |&(_, cost)| cost);
        let per_pair =
            i128::from(high) - i128::from(low) + i128::from(load) + i128::from(change_points);
        let score = unit_over(n_pairs.checked_mul(per_pair)?)?;
        let mut below = [0; BANDS.len()];
        if objective == Objective::Balanced {
            for unit in below.iter_mut().rev() {
                *unit = unit_over(n_pairs)?;
            }
        }
        let changed = match keep {
            Some(Keep::First) => unit_over(n_pairs)?,
            Some(Keep::Points(_)) | None => 0,
        };
        let unmatched = unit_over(n_pairs)?;
        Some(Self {
            range: (low, high),
            tie_bits,
            score,
            below,
            changed,
            change_points,
            unmatched,
        })
    }

    /// The largest cost of a single mentee. No dual value is larger.
    pub(crate) fn largest(&self) -> i128 {
        let change = self.score.saturating_mul(self.change_points.into());
        let sum = self.unmatched.saturating_add(self.changed);
        sum.saturating_add(change)
    }

    /// Reads the figures out of a difference of two plans' costs.
    pub(crate) fn difference(&self, cost: i128) -> Difference {
        let mut rest = cost;
        let mut take = |unit: i128| {
            if unit == 0 {
                return 0;
            }
            let count = (rest + rest.signum() * (unit / 2)) / unit;
            rest -= count * unit;
            i64::try_from(count).unwrap_or(i64::MAX)
        };
        let unmatched = take(self.unmatched);
        let changed = take(self.changed);
        let below = self.below.map(&mut take);
        // Points count down from the top for each pair there is, so the pairs are put back.
        let points = -take(self.score) - unmatched * i64::from(self.range.1);
        Difference {
            unmatched,
            changed,
            below,
            points,
        }
    }

    /// How the second plan differs from the first.
    pub(crate) fn between(&self, before: &Value, after: &Value) -> Difference {
        let [u0, c0, a0, b0, d0, p0] = self.rank(before);
        let [u1, c1, a1, b1, d1, p1] = self.rank(after);
        Difference {
            unmatched: u1 - u0,
            changed: c1 - c0,
            below: [a1 - a0, b1 - b0, d1 - d0],
            points: p0 - p1,
        }
    }

    /// The figures of a plan in the order in which they matter; smaller is better.
    fn rank(&self, value: &Value) -> [i64; 6] {
        let counts = |unit: i128, figure: u32| if unit == 0 { 0 } else { i64::from(figure) };
        let [b0, b1, b2] = value.below;
        let [u0, u1, u2] = self.below;
        let change_points = i64::from(self.change_points) * i64::from(value.changed);
        [
            i64::from(value.unmatched),
            counts(self.changed, value.changed),
            counts(u0, b0),
            counts(u1, b1),
            counts(u2, b2),
            value.load + change_points - value.total,
        ]
    }
}

/// How one plan differs from another in the figures its objective looks at.
///
/// They compare in the order in which the figures matter: the worse is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Difference {
    /// More (or fewer) unmatched mentees.
    pub unmatched: i64,
    /// More (or fewer) mentees without the mentor they had, where that comes first.
    pub changed: i64,
    /// More (or fewer) pairs below each of [`BANDS`], where the objective is balanced.
    pub below: [i64; BANDS.len()],
    /// More (or fewer) points: the total less what load and changes cost.
    pub points: i64,
}

impl Ord for Difference {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |it: &Self| (it.unmatched, it.changed, it.below, -it.points);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Difference {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A [`Scale`] in the integers of the solver.
#[derive(Clone, Debug)]
pub(crate) struct Prices<C> {
    top: i32,
    /// Pairs below it may not be.
    pub(crate) floor: Option<i32>,
    tie_mask: u32,
    score: C,
    below: Option<[C; BANDS.len()]>,
    change: Option<C>,
    unmatched: C,
    largest: C,
    /// What a place of each step of load costs.
    pub(crate) load: Vec<C>,
}

impl<C: Cost> Prices<C> {
    /// The prices of a scale, if they fit into these integers.
    pub(crate) fn of(instance: &Instance, scale: &Scale, floor: Option<i32>) -> Option<Self> {
        let largest = C::roomy(scale.largest())?;
        let score = C::roomy(scale.score)?;
        let [b0, b1, b2] = scale.below.map(C::roomy);
        let change = C::roomy(scale.changed)? + score.times(scale.change_points);
        let loads = instance.load.steps.iter();
        Some(Self {
            top: scale.range.1,
            floor,
            tie_mask: (1 << scale.tie_bits) - 1,
            score,
            below: Some([b0?, b1?, b2?]).filter(|_| scale.below.iter().any(|&unit| unit > 0)),
            change: Some(change).filter(|_| instance.reference.is_some()),
            unmatched: C::roomy(scale.unmatched)?,
            largest,
            load: loads.map(|&(_, points)| score.times(points)).collect(),
        })
    }

    /// What a pair costs apart from load; nothing if the floor forbids it.
    #[inline]
    pub(crate) fn pair(
        &self,
        instance: &Instance,
        mentee: Mentee,
        mentor: Mentor,
        score: i32,
    ) -> Option<C> {
        if self.floor.is_some_and(|floor| score < floor) {
            return None;
        }
        let draw = instance.ties.draw(mentee, mentor) & self.tie_mask;
        let mut cost = self.score.times(self.top - score) + C::from(draw.cast_signed());
        if let Some(below) = &self.below {
            for (band, unit) in BANDS.into_iter().zip(below) {
                if score < band {
                    cost += *unit;
                }
            }
        }
        if let Some(change) = self.change
            && instance.is_change(mentee, Some(mentor))
        {
            cost += change;
        }
        Some(cost)
    }

    /// What it costs to leave a mentee unmatched.
    pub(crate) fn unmatched(&self, instance: &Instance, mentee: Mentee) -> C {
        match self.change {
            Some(change) if instance.is_change(mentee, None) => self.unmatched + change,
            _ => self.unmatched,
        }
    }

    /// No mentee costs more.
    pub(crate) fn largest(&self) -> C {
        self.largest
    }
}
