//! Files that applicants uploaded: of a person for a cohort, so that both roles can show the same
//! one.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tandem_domain::form::answer::Upload;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::id::{CohortId, PersonId};

use super::entity::{upload as table, upload_content};
use super::value::{from_word, id, micros, moment, word};
use super::{Stored, Tx};

/// A file without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// As it stands in an answer.
    pub upload: Upload,
    /// Whose.
    pub person: PersonId,
    /// For which question.
    pub question: QuestionId,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// When it came, in real time.
    pub at: DateTime<Utc>,
}

/// The files of a person for a cohort, oldest first.
pub async fn of_person_in(tx: &Tx, person: PersonId, cohort: CohortId) -> Stored<Vec<Kept>> {
    let rows = table::Entity::find()
        .filter(table::Column::Person.eq(person.to_string()))
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .order_by_asc(table::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// One file.
pub async fn find(tx: &Tx, upload: &str) -> Stored<Option<Kept>> {
    let row = table::Entity::find_by_id(upload).one(tx.db()).await?;
    row.map(read).transpose()
}

/// What is in a file.
pub async fn content(tx: &Tx, upload: &str) -> Stored<Option<Vec<u8>>> {
    let row = upload_content::Entity::find_by_id(upload)
        .one(tx.db())
        .await?;
    Ok(row.map(|row| row.content))
}

/// Adds a file.
pub async fn insert(tx: &Tx, cohort: CohortId, new: &Kept, content: Vec<u8>) -> Stored<()> {
    tx.insert(table::Model {
        id: new.upload.id.clone(),
        person: new.person.to_string(),
        cohort: cohort.to_string(),
        question: new.question.0.clone(),
        name: new.upload.name.clone(),
        format: word(&new.upload.format)?,
        bytes: i64::from(new.upload.bytes),
        sha256: new.sha256.clone(),
        at: micros(new.at),
    })
    .await?;
    tx.insert(upload_content::Model {
        upload: new.upload.id.clone(),
        content,
    })
    .await
}

/// Removes a file with what is in it.
pub async fn delete(tx: &Tx, upload: &str) -> Stored<()> {
    table::Entity::delete_by_id(upload).exec(tx.db()).await?;
    Ok(())
}

/// The files of somebody on the way to an account belong to the account from now on.
pub async fn follow(tx: &Tx, from: PersonId, to: PersonId) -> Stored<()> {
    table::Entity::update_many()
        .col_expr(table::Column::Person, Expr::value(to.to_string()))
        .filter(table::Column::Person.eq(from.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

fn read(row: table::Model) -> Stored<Kept> {
    Ok(Kept {
        upload: Upload {
            id: row.id,
            name: row.name,
            bytes: u32::try_from(row.bytes).unwrap_or(u32::MAX),
            format: from_word(&row.format)?,
        },
        person: id(&row.person)?,
        question: QuestionId(row.question),
        sha256: row.sha256,
        at: moment(row.at)?,
    })
}
