//! Finds the best plan, in steps of a chosen size.
//!
//! A [`Run`] can be advanced a little at a time, so that a Web Worker gets to read its messages in
//! between; [`solve`] runs it to the end, [`solve_watched`] reports and can be cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cost::{Cost, Prices, Scale, TooLarge};
use crate::engine::Engine;
use crate::flow::Flow;
use crate::index::{Key, Mentee, Mentor};
use crate::instance::Instance;
use crate::plan::{Certificate, Cover, Duals, Objective, Plan, Value};
use crate::stable::Proposals;

/// Between two looks at the token: pairs looked at.
const EFFORT: u64 = 200_000;

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many people of this stage are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// How many pairs were looked at so far.
    pub looked: u64,
}

/// The parts of a run, in order; not every objective has all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Max-min: how high the lowest score can be.
    Floor,
    /// The best pairs of each mentee.
    Greet,
    /// Chains of moves, mentee by mentee.
    Seat,
    /// Fewest blocking pairs: mentees who have still to propose.
    Propose,
    /// Everything is done.
    Finished,
}

/// Says that nobody waits for a plan any longer. Clones are the same token.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// A token that was not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels every run that has a clone of this token.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the token was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// The instance is too large for exact arithmetic.
    TooLarge,
    /// The token was cancelled.
    Cancelled,
}

impl std::error::Error for SolveError {}

impl std::fmt::Display for SolveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => TooLarge.fmt(f),
            Self::Cancelled => f.write_str("the run was cancelled"),
        }
    }
}

impl From<TooLarge> for SolveError {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Finds the best plan.
///
/// # Errors
/// An instance too large for exact arithmetic. Ten thousand mentees with scores across the whole
/// range are not.
pub fn solve(instance: &Instance, objective: Objective) -> Result<Plan, TooLarge> {
    let mut run = Run::new(instance, objective)?;
    while run.advance(u64::MAX).stage != Stage::Finished {}
    Ok(run.plan().unwrap_or_else(|| empty(objective)))
}

/// Finds the best plan; reports each step and stops when the token is cancelled.
///
/// # Errors
/// An instance too large for exact arithmetic, or a cancelled token.
pub fn solve_watched(
    instance: &Instance,
    objective: Objective,
    token: &CancelToken,
    mut on_progress: impl FnMut(Progress),
) -> Result<Plan, SolveError> {
    let mut run = Run::new(instance, objective)?;
    loop {
        if token.is_cancelled() {
            return Err(SolveError::Cancelled);
        }
        let progress = run.advance(EFFORT);
        on_progress(progress);
        if progress.stage == Stage::Finished {
            return Ok(run.plan().unwrap_or_else(|| empty(objective)));
        }
    }
}

fn empty(objective: Objective) -> Plan {
    Plan {
        objective,
        mentors: Vec::new(),
        value: Value::default(),
        certificate: Certificate::NoBlockingPair,
    }
}

/// A search for the best plan that can be interrupted after each step.
#[derive(Clone, Debug)]
pub struct Run {
    instance: Instance,
    objective: Objective,
    work: Work,
}

#[derive(Clone, Debug)]
enum Work {
    Floor(Box<FloorSearch>),
    Sum(Box<SumRun>),
    Proposals(Proposals),
    Finished(Box<Plan>, u64),
}

impl Run {
    /// Prepares a run; nothing is searched yet.
    ///
    /// # Errors
    /// An instance too large for exact arithmetic.
    pub fn new(instance: &Instance, objective: Objective) -> Result<Self, TooLarge> {
        let work = match objective {
            Objective::Balanced | Objective::Total => {
                Work::Sum(Box::new(SumRun::new(instance, objective, None, None)?))
            }
            Objective::MaxMin => {
                // The floor that is still to be found changes no unit.
                Scale::of(
                    instance,
                    objective,
                    instance.scores().range().unwrap_or((0, 0)),
                )?;
                Work::Floor(Box::new(FloorSearch::new(instance)))
            }
            Objective::FewestBlockingPairs => Work::Proposals(Proposals::new(instance)),
        };
        Ok(Self {
            instance: instance.clone(),
            objective,
            work,
        })
    }

    /// Goes on until about so many pairs were looked at, or until the plan is found.
    pub fn advance(&mut self, effort: u64) -> Progress {
        let enough = self.progress().looked.saturating_add(effort);
        while self.step() {
            if self.progress().looked >= enough {
                break;
            }
        }
        self.progress()
    }

