//! What happened: one row for each change, in the same transaction as the change. The rows are the
//! audit log, the history people see, and what live updates are read from.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use tandem_domain::id::{ApplicationId, CohortId, PersonId, ProgramId, ScenarioId};

use super::entity::event::{Column, Entity, Model};
use super::value::{from_json, id, json, micros, moment};
use super::{Stored, Tx};

/// Something that happened, before it has a number.
#[derive(Debug, Clone, Default)]
pub struct Happening {
    /// Who did it; nobody for what the server did of itself.
    pub actor: Option<PersonId>,
    /// In which program.
    pub program: Option<ProgramId>,
    /// In which cohort.
    pub cohort: Option<CohortId>,
    /// On which board.
    pub scenario: Option<ScenarioId>,
    /// To which application.
    pub application: Option<ApplicationId>,
    /// What, as a word such as `cohort.moved`.
    pub kind: &'static str,
    /// The revision it led to, of whatever was changed.
    pub rev: i64,
    /// Ids, states and names of fields; never what people wrote about themselves.
    pub body: Value,
    /// Why, where a reason was given.
    pub reason: String,
}

/// Something that happened, as it was noted.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// Its number; there are no gaps.
    pub seq: i64,
    /// When, in real time.
    pub at: DateTime<Utc>,
    /// When, in program time.
    pub program_at: DateTime<Utc>,
    /// Who.
    pub actor: Option<PersonId>,
    /// In which program.
    pub program: Option<ProgramId>,
    /// In which cohort.
    pub cohort: Option<CohortId>,
    /// On which board.
    pub scenario: Option<ScenarioId>,
    /// To which application.
    pub application: Option<ApplicationId>,
    /// What.
    pub kind: String,
    /// The revision it led to.
    pub rev: i64,
    /// Ids, states and names of fields.
    pub body: Value,
    /// Why.
    pub reason: String,
}

/// The two times at which something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Real time.
    pub real: DateTime<Utc>,
    /// Program time; the same, but on a rehearsal clock.
    pub program: DateTime<Utc>,
}

/// Notes something that happened and gives back its number.
pub async fn note(tx: &Tx, now: Moment, what: Happening) -> Stored<i64> {
    let seq = last(tx).await? + 1;
    tx.insert(Model {
        seq,
        at: micros(now.real),
        program_at: micros(now.program),
        actor: what.actor.map(|id| id.to_string()),
        program: what.program.map(|id| id.to_string()),
        cohort: what.cohort.map(|id| id.to_string()),
        scenario: what.scenario.map(|id| id.to_string()),
        application: what.application.map(|id| id.to_string()),
        kind: what.kind.to_owned(),
        rev: what.rev,
        body_json: json(&what.body)?,
        reason: what.reason,
    })
    .await?;
    super::events::notify(tx, seq).await?;
    Ok(seq)
}

/// The number of the last thing that happened.
pub async fn last(tx: &Tx) -> Stored<i64> {
    let last: Option<i64> = Entity::find()
        .select_only()
        .column_as(Column::Seq, "seq")
        .order_by_desc(Column::Seq)
        .limit(1)
        .into_tuple()
        .one(tx.db())
        .await?;
    Ok(last.unwrap_or(0))
}

/// What happened after a number, oldest first, at most `limit`.
pub async fn after(tx: &Tx, seq: i64, limit: u64) -> Stored<Vec<Noted>> {
    let rows = Entity::find()
        .filter(Column::Seq.gt(seq))
        .order_by_asc(Column::Seq)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(noted).collect()
}

/// What of one kind happened in a cohort, newest first.
pub async fn of_kind_in(tx: &Tx, cohort: CohortId, kind: &str) -> Stored<Vec<Noted>> {
    let rows = Entity::find()
        .filter(Column::Cohort.eq(cohort.to_string()))
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::Seq)
        .all(tx.db())
        .await?;
    rows.into_iter().map(noted).collect()
}

/// What happened to an application, newest first.
pub async fn of_application(tx: &Tx, application: ApplicationId) -> Stored<Vec<Noted>> {
    let rows = Entity::find()
        .filter(Column::Application.eq(application.to_string()))
        .order_by_desc(Column::Seq)
        .all(tx.db())
        .await?;
    rows.into_iter().map(noted).collect()
}

fn noted(row: Model) -> Stored<Noted> {
    Ok(Noted {
        seq: row.seq,
        at: moment(row.at)?,
        program_at: moment(row.program_at)?,
        actor: row.actor.as_deref().map(id).transpose()?,
        program: row.program.as_deref().map(id).transpose()?,
        cohort: row.cohort.as_deref().map(id).transpose()?,
        scenario: row.scenario.as_deref().map(id).transpose()?,
        application: row.application.as_deref().map(id).transpose()?,
        kind: row.kind,
        rev: row.rev,
        body: from_json(&row.body_json)?,
        reason: row.reason,
    })
}
