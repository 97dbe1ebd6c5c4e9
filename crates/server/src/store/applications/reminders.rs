//! Which reminder the owner of a draft was last sent, of which end, and whether none is wanted.

use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel};
use tandem_domain::application::window::LastReminder;
use tandem_domain::id::ApplicationId;

use crate::store::entity::draft_reminder as table;
use crate::store::value::{from_word, micros, moment_if, word};
use crate::store::{Stored, Tx};

/// What is known of the reminders for one draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reminded {
    /// The last one that was sent.
    pub last: Option<LastReminder>,
    /// Whether the owner wants none.
    pub muted: bool,
}

/// What is known of the reminders for one draft.
pub async fn of(tx: &Tx, application: ApplicationId) -> Stored<Reminded> {
    let row = table::Entity::find_by_id(application.to_string())
        .one(tx.db())
        .await?;
    let Some(row) = row else {
        return Ok(Reminded::default());
    };
    let until = moment_if(row.last_until)?;
    let which = row.last.as_deref().map(from_word).transpose()?;
    Ok(Reminded {
        last: which.map(|which| LastReminder { which, until }),
        muted: row.muted == 1,
    })
}

/// Keeps it.
pub async fn put(tx: &Tx, application: ApplicationId, reminded: Reminded) -> Stored<()> {
    let last = reminded.last;
    let row = table::Model {
        application: application.to_string(),
        last: last.map(|last| word(&last.which)).transpose()?,
        muted: i64::from(reminded.muted),
        last_until: last.and_then(|last| last.until).map(micros),
    };
    let replace = OnConflict::column(table::Column::Application)
        .update_columns([
            table::Column::Last,
            table::Column::Muted,
            table::Column::LastUntil,
        ])
        .to_owned();
    table::Entity::insert(row.into_active_model())
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
