//! Hard rules and warnings: one list, asked by the board, the server and every suggestion.

use serde::{Deserialize, Serialize};

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
    pub blocked: std::collections::BTreeSet<(crate::id::ApplicationId, crate::id::ApplicationId)>,
    /// Mentee and mentor who were a pair before.
    pub previous: std::collections::BTreeSet<(crate::id::ApplicationId, crate::id::ApplicationId)>,
    /// Mentee and mentor whom the committee keeps apart.
    pub forbidden: std::collections::BTreeSet<(crate::id::ApplicationId, crate::id::ApplicationId)>,
}
