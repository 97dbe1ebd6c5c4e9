//! People with an office in a program.

use serde::{Deserialize, Serialize};
use tandem_domain::id::PersonId;
use tandem_domain::role::Office;

/// Somebody with an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// Who.
    pub person: PersonId,
    /// The name to use; empty until known.
    pub name: String,
    /// The address.
    pub email: String,
    /// The offices.
    pub offices: Vec<Office>,
    /// For `If-Match`: counts changes of who holds which office in the program.
    #[serde(default)]
    pub rev: i64,
}

/// Body of `POST …/members`: gives an office to an address, and mails its owner. Needs
/// `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddMember {
    /// The address.
    pub email: String,
    /// The name to use.
    pub name: String,
    /// The offices.
    pub offices: Vec<Office>,
}

/// Body of `PUT …/members/{person}`. Needs `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetOffices {
    /// All offices from now on; none takes the person off.
    pub offices: Vec<Office>,
}
