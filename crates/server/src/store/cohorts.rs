//! Cohorts with their calendar, forms and timeline.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tandem_domain::cohort::{Calendar, CohortState};
use tandem_domain::date::ZoneName;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::{CohortId, ProgramId};
use tandem_domain::role::Role;
use tandem_domain::timeline::plan::Timeline;
use uuid::Uuid;

use super::entity::{cohort, form_def};
use super::pairings::scenarios::{self, Scenario};
use super::value::{from_json, from_word, id, json, micros, moment, word};
use super::{Stored, Tx, timeline};

/// A cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Which.
    pub id: CohortId,
    /// Of which program.
    pub program: ProgramId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// The stored state.
    pub state: CohortState,
    /// The official zone of its dates.
    pub zone: ZoneName,
    /// The dates that decide what is open, grace included. They follow the timeline.
    pub calendar: Calendar,
    /// Counts changes of the timeline.
    pub timeline_rev: i64,
    /// Counts changes of the cohort itself.
    pub rev: i64,
    /// When it was set up, in real time.
    pub created_at: DateTime<Utc>,
}

/// A cohort before it has an id.
#[derive(Debug, Clone)]
pub struct NewCohort<'a> {
    /// Of which program.
    pub program: ProgramId,
    /// Its name in addresses.
    pub slug: &'a str,
    /// Its name.
    pub title: &'a str,
    /// The official zone of its dates.
    pub zone: ZoneName,
    /// The dates that decide what is open.
    pub calendar: Calendar,
    /// Its timeline.
    pub timeline: &'a Timeline,
    /// Its forms, one per role.
    pub forms: &'a [FormDef],
}

/// Sets up a cohort with its timeline, forms and one board. A slug that is taken is
/// [`super::StoreError::Exists`].
pub async fn create(tx: &Tx, new: NewCohort<'_>, now: DateTime<Utc>) -> Stored<Cohort> {
    let row = cohort::Model {
        id: Uuid::now_v7().to_string(),
        program: new.program.to_string(),
        slug: new.slug.to_owned(),
        title: new.title.trim().to_owned(),
        state: word(&CohortState::Draft)?,
        zone: new.zone.0,
        calendar_json: json(&new.calendar)?,
        settings_json: "{}".to_owned(),
        timeline_rev: 1,
        created_at: micros(now),
        rev: 1,
        constraints_json: json(&new.timeline.constraints)?,
    };
    tx.insert(row.clone()).await?;
    let cohort = read(row)?;
    for form in new.forms {
        keep_form(tx, cohort.id, form).await?;
    }
    timeline::keep_items(tx, cohort.id, &new.timeline.items).await?;
    let board = Scenario::new(cohort.id, "Board", true, now);
    scenarios::insert(tx, &board).await?;
    Ok(cohort)
}

/// A cohort by id.
pub async fn find(tx: &Tx, cohort: CohortId) -> Stored<Option<Cohort>> {
    let row = cohort::Entity::find_by_id(cohort.to_string())
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// A cohort by its name in addresses.
pub async fn by_slug(tx: &Tx, slug: &str) -> Stored<Option<Cohort>> {
    let row = cohort::Entity::find()
        .filter(cohort::Column::Slug.eq(slug))
        .one(tx.db())
        .await?;
    row.map(read).transpose()
}

/// The cohorts of a program, newest first.
pub async fn of_program(tx: &Tx, program: ProgramId) -> Stored<Vec<Cohort>> {
    let rows = cohort::Entity::find()
        .filter(cohort::Column::Program.eq(program.to_string()))
        .all(tx.db())
        .await?;
    let mut cohorts = rows.into_iter().map(read).collect::<Stored<Vec<_>>>()?;
    cohorts.sort_by_key(|cohort| std::cmp::Reverse((cohort.calendar.starts, cohort.id)));
    Ok(cohorts)
}

/// Moves a cohort to another state and gives back its new revision.
pub async fn set_state(tx: &Tx, cohort: &Cohort, state: CohortState) -> Stored<i64> {
    cohort::Entity::update_many()
        .col_expr(cohort::Column::State, Expr::value(word(&state)?))
        .col_expr(cohort::Column::Rev, Expr::value(cohort.rev + 1))
        .filter(cohort::Column::Id.eq(cohort.id.to_string()))
        .exec(tx.db())
        .await?;
    Ok(cohort.rev + 1)
}

/// The newest version of the form of a role.
pub async fn form(tx: &Tx, cohort: CohortId, role: Role) -> Stored<Option<FormDef>> {
    let row = form_def::Entity::find()
        .filter(form_def::Column::Cohort.eq(cohort.to_string()))
        .filter(form_def::Column::Role.eq(role.slug()))
        .order_by_desc(form_def::Column::Version)
        .one(tx.db())
        .await?;
    row.map(|row| from_json(&row.json)).transpose()
}

/// One version of the form of a role.
pub async fn form_version(
    tx: &Tx,
    cohort: CohortId,
    role: Role,
    version: u32,
) -> Stored<Option<FormDef>> {
    let key = (
        cohort.to_string(),
        role.slug().to_owned(),
        i64::from(version),
    );
    let row = form_def::Entity::find_by_id(key).one(tx.db()).await?;
    row.map(|row| from_json(&row.json)).transpose()
}

/// The numbers of the versions of the form of a role, newest first.
pub async fn form_versions(tx: &Tx, cohort: CohortId, role: Role) -> Stored<Vec<u32>> {
    let versions: Vec<i64> = form_def::Entity::find()
        .select_only()
        .column(form_def::Column::Version)
        .filter(form_def::Column::Cohort.eq(cohort.to_string()))
        .filter(form_def::Column::Role.eq(role.slug()))
        .order_by_desc(form_def::Column::Version)
        .into_tuple()
        .all(tx.db())
        .await?;
    let versions = versions.into_iter();
    Ok(versions
        .map(|version| u32::try_from(version).unwrap_or(u32::MAX))
        .collect())
}

/// Adds a version of a form.
pub async fn keep_form(tx: &Tx, cohort: CohortId, form: &FormDef) -> Stored<()> {
    tx.insert(form_def::Model {
        cohort: cohort.to_string(),
        role: form.role.slug().to_owned(),
        version: i64::from(form.version),
        json: json(form)?,
    })
    .await
}

fn read(row: cohort::Model) -> Stored<Cohort> {
    Ok(Cohort {
        id: id(&row.id)?,
        program: id(&row.program)?,
        slug: row.slug,
        title: row.title,
        state: from_word(&row.state)?,
        zone: ZoneName(row.zone),
        calendar: from_json(&row.calendar_json)?,
        timeline_rev: row.timeline_rev,
        rev: row.rev,
        created_at: moment(row.created_at)?,
    })
}
