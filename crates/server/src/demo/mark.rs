//! The mark of a database of fictional people, and where its clock stands. Only [`super::seed`]
//! sets the mark, in the transaction that fills an empty database.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::day::Year;
use super::world::{Sizes, World, WorldError};
use crate::store::value::{from_json, json, micros, moment};
use crate::store::{StoreError, Stored, Tx, settings};

/// The setting that says up to which moment the year was played.
const REACHED: &str = "demo_reached";

/// What is written of a demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// How many people it was asked to have; none for those of the source.
    pub sizes: Option<Sizes>,
}

impl Mark {
    /// The mark of the database, if it has one.
    pub async fn read(tx: &Tx) -> Stored<Option<Self>> {
        let mark = settings::get(tx, settings::DEMO).await?;
        mark.map(|mark| from_json(&mark)).transpose()
    }

    /// Who and what there is in this demonstration.
    pub fn world(&self) -> Result<World, WorldError> {
        World::new(self.sizes, Year::default())
    }

    pub(super) async fn write(&self, tx: &Tx) -> Stored<()> {
        settings::set(tx, settings::DEMO, &json(self)?).await
    }
}

/// Up to which moment the year was played.
pub async fn reached(tx: &Tx) -> Stored<DateTime<Utc>> {
    let reached = settings::get(tx, REACHED)
        .await?
        .and_then(|micros| micros.parse().ok());
    let cause = || StoreError::Unreadable {
        what: "setting",
        cause: REACHED.to_owned(),
    };
    moment(reached.ok_or_else(cause)?)
}

/// Notes that the year was played up to a moment, which the clock shows at a moment of real time.
pub(super) async fn set_reached(
    tx: &Tx,
    reached: DateTime<Utc>,
    real: DateTime<Utc>,
) -> Stored<()> {
    settings::set(tx, REACHED, &micros(reached).to_string()).await?;
    let offset = micros(reached) - micros(real);
    settings::set(tx, settings::CLOCK_OFFSET, &offset.to_string()).await
}
