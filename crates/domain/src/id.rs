//! Identifiers: one type per kind of thing, so that none is taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A mentoring program of an association.
    ProgramId,
    /// One run of a program.
    CohortId,
    /// Somebody with an account, or on the way to one.
    PersonId,
    /// One person's application in one role to one cohort.
    ApplicationId,
    /// A named board of a cohort.
    ScenarioId,
    /// One command on a board; made by the client, so that a repeat is recognised.
    CommandId,
    /// One save of a draft; made by the client, so that a repeat is recognised.
    OperationId,
    /// A phase, milestone, deadline or meeting of a timeline.
    ItemId,
    /// Something the committee says must hold between two dates.
    ConstraintId,
    /// One change of a timeline.
    ChangeId,
    /// A date that holds for one person instead of everybody's.
    PersonDateId,
    /// A mail in the outbox.
    MailId,
    /// A question of the committee to an applicant.
    InfoRequestId,
    /// A comment of the committee; made by the client, so that a repeat is recognised.
    CommentId,
    /// A link by which somebody may apply after the call has closed.
    LateLinkId,
}
