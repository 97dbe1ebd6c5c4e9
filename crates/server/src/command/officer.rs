//! The first account: made on the machine itself, signed in with a link that works once.

use std::path::Path;

use anyhow::{Context, bail};
use chrono::Duration;
use clap::Args;
use tandem_domain::role::Office;

use crate::auth::token;
use crate::clock::Clock;
use crate::config::Data;
use crate::store::sessions::NewRequest;
use crate::store::{Store, StoreError, people, programs, sessions};

/// How long the link works.
const LIFE: Duration = Duration::hours(1);

/// Makes an account that may set up programs, or lets an existing one.
#[derive(Debug, Args)]
pub struct CreateOfficer {
    #[command(flatten)]
    data: Data,
    /// The address.
    #[arg(long)]
    email: String,
    /// The name to use.
    #[arg(long)]
    name: String,
    /// Also give the officer's seat in the program of this name in addresses.
    #[arg(long, value_name = "SLUG")]
    program: Option<String>,
    /// The address people use; goes into the link.
    #[arg(
        long,
        env = "TANDEM_PUBLIC_URL",
        default_value = "http://127.0.0.1:8080"
    )]
    public_url: String,
}

impl CreateOfficer {
    #[expect(
        clippy::print_stdout,
        reason = "the link is the answer of this command"
    )]
    pub(super) async fn run(self) -> anyhow::Result<()> {
        if !crate::mail::is_address(&self.email) {
            bail!("{:?} is not an e-mail address", self.email);
        }
        let folder = self.data.folder.clone();
        let public_url = self.public_url.trim_end_matches('/').to_owned();
        let store = super::open(&self.data).await?;
        let secret = self.create(&store).await?;
        store.close().await?;
        let link = format!("{public_url}/sign-in#t={secret}");
        write_secret(&folder.join("setup-link.txt"), &link)?;
        println!("{link}");
        Ok(())
    }

    async fn create(self, store: &Store) -> anyhow::Result<String> {
        let (secret, code) = (token::secret()?, token::code()?);
        let now = Clock::system().real();
        let (token_hash, code_hash) = (token::hash(&secret), token::hash(&code));
        let work = move |tx| async move {
            let person = match people::by_email(&tx, &self.email).await? {
                Some(person) => person,
                None => people::create(&tx, &self.email, &self.name, now).await?,
            };
            people::make_founder(&tx, person.id).await?;
            if let Some(slug) = &self.program {
                let all = programs::all(&tx).await?;
                let program = all.into_iter().find(|program| program.slug == *slug);
                let program = program.with_context(|| format!("there is no program {slug:?}"))?;
                let mut offices = people::offices_in(&tx, person.id, program.id).await?;
                offices.push(Office::Officer);
                programs::set_offices(&tx, program.id, person.id, &offices, now).await?;
            }
            let request = NewRequest {
                email: &self.email,
                token_hash,
                code_hash,
                pre_hash: None,
                provisional: None,
                purpose: "setup",
                expires_at: now + LIFE,
            };
            sessions::keep_request(&tx, request, now).await?;
            Ok::<_, Failed>(())
        };
        store.write(work).await.map_err(|Failed(error)| error)?;
        Ok(secret)
    }
}

struct Failed(anyhow::Error);

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self(error.into())
    }
}

impl From<anyhow::Error> for Failed {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}

/// Writes a file that only its owner may read.
fn write_secret(file: &Path, text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    if file.exists() {
        std::fs::remove_file(file)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(file)?;
    writeln!(file, "{text}")?;
    Ok(())
}
