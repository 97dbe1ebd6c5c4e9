//! The answers of a draft, each with the revision that last changed it, and the saves that were
//! answered already.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::definition::QuestionId;
use tandem_domain::form::prefill::Source;
use tandem_domain::id::{ApplicationId, OperationId};

use crate::store::entity::{answer, application_op};
use crate::store::value::{from_json, from_word, json, micros, moment, word};
use crate::store::{Stored, Tx};

/// How long a browser keeps what it could not save, and a day more.
const JOURNAL: Duration = Duration::days(4);

/// An answer as it is kept. One that was cleared stays, so that a conflict is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The answer; none once cleared.
    pub value: Option<Answer>,
    /// The revision of the draft that changed it last.
    pub rev: i64,
    /// When, in real time.
    pub at: DateTime<Utc>,
    /// What else was written in this field, in a draft that joined this one. Stays until the owner
    /// saves the field, having seen both.
    pub other: Option<Other>,
    /// Where it came from, if nobody typed it here. Stays until the owner saves the field.
    pub source: Option<Source>,
}

/// Another answer to the same question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The answer.
    pub value: Answer,
    /// When it was saved, in real time.
    pub at: DateTime<Utc>,
}

impl Kept {
    /// An answer that nothing else was written beside.
    pub fn new(value: Option<Answer>, rev: i64, at: DateTime<Utc>) -> Self {
        Self {
            value,
            rev,
            at,
            other: None,
            source: None,
        }
    }
}

/// The answers of a draft, cleared ones among them.
pub type KeptAnswers = BTreeMap<QuestionId, Kept>;

/// The answers alone, without those that were cleared.
pub fn answers(kept: &KeptAnswers) -> Answers {
    let given = kept
        .iter()
        .filter_map(|(question, kept)| Some((question.clone(), kept.value.clone()?)));
    given.collect()
}

/// The answers of one application.
pub async fn of(tx: &Tx, application: ApplicationId) -> Stored<KeptAnswers> {
    let rows = answer::Entity::find()
        .filter(answer::Column::Application.eq(application.to_string()))
        .all(tx.db())
        .await?;
    let kept = rows.into_iter().map(|row| {
        let kept = Kept {
            value: from_json(&row.value_json)?,
            rev: row.rev,
            at: moment(row.at)?,
            other: other(row.other_json.as_deref(), row.other_at)?,
            source: row.source.as_deref().map(from_word).transpose()?,
        };
        Ok((QuestionId(row.question), kept))
    });
    kept.collect()
}

/// Keeps answers, each in place of what was there.
pub async fn put(tx: &Tx, application: ApplicationId, changed: &KeptAnswers) -> Stored<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let rows = changed.iter().map(|(question, kept)| {
        let other = kept.other.as_ref();
        let row = answer::Model {
            application: application.to_string(),
            question: question.0.clone(),
            value_json: json(&kept.value)?,
            rev: kept.rev,
            at: micros(kept.at),
            other_json: other.map(|other| json(&other.value)).transpose()?,
            other_at: other.map(|other| micros(other.at)),
            source: kept.source.as_ref().map(word).transpose()?,
        };
        Ok(row.into_active_model())
    });
    let rows = rows.collect::<Stored<Vec<_>>>()?;
    let replace = OnConflict::columns([answer::Column::Application, answer::Column::Question])
        .update_columns([
            answer::Column::ValueJson,
            answer::Column::Rev,
            answer::Column::At,
            answer::Column::OtherJson,
            answer::Column::OtherAt,
            answer::Column::Source,
        ])
        .to_owned();
    answer::Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

fn other(json: Option<&str>, at: Option<i64>) -> Stored<Option<Other>> {
    let Some((json, at)) = json.zip(at) else {
        return Ok(None);
    };
    Ok(Some(Other {
        value: from_json(json)?,
        at: moment(at)?,
    }))
}

/// A save that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Of what was sent; empty for saves older than fingerprints.
    pub fingerprint: String,
    /// The answer, as the caller kept it.
    pub result_json: String,
}

/// What a save was answered, if it came before.
pub async fn answered(
    tx: &Tx,
    application: ApplicationId,
    operation: OperationId,
) -> Stored<Option<Answered>> {
    let key = (application.to_string(), operation.to_string());
    let row = application_op::Entity::find_by_id(key).one(tx.db()).await?;
    Ok(row.map(|row| Answered {
        fingerprint: row.fingerprint,
        result_json: row.result_json,
    }))
}

/// Keeps what a save was answered, and forgets answers that no browser will ask for again.
pub async fn keep_answered(
    tx: &Tx,
    application: ApplicationId,
    operation: OperationId,
    (answered, at): (Answered, DateTime<Utc>),
) -> Stored<()> {
    application_op::Entity::delete_many()
        .filter(application_op::Column::Application.eq(application.to_string()))
        .filter(application_op::Column::At.lt(micros(at - JOURNAL)))
        .exec(tx.db())
        .await?;
    tx.insert(application_op::Model {
        application: application.to_string(),
        op_id: operation.to_string(),
        result_json: answered.result_json,
        at: micros(at),
        fingerprint: answered.fingerprint,
    })
    .await
}
