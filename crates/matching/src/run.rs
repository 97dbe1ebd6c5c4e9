//! Finds the best plan in steps of a chosen size, so that a Web Worker gets to read its messages in
//! between.

use crate::cost::{Scale, TooLarge};
use crate::engine::width::AnyEngine;
use crate::floor::{FloorProof, FloorSearch};
use crate::index::{Key, Mentee};
use crate::instance::Instance;
use crate::live::Live;
use crate::plan::{Certificate, Objective, Plan, Value};
use crate::progress::{Progress, Stage};
use crate::stable::Proposals;

/// A search for the best plan that can be interrupted after each step.
#[derive(Clone, Debug)]
pub struct Run {
    instance: Instance,
    objective: Objective,
    work: Work,
}

#[derive(Clone, Debug)]
enum Work {
    /// The run that follows stands ready.
    Floor(Box<FloorSearch>, Box<SumRun>),
    Sum(Box<SumRun>),
    Proposals(Proposals),
    Finished(Box<Finished>),
}

/// What a run leaves behind.
#[derive(Clone, Debug)]
struct Finished {
    plan: Plan,
    looked: u64,
    /// What a live plan goes on from, if the objective is a sum.
    sum: Option<Box<SumRun>>,
}

impl Run {
    /// Prepares a run; nothing is searched yet.
    ///
    /// # Errors
    /// An instance too large for exact arithmetic.
    pub fn new(instance: &Instance, objective: Objective) -> Result<Self, TooLarge> {
        let work = match objective {
            Objective::Balanced | Objective::Total => {
                Work::Sum(Box::new(SumRun::new(instance, objective)?))
            }
            Objective::MaxMin => {
                let run = Box::new(SumRun::new(instance, objective)?);
                Work::Floor(Box::new(FloorSearch::new(instance)), run)
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
            Work::Floor(search, _) => (Stage::Floor, search.n_pairs() as usize, search.looked()),
            Work::Sum(run) => (run.stage(), run.next, run.looked()),
            Work::Proposals(proposals) => (
                Stage::Propose,
                of.saturating_sub(proposals.n_waiting()),
                proposals.looked,
            ),
            Work::Finished(finished) => (Stage::Finished, of, finished.looked),
        };
        Progress {
            stage,
            done,
            of,
            looked,
        }
    }

    /// The plan, once the run is finished.
    pub fn plan(&self) -> Option<&Plan> {
        match &self.work {
            Work::Finished(finished) => Some(&finished.plan),
            Work::Floor(..) | Work::Sum(_) | Work::Proposals(_) => None,
        }
    }

    /// Goes on to the end.
    pub fn finish(mut self) -> Plan {
        loop {
            if let Work::Finished(finished) = self.work {
                return finished.plan;
            }
            self.step();
        }
    }

    /// Keeps the plan of a finished run for changes to follow, if its objective is a sum.
    pub fn into_live(self) -> Option<Live> {
        match self.work {
            Work::Finished(finished) => {
                let SumRun { engine, scale, .. } = *finished.sum?;
                Some(Live::of(self.instance, self.objective, scale, engine))
            }
            Work::Floor(..) | Work::Sum(_) | Work::Proposals(_) => None,
        }
    }

    /// Does the least that can be done at once; says whether more is to do.
    fn step(&mut self) -> bool {
        let instance = &self.instance;
        match &mut self.work {
            Work::Floor(search, run) => {
                if !search.step(instance) {
                    let (floor, proof) = search.found(instance);
                    let mut run = run.clone();
                    run.engine.set_floor(floor);
                    run.proof = Some(proof);
                    run.looked = search.looked();
                    self.work = Work::Sum(run);
                }
                true
            }
            Work::Sum(run) => {
                if !run.step(instance) {
                    self.work = Work::Finished(Box::new(Finished {
                        plan: run.plan(instance, self.objective),
                        looked: run.looked(),
                        sum: self.objective.is_sum().then(|| run.clone()),
                    }));
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
                    self.work = Work::Finished(Box::new(Finished {
                        plan,
                        looked: proposals.looked,
                        sum: None,
                    }));
                }
                true
            }
            Work::Finished(_) => false,
        }
    }
}

/// A run for an objective that is a sum.
#[derive(Clone, Debug)]
struct SumRun {
    engine: AnyEngine,
    scale: Scale,
    is_greeting: bool,
    next: usize,
    proof: Option<FloorProof>,
    /// How many pairs were looked at before.
    looked: u64,
}

impl SumRun {
    fn new(instance: &Instance, objective: Objective) -> Result<Self, TooLarge> {
        let range = instance.scores().range().unwrap_or((0, 0));
        let scale = Scale::of(instance, objective, range)?;
        Ok(Self {
            engine: AnyEngine::new(instance, &scale)?,
            scale,
            is_greeting: true,
            next: 0,
            proof: None,
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
        let duals = self.engine.duals(self.scale.range);
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
