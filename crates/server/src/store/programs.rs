//! Programs and who holds which office in them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use tandem_domain::id::{PersonId, ProgramId};
use tandem_domain::role::Office;
use tandem_domain::timeline::closure::Closures;
use uuid::Uuid;

use super::entity::{member, program};
use super::people::{self, Person};
use super::value::{from_json, from_word, id, json, micros, word};
use super::{Stored, Tx};

/// A program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Which.
    pub id: ProgramId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The association that runs it.
    pub association: String,
    /// What it is.
    pub about: String,
    /// Whom to write to.
    pub contact: String,
    /// The days it keeps free.
    pub closures: Closures,
    /// Counts changes of the program and of who holds which office in it.
    pub rev: i64,
}

/// A program before it has an id.
#[derive(Debug, Clone)]
pub struct NewProgram<'a> {
    /// Its name in addresses.
    pub slug: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The association that runs it.
    pub association: &'a str,
    /// What it is.
    pub about: &'a str,
    /// Whom to write to.
    pub contact: &'a str,
}

/// Founds a program. A slug that is taken is [`super::StoreError::Exists`].
pub async fn create(tx: &Tx, new: NewProgram<'_>, now: DateTime<Utc>) -> Stored<Program> {
    let row = program::Model {
        id: Uuid::now_v7().to_string(),
        slug: new.slug.to_owned(),
        name: new.name.trim().to_owned(),
        association: new.association.trim().to_owned(),
        about: new.about.trim().to_owned(),
        contact: new.contact.trim().to_owned(),
        created_at: micros(now),
        rev: 1,
        closures_json: json(&Closures::default())?,
    };
    tx.insert(row.clone()).await?;
    read(row)
}

/// All programs, oldest first.
pub async fn all(tx: &Tx) -> Stored<Vec<Program>> {
    let rows = program::Entity::find()
        .order_by_asc(program::Column::CreatedAt)
        .order_by_asc(program::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// A program by id.
pub async fn find(tx: &Tx, program: ProgramId) -> Stored<Option<Program>> {
    let row = program::Entity::find_by_id(program.to_string())
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// Sets the days that a program keeps free, and gives back its new revision.
pub async fn set_closures(tx: &Tx, program: &Program, closures: &Closures) -> Stored<i64> {
    program::Entity::update_many()
        .col_expr(program::Column::ClosuresJson, Expr::value(json(closures)?))
        .col_expr(program::Column::Rev, Expr::value(program.rev + 1))
        .filter(program::Column::Id.eq(program.id.to_string()))
        .exec(tx.db())
        .await?;
    Ok(program.rev + 1)
}

/// Everybody with an office in a program, with the offices.
pub async fn members(tx: &Tx, program: ProgramId) -> Stored<Vec<(Person, Vec<Office>)>> {
    let rows = member::Entity::find()
        .filter(member::Column::Program.eq(program.to_string()))
        .all(tx.db())
        .await?;
    let mut offices: BTreeMap<PersonId, Vec<Office>> = BTreeMap::new();
    for row in rows {
        offices
            .entry(id(&row.person)?)
            .or_default()
            .push(from_word(&row.office)?);
    }
    let ids: Vec<PersonId> = offices.keys().copied().collect();
    let mut members: Vec<(Person, Vec<Office>)> = people::find_all(tx, &ids)
        .await?
        .into_iter()
        .map(|person| {
            let mut held = offices.remove(&person.id).unwrap_or_default();
            held.sort_unstable();
            (person, held)
        })
        .collect();
    members.sort_by(|(a, _), (b, _)| (&a.name, &a.email).cmp(&(&b.name, &b.email)));
    Ok(members)
}

/// Gives somebody exactly these offices in a program.
pub async fn set_offices(
    tx: &Tx,
    program: ProgramId,
    person: PersonId,
    offices: &[Office],
    now: DateTime<Utc>,
) -> Stored<()> {
    let held = people::offices_in(tx, person, program).await?;
    for office in held.iter().filter(|office| !offices.contains(office)) {
        let key = (program.to_string(), person.to_string(), word(office)?);
        member::Entity::delete_by_id(key).exec(tx.db()).await?;
    }
    let mut given = Vec::new();
    for office in offices.iter().filter(|office| !held.contains(office)) {
        if given.contains(office) {
            continue;
        }
        given.push(*office);
        tx.insert(member::Model {
            program: program.to_string(),
            person: person.to_string(),
            office: word(office)?,
            since: micros(now),
        })
        .await?;
    }
    program::Entity::update_many()
        .col_expr(
            program::Column::Rev,
            Expr::col(program::Column::Rev).add(1_i64),
        )
        .filter(program::Column::Id.eq(program.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// How many people hold an office in a program.
pub async fn count_office(tx: &Tx, program: ProgramId, office: Office) -> Stored<u64> {
    Ok(member::Entity::find()
        .filter(member::Column::Program.eq(program.to_string()))
        .filter(member::Column::Office.eq(word(&office)?))
        .count(tx.db())
        .await?)
}

fn read(row: program::Model) -> Stored<Program> {
    Ok(Program {
        id: id(&row.id)?,
        slug: row.slug,
        name: row.name,
        association: row.association,
        about: row.about,
        contact: row.contact,
        closures: from_json(&row.closures_json)?,
        rev: row.rev,
    })
}
