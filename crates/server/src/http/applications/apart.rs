//! People to keep apart: what applicants wrote, matched with who else has applied.
//!
//! What the domain finds is kept as pairs of people, made anew whenever somebody sends something or
//! the officer judges a guess. Who asked and why goes to the officer's list, and nowhere else.

use std::collections::BTreeMap;

use axum::extract::State;
use tandem_api::apart::{JudgeSealed, SealedEntry, SealedGuess, SealedList, SealedPerson};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::apart::{Applicant, Entry, Guess, blocked_pairs, guesses};
use tandem_domain::id::{CohortId, PersonId};
use tandem_domain::permission::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::candidate;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::scene::Scene;
use crate::store::applications::{self, submissions};
use crate::store::audit::{self, Happening, Moment};
use crate::store::pairings::{blocks, verdicts};
use crate::store::{Stored, Tx, people};

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_apart, judge_apart))
}

/// The sealed list, for the officer.
#[utoipa::path(get, path = path::APART, params(("cohort" = String, Path)), responses(
    (status = 200, description = "What applicants asked for, and whom it may mean"),
    (status = 403, description = "For the officer", body = Problem),
))]
async fn show_apart(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<axum::Json<SealedList>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::JudgeApart)?;
        let list = Sealed::read(&tx, cohort).await?.list(scene.actor.person);
        Ok::<_, AppError>(axum::Json(list))
    });
    read.await
}

/// Says whether somebody was meant. The pair is kept apart until it is said that not.
#[utoipa::path(put, path = path::APART, params(("cohort" = String, Path)), request_body = Object,
    responses(
    (status = 200, description = "The list now"),
    (status = 403, description = "For the officer", body = Problem),
    (status = 404, description = "No such entry, or nobody it may mean", body = Problem),
    (status = 409, description = "Another officer said something meanwhile", body = Problem),
))]
async fn judge_apart(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
    Json(judged): Json<JudgeSealed>,
) -> Result<axum::Json<SealedList>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        scene.allow(Action::JudgeApart)?;
        let officer = scene.actor.person.ok_or(AppError::SignedOut)?;
        let known = Sealed::read(&tx, cohort).await?.list(Some(officer));
        let mut entries = known.entries.iter();
        let entry = entries
            .find(|entry| entry.declared_by.id == judged.declared_by && entry.key == judged.key);
        let guess = entry.and_then(|entry| {
            let is_meant = |guess: &&SealedGuess| guess.person.id == judged.person;
            entry.guesses.iter().find(is_meant)
        });
        let guess = guess.ok_or(AppError::NotFound)?;
        if guess.verdict != judged.seen {
            return Err(AppError::Refused(Code::Conflict));
        }
        let guessed = (judged.declared_by, judged.key.as_str(), judged.person);
        let said = (judged.verdict, officer);
        verdicts::put(&tx, cohort, guessed, said, now.real).await?;
        // Whom it is about stays out of the log: others may read there.
        let happening = Happening {
            actor: Some(officer),
            program: Some(scene.cohort.program),
            cohort: Some(cohort),
            kind: "apart.judged",
            ..Happening::default()
        };
        audit::note(&tx, now, happening).await?;
        let sealed = keep(&tx, cohort, now).await?;
        Ok(axum::Json(sealed.list(Some(officer))))
    });
    write.await
}

/// Brings the pairs of a cohort that are kept apart up to date with what everybody has sent and the
/// officer said.
pub async fn bring_up_to_date(tx: &Tx, scene: &Scene) -> Stored<()> {
    keep(tx, scene.cohort.id, scene.now).await.map(drop)
}

async fn keep(tx: &Tx, cohort: CohortId, now: Moment) -> Stored<Sealed> {
    let sealed = Sealed::read(tx, cohort).await?;
    blocks::replace(tx, cohort, blocked_pairs(&sealed.guesses), now.real).await?;
    Ok(sealed)
}

