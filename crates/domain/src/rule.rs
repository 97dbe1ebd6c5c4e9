//! Hard rules and warnings: one list, asked by the board, the server and every suggestion.

mod name;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::candidate::{Candidate, Institution, Offer, Side};
use crate::id::ApplicationId;

/// Why a pair may not be. Nobody overrides one; its cause is lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HardRule {
    /// Both applications are of one person.
    SamePerson,
    /// The two are already paired the other way round.
    Reciprocal,
    /// They work at the same institution.
    SameInstitution,
    /// One's institution is part of the other's.
    ParentInstitution,
    /// One of them asked for it; who and why stays sealed.
    DeclaredBlock,
    /// A student and faculty of the same school.
    OwnFaculty,
    /// They were a pair in an earlier cohort.
    PreviousPair,
    /// The mentor asked not to have the mentee's first area this year.
    DeclinesFirstArea,
    /// No area in common.
    NoSharedArea,
    /// Both stated hours, and none is shared in the worst season.
    NoSharedHour,
    /// All places of the mentor are taken.
    Capacity,
    /// Withdrawn, or not found eligible.
    NotEligible,
    /// The committee forbade the pair.
    ForbiddenByCommittee,
}

/// What speaks against a pair without forbidding it. The chair may let it stand, with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Their institutions belong to one system.
    CommonParent,
    /// One sells to the kind of place where the other works.
    VendorAndCustomer,
    /// No way to talk in common.
    NoCommonMode,
    /// Their institutions have similar names.
    SimilarName,
}

/// What the committee and earlier cohorts say of single pairs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PairFacts {
    /// Mentee and mentor who must not be paired because one of them asked for it.
    pub blocked: BTreeSet<(ApplicationId, ApplicationId)>,
    /// Mentee and mentor who were a pair before.
    pub previous: BTreeSet<(ApplicationId, ApplicationId)>,
    /// Mentee and mentor whom the committee keeps apart.
    pub forbidden: BTreeSet<(ApplicationId, ApplicationId)>,
}

/// A mentee and a mentor, and all that rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The mentee.
    pub mentee: &'a Candidate,
    /// The mentor.
    pub mentor: &'a Candidate,
    /// What is known of single pairs.
    pub facts: &'a PairFacts,
    /// Whether the same two people are on the board the other way round.
    pub is_reciprocal: bool,
    /// Whether others have all places of the mentor.
    pub is_full: bool,
}

