//! Applications: the row of each, and beneath it answers, what was sent, and what was asked.

pub mod answers;
pub mod info;
pub mod merge;
pub mod reminders;
pub mod submissions;
pub mod versions;

pub use merge::merge_into;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use tandem_domain::application::ApplicationState;
use tandem_domain::application::window::Personal;
use tandem_domain::id::{ApplicationId, CohortId, PersonId, ProgramId};
use tandem_domain::role::Role;

use super::among::Among;
use super::entity::application as table;
use super::value::{from_json, from_word, id, json, micros, moment, moment_if, word};
use super::{Stored, Tx, cohorts};

/// An application, without its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Which.
    pub id: ApplicationId,
    /// To which cohort.
    pub cohort: CohortId,
    /// Whose.
    pub person: PersonId,
    /// In which role.
    pub role: Role,
    /// Where it stands.
    pub state: ApplicationState,
    /// Counts saves of the draft.
    pub draft_rev: i64,
    /// Counts what others may see: sendings, decisions, questions.
    pub rev: i64,
    /// The version of the form.
    pub form_version: u32,
    /// What people call it; given at the first sending.
    pub reference: Option<String>,
    /// When it was last sent, in program time.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The draft's revision that was last sent.
    pub submitted_rev: Option<i64>,
    /// Whether it was last sent after the announced moment.
    pub late: bool,
    /// The page last worked on.
    pub return_page: Option<String>,
    /// The reason of the last decision, where one was given.
    pub decision_reason: Option<String>,
    /// More time that was granted to it.
    pub granted: Option<Personal>,
    /// When it was begun, in program time.
    pub created_at: DateTime<Utc>,
    /// When it last changed, in program time.
    pub updated_at: DateTime<Utc>,
}

