//! Forgetting what is over: sessions and sign-in links that no longer work, answers to requests that
//! nobody repeats any more, and people who never confirmed their address. By real time only.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::app::App;
use crate::auth::STAY;
use crate::store::people::Person;
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
    let (idle, all) = STAY;
    let tidy = move |tx: Tx| async move {
        sessions::forget_before(&tx, now - all, now - TimeDelta::days(1)).await?;
        idem::forget_before(&tx, now - TimeDelta::hours(48)).await?;
        people::unreachable(&tx, now - idle, now - all).await
    };
    // One by one: what stands against one of them keeps none of the others.
    for person in app.store.write::<_, StoreError, _, _>(tidy).await? {
        let id = person.id;
        let forget = move |tx: Tx| async move { unconfirmed(&tx, &person, now - idle).await };
        match app.store.write::<_, StoreError, _, _>(forget).await {
            Ok(()) => tracing::info!(person = %id, "forgot somebody who never confirmed"),
            Err(error) => tracing::warn!(person = %id, %error, "somebody could not be forgotten"),
        }
    }
    Ok(())
}

/// Forgets somebody who only claimed an address and whose session is over, so that nothing leads to
/// the drafts any more: the person, the drafts, and the older mails to an address that may be
/// anybody's.
async fn unconfirmed(tx: &Tx, person: &Person, before: DateTime<Utc>) -> Stored<()> {
    for draft in applications::of_person(tx, person.id).await? {
        applications::delete(tx, draft.id).await?;
    }
    outbox::forget_stranger(tx, &person.email, before).await?;
    people::remove_provisional(tx, person.id).await
}
