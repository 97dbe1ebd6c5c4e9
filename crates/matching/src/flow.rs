//! The most pairs there can be, whatever their scores, and why there cannot be more.
//!
//! Augmenting paths (Berge, 1957) with capacities. What a search finds without reaching a free
//! place stays closed for all later ones; together these parts are the cover of Kőnig's theorem.

use crate::index::{Each, Key, Mentee, Mentor};
use crate::instance::Instance;
use crate::plan::Cover;

/// Pairs among the free mentees, none of them below the floor.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    floor: i32,
    mentors: Each<Mentee, Option<Mentor>>,
    members: Each<Mentor, Vec<Mentee>>,
    /// The number of the search that came by a mentor last.
    seen: Each<Mentor, u32>,
    search: u32,
    /// Whether no free place can be reached from a mentor.
    is_closed: Each<Mentor, bool>,
    via: Each<Mentor, Mentee>,
    queue: Vec<Mentee>,
    next: usize,
    n_pairs: u32,
    n_unmatched: u32,
    pub(crate) looked: u64,
}

impl Flow {
    /// Starts from the pairs of `before` that are not below the floor.
    pub(crate) fn new(instance: &Instance, floor: i32, before: Option<&Self>) -> Self {
        let (n_mentees, n_mentors) = (instance.n_mentees(), instance.n_mentors());
        let mut flow = Self {
            floor,
            mentors: Each::filled(n_mentees, None),
            members: Each::filled(n_mentors, Vec::new()),
            seen: Each::filled(n_mentors, 0),
            search: 0,
            is_closed: Each::filled(n_mentors, false),
            via: Each::filled(n_mentors, Mentee(0)),
            queue: Vec::new(),
            next: 0,
            n_pairs: 0,
            n_unmatched: 0,
            looked: 0,
        };
        for (mentee, mentor) in before.into_iter().flat_map(|before| before.mentors.iter()) {
            let Some(mentor) = *mentor else {
                continue;
            };
            if instance.scores().get(mentee, mentor) >= Some(floor) {
                flow.mentors[mentee] = Some(mentor);
                flow.members[mentor].push(mentee);
                flow.n_pairs += 1;
            }
        }
        flow
    }

    /// Tries to pair one more mentee; says whether there are more to try.
    pub(crate) fn step(&mut self, instance: &Instance) -> bool {
        if self.next >= self.mentors.len() {
            return false;
        }
        let mentee = Mentee::of(self.next);
        self.next += 1;
        if instance.is_free(mentee) && self.mentors[mentee].is_none() {
            if self.seat(instance, mentee) {
                self.n_pairs += 1;
            } else {
                self.n_unmatched += 1;
            }
        }
        true
    }

    /// Tries to pair everybody.
    pub(crate) fn finish(mut self, instance: &Instance) -> Self {
        while self.step(instance) {}
        self
    }

    pub(crate) fn n_pairs(&self) -> u32 {
        self.n_pairs
    }

    /// How many mentees could not be paired so far.
    pub(crate) fn n_unmatched(&self) -> u32 {
        self.n_unmatched
    }

    /// The cover that shows that there are no more pairs. Everybody was tried.
    pub(crate) fn cover(&self, instance: &Instance) -> Cover {
        let is_needed = |&mentee: &Mentee| {
            let mentor = self.mentors[mentee];
            instance.is_free(mentee) && mentor.is_some_and(|mentor| !self.is_closed[mentor])
        };
        Cover {
            mentees: self.mentors.keys().filter(is_needed).collect(),
            mentors: self
                .is_closed
                .keys()
                .filter(|&mentor| self.is_closed[mentor])
                .collect(),
        }
    }

    /// The mentor of each free mentee.
    pub(crate) fn mentors(&self) -> &Each<Mentee, Option<Mentor>> {
        &self.mentors
    }

    /// Who is with a mentor.
    pub(crate) fn members(&self, mentor: Mentor) -> &[Mentee] {
        &self.members[mentor]
    }

    fn seat(&mut self, instance: &Instance, start: Mentee) -> bool {
        self.search += 1;
        self.queue.clear();
        self.queue.push(start);
        let mut at = 0;
        while let Some(&mentee) = self.queue.get(at) {
            at += 1;
            if let Some(free) = self.look(instance, mentee) {
                self.follow(start, free);
                return true;
            }
        }
        for mentor in self.is_closed.keys() {
            self.is_closed[mentor] |= self.seen[mentor] == self.search;
        }
        false
    }

    /// A mentor with a free place whom this mentee may have; notes all others.
    fn look(&mut self, instance: &Instance, mentee: Mentee) -> Option<Mentor> {
        let mut free = None;
        let (floor, search) = (self.floor, self.search);
        instance.scores().each_of_mentee(mentee, |mentor, score| {
            self.looked += 1;
            let is_new = self.seen[mentor] != search && !self.is_closed[mentor];
            if free.is_some() || score < floor || !is_new {
                return;
            }
            self.seen[mentor] = search;
            self.via[mentor] = mentee;
            let places = instance.free_places(mentor);
            if u32::try_from(self.members[mentor].len()).is_ok_and(|count| count < places) {
                free = Some(mentor);
            } else {
                self.queue.extend_from_slice(&self.members[mentor]);
            }
        });
        free
    }

    fn follow(&mut self, start: Mentee, mut free: Mentor) {
        loop {
            let mentee = self.via[free];
            self.members[free].push(mentee);
            let Some(left) = self.mentors[mentee].replace(free) else {
                return;
            };
            self.members[left].retain(|&member| member != mentee);
            if mentee == start {
                return;
            }
            free = left;
        }
    }
}
