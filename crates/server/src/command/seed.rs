//! Fills an empty database with fictional people.

use anyhow::{Context, bail};
use clap::Args;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Data};
use crate::demo::day;
use crate::demo::seed::{Plan, seed};
use crate::demo::world::Sizes;

/// Fills an empty database.
#[derive(Debug, Args)]
pub struct Seed {
    #[command(flatten)]
    data: Data,
    /// Mark it as a demonstration: accounts that sign in with one click, a clock to rehearse the
    /// year with, a page of mails. Such a database is served on loopback only, for good.
    #[arg(long)]
    demo: bool,
    /// The day on which a demonstration begins: feb-5, mar-2, mar-20, may-14 or jun-1.
    #[arg(long, value_name = "DAY", requires = "demo", default_value = day::DEFAULT)]
    day: String,
    /// Invent so many mentees instead of the people of the demonstration.
    #[arg(long, value_name = "N", requires = "mentors")]
    mentees: Option<usize>,
    /// Invent so many mentors.
    #[arg(long, value_name = "M", requires = "mentees")]
    mentors: Option<usize>,
    /// The same number invents the same people.
    #[arg(long = "seed", value_name = "S", default_value_t = 1)]
    number: u64,
    /// The address people will use; goes into mails.
    #[arg(
        long,
        env = "TANDEM_PUBLIC_URL",
        default_value = "http://127.0.0.1:8080"
    )]
    public_url: String,
}

impl Seed {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let plan = self.plan()?;
        let store = super::open(&self.data).await?;
        let app = App::new(
            store.clone(),
            Clock::system(),
            Config::local(&self.public_url),
        )
        .await?;
        let result = seed(&app, plan).await;
        store.close().await?;
        Ok(result?)
    }

    fn plan(&self) -> anyhow::Result<Plan> {
        let sizes = self.mentees.zip(self.mentors);
        let sizes = sizes.map(|(mentees, mentors)| Sizes {
            mentees,
            mentors,
            seed: self.number,
        });
        let days = day::ALL.map(|day| day.id).join(", ");
        let day = day::find(&self.day)
            .with_context(|| format!("there is no day {:?}; there are {days}", self.day))?;
        match (self.demo, sizes) {
            (true, sizes) => Ok(Plan::Demo { day, sizes }),
            (false, Some(sizes)) => Ok(Plan::Cohort(sizes)),
            (false, None) => bail!("say --demo, or --mentees N and --mentors M"),
        }
    }
}
