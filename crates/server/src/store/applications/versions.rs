//! What goes with an application from one version of a form to the next: answers that were kept
//! aside, and what the applicant has not read yet of what changed.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tandem_api::application::FormNews;
use tandem_domain::form::answer::Answers;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::form::news::News;
use tandem_domain::id::ApplicationId;

use crate::store::entity::{answer_aside, form_news};
use crate::store::value::{from_json, json, micros, moment};
use crate::store::{Stored, Tx};

/// The answers that the present version does not take.
pub async fn aside(tx: &Tx, application: ApplicationId) -> Stored<Answers> {
    let rows = answer_aside::Entity::find()
        .filter(answer_aside::Column::Application.eq(application.to_string()))
        .all(tx.db())
        .await?;
    rows.into_iter()
        .map(|row| Ok((QuestionId(row.question), from_json(&row.value_json)?)))
        .collect()
}

/// Keeps these aside in place of what was kept aside.
pub async fn keep_aside(tx: &Tx, application: ApplicationId, answers: &Answers) -> Stored<()> {
    answer_aside::Entity::delete_many()
        .filter(answer_aside::Column::Application.eq(application.to_string()))
        .exec(tx.db())
        .await?;
    for (question, answer) in answers {
        tx.insert(answer_aside::Model {
            application: application.to_string(),
            question: question.0.clone(),
            value_json: json(answer)?,
        })
        .await?;
    }
    Ok(())
}

/// What the applicant has not read yet, oldest first.
pub async fn news(tx: &Tx, application: ApplicationId) -> Stored<Vec<FormNews>> {
    let rows = form_news::Entity::find()
        .filter(form_news::Column::Application.eq(application.to_string()))
        .order_by_asc(form_news::Column::Version)
        .all(tx.db())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(FormNews {
                version: u32::try_from(row.version).unwrap_or(u32::MAX),
                at: moment(row.at)?,
                lines: from_json(&row.json)?,
            })
        })
        .collect()
}

/// Adds what a version changed.
pub async fn add_news(
    tx: &Tx,
    application: ApplicationId,
    (version, lines): (u32, &[News]),
    now: DateTime<Utc>,
) -> Stored<()> {
    tx.insert(form_news::Model {
        application: application.to_string(),
        version: i64::from(version),
        json: json(&lines)?,
        at: micros(now),
    })
    .await
}

/// The applicant has read it up to a version.
pub async fn read(tx: &Tx, application: ApplicationId, version: u32) -> Stored<()> {
    form_news::Entity::delete_many()
        .filter(form_news::Column::Application.eq(application.to_string()))
        .filter(form_news::Column::Version.lte(i64::from(version)))
        .exec(tx.db())
        .await?;
    Ok(())
}
