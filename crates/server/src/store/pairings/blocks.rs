//! People to keep apart. Who asked and why stays here: the board learns only which pairs.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter};
use tandem_domain::id::{CohortId, PersonId};

use crate::store::entity::block as table;
use crate::store::value::{id, micros};
use crate::store::{Stored, Tx};

/// Two people to keep apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The two, in no particular order.
    pub people: (PersonId, PersonId),
    /// Who asked for it; nobody if it was entered for them.
    pub declared_by: Option<PersonId>,
    /// Why, as the slug of a reason; empty if nothing was said.
    pub reason: String,
}

/// Those of a cohort, without who asked and why.
pub async fn pairs(tx: &Tx, cohort: CohortId) -> Stored<Vec<(PersonId, PersonId)>> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .all(tx.db())
        .await?;
    rows.iter()
        .map(|row| Ok((id(&row.a_person)?, id(&row.b_person)?)))
        .collect()
}

/// Those of a cohort that concern one person, with who asked and why. For the officer only.
pub async fn of_person(tx: &Tx, cohort: CohortId, person: PersonId) -> Stored<Vec<Block>> {
    let either = Condition::any()
        .add(table::Column::APerson.eq(person.to_string()))
        .add(table::Column::BPerson.eq(person.to_string()));
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(either)
        .all(tx.db())
        .await?;
    let blocks = rows.into_iter().map(|row| {
        Ok(Block {
            people: (id(&row.a_person)?, id(&row.b_person)?),
            declared_by: row.declared_by.as_deref().map(id).transpose()?,
            reason: row.reason,
        })
    });
    blocks.collect()
}

/// Lifts what one person asked for in a cohort.
pub async fn lift_declared_by(tx: &Tx, cohort: CohortId, person: PersonId) -> Stored<()> {
    table::Entity::delete_many()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(table::Column::DeclaredBy.eq(person.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Keeps two people apart, unless they are kept apart already.
pub async fn add(tx: &Tx, cohort: CohortId, block: &Block, now: DateTime<Utc>) -> Stored<()> {
    let (a, b) = block.people;
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    let row = table::Model {
        id: uuid::Uuid::now_v7().to_string(),
        cohort: cohort.to_string(),
        a_person: a.to_string(),
        b_person: b.to_string(),
        reason: block.reason.clone(),
        declared_by: block.declared_by.map(|id| id.to_string()),
        at: micros(now),
    };
    let once = OnConflict::columns([
        table::Column::Cohort,
        table::Column::APerson,
        table::Column::BPerson,
    ])
    .do_nothing()
    .to_owned();
    table::Entity::insert(row.into_active_model())
        .on_conflict(once)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