    /// How far the run has come.
    pub fn progress(&self) -> Progress {
        let of = self.instance.n_mentees();
        let (stage, done, looked) = match &self.work {
            Work::Floor(search) => (
                Stage::Floor,
                search.flow.n_pairs() as usize,
                search.looked(),
            ),
            Work::Sum(run) => (run.stage(), run.next, run.looked()),
            Work::Proposals(proposals) => (
                Stage::Propose,
                of.saturating_sub(proposals.n_waiting()),
                proposals.looked,
            ),
            Work::Finished(_, looked) => (Stage::Finished, of, *looked),
        };
        Progress {
            stage,
            done,
            of,
            looked,
        }
    }

    /// The plan, once the run is finished.
    pub fn plan(self) -> Option<Plan> {
        match self.work {
            Work::Finished(plan, _) => Some(*plan),
            Work::Floor(_) | Work::Sum(_) | Work::Proposals(_) => None,
        }
    }

    /// Does the least that can be done at once; says whether more is to do.
    fn step(&mut self) -> bool {
        let instance = &self.instance;
        match &mut self.work {
            Work::Floor(search) => {
                if !search.step(instance) {
                    let (floor, proof) = search.found(instance);
                    // The scale was found to fit when the run was made.
                    if let Ok(mut run) = SumRun::new(instance, self.objective, floor, Some(proof)) {
                        run.looked = search.looked();
                        self.work = Work::Sum(Box::new(run));
                    }
                }
                true
            }
            Work::Sum(run) => {
                if !run.step(instance) {
                    let plan = run.plan(instance, self.objective);
                    self.work = Work::Finished(Box::new(plan), run.looked());
                }
                true
            }
            Work::Proposals(proposals) => {
                if !proposals.step(instance) {
                    let mentors = proposals.mentors(instance);
                    let plan = Plan {
                        objective: self.objective,
                        value: Value::of(instance, &mentors),
                        mentors,
                        certificate: Certificate::NoBlockingPair,
                    };
                    self.work = Work::Finished(Box::new(plan), proposals.looked);
                }
                true
            }
            Work::Finished(..) => false,
        }
    }
}

/// An engine that counts in the smallest integers that are large enough.
#[derive(Clone, Debug)]
pub(crate) enum AnyEngine {
    Narrow(Engine<i64>),
    Wide(Engine<i128>),
}

/// Does the same with an engine of either width.
macro_rules! with_engine {
    ($any:expr, $engine:ident => $what:expr) => {
        match $any {
            $crate::solve::AnyEngine::Narrow($engine) => $what,
            $crate::solve::AnyEngine::Wide($engine) => $what,
        }
    };
}
pub(crate) use with_engine;

impl AnyEngine {
    pub(crate) fn new(
        instance: &Instance,
        scale: &Scale,
        floor: Option<i32>,
    ) -> Result<Self, TooLarge> {
        fn engine<C: Cost>(
            instance: &Instance,
            scale: &Scale,
            floor: Option<i32>,
        ) -> Option<Engine<C>> {
            Prices::of(instance, scale, floor).map(|prices| Engine::new(instance, prices))
        }
        engine(instance, scale, floor)
            .map(Self::Narrow)
            .or_else(|| engine(instance, scale, floor).map(Self::Wide))
            .ok_or(TooLarge)
    }

    fn looked(&self) -> u64 {
        with_engine!(self, engine => engine.looked())
    }

    pub(crate) fn mentors(&self, instance: &Instance) -> Vec<Option<Mentor>> {
        with_engine!(self, engine => engine.mentors(instance))
    }

    pub(crate) fn duals(&self, range: (i32, i32)) -> Duals {
        let (mentees, places) = with_engine!(self, engine => engine.duals());
        Duals {
            range,
            mentees,
            places,
        }
    }

    /// Greets, or seats, a mentee.
    pub(crate) fn take(&mut self, instance: &Instance, mentee: Mentee, stage: Stage) {
        with_engine!(self, engine => match stage {
            Stage::Greet => engine.greet(instance, mentee),
            _ => engine.seat(instance, mentee),
        });
    }
}

/// The covers of a max-min plan.
#[derive(Clone, Debug)]
struct FloorProof {
    fewest_unmatched: Cover,
    greatest_lowest: Option<Cover>,
}

/// A run for an objective that is a sum.
#[derive(Clone, Debug)]
struct SumRun {
    engine: AnyEngine,
    is_greeting: bool,
    next: usize,
    proof: Option<FloorProof>,
    /// The lowest and the highest score.
    range: (i32, i32),
    /// How many pairs were looked at before.
    looked: u64,
}

impl SumRun {
    fn new(
        instance: &Instance,
        objective: Objective,
        floor: Option<i32>,
        proof: Option<FloorProof>,
    ) -> Result<Self, TooLarge> {
        let range = instance.scores().range().unwrap_or((0, 0));
        let scale = Scale::of(instance, objective, range)?;
        Ok(Self {
            engine: AnyEngine::new(instance, &scale, floor)?,
            is_greeting: true,
            next: 0,
            proof,
            range,
            looked: 0,
        })
    }

