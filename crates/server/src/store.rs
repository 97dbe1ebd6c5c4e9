//! The data: one writer at a time, readers that see one moment.
//!
//! Everything that touches the database goes through a [`Tx`], given to a closure by
//! [`Store::write`] or [`Store::read`]. Only this module and its children know SeaORM.

pub mod among;
pub mod applications;
pub mod audit;
pub mod calendar_tokens;
pub mod cohorts;
pub mod comments;
pub mod conflicts;
pub(crate) mod db;
mod entity;
pub mod erasing;
pub mod events;
pub mod idem;
pub mod late_links;
mod migration;
pub mod outbox;
pub mod pairings;
pub mod people;
pub mod person_dates;
pub mod programs;
pub mod sessions;
pub mod settings;
pub mod timeline;
pub mod uploads;
pub mod value;
pub mod wipe;

use std::path::Path;
use std::sync::Arc;

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    ModelTrait, SqlErr,
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::watch;
use tracing::Instrument;

pub use db::Location;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too much is going on; trying again helps.
    #[error("the database is busy")]
    Busy,
    /// Something of that kind is there already.
    #[error("there is one already: {0}")]
    Exists(String),
    /// What was read does not make sense.
    #[error("unreadable {what}: {cause}")]
    Unreadable {
        /// What was read.
        what: &'static str,
        /// What is wrong with it.
        cause: String,
    },
    /// The database refused.
    #[error(transparent)]
    Database(DbErr),
    /// A transaction outlived its closure. A bug.
    #[error("a transaction was kept beyond its end")]
    Kept,
    /// The operation does not exist on this kind of database.
    #[error("{0}")]
    Unsupported(&'static str),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if db::is_busy(&error) {
            return Self::Busy;
        }
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(which)) => Self::Exists(which),
            _ => Self::Database(error),
        }
    }
}

/// What most functions of the store give back.
pub type Stored<T> = Result<T, StoreError>;

/// A transaction. Cheap to clone inside its closure; no clone may leave it.
#[derive(Clone)]
pub struct Tx(Arc<DatabaseTransaction>);

impl Tx {
    fn db(&self) -> &DatabaseTransaction {
        &self.0
    }

    /// Adds a row.
    async fn insert<M, A>(&self, model: M) -> Stored<()>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity>,
    {
        M::Entity::insert(model.into_active_model())
            .exec_without_returning(self.db())
            .await?;
        Ok(())
    }
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    connections: Arc<db::Connections>,
    committed: watch::Sender<u64>,
}

impl Store {
    /// Opens the database and brings it up to date.
    pub async fn open(location: &Location) -> Stored<Self> {
        let store = Self::attach(location).await?;
        migration::Migrator::up(store.connections.writer(), None).await?;
        Ok(store)
    }

    /// Opens the database as it is.
    pub async fn attach(location: &Location) -> Stored<Self> {
        let connections = db::Connections::open(location).await?;
        Ok(Self {
            connections: Arc::new(connections),
            committed: watch::Sender::new(0),
        })
    }

    /// Runs a write. All of it is kept or none of it, and no other write runs beside it.
    ///
    /// It runs in a task of its own: a client that goes away does not stop it half-way.
    pub async fn write<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Tx) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let store = self.clone();
        let task = async move {
            let transaction = store
                .connections
                .begin_write()
                .await
                .map_err(StoreError::from)?;
            let value = run(transaction, work).await?;
            store.committed.send_modify(|count| *count += 1);
            Ok(value)
        };
        match tokio::spawn(task.in_current_span()).await {
            Ok(result) => result,
            Err(gone) => std::panic::resume_unwind(gone.into_panic()),
        }
    }

    /// Runs a read that sees one moment of the database.
    pub async fn read<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<StoreError>,
    {
        let transaction = self
            .connections
            .begin_read()
            .await
            .map_err(StoreError::from)?;
        run(transaction, work).await
    }

    /// Counts the writes of this process; changes after each one that was kept.
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// Whether this is SQLite in a file.
    pub fn is_file(&self) -> bool {
        self.connections.engine() == db::Engine::Sqlite
    }

    /// Writes a consistent copy of a SQLite database into a new file, while others read and write.
    pub async fn copy_to(&self, file: &Path) -> Stored<()> {
        if !self.is_file() {
            return Err(StoreError::Unsupported(
                "use pg_dump to copy a PostgreSQL database",
            ));
        }
        let name = file.display().to_string().replace('\'', "''");
        let sql = format!("VACUUM INTO '{name}'");
        self.connections.writer().execute_unprepared(&sql).await?;
        Ok(())
    }

    /// Waits for the transactions under way and lets go of the database.
    pub async fn close(&self) -> Stored<()> {
        Ok(self.connections.close().await?)
    }
}

async fn run<T, E, F, Fut>(transaction: DatabaseTransaction, work: F) -> Result<T, E>
where
    F: FnOnce(Tx) -> Fut,
    Fut: Future<Output = Result<T, E>>,
    E: From<StoreError>,
{
    let transaction = Arc::new(transaction);
    let result = work(Tx(transaction.clone())).await;
    let transaction = Arc::into_inner(transaction).ok_or(StoreError::Kept)?;
    match result {
        Ok(value) => {
            transaction.commit().await.map_err(StoreError::from)?;
            Ok(value)
        }
        Err(error) => {
            transaction.rollback().await.map_err(StoreError::from)?;
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests;
