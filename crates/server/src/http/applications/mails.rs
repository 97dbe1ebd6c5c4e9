//! Mails to applicants about their applications, put into the outbox with their cause.

use chrono::NaiveDate;
use serde_json::json;
use tandem_domain::application::window::Reminder;
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use crate::app::App;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::mail::wording;
use crate::store::applications::Application;
use crate::store::applications::info::InfoRequest;
use crate::store::applications::submissions::Submission;
use crate::store::outbox::{self, NewMail};
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
    /// It can be changed and sent for longer than others.
    MoreTime,
    /// The form has changed, and what was sent lacks something now.
    FormChanged,
    /// It is a draft still, and the deadline comes near.
    Reminder {
        /// Which reminder.
        due: Reminder,
        /// How many answers are missing or wrong.
        missing: usize,
    },
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
            Self::MoreTime => "more-time",
            Self::FormChanged => "form-changed",
            Self::Reminder { .. } => REMINDER,
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
    let closes = scene.window(application).told();
    let mut context = json!({
        "name": owner.name,
        "program": program.name,
        "contact": program.contact,
        "cohort": scene.cohort.title,
        "role": match application.role { Role::Mentee => "mentee", Role::Mentor => "mentor" },
        "reference": application.reference,
        "closes": day_words(closes.last_day(), &closes.zone),
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
        Mail::Reminder { missing, .. } => json!({ "missing": missing }),
        Mail::MoreTime => json!({ "until": day_words(closes.last_day(), &closes.zone) }),
        Mail::Withdrawn | Mail::Restored | Mail::Eligible | Mail::FormChanged => json!({}),
    };
    if let (Some(context), Some(more)) = (context.as_object_mut(), more.as_object()) {
        context.extend(more.clone());
    }
    let template = mail.template();
    let worded = wording::write(template, &context)?;
    let new = NewMail {
        program: Some(scene.cohort.program),
        to_person: Some(owner.id),
        to: owner.email,
        template,
        subject: worded.subject,
        body: worded.body,
        dedupe: name(mail, application, &closes),
        urgent: false,
    };
    Ok(app.post.put(tx, new, scene.now).await?)
}

/// The name of a mail, so that it goes once. A reminder goes once for each deadline.
fn name(mail: Mail<'_>, application: &Application, closes: &Deadline) -> String {
    if let Mail::Reminder { due, .. } = mail {
        let until = closes.instant.timestamp();
        return format!("{}{due:?}:{until}", reminders_of(application.id));
    }
    let template = mail.template();
    format!("{template}:{}:{}", application.id, application.rev)
}

/// The template of reminders.
const REMINDER: &str = "draft-reminder";

/// What the names of all reminders about a draft begin with.
fn reminders_of(application: ApplicationId) -> String {
    format!("{REMINDER}:{application}:")
}

/// Drops reminders about a draft that wait still: nobody needs them any more.
pub async fn drop_reminders(tx: &Tx, application: ApplicationId) -> Result<(), AppError> {
    Ok(outbox::drop_waiting(tx, &reminders_of(application)).await?)
}

/// A day as mails say when something ends: with its weekday, and where the day is read.
pub fn day_words(day: NaiveDate, zone: &ZoneName) -> String {
    let place = if zone.is_aoe() {
        "Anywhere on Earth".to_owned()
    } else {
        let city = zone.0.rsplit('/').next().unwrap_or(&zone.0);
        format!("{} time", city.replace('_', " "))
    };
    format!("{}, {place}", day.format("%A, %-d %B %Y"))
}