    fn looked(&self) -> u64 {
        self.looked + self.engine.looked()
    }

    fn stage(&self) -> Stage {
        if self.is_greeting {
            Stage::Greet
        } else {
            Stage::Seat
        }
    }

    fn step(&mut self, instance: &Instance) -> bool {
        if self.next < instance.n_mentees() {
            let mentee = Mentee::of(self.next);
            self.engine.take(instance, mentee, self.stage());
            self.next += 1;
            return true;
        }
        let was_greeting = self.is_greeting;
        self.is_greeting = false;
        self.next = 0;
        was_greeting
    }

    fn plan(&mut self, instance: &Instance, objective: Objective) -> Plan {
        let mentors = self.engine.mentors(instance);
        let duals = self.engine.duals(self.range);
        Plan {
            objective,
            value: Value::of(instance, &mentors),
            mentors,
            certificate: match self.proof.take() {
                None => Certificate::Duals(duals),
                Some(proof) => Certificate::MaxMin {
                    fewest_unmatched: proof.fewest_unmatched,
                    greatest_lowest: proof.greatest_lowest,
                    duals,
                },
            },
        }
    }
}

/// Looks for the highest floor that leaves as many pairs as there can be: by halving.
#[derive(Clone, Debug)]
struct FloorSearch {
    /// The flow that is being made.
    flow: Flow,
    /// The best pairs above a floor that is not too high.
    best: Option<Flow>,
    /// Why there are not more pairs; there once the first flow is done.
    fewest_unmatched: Option<Cover>,
    n_unmatched: u32,
    /// A floor that is not too high, and one that is.
    low: i32,
    high: i32,
    /// The floor being tried.
    tried: i32,
    looked: u64,
}

impl FloorSearch {
    fn new(instance: &Instance) -> Self {
        let (low, high) = instance.scores().range().unwrap_or((0, 0));
        let locked = instance.locked.iter();
        let of_locks =
            locked.filter_map(|(mentee, mentor)| instance.scores().get(mentee, (*mentor)?));
        // A floor above the lowest lock is of no use: the lock stays.
        let high = of_locks.min().unwrap_or(high);
        Self {
            flow: Flow::new(instance, low, None),
            best: None,
            fewest_unmatched: None,
            n_unmatched: 0,
            low,
            high: high + 1,
            tried: low,
            looked: 0,
        }
    }

    fn looked(&self) -> u64 {
        self.looked + self.flow.looked
    }

    /// Tries one more mentee; says whether the floor is still to be found.
    fn step(&mut self, instance: &Instance) -> bool {
        let has_more = self.flow.step(instance);
        let is_too_high =
            self.fewest_unmatched.is_some() && self.flow.n_unmatched() > self.n_unmatched;
        if has_more && !is_too_high {
            return true;
        }
        if is_too_high {
            self.high = self.tried;
        } else {
            if self.fewest_unmatched.is_none() {
                self.fewest_unmatched = Some(self.flow.cover(instance));
                self.n_unmatched = self.flow.n_unmatched();
            }
            self.low = self.tried;
            self.best = Some(self.flow.clone());
        }
        if self.high - self.low <= 1 {
            return false;
        }
        self.looked += self.flow.looked;
        self.tried = self.low + (self.high - self.low) / 2;
        self.flow = Flow::new(instance, self.tried, self.best.as_ref());
        true
    }

    /// The floor, and the proof that it is the highest.
    fn found(&mut self, instance: &Instance) -> (Option<i32>, FloorProof) {
        let above = Flow::new(instance, self.high, self.best.as_ref()).finish(instance);
        let n_pairs = self.best.as_ref().map_or(0, Flow::n_pairs);
        let greatest_lowest = (above.n_pairs() < n_pairs).then(|| above.cover(instance));
        let proof = FloorProof {
            fewest_unmatched: self.fewest_unmatched.take().unwrap_or_default(),
            greatest_lowest,
        };
        (Some(self.low), proof)
    }
}
