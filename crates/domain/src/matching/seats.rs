//! Who of a board takes part in a plan, and with how many places.

use std::collections::BTreeMap;

use super::judge::{Bar, Judge};
use super::wanted::Problem;
use crate::board::Placement;
use crate::candidate::{Candidate, Side};
use crate::id::{ApplicationId, PersonId};
use crate::role::Role;

/// Who takes part, and what of the board no plan touches.
pub(super) struct Seats<'a> {
    /// Each mentee with the place in the list of all, and the column of the present mentor.
    pub(super) rows: Vec<(usize, &'a Candidate, Option<usize>)>,
    pub(super) fixed: Vec<(ApplicationId, ApplicationId)>,
    pub(super) capacity: Vec<u32>,
}

impl<'a> Seats<'a> {
    pub(super) fn of(
        mentees: &[&'a Candidate],
        mentors: &[&'a Candidate],
        placed: &BTreeMap<ApplicationId, &Placement>,
        judge: &Judge<'_>,
    ) -> Self {
        let column = |mentor: ApplicationId| {
            let found = mentors.binary_search_by_key(&mentor, |one| one.id);
            found.ok().map(|at| (mentor, at))
        };
        let mut seats = Self {
            rows: Vec::new(),
            fixed: Vec::new(),
            capacity: mentors.iter().map(|mentor| places(mentor)).collect(),
        };
        for (row, mentee) in mentees.iter().enumerate() {
            let at = placed.get(&mentee.id).and_then(|had| column(had.mentor));
            let is_broken = |at: usize| {
                !is_eligible(mentee) || matches!(judge.bar(row, at), Some(Bar::Rule(_)))
            };
            match at {
                Some((mentor, at)) if is_broken(at) => {
                    seats.fixed.push((mentee.id, mentor));
                    if let Some(places) = seats.capacity.get_mut(at) {
                        *places = places.saturating_sub(1);
                    }
                }
                at if is_eligible(mentee) => {
                    seats.rows.push((row, mentee, at.map(|(_, at)| at)));
                }
                _ => (),
            }
        }
        seats
    }
}

/// Everybody by id.
pub(super) struct People<'a>(BTreeMap<ApplicationId, &'a Candidate>);

impl<'a> People<'a> {
    pub(super) fn of(problem: &'a Problem) -> Self {
        Self(problem.candidates.iter().map(|one| (one.id, one)).collect())
    }

    pub(super) fn side(&self, role: Role) -> Vec<&'a Candidate> {
        let people = self.0.values().copied();
        people.filter(|one| one.role == role).collect()
    }

    pub(super) fn person(&self, id: ApplicationId) -> Option<PersonId> {
        self.0.get(&id).map(|one| one.person)
    }
}

fn places(mentor: &Candidate) -> u32 {
    match mentor.side {
        Side::Mentor { capacity, .. } if is_eligible(mentor) => capacity.into(),
        _ => 0,
    }
}

fn is_eligible(candidate: &Candidate) -> bool {
    candidate.state.may_be_paired()
}
