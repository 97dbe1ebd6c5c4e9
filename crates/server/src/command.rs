//! What the command line can do besides serving.

mod backup;
mod officer;
mod seed;
mod serve;

use clap::Subcommand;

use crate::config::{Data, Serve};
use crate::store::Store;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the app until told to stop.
    Serve(Serve),
    /// Bring the database up to date.
    Migrate(Data),
    /// Make an account that may set up programs, and print a link to sign in with once.
    CreateOfficer(officer::CreateOfficer),
    /// Fill an empty database with a fictional program.
    Seed(seed::Seed),
    /// Copy a SQLite database into a new file, while the server runs or not.
    Backup(backup::Backup),
}

impl Command {
    /// Does it.
    pub async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Serve(options) => serve::serve(options).await,
            Self::Migrate(data) => {
                let store = open(&data).await?;
                Ok(store.close().await?)
            }
            Self::CreateOfficer(options) => options.run().await,
            Self::Seed(options) => options.run().await,
            Self::Backup(options) => options.run().await,
        }
    }
}

/// Opens the database, in a folder that only its owner may read.
async fn open(data: &Data) -> anyhow::Result<Store> {
    std::fs::create_dir_all(&data.folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&data.folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(Store::open(&data.location()).await?)
}
