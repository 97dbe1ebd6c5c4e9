//! The secret addresses of people's own calendar feeds. Only the hash of a secret is kept.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tandem_domain::id::PersonId;

use super::entity::calendar_token::{Column, Entity, Model};
use super::value::{id, micros, moment};
use super::{Stored, Tx};

/// Since when a person has an address.
pub async fn since(tx: &Tx, person: PersonId) -> Stored<Option<DateTime<Utc>>> {
    let row = Entity::find_by_id(person.to_string()).one(tx.db()).await?;
    row.map(|row| moment(row.created_at)).transpose()
}

/// Whose address this is.
pub async fn owner(tx: &Tx, hash: &str) -> Stored<Option<PersonId>> {
    let row = Entity::find()
        .filter(Column::Hash.eq(hash))
        .one(tx.db())
        .await?;
    row.map(|row| id(&row.person)).transpose()
}

/// Gives a person an address; an earlier one is no more.
pub async fn put(tx: &Tx, person: PersonId, hash: &str, now: DateTime<Utc>) -> Stored<()> {
    revoke(tx, person).await?;
    tx.insert(Model {
        person: person.to_string(),
        hash: hash.to_owned(),
        created_at: micros(now),
    })
    .await
}

/// Takes a person's address away. False if there was none.
pub async fn revoke(tx: &Tx, person: PersonId) -> Stored<bool> {
    let gone = Entity::delete_by_id(person.to_string())
        .exec(tx.db())
        .await?;
    Ok(gone.rows_affected == 1)
}

/// How many of these people have an address.
pub async fn count_of(tx: &Tx, people: &[PersonId]) -> Stored<u32> {
    let mut count = 0;
    for some in people.chunks(500) {
        let ids = some.iter().map(ToString::to_string);
        count += Entity::find()
            .filter(Column::Person.is_in(ids))
            .count(tx.db())
            .await?;
    }
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
