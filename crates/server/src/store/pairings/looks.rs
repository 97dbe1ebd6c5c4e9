//! Up to which revision of a board a member has seen what others did.

use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel};
use tandem_domain::id::{PersonId, ScenarioId};

use crate::store::entity::board_look as table;
use crate::store::{Stored, Tx};

/// The last revision that somebody has seen, if they ever looked.
pub async fn of(tx: &Tx, person: PersonId, scenario: ScenarioId) -> Stored<Option<i64>> {
    let row = table::Entity::find_by_id((person.to_string(), scenario.to_string()))
        .one(tx.db())
        .await?;
    Ok(row.map(|row| row.rev))
}

/// Notes that somebody has seen a revision. What was seen stays seen: an older tab takes nothing
/// back.
pub async fn keep(tx: &Tx, person: PersonId, scenario: ScenarioId, rev: i64) -> Stored<()> {
    if of(tx, person, scenario)
        .await?
        .is_some_and(|seen| seen >= rev)
    {
        return Ok(());
    }
    let row = table::Model {
        person: person.to_string(),
        scenario: scenario.to_string(),
        rev,
    };
    let replace = OnConflict::columns([table::Column::Person, table::Column::Scenario])
        .update_column(table::Column::Rev)
        .to_owned();
    table::Entity::insert(row.into_active_model())
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
