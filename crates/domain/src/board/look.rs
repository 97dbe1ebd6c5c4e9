//! Looking at a board: who is with whom, what rules say, how many places are left.

use std::collections::BTreeMap;

use super::{Board, Command, Expect, Placement};
use crate::candidate::{Candidate, Side};
use crate::id::ApplicationId;
use crate::role::Role;
use crate::rule::{HardRule, Pair, PairFacts, Warning};

/// Who is with whom, by mentee.
pub(super) type Placements = BTreeMap<ApplicationId, Placement>;

impl Board {
    /// A board of these people.
    pub fn new(
        candidates: impl IntoIterator<Item = Candidate>,
        facts: PairFacts,
        placements: impl IntoIterator<Item = (ApplicationId, Placement)>,
    ) -> Self {
        Self {
            candidates: candidates
                .into_iter()
                .map(|person| (person.id, person))
                .collect(),
            facts,
            placements: placements.into_iter().collect(),
        }
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
        with(&self.placements, mentor)
    }

    /// Places of a mentor that nobody has. Nobody's places are none.
    pub fn capacity_left(&self, mentor: ApplicationId) -> u8 {
        let taken = u8::try_from(self.mentees_of(mentor).count()).unwrap_or(u8::MAX);
        self.mentor(mentor)
            .map_or(0, capacity)
            .saturating_sub(taken)
    }

    /// The hard rules that would forbid the pair as the board is now, most telling first. For a pair
    /// on the board, those that it breaks by now, such as after a withdrawal.
    ///
    /// Empty for somebody who is not on the board: ask `apply`, which says so.
    pub fn rules(&self, mentee: ApplicationId, mentor: ApplicationId) -> Vec<HardRule> {
        self.pair(&self.placements, mentee, mentor)
            .map_or_else(Vec::new, |pair| pair.rules())
    }

    /// The warnings that speak against the pair.
    pub fn warnings(&self, mentee: ApplicationId, mentor: ApplicationId) -> Vec<Warning> {
        self.pair(&self.placements, mentee, mentor)
            .map_or_else(Vec::new, |pair| pair.warnings())
    }

    /// Pairs on the board that break a rule by now: somebody withdrew, a block was declared, fewer
    /// places are offered. People put them right; nothing here does.
    pub fn breaches(&self) -> Vec<(ApplicationId, ApplicationId, Vec<HardRule>)> {
        let rules = |mentee, mentor| {
            self.pair(&self.placements, mentee, mentor)
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

    /// What to send along with a command by somebody who looks now.
    pub fn expect(&self, command: &Command) -> Vec<Expect> {
        command
            .concerned()
            .into_iter()
            .map(|mentee| self.seen(mentee))
            .collect()
    }

    /// A pair among the given placements, for the rules to look at.
    pub(super) fn pair(
        &self,
        placements: &Placements,
        mentee: ApplicationId,
        mentor: ApplicationId,
    ) -> Option<Pair<'_>> {
        let (mentee, mentor) = (self.mentee(mentee)?, self.mentor(mentor)?);
        let others = with(placements, mentor.id)
            .filter(|other| *other != mentee.id)
            .count();
        let is_reciprocal = placements.iter().any(|(other, placement)| {
            let person = |id| self.candidates.get(id).map(|person| person.person);
            person(other) == Some(mentor.person) && person(&placement.mentor) == Some(mentee.person)
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

fn with(placements: &Placements, mentor: ApplicationId) -> impl Iterator<Item = ApplicationId> {
    placements
        .iter()
        .filter(move |(_, placement)| placement.mentor == mentor)
        .map(|(mentee, _)| *mentee)
}

fn capacity(mentor: &Candidate) -> u8 {
    match mentor.side {
        Side::Mentor { capacity, .. } => capacity,
        Side::Mentee { .. } => 0,
    }
}
