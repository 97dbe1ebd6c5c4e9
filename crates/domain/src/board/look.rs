//! Looking at a board: who is with whom, what rules say, how many places are left.

use super::placements::After;
use super::{Board, Command, Expect, Placement};
use crate::candidate::{Candidate, Side};
use crate::id::ApplicationId;
use crate::role::Role;
use crate::rule::{HardRule, Pair, PairFacts, Warning};

impl Board {
    /// A board of these people.
    pub fn new(
        candidates: impl IntoIterator<Item = Candidate>,
        facts: PairFacts,
        placements: impl IntoIterator<Item = (ApplicationId, Placement)>,
    ) -> Self {
        let mut board = Self {
            facts,
            placements: placements.into_iter().collect(),
            ..Self::default()
        };
        for candidate in candidates {
            if candidate.role == Role::Mentor {
                board
                    .mentor_of_person
                    .insert(candidate.person, candidate.id);
            }
            board.candidates.insert(candidate.id, candidate);
        }
        board
    }

    /// A mentee on the board.
    pub fn mentee(&self, id: ApplicationId) -> Option<&Candidate> {
        self.candidates
            .get(&id)
            .filter(|person| person.role == Role::Mentee)
    }

    /// A mentor on the board.
    pub fn mentor(&self, id: ApplicationId) -> Option<&Candidate> {
        self.candidates
            .get(&id)
            .filter(|person| person.role == Role::Mentor)
    }

    /// The mentor of a mentee.
    pub fn mentor_of(&self, mentee: ApplicationId) -> Option<ApplicationId> {
        self.placements
            .get(&mentee)
            .map(|placement| placement.mentor)
    }

    /// The mentees of a mentor.
    pub fn mentees_of(&self, mentor: ApplicationId) -> impl Iterator<Item = ApplicationId> {
        self.placements.of_mentor(mentor)
    }

    /// Places of a mentor that nobody has. Nobody's places are none.
    pub fn capacity_left(&self, mentor: ApplicationId) -> u8 {
        let taken = u8::try_from(self.placements.count_of(mentor)).unwrap_or(u8::MAX);
        self.mentor(mentor)
            .map_or(0, capacity)
            .saturating_sub(taken)
    }

    /// The hard rules that would forbid the pair as the board is now, most telling first. For a pair
    /// on the board, those that it breaks by now, such as after a withdrawal.
    ///
    /// Empty for somebody who is not on the board: ask `apply`, which says so.
    pub fn rules(&self, mentee: ApplicationId, mentor: ApplicationId) -> Vec<HardRule> {
        self.pair(&self.now(), mentee, mentor)
            .map_or_else(Vec::new, |pair| pair.rules())
    }

    /// The warnings that speak against the pair.
    pub fn warnings(&self, mentee: ApplicationId, mentor: ApplicationId) -> Vec<Warning> {
        self.pair(&self.now(), mentee, mentor)
            .map_or_else(Vec::new, |pair| pair.warnings())
    }

    /// Pairs on the board that break a rule by now: somebody withdrew, a block was declared, fewer
    /// places are offered. People put them right; nothing here does.
    pub fn breaches(&self) -> Vec<(ApplicationId, ApplicationId, Vec<HardRule>)> {
        let rules = |mentee, mentor| {
            self.pair(&self.now(), mentee, mentor)
                .map_or_else(|| vec![HardRule::NotEligible], |pair| pair.rules())
        };
        self.placements
            .iter()
            .map(|(mentee, placement)| {
                let mentor = placement.mentor;
                (*mentee, mentor, rules(*mentee, mentor))
            })
            .filter(|(_, _, rules)| !rules.is_empty())
            .collect()
    }

    /// A mentee as somebody sees it who looks now.
    pub fn seen(&self, mentee: ApplicationId) -> Expect {
        let placement = self.placements.get(&mentee);
        Expect {
            mentee,
            mentor: placement.map(|placement| placement.mentor),
            locked: placement.is_some_and(|placement| placement.locked),
        }
    }

    /// Where the mentees of a command are.
    pub fn places(&self, command: &Command) -> Vec<(ApplicationId, Option<Placement>)> {
        let concerned = command.concerned().into_iter();
        concerned
            .map(|mentee| (mentee, self.placements.get(&mentee).cloned()))
            .collect()
    }

    /// What to send along with a command by somebody who looks now.
    pub fn expect(&self, command: &Command) -> Vec<Expect> {
        command
            .concerned()
            .into_iter()
            .map(|mentee| self.seen(mentee))
            .collect()
    }

    /// The board as it is, for the rules to look at.
    fn now(&self) -> After<'_> {
        After::new(&self.placements, &[])
    }

    /// A pair among the placements to come, for the rules to look at.
    pub(super) fn pair(
        &self,
        after: &After<'_>,
        mentee: ApplicationId,
        mentor: ApplicationId,
    ) -> Option<Pair<'_>> {
        let (mentee, mentor) = (self.mentee(mentee)?, self.mentor(mentor)?);
        let others = after
            .of_mentor(mentor.id)
            .filter(|other| *other != mentee.id)
            .count();
        let person = |id| self.candidates.get(&id).map(|person| person.person);
        let is_reciprocal = self
            .mentor_of_person
            .get(&mentee.person)
            .is_some_and(|as_mentor| {
                let mut mentees = after.of_mentor(*as_mentor);
                mentees.any(|other| person(other) == Some(mentor.person))
            });
        Some(Pair {
            mentee,
            mentor,
            facts: &self.facts,
            // Somebody in both roles is already the same person; that rule says so.
            is_reciprocal: is_reciprocal && mentee.person != mentor.person,
            is_full: others >= usize::from(capacity(mentor)),
        })
    }
}

fn capacity(mentor: &Candidate) -> u8 {
    match mentor.side {
        Side::Mentor { capacity, .. } => capacity,
        Side::Mentee { .. } => 0,
    }
}
