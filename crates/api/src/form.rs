//! Versions of a form: what a new one would do, and publishing it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::form::change::{Change, Difference};
use tandem_domain::form::definition::FormDef;
use tandem_domain::form::lint::Finding;
use tandem_domain::form::news::Concerned;
use tandem_domain::id::ApplicationId;

/// Body of `POST /api/cohorts/{cohort}/forms/{role}/plan`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanForm {
    /// The whole form as it would be. Its version is counted by the server.
    pub form: FormDef,
}

/// What a new version would do. It can be published if nothing is found and nothing refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPlan {
    /// What the author should mend first.
    pub findings: Vec<Finding>,
    /// What differs from the present version.
    pub difference: Difference,
    /// The changes among them of questions that have answers and may not simply go.
    pub refused: Vec<Change>,
    /// Whom it concerns of those who have not sent theirs, in numbers.
    pub drafts: Concerned,
    /// Whom it concerns of those who have, in numbers.
    pub sent: Concerned,
    /// Those who have sent theirs and are concerned, by name.
    pub affected: Vec<AffectedApplication>,
}

/// A sent application that a new version concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AffectedApplication {
    /// Which.
    pub id: ApplicationId,
    /// The reference people quote.
    pub reference: String,
    /// The name to use.
    pub name: String,
    /// Whether it lacks something that the new version asks: sent again, it would have to answer.
    pub lacks: bool,
}

/// Body of `POST /api/cohorts/{cohort}/forms/{role}/versions`. Needs `Idempotency-Key` and
/// `If-Match` with the present version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishForm {
    /// The whole form as it is from now on.
    pub form: FormDef,
    /// Why, for whoever looks later.
    #[serde(default)]
    pub note: String,
    /// Whether those who have sent theirs and lack something now get a mail.
    #[serde(default)]
    pub tell: bool,
}

/// A version that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersionRow {
    /// Which.
    pub version: u32,
    /// When it was published, in program time; none for the one that the cohort began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
