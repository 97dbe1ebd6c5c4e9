//! Hard rules and warnings: one list, asked by the board, the server and every suggestion.

pub(crate) mod name;
mod verdicts;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use self::name::Name;
pub(crate) use self::verdicts::Verdicts;
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

/// Somebody whose names are read once, for all rules and all partners.
pub(crate) struct Known<'a> {
    pub(crate) candidate: &'a Candidate,
    institutions: Vec<Belonging>,
}

impl<'a> Known<'a> {
    /// Reads somebody.
    pub(crate) fn of(candidate: &'a Candidate) -> Self {
        let institutions = candidate.institutions.iter().map(Belonging::of);
        Self {
            candidate,
            institutions: institutions.collect(),
        }
    }
}

/// A pair whose names are read.
struct Read<'a> {
    pair: &'a Pair<'a>,
    of_mentee: &'a [Belonging],
    of_mentor: &'a [Belonging],
}

/// An institution and the larger one it belongs to, as names that can be compared.
struct Belonging {
    name: Name,
    parent: Option<Name>,
}

type Test = fn(&Read<'_>) -> bool;

/// All hard rules, in the order of their enum: the only list.
const HARD_RULES: &[(HardRule, Test)] = &[
    (HardRule::SamePerson, |read| {
        read.pair.mentee.person == read.pair.mentor.person
    }),
    (HardRule::Reciprocal, |read| read.pair.is_reciprocal),
    (HardRule::SameInstitution, |read| {
        read.any_institutions(|one, other| one.name.is_same(&other.name))
    }),
    (HardRule::ParentInstitution, |read| {
        read.any_institutions(|one, other| is_part_of(one, other) || is_part_of(other, one))
    }),
    (HardRule::DeclaredBlock, |read| {
        read.pair.facts.blocked.contains(&read.pair.ids())
    }),
    (HardRule::OwnFaculty, |read| {
        is_own_faculty(read.pair.mentee, read.pair.mentor)
            || is_own_faculty(read.pair.mentor, read.pair.mentee)
    }),
    (HardRule::PreviousPair, |read| {
        read.pair.facts.previous.contains(&read.pair.ids())
    }),
    (HardRule::DeclinesFirstArea, |read| {
        read.pair
            .offers()
            .next()
            .is_some_and(|first| first == Some(Offer::PleaseNot))
    }),
    (HardRule::NoSharedArea, |read| {
        !read
            .pair
            .offers()
            .any(|offer| matches!(offer, Some(Offer::Strong | Offer::Some)))
    }),
    (HardRule::NoSharedHour, |read| {
        read.pair.shared_half_hours() == Some(0)
    }),
    (HardRule::Capacity, |read| read.pair.is_full),
    (HardRule::NotEligible, |read| {
        !read.pair.mentee.state.may_be_paired() || !read.pair.mentor.state.may_be_paired()
    }),
    (HardRule::ForbiddenByCommittee, |read| {
        read.pair.facts.forbidden.contains(&read.pair.ids())
    }),
];

/// All warnings, in the order of their enum.
const WARNINGS: &[(Warning, Test)] = &[
    (Warning::CommonParent, |read| {
        read.any_institutions(have_common_parent)
    }),
    (Warning::VendorAndCustomer, |read| {
        sells_to(read.pair.mentee, read.pair.mentor) || sells_to(read.pair.mentor, read.pair.mentee)
    }),
    (Warning::NoCommonMode, |read| {
        let (mentee, mentor) = (&read.pair.mentee.modes, &read.pair.mentor.modes);
        !mentee.is_empty() && !mentor.is_empty() && mentee.is_disjoint(mentor)
    }),
    (Warning::SimilarName, |read| {
        read.any_institutions(|one, other| one.name.is_similar(&other.name))
    }),
];

impl<'a> Pair<'a> {
    /// Two people as if nobody else were placed.
    fn alone(mentee: &Known<'a>, mentor: &Known<'a>, facts: &'a PairFacts) -> Self {
        Self {
            mentee: mentee.candidate,
            mentor: mentor.candidate,
            facts,
            is_reciprocal: false,
            is_full: false,
        }
    }
}

impl Pair<'_> {
    /// The hard rules that forbid the pair, most telling first.
    pub fn rules(&self) -> Vec<HardRule> {
        let (mentee, mentor) = (Known::of(self.mentee), Known::of(self.mentor));
        let read = Read::of(self, &mentee, &mentor);
        HARD_RULES
            .iter()
            .filter(|(_, forbids)| forbids(&read))
            .map(|(rule, _)| *rule)
            .collect()
    }

    /// What speaks against the pair without forbidding it.
    pub fn warnings(&self) -> Vec<Warning> {
        let (mentee, mentor) = (Known::of(self.mentee), Known::of(self.mentor));
        let read = Read::of(self, &mentee, &mentor);
        WARNINGS
            .iter()
            .filter(|(_, speaks)| speaks(&read))
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
}

impl<'a> Read<'a> {
    fn of(pair: &'a Pair<'a>, mentee: &'a Known<'_>, mentor: &'a Known<'_>) -> Self {
        Self {
            pair,
            of_mentee: &mentee.institutions,
            of_mentor: &mentor.institutions,
        }
    }

    fn any_institutions(&self, test: impl Fn(&Belonging, &Belonging) -> bool) -> bool {
        self.of_mentee
            .iter()
            .any(|one| self.of_mentor.iter().any(|other| test(one, other)))
    }
}

impl Belonging {
    fn of(institution: &Institution) -> Self {
        Self {
            name: Name::of(&institution.name),
            parent: institution.parent.as_deref().map(Name::of),
        }
    }
}

fn is_part_of(part: &Belonging, whole: &Belonging) -> bool {
    part.parent
        .as_ref()
        .is_some_and(|parent| parent.is_same(&whole.name))
}

fn have_common_parent(one: &Belonging, other: &Belonging) -> bool {
    match (&one.parent, &other.parent) {
        (Some(one), Some(other)) => one.is_same(other),
        _ => false,
    }
}

fn is_own_faculty(student: &Candidate, faculty: &Candidate) -> bool {
    match (&student.studies_at, &faculty.teaches_at) {
        (Some(school), Some(employer)) => Name::of(school).is_same(&Name::of(employer)),
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
