//! The only file that knows there are two databases: how each is opened, and how a transaction
//! begins on it.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnAcquireErr, ConnectOptions, ConnectionTrait, Database, DatabaseConnection,
    DatabaseTransaction, DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

/// How long a write waits for its turn before the client is told to try again.
const PATIENCE: Duration = Duration::from_secs(5);

/// The key of the advisory lock that makes writes on PostgreSQL wait for each other.
const WRITE_LOCK: i64 = 0x0074_616e_6465_6d01;

/// Where the data is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file of SQLite.
    File(std::path::PathBuf),
    /// A database of PostgreSQL, by URL.
    Postgres(String),
}

impl Location {
    /// The file inside a data folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self::File(folder.join("tandem.db"))
    }
}

impl FromStr for Location {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        match url.split_once(':') {
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(url.to_owned())),
            Some(("sqlite", path)) => Ok(Self::File(path.trim_start_matches("//").into())),
            _ => Err("a database URL begins with postgres: or sqlite:".to_owned()),
        }
    }
}

/// The connections to one database.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    engine: Engine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Connections {
    pub(super) async fn open(location: &Location) -> Result<Self, DbErr> {
        match location {
            Location::File(path) => {
                let url = format!("sqlite://{}?mode=rwc", path.display());
                // The writer comes first: it creates the file and turns the log on.
                let writer = Database::connect(sqlite(&url, 1, Access::Write)).await?;
                let readers = Database::connect(sqlite(&url, 4, Access::Read)).await?;
                Ok(Self {
                    writer,
                    readers,
                    engine: Engine::Sqlite,
                })
            }
            Location::Postgres(url) => {
                let pool = Database::connect(postgres(url)).await?;
                Ok(Self {
                    writer: pool.clone(),
                    readers: pool,
                    engine: Engine::Postgres,
                })
            }
        }
    }

    pub(super) fn engine(&self) -> Engine {
        self.engine
    }

    pub(super) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The pool of PostgreSQL, where it is PostgreSQL.
    pub(super) fn postgres(&self) -> Option<&sea_orm::sqlx::PgPool> {
        match self.engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(self.writer.get_postgres_connection_pool()),
        }
    }

    /// Begins a transaction that no other write runs beside.
    pub(super) async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        match self.engine {
            Engine::Sqlite => {
                let options = TransactionOptions {
                    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                    ..TransactionOptions::default()
                };
                self.writer.begin_with_options(options).await
            }
            Engine::Postgres => {
                let transaction = self.writer.begin().await?;
                let lock = format!("SELECT pg_advisory_xact_lock({WRITE_LOCK})");
                transaction.execute_unprepared(&lock).await?;
                Ok(transaction)
            }
        }
    }

    /// Begins a transaction that sees one moment and cannot write.
    pub(super) async fn begin_read(&self) -> Result<DatabaseTransaction, DbErr> {
        match self.engine {
            Engine::Sqlite => self.readers.begin().await,
            Engine::Postgres => {
                let isolation = Some(IsolationLevel::RepeatableRead);
                self.readers
                    .begin_with_config(isolation, Some(AccessMode::ReadOnly))
                    .await
            }
        }
    }

    pub(super) async fn close(&self) -> Result<(), DbErr> {
        self.readers.clone().close().await?;
        self.writer.clone().close().await
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

fn sqlite(url: &str, connections: u32, access: Access) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            let options = options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .pragma("trusted_schema", "OFF")
                .pragma("journal_size_limit", "67108864");
            match access {
                Access::Read => options.pragma("query_only", "ON"),
                Access::Write => options,
            }
        });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(8)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|options| {
            options.application_name("tandem").options([
                ("lock_timeout", "5s"),
                ("statement_timeout", "10s"),
                ("idle_in_transaction_session_timeout", "30s"),
            ])
        });
    options
}

/// Whether an error only says that the database was busy for too long.
pub(super) fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
    };
    match cause.as_ref() {
        sea_orm::sqlx::Error::PoolTimedOut => true,
        // SQLITE_BUSY and its kin; PostgreSQL's lock and statement time-outs.
        sea_orm::sqlx::Error::Database(cause) => cause.code().is_some_and(|code| {
            matches!(
                code.as_ref(),
                "5" | "261" | "517" | "773" | "55P03" | "57014"
            )
        }),
        _ => false,
    }
}
