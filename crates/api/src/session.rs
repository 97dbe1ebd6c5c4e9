//! Signing in, and who is signed in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::id::{ApplicationId, PersonId, ProgramId};
use tandem_domain::role::Office;

/// Answer of `GET /api/session`, for visitors too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// Real time at the server.
    pub server_now: DateTime<Utc>,
    /// Program time at the server: the same, but on a rehearsal clock.
    pub program_now: DateTime<Utc>,
    /// Whether this is a demonstration with fictional people.
    pub demo: bool,
    /// Whether mails stay on the server and can be read on the outbox page (no SMTP).
    pub local_mail: bool,
}

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub id: PersonId,
    /// The name to use; empty until known.
    pub name: String,
    /// The address.
    pub email: String,
    /// Whether the address is confirmed. Until then only drafts of this browser open.
    pub confirmed: bool,
    /// Whether this person may found programs.
    pub founder: bool,
    /// Offices, program by program.
    pub offices: Vec<HeldOffice>,
    /// For `If-Match`.
    #[serde(default)]
    pub rev: i64,
}

/// An office somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldOffice {
    /// In which program.
    pub program: ProgramId,
    /// The program's name.
    pub program_name: String,
    /// Which.
    pub office: Office,
}

/// Body of `POST /api/auth/link`. Always answered 202, whether or not there is an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskLink {
    /// The address.
    pub email: String,
}

/// Body of `POST /api/auth/link/redeem`: a token from a link, or a typed code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Redeem {
    /// From the link's fragment.
    Token(String),
    /// As typed from the mail, in the browser that asked.
    Code(String),
}

/// Answer of a redeemed link or code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemed {
    /// Who is signed in now.
    pub me: Me,
    /// Drafts of this browser that now belong to the account.
    pub claimed: Vec<ApplicationId>,
}

/// Body of `PATCH /api/me`. Needs `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeMe {
    /// The name to use.
    pub name: String,
}
