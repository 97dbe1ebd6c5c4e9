//! The sealed list of people to keep apart, as the program officer works through it. Nobody else
//! gets any of this.

use serde::{Deserialize, Serialize};
use tandem_domain::apart::{Entry, Likeness, Verdict};
use tandem_domain::id::PersonId;

/// Answer of `GET /api/cohorts/{cohort}/apart`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedList {
    /// What applicants asked for; what still waits for the officer comes first.
    pub entries: Vec<SealedEntry>,
}

/// Somebody or somewhere that an applicant asks to be kept apart from, and whom it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedEntry {
    /// Who asked.
    pub declared_by: SealedPerson,
    /// The entry's name in [`JudgeSealed`].
    pub key: String,
    /// What was written.
    pub entry: Entry,
    /// The reason in words, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whom it may mean; nobody, if nobody of that name has applied so far.
    pub guesses: Vec<SealedGuess>,
}

/// Somebody an entry may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedGuess {
    /// Who.
    pub person: SealedPerson,
    /// Why.
    pub likeness: Likeness,
    /// What the officer said; nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Whether the two are kept apart now.
    pub is_blocked: bool,
}

impl SealedGuess {
    /// Whether the officer has to look.
    pub fn is_open(&self) -> bool {
        self.likeness != Likeness::Address && self.verdict.is_none()
    }
}

/// Somebody who has applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPerson {
    /// Who.
    pub id: PersonId,
    /// The name to use.
    pub name: String,
    /// The references of their applications.
    pub references: Vec<String>,
    /// Where they work or study, if they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
}

/// Body of `PUT /api/cohorts/{cohort}/apart`: what the officer says to a guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeSealed {
    /// Who asked.
    pub declared_by: PersonId,
    /// The entry's name in the list.
    pub key: String,
    /// Who may be meant.
    pub person: PersonId,
    /// Whether this is who was meant; null takes back what was said.
    pub verdict: Option<Verdict>,
    /// What had been said as the officer saw it. Where somebody said something else meanwhile,
    /// nothing changes.
    pub seen: Option<Verdict>,
}
