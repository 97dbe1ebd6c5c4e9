//! People to keep apart: which pairs, and nothing else. Who asked and why stays with the answers;
//! these rows are what the sealed list comes to, made anew whenever it changes.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use tandem_domain::id::{CohortId, PersonId};

use crate::store::among::Among;
use crate::store::entity::block as table;
use crate::store::value::{id, micros};
use crate::store::{Stored, Tx};

/// How many rows are written at once: databases take a limited number of values.
const AT_ONCE: usize = 500;

/// Those of a cohort, without who asked and why.
pub async fn pairs(
    tx: &Tx,
    cohort: CohortId,
    whose: Among<'_, PersonId>,
) -> Stored<Vec<(PersonId, PersonId)>> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(whose.named_by(table::Column::APerson))
        .filter(whose.named_by(table::Column::BPerson))
        .all(tx.db())
        .await?;
    rows.iter()
        .map(|row| Ok((id(&row.a_person)?, id(&row.b_person)?)))
        .collect()
}

/// Puts these in place of all that were kept apart in a cohort. Each pair once, the lesser id
/// first.
pub async fn replace(
    tx: &Tx,
    cohort: CohortId,
    pairs: impl IntoIterator<Item = (PersonId, PersonId)>,
    now: DateTime<Utc>,
) -> Stored<()> {
    table::Entity::delete_many()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .exec(tx.db())
        .await?;
    let rows: Vec<_> = pairs
        .into_iter()
        .map(|(a, b)| {
            let row = table::Model {
                id: uuid::Uuid::now_v7().to_string(),
                cohort: cohort.to_string(),
                a_person: a.to_string(),
                b_person: b.to_string(),
                reason: String::new(),
                declared_by: None,
                at: micros(now),
            };
            row.into_active_model()
        })
        .collect();
    for rows in rows.chunks(AT_ONCE) {
        table::Entity::insert_many(rows.to_vec())
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}
