//! What else could be, and what it would cost: answers a committee asks for.

use std::ops::ControlFlow;

use crate::cost::{Cost, Difference};
use crate::engine::Engine;
use crate::engine::residual::Way;
use crate::engine::width::with_engine;
use crate::index::{Column, Key, Mentee, Mentor};
use crate::instance::Instance;
use crate::live::Live;
use crate::plan::Move;

/// Another pair that could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The mentee of the pair.
    pub mentee: Mentee,
    /// The mentor of the pair.
    pub mentor: Mentor,
    /// The score of the pair.
    pub score: i32,
    /// What the cohort loses if the pair is made and all others are paired as well as can be.
    /// Exact, and zero for a pair of the plan.
    pub regret: Difference,
    /// Who would move, beginning with the mentee of the pair.
    pub moves: Vec<Move>,
}

/// What one more place with a mentor would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorePlace {
    /// Who would have one place more.
    pub mentor: Mentor,
    /// How the plan would change; the less the better.
    pub gain: Difference,
    /// Who would move: the first of them into the place that is new.
    pub chain: Vec<Move>,
}

impl Live {
    /// The mentors who suit a mentee best, whatever it means for others.
    pub fn best_mentors(&self, mentee: Mentee, count: usize) -> Vec<(Mentor, i32)> {
        if self.instance.check_mentee(mentee).is_err() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let scores = self.instance.scores();
        scores.each_of_mentee(mentee, |mentor, score| found.push((mentor, score)));
        let draw = |mentor| self.instance.ties.draw(mentee, mentor);
        found.sort_by_key(|&(mentor, score)| (-score, draw(mentor), mentor));
        found.truncate(count);
        found
    }

    /// The mentees who suit a mentor best, whatever it means for others.
    pub fn best_mentees(&self, mentor: Mentor, count: usize) -> Vec<(Mentee, i32)> {
        if self.instance.check_mentor(mentor).is_err() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let scores = self.instance.scores();
        scores.each_of_mentor(mentor, |mentee, score| {
            if self.instance.is_present(mentee) {
                found.push((mentee, score));
            }
        });
        let draw = |mentee| self.instance.ties.draw(mentee, mentor);
        found.sort_by_key(|&(mentee, score)| (-score, draw(mentee), mentee));
        found.truncate(count);
        found
    }

    /// The pairs for a mentee that cost the cohort least, the present one first.
    ///
    /// None for a mentee who is locked or withdrawn; without mentors whose places are all locked.
    pub fn kindest_mentors(&self, mentee: Mentee, count: usize) -> Vec<Alternative> {
        if self.instance.check_mentee(mentee).is_err() || count == 0 {
            return Vec::new();
        }
        with_engine!(&self.engine, engine => {
            let found = for_mentee(engine, &self.instance, mentee, count);
            self.alternatives(found)
        })
    }

    /// The pairs for a mentor that cost the cohort least, the present ones first.
    ///
    /// Without mentees who are locked or withdrawn; none if all places of the mentor are locked.
    pub fn kindest_mentees(&self, mentor: Mentor, count: usize) -> Vec<Alternative> {
        if self.instance.check_mentor(mentor).is_err() || count == 0 {
            return Vec::new();
        }
        with_engine!(&self.engine, engine => {
            let found = for_mentor(engine, &self.instance, mentor, count);
            self.alternatives(found)
        })
    }

    /// What making a pair would cost the cohort; none if it may not be or stands against a lock.
    pub fn regret(&self, mentee: Mentee, mentor: Mentor) -> Option<Alternative> {
        self.instance.check_mentee(mentee).ok()?;
        self.instance.check_mentor(mentor).ok()?;
        with_engine!(&self.engine, engine => {
            let found = for_pair(engine, &self.instance, mentee, mentor)?;
            self.alternatives(vec![found]).pop()
        })
    }

    /// What one more place would bring with each mentor, best first; only where it brings something.
    pub fn one_more_place(&self) -> Vec<MorePlace> {
        let mut found: Vec<MorePlace> =
            with_engine!(&self.engine, engine => more_places(engine, &self.instance))
                .into_iter()
                .map(|(mentor, gain, chain)| MorePlace {
                    mentor,
                    gain: self.scale.difference(gain),
                    chain,
                })
                .filter(|more| more.gain != Difference::default())
                .collect();
        found.sort_by_key(|more| (more.gain, more.mentor));
        found
    }

    fn alternatives(&self, found: Vec<Found>) -> Vec<Alternative> {
        let with_score = |found: Found| {
            let score = self.instance.scores().get(found.mentee, found.mentor)?;
            Some(Alternative {
                mentee: found.mentee,
                mentor: found.mentor,
                score,
                regret: self.scale.difference(found.cost),
                moves: found.moves,
            })
        };
        found.into_iter().filter_map(with_score).collect()
    }
}

/// A pair that could be made, in the costs of the solver.
struct Found {
    cost: i128,
    mentee: Mentee,
    mentor: Mentor,
    moves: Vec<Move>,
}

/// The cheapest so many pairs met so far, one for each person.
struct Best<C, P> {
    count: usize,
    /// Cost, person, and the column the pair would use.
    pairs: Vec<(C, P, Column)>,
}

impl<C: Cost, P: Ord + Copy> Best<C, P> {
    fn new(count: usize) -> Self {
        Self {
            count,
            pairs: Vec::new(),
        }
    }

