//! Members of the committee who have a conflict with single applicants.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use tandem_domain::id::{CohortId, PersonId};

use super::entity::conflict as table;
use super::value::{id, micros};
use super::{Stored, Tx};

/// Who has a conflict with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// The member of the committee.
    pub member: PersonId,
    /// The applicant.
    pub person: PersonId,
}

/// The people of a cohort with whom a member has a conflict.
pub async fn of_member(tx: &Tx, cohort: CohortId, member: PersonId) -> Stored<BTreeSet<PersonId>> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(table::Column::Member.eq(member.to_string()))
        .all(tx.db())
        .await?;
    rows.iter().map(|row| id(&row.person)).collect()
}

/// The cohorts in which a member has a conflict with anybody.
pub async fn cohorts_of(tx: &Tx, member: PersonId) -> Stored<BTreeSet<CohortId>> {
    let rows = table::Entity::find()
        .filter(table::Column::Member.eq(member.to_string()))
        .all(tx.db())
        .await?;
    rows.iter().map(|row| id(&row.cohort)).collect()
}

/// All of a cohort.
pub async fn of_cohort(tx: &Tx, cohort: CohortId) -> Stored<Vec<Conflict>> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .order_by_asc(table::Column::Member)
        .order_by_asc(table::Column::Person)
        .all(tx.db())
        .await?;
    let conflicts = rows.iter().map(|row| {
        Ok(Conflict {
            member: id(&row.member)?,
            person: id(&row.person)?,
        })
    });
    conflicts.collect()
}

/// Notes one, unless it is known.
pub async fn add(
    tx: &Tx,
    cohort: CohortId,
    conflict: Conflict,
    (declared_by, at): (PersonId, DateTime<Utc>),
) -> Stored<()> {
    let row = table::Model {
        cohort: cohort.to_string(),
        member: conflict.member.to_string(),
        person: conflict.person.to_string(),
        declared_by: declared_by.to_string(),
        at: micros(at),
    };
    let once = OnConflict::columns([
        table::Column::Cohort,
        table::Column::Member,
        table::Column::Person,
    ])
    .do_nothing()
    .to_owned();
    table::Entity::insert(row.into_active_model())
        .on_conflict(once)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Lifts one. False if there was none.
pub async fn lift(tx: &Tx, cohort: CohortId, conflict: Conflict) -> Stored<bool> {
    let key = (
        cohort.to_string(),
        conflict.member.to_string(),
        conflict.person.to_string(),
    );
    let done = table::Entity::delete_by_id(key).exec(tx.db()).await?;
    Ok(done.rows_affected > 0)
}
