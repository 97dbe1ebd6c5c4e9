//! The questions, and the one function that answers them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tandem_matching::{
    CancelToken, ChangeError, InstanceError, KeepError, ScoreError, SolveError, TooLarge,
};

use super::explain::{PairAnswer, PersonAnswer, pair, person};
use super::firm::{Firmness, firmness};
use super::places::{LossAnswer, MorePlace, loss, more_places};
use super::plan::{Figures, PlanAnswer};
use super::setup::Setup;
use super::supply::{AreaStand, areas};
use super::wanted::{Goal, How, Problem};
use crate::id::ApplicationId;

/// What a committee wants to know of its board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// The best plan for each of these goals, side by side.
    Plans {
        /// Which.
        goals: Vec<Goal>,
    },
    /// Why somebody is where they are, and what else could be.
    Person {
        /// A mentee or a mentor.
        who: ApplicationId,
    },
    /// Why the two are a pair, or are not.
    Pair {
        /// The mentee.
        mentee: ApplicationId,
        /// The mentor.
        mentor: ApplicationId,
    },
    /// Whom to ask for one more place.
    MorePlaces,
    /// What if this mentor is lost.
    WithoutMentor {
        /// Whom.
        mentor: ApplicationId,
    },
    /// How firmly each pair of the plan stands.
    Firmness,
}

/// The answer to a question of the same name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Plans, and how the board stands now.
    Plans {
        /// How the board stands.
        now: Figures,
        /// One plan for each goal that was asked for.
        plans: Vec<PlanAnswer>,
        /// How the areas stand under the first plan.
        areas: Vec<AreaStand>,
    },
    /// One person.
    Person(Box<PersonAnswer>),
    /// One pair.
    Pair(Box<PairAnswer>),
    /// Whom to ask, the best first.
    MorePlaces {
        /// The mentors.
        mentors: Vec<MorePlace>,
    },
    /// What the loss would mean.
    WithoutMentor(LossAnswer),
    /// How firmly each mentee's place stands.
    Firmness {
        /// By mentee.
        mentees: Vec<Firmness>,
    },
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Too many people for exact arithmetic.
    #[error("the board is too large")]
    TooLarge,
    /// Nobody waits for the answer any longer.
    #[error("it was cancelled")]
    Cancelled,
    /// The fewest are unmatched only if this many people change.
    #[error("at least {fewest} people have to change")]
    NeedsChanges {
        /// How many.
        fewest: u32,
    },
    /// Somebody who is not on the board, or may not be paired.
    #[error("nobody of this name may be paired")]
    Nobody(ApplicationId),
    /// The board does not fit together, such as scores outside their range.
    #[error("the board does not fit together: {0}")]
    Unsound(String),
}

/// How far an answer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The part that is being worked on, from 1.
    pub step: u32,
    /// How many parts there are.
    pub steps: u32,
    /// How much of this part is done.
    pub done: u32,
    /// Of how much.
    pub of: u32,
}

/// Who waits for an answer: hears how far it has come, and can stop it.
pub struct Watch<'a> {
    token: &'a CancelToken,
    on_progress: &'a mut dyn FnMut(Progress),
    step: u32,
    steps: u32,
}

impl<'a> Watch<'a> {
    /// Reports to a function, and stops when the token is cancelled.
    pub fn new(token: &'a CancelToken, on_progress: &'a mut dyn FnMut(Progress)) -> Self {
        Self {
            token,
            on_progress,
            step: 1,
            steps: 1,
        }
    }

    pub(super) fn report(&mut self, done: usize, of: usize) -> Result<(), Trouble> {
        if self.token.is_cancelled() {
            return Err(Trouble::Cancelled);
        }
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (self.on_progress)(Progress {
            step: self.step,
            steps: self.steps,
            done: small(done),
            of: small(of),
        });
        Ok(())
    }
}

/// Answers a question about a board.
pub fn answer(
    problem: &Problem,
    how: How,
    question: &Question,
    watch: &mut Watch<'_>,
) -> Result<Answer, Trouble> {
    match question {
        Question::Plans { goals } => plans(problem, how, goals, watch),
        Question::Person { who } => {
            person(problem, how, *who, watch).map(|answer| Answer::Person(Box::new(answer)))
        }
        Question::Pair { mentee, mentor } => {
            let answer = pair(problem, how, (*mentee, *mentor), watch)?;
            Ok(Answer::Pair(Box::new(answer)))
        }
        Question::MorePlaces => {
            more_places(problem, how, watch).map(|mentors| Answer::MorePlaces { mentors })
        }
        Question::WithoutMentor { mentor } => {
            loss(problem, how, *mentor, watch).map(Answer::WithoutMentor)
        }
        Question::Firmness => {
            firmness(problem, how, watch).map(|mentees| Answer::Firmness { mentees })
        }
    }
}

fn plans(
    problem: &Problem,
    how: How,
    goals: &[Goal],
    watch: &mut Watch<'_>,
) -> Result<Answer, Trouble> {
    let mut setup = Setup::new(problem, how)?;
    let now = setup.figures_now();
    let mut plans = Vec::new();
    let mut seen = BTreeSet::new();
    watch.steps = u32::try_from(goals.len()).unwrap_or(u32::MAX);
    for (step, goal) in (1..).zip(goals) {
        watch.step = step;
        if seen.insert(*goal) {
            setup.aim(*goal)?;
            plans.push(setup.plan(watch)?);
        }
    }
    let unmatched = plans.first().map(|plan| plan.unmatched.iter().copied());
    let unmatched = unmatched.into_iter().flatten().collect();
    Ok(Answer::Plans {
        now,
        areas: areas(&problem.candidates, &unmatched),
        plans,
    })
}

impl From<TooLarge> for Trouble {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl From<SolveError> for Trouble {
    fn from(error: SolveError) -> Self {
        match error {
            SolveError::TooLarge => Self::TooLarge,
            SolveError::Cancelled => Self::Cancelled,
        }
    }
}

impl From<KeepError> for Trouble {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Needs(fewest) => Self::NeedsChanges { fewest },
            KeepError::TooLarge => Self::TooLarge,
            KeepError::Instance(error) => error.into(),
        }
    }
}

impl From<InstanceError> for Trouble {
    fn from(error: InstanceError) -> Self {
        Self::Unsound(error.to_string())
    }
}

impl From<ScoreError> for Trouble {
    fn from(error: ScoreError) -> Self {
        Self::Unsound(error.to_string())
    }
}

impl From<ChangeError> for Trouble {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::TooLarge => Self::TooLarge,
            error => Self::Unsound(error.to_string()),
        }
    }
}
