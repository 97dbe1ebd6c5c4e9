//! A plan in terms of people: who would be with whom, how good it is, and what would change.

use serde::{Deserialize, Serialize};
use tandem_matching::{self as solver, BANDS, Difference, Mentor, Move, blocking_pairs, certify};

use super::ask::{Trouble, Watch};
use super::setup::{Setup, mentee_at, mentor_at};
use super::wanted::Goal;
use crate::candidate::{Offer, Side};
use crate::id::ApplicationId;

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAnswer {
    /// What it was made for.
    pub goal: Goal,
    /// All its pairs, by mentee; those held among them.
    pub pairs: Vec<Planned>,
    /// Who has no mentor in it, by id.
    pub unmatched: Vec<ApplicationId>,
    /// Pairs on the board that a rule forbids by now. They stay until people put them right.
    pub fixed: Vec<(ApplicationId, ApplicationId)>,
    /// What it would change on the board.
    pub changes: Vec<Change>,
    /// How good it is.
    pub figures: Figures,
    /// Whether it is proven that no plan is better.
    pub certified: bool,
}

/// A pair of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The mentee.
    pub mentee: ApplicationId,
    /// The mentor.
    pub mentor: ApplicationId,
    /// 0 to 1000.
    pub score: u16,
    /// Whether the plan was not free to change it.
    pub held: bool,
}

/// A mentee whose mentor would be another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Who.
    pub mentee: ApplicationId,
    /// The mentor before.
    pub from: Option<ApplicationId>,
    /// The mentor after.
    pub to: Option<ApplicationId>,
    /// The score before.
    pub before: Option<u16>,
    /// The score after.
    pub after: Option<u16>,
}

/// How good a plan is. Scores are of 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Pairs.
    pub pairs: u32,
    /// Mentees without a mentor.
    pub unmatched: u32,
    /// The sum of the scores.
    pub total: i64,
    /// Their mean, rounded down.
    pub mean: u16,
    /// The lowest.
    pub lowest: Option<u16>,
    /// One in twenty scores no more than this.
    pub fifth_percentile: Option<u16>,
    /// Pairs below 500, 600 and 700.
    pub below: [u32; BANDS.len()],
    /// Pairs whose mentor offers the mentee's first area.
    pub first_area: u32,
    /// Pairs that share less than two hours a week in the worst season.
    pub few_hours: u32,
    /// Mentees and mentors who would both rather have each other.
    pub blocking: u32,
    /// Mentees whose mentor would be another than on the board, or none.
    pub changes: u32,
}

/// How one plan differs from another, in what its goal looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Effect {
    /// More (or fewer) mentees without a mentor.
    pub unmatched: i64,
    /// More (or fewer) pairs below 500, 600 and 700, where the goal looks at them.
    pub below: [i64; BANDS.len()],
    /// More (or fewer) points.
    pub points: i64,
}

impl From<Difference> for Effect {
    fn from(difference: Difference) -> Self {
        Self {
            unmatched: difference.unmatched,
            below: difference.below,
            points: difference.points,
        }
    }
}

/// Half-hours that are not much to share in a week.
const FEW_HALF_HOURS: u16 = 4;

