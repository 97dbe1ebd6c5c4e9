//! What the committee asked of applicants, and what they answered.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use tandem_domain::form::definition::QuestionId;
use tandem_domain::id::{ApplicationId, InfoRequestId, PersonId};

use crate::store::entity::info_request as table;
use crate::store::value::{from_json, id, json, micros, moment, moment_if};
use crate::store::{Stored, Tx};

/// A question of the committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfoRequest {
    /// Which.
    pub id: InfoRequestId,
    /// About which application.
    pub application: ApplicationId,
    /// Who asked.
    pub asked_by: PersonId,
    /// What.
    pub text: String,
    /// The questions that may be changed in answer.
    pub questions: Vec<QuestionId>,
    /// When, in program time.
    pub asked_at: DateTime<Utc>,
    /// The answer, once given.
    pub answer: Option<String>,
    /// When it was given, in program time.
    pub answered_at: Option<DateTime<Utc>>,
}

/// Those about one application, newest first.
pub async fn of(tx: &Tx, application: ApplicationId) -> Stored<Vec<InfoRequest>> {
    let rows = table::Entity::find()
        .filter(table::Column::Application.eq(application.to_string()))
        .order_by_desc(table::Column::AskedAt)
        .order_by_desc(table::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Adds one.
pub async fn insert(tx: &Tx, request: &InfoRequest) -> Stored<()> {
    tx.insert(write(request)?).await
}

/// Keeps an answer.
pub async fn update(tx: &Tx, request: &InfoRequest) -> Stored<()> {
    let row = write(request)?.into_active_model().reset_all();
    row.update_without_returning(tx.db()).await?;
    Ok(())
}

fn read(row: table::Model) -> Stored<InfoRequest> {
    Ok(InfoRequest {
        id: id(&row.id)?,
        application: id(&row.application)?,
        asked_by: id(&row.asked_by)?,
        text: row.text,
        questions: from_json(&row.questions_json)?,
        asked_at: moment(row.asked_at)?,
        answer: row.answer,
        answered_at: moment_if(row.answered_at)?,
    })
}

fn write(request: &InfoRequest) -> Stored<table::Model> {
    Ok(table::Model {
        id: request.id.to_string(),
        application: request.application.to_string(),
        asked_by: request.asked_by.to_string(),
        text: request.text.clone(),
        questions_json: json(&request.questions)?,
        asked_at: micros(request.asked_at),
        answer: request.answer.clone(),
        answered_at: request.answered_at.map(micros),
    })
}
