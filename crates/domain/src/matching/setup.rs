//! The instance that a board means.

use std::collections::{BTreeMap, BTreeSet};

use tandem_matching::{self as solver, Instance, Mentee, Mentor, Scores};

use super::ask::Trouble;
use super::judge::{Bar, Judge};
use super::seats::{People, Seats};
use super::wanted::{Goal, How, Keeping, Problem};
use crate::board::Placement;
use crate::candidate::Candidate;
use crate::id::{ApplicationId, PersonId};
use crate::role::Role;
use crate::rule::HardRule;
use crate::score::Weights;

/// People as rows and columns, and the instance made of them.
pub(super) struct Setup<'a> {
    pub(super) problem: &'a Problem,
    pub(super) how: How,
    pub(super) mentees: Vec<&'a Candidate>,
    pub(super) mentors: Vec<&'a Candidate>,
    /// By row and column.
    scores: Vec<u16>,
    bars: Vec<Option<Bar>>,
    /// How the mentors rank the mentees.
    for_mentors: Vec<u16>,
    /// Pairs that are not proposed because their reverse is.
    pub(super) kept_apart: BTreeSet<(usize, usize)>,
    capacity: Vec<u32>,
    /// The mentor each mentee has on the board.
    pub(super) present: Vec<Option<Mentor>>,
    pub(super) locks: Vec<(usize, usize)>,
    /// Pairs that a rule forbids by now: people put them right, no plan touches them.
    pub(super) fixed: Vec<(ApplicationId, ApplicationId)>,
    pub(super) instance: Instance,
}

impl<'a> Setup<'a> {
    /// Judges every pair of a board.
    pub(super) fn new(problem: &'a Problem, how: How) -> Result<Self, Trouble> {
        let placed: BTreeMap<ApplicationId, &Placement> = problem
            .placements
            .iter()
            .map(|(mentee, placement)| (*mentee, placement))
            .collect();
        let people = People::of(problem);
        let all_mentees = people.side(Role::Mentee);
        let mentors = people.side(Role::Mentor);
        let judge = Judge::new(&all_mentees, &mentors, &problem.facts);
        let seats = Seats::of(&all_mentees, &mentors, &placed, &judge);
        let n_pairs = seats.rows.len() * mentors.len();
        let mut setup = Self {
            problem,
            how,
            present: seats.rows.iter().map(|row| row.2.map(mentor_at)).collect(),
            scores: Vec::with_capacity(n_pairs),
            bars: Vec::with_capacity(n_pairs),
            for_mentors: Vec::with_capacity(n_pairs),
            kept_apart: BTreeSet::new(),
            capacity: seats.capacity,
            locks: Vec::new(),
            fixed: seats.fixed,
            instance: Instance::new(Scores::full(0, NOBODY)?, Vec::new())?,
            mentees: seats.rows.iter().map(|row| row.1).collect(),
            mentors,
        };
        let weights = [&problem.scoring.weights, &for_mentors(problem)];
        for (row, _, at) in &seats.rows {
            for column in 0..setup.mentors.len() {
                let bar = judge.bar(*row, column);
                // The chair let the warning of a pair on the board stand.
                let stands = *at == Some(column) && matches!(bar, Some(Bar::Warned(_)));
                setup.bars.push(if stands { None } else { bar });
                let [score, of_mentor] = judge.scores(*row, column, weights);
                setup.scores.push(score);
                setup.for_mentors.push(of_mentor);
            }
        }
        setup.hold(&placed);
        setup.keep_apart_both_ways();
        setup.aim(how.goal)?;
        Ok(setup)
    }

    /// The same board for another goal.
    pub(super) fn aim(&mut self, goal: Goal) -> Result<(), Trouble> {
        self.how.goal = goal;
        self.kept_apart.clear();
        self.instance = self.build()?;
        Ok(())
    }

    /// The same people under other weights.
    pub(super) fn with_weights(&self, weights: Weights) -> Result<Instance, Trouble> {
        let judge = Judge::new(&self.mentees, &self.mentors, &self.problem.facts);
        let (judge, weights) = (&judge, &weights);
        let cells = (0..self.mentees.len()).map(|row| {
            (0..self.mentors.len()).map(move |column| {
                let [score] = judge.scores(row, column, [weights]);
                self.cell(row, column, score)
            })
        });
        self.instance_of(Scores::full(self.mentors.len(), cells))
    }

    /// Locks what has to stay.
    fn hold(&mut self, placed: &BTreeMap<ApplicationId, &Placement>) {
        let mut left = self.capacity.clone();
        let holds_all = self.how.keeping == Keeping::Present;
        for wants_lock in [true, false] {
            for row in 0..self.mentees.len() {
                let Some(mentee) = self.mentees.get(row) else {
                    continue;
                };
                let is_locked = placed.get(&mentee.id).is_some_and(|had| had.locked);
                let at = self.present.get(row).copied().flatten();
                let Some(column) = at.map(|mentor| mentor.0 as usize) else {
                    continue;
                };
                if is_locked != wants_lock || !(is_locked || holds_all) {
                    continue;
                }
                if let Some(left) = left.get_mut(column).filter(|left| **left > 0) {
                    *left -= 1;
                    self.locks.push((row, column));
                }
            }
        }
    }

    /// Who is fixed or held with somebody is not proposed to the same person the other way round.
    fn keep_apart_both_ways(&mut self) {
        let held = self.locks.iter().filter_map(|(row, column)| {
            Some((
                self.mentees.get(*row)?.person,
                self.mentors.get(*column)?.person,
            ))
        });
        let people = People::of(self.problem);
        let fixed = self.fixed.iter().filter_map(|(mentee, mentor)| {
            Some((people.person(*mentee)?, people.person(*mentor)?))
        });
        let taken: BTreeSet<(PersonId, PersonId)> = held.chain(fixed).collect();
        if taken.is_empty() {
            return;
        }
        for row in 0..self.mentees.len() {
            for column in 0..self.mentors.len() {
                let two = (self.mentees.get(row), self.mentors.get(column));
                let is_taken = matches!(two, (Some(mentee), Some(mentor))
                    if taken.contains(&(mentor.person, mentee.person)));
                if is_taken {
                    self.forbid(row, column);
                }
            }
        }
    }

