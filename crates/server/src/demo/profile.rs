//! One fictional applicant, before any answer is written: what the answers must agree on.

use std::collections::BTreeSet;

use tandem_domain::application::ApplicationState;
use tandem_domain::role::Role;

use super::source::{Source, SourceApplication};

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    /// Works in a library.
    Library,
    /// Works for a vendor.
    Vendor,
    /// Teaches in a library school.
    Faculty,
    /// Studies in a library school.
    Student,
    /// Is between positions.
    Between,
}

/// An applicant in one role.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The reference, such as `E001`.
    pub reference: String,
    /// The person, such as `P001`.
    pub person: String,
    /// The name to use.
    pub name: String,
    /// The address.
    pub email: String,
    /// Such as `she/her`.
    pub pronouns: Option<String>,
    /// In which role.
    pub role: Role,
    /// What the person does.
    pub situation: Situation,
    /// Kind of institution, as the form knows it; none for those who work nowhere.
    pub setting: Option<&'static str>,
    /// Employer, or school of a student.
    pub institution: Option<String>,
    /// The larger organisation it belongs to.
    pub parent: Option<String>,
    /// Country and state.
    pub place: (String, Option<String>),
    /// IANA zone.
    pub zone: String,
    /// Such as `wd_lunch` and `we_morning`.
    pub hours: Vec<String>,
    /// Ways to talk.
    pub modes: Vec<String>,
    /// How often.
    pub rhythm: String,
    /// Number in the association.
    pub member_no: String,
    /// Years in the field, as the form's choices.
    pub years: &'static str,
    /// People to keep apart from: name, address, reason.
    pub blocks: Vec<(String, String, String)>,
    /// What only one side says.
    pub side: Side,
    /// Left without a partner last year.
    pub carried_over: bool,
    /// Where the application stands during the pairing.
    pub state: ApplicationState,
}

/// What only one side says.
#[derive(Debug, Clone)]
pub enum Side {
    /// A mentee.
    Mentee {
        /// Areas wanted, first first.
        wants: Vec<String>,
        /// `same`, `different` or `no_preference`.
        kind: String,
    },
    /// A mentor.
    Mentor {
        /// Areas offered, best first.
        teaches: Vec<String>,
        /// Areas not wanted.
        declines: Vec<String>,
        /// Places.
        capacity: u8,
        /// Whether the person has mentored before.
        before: bool,
    },
}

impl Profile {
    /// Everybody of the source, by reference.
    pub fn all(source: &Source) -> Vec<Self> {
        source
            .applications()
            .filter_map(|application| Self::of(source, application))
            .collect()
    }

    fn of(source: &Source, application: &SourceApplication) -> Option<Self> {
        let person = source.person(&application.person)?;
        // Somebody in both roles says the same in both: what the mentor says holds, and of ways to
        // talk and people to keep apart everything that was named.
        let elder = source
            .mentor_applications
            .iter()
            .find(|other| other.person == application.person)
            .unwrap_or(application);
        let (situation, setting) = situation(&elder.institution_kind);
        let own = || {
            source
                .applications()
                .filter(|other| other.person == application.person)
        };
        let blocks = own()
            .flat_map(|other| &other.blocks)
            .filter_map(|block| {
                let other = source.person(&block.other)?;
                Some((
                    other.preferred_name.clone(),
                    other.email.clone(),
                    block.kind.clone(),
                ))
            })
            .collect();
        let modes: BTreeSet<_> = own()
            .flat_map(|other| other.meeting_modes.clone())
            .collect();
        Some(Self {
            reference: application.application_id.clone(),
            person: person.id.clone(),
            name: person.preferred_name.clone(),
            email: person.email.clone(),
            pronouns: person.pronouns.clone(),
            role: application.role,
            situation,
            setting,
            institution: elder.institution.clone(),
            parent: elder.institution_parent.clone(),
            place: place(&elder.state),
            zone: elder.time_zone.clone(),
            hours: elder.availability.clone(),
            modes: modes.into_iter().collect(),
            rhythm: elder.contact_rhythm.clone(),
            member_no: application.member_no.clone(),
            years: years(&elder.years_experience),
            blocks,
            side: side(application),
            carried_over: application.carry_over,
            state: application.status,
        })
    }

    /// Whether the person works somewhere.
    pub fn works(&self) -> bool {
        !matches!(self.situation, Situation::Student | Situation::Between)
    }
}

fn side(application: &SourceApplication) -> Side {
    match application.role {
        Role::Mentee => Side::Mentee {
            wants: application.wants.clone(),
            kind: application.pref_same_kind.clone(),
        },
        Role::Mentor => Side::Mentor {
            teaches: application.teaches.clone(),
            declines: application.prefer_not.clone(),
            capacity: application.capacity,
            before: application.mentored_before,
        },
    }
}

pub(super) fn situation(kind: &str) -> (Situation, Option<&'static str>) {
    match kind {
        "student" => (Situation::Student, None),
        "between_jobs" => (Situation::Between, None),
        "vendor" => (Situation::Vendor, Some("vendor")),
        "lis_faculty" => (Situation::Faculty, Some("library_school")),
        "public" => (Situation::Library, Some("public")),
        "special" => (Situation::Library, Some("special")),
        "government" => (Situation::Library, Some("government")),
        "consortium" => (Situation::Library, Some("consortium")),
        _ => (Situation::Library, Some("academic")),
    }
}

pub(super) fn place(state: &str) -> (String, Option<String>) {
    match state {
        "ON" => ("CA".to_owned(), None),
        state => ("US".to_owned(), Some(state.to_owned())),
    }
}

fn years(range: &str) -> &'static str {
    match range {
        "student" => "student",
        "0-2" => "1-2",
        "3-5" => "3-5",
        "5-9" | "6-10" => "6-9",
        "11+" | "10-14" => "10-14",
        "15-19" => "15-19",
        _ => "20+",
    }
}
