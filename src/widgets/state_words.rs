//! The states of cohorts and applications, in words.

use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::{CohortState, Stage};
use tandem_domain::role::{Office, Role};

use crate::ui::tag::Tone;

/// Where an application stands, as committee and applicant read it.
pub fn application_state(state: ApplicationState) -> (&'static str, Tone) {
    match state {
        ApplicationState::Draft => ("Draft", Tone::Neutral),
        ApplicationState::Submitted => ("Submitted", Tone::Accent),
        ApplicationState::LatePending => ("Came late", Tone::Warning),
        ApplicationState::NeedsInfo => ("Information asked", Tone::Warning),
        ApplicationState::Eligible => ("Eligible", Tone::Success),
        ApplicationState::Ineligible => ("Not eligible", Tone::Error),
        ApplicationState::Withdrawn => ("Withdrawn", Tone::Neutral),
        ApplicationState::Matched => ("Paired", Tone::Success),
        ApplicationState::Unmatched => ("Without a partner", Tone::Neutral),
    }
}

/// The stored state of a cohort.
pub fn cohort_state(state: CohortState) -> &'static str {
    match state {
        CohortState::Draft => "Draft",
        CohortState::Announced => "Announced",
        CohortState::Review => "Review",
        CohortState::Pairing => "Pairing",
        CohortState::SignOff => "Sign-off",
        CohortState::Published => "Published",
        CohortState::Completed => "Completed",
        CohortState::Cancelled => "Cancelled",
    }
}

/// Where a cohort stands now.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "Being set up",
        Stage::Announced => "Announced",
        Stage::Open => "Applications open",
        Stage::Closed => "Applications closed",
        Stage::Review => "Under review",
        Stage::Pairing => "Pairing",
        Stage::SignOff => "Waiting for sign-off",
        Stage::Published => "Pairs are known",
        Stage::Running => "Under way",
        Stage::Evaluation => "Program over",
        Stage::Completed => "Completed",
        Stage::Cancelled => "Cancelled",
    }
}

/// A side of a pair.
pub fn role(role: Role) -> (&'static str, Tone) {
    match role {
        Role::Mentee => ("Mentee", Tone::Mentee),
        Role::Mentor => ("Mentor", Tone::Mentor),
    }
}

/// An office.
pub fn office(office: Office) -> &'static str {
    match office {
        Office::Subcommittee => "Subcommittee member",
        Office::Chair => "Chair",
        Office::Officer => "Program officer",
    }
}
