//! Which offices may do what, when: the rows and columns of the product's table. Owners, and who may
//! know of what, are the parent module's.

use super::Action;
use crate::cohort::Stage;
use crate::role::Office;

const SUBCOMMITTEE_AND_CHAIR: &[Office] = &[Office::Subcommittee, Office::Chair];
pub(super) const CHAIR_AND_OFFICER: &[Office] = &[Office::Chair, Office::Officer];
pub(super) const EVERY_OFFICE: &[Office] = &[Office::Subcommittee, Office::Chair, Office::Officer];
const CHAIR: &[Office] = &[Office::Chair];
const OFFICER: &[Office] = &[Office::Officer];
const NOBODY: &[Office] = &[];

/// The offices that allow an action on a program.
pub(super) fn offices_for_program(action: Action) -> &'static [Office] {
    match action {
        Action::ReadMailBody => OFFICER,
        Action::ManagePeople | Action::ReadOutbox | Action::CreateCohort => CHAIR_AND_OFFICER,
        _ => NOBODY,
    }
}

/// The offices that allow an action on a cohort, or on an application of it, at a stage.
pub(super) fn offices_for(action: Action, stage: Stage) -> &'static [Office] {
    use Stage as S;
    match (action, stage) {
        (
            Action::MoveCohort,
            S::Draft
            | S::Announced
            | S::Open
            | S::Closed
            | S::Review
            | S::Pairing
            | S::SignOff
            | S::Published
            | S::Running
            | S::Evaluation,
        )
        | (
            Action::ChangeDates,
            S::Draft | S::Announced | S::Open | S::Closed | S::Review | S::Pairing,
        )
        | (
            Action::ListApplications | Action::ReadApplication,
            S::Published | S::Running | S::Evaluation | S::Completed | S::Cancelled,
        )
        | (Action::DecideEligibility, S::Open | S::Closed | S::Review | S::Pairing)
        | (Action::GrantTime, S::Open | S::Closed | S::Review)
        | (Action::ChangeForms, S::Draft | S::Announced | S::Open)
        | (
            Action::SeeBoard | Action::ReadComments,
            S::Published | S::Running | S::Evaluation | S::Completed,
        )
        | (Action::DeclareConflictOfOthers, _) => CHAIR_AND_OFFICER,
        (Action::ChangeDates, S::SignOff | S::Published | S::Running | S::Evaluation)
        | (Action::DecideEligibility, S::SignOff | S::Published | S::Running)
        | (
            Action::JudgeApart,
            S::Open | S::Closed | S::Review | S::Pairing | S::SignOff | S::Published | S::Running,
        )
        | (Action::ManageConflicts, _) => OFFICER,
        (
            Action::ListApplications | Action::ReadApplication,
            S::Open | S::Closed | S::Review | S::Pairing | S::SignOff,
        )
        | (Action::AskInfo, S::Open | S::Closed | S::Review)
        | (Action::SeeBoard | Action::ReadComments | Action::Comment, S::Pairing | S::SignOff)
        | (Action::DeclareConflict, _) => EVERY_OFFICE,
        (Action::AskInfo | Action::ChangeBoard | Action::KeepScenarios, S::Pairing) => {
            SUBCOMMITTEE_AND_CHAIR
        }
        (Action::OverrideWarning | Action::SetScoring, S::Pairing) => CHAIR,
        _ => NOBODY,
    }
}
