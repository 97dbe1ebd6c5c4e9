//! How a cohort scores its pairs: the newest version counts, the others stay.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tandem_domain::id::{CohortId, PersonId};
use tandem_domain::score::Scoring;

use crate::store::entity::scoring as table;
use crate::store::value::{from_json, id, json, micros, moment};
use crate::store::{Stored, Tx};

/// How a cohort scores its pairs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// How.
    pub scoring: Scoring,
    /// Counts changes; 0 if nothing was ever set.
    pub version: i64,
    /// Who set it, and when in real time.
    pub set: Option<(PersonId, DateTime<Utc>)>,
}

/// The version that counts.
pub async fn of(tx: &Tx, cohort: CohortId) -> Stored<Kept> {
    let row = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .order_by_desc(table::Column::Version)
        .one(tx.db())
        .await?;
    let Some(row) = row else {
        return Ok(Kept::default());
    };
    Ok(Kept {
        scoring: from_json(&row.json)?,
        version: row.version,
        set: Some((id(&row.by_person)?, moment(row.at)?)),
    })
}

/// Adds a version.
pub async fn add(
    tx: &Tx,
    cohort: CohortId,
    (version, scoring): (i64, &Scoring),
    by: PersonId,
    at: DateTime<Utc>,
) -> Stored<()> {
    tx.insert(table::Model {
        cohort: cohort.to_string(),
        version,
        json: json(scoring)?,
        by_person: by.to_string(),
        at: micros(at),
    })
    .await
}