    fn forbid(&mut self, row: usize, column: usize) {
        let at = self.at(row, column);
        if let Some(bar) = self.bars.get_mut(at) {
            *bar = Some(Bar::Rule(HardRule::Reciprocal));
        }
    }

    fn at(&self, row: usize, column: usize) -> usize {
        row * self.mentors.len() + column
    }

    /// Whether a pair on the board may stay below the floor: it is not proposed, it is there.
    fn may_stay(&self, row: usize, column: usize) -> bool {
        let is_present = self.present.get(row).copied().flatten() == Some(mentor_at(column));
        is_present && (self.how.keeping != Keeping::Locked || self.locks.contains(&(row, column)))
    }

    /// Why a pair is not proposed whatever its score.
    fn barred(&self, row: usize, column: usize) -> Option<Bar> {
        if self.kept_apart.contains(&(row, column)) {
            return Some(Bar::Rule(HardRule::Reciprocal));
        }
        self.bars.get(self.at(row, column)).copied().flatten()
    }

    /// What the solver is told of a pair.
    fn cell(&self, row: usize, column: usize, score: u16) -> Option<i32> {
        let bar = self.barred(row, column);
        let is_low = score < self.problem.scoring.floor && !self.may_stay(row, column);
        (bar.is_none() && !is_low).then_some(score.into())
    }

    pub(super) fn build(&self) -> Result<Instance, Trouble> {
        let cells = (0..self.mentees.len()).map(|row| {
            (0..self.mentors.len())
                .map(move |column| self.cell(row, column, self.score_at(row, column)))
        });
        self.instance_of(Scores::full(self.mentors.len(), cells))
    }

    fn instance_of(&self, scores: Result<Scores, solver::ScoreError>) -> Result<Instance, Trouble> {
        let keys = |people: &[&Candidate]| people.iter().map(|one| key(one.id)).collect();
        let seed = u64::from(self.problem.scoring.seed) + u64::from(self.how.another);
        let step = i32::from(self.problem.scoring.load);
        let mut instance = Instance::new(scores?, self.capacity.clone())?
            .with_seed(seed)
            .with_keys(keys(&self.mentees), keys(&self.mentors))?
            .with_load(&[0, step, 2 * step])?;
        if !self.mentors.is_empty() {
            let rows = self.for_mentors.chunks(self.mentors.len());
            let rows = rows.map(|row| row.iter().map(|score| Some(i32::from(*score))));
            instance = instance.with_mentor_scores(Scores::full(self.mentors.len(), rows)?)?;
        }
        for (row, column) in &self.locks {
            instance.lock(mentee_at(*row), mentor_at(*column))?;
        }
        if self.how.keeping == Keeping::Most {
            instance = instance.with_reference(self.present.clone(), solver::Keep::First)?;
        }
        Ok(instance)
    }

    /// The score of a pair.
    pub(super) fn score_at(&self, row: usize, column: usize) -> u16 {
        self.scores.get(self.at(row, column)).copied().unwrap_or(0)
    }

    /// Why a pair is not proposed.
    pub(super) fn bar_at(&self, row: usize, column: usize) -> Option<Bar> {
        let score = self.score_at(row, column);
        self.barred(row, column).or_else(|| {
            let missing = self.problem.scoring.floor.saturating_sub(score);
            (missing > 0 && !self.may_stay(row, column)).then_some(Bar::BelowFloor(missing))
        })
    }

    /// How many places of a mentor the plan may use.
    pub(super) fn places_at(&self, column: usize) -> u32 {
        self.capacity.get(column).copied().unwrap_or(0)
    }

    /// A mentee by id.
    pub(super) fn row(&self, mentee: ApplicationId) -> Option<usize> {
        self.mentees
            .binary_search_by_key(&mentee, |one| one.id)
            .ok()
    }

    /// A mentor by id.
    pub(super) fn column(&self, mentor: ApplicationId) -> Option<usize> {
        self.mentors
            .binary_search_by_key(&mentor, |one| one.id)
            .ok()
    }

    /// The id of a mentee.
    pub(super) fn mentee_id(&self, mentee: Mentee) -> Option<ApplicationId> {
        self.mentees.get(mentee.0 as usize).map(|one| one.id)
    }

    /// The id of a mentor.
    pub(super) fn mentor_id(&self, mentor: Mentor) -> Option<ApplicationId> {
        self.mentors.get(mentor.0 as usize).map(|one| one.id)
    }
}

/// What counts for mentors: their wishes, and what both need.
fn for_mentors(problem: &Problem) -> Weights {
    Weights {
        area: 0,
        setting: 0,
        ..problem.scoring.weights
    }
}

const NOBODY: [[Option<i32>; 0]; 0] = [];

/// What tells people apart in draws: the same wherever they stand in a list.
fn key(id: ApplicationId) -> u64 {
    let (high, low) = id.0.as_u64_pair();
    // Both halves carry chance in the ids that the server makes.
    low ^ high.rotate_left(32)
}

pub(super) fn mentee_at(row: usize) -> Mentee {
    Mentee(u32::try_from(row).unwrap_or(u32::MAX))
}

pub(super) fn mentor_at(column: usize) -> Mentor {
    Mentor(u32::try_from(column).unwrap_or(u32::MAX))
}
