//! Who may do what: the only place that decides it.
//!
//! The server asks before every handler touches anything; the app asks the same function to know
//! which buttons to show. The server alone is the authority.

mod table;

use serde::{Deserialize, Serialize};

use self::table::{CHAIR_AND_OFFICER, EVERY_OFFICE, offices_for, offices_for_program};
use crate::application::{ApplicationMove, ApplicationState};
use crate::cohort::Stage;
use crate::form::definition::Audience;
use crate::id::PersonId;
use crate::recusal::Recusal;
use crate::role::Office;

/// Somebody who asks. Offices are those of the subject's program, read anew for each request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Actor {
    /// The person, if signed in.
    pub person: Option<PersonId>,
    /// Whether the address is confirmed. Until then no office counts and nothing can be sent.
    pub confirmed: bool,
    /// Offices in the program that the subject belongs to.
    pub offices: Vec<Office>,
    /// Whether this person runs the server and may found programs.
    pub founder: bool,
    /// From what of the subject's cohort this person stays away, being concerned.
    #[serde(default)]
    pub recusal: Recusal,
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
    /// Write in a draft, or in what was sent, until the deadline.
    EditApplication,
    /// Send it, or send it again; needs a confirmed address.
    SubmitApplication,
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
    /// Grant somebody more time than others, or take it back.
    GrantTime,
    /// Change the questions of a form.
    ChangeForms,
    /// See whom sealed wishes to be kept apart may mean, and say who is meant.
    JudgeApart,
    /// Say that one has a conflict of interest with an applicant.
    DeclareConflict,
    /// Say so of another member.
    DeclareConflictOfOthers,
    /// Read the conflicts of others, and lift them.
    ManageConflicts,
    /// See the board.
    SeeBoard,
    /// Read what members of the committee say about people, pairs and boards.
    ReadComments,
    /// Say something, and resolve what was said.
    Comment,
    /// Change the board.
    ChangeBoard,
    /// Make, rename and remove boards beside the one in force.
    KeepScenarios,
    /// Let a pair stand in spite of a warning.
    OverrideWarning,
    /// Set how pairs are scored, and from which score on they are proposed.
    SetScoring,
}

impl Action {
    /// Every action, in the order of the enum.
    pub const ALL: [Self; 32] = [
        Self::CreateProgram,
        Self::ManagePeople,
        Self::ReadOutbox,
        Self::ReadMailBody,
        Self::CreateCohort,
        Self::SeeCohort,
        Self::MoveCohort,
        Self::ChangeDates,
        Self::StartApplication,
        Self::EditApplication,
        Self::SubmitApplication,
        Self::SeeOwnApplication,
        Self::WithdrawApplication,
        Self::DeleteDraft,
        Self::AnswerInfo,
        Self::ListApplications,
        Self::ReadApplication,
        Self::AskInfo,
        Self::DecideEligibility,
        Self::GrantTime,
        Self::ChangeForms,
        Self::JudgeApart,
        Self::DeclareConflict,
        Self::DeclareConflictOfOthers,
        Self::ManageConflicts,
        Self::SeeBoard,
        Self::ReadComments,
        Self::Comment,
        Self::ChangeBoard,
        Self::KeepScenarios,
        Self::OverrideWarning,
        Self::SetScoring,
    ];
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
        /// Whether its owner was granted more time than others, and it still runs.
        granted: bool,
    },
}

