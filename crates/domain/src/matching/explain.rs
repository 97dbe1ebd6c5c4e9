//! Why somebody is where they are, why two are a pair or not, and why somebody has nobody.

use serde::{Deserialize, Serialize};

use super::ask::{Trouble, Watch};
use super::judge::Bar;
use super::known::Known;
use super::plan::{Change, Effect, Planned};
use super::setup::Setup;
use super::supply::AreaStand;
use super::wanted::{How, Problem};
use crate::id::ApplicationId;
use crate::rule::{HardRule, Warning};

/// Why somebody is where they are in the best plan, and what else could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAnswer {
    /// Who.
    pub who: ApplicationId,
    /// The pairs of the person in the plan.
    pub pairs: Vec<Planned>,
    /// The partners who suit the person best, whatever it means for others.
    pub best: Vec<Other>,
    /// Other partners by what they would cost the cohort, the kindest first.
    pub kindest: Vec<Other>,
    /// What is with each of the partners there are.
    pub reasons: Reasons,
    /// The people among whom there are too few places, if the person is one of them.
    pub shortage: Option<ShortageAnswer>,
    /// The scarcest of the areas that the person, or the people of the shortage, list.
    pub area: Option<AreaStand>,
}

/// Another partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Who.
    pub partner: ApplicationId,
    /// How well the two fit.
    pub score: u16,
    /// How the pair stands.
    pub stands: Stands,
}

/// How a pair stands in the best plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// It is in the plan.
    InPlan {
        /// How the best plan without it would differ; none if the pair is held.
        without: Option<Effect>,
        /// Who would move then.
        moves: Vec<Change>,
    },
    /// It is not proposed.
    Barred {
        /// Why.
        bar: Bar,
    },
    /// A locked pair stands in the way, or the mentor has no places.
    Held,
    /// It could be made, at a cost.
    Costs {
        /// What the cohort would lose.
        effect: Effect,
        /// Who would move, beginning with the mentee of the pair.
        moves: Vec<Change>,
        /// With whom the partner is in the plan.
        taken_by: Vec<Holder>,
    },
}

/// With whom somebody is in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub partner: ApplicationId,
    /// How well the two fit.
    pub score: u16,
}

/// What is with each partner there is. The counts sum to `of`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reasons {
    /// All partners who may be paired.
    pub of: u32,
    /// In the plan with the person.
    pub in_plan: u32,
    /// Forbidden by a rule; each partner counts once, under the most telling rule.
    pub rules: Vec<(HardRule, u32)>,
    /// A warning stands against them that only the chair may let stand.
    pub warned: Vec<(Warning, u32)>,
    /// Below the floor.
    pub below_floor: u32,
    /// Of these, who misses it by the fewest points, and by how many.
    pub nearest: Option<(ApplicationId, u16)>,
    /// Acceptable, and with others in the plan.
    pub taken: u32,
    /// Acceptable and free.
    pub free: u32,
}

/// Mentees who together are more than the places they can use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortageAnswer {
    /// The mentees. Any of them may be the one who goes without.
    pub mentees: Vec<ApplicationId>,
    /// The mentors they can have: one more place with any of them helps one mentee more.
    pub mentors: Vec<ApplicationId>,
    /// How many places that are.
    pub places: u32,
    /// How many of the mentees stay without.
    pub unmatched: u32,
    /// Pairs that would help if they were let stand, the least objectionable first.
    pub let_stand: Vec<Remedy>,
    /// Locked pairs that would help if they were unlocked.
    pub unlock: Vec<(ApplicationId, ApplicationId)>,
}

/// A pair that would help one mentee more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Remedy {
    /// Why it is not proposed: a warning, or the floor.
    pub bar: Bar,
    /// The mentee.
    pub mentee: ApplicationId,
    /// The mentor.
    pub mentor: ApplicationId,
}

/// Why the two are a pair, or are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairAnswer {
    /// The mentee.
    pub mentee: ApplicationId,
    /// The mentor.
    pub mentor: ApplicationId,
    /// How well they fit.
    pub score: u16,
    /// How the pair stands.
    pub stands: Stands,
}

/// Explains a person.
pub(super) fn person(
    problem: &Problem,
    how: How,
    who: ApplicationId,
    watch: &mut Watch<'_>,
) -> Result<PersonAnswer, Trouble> {
    let mut setup = Setup::new(problem, how)?;
    let live = setup.live(watch)?;
    let known = Known::of(&setup, &live);
    let pairs: Vec<(usize, usize)> = match (setup.row(who), setup.column(who)) {
        (Some(row), _) => (0..setup.mentors.len())
            .map(|column| (row, column))
            .collect(),
        (None, Some(column)) => (0..setup.mentees.len()).map(|row| (row, column)).collect(),
        (None, None) => return Err(Trouble::Nobody(who)),
    };
    let is_mentee = setup.row(who).is_some();
    let other = |row: usize, column: usize| known.other((row, column), is_mentee);
    let (shortage, area) = known.shortage_of(who);
    Ok(PersonAnswer {
        who,
        pairs: known.planned(&pairs),
        best: known
            .by_score(&pairs)
            .into_iter()
            .filter_map(|(row, column)| other(row, column))
            .collect(),
        kindest: known.kindest(who),
        reasons: known.reasons(&pairs, is_mentee),
        shortage,
        area,
    })
}

/// Explains a pair.
pub(super) fn pair(
    problem: &Problem,
    how: How,
    (mentee, mentor): (ApplicationId, ApplicationId),
    watch: &mut Watch<'_>,
) -> Result<PairAnswer, Trouble> {
    let mut setup = Setup::new(problem, how)?;
    let row = setup.row(mentee).ok_or(Trouble::Nobody(mentee))?;
    let column = setup.column(mentor).ok_or(Trouble::Nobody(mentor))?;
    let live = setup.live(watch)?;
    let known = Known::of(&setup, &live);
    Ok(PairAnswer {
        mentee,
        mentor,
        score: setup.score_at(row, column),
        stands: known.stands(row, column, true),
    })
}
