//! Whom a change of the timeline concerns, and the one mail each of them gets.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::Stage;
use tandem_domain::cohort::mail::Recipients;
use tandem_domain::id::{ChangeId, ItemId, PersonId};
use tandem_domain::timeline::log::Delta;
use tandem_domain::timeline::news::{News, news};
use tandem_domain::timeline::reader::Reader;

use super::apply::Step;
use super::words;
use crate::app::App;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::mail::wording;
use crate::store::outbox::NewMail;
use crate::store::people::{self, Person};
use crate::store::{Stored, Tx, applications, programs};

/// Somebody whom a change concerns.
pub(super) struct Concerned {
    /// Who.
    pub person: Person,
    /// As whom this person reads the timeline.
    pub reader: Reader,
    /// What each item is to this person.
    pub news: Vec<(ItemId, News)>,
}

/// Everybody to whom a change is news, in order of their ids: those who take part or wish to, and
/// the committee, but not who makes it. Nobody knows of a cohort that is not public.
pub(super) async fn by(tx: &Tx, scene: &Scene, delta: &Delta) -> Stored<Vec<Concerned>> {
    if scene.stage == Stage::Draft {
        return Ok(Vec::new());
    }
    let mut readers: BTreeMap<PersonId, Reader> = BTreeMap::new();
    for application in applications::of_cohort(tx, scene.cohort.id).await? {
        let state = application.state;
        if matches!(
            state,
            ApplicationState::Withdrawn | ApplicationState::Ineligible
        ) {
            continue;
        }
        let reader = readers.entry(application.person).or_default();
        if Recipients::Applicants.include(state, false) {
            reader.roles.push(application.role);
        }
    }
    for (person, _) in programs::members(tx, scene.cohort.program).await? {
        readers.entry(person.id).or_default().in_committee = true;
    }
    let ids: Vec<PersonId> = readers.keys().copied().collect();
    let mut people: BTreeMap<PersonId, Person> = people::find_all(tx, &ids)
        .await?
        .into_iter()
        .filter(|person| person.confirmed && Some(person.id) != scene.actor.person)
        .map(|person| (person.id, person))
        .collect();
    let concerned = readers.into_iter().filter_map(|(id, reader)| {
        let person = people.remove(&id)?;
        let news: Vec<(ItemId, News)> = delta
            .items
            .iter()
            .filter_map(|changed| {
                let item = changed.after.as_ref().or(changed.before.as_ref())?;
                Some((item.id, news(changed, &reader)?))
            })
            .collect();
        (!news.is_empty()).then_some(Concerned {
            person,
            reader,
            news,
        })
    });
    Ok(concerned.collect())
}

/// One mail to each person concerned, with all that is news to this person.
pub(super) async fn mails(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    concerned: &[Concerned],
    step: &Step<'_>,
    change: ChangeId,
) -> Result<Vec<NewMail>, AppError> {
    let program = programs::find(tx, scene.cohort.program)
        .await?
        .ok_or(AppError::NotFound)?;
    let cohort = &scene.cohort;
    let mut mails = Vec::new();
    for one in concerned {
        let lines: Vec<String> = one
            .news
            .iter()
            .map(|(id, news)| words::line(step.before, step.after, *id, *news))
            .collect();
        let worded = wording::write(
            "dates-changed",
            &json!({
                "name": one.person.name,
                "program": program.name,
                "cohort": cohort.title,
                "contact": program.contact,
                "lines": lines,
                "reason": step.note,
                "link": format!("{}/cohorts/{}", app.config.public_url, cohort.slug),
            }),
        )
        .map_err(anyhow::Error::from)?;
        mails.push(NewMail {
            program: Some(cohort.program),
            to_person: Some(one.person.id),
            to: one.person.email.clone(),
            template: "dates-changed",
            subject: worded.subject,
            body: worded.body,
            dedupe: format!("dates-changed:{change}:{}", one.person.id),
            urgent: false,
        });
    }
    Ok(mails)
}

/// How many people may still write or send when the call closes.
pub(super) async fn with_a_deadline(tx: &Tx, scene: &Scene) -> Stored<u32> {
    let applications = applications::of_cohort(tx, scene.cohort.id).await?;
    let open = applications.iter().filter(|application| {
        matches!(
            application.state,
            ApplicationState::Draft | ApplicationState::Submitted
        )
    });
    let people: BTreeSet<_> = open.map(|application| application.person).collect();
    Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
}
