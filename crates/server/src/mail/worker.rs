//! Sends what waits in the outbox.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::app::App;
use crate::mail::smtp::{SendError, Smtp};
use crate::store::outbox::{self, Outcome, Taken};
use crate::store::{StoreError, Stored};

/// How long the worker waits at most before it looks again.
const POLL: Duration = Duration::from_secs(5);
/// Volunteers' mail accounts take about one mail a second.
const PACE: Duration = Duration::from_secs(1);
/// How long a mail is being sent before it counts as lost.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Minutes until the next try, try by try.
const DELAYS: [i64; 7] = [1, 5, 30, 120, 360, 720, 1440];

/// Sends mails until told to stop; the one under way is finished first.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = work(&app, &stop).await {
            tracing::warn!(%error, "the outbox could not be worked through");
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = app.post.waits() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

async fn work(app: &App, stop: &watch::Receiver<bool>) -> Stored<()> {
    while !*stop.borrow() {
        match send_next(app).await? {
            None => break,
            Some(Sent::Urgent) => {}
            Some(Sent::Ordinary) => tokio::time::sleep(PACE).await,
        }
    }
    Ok(())
}

/// What kind of mail was sent, or tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Somebody waits for it.
    Urgent,
    /// Nobody waits for it.
    Ordinary,
}

/// Sends the next mail that is due, if there is one and this server sends mails at all.
pub async fn send_next(app: &App) -> Stored<Option<Sent>> {
    let Some(smtp) = app.post.smtp() else {
        return Ok(None);
    };
    let now = app.clock.real();
    let take = move |tx| async move {
        outbox::settle_lost(&tx, now).await?;
        outbox::take(&tx, now, now + LEASE).await
    };
    let Some(mail) = app.store.write::<_, StoreError, _, _>(take).await? else {
        return Ok(None);
    };
    let outcome = outcome(smtp, &mail, now).await;
    let kind = if mail.urgent {
        Sent::Urgent
    } else {
        Sent::Ordinary
    };
    // Subjects and addresses are personal; the id leads whoever may know to them.
    tracing::info!(mail = %mail.id, sent = matches!(outcome, Outcome::Sent), "tried a mail");
    let now = app.clock.real();
    let settle = move |tx| async move { outbox::settle(&tx, &mail, outcome, now).await };
    app.store.write(settle).await?;
    Ok(Some(kind))
}

async fn outcome(smtp: &Smtp, mail: &Taken, now: DateTime<Utc>) -> Outcome {
    let later = |error: String| match delay(mail.attempts) {
        Some(delay) => Outcome::Later {
            due: now + delay,
            error,
        },
        None => Outcome::Failed { error },
    };
    match smtp.send(mail).await {
        Ok(()) => Outcome::Sent,
        Err(SendError::Final(error)) => Outcome::Failed { error },
        Err(SendError::Passing(error)) => later(error),
        // Better twice than never, where somebody waits; of others a person decides.
        Err(SendError::Unknown(error)) if mail.urgent => later(error),
        Err(SendError::Unknown(error)) => Outcome::Ambiguous { error },
    }
}

/// How long to wait after so many tries, a fifth more or less so that not all come at once.
fn delay(attempts: u32) -> Option<TimeDelta> {
    let minutes = DELAYS.get(usize::try_from(attempts).ok()?)?;
    let mut dice = [0_u8; 1];
    // Without dice everything comes at once, which is no harm.
    let dice = getrandom::fill(&mut dice).map_or(127, |()| i64::from(dice[0]));
    Some(TimeDelta::seconds(
        minutes * 60 * (80 * 255 + 40 * dice) / (100 * 255),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_later_and_later_and_end() {
        for (attempt, minutes) in (0..).zip(DELAYS) {
            let delay = delay(attempt).unwrap().num_seconds();
            assert!(
                (minutes * 48..=minutes * 72).contains(&delay),
                "{attempt}: {delay}"
            );
        }
        assert_eq!(delay(7), None);
    }
}
