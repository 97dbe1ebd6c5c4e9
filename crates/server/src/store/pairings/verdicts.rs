//! What officers said to guesses whom a sealed wish to be kept apart means.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use tandem_domain::apart::{Verdict, Verdicts};
use tandem_domain::id::{CohortId, PersonId};

use crate::store::entity::sealed_verdict as table;
use crate::store::value::{from_word, id, micros, word};
use crate::store::{Stored, Tx};

/// A guess: who asked, the entry's key, and who may be meant.
pub type Guessed<'a> = (PersonId, &'a str, PersonId);

/// All of a cohort.
pub async fn of_cohort(tx: &Tx, cohort: CohortId) -> Stored<Verdicts> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .all(tx.db())
        .await?;
    rows.into_iter()
        .map(|row| {
            let guessed = (id(&row.declared_by)?, row.entry, id(&row.person)?);
            Ok((guessed, from_word(&row.verdict)?))
        })
        .collect()
}

/// Keeps what an officer said in place of what was said before; nothing takes it back.
pub async fn put(
    tx: &Tx,
    cohort: CohortId,
    (declared_by, entry, person): Guessed<'_>,
    (verdict, by): (Option<Verdict>, PersonId),
    now: DateTime<Utc>,
) -> Stored<()> {
    let Some(verdict) = verdict else {
        let key = (
            cohort.to_string(),
            declared_by.to_string(),
            entry.to_owned(),
            person.to_string(),
        );
        table::Entity::delete_by_id(key).exec(tx.db()).await?;
        return Ok(());
    };
    let row = table::Model {
        cohort: cohort.to_string(),
        declared_by: declared_by.to_string(),
        entry: entry.to_owned(),
        person: person.to_string(),
        verdict: word(&verdict)?,
        by_person: by.to_string(),
        at: micros(now),
    };
    let replace = OnConflict::columns([
        table::Column::Cohort,
        table::Column::DeclaredBy,
        table::Column::Entry,
        table::Column::Person,
    ])
    .update_columns([
        table::Column::Verdict,
        table::Column::ByPerson,
        table::Column::At,
    ])
    .to_owned();
    table::Entity::insert(row.into_active_model())
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
