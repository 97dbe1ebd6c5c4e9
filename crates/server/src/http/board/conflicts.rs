//! Conflicts of members of the committee with single applicants. Whoever has one says so; only an
//! officer lifts it.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::StatusCode;
use tandem_api::board::{ConflictView, DeclareConflict};
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::id::{CohortId, PersonId};
use tandem_domain::permission::Action;

use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::scene::Scene;
use crate::store::audit::{self, Happening};
use crate::store::conflicts::{self, Conflict};
use crate::store::{Tx, applications, people};

/// The conflicts of a cohort: the officer reads all, everybody else the own ones.
#[utoipa::path(get, path = path::CONFLICTS, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The conflicts"),
    (status = 404, description = "No such cohort, or not in its committee", body = Problem),
))]
pub(super) async fn list_conflicts(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<axum::Json<Vec<ConflictView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = committee(&tx, &caller, now, cohort).await?;
        let me = caller.require()?.person.id;
        let reads_all = scene.may(Action::ManageConflicts) && !scene.actor.recusal.hides(me);
        let mut known = conflicts::of_cohort(&tx, cohort).await?;
        let may_read = |person| reads_all && !scene.actor.recusal.hides(person);
        known.retain(|conflict| conflict.member == me || may_read(conflict.person));
        views(&tx, known).await.map(axum::Json)
    });
    read.await
}

/// Says that the caller, or another member, has a conflict with an applicant.
#[utoipa::path(post, path = path::CONFLICTS, params(("cohort" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "Noted, now or before"),
    (status = 403, description = "Only an officer or a chair says so of another", body = Problem),
    (status = 404, description = "No such cohort or applicant", body = Problem),
))]
pub(super) async fn declare_conflict(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    Json(sent): Json<DeclareConflict>,
) -> Result<axum::Json<Vec<ConflictView>>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = committee(&tx, &caller, now, cohort).await?;
        scene.allow(Action::DeclareConflict)?;
        let me = caller.require()?.person.id;
        let member = sent.member.unwrap_or(me);
        if member != me {
            let of_others = scene.may(Action::DeclareConflictOfOthers);
            if !of_others || scene.actor.recusal.hides(sent.person) {
                return Err(AppError::Forbidden);
            }
            let offices = people::offices_in(&tx, member, scene.cohort.program).await?;
            if offices.is_empty() {
                return Err(AppError::NotFound);
            }
        }
        let theirs = applications::of_person_in(&tx, sent.person, cohort).await?;
        if sent.person == member || theirs.iter().all(|one| one.submitted_at.is_none()) {
            return Err(AppError::NotFound);
        }
        let conflict = Conflict {
            member,
            person: sent.person,
        };
        conflicts::add(&tx, cohort, conflict, (me, now.real)).await?;
        note(&tx, &scene, "conflict.declared", conflict).await?;
        views(&tx, vec![conflict]).await.map(axum::Json)
    });
    write.await
}

/// Lifts a conflict.
#[utoipa::path(delete, path = path::CONFLICT, params(
    ("cohort" = String, Path), ("member" = String, Path), ("person" = String, Path),
), responses(
    (status = 204, description = "Lifted"),
    (status = 403, description = "Only an officer lifts one", body = Problem),
    (status = 404, description = "No such conflict", body = Problem),
))]
pub(super) async fn lift_conflict(
    State(app): State<App>,
    caller: Caller,
    Path((cohort, member, person)): Path<(CohortId, PersonId, PersonId)>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = committee(&tx, &caller, now, cohort).await?;
        // Nobody lifts the own one, nor one that concerns the own application.
        let is_concerned = scene.actor.recusal.hides(person)
            || scene.actor.person == Some(member)
            || scene.actor.person == Some(person);
        if !scene.may(Action::ManageConflicts) || is_concerned {
            return Err(AppError::Forbidden);
        }
        let conflict = Conflict { member, person };
        if !conflicts::lift(&tx, cohort, conflict).await? {
            return Err(AppError::NotFound);
        }
        note(&tx, &scene, "conflict.lifted", conflict).await?;
        Ok(StatusCode::NO_CONTENT)
    });
    write.await
}

/// Where a request takes place whose caller is of the committee.
async fn committee(
    tx: &Tx,
    caller: &Caller,
    now: audit::Moment,
    cohort: CohortId,
) -> Result<Scene, AppError> {
    caller.require()?;
    let scene = Scene::of_cohort(tx, caller, now, cohort).await?;
    if scene.actor.in_committee() {
        Ok(scene)
    } else {
        Err(AppError::NotFound)
    }
}

async fn note(
    tx: &Tx,
    scene: &Scene,
    kind: &'static str,
    conflict: Conflict,
) -> Result<(), AppError> {
    let happening = Happening {
        actor: scene.actor.person,
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind,
        body: serde_json::json!({ "member": conflict.member, "person": conflict.person }),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    Ok(())
}

async fn views(tx: &Tx, conflicts: Vec<Conflict>) -> Result<Vec<ConflictView>, AppError> {
    let ids: BTreeSet<PersonId> = conflicts
        .iter()
        .flat_map(|conflict| [conflict.member, conflict.person])
        .collect();
    let people = people::find_all(tx, &ids.into_iter().collect::<Vec<_>>()).await?;
    let names: BTreeMap<PersonId, String> = people
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let view = |conflict: Conflict| ConflictView {
        member: conflict.member,
        member_name: name(conflict.member),
        person: conflict.person,
        person_name: name(conflict.person),
    };
    Ok(conflicts.into_iter().map(view).collect())
}
