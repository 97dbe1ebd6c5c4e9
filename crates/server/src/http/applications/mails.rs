//! Mails to applicants about their applications, put into the outbox with their cause.

use serde_json::json;
use tandem_domain::role::Role;

use crate::app::App;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::mail::wording;
use crate::store::applications::Application;
use crate::store::applications::info::InfoRequest;
use crate::store::applications::submissions::Submission;
use crate::store::outbox::NewMail;
use crate::store::{Tx, people, programs};

/// What an applicant is told.
#[derive(Debug, Clone, Copy)]
pub enum Mail<'a> {
    /// It arrived.
    Receipt(&'a Submission),
    /// The owner took it back.
    Withdrawn,
    /// The owner brought it back.
    Restored,
    /// It goes on to pairing.
    Eligible,
    /// It does not, for this reason.
    Ineligible(&'a str),
    /// The committee asks something.
    InfoAsked(&'a InfoRequest),
}

impl Mail<'_> {
    fn template(self) -> &'static str {
        match self {
            Self::Receipt(_) => "application-received",
            Self::Withdrawn => "application-withdrawn",
            Self::Restored => "application-restored",
            Self::Eligible => "application-eligible",
            Self::Ineligible(_) => "application-ineligible",
            Self::InfoAsked(_) => "info-asked",
        }
    }
}

/// Puts a mail to the owner of an application into the outbox. One mail for each revision.
pub async fn put(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    application: &Application,
    mail: Mail<'_>,
) -> Result<(), AppError> {
    let owner = people::find(tx, application.person)
        .await?
        .ok_or(AppError::NotFound)?;
    let program = programs::find(tx, scene.cohort.program)
        .await?
        .ok_or(AppError::NotFound)?;
    let calendar = &scene.cohort.calendar;
    let mut context = json!({
        "name": owner.name,
        "program": program.name,
        "contact": program.contact,
        "cohort": scene.cohort.title,
        "role": match application.role { Role::Mentee => "mentee", Role::Mentor => "mentor" },
        "reference": application.reference,
        "closes": calendar.closes.last_day().format("%-d %B %Y").to_string(),
        "pairing": calendar.pairing_complete.format("%-d %B %Y").to_string(),
        "link": format!("{}/my/applications", app.config.public_url),
    });
    let more = match mail {
        Mail::Receipt(sent) => json!({
            "arrived": sent.at.format("%-d %B %Y, %H:%M").to_string(),
            "number": sent.number,
            "checksum": sent.sha256,
        }),
        Mail::Ineligible(reason) => json!({ "reason": reason }),
        Mail::InfoAsked(request) => json!({ "question": request.text }),
        Mail::Withdrawn | Mail::Restored | Mail::Eligible => json!({}),
    };
    if let (Some(context), Some(more)) = (context.as_object_mut(), more.as_object()) {
        context.extend(more.clone());
    }
    let template = mail.template();
    let worded = wording::write(template, &context)?;
    let mail = NewMail {
        program: Some(scene.cohort.program),
        to_person: Some(owner.id),
        to: owner.email,
        template,
        subject: worded.subject,
        body: worded.body,
        dedupe: format!("{template}:{}:{}", application.id, application.rev),
        urgent: false,
    };
    Ok(app.post.put(tx, mail, scene.now).await?)
}
