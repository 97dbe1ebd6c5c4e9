//! What members of the committee say about people, pairs and boards.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use tandem_domain::comment::About;
use tandem_domain::id::{CohortId, CommentId, PersonId, ScenarioId};

use super::entity::comment as table;
use super::value::{id, micros, moment, moment_if};
use super::{Stored, Tx};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Which.
    pub id: CommentId,
    /// In which cohort.
    pub cohort: CohortId,
    /// On which board; only where it is about the board as a whole.
    pub scenario: Option<ScenarioId>,
    /// What it is about.
    pub about: About,
    /// Who said it.
    pub author: PersonId,
    /// When, in real time.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
    /// Who resolved it, and when in real time.
    pub resolved: Option<(PersonId, DateTime<Utc>)>,
}

/// What was said about the people and pairs of a cohort and about one of its boards, oldest first.
pub async fn on_board(tx: &Tx, cohort: CohortId, scenario: ScenarioId) -> Stored<Vec<Comment>> {
    let here = Condition::any()
        .add(table::Column::Scenario.is_null())
        .add(table::Column::Scenario.eq(scenario.to_string()));
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(here)
        .order_by_asc(table::Column::At)
        .order_by_asc(table::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Who said or resolved something in a cohort.
pub async fn authors(tx: &Tx, cohort: CohortId) -> Stored<BTreeSet<PersonId>> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .all(tx.db())
        .await?;
    let people = rows
        .iter()
        .flat_map(|row| std::iter::once(&row.author).chain(&row.resolved_by));
    people.map(|person| id(person)).collect()
}

/// One comment.
pub async fn find(tx: &Tx, comment: CommentId) -> Stored<Option<Comment>> {
    let row = table::Entity::find_by_id(comment.to_string())
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// Adds a comment.
pub async fn insert(tx: &Tx, new: &Comment) -> Stored<()> {
    let (mentee, mentor) = match new.about {
        About::Board {} => (None, None),
        About::Person { who } => (Some(who), None),
        About::Pair { mentee, mentor } => (Some(mentee), Some(mentor)),
    };
    tx.insert(table::Model {
        id: new.id.to_string(),
        cohort: new.cohort.to_string(),
        scenario: new.scenario.map(|one| one.to_string()),
        first_app: mentee.map(|one| one.to_string()),
        second_app: mentor.map(|one| one.to_string()),
        author: new.author.to_string(),
        at: micros(new.at),
        text: new.text.clone(),
        resolved_by: new.resolved.map(|(by, _)| by.to_string()),
        resolved_at: new.resolved.map(|(_, at)| micros(at)),
    })
    .await
}

/// Keeps who resolved a comment; nobody opens it again.
pub async fn resolve(
    tx: &Tx,
    comment: CommentId,
    resolved: Option<(PersonId, DateTime<Utc>)>,
) -> Stored<()> {
    let by = resolved.map(|(by, _)| by.to_string());
    let at = resolved.map(|(_, at)| micros(at));
    table::Entity::update_many()
        .col_expr(table::Column::ResolvedBy, Expr::value(by))
        .col_expr(table::Column::ResolvedAt, Expr::value(at))
        .filter(table::Column::Id.eq(comment.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes a comment back.
pub async fn remove(tx: &Tx, comment: CommentId) -> Stored<()> {
    table::Entity::delete_by_id(comment.to_string())
        .exec(tx.db())
        .await?;
    Ok(())
}

fn read(row: table::Model) -> Stored<Comment> {
    let first = row.first_app.as_deref().map(id).transpose()?;
    let second = row.second_app.as_deref().map(id).transpose()?;
    let about = match (first, second) {
        (Some(mentee), Some(mentor)) => About::Pair { mentee, mentor },
        (Some(who), None) | (None, Some(who)) => About::Person { who },
        (None, None) => About::Board {},
    };
    let resolved_by = row.resolved_by.as_deref().map(id).transpose()?;
    Ok(Comment {
        id: id(&row.id)?,
        cohort: id(&row.cohort)?,
        scenario: row.scenario.as_deref().map(id).transpose()?,
        about,
        author: id(&row.author)?,
        at: moment(row.at)?,
        text: row.text,
        resolved: resolved_by.zip(moment_if(row.resolved_at)?),
    })
}
