//! Tells open streams what changed, in whatever process it was written.
//!
//! A dispatcher reads the log of happenings as it grows and hands each on. It is woken by the
//! writes of this process, by PostgreSQL where others write too, and every two seconds in any case.

pub mod change;
pub mod presence;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{broadcast, watch};

pub use change::{Change, Subscription};

use crate::store::{Store, Stored, audit};

/// How many changes a slow stream may be behind before it is told to fetch everything again.
const BACKLOG: usize = 1024;
/// How many streams one process serves.
const LISTENERS: usize = 2000;
/// How many happenings are read at once.
const BATCH: u64 = 500;
/// How long the dispatcher waits at most.
const POLL: Duration = Duration::from_secs(2);

/// Where streams listen. Cheap to clone.
#[derive(Clone)]
pub struct Live {
    store: Store,
    changes: broadcast::Sender<Arc<Change>>,
    stop: watch::Sender<bool>,
}

impl Live {
    /// Nothing is handed on before [`Live::run`].
    pub fn new(store: Store) -> Self {
        Self {
            store,
            changes: broadcast::Sender::new(BACKLOG),
            stop: watch::Sender::new(false),
        }
    }

    /// Hears every change from now on; none if too many listen already.
    pub fn subscribe(&self) -> Option<broadcast::Receiver<Arc<Change>>> {
        let has_room = self.changes.receiver_count() < LISTENERS;
        has_room.then(|| self.changes.subscribe())
    }

    /// Ends once the dispatcher was told to stop: streams end with it.
    pub async fn stopped(&self) {
        // The sender is a part of this value, so waiting cannot fail.
        self.stop.subscribe().wait_for(|stop| *stop).await.ok();
    }

    /// Hands on what happens, until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) -> Stored<()> {
        let mut committed = self.store.committed();
        let mut listener = self.store.listener().await?;
        let mut last = self.store.read(async |tx| audit::last(&tx).await).await?;
        loop {
            committed.mark_unchanged();
            match self.hand_on(last).await {
                Ok(now) => last = now,
                Err(error) => tracing::warn!(%error, "reading what happened failed"),
            }
            tokio::select! {
                () = told(&mut stop) => {
                    self.stop.send_replace(true);
                    return Ok(());
                }
                _ = committed.changed() => {}
                heard = listener.heard() => if let Err(error) = heard {
                    tracing::warn!(%error, "listening to the database failed");
                    tokio::time::sleep(POLL).await;
                },
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Hands on everything after a number and says what the last number is now.
    async fn hand_on(&self, mut last: i64) -> Stored<i64> {
        loop {
            let noted = self
                .store
                .read(async |tx| audit::after(&tx, last, BATCH).await)
                .await?;
            let read = noted.len();
            for noted in noted {
                last = noted.seq;
                if let Some(change) = Change::of(&noted) {
                    // Nobody listening is no error.
                    self.changes.send(Arc::new(change)).ok();
                }
            }
            if (read as u64) < BATCH {
                return Ok(last);
            }
        }
    }
}

async fn told(stop: &mut watch::Receiver<bool>) {
    // Nobody left to say so means the same.
    stop.wait_for(|stop| *stop).await.ok();
}
