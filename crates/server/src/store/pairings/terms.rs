//! The terms of pairing that the committee set: who is kept apart, how many mentees a mentor takes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use tandem_domain::board::Terms;
use tandem_domain::id::{ApplicationId, CohortId, PersonId};

use crate::store::among::Among;
use crate::store::entity::{forbidden_pair, place_limit};
use crate::store::value::{id, micros};
use crate::store::{Stored, Tx};

/// How many mentees mentors take where that was set.
pub async fn places(
    tx: &Tx,
    cohort: CohortId,
    whose: Among<'_, ApplicationId>,
) -> Stored<BTreeMap<ApplicationId, u8>> {
    let rows = place_limit::Entity::find()
        .filter(place_limit::Column::Cohort.eq(cohort.to_string()))
        .filter(whose.named_by(place_limit::Column::MentorApp))
        .all(tx.db())
        .await?;
    rows.iter()
        .map(|row| {
            let places = u8::try_from(row.places).unwrap_or(u8::MAX);
            Ok((id(&row.mentor_app)?, places))
        })
        .collect()
}

/// Why a mentee and a mentor are kept apart; nothing if they are not.
pub async fn reason(
    tx: &Tx,
    cohort: CohortId,
    (mentee, mentor): (ApplicationId, ApplicationId),
) -> Stored<Option<String>> {
    let key = (cohort.to_string(), mentee.to_string(), mentor.to_string());
    let row = forbidden_pair::Entity::find_by_id(key).one(tx.db()).await?;
    Ok(row.map(|row| row.reason))
}

/// Keeps a term as it is now.
pub async fn keep(
    tx: &Tx,
    cohort: CohortId,
    terms: Terms,
    (reason, by, at): (&str, PersonId, DateTime<Utc>),
) -> Stored<()> {
    match terms {
        Terms::Apart {
            pair: (mentee, mentor),
            is_kept: true,
        } => {
            tx.insert(forbidden_pair::Model {
                cohort: cohort.to_string(),
                mentee_app: mentee.to_string(),
                mentor_app: mentor.to_string(),
                reason: reason.to_owned(),
                by_person: by.to_string(),
                at: micros(at),
            })
            .await?;
        }
        Terms::Apart {
            pair: (mentee, mentor),
            is_kept: false,
        } => {
            let key = (cohort.to_string(), mentee.to_string(), mentor.to_string());
            forbidden_pair::Entity::delete_by_id(key)
                .exec(tx.db())
                .await?;
        }
        Terms::Places { mentor, places } => {
            let row = place_limit::Model {
                cohort: cohort.to_string(),
                mentor_app: mentor.to_string(),
                places: i64::from(places),
            };
            let replace =
                OnConflict::columns([place_limit::Column::Cohort, place_limit::Column::MentorApp])
                    .update_column(place_limit::Column::Places)
                    .to_owned();
            place_limit::Entity::insert(row.into_active_model())
                .on_conflict(replace)
                .exec_without_returning(tx.db())
                .await?;
        }
    }
    Ok(())
}
