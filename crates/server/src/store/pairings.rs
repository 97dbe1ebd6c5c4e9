//! Boards: who is with whom, the log of commands, and what is known of single pairs.

pub mod blocks;
pub mod log;
pub mod looks;
pub mod scenarios;
pub mod scoring;
pub mod terms;
pub mod verdicts;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};
use tandem_domain::board::Placement;
pub use tandem_domain::board::Placements;
use tandem_domain::id::{ApplicationId, CohortId, PersonId, ScenarioId};
use tandem_domain::role::Role;

use self::scenarios::Scenario;
use super::among::Among;
use super::entity::{forbidden_pair, pair_history, placement};
use super::value::{id, micros};
use super::{Stored, Tx};

/// Who is with whom on a board.
pub async fn placements(tx: &Tx, scenario: ScenarioId) -> Stored<Placements> {
    find_placements(tx, scenario, Condition::all()).await
}

/// Who is with whom among those in whose pairs any of these people are, on either side.
pub async fn placements_with(
    tx: &Tx,
    scenario: ScenarioId,
    who: &BTreeSet<ApplicationId>,
) -> Stored<Placements> {
    let who = Among::These(who);
    let either = Condition::any()
        .add(who.named_by(placement::Column::MenteeApp))
        .add(who.named_by(placement::Column::MentorApp));
    find_placements(tx, scenario, either).await
}

async fn find_placements(tx: &Tx, scenario: ScenarioId, which: Condition) -> Stored<Placements> {
    let rows = placement::Entity::find()
        .filter(placement::Column::Scenario.eq(scenario.to_string()))
        .filter(which)
        .all(tx.db())
        .await?;
    let placements = rows.into_iter().map(|row| {
        let placement = Placement {
            mentor: id(&row.mentor_app)?,
            locked: row.locked != 0,
            override_reason: row.override_reason,
        };
        Ok((id(&row.mentee_app)?, placement))
    });
    placements.collect()
}

/// How many pairs a board has.
pub async fn count_pairs(tx: &Tx, scenario: ScenarioId) -> Stored<u32> {
    let count = placement::Entity::find()
        .filter(placement::Column::Scenario.eq(scenario.to_string()))
        .count(tx.db())
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Brings the kept placements of a board from what they were to what they are.
pub async fn replace_placements(
    tx: &Tx,
    changed: &Scenario,
    (before, after): (&Placements, &Placements),
) -> Stored<()> {
    let board = changed.id.to_string();
    for mentee in before.keys().filter(|mentee| !after.contains_key(mentee)) {
        placement::Entity::delete_by_id((board.clone(), mentee.to_string()))
            .exec(tx.db())
            .await?;
    }
    for (mentee, now) in after
        .iter()
        .filter(|(mentee, now)| before.get(mentee) != Some(now))
    {
        let row = placement::Model {
            scenario: board.clone(),
            mentee_app: mentee.to_string(),
            mentor_app: now.mentor.to_string(),
            locked: i64::from(now.locked),
            override_reason: now.override_reason.clone(),
            rev: changed.rev,
        };
        let replace =
            OnConflict::columns([placement::Column::Scenario, placement::Column::MenteeApp])
                .update_columns([
                    placement::Column::MentorApp,
                    placement::Column::Locked,
                    placement::Column::OverrideReason,
                    placement::Column::Rev,
                ])
                .to_owned();
        placement::Entity::insert(row.into_active_model())
            .on_conflict(replace)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// Pairs of people that were published in other cohorts: mentor and mentee.
pub async fn former_pairs(
    tx: &Tx,
    cohort: CohortId,
    whose: Among<'_, PersonId>,
) -> Stored<Vec<(PersonId, PersonId)>> {
    let rows = pair_history::Entity::find()
        .filter(pair_history::Column::Cohort.ne(cohort.to_string()))
        .filter(whose.named_by(pair_history::Column::Mentor))
        .filter(whose.named_by(pair_history::Column::Mentee))
        .all(tx.db())
        .await?;
    rows.iter()
        .map(|row| Ok((id(&row.mentor)?, id(&row.mentee)?)))
        .collect()
}

/// How many pairs of a cohort were published.
pub async fn count_published(tx: &Tx, cohort: CohortId) -> Stored<u32> {
    let count = pair_history::Entity::find()
        .filter(pair_history::Column::Cohort.eq(cohort.to_string()))
        .count(tx.db())
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// With whom somebody was published in a cohort, having that role.
pub async fn partners(
    tx: &Tx,
    cohort: CohortId,
    (person, role): (PersonId, Role),
) -> Stored<Vec<PersonId>> {
    use pair_history::Column::{Mentee, Mentor};
    let own = match role {
        Role::Mentee => Mentee,
        Role::Mentor => Mentor,
    };
    let rows = pair_history::Entity::find()
        .filter(pair_history::Column::Cohort.eq(cohort.to_string()))
        .filter(own.eq(person.to_string()))
        .order_by_asc(Mentor)
        .order_by_asc(Mentee)
        .all(tx.db())
        .await?;
    rows.iter()
        .map(|row| match role {
            Role::Mentee => id(&row.mentor),
            Role::Mentor => id(&row.mentee),
        })
        .collect()
}

/// Notes a published pair of people.
pub async fn keep_pair(
    tx: &Tx,
    cohort: CohortId,
    (mentor, mentee): (PersonId, PersonId),
    published_at: DateTime<Utc>,
) -> Stored<()> {
    tx.insert(pair_history::Model {
        cohort: cohort.to_string(),
        mentor: mentor.to_string(),
        mentee: mentee.to_string(),
        published_at: micros(published_at),
    })
    .await
}

/// Pairs the committee keeps apart: mentee and mentor.
pub async fn forbidden_pairs(
    tx: &Tx,
    cohort: CohortId,
    whose: Among<'_, ApplicationId>,
) -> Stored<Vec<(ApplicationId, ApplicationId)>> {
    let rows = forbidden_pair::Entity::find()
        .filter(forbidden_pair::Column::Cohort.eq(cohort.to_string()))
        .filter(whose.named_by(forbidden_pair::Column::MenteeApp))
        .filter(whose.named_by(forbidden_pair::Column::MentorApp))
        .all(tx.db())
        .await?;
    rows.iter()
        .map(|row| Ok((id(&row.mentee_app)?, id(&row.mentor_app)?)))
        .collect()
}
