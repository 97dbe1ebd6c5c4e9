//! What is to be paired: people, places, scores, locks, and what else the answer depends on.

use std::sync::Arc;

use crate::index::{Column, Each, Key, Mentee, Mentor};
use crate::score::{SCORE_LIMIT, Scores};
use crate::tie::Ties;

/// A problem to solve.
///
/// Withdrawn mentees stand in no plan and are not counted as unmatched. A locked pair stands in
/// every plan, uses one place of its mentor and counts in every figure.
#[derive(Clone, Debug)]
pub struct Instance {
    pub(crate) scores: Arc<Scores>,
    pub(crate) mentor_scores: Option<Arc<Scores>>,
    pub(crate) capacity: Each<Mentor, u32>,
    pub(crate) locked: Each<Mentee, Option<Mentor>>,
    pub(crate) n_locked: Each<Mentor, u32>,
    pub(crate) is_present: Each<Mentee, bool>,
    pub(crate) load: Load,
    pub(crate) reference: Option<Reference>,
    pub(crate) ties: Ties,
}

/// The pairs there were before, and what it costs to change them.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) mentors: Each<Mentee, Option<Mentor>>,
    pub(crate) keep: Keep,
}

/// How much it matters that people keep the mentor they had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// After the fewest unmatched, as few mentees as possible lose the mentor they had; only then
    /// the objective decides.
    First,
    /// Each mentee who loses the mentor they had costs this many points of the total.
    Points(i32),
}

/// What the second, third, … mentee of one mentor costs, in points of the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    /// The first place that costs this much, counted from 0, and the cost; never falling.
    pub(crate) steps: Vec<(u32, i32)>,
}

/// What is wrong with an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceError {
    /// There is not one capacity for each mentor.
    Capacities {
        /// How many there are.
        found: usize,
        /// How many mentors the scores have.
        expected: usize,
    },
    /// A list has not one entry for each person.
    Length {
        /// How many there are.
        found: usize,
        /// How many people there are.
        expected: usize,
    },
    /// A mentee who does not exist.
    NoSuchMentee(Mentee),
    /// A mentor who does not exist.
    NoSuchMentor(Mentor),
    /// A lock on a pair that may not be.
    LockForbidden(Mentee, Mentor),
    /// A second lock on one mentee.
    LockedTwice(Mentee),
    /// A lock on a mentee who has withdrawn.
    LockWithdrawn(Mentee),
    /// More locks on a mentor than the mentor has places.
    LocksAboveCapacity(Mentor),
    /// The cost of load is negative, above [`SCORE_LIMIT`], or falls from one mentee to the next.
    Load,
    /// The cost of a change is negative or above [`SCORE_LIMIT`].
    ChangePoints,
}

impl std::error::Error for InstanceError {}

impl std::fmt::Display for InstanceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Capacities { found, expected } => {
                write!(f, "there are {found} capacities for {expected} mentors")
            }
            Self::Length { found, expected } => {
                write!(f, "a list has {found} entries for {expected} people")
            }
            Self::NoSuchMentee(mentee) => write!(f, "there is no mentee {}", mentee.0),
            Self::NoSuchMentor(mentor) => write!(f, "there is no mentor {}", mentor.0),
            Self::LockForbidden(mentee, mentor) => write!(
                f,
                "mentee {} is locked to mentor {}, but that pair is forbidden",
                mentee.0, mentor.0
            ),
            Self::LockedTwice(mentee) => write!(f, "mentee {} is locked twice", mentee.0),
            Self::LockWithdrawn(mentee) => {
                write!(f, "mentee {} is locked, but has withdrawn", mentee.0)
            }
            Self::LocksAboveCapacity(mentor) => {
                write!(f, "mentor {} has more locks than places", mentor.0)
            }
            Self::Load => write!(
                f,
                "the cost of load must lie between 0 and {SCORE_LIMIT} and never fall"
            ),
            Self::ChangePoints => write!(
                f,
                "the cost of a change must lie between 0 and {SCORE_LIMIT}"
            ),
        }
    }
}

