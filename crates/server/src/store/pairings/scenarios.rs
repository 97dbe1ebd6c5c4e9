//! The boards of a cohort. Exactly one is in force: it is what is checked, counted and published.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use tandem_domain::id::{CohortId, ScenarioId};
use uuid::Uuid;

use crate::store::entity::{board_look, placement, scenario, scenario_op};
use crate::store::value::{id, micros, moment};
use crate::store::{Stored, Tx};

/// A named board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Which.
    pub id: ScenarioId,
    /// Of which cohort.
    pub cohort: CohortId,
    /// Its name.
    pub name: String,
    /// Counts commands.
    pub rev: i64,
    /// When it was made, in program time.
    pub created_at: DateTime<Utc>,
    /// Whether it is the one that is published.
    pub in_force: bool,
    /// Counts changes of the name.
    pub version: i64,
}

impl Scenario {
    /// A board on which nothing was done yet.
    pub fn new(cohort: CohortId, name: &str, in_force: bool, now: DateTime<Utc>) -> Self {
        Self {
            id: ScenarioId(Uuid::now_v7()),
            cohort,
            name: name.to_owned(),
            rev: 0,
            created_at: now,
            in_force,
            version: 1,
        }
    }
}

/// The boards of a cohort: the one in force, then the others, oldest first.
pub async fn of_cohort(tx: &Tx, cohort: CohortId) -> Stored<Vec<Scenario>> {
    let rows = scenario::Entity::find()
        .filter(scenario::Column::Cohort.eq(cohort.to_string()))
        .order_by_desc(scenario::Column::InForce)
        .order_by_asc(scenario::Column::CreatedAt)
        .order_by_asc(scenario::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The board of a cohort that is in force.
pub async fn in_force(tx: &Tx, cohort: CohortId) -> Stored<Option<Scenario>> {
    let row = scenario::Entity::find()
        .filter(scenario::Column::Cohort.eq(cohort.to_string()))
        .filter(scenario::Column::InForce.eq(1))
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// One board.
pub async fn find(tx: &Tx, scenario: ScenarioId) -> Stored<Option<Scenario>> {
    let row = scenario::Entity::find_by_id(scenario.to_string())
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// Adds a board with nobody on it.
pub async fn insert(tx: &Tx, new: &Scenario) -> Stored<()> {
    tx.insert(write(new)).await
}

/// Keeps a board's revision and name.
pub async fn update(tx: &Tx, changed: &Scenario) -> Stored<()> {
    write(changed)
        .into_active_model()
        .reset_all()
        .update_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Removes a board with its pairs and its log.
pub async fn remove(tx: &Tx, scenario: ScenarioId) -> Stored<()> {
    let board = scenario.to_string();
    placement::Entity::delete_many()
        .filter(placement::Column::Scenario.eq(&board))
        .exec(tx.db())
        .await?;
    scenario_op::Entity::delete_many()
        .filter(scenario_op::Column::Scenario.eq(&board))
        .exec(tx.db())
        .await?;
    board_look::Entity::delete_many()
        .filter(board_look::Column::Scenario.eq(&board))
        .exec(tx.db())
        .await?;
    scenario::Entity::delete_by_id(board).exec(tx.db()).await?;
    Ok(())
}

fn read(row: scenario::Model) -> Stored<Scenario> {
    Ok(Scenario {
        id: id(&row.id)?,
        cohort: id(&row.cohort)?,
        name: row.name,
        rev: row.rev,
        created_at: moment(row.created_at)?,
        in_force: row.in_force != 0,
        version: row.version,
    })
}

fn write(scenario: &Scenario) -> scenario::Model {
    scenario::Model {
        id: scenario.id.to_string(),
        cohort: scenario.cohort.to_string(),
        name: scenario.name.clone(),
        rev: scenario.rev,
        created_at: micros(scenario.created_at),
        in_force: i64::from(scenario.in_force),
        version: scenario.version,
    }
}