    fn add(&mut self, cost: C, person: P, column: Column) {
        match self.pairs.iter_mut().find(|pair| pair.1 == person) {
            Some(pair) => *pair = (*pair).min((cost, person, column)),
            None => self.pairs.push((cost, person, column)),
        }
        self.pairs.sort_unstable();
        self.pairs.truncate(self.count);
    }

    /// Whether nothing that costs this much can be among them.
    fn is_complete(&self, cost: C) -> bool {
        self.pairs.len() >= self.count && self.pairs.last().is_some_and(|pair| pair.0 < cost)
    }
}

fn for_mentee<C: Cost>(
    engine: &Engine<C>,
    instance: &Instance,
    mentee: Mentee,
    count: usize,
) -> Vec<Found> {
    let Some(begin) = engine.node_of_mentee(mentee) else {
        return Vec::new();
    };
    let mut best = Best::new(count);
    let chains = engine.chains(instance, Way::Back, begin, |node, length| {
        if best.is_complete(length) {
            return ControlFlow::Break(());
        }
        if let Some(column) = engine.column_of(node) {
            let mentor = instance.mentor_of(column);
            let score = instance.scores().get(mentee, mentor);
            let reduced = score.and_then(|score| engine.reduced(instance, mentee, column, score));
            if let Some(reduced) = reduced {
                best.add(length + reduced, mentor, column);
            }
        }
        ControlFlow::Continue(())
    });
    let from = engine.mentor_of(instance, mentee);
    let found = best.pairs.into_iter().map(|(cost, mentor, column)| Found {
        cost: cost.into(),
        mentee,
        mentor,
        moves: with_first(
            from,
            mentee,
            mentor,
            chains.moves(instance, Engine::<C>::node_of(column)),
        ),
    });
    found.collect()
}

/// The moves of a pair that is made, and of those it sets in motion; none if it stands already.
fn with_first(from: Option<Mentor>, mentee: Mentee, mentor: Mentor, chain: Vec<Move>) -> Vec<Move> {
    let to = Some(mentor);
    if from == to {
        return Vec::new();
    }
    let mut moves = vec![Move { mentee, from, to }];
    moves.extend(chain);
    moves
}

fn for_mentor<C: Cost>(
    engine: &Engine<C>,
    instance: &Instance,
    mentor: Mentor,
    count: usize,
) -> Vec<Found> {
    let mut best = Best::new(count);
    let mut searches = Vec::new();
    for step in 0..instance.n_steps() {
        let column = instance.column(mentor, step);
        let begin = Engine::<C>::node_of(column);
        searches.push(engine.chains(instance, Way::Out, begin, |node, length| {
            if best.is_complete(length) {
                return ControlFlow::Break(());
            }
            for mentee in engine.mentees_at(node) {
                let score = instance.scores().get(mentee, mentor);
                let reduced =
                    score.and_then(|score| engine.reduced(instance, mentee, column, score));
                if let Some(reduced) = reduced {
                    best.add(length + reduced, mentee, column);
                }
            }
            ControlFlow::Continue(())
        }));
    }
    let found = best.pairs.into_iter().filter_map(|(cost, mentee, column)| {
        let chains = searches.get(instance.step_of(column))?;
        let chain = chains.moves(instance, engine.node_of_mentee(mentee)?);
        Some(Found {
            cost: cost.into(),
            mentee,
            mentor,
            moves: with_first(engine.mentor_of(instance, mentee), mentee, mentor, chain),
        })
    });
    found.collect()
}

fn for_pair<C: Cost>(
    engine: &Engine<C>,
    instance: &Instance,
    mentee: Mentee,
    mentor: Mentor,
) -> Option<Found> {
    let end = engine.node_of_mentee(mentee)?;
    let score = instance.scores().get(mentee, mentor)?;
    let from = engine.mentor_of(instance, mentee);
    let mut found: Option<Found> = None;
    for step in 0..instance.n_steps() {
        let column = instance.column(mentor, step);
        let begin = Engine::<C>::node_of(column);
        let chains = engine.chains(instance, Way::Out, begin, |node, _| {
            if node == end {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let Some(length) = chains.length(end) else {
            continue;
        };
        let reduced = engine.reduced(instance, mentee, column, score)?;
        let cost: i128 = (length + reduced).into();
        if found.as_ref().is_some_and(|found| found.cost <= cost) {
            continue;
        }
        found = Some(Found {
            cost,
            mentee,
            mentor,
            moves: with_first(from, mentee, mentor, chains.moves(instance, end)),
        });
    }
    found
}

/// For each mentor what one more place would save, in the costs of the solver, and the chain.
fn more_places<C: Cost>(engine: &Engine<C>, instance: &Instance) -> Vec<(Mentor, i128, Vec<Move>)> {
    let chains = engine.chains(instance, Way::Out, engine.margin(), |_, _| {
        ControlFlow::Continue(())
    });
    let mut found = Vec::new();
    for mentor in (0..instance.n_mentors()).map(Mentor::of) {
        let column = instance.next_column(mentor);
        let node = Engine::<C>::node_of(column);
        let Some(length) = chains.length(node) else {
            continue;
        };
        let cost = length + engine.price_of(column);
        if cost < C::ZERO {
            let mut chain = chains.moves(instance, node);
            chain.reverse();
            found.push((mentor, cost.into(), chain));
        }
    }
    found
}
