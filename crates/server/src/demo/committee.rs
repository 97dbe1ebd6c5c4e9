//! What the committee of a demonstration does about applications: ask, and decide.

use tandem_api::application::DecideEligibility;
use tandem_domain::application::{ApplicationMove, ApplicationState};
use tandem_domain::form::definition::QuestionId;
use tandem_domain::id::InfoRequestId;
use tandem_domain::role::Role;

use super::play::Play;
use super::world::{Applicant, CHAIR, MEMBERS, Member, OFFICER};
use super::{trap, verdict};
use crate::error::AppError;
use crate::http::applications::mails::{self, Mail};
use crate::http::applications::{decide as deciding, send as sending};
use crate::store::applications;
use crate::store::applications::info::{self, InfoRequest};
use crate::store::audit::{self, Moment};

/// Asks an applicant something, unless the application is no longer as it was sent.
pub async fn ask(play: &Play<'_>, applicant: &Applicant, now: Moment) -> Result<(), AppError> {
    let waiting = play
        .application(applicant, ApplicationState::Submitted)
        .await?;
    let Some(mut application) = waiting else {
        return Ok(());
    };
    let by = match applicant.profile.role {
        Role::Mentee => MEMBERS.first().copied().unwrap_or(CHAIR),
        Role::Mentor => OFFICER,
    };
    let scene = play.scene(play.member(by).await?, now).await?;
    let asked = verdict::asked(&applicant.profile.reference);
    sending::moved(&mut application, ApplicationMove::AskInfo, now.program)?;
    applications::update(play.tx, &application).await?;
    let request = InfoRequest {
        id: InfoRequestId(uuid::Uuid::now_v7()),
        application: application.id,
        asked_by: scene.actor.person.ok_or(AppError::SignedOut)?,
        text: asked.text.to_owned(),
        questions: asked
            .questions
            .iter()
            .copied()
            .map(QuestionId::from)
            .collect(),
        asked_at: now.program,
        answer: None,
        answered_at: None,
    };
    info::insert(play.tx, &request).await?;
    audit::note(
        play.tx,
        now,
        scene.happening("application.info_asked", &application),
    )
    .await?;
    mails::put(
        play.app,
        play.tx,
        &scene,
        &application,
        Mail::InfoAsked(&request),
    )
    .await
}

/// Decides about an applicant, unless somebody did.
pub async fn decide(play: &Play<'_>, applicant: &Applicant, now: Moment) -> Result<(), AppError> {
    let waiting = play
        .application(applicant, ApplicationState::Submitted)
        .await?;
    let Some(mut application) = waiting else {
        return Ok(());
    };
    let reference = applicant.profile.reference.as_str();
    let eligible = applicant.profile.state == ApplicationState::Eligible;
    let (by, reason): (Member, &str) = match eligible {
        true if reference == trap::ON_COMMITTEE => (
            OFFICER,
            "Helps with the newsletter only, and has no part in the pairing.",
        ),
        true => (CHAIR, ""),
        false => (OFFICER, verdict::refused(reference)),
    };
    let decision = DecideEligibility {
        eligible,
        reason: reason.to_owned(),
    };
    let scene = play.scene(play.member(by).await?, now).await?;
    deciding::decide(play.app, play.tx, &scene, &mut application, &decision).await
}