impl Setup<'_> {
    /// The best plan for the goal.
    pub(super) fn plan(&mut self, watch: &mut Watch<'_>) -> Result<PlanAnswer, Trouble> {
        let plan = self.solve(watch)?;
        Ok(PlanAnswer {
            goal: self.how.goal,
            pairs: self.planned(&plan.mentors),
            unmatched: plan
                .unmatched(&self.instance)
                .into_iter()
                .filter_map(|mentee| self.mentee_id(mentee))
                .collect(),
            fixed: self.fixed.clone(),
            changes: self.changes(&solver::moves(&self.present, &plan.mentors)),
            figures: self.figures(&plan.mentors),
            certified: certify(&self.instance, &plan).is_ok(),
        })
    }

    fn planned(&self, mentors: &[Option<Mentor>]) -> Vec<Planned> {
        let pairs = mentors.iter().enumerate();
        let planned = pairs.filter_map(|(row, mentor)| {
            let mentor = (*mentor)?;
            Some(Planned {
                mentee: self.mentees.get(row)?.id,
                mentor: self.mentor_id(mentor)?,
                score: self.score_at(row, mentor.0 as usize),
                held: self.instance.locked(mentee_at(row)).is_some(),
            })
        });
        planned.collect()
    }

    /// Moves in terms of people.
    pub(super) fn changes(&self, moves: &[Move]) -> Vec<Change> {
        let score = |row: usize, mentor: Option<Mentor>| {
            mentor.map(|mentor| self.score_at(row, mentor.0 as usize))
        };
        let changes = moves.iter().filter_map(|step| {
            let row = step.mentee.0 as usize;
            Some(Change {
                mentee: self.mentee_id(step.mentee)?,
                from: step.from.and_then(|mentor| self.mentor_id(mentor)),
                to: step.to.and_then(|mentor| self.mentor_id(mentor)),
                before: score(row, step.from),
                after: score(row, step.to),
            })
        });
        changes.collect()
    }

    /// The figures of any pairs, such as those on the board.
    pub(super) fn figures(&self, mentors: &[Option<Mentor>]) -> Figures {
        let mut figures = Figures::default();
        let mut scores = Vec::new();
        for (row, mentor) in mentors.iter().enumerate() {
            figures.changes += u32::from(self.present.get(row) != Some(mentor));
            let Some(column) = mentor.map(|mentor| mentor.0 as usize) else {
                figures.unmatched += 1;
                continue;
            };
            let score = self.score_at(row, column);
            scores.push(score);
            figures.total += i64::from(score);
            for (band, count) in BANDS.into_iter().zip(&mut figures.below) {
                *count += u32::from(i32::from(score) < band);
            }
            figures.first_area += u32::from(self.has_first_area(row, column));
            figures.few_hours += u32::from(self.has_few_hours(row, column));
        }
        scores.sort_unstable();
        let n_pairs = scores.len();
        figures.pairs = u32::try_from(n_pairs).unwrap_or(u32::MAX);
        figures.lowest = scores.first().copied();
        figures.fifth_percentile = scores.get(n_pairs / 20).copied();
        let mean = figures.total / i64::from(figures.pairs.max(1));
        figures.mean = u16::try_from(mean).unwrap_or(0);
        let blocking = blocking_pairs(&self.instance, mentors).len();
        figures.blocking = u32::try_from(blocking).unwrap_or(u32::MAX);
        figures
    }

    fn has_first_area(&self, row: usize, column: usize) -> bool {
        let (Some(mentee), Some(mentor)) = (self.mentees.get(row), self.mentors.get(column)) else {
            return false;
        };
        let (Side::Mentee { areas: wanted, .. }, Side::Mentor { areas: offered, .. }) =
            (&mentee.side, &mentor.side)
        else {
            return false;
        };
        let first = wanted.first().and_then(|first| offered.get(first));
        matches!(first, Some(Offer::Strong | Offer::Some))
    }

    fn has_few_hours(&self, row: usize, column: usize) -> bool {
        let (Some(mentee), Some(mentor)) = (self.mentees.get(row), self.mentors.get(column)) else {
            return false;
        };
        let shared = match (&mentee.hours, &mentor.hours) {
            (Some(one), Some(other)) => one.shared_in_worst_season(other),
            _ => None,
        };
        shared.is_some_and(|shared| shared < FEW_HALF_HOURS)
    }

    /// The pairs on the board, as far as no rule forbids them by now.
    pub(super) fn figures_now(&self) -> Figures {
        self.figures(&self.present)
    }
}

/// Who a mentor is with in these pairs, as rows.
pub(super) fn held_by(mentors: &[Option<Mentor>], column: usize) -> Vec<usize> {
    let rows = mentors.iter().enumerate();
    rows.filter(|(_, mentor)| **mentor == Some(mentor_at(column)))
        .map(|(row, _)| row)
        .collect()
}
