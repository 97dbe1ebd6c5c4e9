//! Answers kept by idempotency key, in the same transaction as what they answered.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entity::idem::{Column, Entity, Model};
use super::value::micros;
use super::{Stored, Tx};

/// An answer given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Of which request.
    pub fingerprint: String,
    /// The status.
    pub status: u16,
    /// The body, as it was sent.
    pub body: String,
}

/// The answer kept under a key.
pub async fn find(tx: &Tx, actor: &str, key: &str) -> Stored<Option<Kept>> {
    let row = Entity::find_by_id((actor.to_owned(), key.to_owned()))
        .one(tx.db())
        .await?;
    Ok(row.map(|row| Kept {
        fingerprint: row.fingerprint,
        status: u16::try_from(row.status).unwrap_or(500),
        body: row.body,
    }))
}

/// Keeps an answer.
pub async fn keep(tx: &Tx, actor: &str, key: &str, kept: Kept, now: DateTime<Utc>) -> Stored<()> {
    tx.insert(Model {
        actor: actor.to_owned(),
        key: key.to_owned(),
        fingerprint: kept.fingerprint,
        status: i64::from(kept.status),
        body: kept.body,
        at: micros(now),
    })
    .await
}

/// Forgets answers given before a moment.
pub async fn forget_before(tx: &Tx, before: DateTime<Utc>) -> Stored<()> {
    Entity::delete_many()
        .filter(Column::At.lt(micros(before)))
        .exec(tx.db())
        .await?;
    Ok(())
}
