//! Dates that hold for one person instead of everybody's.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tandem_domain::id::{CohortId, PersonDateId, PersonId};
use tandem_domain::timeline::person::PersonDate;

use super::entity::person_date::{Column, Entity, Model};
use super::value::{from_json, id, json, micros, moment};
use super::{Stored, Tx};

/// The dates of a cohort that hold for one person each.
pub async fn of_cohort(tx: &Tx, cohort: CohortId) -> Stored<Vec<PersonDate>> {
    let rows = Entity::find()
        .filter(Column::Cohort.eq(cohort.to_string()))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The dates of a cohort that hold for a person.
pub async fn of_person(tx: &Tx, cohort: CohortId, person: PersonId) -> Stored<Vec<PersonDate>> {
    let rows = Entity::find()
        .filter(Column::Cohort.eq(cohort.to_string()))
        .filter(Column::Person.eq(person.to_string()))
        .order_by_asc(Column::At)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Keeps a date for a person; one of the same item is replaced.
pub async fn put(tx: &Tx, cohort: CohortId, date: &PersonDate) -> Stored<()> {
    Entity::delete_many()
        .filter(Column::Cohort.eq(cohort.to_string()))
        .filter(Column::Item.eq(date.item.to_string()))
        .filter(Column::Person.eq(date.person.to_string()))
        .exec(tx.db())
        .await?;
    tx.insert(Model {
        id: date.id.to_string(),
        cohort: cohort.to_string(),
        item: date.item.to_string(),
        person: date.person.to_string(),
        when_json: json(&date.when)?,
        reason: date.reason.clone(),
        by_person: date.by.to_string(),
        at: micros(date.at),
    })
    .await
}

/// Lets everybody's date hold for a person again.
pub async fn remove(tx: &Tx, date: PersonDateId) -> Stored<()> {
    Entity::delete_by_id(date.to_string()).exec(tx.db()).await?;
    Ok(())
}

fn read(row: Model) -> Stored<PersonDate> {
    Ok(PersonDate {
        id: id(&row.id)?,
        item: id(&row.item)?,
        person: id(&row.person)?,
        when: from_json(&row.when_json)?,
        reason: row.reason,
        by: id(&row.by_person)?,
        at: moment(row.at)?,
    })
}
