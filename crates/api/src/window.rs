//! More time for one person: extensions and late links.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::date::Deadline;
use tandem_domain::id::{CohortId, LateLinkId};

/// Body of `PUT /api/applications/{application}/extension`. Needs `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantExtension {
    /// The last day on which it is not too late, read where the deadline of the call is read.
    pub last_day: NaiveDate,
    /// Why. The committee reads it; the applicant does not.
    pub reason: String,
}

/// Body of `POST /api/cohorts/{cohort}/late-links`. Needs `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeLateLink {
    /// The address it is mailed to.
    pub email: String,
    /// The last day on which it opens, read where the deadline of the call is read.
    pub last_day: NaiveDate,
    /// Why. The committee reads it; the applicant does not.
    pub reason: String,
}

/// A late link as chair and officer see it. Its secret went by mail and is nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLinkView {
    /// Which.
    pub id: LateLinkId,
    /// The address it was mailed to.
    pub email: String,
    /// Until when it opens, and what it opened can be sent.
    pub until: Deadline,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was used, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<DateTime<Utc>>,
    /// Whether it was taken back.
    pub is_revoked: bool,
}

/// Body of `POST /api/late-links/open`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenLateLink {
    /// From the link's fragment.
    pub token: String,
}

/// What a late link opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLinkOpened {
    /// To which cohort.
    pub cohort: CohortId,
    /// Until when what is begun can be sent.
    pub until: Deadline,
}