impl Instance {
    /// Everybody present, nothing locked, seed 0, people told apart by their number.
    ///
    /// # Errors
    /// Another number of capacities than the scores have mentors.
    pub fn new(scores: Scores, capacity: Vec<u32>) -> Result<Self, InstanceError> {
        let (n_mentees, n_mentors) = (scores.n_mentees(), scores.n_mentors());
        if capacity.len() != n_mentors {
            return Err(InstanceError::Capacities {
                found: capacity.len(),
                expected: n_mentors,
            });
        }
        Ok(Self {
            scores: Arc::new(scores),
            mentor_scores: None,
            capacity: Each::new(capacity),
            locked: Each::filled(n_mentees, None),
            n_locked: Each::filled(n_mentors, 0),
            is_present: Each::filled(n_mentees, true),
            load: Load {
                steps: vec![(0, 0)],
            },
            reference: None,
            ties: Ties::new(n_mentees, n_mentors),
        })
    }

    /// Sets the seed that decides between plans that are equally good.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.ties = self.ties.with_seed(seed);
        self
    }

    /// Sets what tells people apart when a seed decides, so that their order does not matter.
    ///
    /// # Errors
    /// Another number of keys than of people.
    pub fn with_keys(
        mut self,
        mentees: Vec<u64>,
        mentors: Vec<u64>,
    ) -> Result<Self, InstanceError> {
        check_length(mentees.len(), self.n_mentees())?;
        check_length(mentors.len(), self.n_mentors())?;
        self.ties = self.ties.with_keys(mentees, mentors);
        Ok(self)
    }

    /// Sets how mentors rank mentees, for the fewest blocking pairs. Without it, and for pairs it
    /// says nothing of, both sides rank by the same score.
    ///
    /// # Errors
    /// Another number of people than the instance has.
    pub fn with_mentor_scores(mut self, scores: Scores) -> Result<Self, InstanceError> {
        check_length(scores.n_mentees(), self.n_mentees())?;
        check_length(scores.n_mentors(), self.n_mentors())?;
        self.mentor_scores = Some(Arc::new(scores));
        Ok(self)
    }

    /// Sets what the first, second, third, … mentee of one mentor costs, in points of the total.
    /// The last figure holds for all further ones. It plays no part in the fewest blocking pairs.
    ///
    /// # Errors
    /// Figures that are negative, above [`SCORE_LIMIT`], or fall.
    pub fn with_load(mut self, costs: &[i32]) -> Result<Self, InstanceError> {
        let mut steps = vec![(0, 0)];
        for (at, &cost) in (0u32..).zip(costs) {
            let last = steps.last().map_or(0, |&(_, cost)| cost);
            if cost < last || cost > SCORE_LIMIT {
                return Err(InstanceError::Load);
            }
            if at == 0 {
                steps = vec![(0, cost)];
            } else if cost > last {
                steps.push((at, cost));
            }
        }
        self.load = Load { steps };
        Ok(self)
    }

    /// Sets the mentor each mentee had before, and what it costs to change that.
    ///
    /// # Errors
    /// Another number of entries than of mentees, a mentor who does not exist, or points outside
    /// 0 to [`SCORE_LIMIT`].
    pub fn with_reference(
        mut self,
        mentors: Vec<Option<Mentor>>,
        keep: Keep,
    ) -> Result<Self, InstanceError> {
        check_length(mentors.len(), self.n_mentees())?;
        if let Keep::Points(points) = keep
            && !(0..=SCORE_LIMIT).contains(&points)
        {
            return Err(InstanceError::ChangePoints);
        }
        for mentor in mentors.iter().copied().flatten() {
            self.check_mentor(mentor)?;
        }
        self.reference = Some(Reference {
            mentors: Each::new(mentors),
            keep,
        });
        Ok(self)
    }

    /// Locks a pair.
    ///
    /// # Errors
    /// Somebody who does not exist or has withdrawn, a pair that may not be, a mentee who is
    /// locked already, or a mentor without a place left for a lock.
    pub fn lock(&mut self, mentee: Mentee, mentor: Mentor) -> Result<(), InstanceError> {
        self.check_mentee(mentee)?;
        self.check_mentor(mentor)?;
        if self.scores.get(mentee, mentor).is_none() {
            return Err(InstanceError::LockForbidden(mentee, mentor));
        }
        if self.locked[mentee].is_some() {
            return Err(InstanceError::LockedTwice(mentee));
        }
        if !self.is_present[mentee] {
            return Err(InstanceError::LockWithdrawn(mentee));
        }
        if self.n_locked[mentor] >= self.capacity[mentor] {
            return Err(InstanceError::LocksAboveCapacity(mentor));
        }
        self.locked[mentee] = Some(mentor);
        self.n_locked[mentor] += 1;
        Ok(())
    }

    /// How many mentees there are, withdrawn ones among them.
    pub fn n_mentees(&self) -> usize {
        self.scores.n_mentees()
    }

    /// How many mentors there are.
    pub fn n_mentors(&self) -> usize {
        self.scores.n_mentors()
    }

    /// The scores of the pairs that may be.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }

    /// How many places a mentor has; none if there is no such mentor.
    pub fn capacity(&self, mentor: Mentor) -> u32 {
        if self.capacity.has(mentor) {
            self.capacity[mentor]
        } else {
            0
        }
    }

    /// The mentor a mentee is locked to.
    pub fn locked(&self, mentee: Mentee) -> Option<Mentor> {
        (self.locked.has(mentee))
            .then(|| self.locked[mentee])
            .flatten()
    }

    /// Whether a mentee exists and has not withdrawn.
    pub fn is_present(&self, mentee: Mentee) -> bool {
        self.is_present.has(mentee) && self.is_present[mentee]
    }

    /// Whether the solver has to find a place for this mentee.
    pub(crate) fn is_free(&self, mentee: Mentee) -> bool {
        self.is_present[mentee] && self.locked[mentee].is_none()
    }

    /// How many places of a mentor no lock holds.
    pub(crate) fn free_places(&self, mentor: Mentor) -> u32 {
        self.capacity[mentor] - self.n_locked[mentor]
    }

    /// How the mentor ranks a pair that may be.
    pub(crate) fn mentor_score(&self, mentee: Mentee, mentor: Mentor, score: i32) -> i32 {
        let scores = self.mentor_scores.as_ref();
        scores
            .and_then(|scores| scores.get(mentee, mentor))
            .unwrap_or(score)
    }

    pub(crate) fn n_steps(&self) -> usize {
        self.load.steps.len()
    }

    pub(crate) fn n_columns(&self) -> usize {
        self.n_mentors() * self.n_steps()
    }

    pub(crate) fn column(&self, mentor: Mentor, step: usize) -> Column {
        Column::of(mentor.at() * self.n_steps() + step)
    }

    pub(crate) fn mentor_of(&self, column: Column) -> Mentor {
        Mentor::of(column.at() / self.n_steps())
    }

    /// Which step of load a column stands for.
    pub(crate) fn step_of(&self, column: Column) -> usize {
        column.at() % self.n_steps()
    }

    /// The column in which a mentor's next place would be.
    pub(crate) fn next_column(&self, mentor: Mentor) -> Column {
        let steps = self.load.steps.iter();
        let step = steps.filter(|step| step.0 <= self.capacity[mentor]).count();
        self.column(mentor, step.saturating_sub(1))
    }

    /// How many places of a column no lock holds. Locks hold the cheapest places.
    pub(crate) fn places_of(&self, column: Column) -> u32 {
        let mentor = self.mentor_of(column);
        let step = self.step_of(column);
        let start = self.load.steps.get(step).map_or(0, |step| step.0);
        let end = self
            .load
            .steps
            .get(step + 1)
            .map_or(u32::MAX, |step| step.0);
        let (low, high) = (self.n_locked[mentor], self.capacity[mentor]);
        end.min(high).saturating_sub(start.max(low))
    }

    /// What so many mentees of one mentor cost.
    pub(crate) fn load_cost(&self, n_mentees: u32) -> i64 {
        let ends = self.load.steps.iter().skip(1).map(|step| step.0);
        let mut cost = 0;
        for (&(start, points), end) in self.load.steps.iter().zip(ends.chain([u32::MAX])) {
            let within = n_mentees.min(end).saturating_sub(start);
            cost += i64::from(within) * i64::from(points);
        }
        cost
    }

    /// Whether this mentee had a mentor before and would now have another or none.
    pub(crate) fn is_change(&self, mentee: Mentee, mentor: Option<Mentor>) -> bool {
        let before = self.reference.as_ref();
        before
            .and_then(|reference| reference.mentors[mentee])
            .is_some_and(|before| mentor != Some(before))
    }

    pub(crate) fn check_mentee(&self, mentee: Mentee) -> Result<(), InstanceError> {
        if self.locked.has(mentee) {
            Ok(())
        } else {
            Err(InstanceError::NoSuchMentee(mentee))
        }
    }

    pub(crate) fn check_mentor(&self, mentor: Mentor) -> Result<(), InstanceError> {
        if self.capacity.has(mentor) {
            Ok(())
        } else {
            Err(InstanceError::NoSuchMentor(mentor))
        }
    }
}

fn check_length(found: usize, expected: usize) -> Result<(), InstanceError> {
    if found == expected {
        Ok(())
    } else {
        Err(InstanceError::Length { found, expected })
    }
}
