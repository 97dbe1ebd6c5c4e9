//! From one timeline to another: stored, logged, told, and what that causes shown before.

use serde_json::json;
use tandem_api::timeline::{PlanView, Told};
use tandem_domain::cohort::Calendar;
use tandem_domain::id::ChangeId;
use tandem_domain::timeline::log::Delta;
use tandem_domain::timeline::news::{News, is_told};
use tandem_domain::timeline::plan::Timeline;
use tandem_domain::timeline::wish::Policy;
use tandem_domain::timeline::{Edge, Item, Mark, Shift};

use super::concern::{self, Concerned};
use crate::app::App;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::http::transitions::by_template;
use crate::store::audit::{self, Happening};
use crate::store::timeline::{self, Change};
use crate::store::{StoreError, Tx, calendar_tokens, cohorts};
use crate::zone;

/// A step from one timeline to another.
pub(crate) struct Step<'a> {
    /// As it is.
    pub before: &'a Timeline,
    /// As it will be.
    pub after: &'a Timeline,
    /// Why.
    pub note: &'a str,
    /// What happened to the dates around.
    pub policy: Policy,
    /// The change it undoes.
    pub undoes: Option<ChangeId>,
}

/// What a step would cause: who was told, who is told now. What it does to dates is the plan's.
pub(super) async fn preview(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    step: &Step<'_>,
) -> Result<PlanView, AppError> {
    calendar_of(scene, &step.after.items)?;
    let delta = Delta::between(step.before, step.after);
    let concerned = concern::by(tx, scene, &delta).await?;
    let mails = concern::mails(
        tx,
        app,
        scene,
        &concerned,
        step,
        ChangeId(uuid::Uuid::nil()),
    );
    let mails = mails.await?;
    let people: Vec<_> = concerned.iter().map(|one| one.person.id).collect();
    let items = step.after.items.iter().cloned();
    let affected = if moves_closing(&delta) {
        concern::with_a_deadline(tx, scene).await?
    } else {
        0
    };
    Ok(PlanView {
        shifts: shifts(&delta),
        affected,
        told: told(&delta, &concerned),
        people: count(concerned.len()),
        feeds: calendar_tokens::count_of(tx, &people).await?,
        mails: by_template(mails),
        items: items
            .map(|item| Item {
                when: item.when.without_grace(),
                ..item
            })
            .collect(),
        ..PlanView::default()
    })
}

/// Takes a step: the timeline, the calendar that follows from it, the log and the mails together.
/// Gives back the scene with the cohort as it is then.
pub(crate) async fn enact(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    step: &Step<'_>,
) -> Result<Scene, AppError> {
    let calendar = calendar_of(scene, &step.after.items)?;
    let delta = Delta::between(step.before, step.after);
    let rev = timeline::replace(tx, &scene.cohort, step.after, &calendar).await?;
    let id = ChangeId(uuid::Uuid::now_v7());
    let concerned = concern::by(tx, scene, &delta).await?;
    for mail in concern::mails(tx, app, scene, &concerned, step, id).await? {
        app.post.put(tx, mail, scene.now).await?;
    }
    let happening = Happening {
        actor: scene.actor.person,
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind: if step.undoes.is_some() {
            "timeline.undone"
        } else {
            "timeline.changed"
        },
        rev: scene.cohort.rev + 1,
        body: json!({
            "change": id,
            "timeline_rev": rev,
            "shifts": shifts(&delta),
            "people_told": concerned.len(),
        }),
        reason: step.note.to_owned(),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    let change = Change {
        id,
        cohort: scene.cohort.id,
        rev,
        at: scene.now.program,
        by: scene.actor.person,
        note: step.note.to_owned(),
        policy: step.policy,
        delta,
        undoes: step.undoes,
        undone_by: None,
    };
    timeline::note(tx, &change).await?;
    let cohort = cohorts::find(tx, scene.cohort.id).await?;
    // The stage may be another one now: whoever reads next is told.
    Ok(scene.with_cohort(cohort.ok_or(AppError::NotFound)?))
}

fn calendar_of(scene: &Scene, items: &[Item]) -> Result<Calendar, AppError> {
    zone::calendar(items, &scene.cohort.zone)?.ok_or_else(|| {
        AppError::from(StoreError::Unreadable {
            what: "timeline",
            cause: "it lacks one of the dates that decide what is open".to_owned(),
        })
    })
}

fn moves_closing(delta: &Delta) -> bool {
    delta.items.iter().any(|changed| {
        let when = |item: &Option<Item>| item.as_ref().map(|item| item.when.clone());
        let is_closing = changed.after.as_ref().map(|item| item.mark) == Some(Mark::Closing);
        is_closing && when(&changed.before) != when(&changed.after)
    })
}

fn shifts(delta: &Delta) -> Vec<Shift> {
    let mut shifts = Vec::new();
    for changed in &delta.items {
        let (Some(before), Some(after)) = (&changed.before, &changed.after) else {
            continue;
        };
        for edge in [Edge::Start, Edge::End] {
            if let (Some(from), Some(to)) = (before.date(edge), after.date(edge))
                && from != to
            {
                shifts.push(Shift {
                    item: after.id,
                    edge,
                    from,
                    to,
                });
            }
        }
    }
    shifts
}

/// How many people had been told of each item that is news to them.
fn told(delta: &Delta, concerned: &[Concerned]) -> Vec<Told> {
    let of_item = |changed: &tandem_domain::timeline::log::Changed<Item>| {
        let before = changed.before.as_ref()?;
        let hears = |one: &&Concerned| {
            let is_news = one
                .news
                .iter()
                .any(|(id, news)| *id == before.id && *news != News::Announced);
            is_news && is_told(before, &one.reader)
        };
        let people = concerned.iter().filter(hears).count();
        (people > 0).then(|| Told {
            item: before.id,
            people: count(people),
        })
    };
    delta.items.iter().filter_map(of_item).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
