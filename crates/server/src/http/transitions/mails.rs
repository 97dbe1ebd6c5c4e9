//! The mails that a move causes: shown before it is made, and put into the outbox with it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::CohortState;
use tandem_domain::id::{ApplicationId, PersonId};
use tandem_domain::role::{Office, Role};

use super::People;
use crate::app::App;
use crate::candidate;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::mail::wording;
use crate::store::applications::submissions;
use crate::store::outbox::NewMail;
use crate::store::people::{self, Person};
use crate::store::{Tx, programs};

/// All mails of a move.
pub(super) async fn caused(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    people: &People,
    (to, reason): (CohortState, &str),
) -> Result<Vec<NewMail>, AppError> {
    let letters = Letters::new(tx, app, scene, reason).await?;
    let goes_back = matches!(
        (scene.cohort.state, to),
        (CohortState::Review, CohortState::Announced)
            | (CohortState::Pairing, CohortState::Review)
            | (CohortState::SignOff, CohortState::Pairing)
    );
    let every = [Office::Subcommittee, Office::Chair, Office::Officer];
    match to {
        _ if goes_back => letters.to_committee("moved-back", &every, Some(to)).await,
        CohortState::Review => letters.to_committee("review-begins", &every, None).await,
        CohortState::Pairing => {
            let pairing = [Office::Subcommittee, Office::Chair];
            letters.to_committee("pairing-begins", &pairing, None).await
        }
        CohortState::SignOff => {
            letters
                .to_committee("sign-off", &[Office::Officer], None)
                .await
        }
        CohortState::Published => letters.to_paired(people).await,
        CohortState::Cancelled => letters.to_applicants(people).await,
        CohortState::Draft | CohortState::Announced | CohortState::Completed => Ok(Vec::new()),
    }
}

/// What all mails of one move have in common.
struct Letters<'a> {
    tx: &'a Tx,
    app: &'a App,
    scene: &'a Scene,
    common: Value,
}

impl<'a> Letters<'a> {
    async fn new(
        tx: &'a Tx,
        app: &'a App,
        scene: &'a Scene,
        reason: &str,
    ) -> Result<Self, AppError> {
        let cohort = &scene.cohort;
        let program = programs::find(tx, cohort.program)
            .await?
            .ok_or(AppError::NotFound)?;
        let mover = match scene.actor.person {
            Some(person) => people::find(tx, person).await?,
            None => None,
        };
        let mover = mover
            .map(|person| person.name)
            .filter(|name| !name.is_empty());
        let common = json!({
            "program": program.name,
            "contact": program.contact,
            "cohort": cohort.title,
            "reason": reason.trim(),
            "by": mover.unwrap_or_else(|| "The committee".to_owned()),
        });
        Ok(Self {
            tx,
            app,
            scene,
            common,
        })
    }

    /// To everybody who holds one of the offices, except who makes the move.
    async fn to_committee(
        &self,
        template: &'static str,
        offices: &[Office],
        back_to: Option<CohortState>,
    ) -> Result<Vec<NewMail>, AppError> {
        let cohort = &self.scene.cohort;
        let more = json!({
            "date": cohort.calendar.pairing_complete.format("%-d %B %Y").to_string(),
            "state": back_to.map(word).unwrap_or_default(),
            "link": format!("{}/cohorts/{}", self.app.config.public_url, cohort.slug),
        });
        let mut mails = Vec::new();
        for (person, held) in programs::members(self.tx, cohort.program).await? {
            let concerned = held.iter().any(|office| offices.contains(office));
            if concerned && Some(person.id) != self.scene.actor.person {
                let name = person.name.clone();
                mails.push(self.letter(template, &person, &name, "", &more)?);
            }
        }
        Ok(mails)
    }

