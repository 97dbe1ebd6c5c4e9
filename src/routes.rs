//! Every screen and its address. Each link in the app is made from a `Screen`.

use std::fmt;

use tandem_domain::id::{ApplicationId, ProgramId, ScenarioId};
use tandem_domain::role::Role;

/// A screen of the app. `Display` gives its address. Cohorts go by their name in addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// What the program is, the present call, two doors.
    Home,
    /// Sign in with a mail.
    SignIn,
    /// Sign in, then go on to this address.
    SignInThen(String),
    /// The own name and address.
    Account,
    /// A cohort's public page.
    Cohort(String),
    /// Choose a role and give an address.
    Apply(String),
    /// The task list of an application.
    ApplyTasks(String, Role),
    /// One page of an application: section, page.
    ApplyPage(String, Role, String, String),
    /// All answers before sending.
    ApplyReview(String, Role),
    /// The receipt.
    ApplySubmitted(String, Role),
    /// The own applications.
    MyApplications,
    /// A cohort as the committee sees it: states, what is to do.
    CommitteeOverview(String),
    /// All applications of a cohort.
    CommitteeApplications(String),
    /// One application.
    CommitteeApplication(String, ApplicationId),
    /// The forms and their versions.
    CommitteeForms(String),
    /// Links by which somebody may apply late.
    CommitteeLateLinks(String),
    /// The sealed list of people to keep apart, for the officer.
    CommitteeApart(String),
    /// Members who stay away from single applicants.
    CommitteeConflicts(String),
    /// The board in force.
    CommitteeBoard(String),
    /// Another board beside it.
    CommitteeScenario(String, ScenarioId),
    /// The timeline with its dates.
    CommitteeTimeline(String),
    /// Programs and set-up.
    Manage,
    /// People with an office.
    ManagePeople(ProgramId),
    /// Holidays and conference weeks.
    ManageDays(ProgramId),
    /// A new cohort.
    ManageNewCohort(ProgramId),
    /// The next cohort from this one.
    ManageNextCohort(String),
    /// Mails.
    ManageOutbox(ProgramId),
    /// Accounts, clock and mail of the demonstration.
    Demo,
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("/"),
            Self::SignIn => f.write_str("/sign-in"),
            Self::SignInThen(next) => write!(f, "/sign-in?next={}", in_query(next)),
            Self::Account => f.write_str("/account"),
            Self::Cohort(cohort) => write!(f, "/cohorts/{cohort}"),
            Self::Apply(cohort) => write!(f, "/apply/{cohort}"),
            Self::ApplyTasks(cohort, role) => write!(f, "/apply/{cohort}/{}", role.slug()),
            Self::ApplyPage(cohort, role, section, page) => {
                write!(f, "/apply/{cohort}/{}/{section}/{page}", role.slug())
            }
            Self::ApplyReview(cohort, role) => {
                write!(f, "/apply/{cohort}/{}/review", role.slug())
            }
            Self::ApplySubmitted(cohort, role) => {
                write!(f, "/apply/{cohort}/{}/submitted", role.slug())
            }
            Self::MyApplications => f.write_str("/my/applications"),
            Self::CommitteeOverview(cohort) => write!(f, "/committee/{cohort}"),
            Self::CommitteeApplications(cohort) => write!(f, "/committee/{cohort}/applications"),
            Self::CommitteeApplication(cohort, application) => {
                write!(f, "/committee/{cohort}/applications/{application}")
            }
            Self::CommitteeForms(cohort) => write!(f, "/committee/{cohort}/forms"),
            Self::CommitteeLateLinks(cohort) => write!(f, "/committee/{cohort}/late-links"),
            Self::CommitteeApart(cohort) => write!(f, "/committee/{cohort}/apart"),
            Self::CommitteeConflicts(cohort) => write!(f, "/committee/{cohort}/conflicts"),
            Self::CommitteeBoard(cohort) => write!(f, "/committee/{cohort}/board"),
            Self::CommitteeScenario(cohort, scenario) => {
                write!(f, "/committee/{cohort}/board/{scenario}")
            }
            Self::CommitteeTimeline(cohort) => write!(f, "/committee/{cohort}/timeline"),
            Self::Manage => f.write_str("/manage"),
            Self::ManagePeople(program) => write!(f, "/manage/{program}/people"),
            Self::ManageDays(program) => write!(f, "/manage/{program}/days"),
            Self::ManageNewCohort(program) => write!(f, "/manage/{program}/cohorts/new"),
            Self::ManageNextCohort(cohort) => write!(f, "/manage/cohorts/{cohort}/next"),
            Self::ManageOutbox(program) => write!(f, "/manage/{program}/outbox"),
            Self::Demo => f.write_str("/demo"),
        }
    }
}

impl From<Screen> for String {
    fn from(screen: Screen) -> Self {
        screen.to_string()
    }
}

impl Screen {
    /// The address, for a link.
    pub fn href(&self) -> String {
        self.to_string()
    }
}

/// Where to go after signing in: only an address of this app, else nothing.
pub fn safe_next(next: &str) -> Option<&str> {
    let is_path = next.starts_with('/') && !next.starts_with("//");
    let is_plain = !next.contains(['\\', '\r', '\n', '\t']);
    (is_path && is_plain && !next.starts_with("/sign-in")).then_some(next)
}

fn in_query(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_the_cohort_and_the_role() {
        let screen = Screen::ApplyPage(
            "2018-2019".to_owned(),
            Role::Mentor,
            "you".to_owned(),
            "name".to_owned(),
        );
        assert_eq!(screen.to_string(), "/apply/2018-2019/mentor/you/name");
    }

    #[test]
    fn the_way_back_is_escaped() {
        let screen = Screen::SignInThen("/my/applications?a=1&b=2".to_owned());
        assert_eq!(
            screen.to_string(),
            "/sign-in?next=/my/applications%3Fa%3D1%26b%3D2"
        );
    }

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(safe_next("/my/applications"), Some("/my/applications"));
        for next in [
            "https://example.org",
            "//example.org",
            "/\\example.org",
            "/sign-in",
            "",
        ] {
            assert_eq!(safe_next(next), None, "{next}");
        }
    }
}