type Test = fn(&Pair<'_>) -> bool;

/// All hard rules, in the order of their enum: the only list.
const HARD_RULES: &[(HardRule, Test)] = &[
    (HardRule::SamePerson, |pair| {
        pair.mentee.person == pair.mentor.person
    }),
    (HardRule::Reciprocal, |pair| pair.is_reciprocal),
    (HardRule::SameInstitution, |pair| {
        pair.any_institutions(|one, other| name::same(&one.name, &other.name))
    }),
    (HardRule::ParentInstitution, |pair| {
        pair.any_institutions(|one, other| is_part_of(one, other) || is_part_of(other, one))
    }),
    (HardRule::DeclaredBlock, |pair| {
        pair.facts.blocked.contains(&pair.ids())
    }),
    (HardRule::OwnFaculty, |pair| {
        is_own_faculty(pair.mentee, pair.mentor) || is_own_faculty(pair.mentor, pair.mentee)
    }),
    (HardRule::PreviousPair, |pair| {
        pair.facts.previous.contains(&pair.ids())
    }),
    (HardRule::DeclinesFirstArea, |pair| {
        pair.offers()
            .next()
            .is_some_and(|first| first == Some(Offer::PleaseNot))
    }),
    (HardRule::NoSharedArea, |pair| {
        !pair
            .offers()
            .any(|offer| matches!(offer, Some(Offer::Strong | Offer::Some)))
    }),
    (HardRule::NoSharedHour, |pair| {
        pair.shared_half_hours() == Some(0)
    }),
    (HardRule::Capacity, |pair| pair.is_full),
    (HardRule::NotEligible, |pair| {
        !pair.mentee.state.may_be_paired() || !pair.mentor.state.may_be_paired()
    }),
    (HardRule::ForbiddenByCommittee, |pair| {
        pair.facts.forbidden.contains(&pair.ids())
    }),
];

/// All warnings, in the order of their enum.
const WARNINGS: &[(Warning, Test)] = &[
    (Warning::CommonParent, |pair| {
        pair.any_institutions(have_common_parent)
    }),
    (Warning::VendorAndCustomer, |pair| {
        sells_to(pair.mentee, pair.mentor) || sells_to(pair.mentor, pair.mentee)
    }),
    (Warning::NoCommonMode, |pair| {
        let (mentee, mentor) = (&pair.mentee.modes, &pair.mentor.modes);
        !mentee.is_empty() && !mentor.is_empty() && mentee.is_disjoint(mentor)
    }),
    (Warning::SimilarName, |pair| {
        pair.any_institutions(|one, other| name::similar(&one.name, &other.name))
    }),
];

impl Pair<'_> {
    /// The hard rules that forbid the pair, most telling first.
    pub fn rules(&self) -> Vec<HardRule> {
        HARD_RULES
            .iter()
            .filter(|(_, forbids)| forbids(self))
            .map(|(rule, _)| *rule)
            .collect()
    }

    /// What speaks against the pair without forbidding it.
    pub fn warnings(&self) -> Vec<Warning> {
        WARNINGS
            .iter()
            .filter(|(_, speaks)| speaks(self))
            .map(|(warning, _)| *warning)
            .collect()
    }

    /// Shared half-hours in the worst season, if both stated theirs.
    pub fn shared_half_hours(&self) -> Option<u16> {
        let (mentee, mentor) = (self.mentee.hours.as_ref()?, self.mentor.hours.as_ref()?);
        mentee.shared_in_worst_season(mentor)
    }

    fn ids(&self) -> (ApplicationId, ApplicationId) {
        (self.mentee.id, self.mentor.id)
    }

    /// What the mentor says of each area of the mentee, first first.
    fn offers(&self) -> impl Iterator<Item = Option<Offer>> {
        let wanted: &[_] = match &self.mentee.side {
            Side::Mentee { areas, .. } => areas,
            Side::Mentor { .. } => &[],
        };
        wanted.iter().map(|area| match &self.mentor.side {
            Side::Mentor { areas, .. } => areas.get(area).copied(),
            Side::Mentee { .. } => None,
        })
    }

    fn any_institutions(&self, test: impl Fn(&Institution, &Institution) -> bool) -> bool {
        self.mentee.institutions.iter().any(|one| {
            self.mentor
                .institutions
                .iter()
                .any(|other| test(one, other))
        })
    }
}

fn is_part_of(part: &Institution, whole: &Institution) -> bool {
    part.parent
        .as_deref()
        .is_some_and(|parent| name::same(parent, &whole.name))
}

fn have_common_parent(one: &Institution, other: &Institution) -> bool {
    match (&one.parent, &other.parent) {
        (Some(one), Some(other)) => name::same(one, other),
        _ => false,
    }
}

fn is_own_faculty(student: &Candidate, faculty: &Candidate) -> bool {
    match (&student.studies_at, &faculty.teaches_at) {
        (Some(school), Some(employer)) => name::same(school, employer),
        _ => false,
    }
}

/// Whether one works for a vendor and the other in a library, which may be its customer.
fn sells_to(vendor: &Candidate, customer: &Candidate) -> bool {
    let is = |candidate: &Candidate, word: &str| {
        candidate
            .situation
            .as_ref()
            .is_some_and(|situation| situation.0 == word)
    };
    is(vendor, VENDOR) && is(customer, LIBRARY)
}

/// The word of the forms for working for a vendor, publisher or service.
const VENDOR: &str = "vendor";
/// The word of the forms for working in a library.
const LIBRARY: &str = "library";