impl Application {
    /// A draft nobody has written in.
    pub fn begun(
        (cohort, person, role): (CohortId, PersonId, Role),
        form_version: u32,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id: ApplicationId(uuid::Uuid::now_v7()),
            cohort,
            person,
            role,
            state: ApplicationState::Draft,
            draft_rev: 0,
            rev: 1,
            form_version,
            reference: None,
            submitted_at: None,
            submitted_rev: None,
            late: false,
            return_page: None,
            decision_reason: None,
            granted: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether answers changed since it was last sent.
    pub fn changed_since_submitted(&self) -> bool {
        self.submitted_rev.is_some_and(|rev| rev != self.draft_rev)
    }
}

/// One application.
pub async fn by_id(tx: &Tx, application: ApplicationId) -> Stored<Option<Application>> {
    let row = table::Entity::find_by_id(application.to_string())
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// All of one person, newest first.
pub async fn of_person(tx: &Tx, person: PersonId) -> Stored<Vec<Application>> {
    let rows = table::Entity::find()
        .filter(table::Column::Person.eq(person.to_string()))
        .order_by_desc(table::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Those of one person to one cohort.
pub async fn of_person_in(tx: &Tx, person: PersonId, cohort: CohortId) -> Stored<Vec<Application>> {
    let mut applications = of_person(tx, person).await?;
    applications.retain(|application| application.cohort == cohort);
    Ok(applications)
}

/// All of a cohort, by reference.
pub async fn of_cohort(tx: &Tx, cohort: CohortId) -> Stored<Vec<Application>> {
    find_in(tx, cohort, Condition::all()).await
}

/// Those of a cohort with these ids, by reference.
pub async fn with_ids(
    tx: &Tx,
    cohort: CohortId,
    ids: &BTreeSet<ApplicationId>,
) -> Stored<Vec<Application>> {
    find_in(tx, cohort, Among::These(ids).named_by(table::Column::Id)).await
}

/// Those of these people in a cohort, by reference.
pub async fn of_people_in(
    tx: &Tx,
    cohort: CohortId,
    people: &BTreeSet<PersonId>,
) -> Stored<Vec<Application>> {
    find_in(
        tx,
        cohort,
        Among::These(people).named_by(table::Column::Person),
    )
    .await
}

async fn find_in(tx: &Tx, cohort: CohortId, which: Condition) -> Stored<Vec<Application>> {
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(which)
        .order_by_asc(table::Column::Id)
        .all(tx.db())
        .await?;
    let mut applications = rows.into_iter().map(read).collect::<Stored<Vec<_>>>()?;
    applications.sort_by(|a, b| a.reference.cmp(&b.reference));
    Ok(applications)
}

/// Who ended in a state in another cohort of the same program, and in which role: those who took
/// part before, or were left without a partner.
pub async fn elsewhere(
    tx: &Tx,
    (program, cohort): (ProgramId, CohortId),
    state: ApplicationState,
) -> Stored<BTreeSet<(PersonId, Role)>> {
    let others = cohorts::of_program(tx, program).await?;
    let others = others
        .iter()
        .map(|other| other.id)
        .filter(|other| *other != cohort);
    let rows = table::Entity::find()
        .filter(table::Column::Cohort.is_in(others.map(|other| other.to_string())))
        .filter(table::Column::State.eq(word(&state)?))
        .all(tx.db())
        .await?;
    rows.iter()
        .map(|row| Ok((id(&row.person)?, from_word(&row.role)?)))
        .collect()
}

/// Adds one.
pub async fn insert(tx: &Tx, application: &Application) -> Stored<()> {
    tx.insert(write(application)?).await
}

/// Keeps what was changed in one.
pub async fn update(tx: &Tx, application: &Application) -> Stored<()> {
    let row = write(application)?.into_active_model().reset_all();
    row.update_without_returning(tx.db()).await?;
    Ok(())
}

/// Removes one with its answers.
pub async fn delete(tx: &Tx, application: ApplicationId) -> Stored<()> {
    table::Entity::delete_by_id(application.to_string())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The next unused reference, such as `E012`. Writes are serial, so nobody else gets it.
pub async fn next_reference(tx: &Tx, cohort: CohortId, role: Role) -> Stored<String> {
    let letter = match role {
        Role::Mentee => 'E',
        Role::Mentor => 'M',
    };
    let taken = table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(table::Column::Reference.starts_with(letter.to_string()))
        .all(tx.db())
        .await?;
    let numbers = taken
        .iter()
        .filter_map(|row| row.reference.as_deref()?.get(1..)?.parse().ok());
    let next = numbers.max().unwrap_or(0_u32) + 1;
    Ok(format!("{letter}{next:03}"))
}

/// How many a cohort has in a state and role.
pub async fn count_in(
    tx: &Tx,
    cohort: CohortId,
    role: Role,
    state: ApplicationState,
) -> Stored<u64> {
    Ok(table::Entity::find()
        .filter(table::Column::Cohort.eq(cohort.to_string()))
        .filter(table::Column::Role.eq(role.slug()))
        .filter(table::Column::State.eq(word(&state)?))
        .count(tx.db())
        .await?)
}

fn read(row: table::Model) -> Stored<Application> {
    Ok(Application {
        id: id(&row.id)?,
        cohort: id(&row.cohort)?,
        person: id(&row.person)?,
        role: from_word(&row.role)?,
        state: from_word(&row.state)?,
        draft_rev: row.draft_rev,
        rev: row.rev,
        form_version: u32::try_from(row.form_version).unwrap_or(u32::MAX),
        reference: row.reference,
        submitted_at: moment_if(row.submitted_at)?,
        submitted_rev: row.submitted_rev,
        late: row.late != 0,
        return_page: row.return_page,
        decision_reason: row.decision_reason,
        granted: row.granted_json.as_deref().map(from_json).transpose()?,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
    })
}

fn write(application: &Application) -> Stored<table::Model> {
    Ok(table::Model {
        id: application.id.to_string(),
        cohort: application.cohort.to_string(),
        person: application.person.to_string(),
        role: word(&application.role)?,
        state: word(&application.state)?,
        draft_rev: application.draft_rev,
        rev: application.rev,
        form_version: i64::from(application.form_version),
        reference: application.reference.clone(),
        submitted_at: application.submitted_at.map(micros),
        submitted_rev: application.submitted_rev,
        late: i64::from(application.late),
        return_page: application.return_page.clone(),
        decision_reason: application.decision_reason.clone(),
        created_at: micros(application.created_at),
        updated_at: micros(application.updated_at),
        granted_json: application.granted.as_ref().map(json).transpose()?,
    })
}
