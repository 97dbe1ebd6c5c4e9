//! Fills an empty database with a demonstration, moves it to a later day, and starts it anew.

use chrono::{DateTime, Utc};

use super::day::{self, Day, Year};
use super::mark::{self, Mark};
use super::world::{Sizes, World, WorldError};
use super::{founding, past, play};
use crate::app::App;
use crate::error::AppError;
use crate::store::audit::Moment;
use crate::store::{StoreError, Tx, settings, wipe};

/// What to fill a database with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// A demonstration with its mark, and where its clock stands.
    Demo {
        /// On which day.
        day: Day,
        /// How many people; none for those of the source.
        sizes: Option<Sizes>,
    },
    /// A cohort in its pairing, with dates around today and without a mark.
    Cohort(Sizes),
}

/// Why a database was not filled.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// There is something in it.
    #[error(
        "the database is not empty: a seed fills only an empty one (choose another folder with \
         --data, or delete what is there)"
    )]
    NotEmpty,
    /// Anything that should not happen.
    #[error("the seed failed: {0:?}")]
    Failed(AppError),
}

impl From<StoreError> for SeedError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<AppError> for SeedError {
    fn from(error: AppError) -> Self {
        Self::Failed(error)
    }
}

impl From<WorldError> for AppError {
    fn from(error: WorldError) -> Self {
        Self::Internal(error.into())
    }
}

/// Fills an empty database, wholly or not at all.
pub async fn seed(app: &App, plan: Plan) -> Result<(), SeedError> {
    let parts = app.clone();
    let write = app.store.write(move |tx| async move {
        if !settings::is_empty(&tx).await? {
            return Err(SeedError::NotEmpty);
        }
        match plan {
            Plan::Demo { day, sizes } => fill_demo(&tx, &parts, day, sizes).await?,
            Plan::Cohort(sizes) => {
                let now = parts.clock.real();
                let world = World::new(Some(sizes), Year::pairing_on(now.date_naive()));
                fill(&tx, &parts, &world.map_err(AppError::from)?, now).await?;
            }
        }
        Ok(())
    });
    write.await
}

/// Moves a demonstration to a day, and gives back the moment its clock is to show. An earlier day
/// starts it anew, if that was said.
pub async fn set_day(tx: &Tx, app: &App, day: Day, restart: Restart) -> Result<Set, AppError> {
    let mark = Mark::read(tx).await?.ok_or(AppError::NotFound)?;
    let world = mark.world()?;
    let moment = world.year.moment(day)?;
    let present = app.clock.program();
    if moment > present {
        let reached = mark::reached(tx).await?;
        play::play(tx, app, &world, (reached, present, moment)).await?;
        mark::set_reached(tx, moment, app.clock.real()).await?;
        return Ok(Set {
            moment,
            restarted: false,
        });
    }
    if restart == Restart::No {
        return Err(AppError::invalid("/restart", "required"));
    }
    wipe::everything(tx).await?;
    fill_demo(tx, app, day, mark.sizes).await?;
    Ok(Set {
        moment,
        restarted: true,
    })
}

/// Whether a demonstration may start anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restart {
    /// What was done in it may be thrown away.
    Yes,
    /// It may only go on.
    No,
}

/// Where a demonstration was set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// Program time.
    pub moment: DateTime<Utc>,
    /// Whether it started anew, so that nobody is signed in.
    pub restarted: bool,
}

async fn fill_demo(tx: &Tx, app: &App, day: Day, sizes: Option<Sizes>) -> Result<(), AppError> {
    let mark = Mark { sizes };
    let world = mark.world()?;
    let moment = world.year.moment(day)?;
    fill(tx, app, &world, moment).await?;
    mark.write(tx).await?;
    Ok(mark::set_reached(tx, moment, app.clock.real()).await?)
}

/// Founds the program and plays its year up to a moment.
async fn fill(tx: &Tx, app: &App, world: &World, until: DateTime<Utc>) -> Result<(), AppError> {
    let real = app.clock.real();
    let begin = world.year.at((1, 8), (10, 0))?;
    let founded = founding::found(
        tx,
        world,
        Moment {
            real,
            program: begin,
        },
    )
    .await?;
    if world.sizes.is_none() {
        past::finish(tx, world, &founded, real).await?;
    }
    play::play(tx, app, world, (begin, begin, until)).await
}

/// The day a demonstration begins on.
pub fn default_day() -> Option<Day> {
    day::find(day::DEFAULT)
}