    /// To everybody on the board: with whom they are paired, or that they are not.
    async fn to_paired(&self, people: &People) -> Result<Vec<NewMail>, AppError> {
        let accounts = self.accounts(people).await?;
        let names = self.names().await?;
        let calendar = &self.scene.cohort.calendar;
        let name_of = |id: ApplicationId, person: &Person| match names.get(&id) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => person.name.clone(),
        };
        let mut mails = Vec::new();
        for application in people.eligible() {
            let Some(person) = accounts.get(&application.person) else {
                continue;
            };
            let name = name_of(application.id, person);
            let home = &self.app.config.public_url;
            let link = format!("{home}/my/applications");
            let mut partners = people.partners(application).peekable();
            if partners.peek().is_none() {
                let which = application.id.to_string();
                let more = json!({ "link": link });
                mails.push(self.letter("published-unmatched", person, &name, &which, &more)?);
            }
            for partner in partners {
                let Some(other) = accounts.get(&partner.person) else {
                    continue;
                };
                let which = format!("{}:{}", application.id, partner.id);
                let more = json!({
                    "partner": name_of(partner.id, other),
                    "partner_email": other.email,
                    "partner_role": match partner.role {
                        Role::Mentee => "mentee",
                        Role::Mentor => "mentor",
                    },
                    "date": calendar.starts.format("%-d %B %Y").to_string(),
                    "link": link,
                });
                mails.push(self.letter("published-matched", person, &name, &which, &more)?);
            }
        }
        Ok(mails)
    }

    /// To everybody who still takes part, once each.
    async fn to_applicants(&self, people: &People) -> Result<Vec<NewMail>, AppError> {
        let over = [ApplicationState::Withdrawn, ApplicationState::Ineligible];
        let takes_part = |person: PersonId| {
            let mut own = people
                .applications
                .iter()
                .filter(|one| one.person == person);
            own.any(|one| !over.contains(&one.state))
        };
        let accounts = self.accounts(people).await?;
        let concerned = accounts.values().filter(|person| takes_part(person.id));
        concerned
            .map(|person| self.letter("cancelled", person, &person.name, "", &json!({})))
            .collect()
    }

    /// The applicants whose address is confirmed.
    async fn accounts(&self, people: &People) -> Result<BTreeMap<PersonId, Person>, AppError> {
        let mut ids: Vec<PersonId> = people.applications.iter().map(|one| one.person).collect();
        ids.sort_unstable();
        ids.dedup();
        let accounts = people::find_all(self.tx, &ids).await?;
        let confirmed = accounts.into_iter().filter(|person| person.confirmed);
        Ok(confirmed.map(|person| (person.id, person)).collect())
    }

    /// The names that applicants want to be called by.
    async fn names(&self) -> Result<BTreeMap<ApplicationId, String>, AppError> {
        let sent = submissions::last_of_cohort(self.tx, self.scene.cohort.id).await?;
        let mut names = BTreeMap::new();
        for (id, submission) in sent {
            names.insert(id, candidate::name(&submission.answers()?).to_owned());
        }
        Ok(names)
    }

    /// `which` tells several mails of one template to one person apart.
    fn letter(
        &self,
        template: &'static str,
        to: &Person,
        name: &str,
        which: &str,
        more: &Value,
    ) -> Result<NewMail, AppError> {
        let mut context = self.common.clone();
        if let (Some(context), Some(more)) = (context.as_object_mut(), more.as_object()) {
            context.insert("name".to_owned(), json!(name));
            context.extend(more.clone());
        }
        let cohort = &self.scene.cohort;
        let worded = wording::write(template, &context)?;
        Ok(NewMail {
            program: Some(cohort.program),
            to_person: Some(to.id),
            to: to.email.clone(),
            template,
            subject: worded.subject,
            body: worded.body,
            dedupe: format!("{template}:{}:{}:{}:{which}", cohort.id, cohort.rev, to.id),
            urgent: false,
        })
    }
}

/// A state, as a mail names it.
fn word(state: CohortState) -> &'static str {
    match state {
        CohortState::Draft => "being set up",
        CohortState::Announced => "announced",
        CohortState::Review => "review",
        CohortState::Pairing => "pairing",
        CohortState::SignOff => "waiting for confirmation",
        CohortState::Published => "published",
        CohortState::Completed => "completed",
        CohortState::Cancelled => "cancelled",
    }
}
