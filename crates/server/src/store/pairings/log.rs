//! The log of a board: every command with what puts it back. It is the audit, the history people
//! see, and where undo comes from.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tandem_domain::board::Command;
use tandem_domain::id::{CommandId, PersonId, ScenarioId};
use tandem_domain::recusal::Effect;

use crate::store::entity::scenario_op as table;
use crate::store::value::{from_json, id, json, micros, moment};
use crate::store::{Stored, Tx};

/// A command in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The command's id, made by its sender.
    pub id: CommandId,
    /// On which board.
    pub scenario: ScenarioId,
    /// The revision it led to.
    pub rev: i64,
    /// Who.
    pub by: PersonId,
    /// When, in real time.
    pub at: DateTime<Utc>,
    /// What.
    pub command: Command,
    /// What puts it back.
    pub inverse: Command,
    /// The command it undid.
    pub undoes: Option<CommandId>,
    /// What it did to each mentee.
    pub effects: Vec<Effect>,
}

/// A command by its id, on whatever board.
pub async fn find(tx: &Tx, command: CommandId) -> Stored<Option<Logged>> {
    let row = table::Entity::find()
        .filter(table::Column::OpId.eq(command.to_string()))
        .one(tx.db())
        .await?;
    row.as_ref().map(read).transpose()
}

/// The commands of a board after a revision, oldest first, at most `limit`.
pub async fn after(tx: &Tx, scenario: ScenarioId, rev: i64, limit: u64) -> Stored<Vec<Logged>> {
    let rows = table::Entity::find()
        .filter(table::Column::Scenario.eq(scenario.to_string()))
        .filter(table::Column::Rev.gt(rev))
        .order_by_asc(table::Column::Rev)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.iter().map(read).collect()
}

/// All commands of a board, oldest first.
pub async fn all(tx: &Tx, scenario: ScenarioId) -> Stored<Vec<Logged>> {
    after(tx, scenario, i64::MIN, u64::from(u32::MAX)).await
}

/// The last commands of a board, newest first.
pub async fn recent(tx: &Tx, scenario: ScenarioId, limit: u64) -> Stored<Vec<Logged>> {
    let rows = table::Entity::find()
        .filter(table::Column::Scenario.eq(scenario.to_string()))
        .order_by_desc(table::Column::Rev)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.iter().map(read).collect()
}

/// The revision of the first command of a board.
pub async fn first_rev(tx: &Tx, scenario: ScenarioId) -> Stored<Option<i64>> {
    let first = after(tx, scenario, i64::MIN, 1).await?;
    Ok(first.first().map(|logged| logged.rev))
}

/// Adds a command.
pub async fn insert(tx: &Tx, logged: &Logged) -> Stored<()> {
    tx.insert(table::Model {
        scenario: logged.scenario.to_string(),
        rev: logged.rev,
        op_id: logged.id.to_string(),
        actor: logged.by.to_string(),
        at: micros(logged.at),
        op_json: json(&logged.command)?,
        inverse_json: json(&logged.inverse)?,
        undoes: logged.undoes.map(|id| id.to_string()),
        effects_json: json(&logged.effects)?,
    })
    .await
}

fn read(row: &table::Model) -> Stored<Logged> {
    Ok(Logged {
        id: id(&row.op_id)?,
        scenario: id(&row.scenario)?,
        rev: row.rev,
        by: id(&row.actor)?,
        at: moment(row.at)?,
        command: from_json(&row.op_json)?,
        inverse: from_json(&row.inverse_json)?,
        undoes: row.undoes.as_deref().map(id).transpose()?,
        effects: from_json(&row.effects_json)?,
    })
}
