//! Narrow integers where they are large enough, wide ones elsewhere.

use crate::cost::{Cost, Prices, Scale, TooLarge};
use crate::engine::Engine;
use crate::index::{Mentee, Mentor};
use crate::instance::Instance;
use crate::plan::Duals;
use crate::progress::Stage;

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
            $crate::engine::width::AnyEngine::Narrow($engine) => $what,
            $crate::engine::width::AnyEngine::Wide($engine) => $what,
        }
    };
}
pub(crate) use with_engine;

impl AnyEngine {
    pub(crate) fn new(instance: &Instance, scale: &Scale) -> Result<Self, TooLarge> {
        fn engine<C: Cost>(instance: &Instance, scale: &Scale) -> Option<Engine<C>> {
            Prices::of(instance, scale, None).map(|prices| Engine::new(instance, prices))
        }
        engine(instance, scale)
            .map(Self::Narrow)
            .or_else(|| engine(instance, scale).map(Self::Wide))
            .ok_or(TooLarge)
    }

    /// Forbids all pairs below a score, before anybody was looked at.
    pub(crate) fn set_floor(&mut self, floor: i32) {
        with_engine!(self, engine => engine.set_floor(floor));
    }

    pub(crate) fn looked(&self) -> u64 {
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
