//! A best plan that is kept, to be asked about single people and pairs.

use std::collections::{BTreeMap, BTreeSet};

use tandem_matching::{Alternative, Change as Step, Live, Mentor, Shortage, shortages};

use super::explain::{Holder, Other, Reasons, Remedy, ShortageAnswer, Stands};
use super::judge::Bar;
use super::plan::{Planned, held_by};
use super::setup::{Setup, mentee_at, mentor_at};
use super::supply::{AreaStand, areas, scarcest};
use crate::id::ApplicationId;
use crate::rule::{HardRule, Warning};

/// How many other partners are told, by each order.
const N_OTHERS: usize = 5;
/// How many pairs are named that would help if they were allowed.
const N_REMEDIES: usize = 5;

/// A best plan, to be asked about.
pub(super) struct Known<'a> {
    setup: &'a Setup<'a>,
    live: &'a Live,
    mentors: Vec<Option<Mentor>>,
}

impl<'a> Known<'a> {
    pub(super) fn of(setup: &'a Setup<'a>, live: &'a Live) -> Self {
        Self {
            mentors: live.mentors(),
            setup,
            live,
        }
    }

    fn is_pair(&self, row: usize, column: usize) -> bool {
        self.mentors.get(row).copied().flatten() == Some(mentor_at(column))
    }

    pub(super) fn planned(&self, pairs: &[(usize, usize)]) -> Vec<Planned> {
        let pairs = pairs
            .iter()
            .filter(|(row, column)| self.is_pair(*row, *column));
        let planned = pairs.filter_map(|(row, column)| {
            Some(Planned {
                mentee: self.setup.mentees.get(*row)?.id,
                mentor: self.setup.mentors.get(*column)?.id,
                score: self.setup.score_at(*row, *column),
                held: self.setup.instance.locked(mentee_at(*row)).is_some(),
            })
        });
        planned.collect()
    }

    /// The best partners by score whom no rule forbids.
    pub(super) fn by_score(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut possible: Vec<(usize, usize)> = pairs
            .iter()
            .copied()
            .filter(|(row, column)| !matches!(self.setup.bar_at(*row, *column), Some(Bar::Rule(_))))
            .collect();
        possible.sort_by_key(|(row, column)| {
            (
                std::cmp::Reverse(self.setup.score_at(*row, *column)),
                *row,
                *column,
            )
        });
        possible.truncate(N_OTHERS);
        possible
    }

    pub(super) fn kindest(&self, who: ApplicationId) -> Vec<Other> {
        let found = match (self.setup.row(who), self.setup.column(who)) {
            (Some(row), _) => self.live.kindest_mentors(mentee_at(row), N_OTHERS + 1),
            (None, Some(column)) => {
                let n_held = held_by(&self.mentors, column).len();
                self.live
                    .kindest_mentees(mentor_at(column), N_OTHERS + n_held)
            }
            (None, None) => Vec::new(),
        };
        let is_mentee = self.setup.row(who).is_some();
        let others = found.into_iter().filter_map(|alternative| {
            let (row, column) = (alternative.mentee.0 as usize, alternative.mentor.0 as usize);
            if self.is_pair(row, column) {
                return None;
            }
            Some(Other {
                partner: self.partner((row, column), is_mentee)?,
                score: self.setup.score_at(row, column),
                stands: self.costs(&alternative, is_mentee),
            })
        });
        others.take(N_OTHERS).collect()
    }

    fn partner(&self, (row, column): (usize, usize), is_mentee: bool) -> Option<ApplicationId> {
        if is_mentee {
            self.setup.mentors.get(column).map(|one| one.id)
        } else {
            self.setup.mentees.get(row).map(|one| one.id)
        }
    }

    pub(super) fn other(&self, pair: (usize, usize), is_mentee: bool) -> Option<Other> {
        Some(Other {
            partner: self.partner(pair, is_mentee)?,
            score: self.setup.score_at(pair.0, pair.1),
            stands: self.stands(pair.0, pair.1, is_mentee),
        })
    }

    /// How a pair stands. `is_mentee` says that the mentee asks, so that the mentor is the partner.
    pub(super) fn stands(&self, row: usize, column: usize, is_mentee: bool) -> Stands {
        if self.is_pair(row, column) {
            let forbid = Step::Forbid(mentee_at(row), mentor_at(column));
            let outcome = self.live.what_if(&[forbid]).ok();
            return Stands::InPlan {
                without: outcome.as_ref().map(|outcome| outcome.difference.into()),
                moves: outcome.map_or_else(Vec::new, |outcome| self.setup.changes(&outcome.moves)),
            };
        }
        if let Some(bar) = self.setup.bar_at(row, column) {
            return Stands::Barred { bar };
        }
        match self.live.regret(mentee_at(row), mentor_at(column)) {
            Some(alternative) => self.costs(&alternative, is_mentee),
            None => Stands::Held,
        }
    }

