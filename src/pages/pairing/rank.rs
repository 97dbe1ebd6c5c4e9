//! Who fits whom, and what placing somebody would do: asked of the domain, never decided here.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tandem_domain::board::{Board, Command, Refusal};
use tandem_domain::candidate::Candidate;
use tandem_domain::id::ApplicationId;
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
    places.sort_by_cached_key(|place| {
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
        Command::Restore { placements } => placements
            .iter()
            .filter_map(|(mentee, placement)| Some((*mentee, placement.as_ref()?.mentor)))
            .collect(),
        Command::Unpair { .. } | Command::Lock { .. } | Command::Unlock { .. } => Vec::new(),
    }
}

/// A possible other partner, and what stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alternative {
    /// Who.
    pub(super) partner: ApplicationId,
    /// How well they fit.
    pub(super) score: u16,
    /// What stands in the way.
    pub(super) hurdle: Hurdle,
}

/// What stands in the way of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hurdle {
    /// Nothing.
    None,
    /// The mentor's places are taken, by these with these scores.
    Full(Vec<(ApplicationId, u16)>),
    /// The mentee is with another mentor, with this score.
    Elsewhere(ApplicationId, u16),
    /// Rules.
    Rules(Vec<HardRule>),
}

/// The best other partners of somebody, best first.
pub(super) fn alternatives(desk: &Desk, who: ApplicationId, n_most: usize) -> Vec<Alternative> {
    let Some(candidate) = desk.candidate(who) else {
        return Vec::new();
    };
    let pair = |partner: ApplicationId| match candidate.role {
        Role::Mentee => (who, partner),
        Role::Mentor => (partner, who),
    };
    let mut alternatives: Vec<Alternative> = desk
        .side(candidate.role.other())
        .into_iter()
        .filter(|partner| {
            let (mentee, mentor) = pair(*partner);
            desk.mentor_of(mentee) != Some(mentor)
        })
        .map(|partner| {
            let (mentee, mentor) = pair(partner);
            let score = desk.score(mentee, mentor);
            let verdict = verdict(desk, mentee, mentor, None);
            let hurdle = hurdle(desk, candidate.role, (mentee, mentor), &verdict);
            Alternative {
                partner,
                score,
                hurdle,
            }
        })
        .collect();
    alternatives.sort_by_cached_key(|one| {
        let is_forbidden = matches!(one.hurdle, Hurdle::Rules(_));
        (
            is_forbidden,
            Reverse(one.score),
            desk.name(one.partner).to_lowercase(),
        )
    });
    alternatives.truncate(n_most);
    alternatives
}

fn hurdle(
    desk: &Desk,
    asked: Role,
    (mentee, mentor): (ApplicationId, ApplicationId),
    verdict: &Verdict,
) -> Hurdle {
    if let Verdict::Refused(Refusal::Rule {
        mentee: ruled,
        rules,
        ..
    }) = verdict
        && *ruled == mentee
    {
        return Hurdle::Rules(rules.clone());
    }
    match asked {
        Role::Mentee => {
            let occupants = desk.occupants(mentor);
            if occupants.len() < desk.capacity(mentor) {
                return Hurdle::None;
            }
            Hurdle::Full(
                occupants
                    .into_iter()
                    .map(|one| (one, desk.score(one, mentor)))
                    .collect(),
            )
        }
        Role::Mentor => match desk.mentor_of(mentee) {
            Some(other) => Hurdle::Elsewhere(other, desk.score(mentee, other)),
            None => Hurdle::None,
        },
    }
}

/// How the pairs of a board stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Summary {
    /// How many pairs.
    pub(super) n_pairs: usize,
    /// Of these, how many are locked.
    pub(super) n_locked: usize,
    /// How many mentees have no mentor.
    pub(super) n_unpaired: usize,
    /// How many places are free.
    pub(super) n_free: usize,
    /// The average score, 0 to 1000.
    pub(super) average: u16,
    /// The lowest score, 0 to 1000.
    pub(super) lowest: u16,
    /// Pairs by band: strong, good, fair, weak.
    pub(super) bands: [usize; 4],
}

/// Counts the pairs of a board.
pub(super) fn summary(desk: &Desk) -> Summary {
    let placements = &desk.board().placements;
    let scores: Vec<u16> = placements
        .iter()
        .map(|(mentee, one)| desk.score(*mentee, one.mentor))
        .collect();
    let sum: u32 = scores.iter().copied().map(u32::from).sum();
    let n_scores = u32::try_from(scores.len()).unwrap_or(u32::MAX).max(1);
    let places: usize = desk
        .side(Role::Mentor)
        .into_iter()
        .map(|one| desk.capacity(one))
        .sum();
    let of = |band| {
        scores
            .iter()
            .filter(|score| Band::of(**score) == band)
            .count()
    };
    Summary {
        n_pairs: scores.len(),
        n_locked: placements.values().filter(|one| one.locked).count(),
        n_unpaired: desk.n_unpaired(),
        n_free: places.saturating_sub(scores.len()),
        average: u16::try_from(sum / n_scores).unwrap_or(0),
        lowest: scores.iter().copied().min().unwrap_or(0),
        bands: [
            of(Band::Strong),
            of(Band::Good),
            of(Band::Fair),
            of(Band::Weak),
        ],
    }
}

/// Whether a command changes anything about one of these mentees.
pub(super) fn concerns(command: &Command, mentees: &[ApplicationId]) -> bool {
    command
        .concerned()
        .iter()
        .any(|mentee| mentees.contains(mentee))
}
