//! A plan that is kept best while people are locked, forbidden, withdrawn and given places.
//!
//! Each change takes out what it touches, lets others move up, and seats again whoever stands:
//! one or two chains of moves instead of a new solution, with the same result.

use std::sync::Arc;

use crate::cost::{Difference, Scale, TooLarge};
use crate::engine::width::{AnyEngine, with_engine};
use crate::index::{Key, Mentee, Mentor};
use crate::instance::{Instance, InstanceError};
use crate::plan::{Certificate, Move, Objective, Plan, Value, moves};
use crate::progress::Stage;
use crate::score::SCORE_LIMIT;

/// One change to an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Locks a pair, wherever the two stand now.
    Lock(Mentee, Mentor),
    /// Takes the lock off a mentee.
    Unlock(Mentee),
    /// Forbids a pair.
    Forbid(Mentee, Mentor),
    /// Allows a pair at this score, or gives it another score.
    Allow(Mentee, Mentor, i32),
    /// Gives a mentor so many places.
    Capacity(Mentor, u32),
    /// A mentee withdraws; a lock on them ends.
    Withdraw(Mentee),
    /// A mentee comes back.
    Restore(Mentee),
    /// A mentor has no more places; locks on them end. `Capacity` brings them back.
    Lose(Mentor),
}

/// Why a change is not possible. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeError {
    /// The instance would be malformed.
    Instance(InstanceError),
    /// The pair is locked; unlock it first.
    Locked(Mentee, Mentor),
    /// The mentee is not locked.
    NotLocked(Mentee),
    /// The mentee has withdrawn already.
    Withdrawn(Mentee),
    /// The mentee is present already.
    Present(Mentee),
    /// The score lies outside ±[`SCORE_LIMIT`].
    Score(i32),
    /// The instance would be too large for exact arithmetic.
    TooLarge,
}

impl std::error::Error for ChangeError {}

impl std::fmt::Display for ChangeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Instance(error) => error.fmt(f),
            Self::Locked(mentee, mentor) => {
                write!(f, "mentee {} is locked to mentor {}", mentee.0, mentor.0)
            }
            Self::NotLocked(mentee) => write!(f, "mentee {} is not locked", mentee.0),
            Self::Withdrawn(mentee) => write!(f, "mentee {} has withdrawn already", mentee.0),
            Self::Present(mentee) => write!(f, "mentee {} is present already", mentee.0),
            Self::Score(score) => write!(f, "score {score} is outside ±{SCORE_LIMIT}"),
            Self::TooLarge => TooLarge.fmt(f),
        }
    }
}

impl From<InstanceError> for ChangeError {
    fn from(error: InstanceError) -> Self {
        Self::Instance(error)
    }
}

impl From<TooLarge> for ChangeError {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Why there is no live plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveError {
    /// The objective is no sum over the pairs: after a change it is solved anew.
    NotASum(Objective),
    /// The instance is too large for exact arithmetic.
    TooLarge,
}

impl std::error::Error for LiveError {}

impl std::fmt::Display for LiveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotASum(objective) => write!(f, "{objective:?} is no sum over the pairs"),
            Self::TooLarge => TooLarge.fmt(f),
        }
    }
}

/// What changes would lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The figures after the changes.
    pub value: Value,
    /// How they differ from those before.
    pub difference: Difference,
    /// Whose mentor would be another.
    pub moves: Vec<Move>,
}

/// An instance with its best plan.
///
/// A clone is cheap next to the table of scores, which clones share.
#[derive(Clone, Debug)]
pub struct Live {
    pub(crate) instance: Instance,
    objective: Objective,
    pub(crate) scale: Scale,
    pub(crate) engine: AnyEngine,
}

impl Live {
    /// Solves an instance and keeps what is needed to go on from there.
    ///
    /// # Errors
    /// An objective that is no sum, or an instance too large for exact arithmetic.
    pub fn new(instance: Instance, objective: Objective) -> Result<Self, LiveError> {
        if !objective.is_sum() {
            return Err(LiveError::NotASum(objective));
        }
        Self::solved(instance, objective).map_err(|TooLarge| LiveError::TooLarge)
    }

