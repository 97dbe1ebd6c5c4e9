//! The only way from an application to what people read: its owner, and the committee.

use tandem_api::application::{
    ApplicationRow, HistoryLine, InfoRequestView, MyApplication, NextStep, Partner, Step, Who,
};
use tandem_domain::application::ApplicationState;
use tandem_domain::application::window::Grant;
use tandem_domain::cohort::Stage;
use tandem_domain::date::Deadline;
use tandem_domain::form::answer::Answers;
use tandem_domain::form::definition::FormDef;
use tandem_domain::permission::{may, readers};

use super::draft::Draft;
use crate::candidate;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::store::applications::info::{self, InfoRequest};
use crate::store::applications::submissions::{self, Submission};
use crate::store::applications::{self, Application, info as requests, reminders};
use crate::store::audit::{self, Noted};
use crate::store::{StoreError, Stored, Tx, pairings, people, programs};

/// An application as its owner reads it.
pub async fn my(
    tx: &Tx,
    scene: &Scene,
    application: &Application,
    draft: &Draft,
) -> Result<MyApplication, AppError> {
    let program = programs::find(tx, scene.cohort.program)
        .await?
        .ok_or(AppError::NotFound)?;
    let asked = match application.state {
        ApplicationState::NeedsInfo => requests::of(tx, application.id).await?,
        _ => Vec::new(),
    };
    let open = asked.into_iter().find(|request| request.answer.is_none());
    let problems = draft.problems(scene.today);
    // Why somebody was found eligible is the committee's own note.
    let tells_reason = application.state == ApplicationState::Ineligible;
    Ok(MyApplication {
        id: application.id,
        rev: application.rev,
        draft_rev: application.draft_rev,
        cohort: scene.cohort.id,
        cohort_slug: scene.cohort.slug.clone(),
        cohort_title: scene.cohort.title.clone(),
        program_name: program.name,
        role: application.role,
        state: application.state,
        reference: application.reference.clone(),
        submitted_at: application.submitted_at,
        content_hash: submissions::last_hash(tx, application.id).await?,
        changed_since_submitted: application.changed_since_submitted(),
        percent: draft
            .form
            .percent(&draft.reading(), &problems, draft.returning),
        closes: scene.window(application).told(),
        granted: granted(scene, application),
        reminders: !reminders::of(tx, application.id).await?.muted,
        next: next(scene, application),
        info_request: open.map(request),
        reason: application.decision_reason.clone().filter(|_| tells_reason),
        partners: partners(tx, application).await?,
        may: may(&scene.actor, &scene.subject_of(application)),
    })
}

/// With whom an application was published, as the mail of that day names them.
async fn partners(tx: &Tx, application: &Application) -> Stored<Vec<Partner>> {
    if application.state != ApplicationState::Matched {
        return Ok(Vec::new());
    }
    let own = (application.person, application.role);
    let mut partners = Vec::new();
    for other in pairings::partners(tx, application.cohort, own).await? {
        // Who had everything erased is nobody to write to any more.
        let Some(person) = people::find(tx, other).await? else {
            continue;
        };
        let theirs = applications::of_person_in(tx, other, application.cohort).await?;
        let theirs = theirs.iter().find(|one| one.role != application.role);
        let sent = match theirs {
            Some(theirs) => submissions::last(tx, theirs.id).await?,
            None => None,
        };
        let answers = sent.map(|sent| sent.answers()).transpose()?;
        let called = answers.as_ref().map(candidate::name).unwrap_or_default();
        partners.push(Partner {
            name: if called.is_empty() {
                person.name
            } else {
                called.to_owned()
            },
            email: person.email,
        });
    }
    Ok(partners)
}

/// How more time came, as long as others have none.
fn granted(scene: &Scene, application: &Application) -> Option<Grant> {
    let personal = application.granted.as_ref()?;
    let closes = &scene.cohort.calendar.closes;
    let is_more = personal.until.instant > closes.instant && scene.is_granted(application);
    is_more.then_some(personal.by)
}

