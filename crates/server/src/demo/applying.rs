//! What applicants of a demonstration do: begin, send, take back.

use chrono::Duration;
use serde_json::json;
use tandem_api::outbox::MailState;
use tandem_domain::application::{ApplicationMove, ApplicationState};
use tandem_domain::cohort::Stage;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::definition::QuestionId;
use tandem_domain::id::PersonId;
use tandem_domain::permission::Actor;
use tandem_domain::role::Role;

use super::play::{Play, actor};
use super::trap;
use super::world::Applicant;
use crate::error::AppError;
use crate::http::applications::{apart, send as sending};
use crate::http::scene::Scene;
use crate::mail::wording;
use crate::store::applications::answers::{self, Kept, KeptAnswers};
use crate::store::applications::submissions::{self, Submission};
use crate::store::applications::{self, Application};
use crate::store::audit::{self, Moment};
use crate::store::outbox::{self, NewMail, Outcome};
use crate::store::{people, programs};

/// The questions on the pages that somebody with an unfinished application has been on.
const UNFINISHED: [&str; 18] = [
    "preferred_name",
    "pronouns",
    "pronouns_share",
    "email",
    "member_no",
    "assoc_years",
    "place",
    "time_zone",
    "languages",
    "situation",
    "inst_kind",
    "employer",
    "job_title",
    "years_field",
    "years_current",
    "staff_size",
    "committee",
    "e_areas",
];
/// How far the statement got.
const HALF_A_STATEMENT: &str = "Our reading room lost its humidity control last spring, and since \
                                then I have been";

/// Somebody begins an application and does not finish it.
pub async fn begin(play: &Play<'_>, applicant: &Applicant, now: Moment) -> Result<(), AppError> {
    let Some(owner) = newcomer(play, applicant).await? else {
        return Ok(());
    };
    let scene = play.scene(actor(owner, &[]), now).await?;
    if scene.stage != Stage::Open {
        return Ok(());
    }
    let role = applicant.profile.role;
    let form = play.form(role)?;
    let mut application = Application::begun((play.cohort, owner, role), form.version, now.program);
    let mut written: Answers = applicant.answers.clone();
    written.retain(|question, _| UNFINISHED.contains(&question.0.as_str()));
    let statement = Answer::Text(HALF_A_STATEMENT.to_owned());
    if role == Role::Mentee {
        written.insert(QuestionId::from("e_statement"), statement);
        application.return_page = Some("statement".to_owned());
    }
    application.draft_rev = 1;
    application.updated_at = now.program + Duration::minutes(14);
    applications::insert(play.tx, &application).await?;
    answers::put(play.tx, application.id, &kept(written, now)).await?;
    Ok(())
}

/// Somebody sends an application, as far as the call still takes it.
pub async fn send(play: &mut Play<'_>, applicant: &Applicant, now: Moment) -> Result<(), AppError> {
    let Some(owner) = newcomer(play, applicant).await? else {
        return Ok(());
    };
    let scene = play.scene(actor(owner, &[]), now).await?;
    let state = match scene.stage {
        Stage::Open => ApplicationState::Submitted,
        Stage::Closed if applicant.profile.state == ApplicationState::LatePending => {
            ApplicationState::LatePending
        }
        _ => return Ok(()),
    };
    let role = applicant.profile.role;
    let reference = if play.taken.contains(&applicant.profile.reference) {
        applications::next_reference(play.tx, play.cohort, role).await?
    } else {
        applicant.profile.reference.clone()
    };
    play.taken.insert(reference.clone());
    let version = play.form(role)?.version;
    let begun = now.program - Duration::minutes(50);
    let application = Application {
        state,
        draft_rev: 1,
        rev: 2,
        reference: Some(reference),
        submitted_at: Some(now.program),
        submitted_rev: Some(1),
        late: scene.cohort.calendar.closes.has_passed(now.program),
        updated_at: now.program,
        ..Application::begun((play.cohort, owner, role), version, begun)
    };
    let snapshot = store(play, &application, &applicant.answers, now).await?;
    audit::note(
        play.tx,
        now,
        scene.happening("application.submitted", &application),
    )
    .await?;
    if applicant.profile.reference == trap::BOUNCES {
        bounce(play, applicant, &scene, &snapshot).await?;
    }
    Ok(())
}

