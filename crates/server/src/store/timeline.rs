//! Timelines: what stands on them, and what changed.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tandem_domain::cohort::Calendar;
use tandem_domain::id::{ChangeId, CohortId, PersonId};
use tandem_domain::timeline::Item;
use tandem_domain::timeline::log::Delta;
use tandem_domain::timeline::plan::Timeline;
use tandem_domain::timeline::wish::Policy;

use super::cohorts::Cohort;
use super::entity::{cohort, timeline_change, timeline_item};
use super::value::{count, from_json, from_word, id, json, micros, moment, word};
use super::{Stored, Tx};

/// A change of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub id: ChangeId,
    /// Of which cohort.
    pub cohort: CohortId,
    /// The revision of the timeline it led to.
    pub rev: i64,
    /// When, in program time.
    pub at: DateTime<Utc>,
    /// Who made it; nobody for what followed from a move of the cohort by the server.
    pub by: Option<PersonId>,
    /// Why.
    pub note: String,
    /// What happened to the dates around.
    pub policy: Policy,
    /// What changed.
    pub delta: Delta,
    /// The change it undid.
    pub undoes: Option<ChangeId>,
    /// The change that undid it.
    pub undone_by: Option<ChangeId>,
}

/// The timeline of a cohort, in order.
pub async fn find(tx: &Tx, cohort: CohortId) -> Stored<Timeline> {
    let rows = timeline_item::Entity::find()
        .filter(timeline_item::Column::Cohort.eq(cohort.to_string()))
        .order_by_asc(timeline_item::Column::Position)
        .all(tx.db())
        .await?;
    let constraints: Option<String> = cohort::Entity::find_by_id(cohort.to_string())
        .select_only()
        .column(cohort::Column::ConstraintsJson)
        .into_tuple()
        .one(tx.db())
        .await?;
    let items: Stored<Vec<Item>> = rows.iter().map(|row| from_json(&row.json)).collect();
    Ok(Timeline {
        items: items?,
        constraints: constraints.as_deref().map_or(Ok(Vec::new()), from_json)?,
    })
}

/// Replaces the timeline and the calendar that follows from it. Both revisions of the cohort count
/// up, because its dates are part of what people see of it; gives back that of the timeline.
pub async fn replace(
    tx: &Tx,
    cohort: &Cohort,
    timeline: &Timeline,
    calendar: &Calendar,
) -> Stored<i64> {
    timeline_item::Entity::delete_many()
        .filter(timeline_item::Column::Cohort.eq(cohort.id.to_string()))
        .exec(tx.db())
        .await?;
    keep_items(tx, cohort.id, &timeline.items).await?;
    cohort::Entity::update_many()
        .col_expr(cohort::Column::CalendarJson, Expr::value(json(calendar)?))
        .col_expr(
            cohort::Column::ConstraintsJson,
            Expr::value(json(&timeline.constraints)?),
        )
        .col_expr(
            cohort::Column::TimelineRev,
            Expr::col(cohort::Column::TimelineRev).add(1_i64),
        )
        .col_expr(
            cohort::Column::Rev,
            Expr::col(cohort::Column::Rev).add(1_i64),
        )
        .filter(cohort::Column::Id.eq(cohort.id.to_string()))
        .exec(tx.db())
        .await?;
    Ok(cohort.timeline_rev + 1)
}

/// Counts up both revisions of a cohort because what somebody reads of its timeline is another one.
pub async fn touch(tx: &Tx, cohort: CohortId) -> Stored<()> {
    cohort::Entity::update_many()
        .col_expr(
            cohort::Column::TimelineRev,
            Expr::col(cohort::Column::TimelineRev).add(1_i64),
        )
        .col_expr(
            cohort::Column::Rev,
            Expr::col(cohort::Column::Rev).add(1_i64),
        )
        .filter(cohort::Column::Id.eq(cohort.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Keeps the items of a timeline that has none.
pub(super) async fn keep_items(tx: &Tx, cohort: CohortId, items: &[Item]) -> Stored<()> {
    for (position, item) in items.iter().enumerate() {
        tx.insert(timeline_item::Model {
            cohort: cohort.to_string(),
            id: item.id.to_string(),
            position: count(position as u64),
            json: json(item)?,
        })
        .await?;
    }
    Ok(())
}

/// Notes a change. The one it undoes is marked.
pub async fn note(tx: &Tx, change: &Change) -> Stored<()> {
    tx.insert(timeline_change::Model {
        id: change.id.to_string(),
        cohort: change.cohort.to_string(),
        rev: change.rev,
        at: micros(change.at),
        by_person: change.by.map(|person| person.to_string()),
        note: change.note.clone(),
        policy: word(&change.policy)?,
        delta_json: json(&change.delta)?,
        undoes: change.undoes.map(|undone| undone.to_string()),
        undone_by: None,
    })
    .await?;
    let Some(undone) = change.undoes else {
        return Ok(());
    };
    timeline_change::Entity::update_many()
        .col_expr(
            timeline_change::Column::UndoneBy,
            Expr::value(change.id.to_string()),
        )
        .filter(timeline_change::Column::Id.eq(undone.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The changes of a timeline, newest first.
pub async fn changes(tx: &Tx, cohort: CohortId) -> Stored<Vec<Change>> {
    let rows = timeline_change::Entity::find()
        .filter(timeline_change::Column::Cohort.eq(cohort.to_string()))
        .order_by_desc(timeline_change::Column::Rev)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: timeline_change::Model) -> Stored<Change> {
    Ok(Change {
        id: id(&row.id)?,
        cohort: id(&row.cohort)?,
        rev: row.rev,
        at: moment(row.at)?,
        by: row.by_person.as_deref().map(id).transpose()?,
        note: row.note,
        policy: from_word(&row.policy)?,
        delta: from_json(&row.delta_json)?,
        undoes: row.undoes.as_deref().map(id).transpose()?,
        undone_by: row.undone_by.as_deref().map(id).transpose()?,
    })
}
