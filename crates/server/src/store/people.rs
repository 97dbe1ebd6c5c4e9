//! People: accounts, and those on the way to one whose address is not confirmed yet.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tandem_domain::id::{PersonId, ProgramId};
use tandem_domain::role::Office;
use uuid::Uuid;

use super::entity::{member, person, session};
use super::value::{from_word, id, micros};
use super::{Stored, Tx};

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The address, as it was written.
    pub email: String,
    /// Whether the address is confirmed. Until then it is only a claim.
    pub confirmed: bool,
    /// The name to use; empty until known.
    pub name: String,
    /// Whether this person may found programs.
    pub founder: bool,
    /// Counts changes of the account.
    pub rev: i64,
}

impl Person {
    /// The name to use, or the address until one is known.
    pub fn called(self) -> String {
        if self.name.is_empty() {
            self.email
        } else {
            self.name
        }
    }
}

/// An office in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// In which program.
    pub program: ProgramId,
    /// Which.
    pub office: Office,
}

/// How an address is compared: trimmed, in lower case.
pub fn normalise(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Somebody by id.
pub async fn find(tx: &Tx, id: PersonId) -> Stored<Option<Person>> {
    let row = person::Entity::find_by_id(id.to_string())
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// Several people by id, in no order; unknown ids are left out.
pub async fn find_all(tx: &Tx, ids: &[PersonId]) -> Stored<Vec<Person>> {
    let mut people = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let rows = person::Entity::find()
            .filter(person::Column::Id.is_in(chunk.iter().map(ToString::to_string)))
            .all(tx.db())
            .await?;
        for row in rows {
            people.push(read(row)?);
        }
    }
    Ok(people)
}

/// The account of a confirmed address.
pub async fn by_email(tx: &Tx, email: &str) -> Stored<Option<Person>> {
    let row = person::Entity::find()
        .filter(person::Column::EmailNorm.eq(normalise(email)))
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// Makes an account whose address somebody vouches for.
pub async fn create(tx: &Tx, email: &str, name: &str, now: DateTime<Utc>) -> Stored<Person> {
    add(tx, email, name, Some(normalise(email)), now).await
}

/// Begins with somebody who only claims an address. Nobody finds this person by it.
pub async fn provisional(tx: &Tx, email: &str, now: DateTime<Utc>) -> Stored<Person> {
    add(tx, email, "", None, now).await
}

async fn add(
    tx: &Tx,
    email: &str,
    name: &str,
    email_norm: Option<String>,
    now: DateTime<Utc>,
) -> Stored<Person> {
    let row = person::Model {
        id: Uuid::now_v7().to_string(),
        email: email.trim().to_owned(),
        email_norm,
        name: name.trim().to_owned(),
        founder: 0,
        created_at: micros(now),
        rev: 1,
    };
    tx.insert(row.clone()).await?;
    read(row)
}

/// Turns a claim into an account: the address is now confirmed.
pub async fn confirm(tx: &Tx, id: PersonId, email: &str) -> Stored<()> {
    person::Entity::update_many()
        .col_expr(person::Column::Email, Expr::value(email.trim()))
        .col_expr(person::Column::EmailNorm, Expr::value(normalise(email)))
        .filter(person::Column::Id.eq(id.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Changes the name to use.
pub async fn rename(tx: &Tx, id: PersonId, name: &str) -> Stored<()> {
    person::Entity::update_many()
        .col_expr(person::Column::Name, Expr::value(name.trim()))
        .col_expr(
            person::Column::Rev,
            Expr::col(person::Column::Rev).add(1_i64),
        )
        .filter(person::Column::Id.eq(id.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Lets somebody found programs.
pub async fn make_founder(tx: &Tx, id: PersonId) -> Stored<()> {
    person::Entity::update_many()
        .col_expr(person::Column::Founder, Expr::value(1_i64))
        .filter(person::Column::Id.eq(id.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes away somebody who only claimed an address and of whom nothing is left.
pub async fn remove_provisional(tx: &Tx, id: PersonId) -> Stored<()> {
    person::Entity::delete_many()
        .filter(person::Column::Id.eq(id.to_string()))
        .filter(person::Column::EmailNorm.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// What stands in the place of the address of somebody who was erased.
pub fn erased_address(id: PersonId) -> String {
    format!("erased-{id}@invalid")
}

/// Those who only claimed an address before `idle` and have no session left that was used since
/// `idle` and begun since `all`. Who was erased is none of them: what is left of that person counts.
pub async fn unreachable(tx: &Tx, idle: DateTime<Utc>, all: DateTime<Utc>) -> Stored<Vec<Person>> {
    let live = Query::select()
        .column(session::Column::Person)
        .from(session::Entity)
        .and_where(session::Column::SeenAt.gte(micros(idle)))
        .and_where(session::Column::CreatedAt.gte(micros(all)))
        .take();
    let rows = person::Entity::find()
        .filter(person::Column::EmailNorm.is_null())
        .filter(person::Column::CreatedAt.lt(micros(idle)))
        .filter(person::Column::Id.not_in_subquery(live))
        .all(tx.db())
        .await?;
    let mut people = rows.into_iter().map(read).collect::<Stored<Vec<_>>>()?;
    people.retain(|person| person.email != erased_address(person.id));
    Ok(people)
}

/// All offices of somebody.
pub async fn offices(tx: &Tx, id: PersonId) -> Stored<Vec<Held>> {
    let rows = member::Entity::find()
        .filter(member::Column::Person.eq(id.to_string()))
        .all(tx.db())
        .await?;
    let mut held = rows
        .iter()
        .map(|row| {
            Ok(Held {
                program: super::value::id(&row.program)?,
                office: from_word(&row.office)?,
            })
        })
        .collect::<Stored<Vec<_>>>()?;
    held.sort_by_key(|held| (held.program, held.office));
    Ok(held)
}

/// The offices of somebody in one program.
pub async fn offices_in(tx: &Tx, person: PersonId, program: ProgramId) -> Stored<Vec<Office>> {
    let held = offices(tx, person).await?;
    Ok(held
        .into_iter()
        .filter(|held| held.program == program)
        .map(|held| held.office)
        .collect())
}

fn read(row: person::Model) -> Stored<Person> {
    Ok(Person {
        id: id(&row.id)?,
        email: row.email,
        confirmed: row.email_norm.is_some(),
        name: row.name,
        founder: row.founder == 1,
        rev: row.rev,
    })
}
