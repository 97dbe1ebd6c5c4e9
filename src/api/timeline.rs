//! The dates of a cohort.

use tandem_api::path;
use tandem_api::timeline::{
    ChangeDates, ChangeView, NewPersonDate, PersonDateView, PlanView, ProgramDays, ResolveTime,
    ResolvedTime, TimelineView, UndoChange,
};
use tandem_domain::id::{ChangeId, CohortId, PersonDateId, ProgramId};
use tandem_domain::timeline::closure::Closures;

use crate::api::Call;
use crate::api::error::ApiError;

/// The timeline as the reader may see it.
pub async fn timeline(cohort: CohortId) -> Result<TimelineView, ApiError> {
    Call::get(path::timeline(cohort)).send().await
}

/// What a change would do.
pub async fn plan(cohort: CohortId, change: &ChangeDates) -> Result<PlanView, ApiError> {
    Call::post(path::timeline_plan(cohort))
        .body(change)
        .send()
        .await
}

/// Changes the timeline, if nobody changed it since `rev`.
pub async fn change(
    cohort: CohortId,
    rev: i64,
    key: String,
    change: &ChangeDates,
) -> Result<TimelineView, ApiError> {
    Call::post(path::timeline_changes(cohort))
        .if_match(rev)
        .key(key)
        .body(change)
        .send()
        .await
}

/// The changes there were, newest first.
pub async fn changes(cohort: CohortId) -> Result<Vec<ChangeView>, ApiError> {
    Call::get(path::timeline_changes(cohort)).send().await
}

/// Undoes a change, if nobody changed the timeline since `rev`.
pub async fn undo(
    cohort: CohortId,
    change: ChangeId,
    rev: i64,
    key: String,
) -> Result<TimelineView, ApiError> {
    Call::post(path::timeline_undo(cohort, change))
        .if_match(rev)
        .key(key)
        .body(&UndoChange::default())
        .send()
        .await
}

/// Which instant a civil time in a zone means.
pub async fn resolve(time: &ResolveTime) -> Result<ResolvedTime, ApiError> {
    Call::post(path::TIME_RESOLVE).body(time).send().await
}

/// The days that a program keeps free.
pub async fn program_days(program: ProgramId) -> Result<ProgramDays, ApiError> {
    Call::get(path::program_days(program)).send().await
}

/// Sets the days that a program keeps free, if nobody changed the program since `rev`.
pub async fn set_program_days(
    program: ProgramId,
    rev: i64,
    closures: &Closures,
) -> Result<ProgramDays, ApiError> {
    Call::put(path::program_days(program))
        .if_match(rev)
        .body(closures)
        .send()
        .await
}

/// The dates that hold for one person instead of everybody's.
pub async fn person_dates(cohort: CohortId) -> Result<Vec<PersonDateView>, ApiError> {
    Call::get(path::person_dates(cohort)).send().await
}

/// Lets a date hold for one person.
pub async fn grant_person_date(
    cohort: CohortId,
    key: String,
    date: &NewPersonDate,
) -> Result<PersonDateView, ApiError> {
    Call::post(path::person_dates(cohort))
        .key(key)
        .body(date)
        .send()
        .await
}

/// Lets everybody's date hold for that person again.
pub async fn end_person_date(cohort: CohortId, date: PersonDateId) -> Result<(), ApiError> {
    Call::delete(path::person_date(cohort, date)).done().await
}
