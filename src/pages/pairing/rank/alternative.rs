//! The best other partners of somebody, and what stands in the way of each.

use std::cmp::Reverse;

use tandem_domain::board::Refusal;
use tandem_domain::id::ApplicationId;
use tandem_domain::order;
use tandem_domain::role::Role;
use tandem_domain::rule::HardRule;

use super::{Verdict, verdict};
use crate::pages::pairing::desk::Desk;

/// A possible other partner, and what stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages::pairing) struct Alternative {
    /// Who.
    pub(in crate::pages::pairing) partner: ApplicationId,
    /// How well they fit.
    pub(in crate::pages::pairing) score: u16,
    /// What stands in the way.
    pub(in crate::pages::pairing) hurdle: Hurdle,
    /// What placing would do.
    pub(in crate::pages::pairing) verdict: Verdict,
}

/// What stands in the way of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages::pairing) enum Hurdle {
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
pub(in crate::pages::pairing) fn alternatives(
    desk: &Desk,
    who: ApplicationId,
    n_most: usize,
) -> Vec<Alternative> {
    let Some(candidate) = desk.candidate(who) else {
        return Vec::new();
    };
    let pair = |partner: ApplicationId| match candidate.role {
        Role::Mentee => (who, partner),
        Role::Mentor => (partner, who),
    };
    let mut alternatives: Vec<Alternative> = desk
        .side(candidate.role.other())
        .iter()
        .copied()
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
                verdict,
            }
        })
        .collect();
    // Partners stand in the order of names, and the sort keeps it among equals.
    order::sort_by_key(&mut alternatives, |one| {
        let is_forbidden = matches!(one.hurdle, Hurdle::Rules(_));
        (is_forbidden, Reverse(one.score))
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
            if desk.n_free(mentor) > 0 {
                return Hurdle::None;
            }
            Hurdle::Full(
                desk.occupants(mentor)
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
