//! No two people who would rather have each other.
//!
//! Deferred acceptance with the mentees proposing (Gale and Shapley, 1962), for mentors with
//! several places. Equal scores are told apart by what the pair draws, the same on both sides.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::index::{Each, Key, Mentee, Mentor};
use crate::instance::Instance;

/// How many mentors a mentee sorts at a time.
const CHUNK: usize = 48;

/// How good a pair is for one side: score, then the draw (smaller first).
type Rank = (i32, Reverse<u32>);

/// Proposals under way.
#[derive(Clone, Debug)]
pub(crate) struct Proposals {
    /// Who has still to propose.
    waiting: Vec<Mentee>,
    /// The next mentors of each mentee, best last.
    next: Each<Mentee, Vec<(Rank, Mentor)>>,
    /// The worst mentor that stands, or stood, in `next`.
    last: Each<Mentee, Option<(Rank, Mentor)>>,
    /// Who is held by each mentor, worst first.
    held: Each<Mentor, BinaryHeap<Reverse<(Rank, Mentee)>>>,
    pub(crate) looked: u64,
}

impl Proposals {
    pub(crate) fn new(instance: &Instance) -> Self {
        let mentees = instance.is_present.keys().rev();
        Self {
            waiting: mentees.filter(|&mentee| instance.is_free(mentee)).collect(),
            next: Each::filled(instance.n_mentees(), Vec::new()),
            last: Each::filled(instance.n_mentees(), None),
            held: Each::filled(instance.n_mentors(), BinaryHeap::new()),
            looked: 0,
        }
    }

    /// Makes one proposal; says whether there are more to make.
    pub(crate) fn step(&mut self, instance: &Instance) -> bool {
        let Some(mentee) = self.waiting.pop() else {
            return false;
        };
        if self.next[mentee].is_empty() {
            self.sort_more(instance, mentee);
        }
        if let Some((_, mentor)) = self.next[mentee].pop() {
            self.propose(instance, mentee, mentor);
        }
        true
    }

    pub(crate) fn n_waiting(&self) -> usize {
        self.waiting.len()
    }

    /// The mentor of each mentee, locked pairs among them.
    pub(crate) fn mentors(&self, instance: &Instance) -> Vec<Option<Mentor>> {
        let mut mentors = instance.locked.clone();
        for (mentor, held) in self.held.iter() {
            for Reverse((_, mentee)) in held {
                mentors[*mentee] = Some(mentor);
            }
        }
        mentors.values().to_vec()
    }

    fn propose(&mut self, instance: &Instance, mentee: Mentee, mentor: Mentor) {
        let Some(score) = instance.scores().get(mentee, mentor) else {
            return;
        };
        let draw = Reverse(instance.ties.draw(mentee, mentor));
        let score = instance.mentor_score(mentee, mentor, score);
        let held = &mut self.held[mentor];
        held.push(Reverse(((score, draw), mentee)));
        if held.len() > instance.free_places(mentor) as usize
            && let Some(Reverse((_, refused))) = held.pop()
        {
            self.waiting.push(refused);
        }
    }

    /// Sorts the next best mentors of a mentee.
    fn sort_more(&mut self, instance: &Instance, mentee: Mentee) {
        let mut found = std::mem::take(&mut self.next[mentee]);
        let last = self.last[mentee];
        instance.scores().each_of_mentee(mentee, |mentor, score| {
            self.looked += 1;
            let rank = (score, Reverse(instance.ties.draw(mentee, mentor)));
            if last.is_none_or(|last| (rank, mentor) < last) {
                found.push((rank, mentor));
            }
        });
        if found.len() > CHUNK {
            found.select_nth_unstable_by(CHUNK, |a, b| b.cmp(a));
            found.truncate(CHUNK);
        }
        found.sort_unstable();
        self.last[mentee] = found.first().copied().or(last);
        self.next[mentee] = found;
    }
}

/// The pairs in which both would rather have each other than what they have.
///
/// A mentee would rather have a higher score than the present one, and any mentor who may be
/// rather than none; a mentor would rather have a mentee in a free place, or one who scores higher
/// than somebody held without a lock. Locked mentees do not take part.
pub fn blocking_pairs(instance: &Instance, mentors: &[Option<Mentor>]) -> Vec<(Mentee, Mentor)> {
    let mut n_held = Each::<Mentor, u32>::filled(instance.n_mentors(), 0);
    let mut worst = Each::<Mentor, Option<i32>>::filled(instance.n_mentors(), None);
    let mentees = || (0..instance.n_mentees()).map(Mentee::of);
    for (mentee, mentor) in mentees().zip(mentors) {
        if let Some(mentor) = *mentor
            && instance.is_free(mentee)
            && let Some(score) = instance.scores().get(mentee, mentor)
        {
            let score = instance.mentor_score(mentee, mentor, score);
            n_held[mentor] += 1;
            worst[mentor] = Some(worst[mentor].map_or(score, |worst| worst.min(score)));
        }
    }
    let mut blocking = Vec::new();
    for (mentee, held) in mentees().zip(mentors) {
        if !instance.is_free(mentee) {
            continue;
        }
        let present = held.and_then(|mentor| instance.scores().get(mentee, mentor));
        instance.scores().each_of_mentee(mentee, |mentor, score| {
            if present.is_some_and(|present| score <= present) {
                return;
            }
            let for_mentor = instance.mentor_score(mentee, mentor, score);
            let has_room = n_held[mentor] < instance.free_places(mentor);
            if has_room || worst[mentor].is_some_and(|worst| for_mentor > worst) {
                blocking.push((mentee, mentor));
            }
        });
    }
    blocking
}