    fn costs(&self, alternative: &Alternative, is_mentee: bool) -> Stands {
        let (row, column) = (alternative.mentee.0 as usize, alternative.mentor.0 as usize);
        let holder = |row: usize, column: usize| {
            Some(Holder {
                partner: self.partner((row, column), !is_mentee)?,
                score: self.setup.score_at(row, column),
            })
        };
        let taken_by = if is_mentee {
            let rows = held_by(&self.mentors, column).into_iter();
            rows.filter_map(|row| holder(row, column)).collect()
        } else {
            let with = self.mentors.get(row).copied().flatten();
            with.and_then(|mentor| holder(row, mentor.0 as usize))
                .into_iter()
                .collect()
        };
        Stands::Costs {
            effect: alternative.regret.into(),
            moves: self.setup.changes(&alternative.moves),
            taken_by,
        }
    }

    pub(super) fn reasons(&self, pairs: &[(usize, usize)], is_mentee: bool) -> Reasons {
        let mut reasons = Reasons::default();
        let mut rules: BTreeMap<HardRule, u32> = BTreeMap::new();
        let mut warned: BTreeMap<Warning, u32> = BTreeMap::new();
        let mut nearest: Option<(u16, ApplicationId)> = None;
        for &(row, column) in pairs {
            reasons.of += 1;
            if self.is_pair(row, column) {
                reasons.in_plan += 1;
                continue;
            }
            match self.setup.bar_at(row, column) {
                Some(Bar::Rule(rule)) => *rules.entry(rule).or_default() += 1,
                Some(Bar::Warned(warning)) => *warned.entry(warning).or_default() += 1,
                Some(Bar::BelowFloor(missing)) => {
                    reasons.below_floor += 1;
                    if let Some(partner) = self.partner((row, column), is_mentee) {
                        let one = (missing, partner);
                        nearest = Some(nearest.map_or(one, |nearest| nearest.min(one)));
                    }
                }
                None if self.is_taken(row, column, is_mentee) => reasons.taken += 1,
                None => reasons.free += 1,
            }
        }
        reasons.rules = rules.into_iter().collect();
        reasons.warned = warned.into_iter().collect();
        reasons.nearest = nearest.map(|(missing, partner)| (partner, missing));
        reasons
    }

    /// Whether the partner is with others in the plan, so that there is no place left.
    fn is_taken(&self, row: usize, column: usize, is_mentee: bool) -> bool {
        if is_mentee {
            let held = held_by(&self.mentors, column).len();
            held >= self.setup.places_at(column) as usize
        } else {
            self.mentors.get(row).copied().flatten().is_some()
        }
    }

    /// The shortage that somebody is part of, and the area it is about.
    pub(super) fn shortage_of(
        &self,
        who: ApplicationId,
    ) -> (Option<ShortageAnswer>, Option<AreaStand>) {
        let found = shortages(&self.setup.instance);
        let is_part = |shortage: &&Shortage| {
            let mentees = shortage.mentees.iter();
            let mentors = shortage.mentors.iter();
            mentees
                .filter_map(|one| self.setup.mentee_id(*one))
                .chain(mentors.filter_map(|one| self.setup.mentor_id(*one)))
                .any(|one| one == who)
        };
        let shortage = found.iter().find(is_part);
        let unmatched: BTreeSet<ApplicationId> = self
            .mentors
            .iter()
            .enumerate()
            .filter(|(_, mentor)| mentor.is_none())
            .filter_map(|(row, _)| self.setup.mentee_id(mentee_at(row)))
            .collect();
        let stands = areas(&self.setup.problem.candidates, &unmatched);
        let asked = self
            .setup
            .row(who)
            .and_then(|row| self.setup.mentees.get(row).copied());
        let area = match (asked, shortage) {
            (Some(mentee), _) => scarcest(&stands, [mentee]),
            (None, Some(shortage)) => scarcest(
                &stands,
                shortage
                    .mentees
                    .iter()
                    .filter_map(|one| self.setup.mentees.get(one.0 as usize).copied()),
            ),
            (None, None) => None,
        };
        (shortage.map(|one| self.told(one)), area.cloned())
    }

    fn told(&self, shortage: &Shortage) -> ShortageAnswer {
        let mentee = |one: &tandem_matching::Mentee| self.setup.mentee_id(*one);
        let mentor = |one: &Mentor| self.setup.mentor_id(*one);
        let mut let_stand: Vec<Remedy> = Vec::new();
        for one in &shortage.mentees {
            for open in &shortage.open {
                let bar = self.setup.bar_at(one.0 as usize, open.0 as usize);
                // A hard rule is nothing to let stand: its cause is lifted, or it holds.
                if let (
                    Some(bar @ (Bar::Warned(_) | Bar::BelowFloor(_))),
                    Some(mentee),
                    Some(mentor),
                ) = (bar, mentee(one), mentor(open))
                {
                    let_stand.push(Remedy {
                        bar,
                        mentee,
                        mentor,
                    });
                }
            }
        }
        let_stand.sort_unstable();
        let_stand.truncate(N_REMEDIES);
        let locks = shortage.locks.iter();
        ShortageAnswer {
            mentees: shortage.mentees.iter().filter_map(mentee).collect(),
            mentors: shortage.mentors.iter().filter_map(mentor).collect(),
            places: shortage.places,
            unmatched: shortage.n_unmatched,
            let_stand,
            unlock: locks
                .filter_map(|(one, other)| Some((mentee(one)?, mentor(other)?)))
                .collect(),
        }
    }
}