    fn solved(instance: Instance, objective: Objective) -> Result<Self, TooLarge> {
        let range = instance.scores().range().unwrap_or((0, 0));
        let scale = Scale::of(&instance, objective, range)?;
        let mut engine = AnyEngine::new(&instance, &scale)?;
        for stage in [Stage::Greet, Stage::Seat] {
            for at in 0..instance.n_mentees() {
                engine.take(&instance, Mentee::of(at), stage);
            }
        }
        Ok(Self::of(instance, objective, scale, engine))
    }

    /// A solved instance.
    pub(crate) fn of(
        instance: Instance,
        objective: Objective,
        scale: Scale,
        engine: AnyEngine,
    ) -> Self {
        Self {
            instance,
            objective,
            scale,
            engine,
        }
    }

    /// The instance as it is after all changes.
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The mentor of each mentee in the best plan.
    pub fn mentors(&self) -> Vec<Option<Mentor>> {
        self.engine.mentors(&self.instance)
    }

    /// The best plan, with its proof.
    pub fn plan(&self) -> Plan {
        let mentors = self.mentors();
        Plan {
            objective: self.objective,
            value: Value::of(&self.instance, &mentors),
            mentors,
            certificate: Certificate::Duals(self.engine.duals(self.scale.range)),
        }
    }

    /// Makes a change and finds the best plan again; gives whose mentor is another now.
    ///
    /// # Errors
    /// A change that is not possible; nothing is changed then.
    pub fn apply(&mut self, change: Change) -> Result<Vec<Move>, ChangeError> {
        let before = self.mentors();
        match change {
            Change::Lock(mentee, mentor) => self.lock(mentee, mentor)?,
            Change::Unlock(mentee) => self.unlock(mentee)?,
            Change::Forbid(mentee, mentor) => self.forbid(mentee, mentor)?,
            Change::Allow(mentee, mentor, score) => self.allow(mentee, mentor, score)?,
            Change::Capacity(mentor, places) => self.set_capacity(mentor, places)?,
            Change::Withdraw(mentee) => self.withdraw(mentee)?,
            Change::Restore(mentee) => self.restore(mentee)?,
            Change::Lose(mentor) => self.lose(mentor)?,
        }
        Ok(moves(&before, &self.mentors()))
    }

    /// What these changes, made one after the other, would lead to. Nothing is changed.
    ///
    /// # Errors
    /// A change that is not possible.
    pub fn what_if(&self, changes: &[Change]) -> Result<Outcome, ChangeError> {
        let mut other = self.clone();
        for change in changes {
            other.apply(*change)?;
        }
        let (before, after) = (self.mentors(), other.mentors());
        let value = Value::of(&other.instance, &after);
        let difference = Value::of(&self.instance, &before);
        Ok(Outcome {
            difference: self.scale.between(&difference, &value),
            value,
            moves: moves(&before, &after),
        })
    }

    fn lock(&mut self, mentee: Mentee, mentor: Mentor) -> Result<(), ChangeError> {
        let mut instance = self.instance.clone();
        instance.lock(mentee, mentor)?;
        with_engine!(&mut self.engine, engine => {
            engine.leave(&self.instance, mentee);
            engine.fit_places(&instance, mentor);
        });
        self.instance = instance;
        Ok(())
    }

    fn unlock(&mut self, mentee: Mentee) -> Result<(), ChangeError> {
        self.instance.check_mentee(mentee)?;
        let mentor = self.instance.locked[mentee].ok_or(ChangeError::NotLocked(mentee))?;
        self.free(mentee, mentor);
        with_engine!(&mut self.engine, engine => {
            engine.fit_places(&self.instance, mentor);
            engine.enter(&self.instance, mentee);
        });
        Ok(())
    }

    fn forbid(&mut self, mentee: Mentee, mentor: Mentor) -> Result<(), ChangeError> {
        self.check_pair(mentee, mentor)?;
        if self.instance.locked[mentee] == Some(mentor) {
            return Err(ChangeError::Locked(mentee, mentor));
        }
        let is_pair = with_engine!(&self.engine, engine => {
            engine.mentor_of(&self.instance, mentee) == Some(mentor)
        });
        if is_pair {
            self.set_score(mentee, mentor, None);
        } else {
            Arc::make_mut(&mut self.instance.scores).set(mentee, mentor, None);
            with_engine!(&mut self.engine, engine => {
                engine.forget_pair(&self.instance, mentee, mentor);
            });
        }
        Ok(())
    }