/// Everybody who has sent something, what they asked for, and whom it may mean.
#[derive(Debug, Default)]
struct Sealed {
    people: BTreeMap<PersonId, SealedPerson>,
    entries: BTreeMap<PersonId, Vec<Entry>>,
    reasons: BTreeMap<(PersonId, String), String>,
    guesses: Vec<Guess>,
}

impl Sealed {
    async fn read(tx: &Tx, cohort: CohortId) -> Stored<Self> {
        let sent = submissions::last_of_cohort(tx, cohort).await?;
        let mut sealed = Self::default();
        let mut applicants: BTreeMap<PersonId, Applicant> = BTreeMap::new();
        for application in applications::of_cohort(tx, cohort).await? {
            let Some(submission) = sent.get(&application.id) else {
                continue;
            };
            let answers = submission.answers()?;
            let known = candidate::applicant(&answers);
            let person = sealed
                .people
                .entry(application.person)
                .or_insert_with(|| SealedPerson {
                    id: application.person,
                    name: candidate::name(&answers).to_owned(),
                    references: Vec::new(),
                    institution: known.institutions.first().cloned(),
                });
            person.references.extend(application.reference);
            let applicant = applicants.entry(application.person).or_default();
            applicant.names.extend(known.names);
            applicant.emails.extend(known.emails);
            applicant.institutions.extend(known.institutions);
            let entries = candidate::entries(&answers);
            if !entries.is_empty() {
                let form = crate::store::cohorts::form_version(
                    tx,
                    cohort,
                    application.role,
                    submission.form_version,
                )
                .await?;
                for entry in &entries {
                    let reason = form
                        .as_ref()
                        .and_then(|form| candidate::reason(form, entry));
                    if let Some(reason) = reason {
                        let key = (application.person, entry.key());
                        sealed.reasons.insert(key, reason);
                    }
                }
                sealed
                    .entries
                    .entry(application.person)
                    .or_default()
                    .extend(entries);
            }
        }
        let ids: Vec<PersonId> = applicants.keys().copied().collect();
        for person in people::find_all(tx, &ids).await? {
            if let Some(applicant) = applicants.get_mut(&person.id) {
                applicant.emails.push(person.email);
            }
        }
        let verdicts = verdicts::of_cohort(tx, cohort).await?;
        sealed.guesses = guesses(&applicants, &sealed.entries, &verdicts);
        Ok(sealed)
    }

    /// What an officer reads: all of it, but whatever may mean the officer.
    fn list(&self, reader: Option<PersonId>) -> SealedList {
        let mut entries: Vec<SealedEntry> = Vec::new();
        for (declared_by, own) in &self.entries {
            let mut seen = Vec::new();
            for entry in own {
                let key = entry.key();
                let guesses: Vec<&Guess> = self
                    .guesses
                    .iter()
                    .filter(|guess| guess.declared_by == *declared_by && guess.entry == key)
                    .collect();
                let means_reader = guesses.iter().any(|guess| Some(guess.person) == reader);
                if seen.contains(&key) || means_reader {
                    continue;
                }
                let guesses = guesses.into_iter().filter_map(|guess| self.guess(guess));
                entries.extend(self.people.get(declared_by).map(|person| SealedEntry {
                    declared_by: person.clone(),
                    key: key.clone(),
                    entry: entry.clone(),
                    reason: self.reasons.get(&(*declared_by, key.clone())).cloned(),
                    guesses: guesses.collect(),
                }));
                seen.push(key);
            }
        }
        let is_open = |entry: &SealedEntry| {
            let is_open = |guess: &SealedGuess| guess.is_open();
            entry.guesses.iter().any(is_open)
        };
        entries.sort_by_key(|entry| {
            let references = entry.declared_by.references.clone();
            (!is_open(entry), references)
        });
        SealedList { entries }
    }

    fn guess(&self, guess: &Guess) -> Option<SealedGuess> {
        Some(SealedGuess {
            person: self.people.get(&guess.person)?.clone(),
            likeness: guess.likeness,
            verdict: guess.verdict,
            is_blocked: guess.is_blocked(),
        })
    }
}
