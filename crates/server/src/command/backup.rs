//! A consistent copy of a SQLite database.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use crate::config::Data;
use crate::store::{Location, Store};

/// Copies the database.
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    data: Data,
    /// The new file.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let Location::File(database) = self.data.location() else {
            bail!("this is a PostgreSQL database: copy it with `pg_dump -Fc --file FILE URL`");
        };
        if !database.exists() {
            bail!("there is no database at {}", database.display());
        }
        if self.to.exists() {
            bail!("{} exists already", self.to.display());
        }
        // Written under another name first, so that a file of the final name is whole.
        let part = self.to.with_extension("part");
        if part.exists() {
            std::fs::remove_file(&part)?;
        }
        let store = Store::attach(&Location::File(database)).await?;
        store.copy_to(&part).await?;
        store.close().await?;
        let copy = std::fs::File::open(&part)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            copy.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
        copy.sync_all()?;
        std::fs::rename(&part, &self.to)
            .with_context(|| format!("cannot write {}", self.to.display()))?;
        Ok(())
    }
}