    fn allow(&mut self, mentee: Mentee, mentor: Mentor, score: i32) -> Result<(), ChangeError> {
        self.check_pair(mentee, mentor)?;
        if !(-SCORE_LIMIT..=SCORE_LIMIT).contains(&score) {
            return Err(ChangeError::Score(score));
        }
        if (self.scale.range.0..=self.scale.range.1).contains(&score) {
            self.set_score(mentee, mentor, Some(score));
            return Ok(());
        }
        // The units of the costs do not reach as far.
        let mut instance = self.instance.clone();
        Arc::make_mut(&mut instance.scores).set(mentee, mentor, Some(score));
        *self = Self::solved(instance, self.objective)?;
        Ok(())
    }

    fn set_capacity(&mut self, mentor: Mentor, places: u32) -> Result<(), ChangeError> {
        self.instance.check_mentor(mentor)?;
        if places < self.instance.n_locked[mentor] {
            return Err(InstanceError::LocksAboveCapacity(mentor).into());
        }
        self.instance.capacity[mentor] = places;
        with_engine!(&mut self.engine, engine => engine.fit_places(&self.instance, mentor));
        Ok(())
    }

    fn withdraw(&mut self, mentee: Mentee) -> Result<(), ChangeError> {
        self.instance.check_mentee(mentee)?;
        if !self.instance.is_present[mentee] {
            return Err(ChangeError::Withdrawn(mentee));
        }
        self.instance.is_present[mentee] = false;
        match self.instance.locked[mentee] {
            Some(mentor) => {
                self.free(mentee, mentor);
                with_engine!(&mut self.engine, engine => {
                    engine.fit_places(&self.instance, mentor);
                });
            }
            None => with_engine!(&mut self.engine, engine => engine.leave(&self.instance, mentee)),
        }
        Ok(())
    }

    fn restore(&mut self, mentee: Mentee) -> Result<(), ChangeError> {
        self.instance.check_mentee(mentee)?;
        if self.instance.is_present[mentee] {
            return Err(ChangeError::Present(mentee));
        }
        self.instance.is_present[mentee] = true;
        with_engine!(&mut self.engine, engine => engine.enter(&self.instance, mentee));
        Ok(())
    }

    fn lose(&mut self, mentor: Mentor) -> Result<(), ChangeError> {
        self.instance.check_mentor(mentor)?;
        let locked = self.instance.locked.iter();
        let parted: Vec<Mentee> = locked
            .filter_map(|(mentee, locked)| (*locked == Some(mentor)).then_some(mentee))
            .collect();
        for &mentee in &parted {
            self.free(mentee, mentor);
        }
        self.instance.capacity[mentor] = 0;
        with_engine!(&mut self.engine, engine => {
            engine.fit_places(&self.instance, mentor);
            for mentee in parted {
                engine.enter(&self.instance, mentee);
            }
        });
        Ok(())
    }

    /// Takes a lock off in the instance.
    fn free(&mut self, mentee: Mentee, mentor: Mentor) {
        self.instance.locked[mentee] = None;
        self.instance.n_locked[mentor] -= 1;
    }

    /// Sets a score within the range and seats the mentee anew.
    fn set_score(&mut self, mentee: Mentee, mentor: Mentor, score: Option<i32>) {
        let is_free = self.instance.is_free(mentee);
        if is_free {
            with_engine!(&mut self.engine, engine => engine.leave(&self.instance, mentee));
        }
        Arc::make_mut(&mut self.instance.scores).set(mentee, mentor, score);
        with_engine!(&mut self.engine, engine => {
            engine.forget(mentee);
            if is_free {
                engine.enter(&self.instance, mentee);
            }
        });
    }

    fn check_pair(&self, mentee: Mentee, mentor: Mentor) -> Result<(), ChangeError> {
        self.instance.check_mentee(mentee)?;
        Ok(self.instance.check_mentor(mentor)?)
    }
}
