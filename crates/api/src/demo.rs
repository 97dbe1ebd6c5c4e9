//! The demonstration: accounts to sign in with, and the rehearsal clock. 404 everywhere else.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::id::PersonId;

/// Answer of `GET /api/demo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoView {
    /// Accounts that sign in with one click.
    pub accounts: Vec<DemoAccount>,
    /// The days the clock can be set to, in order.
    pub days: Vec<DemoDay>,
    /// Program time.
    pub program_now: DateTime<Utc>,
}

/// An account of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// What the person does in the demonstration: applicant, mentor, member, chair, officer.
    pub part: String,
}

/// A day of the rehearsal clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoDay {
    /// Its name in requests.
    pub id: String,
    /// What happens on it.
    pub title: String,
    /// The moment.
    pub at: DateTime<Utc>,
    /// Whether it lies before the present program time, so that going there starts anew.
    pub restarts: bool,
}

/// Body of `POST /api/demo/sign-in`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoSignIn {
    /// As whom.
    pub person: PersonId,
}

/// Body of `POST /api/demo/clock`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetDemoClock {
    /// The day's id.
    pub day: String,
    /// Says yes to starting anew, which an earlier day needs.
    #[serde(default)]
    pub restart: bool,
}
