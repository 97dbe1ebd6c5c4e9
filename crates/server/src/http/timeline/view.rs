//! The only way from a timeline to what somebody reads of it.

use std::collections::BTreeMap;

use tandem_api::timeline::{MovedDate, OwnDate, Planning, TimelineView};
use tandem_domain::cohort::mail::Recipients;
use tandem_domain::id::{ChangeId, PersonId};
use tandem_domain::permission::Action;
use tandem_domain::timeline::Item;
use tandem_domain::timeline::log::is_in_force;
use tandem_domain::timeline::person::{Instead, instead};
use tandem_domain::timeline::reader::Reader;

use crate::error::AppError;
use crate::http::scene::Scene;
use crate::store::timeline::{self, Change};
use crate::store::{StoreError, Tx, applications, person_dates, programs};

/// The timeline as the actor of a scene reads it.
pub(super) async fn of(tx: &Tx, scene: &Scene) -> Result<TimelineView, AppError> {
    let timeline = timeline::find(tx, scene.cohort.id).await?;
    let reader = reader(tx, scene).await?;
    let mut items = timeline.items;
    items.retain(|item| reader.sees(item));
    for item in &mut items {
        item.when = item.when.clone().without_grace();
    }
    items.sort_by_key(|item| item.when.days());
    let may_change = scene.may(Action::ChangeDates);
    let planning = if may_change {
        let program = programs::find(tx, scene.cohort.program).await?;
        Some(Planning {
            constraints: timeline.constraints,
            closures: program.ok_or(AppError::NotFound)?.closures,
        })
    } else {
        // Who may not change a rule has no use for it, and learns nothing of what is planned.
        for item in &mut items {
            item.rule = None;
        }
        None
    };
    let changes = timeline::changes(tx, scene.cohort.id).await?;
    let own = match scene.actor.person {
        Some(person) => own_dates(tx, scene, person, &items).await?,
        None => Vec::new(),
    };
    let own = own.into_iter().map(|own| OwnDate {
        item: own.item,
        when: own.when.without_grace(),
        reason: own.reason,
    });
    let is_seen = |own: &OwnDate| items.iter().any(|item| item.id == own.item);
    Ok(TimelineView {
        moved: moved(&changes, &reader),
        own: own.filter(is_seen).collect(),
        items,
        zone: scene.cohort.zone.clone(),
        may_change,
        rev: scene.cohort.timeline_rev,
        server_now: scene.now.program,
        planning,
    })
}

/// What holds for a person instead of everybody's dates: on the timeline, and of the call.
pub(crate) async fn own_dates(
    tx: &Tx,
    scene: &Scene,
    person: PersonId,
    items: &[Item],
) -> Result<Vec<Instead>, StoreError> {
    let own = person_dates::of_person(tx, scene.cohort.id, person).await?;
    let mut applications = applications::of_person_in(tx, person, scene.cohort.id).await?;
    applications.retain(|own| Recipients::Applicants.include(own.state, false));
    let more_time: Vec<_> = applications
        .iter()
        .map(|own| own.granted.as_ref())
        .collect();
    Ok(instead(items, &own, &more_time))
}

/// As whom the actor of a scene reads a timeline.
pub(crate) async fn reader(tx: &Tx, scene: &Scene) -> Result<Reader, StoreError> {
    let mut reader = Reader {
        in_committee: scene.actor.confirmed && scene.actor.in_committee(),
        roles: Vec::new(),
    };
    if let Some(person) = scene.actor.person {
        for own in applications::of_person_in(tx, person, scene.cohort.id).await? {
            if Recipients::Applicants.include(own.state, false) {
                reader.roles.push(own.role);
            }
        }
    }
    Ok(reader)
}

/// The dates that moved after a reader was told of them, each with its last move. `changes` come
/// newest first. A move that was undone did not happen, unless the undoing was undone.
pub(super) fn moved(changes: &[Change], reader: &Reader) -> Vec<MovedDate> {
    let mut moved: Vec<MovedDate> = Vec::new();
    let undone_by: BTreeMap<ChangeId, ChangeId> = changes
        .iter()
        .filter_map(|change| Some((change.id, change.undone_by?)))
        .collect();
    for change in changes {
        let is_in_force = is_in_force(change.id, |change| undone_by.get(&change).copied());
        if change.undoes.is_some() || !is_in_force {
            continue;
        }
        for one in change.delta.moved_for(reader) {
            let is_known =
                |known: &MovedDate| (known.moved.item, known.moved.edge) == (one.item, one.edge);
            if !moved.iter().any(is_known) {
                moved.push(MovedDate {
                    moved: one,
                    at: change.at,
                    why: change.note.clone(),
                });
            }
        }
    }
    moved
}
