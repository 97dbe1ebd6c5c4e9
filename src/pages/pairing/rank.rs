//! Who fits whom, and what placing somebody would do: asked of the domain, never decided here.

pub(super) mod alternative;
pub(super) mod summary;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tandem_domain::board::{Board, Command, Refusal};
use tandem_domain::candidate::Candidate;
use tandem_domain::id::ApplicationId;
use tandem_domain::order;
use tandem_domain::role::Role;
use tandem_domain::rule::{HardRule, Pair, Warning};
use tandem_domain::score::{self, Band, Score, Weights};

use super::desk::Desk;

/// What the domain says of one pair, whoever else is placed where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Judgement {
    /// 0 to 1000.
    pub(super) score: u16,
    /// What forbids the pair.
    pub(super) rules: Vec<HardRule>,
    /// What speaks against it.
    pub(super) warnings: Vec<Warning>,
}

/// The judgement of every pair of a board. Made once for a snapshot.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    rows: BTreeMap<ApplicationId, BTreeMap<ApplicationId, Judgement>>,
    weights: Weights,
}

impl Table {
    /// Judges every mentee with every mentor.
    pub(super) fn new(board: &Board, weights: Weights) -> Self {
        let of = |role: Role| {
            board
                .candidates
                .values()
                .filter(move |one| one.role == role)
        };
        let judge = |mentee: &Candidate, mentor: &Candidate| {
            // Who else is placed where changes with each command, so it is asked anew each time.
            let pair = Pair {
                mentee,
                mentor,
                facts: &board.facts,
                is_reciprocal: false,
                is_full: false,
            };
            Judgement {
                score: score::score(mentee, mentor, &weights).total,
                rules: pair.rules(),
                warnings: pair.warnings(),
            }
        };
        let rows = of(Role::Mentee)
            .map(|mentee| {
                let row = of(Role::Mentor).map(|mentor| (mentor.id, judge(mentee, mentor)));
                (mentee.id, row.collect())
            })
            .collect();
        Self { rows, weights }
    }

    /// What is said of a pair.
    pub(super) fn judgement(
        &self,
        mentee: ApplicationId,
        mentor: ApplicationId,
    ) -> Option<&Judgement> {
        self.rows.get(&mentee)?.get(&mentor)
    }

    /// The score of a pair.
    pub(super) fn score(&self, mentee: ApplicationId, mentor: ApplicationId) -> u16 {
        self.judgement(mentee, mentor)
            .map_or(0, |judgement| judgement.score)
    }

    /// The score of a pair with its parts.
    pub(super) fn parts(&self, mentee: &Candidate, mentor: &Candidate) -> Score {
        score::score(mentee, mentor, &self.weights)
    }

    /// How many mentors would be a good or strong match that no rule forbids.
    pub(super) fn n_good(&self, mentee: ApplicationId) -> usize {
        self.rows.get(&mentee).map_or(0, |row| {
            row.values()
                .filter(|one| one.rules.is_empty() && Band::of(one.score) >= Band::Good)
                .count()
        })
    }

    /// The score of the best mentor that no rule forbids.
    pub(super) fn best(&self, mentee: ApplicationId) -> u16 {
        self.rows.get(&mentee).map_or(0, |row| {
            let allowed = row.values().filter(|one| one.rules.is_empty());
            allowed.map(|one| one.score).max().unwrap_or(0)
        })
    }
}

/// What placing a mentee with a mentor would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing: they are a pair.
    Stays,
    /// This.
    Does {
        /// What is sent.
        command: Command,
        /// What speaks against it; the chair must say why it may stand.
        warnings: Vec<Warning>,
    },
    /// Nothing, because of this.
    Refused(Refusal),
}

/// A mentor as a place for one mentee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Who.
    pub(super) mentor: ApplicationId,
    /// How well they fit.
    pub(super) score: u16,
    /// What placing would do.
    pub(super) verdict: Verdict,
}

