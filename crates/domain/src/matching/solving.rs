//! Solving the instance of a board, and keeping apart in it what no sum over pairs can.

use std::collections::BTreeMap;

use tandem_matching::{self as solver, Mentor, Objective, Plan, Run, Stage};

use super::ask::{Trouble, Watch};
use super::setup::Setup;
use super::wanted::{Goal, Keeping};

/// Between two reports: pairs looked at.
const EFFORT: u64 = 400_000;

impl Setup<'_> {
    /// The best plan, in which nobody is with the same person both ways.
    ///
    /// No sum over pairs can say that two pairs exclude each other. Where a plan has both, the one
    /// that scores less is forbidden and the plan is made anew.
    pub(super) fn solve(&mut self, watch: &mut Watch<'_>) -> Result<Plan, Trouble> {
        loop {
            let plan = self.solve_once(watch)?;
            match self.both_ways(&plan.mentors) {
                None => return Ok(plan),
                Some((row, column)) => {
                    self.kept_apart.insert((row, column));
                    self.instance = self.build()?;
                }
            }
        }
    }

    fn solve_once(&mut self, watch: &mut Watch<'_>) -> Result<Plan, Trouble> {
        let objective = self.how.goal.objective();
        if let Keeping::AllBut(most) = self.how.keeping
            && self.how.goal != Goal::Stable
        {
            let (plan, keep) =
                solver::solve_with_few_changes(&self.instance, objective, &self.present, most)?;
            // What a change costs is a part of the instance in which the plan is the best.
            let instance = self.instance.clone();
            self.instance = instance.with_reference(self.present.clone(), keep)?;
            return Ok(plan);
        }
        Ok(self.run(objective, watch)?.finish())
    }

    /// The plan kept for questions.
    pub(super) fn live(&mut self, watch: &mut Watch<'_>) -> Result<solver::Live, Trouble> {
        let objective = self.how.goal.for_questions().objective();
        loop {
            let run = self.run(objective, watch)?;
            let both_ways = run.plan().and_then(|plan| self.both_ways(&plan.mentors));
            match both_ways {
                None => return run.into_live().ok_or(Trouble::TooLarge),
                Some((row, column)) => {
                    self.kept_apart.insert((row, column));
                    self.instance = self.build()?;
                }
            }
        }
    }

    fn run(&self, objective: Objective, watch: &mut Watch<'_>) -> Result<Run, Trouble> {
        let mut run = Run::new(&self.instance, objective)?;
        loop {
            let progress = run.advance(EFFORT);
            watch.report(progress.done, progress.of)?;
            if progress.stage == Stage::Finished {
                return Ok(run);
            }
        }
    }

    /// A pair of a plan of which the other way round is in the plan too, and which scores less.
    fn both_ways(&self, mentors: &[Option<Mentor>]) -> Option<(usize, usize)> {
        let pairs = mentors.iter().enumerate().filter_map(|(row, mentor)| {
            let column = (*mentor)?.0 as usize;
            let mentee = self.mentees.get(row)?;
            let mentor = self.mentors.get(column)?;
            let is_held = self.locks.contains(&(row, column));
            Some((
                (mentee.person, mentor.person),
                (is_held, self.score_at(row, column), (row, column)),
            ))
        });
        let pairs: BTreeMap<_, _> = pairs.collect();
        let twice = pairs.iter().filter_map(|((mentee, mentor), one)| {
            let other = pairs.get(&(*mentor, *mentee))?;
            Some(one.min(other).2)
        });
        twice.min()
    }
}