/// What happens next, and who acts.
fn next(scene: &Scene, application: &Application) -> NextStep {
    let calendar = &scene.cohort.calendar;
    let state = application.state;
    let last_day = scene.window(application).told().last_day();
    let step = |who, what, by| NextStep { who, what, by };
    let is_over = matches!(scene.stage, Stage::Completed | Stage::Cancelled);
    match state {
        _ if is_over => step(Who::Nobody, Step::Nothing, None),
        ApplicationState::Draft if !scene.takes(application) => {
            step(Who::Nobody, Step::TooLate, None)
        }
        ApplicationState::Draft if !scene.actor.confirmed => {
            step(Who::You, Step::ConfirmAddress, Some(last_day))
        }
        ApplicationState::Draft => step(Who::You, Step::FinishAndSubmit, Some(last_day)),
        ApplicationState::Submitted | ApplicationState::LatePending => step(
            Who::Committee,
            Step::Review,
            Some(calendar.pairing_complete),
        ),
        ApplicationState::NeedsInfo => step(Who::You, Step::AnswerQuestion, None),
        ApplicationState::Eligible => step(
            Who::Committee,
            Step::Pairing,
            Some(calendar.pairing_complete),
        ),
        ApplicationState::Matched if scene.today < calendar.starts => {
            step(Who::Nobody, Step::ProgramStart, Some(calendar.starts))
        }
        ApplicationState::Matched
        | ApplicationState::Ineligible
        | ApplicationState::Withdrawn
        | ApplicationState::Unmatched => step(Who::Nobody, Step::Nothing, None),
    }
}

/// The answers that the reader of a sent application sees: all of the own, of others those that
/// the form opens to the reader's offices.
pub fn seen(
    scene: &Scene,
    application: &Application,
    form: &FormDef,
    (sent, returning): (&Submission, bool),
) -> Stored<Answers> {
    let answers = sent.answers()?;
    if scene.actor.person == Some(application.person) {
        return Ok(answers);
    }
    let audiences = readers(&scene.actor, &scene.subject_of(application));
    let reading = form.read(&answers, returning);
    Ok(form.visible_to(&reading, returning, &audiences))
}

/// A line of the committee's list, made of what the reader sees and nothing else.
pub fn row(application: &Application, seen: &Answers) -> ApplicationRow {
    ApplicationRow {
        id: application.id,
        reference: application.reference.clone().unwrap_or_default(),
        role: application.role,
        state: application.state,
        name: candidate::name(seen).to_owned(),
        institution: candidate::institutions(seen)
            .into_iter()
            .next()
            .map(|first| first.name),
        place: candidate::place(seen),
        areas: candidate::areas(application.role, seen),
        submitted_at: application.submitted_at,
        late: application.late,
        committee: candidate::is_on_committee(seen),
    }
}

/// A question of the committee.
pub fn request(request: InfoRequest) -> InfoRequestView {
    InfoRequestView {
        id: request.id,
        text: request.text,
        questions: request.questions,
        asked_at: request.asked_at,
        answer: request.answer,
    }
}

/// The questions of the committee, newest first.
pub async fn all_requests(tx: &Tx, application: &Application) -> Stored<Vec<InfoRequestView>> {
    let all = info::of(tx, application.id).await?;
    Ok(all.into_iter().map(request).collect())
}

/// What happened to an application, newest first. Its owner learns what others decided and the
/// reason of a no, but not who it was and what they noted beside a yes.
pub async fn history(
    tx: &Tx,
    scene: &Scene,
    application: &Application,
) -> Stored<Vec<HistoryLine>> {
    let reads_as_owner = scene.actor.person == Some(application.person);
    let mut lines = Vec::new();
    for mut noted in audit::of_application(tx, application.id).await? {
        let Some(state) = state_of(&noted)? else {
            continue;
        };
        if reads_as_owner && noted.actor != Some(application.person) {
            noted.actor = None;
            if state != ApplicationState::Ineligible {
                noted.reason.clear();
            }
        }
        let by = match noted.actor {
            Some(actor) => people::find(tx, actor).await?.map(|person| person.name),
            None => None,
        };
        lines.push(HistoryLine {
            at: noted.program_at,
            by: by.unwrap_or_default(),
            state,
            more_time: more_time(&noted)?,
            reason: Some(noted.reason).filter(|reason| !reason.is_empty()),
        });
    }
    Ok(lines)
}

fn more_time(noted: &Noted) -> Stored<Option<Deadline>> {
    let Some(until) = noted.body.get("until") else {
        return Ok(None);
    };
    let until = serde_json::from_value::<Option<Deadline>>(until.clone());
    let until = until.map_err(|error| StoreError::Unreadable {
        what: "deadline",
        cause: error.to_string(),
    })?;
    Ok(until.map(Deadline::without_grace))
}

fn state_of(noted: &Noted) -> Stored<Option<ApplicationState>> {
    let Some(word) = noted.body.get("state") else {
        return Ok(None);
    };
    let state = serde_json::from_value(word.clone());
    state.map(Some).map_err(|error| StoreError::Unreadable {
        what: "state",
        cause: error.to_string(),
    })
}
