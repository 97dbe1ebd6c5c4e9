//! Applications: drafts, submissions, decisions.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::application::ApplicationState;
use tandem_domain::application::window::{Grant, Personal};
use tandem_domain::date::Deadline;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::check::FieldProblem;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::form::news::News;
use tandem_domain::form::prefill::Source;
use tandem_domain::id::{ApplicationId, CohortId, InfoRequestId, OperationId, PersonId};
use tandem_domain::permission::Action;
use tandem_domain::role::Role;

/// Body of `POST /api/cohorts/{cohort}/applications`. Needs `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartApplications {
    /// One role or both; each becomes an application.
    pub roles: Vec<Role>,
    /// The address, for people who are not signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The secret of a late link, by which applications are taken after the call has closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
}

/// Answer: the applications begun, or those that existed already in this browser or account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedApplications {
    /// One per role.
    pub applications: Vec<MyApplication>,
}

/// One of the reader's own applications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyApplication {
    /// Which.
    pub id: ApplicationId,
    /// The revision to take it back or bring it back with.
    pub rev: i64,
    /// The revision of its answers, to delete a draft with.
    pub draft_rev: i64,
    /// To which cohort.
    pub cohort: CohortId,
    /// The cohort's name in addresses.
    pub cohort_slug: String,
    /// The cohort's name.
    pub cohort_title: String,
    /// The program's name.
    pub program_name: String,
    /// In which role.
    pub role: Role,
    /// Where it stands.
    pub state: ApplicationState,
    /// The reference people quote; given at the first sending.
    pub reference: Option<String>,
    /// When it was last sent.
    pub submitted_at: Option<DateTime<Utc>>,
    /// SHA-256 of what was last sent, in hexadecimal, as on its receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
    /// Whether answers changed since it was last sent.
    pub changed_since_submitted: bool,
    /// Percent of the required answers given.
    pub percent: u8,
    /// When the call closes for this application: later than for others, if more time was granted.
    pub closes: Deadline,
    /// How more time came, while it makes a difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Grant>,
    /// Whether reminders are sent while it is a draft.
    #[serde(default)]
    pub reminders: bool,
    /// What happens next, and who acts.
    pub next: NextStep,
    /// What the committee asks, if it does.
    pub info_request: Option<InfoRequestView>,
    /// The reason of a decision, where one was given.
    pub reason: Option<String>,
    /// With whom the applicant is paired, once the pairs are published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
    /// What the owner may do now.
    pub may: Vec<Action>,
}

/// The other half of a published pair, as its mail names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// As they like to be called.
    pub name: String,
    /// Where to write to.
    pub email: String,
}

/// What happens next to an application, and who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// Who acts.
    pub who: Who,
    /// What.
    pub what: Step,
    /// By when, if there is a date.
    pub by: Option<chrono::NaiveDate>,
}

/// Who acts next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The applicant.
    You,
    /// The committee.
    Committee,
    /// Nobody.
    Nobody,
}

/// The next step of an application. The app words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Confirm the address.
    ConfirmAddress,
    /// Finish and send.
    FinishAndSubmit,
    /// Wait until applications are read.
    Review,
    /// Answer the committee's question.
    AnswerQuestion,
    /// Wait until pairs are made.
    Pairing,
    /// The program begins.
    ProgramStart,
    /// Too late for this cohort.
    TooLate,
    /// Nothing more.
    Nothing,
}

/// The own draft. Its revision counts saves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// What the list of own applications says of it.
    pub application: MyApplication,
    /// The answers as last saved.
    pub answers: Answers,
    /// What else was written in a field, where a draft of the same person joined this one. Saving
    /// the field decides, also with what stands there already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub undecided: BTreeMap<QuestionId, OtherAnswer>,
    /// The answers that nobody typed here, each with where it came from. Those of the last cohort
    /// count once their owner saved them, also as they stand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prefilled: BTreeMap<QuestionId, Source>,
    /// What new versions of the form changed, oldest first, as long as it was not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<FormNews>,
    /// When and where each was last saved.
    pub saved_at: BTreeMap<QuestionId, DateTime<Utc>>,
    /// Revision, for `base_rev`.
    pub rev: i64,
    /// The form's version.
    pub form_version: u32,
    /// The page last worked on, as `section/page`.
    pub return_page: Option<String>,
    /// Questions of which the other role's application of the same person has the answer too.
    pub shared_with_other_role: bool,
    /// Whether the person took part in an earlier cohort.
    pub returning: bool,
    /// Whether answers may be changed now.
    pub editable: bool,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
}

/// What one new version of the form changed for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormNews {
    /// Which version.
    pub version: u32,
    /// When it was published, in program time.
    pub at: DateTime<Utc>,
    /// What changed.
    pub lines: Vec<News>,
}

/// What else was written in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAnswer {
    /// The other answer.
    pub theirs: Answer,
    /// When it was saved.
    pub at: DateTime<Utc>,
}

/// Body of `PATCH …/draft`: only what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// Made by the client for this save; the same save again is answered the same.
    pub op_id: OperationId,
    /// The revision the client last adopted.
    pub base_rev: i64,
    /// The version of the form the client has.
    pub form_version: u32,
    /// The changed answers; null clears one.
    pub changes: BTreeMap<QuestionId, Option<Answer>>,
    /// The page being worked on, as `section/page`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_page: Option<String>,
}

