//! Forgetting what is over: sessions and sign-in links that no longer work, answers to requests that
//! nobody repeats any more, and people who never confirmed their address. By real time only.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::app::App;
use crate::auth::STAY;
use crate::store::{StoreError, Stored, Tx, applications, idem, outbox, people, sessions};

/// How often the server forgets.
const EVERY: Duration = Duration::from_hours(1);

/// Forgets now and every hour, until told to stop.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = what_is_over(&app).await {
            tracing::warn!(%error, "what is over could not be forgotten");
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Forgets everything that is over by now.
pub async fn what_is_over(app: &App) -> Stored<()> {
    app.limits.tidy();
    let now = app.clock.real();
    let forget = move |tx: Tx| async move {
        let (_, all) = STAY;
        sessions::forget_before(&tx, now - all, now - TimeDelta::days(1)).await?;
        idem::forget_before(&tx, now - TimeDelta::hours(48)).await?;
        unconfirmed(&tx, now).await
    };
    let people = app.store.write::<_, StoreError, _, _>(forget).await?;
    if people > 0 {
        tracing::info!(people, "forgot people who never confirmed their address");
    }
    Ok(())
}

/// Forgets those who only claimed an address and whose session is over, so that nothing leads to
/// their drafts any more: the person, the drafts, and the mails to an address that may be anybody's.
async fn unconfirmed(tx: &Tx, now: DateTime<Utc>) -> Stored<usize> {
    let (idle, all) = STAY;
    let lost = people::unreachable(tx, now - idle, now - all).await?;
    for person in &lost {
        for draft in applications::of_person(tx, person.id).await? {
            applications::delete(tx, draft.id).await?;
        }
        outbox::forget_stranger(tx, &person.email, now - idle).await?;
        people::remove_provisional(tx, person.id).await?;
    }
    Ok(lost.len())
}
