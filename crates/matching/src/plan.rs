//! The answer: who is paired with whom, the figures, and the proof.

use crate::index::{Each, Key, Mentee, Mentor};
use crate::instance::Instance;

/// The scores below which a pair counts as poor, worst first.
pub const BANDS: [i32; 3] = [500, 600, 700];

/// What makes one plan better than another. All but [`Objective::FewestBlockingPairs`] first leave
/// as few mentees unmatched as can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Objective {
    /// The fewest pairs below 500, then below 600, then below 700, then the greatest total.
    #[default]
    Balanced,
    /// The greatest total.
    Total,
    /// The greatest lowest score, then the greatest total.
    MaxMin,
    /// No mentee and mentor who both prefer each other to what they have; of such plans the one
    /// that is best for the mentees. Mentees may stay unmatched who would have a place otherwise:
    /// to ask for both is not practicable (Biró, Manlove and Mittal, 2010).
    FewestBlockingPairs,
}

impl Objective {
    /// Whether a plan's worth is a sum over its pairs, which is what can be solved again from
    /// where the last solution stood.
    pub fn is_sum(self) -> bool {
        matches!(self, Self::Balanced | Self::Total)
    }
}

/// Who is paired with whom, and why no plan is better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What the plan was made for.
    pub objective: Objective,
    /// The mentor of each mentee; none for those unmatched or withdrawn.
    pub mentors: Vec<Option<Mentor>>,
    /// The figures of the plan.
    pub value: Value,
    /// What [`certify`](crate::certify) checks.
    pub certificate: Certificate,
}

/// The figures of a plan. Locked pairs count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Value {
    /// Mentees who are present and have no mentor.
    pub unmatched: u32,
    /// Mentees who had a mentor before and now have another or none.
    pub changed: u32,
    /// How many pairs score below each of [`BANDS`].
    pub below: [u32; BANDS.len()],
    /// The sum of the scores.
    pub total: i64,
    /// The lowest score of a pair.
    pub lowest: Option<i32>,
    /// What the load of the mentors costs, in points of the total.
    pub load: i64,
}

/// The proof that comes with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// For objectives that are sums.
    Duals(Duals),
    /// For the greatest lowest score.
    MaxMin {
        /// Shows that no plan has more pairs.
        fewest_unmatched: Cover,
        /// Shows that no plan with as many pairs does without pairs of the lowest score; none if
        /// a locked pair has that score, or if there is no pair.
        greatest_lowest: Option<Cover>,
        /// Shows that no plan without pairs below the lowest score has a greater total.
        duals: Duals,
    },
    /// Nothing is needed to see that there is no blocking pair.
    NoBlockingPair,
}

/// A price for each mentee and each place, as linear programming knows them: no pair costs less
/// than its two prices together, and the plan costs no more than all prices together.
///
/// The unit is that of the solver's costs, in which the figures of a plan are one integer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duals {
    /// The lowest and the highest score the unit is made for; no score lies outside.
    pub range: (i32, i32),
    /// What each mentee may cost at most; not read for locked and withdrawn ones.
    pub mentees: Vec<i128>,
    /// What one more place would be worth, negative or zero: for each mentor one figure for each
    /// step of the cost of load.
    pub places: Vec<i128>,
}

/// People of whom every pair that may be has one: no plan has more pairs than the mentees of the
/// cover and the places of its mentors (Kőnig, 1931).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cover {
    /// The mentees, in order.
    pub mentees: Vec<Mentee>,
    /// The mentors, in order.
    pub mentors: Vec<Mentor>,
}

/// A mentee whose mentor is another than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// Who moves.
    pub mentee: Mentee,
    /// The mentor before.
    pub from: Option<Mentor>,
    /// The mentor after.
    pub to: Option<Mentor>,
}

impl Plan {
    /// The pairs in the order of the mentees.
    pub fn pairs(&self) -> impl Iterator<Item = (Mentee, Mentor)> {
        let mentors = self.mentors.iter().enumerate();
        mentors.filter_map(|(at, mentor)| Some((Mentee::of(at), (*mentor)?)))
    }

    /// The mentor of a mentee.
    pub fn mentor_of(&self, mentee: Mentee) -> Option<Mentor> {
        self.mentors.get(mentee.at()).copied().flatten()
    }

    /// The mentees who are present and have no mentor.
    pub fn unmatched(&self, instance: &Instance) -> Vec<Mentee> {
        let mentees = instance.is_present.keys();
        mentees
            .filter(|&mentee| instance.is_present[mentee] && self.mentor_of(mentee).is_none())
            .collect()
    }
}

impl Value {
    /// The figures of these pairs, of which each may be.
    pub(crate) fn of(instance: &Instance, mentors: &[Option<Mentor>]) -> Self {
        let mut value = Self::default();
        let mut n_mentees = Each::<Mentor, u32>::filled(instance.n_mentors(), 0);
        for (mentee, mentor) in (0..).map(Mentee::of).zip(mentors) {
            if !instance.is_present(mentee) {
                continue;
            }
            if instance.is_change(mentee, *mentor) {
                value.changed += 1;
            }
            let Some(mentor) = *mentor else {
                value.unmatched += 1;
                continue;
            };
            n_mentees[mentor] += 1;
            let Some(score) = instance.scores().get(mentee, mentor) else {
                continue;
            };
            value.total += i64::from(score);
            value.lowest = Some(value.lowest.map_or(score, |lowest| lowest.min(score)));
            for (band, count) in BANDS.into_iter().zip(&mut value.below) {
                *count += u32::from(score < band);
            }
        }
        let counts = n_mentees.values().iter();
        value.load = counts.map(|&count| instance.load_cost(count)).sum();
        value
    }
}

/// Who has another mentor in the second list than in the first.
pub fn moves(before: &[Option<Mentor>], after: &[Option<Mentor>]) -> Vec<Move> {
    let both = before.iter().zip(after).enumerate();
    both.filter(|(_, (from, to))| from != to)
        .map(|(at, (&from, &to))| Move {
            mentee: Mentee::of(at),
            from,
            to,
        })
        .collect()
}
