//! What was sent: immutable snapshots. The last one of an application is in force.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use tandem_domain::form::answer::Answers;
use tandem_domain::id::{ApplicationId, CohortId};

use crate::hex;
use crate::store::among::Among;
use crate::store::entity::{application, submission};
use crate::store::value::{from_json, id, json, micros, moment};
use crate::store::{Stored, Tx};

/// A snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Of which application.
    pub application: ApplicationId,
    /// Counts up with each sending.
    pub number: u32,
    /// The form it was checked against.
    pub form_version: u32,
    /// The answers as JSON, exactly as the hash was taken of them.
    pub json: String,
    /// SHA-256 of the JSON, in hexadecimal.
    pub sha256: String,
    /// When it arrived, in program time.
    pub at: DateTime<Utc>,
    /// Whether after the announced moment.
    pub late: bool,
}

impl Submission {
    /// The answers.
    pub fn answers(&self) -> Stored<Answers> {
        from_json(&self.json)
    }
}

/// Answers as they are stored, and the SHA-256 of that in hexadecimal.
pub fn sealed(answers: &Answers) -> Stored<(String, String)> {
    let json = json(answers)?;
    let sha256 = hex::of(&Sha256::digest(json.as_bytes()));
    Ok((json, sha256))
}

/// The snapshot in force, if there is one.
pub async fn last(tx: &Tx, application: ApplicationId) -> Stored<Option<Submission>> {
    let row = submission::Entity::find()
        .filter(submission::Column::Application.eq(application.to_string()))
        .order_by_desc(submission::Column::Number)
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// All snapshots of an application, oldest first.
pub async fn all(tx: &Tx, application: ApplicationId) -> Stored<Vec<Submission>> {
    let rows = submission::Entity::find()
        .filter(submission::Column::Application.eq(application.to_string()))
        .order_by_asc(submission::Column::Number)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The hash of the snapshot in force, without the snapshot.
pub async fn last_hash(tx: &Tx, application: ApplicationId) -> Stored<Option<String>> {
    Ok(submission::Entity::find()
        .select_only()
        .column(submission::Column::Sha256)
        .filter(submission::Column::Application.eq(application.to_string()))
        .order_by_desc(submission::Column::Number)
        .limit(1)
        .into_tuple()
        .one(tx.db())
        .await?)
}

/// The snapshots in force of a cohort.
pub async fn last_of_cohort(
    tx: &Tx,
    cohort: CohortId,
) -> Stored<BTreeMap<ApplicationId, Submission>> {
    last_of(tx, cohort, Among::Everybody).await
}

/// The snapshots in force of some applications of a cohort.
pub async fn last_of(
    tx: &Tx,
    cohort: CohortId,
    whose: Among<'_, ApplicationId>,
) -> Stored<BTreeMap<ApplicationId, Submission>> {
    let of_cohort = Query::select()
        .column(application::Column::Id)
        .from(application::Entity)
        .and_where(application::Column::Cohort.eq(cohort.to_string()))
        .to_owned();
    let rows = submission::Entity::find()
        .filter(submission::Column::Application.in_subquery(of_cohort))
        .filter(whose.named_by(submission::Column::Application))
        .order_by_asc(submission::Column::Number)
        .all(tx.db())
        .await?;
    let mut last = BTreeMap::new();
    for row in rows {
        // Later numbers come later and take the place of earlier ones.
        let submission = read(row)?;
        last.insert(submission.application, submission);
    }
    Ok(last)
}

/// Adds one.
pub async fn insert(tx: &Tx, sent: &Submission) -> Stored<()> {
    tx.insert(submission::Model {
        id: uuid::Uuid::now_v7().to_string(),
        application: sent.application.to_string(),
        number: i64::from(sent.number),
        form_version: i64::from(sent.form_version),
        json: sent.json.clone(),
        sha256: sent.sha256.clone(),
        at: micros(sent.at),
        late: i64::from(sent.late),
    })
    .await
}

fn read(row: submission::Model) -> Stored<Submission> {
    Ok(Submission {
        application: id(&row.application)?,
        number: u32::try_from(row.number).unwrap_or(u32::MAX),
        form_version: u32::try_from(row.form_version).unwrap_or(u32::MAX),
        json: row.json,
        sha256: row.sha256,
        at: moment(row.at)?,
        late: row.late != 0,
    })
}