/// Answer of a save. What is not in conflict or invalid has been saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSaved {
    /// The revision that the changes met: later than the one they were made on, if others saved in
    /// between.
    #[serde(default = "unknown_rev")]
    pub met: i64,
    /// The revision now. The same as the one met, if nothing changed.
    pub rev: i64,
    /// What became of each change.
    pub results: BTreeMap<QuestionId, FieldResult>,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
    /// The newest version of the form. A client with an older one fetches it when it can.
    #[serde(default)]
    pub form_version: u32,
    /// Real time at the server: when this was saved.
    pub saved_at: DateTime<Utc>,
    /// When the call closes.
    pub closes: Deadline,
}

/// An answer kept from before this was told. Whoever reads it fetches the draft.
fn unknown_rev() -> i64 {
    i64::MAX
}

/// What became of one changed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldResult {
    /// Saved.
    Ok,
    /// Changed elsewhere meanwhile; not saved.
    Conflict {
        /// The other text.
        theirs: Option<Answer>,
        /// When it was saved.
        at: DateTime<Utc>,
    },
    /// Cannot be kept as it is; not saved.
    Invalid(FieldProblem),
}

/// Answer of `POST …/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    /// What stops sending; empty when nothing does.
    pub problems: Vec<FieldProblem>,
    /// Whether the address is confirmed.
    pub confirmed: bool,
    /// The revision that was checked.
    pub rev: i64,
}

/// Body of `POST …/submissions`. Needs `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submit {
    /// The revision that was reviewed; another one is refused as stale.
    pub rev: i64,
    /// The version of the form that was reviewed; an older one than the newest is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_version: Option<u32>,
}

/// What somebody who sent an application holds in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Which application.
    pub application: ApplicationId,
    /// The reference people quote, such as `E012`.
    pub reference: String,
    /// Counts up with each sending.
    pub number: u32,
    /// When it arrived, in program time.
    pub submitted_at: DateTime<Utc>,
    /// SHA-256 of what was sent, in hexadecimal.
    pub content_hash: String,
    /// Whether it arrived within the hidden grace or with a late link.
    pub late: bool,
    /// Whether the same content had been sent before, so nothing changed.
    pub unchanged: bool,
}

/// Body of `PUT …/reminders`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantReminders {
    /// Whether they are wanted.
    pub wanted: bool,
}

/// Body of `POST …/withdrawal`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Why, if the owner wants to say.
    #[serde(default)]
    pub reason: String,
}

/// A line of the committee's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationRow {
    /// Which.
    pub id: ApplicationId,
    /// The reference people quote.
    pub reference: String,
    /// In which role.
    pub role: Role,
    /// Where it stands.
    pub state: ApplicationState,
    /// The name to use.
    pub name: String,
    /// Employer or school, if the reader may see it.
    pub institution: Option<String>,
    /// Country and state, such as `US-GU`.
    pub place: Option<String>,
    /// Areas wanted or offered, as slugs, first first.
    pub areas: Vec<String>,
    /// When it was sent.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Whether it came late.
    pub late: bool,
    /// Whether the applicant says to be on the committee or staff.
    pub committee: bool,
}

/// Answer of `GET /api/cohorts/{cohort}/applications`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationList {
    /// Submitted ones, by reference.
    pub rows: Vec<ApplicationRow>,
    /// Drafts nobody has sent, counted by role.
    pub drafts: BTreeMap<Role, u32>,
    /// Program time at the server.
    pub server_now: DateTime<Utc>,
}

/// One application as its reader may see it. Its `ETag` is the revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationView {
    /// Its line in the list.
    pub row: ApplicationRow,
    /// Of which cohort.
    pub cohort: CohortId,
    /// Whose it is.
    pub person: PersonId,
    /// The version of the form it was sent with.
    pub form_version: u32,
    /// The answers the reader may see, of the version that is in force.
    pub answers: Answers,
    /// Questions of the committee, newest first.
    pub info_requests: Vec<InfoRequestView>,
    /// More time that was given to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Personal>,
    /// What happened to it, newest first.
    pub history: Vec<HistoryLine>,
    /// What the reader may do with it now.
    pub may: Vec<Action>,
    /// For `If-Match`.
    pub rev: i64,
}

/// Something that happened to an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// When, in program time.
    pub at: DateTime<Utc>,
    /// Who, by name.
    pub by: String,
    /// The state it led to.
    pub state: ApplicationState,
    /// Until when more time was granted, if that is what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more_time: Option<Deadline>,
    /// The reason, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Body of `PUT …/eligibility`. Needs `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideEligibility {
    /// May this person be paired?
    pub eligible: bool,
    /// Why; must be given for a no.
    #[serde(default)]
    pub reason: String,
}

/// Body of `POST …/info-requests`. Needs `Idempotency-Key` and `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskInfo {
    /// What the committee wants to know.
    pub text: String,
    /// The questions that may be changed in answer.
    pub questions: Vec<QuestionId>,
}

/// A question of the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfoRequestView {
    /// Which.
    pub id: InfoRequestId,
    /// What the committee wants to know.
    pub text: String,
    /// The questions that may be changed in answer.
    pub questions: Vec<QuestionId>,
    /// When it was asked, in program time.
    pub asked_at: DateTime<Utc>,
    /// The answer, once given.
    pub answer: Option<String>,
}

/// Body of `POST …/info-requests/{request}/answer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerInfo {
    /// The answer.
    pub text: String,
    /// Changed answers among the named questions.
    #[serde(default)]
    pub changes: BTreeMap<QuestionId, Option<Answer>>,
}
