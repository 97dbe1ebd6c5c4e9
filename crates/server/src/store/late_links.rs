//! Links by which somebody may apply after the call has closed. Of a link only the hash of its
//! secret is kept.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tandem_domain::application::window::LateLink;
use tandem_domain::date::Deadline;
use tandem_domain::id::{CohortId, LateLinkId, PersonId};

use super::entity::late_link as table;
use super::value::{from_json, id, json, micros, moment, moment_if};
use super::{Stored, Tx};

/// A link, with whom it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub id: LateLinkId,
    /// To which cohort.
    pub cohort: CohortId,
    /// The address it was mailed to.
    pub email: String,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub granted_by: PersonId,
    /// When, in program time.
    pub at: DateTime<Utc>,
    /// When it was used, in program time.
    pub used_at: Option<DateTime<Utc>>,
    /// What the rules look at.
    pub link: LateLink,
}

/// A link before it is kept.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// To which cohort.
    pub cohort: CohortId,
    /// The hash of its secret.
    pub token_hash: String,
    /// The address it is mailed to.
    pub email: &'a str,
    /// Until when it opens.
    pub until: &'a Deadline,
    /// Why.
    pub reason: &'a str,
    /// Who makes it.
    pub granted_by: PersonId,
}

/// Adds a link.
pub async fn insert(tx: &Tx, new: New<'_>, now: DateTime<Utc>) -> Stored<LateLinkId> {
    let link = LateLinkId(uuid::Uuid::now_v7());
    tx.insert(table::Model {
        id: link.to_string(),
        cohort: new.cohort.to_string(),
        token_hash: new.token_hash,
        email: new.email.trim().to_owned(),
        until_json: json(new.until)?,
        reason: new.reason.trim().to_owned(),
        granted_by: new.granted_by.to_string(),
        at: micros(now),
        used_by: None,
        used_at: None,
        revoked_at: None,
    })
    .await?;
    Ok(link)
}

/// Those of a cohort, newest first.
pub async fn of_cohort(tx: &Tx, cohort: CohortId) -> Stored<Vec<Kept>> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .order_by_desc(table::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// One by its id.
pub async fn find(tx: &Tx, link: LateLinkId) -> Stored<Option<Kept>> {
    let row = table::Entity::find_by_id(link.to_string())
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// One by the hash of its secret.
pub async fn by_hash(tx: &Tx, hash: &str) -> Stored<Option<Kept>> {
    let row = table::Entity::find()
        .filter(table::Column::TokenHash.eq(hash))
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// Notes who used a link; the first use counts.
pub async fn use_up(tx: &Tx, link: LateLinkId, person: PersonId, now: DateTime<Utc>) -> Stored<()> {
    table::Entity::update_many()
        .col_expr(table::Column::UsedBy, Expr::value(person.to_string()))
        .col_expr(table::Column::UsedAt, Expr::value(micros(now)))
        .filter(table::Column::Id.eq(link.to_string()))
        .filter(table::Column::UsedBy.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Who used links on the way to an account is that account from now on.
pub async fn follow(tx: &Tx, from: PersonId, to: PersonId) -> Stored<()> {
    table::Entity::update_many()
        .col_expr(table::Column::UsedBy, Expr::value(to.to_string()))
        .filter(table::Column::UsedBy.eq(from.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes a link back. What it opened stays open.
pub async fn revoke(tx: &Tx, link: LateLinkId, now: DateTime<Utc>) -> Stored<()> {
    table::Entity::update_many()
        .col_expr(table::Column::RevokedAt, Expr::value(micros(now)))
        .filter(table::Column::Id.eq(link.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

fn read(row: table::Model) -> Stored<Kept> {
    Ok(Kept {
        id: id(&row.id)?,
        cohort: id(&row.cohort)?,
        email: row.email,
        reason: row.reason,
        granted_by: id(&row.granted_by)?,
        at: moment(row.at)?,
        used_at: moment_if(row.used_at)?,
        link: LateLink {
            until: from_json(&row.until_json)?,
            used_by: row.used_by.as_deref().map(id).transpose()?,
            revoked: row.revoked_at.is_some(),
        },
    })
}
