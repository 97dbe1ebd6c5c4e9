//! Reminders to people who have a draft: a week, two days and six hours before their deadline. Each
//! goes once, the latest that is due alone, and none after the application was sent. A later
//! deadline starts them anew.

use std::time::Duration;

use tandem_domain::application::ApplicationState;
use tandem_domain::application::window::{LastReminder, reminder_due};
use tandem_domain::cohort::CohortState;
use tokio::sync::watch;

use crate::app::App;
use crate::error::AppError;
use crate::http::applications::draft::Draft;
use crate::http::applications::mails::{self, Mail};
use crate::http::scene::Scene;
use crate::store::applications::reminders::{self, Reminded};
use crate::store::applications::{self, Application};
use crate::store::audit::Moment;
use crate::store::{Tx, cohorts, people, programs};

/// How often the server looks.
const POLL: Duration = Duration::from_mins(1);

/// Reminds until told to stop.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match remind(&app).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "reminded owners of drafts"),
            Err(error) => tracing::warn!(?error, "owners of drafts could not be reminded"),
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Puts every reminder that is due into the outbox, and says how many.
pub async fn remind(app: &App) -> Result<usize, AppError> {
    let (parts, now) = (app.clone(), app.clock.now());
    let write = app.store.write(move |tx| async move {
        let mut count = 0;
        for program in programs::all(&tx).await? {
            for cohort in cohorts::of_program(&tx, program.id).await? {
                // Later nobody sends any more, whatever was granted.
                let may_send = matches!(cohort.state, CohortState::Announced | CohortState::Review);
                if may_send && now.program >= cohort.calendar.opens {
                    let scene = Scene::of_server(cohort, now)?;
                    count += in_cohort(&parts, &tx, &scene).await?;
                }
            }
        }
        Ok::<_, AppError>(count)
    });
    write.await
}

async fn in_cohort(app: &App, tx: &Tx, scene: &Scene) -> Result<usize, AppError> {
    let mut count = 0;
    for application in applications::of_cohort(tx, scene.cohort.id).await? {
        let is_draft = application.state == ApplicationState::Draft;
        if is_draft && scene.takes(&application) {
            count += usize::from(of_draft(app, tx, scene, &application).await?);
        }
    }
    Ok(count)
}

async fn of_draft(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    application: &Application,
) -> Result<bool, AppError> {
    let reminded = reminders::of(tx, application.id).await?;
    let window = scene.window(application);
    let until = window.told().instant;
    let Moment { program: now, .. } = scene.now;
    // Whoever was told of more time need not hear of it again at once.
    let told = window.told_since().unwrap_or_default();
    let begun = application.created_at.max(told);
    let due = reminder_due(until, begun, reminded.last, now);
    let Some(due) = due.filter(|_| !reminded.muted) else {
        return Ok(false);
    };
    // An address that nobody confirmed may be somebody else's.
    let owner = people::find(tx, application.person).await?;
    if !owner.is_some_and(|owner| owner.confirmed) {
        return Ok(false);
    }
    let draft = Draft::load(tx, scene, application).await?;
    let missing = draft.problems(scene.today).len();
    let mail = Mail::Reminder { due, missing };
    mails::put(app, tx, scene, application, mail).await?;
    let last = Some(LastReminder {
        which: due,
        until: Some(until),
    });
    reminders::put(tx, application.id, Reminded { last, ..reminded }).await?;
    Ok(true)
}
