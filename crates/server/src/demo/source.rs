//! The fictional cohort as it is written in `demo/cohort-2018.json`: people, institutions, areas,
//! hours, blocks and states. Everything else the generator adds.

use serde::Deserialize;
use tandem_domain::application::ApplicationState;
use tandem_domain::role::Role;

const COHORT_2018: &str = include_str!("../../demo/cohort-2018.json");

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
pub struct Source {
    /// Everybody.
    pub people: Vec<SourcePerson>,
    /// Where people work or study.
    pub institutions: Vec<SourceInstitution>,
    /// Mentees.
    pub mentee_applications: Vec<SourceApplication>,
    /// Mentors.
    pub mentor_applications: Vec<SourceApplication>,
    /// A good board: who could be with whom.
    pub reference_pairs: Vec<SourcePair>,
}

/// Somebody.
#[derive(Debug, Clone, Deserialize)]
pub struct SourcePerson {
    /// Such as `P001`.
    pub id: String,
    /// The name to use.
    pub preferred_name: String,
    /// The address, in a domain that is reserved for examples.
    pub email: String,
    /// Such as `she/her`.
    pub pronouns: Option<String>,
}

/// A fictional institution.
#[derive(Debug, Clone, Deserialize)]
pub struct SourceInstitution {
    /// What it is called.
    pub name: String,
    /// Its kind, in the source's words.
    pub kind: String,
    /// Where it is.
    pub state: String,
    /// IANA zone.
    pub time_zone: String,
    /// The larger organisation it belongs to.
    pub parent: Option<String>,
}

/// An application.
#[derive(Debug, Clone, Deserialize)]
pub struct SourceApplication {
    /// Such as `E001` or `M001`.
    pub application_id: String,
    /// Whose.
    pub person: String,
    /// In which role.
    pub role: Role,
    /// Kind of institution, or situation where there is none.
    pub institution_kind: String,
    /// Employer, or school of a student.
    pub institution: Option<String>,
    /// The larger organisation it belongs to.
    pub institution_parent: Option<String>,
    /// A state of the United States, a territory, or `ON` for Ontario.
    pub state: String,
    /// IANA zone.
    pub time_zone: String,
    /// Such as `wd_lunch` (weekdays) and `we_morning` (weekends).
    pub availability: Vec<String>,
    /// Ways to talk.
    pub meeting_modes: Vec<String>,
    /// How often.
    pub contact_rhythm: String,
    /// Number in the association.
    pub member_no: String,
    /// People to keep apart from.
    pub blocks: Vec<SourceBlock>,
    /// Years in the field, as a range.
    pub years_experience: String,
    /// Areas a mentee wants, first first.
    #[serde(default)]
    pub wants: Vec<String>,
    /// Whether a mentee wants a mentor from the own kind of institution.
    #[serde(default)]
    pub pref_same_kind: String,
    /// Whether a mentee was left without a partner last year.
    #[serde(default)]
    pub carry_over: bool,
    /// Areas a mentor offers, best first.
    #[serde(default)]
    pub teaches: Vec<String>,
    /// Places a mentor offers.
    #[serde(default)]
    pub capacity: u8,
    /// Whether a mentor has mentored before.
    #[serde(default)]
    pub mentored_before: bool,
    /// Areas a mentor asks not to be given.
    #[serde(default)]
    pub prefer_not: Vec<String>,
    /// Where it stands during the pairing.
    pub status: ApplicationState,
}

/// Somebody to keep apart from.
#[derive(Debug, Clone, Deserialize)]
pub struct SourceBlock {
    /// Whom.
    pub other: String,
    /// Why: a slug of the question's reasons.
    pub kind: String,
}

/// A pair of a good board.
#[derive(Debug, Clone, Deserialize)]
pub struct SourcePair {
    /// Such as `E012`.
    pub mentee: String,
    /// Such as `M001`.
    pub mentor: String,
}

impl Source {
    /// Reads the file that comes with the server.
    pub fn read() -> serde_json::Result<Self> {
        serde_json::from_str(COHORT_2018)
    }

    /// Both roles, mentees first, by reference.
    pub fn applications(&self) -> impl Iterator<Item = &SourceApplication> {
        self.mentee_applications
            .iter()
            .chain(&self.mentor_applications)
    }

    /// Somebody by id.
    pub fn person(&self, id: &str) -> Option<&SourcePerson> {
        self.people.iter().find(|person| person.id == id)
    }
}
