//! Hearing of what other processes wrote. They say only a number; what it stands for is read.

use sea_orm::ConnectionTrait;
use sea_orm::sqlx::postgres::PgListener;

use super::{Store, StoreError, Stored, Tx};

const CHANNEL: &str = "tandem_event";

/// Waits for the writes of other processes. On a SQLite file there are none.
pub struct Listener(Option<PgListener>);

impl Store {
    /// Begins to listen.
    pub async fn listener(&self) -> Stored<Listener> {
        let Some(pool) = self.connections.postgres() else {
            return Ok(Listener(None));
        };
        let mut listener = PgListener::connect_with(pool).await.map_err(unheard)?;
        listener.listen(CHANNEL).await.map_err(unheard)?;
        Ok(Listener(Some(listener)))
    }
}

impl Listener {
    /// Ends when something was written elsewhere; never on a SQLite file.
    ///
    /// A lost connection is an error once, and made anew by the next call.
    pub async fn heard(&mut self) -> Stored<()> {
        match &mut self.0 {
            Some(listener) => listener.recv().await.map(|_| ()).map_err(unheard),
            None => std::future::pending().await,
        }
    }
}

/// Tells other processes the number of what happened, once this transaction is kept.
pub(super) async fn notify(tx: &Tx, seq: i64) -> Stored<()> {
    let is_postgres = tx.db().get_database_backend() == sea_orm::DbBackend::Postgres;
    if is_postgres {
        let sql = format!("SELECT pg_notify('{CHANNEL}', '{seq}')");
        tx.db().execute_unprepared(&sql).await?;
    }
    Ok(())
}

fn unheard(error: sea_orm::sqlx::Error) -> StoreError {
    StoreError::Database(sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(
        error.into(),
    )))
}