/// Says what placing would do. `near` is the occupant that is meant where a mentor is full.
pub(super) fn verdict(
    desk: &Desk,
    mentee: ApplicationId,
    mentor: ApplicationId,
    near: Option<ApplicationId>,
) -> Verdict {
    if desk.mentor_of(mentee) == Some(mentor) {
        return Verdict::Stays;
    }
    let occupant = giving_way(desk, mentor, near);
    match desk.board().what_drop_means(mentee, mentor, occupant) {
        Ok(command) => {
            let warnings = warnings_of(desk.board(), desk.table(), &command);
            Verdict::Does { command, warnings }
        }
        Err(refusal) => Verdict::Refused(refusal),
    }
}

/// Who gives way at a full mentor: who is pointed at, else the weakest pair that may be moved.
fn giving_way(
    desk: &Desk,
    mentor: ApplicationId,
    near: Option<ApplicationId>,
) -> Option<ApplicationId> {
    if desk.board().capacity_left(mentor) > 0 {
        return None;
    }
    let occupants = desk.occupants(mentor);
    let is_locked = |one: &ApplicationId| {
        desk.placement(*one)
            .is_some_and(|placement| placement.locked)
    };
    near.filter(|near| occupants.contains(near)).or_else(|| {
        occupants
            .iter()
            .copied()
            .min_by_key(|one| (is_locked(one), desk.score(*one, mentor)))
    })
}

/// All mentors as places for one mentee: the best result first, what is refused last.
pub(super) fn options(desk: &Desk, mentee: ApplicationId) -> Vec<Place> {
    let mut places: Vec<Place> = desk
        .side(Role::Mentor)
        .into_iter()
        .map(|mentor| Place {
            mentor,
            score: desk.score(mentee, mentor),
            verdict: verdict(desk, mentee, mentor, None),
        })
        .collect();
    order::sort_by_key(&mut places, |place| {
        let rank = match &place.verdict {
            Verdict::Does { .. } => 0,
            Verdict::Stays => 1,
            Verdict::Refused(_) => 2,
        };
        (
            rank,
            Reverse(place.score),
            desk.name(place.mentor).to_lowercase(),
        )
    });
    places
}

/// The warnings of the pairs that a command would make.
pub(super) fn warnings_of(board: &Board, table: &Table, command: &Command) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = new_pairs(board, command)
        .into_iter()
        .filter_map(|(mentee, mentor)| table.judgement(mentee, mentor))
        .flat_map(|judgement| judgement.warnings.iter().copied())
        .collect();
    warnings.sort_unstable();
    warnings.dedup();
    warnings
}

/// The pairs that a command would make.
pub(super) fn new_pairs(board: &Board, command: &Command) -> Vec<(ApplicationId, ApplicationId)> {
    let mentor_of = |mentee: &ApplicationId| board.mentor_of(*mentee);
    match command {
        Command::Pair { mentee, mentor, .. } | Command::Move { mentee, mentor, .. } => {
            vec![(*mentee, *mentor)]
        }
        Command::Replace {
            mentee, evicted, ..
        } => mentor_of(evicted)
            .map(|mentor| (*mentee, mentor))
            .into_iter()
            .collect(),
        Command::Swap { first, second, .. } => {
            let one = mentor_of(second).map(|mentor| (*first, mentor));
            let other = mentor_of(first).map(|mentor| (*second, mentor));
            one.into_iter().chain(other).collect()
        }
        Command::Restore { placements } | Command::Adopt { placements, .. } => placements
            .iter()
            .filter_map(|(mentee, placement)| Some((*mentee, placement.as_ref()?.mentor)))
            .collect(),
        Command::Unpair { .. } | Command::Lock { .. } | Command::Unlock { .. } => Vec::new(),
    }
}

/// Whether a command changes anything about one of these mentees.
pub(super) fn concerns(command: &Command, mentees: &[ApplicationId]) -> bool {
    command
        .concerned()
        .iter()
        .any(|mentee| mentees.contains(mentee))
}