/// Whether something may be begun, written and sent: while the call is open, and afterwards until
/// pairs are made for somebody who was granted more time.
pub fn takes_applications(stage: Stage, granted: bool) -> bool {
    stage == Stage::Open || (granted && matches!(stage, Stage::Closed | Stage::Review))
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

/// Decides whether the actor may do this to that, now.
///
/// An action asked of the wrong kind of subject is never allowed.
pub fn can(actor: &Actor, action: Action, subject: &Subject) -> Decision {
    match subject {
        Subject::Server => on_server(actor, action),
        Subject::Program => on_program(actor, action),
        Subject::Cohort(stage) => on_cohort(actor, action, *stage),
        Subject::Application {
            owner,
            state,
            stage,
            granted,
        } => {
            if actor.person.is_none() {
                return Decision::SignIn;
            }
            if actor.person == Some(*owner) {
                on_own_application(actor, action, *state, (*stage, *granted))
            } else if actor.recusal.hides(*owner) {
                Decision::Hide
            } else {
                on_application(actor, action, *state, *stage)
            }
        }
    }
}

/// Everything the actor may do to the subject now.
pub fn may(actor: &Actor, subject: &Subject) -> Vec<Action> {
    Action::ALL
        .into_iter()
        .filter(|action| can(actor, *action, subject) == Decision::Allow)
        .collect()
}

/// Decides whether the actor may grant or take an office: the officer any, the chair the seats of
/// the subcommittee.
pub fn may_grant(actor: &Actor, office: Office) -> Decision {
    let by_chair = office == Office::Subcommittee && actor.is(Office::Chair);
    match can(actor, Action::ManagePeople, &Subject::Program) {
        Decision::Allow if !actor.is(Office::Officer) && !by_chair => Decision::Deny,
        decision => decision,
    }
}

/// As whom the actor reads an application of somebody else: nobody, if not at all. The chair leads
/// the subcommittee, and reads what it reads.
pub fn readers(actor: &Actor, subject: &Subject) -> Vec<Audience> {
    let Subject::Application { stage, .. } = subject else {
        return Vec::new();
    };
    if can(actor, Action::ReadApplication, subject) != Decision::Allow {
        return Vec::new();
    }
    let reads_as =
        |office| actor.is(office) && offices_for(Action::ReadApplication, *stage).contains(&office);
    let chair = reads_as(Office::Chair);
    [
        (Audience::Officer, reads_as(Office::Officer)),
        (Audience::Chair, chair),
        (
            Audience::Subcommittee,
            chair || reads_as(Office::Subcommittee),
        ),
    ]
    .into_iter()
    .filter_map(|(audience, reads)| reads.then_some(audience))
    .collect()
}

fn holds_one_of(actor: &Actor, offices: &[Office]) -> bool {
    actor.confirmed && offices.iter().any(|office| actor.is(*office))
}

/// What an office says to an action at a stage, for somebody who may know of the subject.
fn by_office(actor: &Actor, action: Action, stage: Stage) -> Decision {
    if holds_one_of(actor, offices_for(action, stage)) {
        return Decision::Allow;
    }
    let at_another_stage = Stage::ALL
        .iter()
        .any(|other| holds_one_of(actor, offices_for(action, *other)));
    if at_another_stage {
        Decision::NotNow
    } else {
        Decision::Deny
    }
}

fn on_server(actor: &Actor, action: Action) -> Decision {
    match action {
        _ if actor.person.is_none() => Decision::SignIn,
        Action::CreateProgram if actor.founder && actor.confirmed => Decision::Allow,
        _ => Decision::Deny,
    }
}

fn on_program(actor: &Actor, action: Action) -> Decision {
    if actor.person.is_none() {
        Decision::SignIn
    } else if holds_one_of(actor, offices_for_program(action)) {
        Decision::Allow
    } else {
        Decision::Deny
    }
}

fn on_cohort(actor: &Actor, action: Action, stage: Stage) -> Decision {
    if stage == Stage::Draft && !holds_one_of(actor, CHAIR_AND_OFFICER) {
        return Decision::Hide;
    }
    match action {
        Action::SeeCohort => Decision::Allow,
        Action::StartApplication if stage == Stage::Open => Decision::Allow,
        Action::StartApplication => Decision::NotNow,
        _ if actor.person.is_none() => Decision::SignIn,
        // What is decided about one application is not asked of the cohort.
        Action::ReadApplication | Action::AskInfo | Action::DecideEligibility => Decision::Deny,
        // The same answer at every stage, whatever is there.
        _ if actor.recusal.bars(action) => Decision::Deny,
        _ => by_office(actor, action, stage),
    }
}

/// The owner's own acts. Nobody reads as committee, asks or decides about the own application.
fn on_own_application(
    actor: &Actor,
    action: Action,
    state: ApplicationState,
    (at, granted): (Stage, bool),
) -> Decision {
    let is_open = takes_applications(at, granted);
    let is_editable =
        is_open && matches!(state, ApplicationState::Draft | ApplicationState::Submitted);
    let now = match action {
        Action::SeeOwnApplication => true,
        Action::EditApplication => is_editable,
        Action::SubmitApplication => is_editable && actor.confirmed,
        Action::WithdrawApplication if state == ApplicationState::Withdrawn => is_open,
        Action::WithdrawApplication => {
            state.after(ApplicationMove::Withdraw).is_some()
                && matches!(
                    at,
                    Stage::Open | Stage::Closed | Stage::Review | Stage::Pairing | Stage::SignOff
                )
        }
        Action::DeleteDraft => state == ApplicationState::Draft,
        Action::AnswerInfo => {
            state == ApplicationState::NeedsInfo
                && matches!(
                    at,
                    Stage::Open | Stage::Closed | Stage::Review | Stage::Pairing
                )
        }
        _ => return Decision::Deny,
    };
    if now {
        Decision::Allow
    } else {
        Decision::NotNow
    }
}

/// What others do to an application. Drafts, and applications that are none of the actor's
/// business, do not exist for them.
fn on_application(actor: &Actor, action: Action, state: ApplicationState, at: Stage) -> Decision {
    if !holds_one_of(actor, EVERY_OFFICE) || !state.is_readable_by_committee() {
        return Decision::Hide;
    }
    let fits_state = match action {
        Action::ReadApplication => true,
        Action::AskInfo => state.after(ApplicationMove::AskInfo).is_some(),
        // More time is for those who can still send, or bring back what they took back.
        Action::GrantTime => {
            state.after(ApplicationMove::Submit).is_some() || state == ApplicationState::Withdrawn
        }
        Action::DecideEligibility => {
            state.after(ApplicationMove::FindEligible).is_some()
                || state.after(ApplicationMove::FindIneligible).is_some()
                || state.after(ApplicationMove::AcceptLate).is_some()
        }
        _ => return Decision::Deny,
    };
    match by_office(actor, action, at) {
        Decision::Allow if !fits_state => Decision::NotNow,
        decision => decision,
    }
}
