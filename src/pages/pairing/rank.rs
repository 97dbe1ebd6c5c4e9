//! Who fits whom, and what placing somebody would do: asked of the domain, never decided here.

pub(super) mod alternative;
pub(super) mod effect;
pub(super) mod group;
pub(super) mod summary;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Mutex;

use tandem_domain::board::{Board, Command, Refusal, Terms};
use tandem_domain::candidate::Candidate;
use tandem_domain::id::ApplicationId;
use tandem_domain::order;
use tandem_domain::role::Role;
use tandem_domain::rule::{HardRule, Pair, Warning};
use tandem_domain::score::{self, Band, Score, Weights};

use super::desk::Desk;

/// Up to this many pairs everybody is judged with everybody, for what asks for all: the order by
/// good options. Above it only pairs that are looked at.
const JUDGED_AT_ONCE: usize = 250_000;

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

/// How many mentors somebody could well be with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Outlook {
    /// Mentors who would be a good or strong match that no rule forbids.
    pub(super) n_good: usize,
    /// The score of the best mentor that no rule forbids.
    pub(super) best: u16,
}

/// What is known of pairs, found when it is first asked for and then kept.
#[derive(Debug, Default)]
pub(super) struct Table {
    outlooks: Mutex<BTreeMap<ApplicationId, Outlook>>,
    pair_scores: Mutex<BTreeMap<ApplicationId, (ApplicationId, u16)>>,
    weights: Weights,
    knows_all: bool,
}

impl Table {
    /// A table of a board's pairs.
    pub(super) fn new(board: &Board, weights: Weights) -> Self {
        let mentees = board.candidates.values();
        let n_mentees = mentees.filter(|one| one.role == Role::Mentee).count();
        let n_mentors = board.candidates.len() - n_mentees;
        Self {
            knows_all: n_mentees * n_mentors <= JUDGED_AT_ONCE,
            outlooks: Mutex::default(),
            pair_scores: Mutex::default(),
            weights,
        }
    }

    /// Whether it can be asked for what needs everybody judged with everybody.
    pub(super) fn knows_all(&self) -> bool {
        self.knows_all
    }

    /// What is said of a pair, whoever else is placed where: that changes with each command.
    pub(super) fn judgement(
        &self,
        board: &Board,
        mentee: ApplicationId,
        mentor: ApplicationId,
    ) -> Option<Judgement> {
        let pair = Pair {
            mentee: board.mentee(mentee)?,
            mentor: board.mentor(mentor)?,
            facts: &board.facts,
            is_reciprocal: false,
            is_full: false,
        };
        Some(Judgement {
            score: score::score(pair.mentee, pair.mentor, &self.weights).total,
            rules: pair.rules(),
            warnings: pair.warnings(),
        })
    }

    /// The score of a pair.
    pub(super) fn score(&self, board: &Board, mentee: ApplicationId, mentor: ApplicationId) -> u16 {
        let (Some(mentee), Some(mentor)) = (board.mentee(mentee), board.mentor(mentor)) else {
            return 0;
        };
        // Those on the board are counted again after every command.
        let is_pair = board.mentor_of(mentee.id) == Some(mentor.id);
        let known = is_pair.then(|| self.pair_scores.lock().ok()).flatten();
        let score = || score::score(mentee, mentor, &self.weights).total;
        let Some(mut known) = known else {
            return score();
        };
        match known.get(&mentee.id) {
            Some((with, score)) if *with == mentor.id => *score,
            _ => {
                let score = score();
                known.insert(mentee.id, (mentor.id, score));
                score
            }
        }
    }

    /// The score of a pair with its parts.
    pub(super) fn parts(&self, mentee: &Candidate, mentor: &Candidate) -> Score {
        score::score(mentee, mentor, &self.weights)
    }

    /// How many mentors somebody could well be with.
    pub(super) fn outlook(&self, board: &Board, mentee: ApplicationId) -> Outlook {
        let look = || {
            let mentors = board.candidates.values();
            let mentors = mentors.filter(|one| one.role == Role::Mentor);
            let judged = mentors.filter_map(|one| self.judgement(board, mentee, one.id));
            let mut outlook = Outlook::default();
            for allowed in judged.filter(|one| one.rules.is_empty()) {
                outlook.n_good += usize::from(Band::of(allowed.score) >= Band::Good);
                outlook.best = outlook.best.max(allowed.score);
            }
            outlook
        };
        let Ok(mut known) = self.outlooks.lock() else {
            return Outlook::default();
        };
        *known.entry(mentee).or_insert_with(look)
    }

    /// Forgets what no longer holds once a term of pairing has changed.
    pub(super) fn forget(&self, terms: Terms) {
        if let (Terms::Apart { pair, .. }, Ok(mut known)) = (terms, self.outlooks.lock()) {
            known.remove(&pair.0);
        }
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
            let warnings = warnings_of(desk.board(), &command);
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
    let is_locked = |one: &ApplicationId| {
        desk.placement(*one)
            .is_some_and(|placement| placement.locked)
    };
    near.filter(|near| desk.mentor_of(*near) == Some(mentor))
        .or_else(|| {
            desk.occupants(mentor)
                .min_by_key(|one| (is_locked(one), desk.score(*one, mentor)))
        })
}

/// All mentors as places for whoever is moved: the best result first, what is refused last.
pub(super) fn options(desk: &Desk, group: &[ApplicationId]) -> Vec<Place> {
    let mentors = desk.side(Role::Mentor).iter();
    let mut places: Vec<Place> = mentors
        .map(|mentor| group::place(desk, group, *mentor, None))
        .collect();
    // Mentors stand in the order of names, and the sort keeps it among equals.
    order::sort_by_key(&mut places, |place| {
        let (rank, n_placed) = match &place.verdict {
            Verdict::Does { command, .. } => (0, command.concerned().len()),
            Verdict::Stays => (1, 0),
            Verdict::Refused(_) => (2, 0),
        };
        // Who gives way counts for nothing: only of a group more may be placed or fewer.
        let n_placed = if group.len() > 1 { n_placed } else { 0 };
        (rank, Reverse(n_placed), Reverse(place.score))
    });
    places
}

/// The warnings of the pairs that a command would make.
pub(super) fn warnings_of(board: &Board, command: &Command) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = new_pairs(board, command)
        .into_iter()
        .flat_map(|(mentee, mentor)| board.warnings(mentee, mentor))
        .collect();
    warnings.sort_unstable();
    warnings.dedup();
    warnings
}

/// The pairs that a command would make.
pub(super) fn new_pairs(board: &Board, command: &Command) -> Vec<(ApplicationId, ApplicationId)> {
    let outcomes = effect::outcomes(board, command).into_iter();
    let pairs = outcomes.filter_map(|(mentee, mentor)| Some((mentee, mentor?)));
    pairs.collect()
}

/// Whether a command changes anything about one of these mentees.
pub(super) fn concerns(command: &Command, mentees: &[ApplicationId]) -> bool {
    command
        .concerned()
        .iter()
        .any(|mentee| mentees.contains(mentee))
}
