//! Who may do what: the only place that decides it.

use serde::{Deserialize, Serialize};

use crate::application::ApplicationState;
use crate::cohort::Stage;
use crate::id::PersonId;
use crate::role::Office;

/// Somebody who asks. Offices are those of the subject's program, read anew for each request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Actor {
    /// The person, if signed in.
    pub person: Option<PersonId>,
    /// Whether the address is confirmed.
    pub confirmed: bool,
    /// Offices in the program that the subject belongs to.
    pub offices: Vec<Office>,
    /// Whether this person runs the server and may found programs.
    pub founder: bool,
}

impl Actor {
    /// A visitor nobody knows.
    pub fn visitor() -> Self {
        Self::default()
    }

    /// Whether the actor holds an office.
    pub fn is(&self, office: Office) -> bool {
        self.offices.contains(&office)
    }

    /// Whether the actor holds any office.
    pub fn in_committee(&self) -> bool {
        !self.offices.is_empty()
    }
}

/// What can be asked for. A row enters with its action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Found a program.
    CreateProgram,
    /// See and change who holds which office.
    ManagePeople,
    /// See the mails of the program.
    ReadOutbox,
    /// Read a mail's text.
    ReadMailBody,
    /// Set up a cohort.
    CreateCohort,
    /// See the cohort's public page, dates, forms.
    SeeCohort,
    /// Move the cohort to another state.
    MoveCohort,
    /// Change a date of the timeline.
    ChangeDates,
    /// Begin an application.
    StartApplication,
    /// Write in a draft or send it.
    EditApplication,
    /// See the own application.
    SeeOwnApplication,
    /// Take an application back or bring it back.
    WithdrawApplication,
    /// Delete a draft.
    DeleteDraft,
    /// Answer what the committee asked.
    AnswerInfo,
    /// See the list of applications.
    ListApplications,
    /// Read one application.
    ReadApplication,
    /// Ask an applicant for something.
    AskInfo,
    /// Decide whether somebody may be paired.
    DecideEligibility,
    /// See the board.
    SeeBoard,
    /// Change the board.
    ChangeBoard,
    /// Let a pair stand in spite of a warning.
    OverrideWarning,
}

/// What the action is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The server as a whole.
    Server,
    /// A program.
    Program,
    /// A cohort at its present stage.
    Cohort(Stage),
    /// An application.
    Application {
        /// Whose it is.
        owner: PersonId,
        /// Where it stands.
        state: ApplicationState,
        /// Where its cohort stands.
        stage: Stage,
    },
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Go ahead.
    Allow,
    /// Known to the actor, but not allowed: 403.
    Deny,
    /// Allowed to this actor, but not at this stage or state: 409.
    NotNow,
    /// The actor must not learn that it exists: 404.
    Hide,
    /// Sign in first: 401.
    SignIn,
}