/// Keeps an application with its answers and the snapshot of them.
async fn store(
    play: &Play<'_>,
    application: &Application,
    written: &Answers,
    now: Moment,
) -> Result<Submission, AppError> {
    let counts = play.form(application.role)?.read(written, false).answers;
    let (json, sha256) = submissions::sealed(&counts)?;
    let snapshot = Submission {
        application: application.id,
        number: 1,
        form_version: application.form_version,
        json,
        sha256,
        at: now.program,
        late: application.late,
    };
    applications::insert(play.tx, application).await?;
    answers::put(play.tx, application.id, &kept(written.clone(), now)).await?;
    submissions::insert(play.tx, &snapshot).await?;
    Ok(snapshot)
}

/// The receipt comes back: there is no such mailbox.
async fn bounce(
    play: &Play<'_>,
    applicant: &Applicant,
    scene: &Scene,
    sent: &Submission,
) -> Result<(), AppError> {
    let program = programs::find(play.tx, scene.cohort.program)
        .await?
        .ok_or(AppError::NotFound)?;
    let template = "application-received";
    let calendar = &scene.cohort.calendar;
    let context = json!({
        "name": applicant.profile.name,
        "program": program.name,
        "contact": program.contact,
        "cohort": scene.cohort.title,
        "role": applicant.profile.role.slug(),
        "reference": applicant.profile.reference,
        "closes": calendar.closes.last_day().format("%-d %B %Y").to_string(),
        "pairing": calendar.pairing_complete.format("%-d %B %Y").to_string(),
        "link": format!("{}/my/applications", play.app.config.public_url),
        "arrived": sent.at.format("%-d %B %Y, %H:%M").to_string(),
        "number": sent.number,
        "checksum": sent.sha256,
    });
    let worded = wording::write(template, &context)?;
    let mail = NewMail {
        program: Some(program.id),
        to_person: scene.actor.person,
        to: applicant.profile.email.clone(),
        template,
        subject: worded.subject,
        body: worded.body,
        dedupe: format!("{template}:{}", sent.application),
        urgent: false,
    };
    let (address, now) = (mail.to.clone(), scene.now.real);
    outbox::put(play.tx, mail, MailState::Waiting, (now, now)).await?;
    let taken = outbox::take(play.tx, now, now + Duration::minutes(1)).await?;
    if let Some(taken) = taken.filter(|taken| taken.to == address) {
        let error = "550 no such mailbox".to_owned();
        outbox::settle(play.tx, &taken, Outcome::Failed { error }, now).await?;
    }
    Ok(())
}

/// Somebody takes an application back.
pub async fn withdraw(play: &Play<'_>, applicant: &Applicant, now: Moment) -> Result<(), AppError> {
    let sent = play
        .application(applicant, ApplicationState::Submitted)
        .await?;
    let Some(mut application) = sent else {
        return Ok(());
    };
    let scene = play.scene(actor(application.person, &[]), now).await?;
    sending::moved(&mut application, ApplicationMove::Withdraw, now.program)?;
    applications::update(play.tx, &application).await?;
    let mut happening = scene.happening("application.withdrawn", &application);
    "I am changing jobs and cannot promise the time.".clone_into(&mut happening.reason);
    audit::note(play.tx, now, happening).await?;
    Ok(())
}

/// Binds whom applicants named, among everybody who has sent something.
pub async fn keep_apart(play: &Play<'_>, now: Moment) -> Result<(), AppError> {
    let scene = play.scene(Actor::visitor(), now).await?;
    apart::bring_up_to_date(play.tx, &scene).await?;
    Ok(())
}

/// Who owns an application that does not exist yet; nobody if it does.
async fn newcomer(play: &Play<'_>, applicant: &Applicant) -> Result<Option<PersonId>, AppError> {
    let profile = &applicant.profile;
    let Some(person) = people::by_email(play.tx, &profile.email).await? else {
        return Ok(None);
    };
    let own = applications::of_person_in(play.tx, person.id, play.cohort).await?;
    let is_new = own.iter().all(|one| one.role != profile.role);
    Ok(is_new.then_some(person.id))
}

fn kept(written: Answers, now: Moment) -> KeptAnswers {
    let kept = |value| Kept::new(Some(value), 1, now.real);
    written
        .into_iter()
        .map(|(question, value)| (question, kept(value)))
        .collect()
}
