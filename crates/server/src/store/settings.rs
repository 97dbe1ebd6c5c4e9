//! Settings of the whole server, such as the mark of a demonstration.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, EntityTrait, PaginatorTrait};

use super::entity::{person, program, setting};
use super::{Stored, Tx};

/// Marks a database of fictional people. Set once, by the seed, in an empty database.
pub const DEMO: &str = "demo";
/// How far program time stands from real time, in microseconds.
pub const CLOCK_OFFSET: &str = "clock_offset";

/// A setting.
pub async fn get(tx: &Tx, key: &str) -> Stored<Option<String>> {
    Ok(setting::Entity::find_by_id(key.to_owned())
        .one(tx.db())
        .await?
        .map(|row| row.value))
}

/// Changes a setting.
pub async fn set(tx: &Tx, key: &str, value: &str) -> Stored<()> {
    let row = setting::ActiveModel {
        key: ActiveValue::Set(key.to_owned()),
        value: ActiveValue::Set(value.to_owned()),
    };
    setting::Entity::insert(row)
        .on_conflict(
            OnConflict::column(setting::Column::Key)
                .update_column(setting::Column::Value)
                .to_owned(),
        )
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Whether nobody and nothing has been set up.
pub async fn is_empty(tx: &Tx) -> Stored<bool> {
    Ok(person::Entity::find().count(tx.db()).await? == 0
        && program::Entity::find().count(tx.db()).await? == 0)
}
