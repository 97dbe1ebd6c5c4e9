//! Puts a board together from what is kept: who is on it, who is with whom, what is known of pairs.

use std::collections::{BTreeMap, BTreeSet};

use tandem_domain::application::ApplicationState;
use tandem_domain::board::Board;
use tandem_domain::candidate::Candidate;
use tandem_domain::date::ZoneName;
use tandem_domain::form::answer::Answers;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::{ApplicationId, PersonId};
use tandem_domain::role::Role;
use tandem_domain::rule::PairFacts;

use crate::candidate::{Sent, candidate, zone};
use crate::http::scene::Scene;
use crate::store::applications::{self, Application, submissions};
use crate::store::pairings::{self, Placements, Scenario, blocks};
use crate::store::{StoreError, Stored, Tx, cohorts};
use crate::zone::Seasons;

/// Everything the rules look at.
///
/// Only people who may be paired are on a board, and those who stand on it still: somebody who
/// withdrew stays with the partner until a member takes the two apart.
pub async fn board(tx: &Tx, scene: &Scene, scenario: &Scenario) -> Stored<Board> {
    let placements = pairings::placements(tx, scenario.id).await?;
    let candidates = candidates(tx, scene, &placements).await?;
    let facts = facts(tx, scene, &candidates).await?;
    Ok(Board::new(candidates, facts, placements))
}

async fn candidates(tx: &Tx, scene: &Scene, placed: &Placements) -> Stored<Vec<Candidate>> {
    let place = (scene.cohort.program, scene.cohort.id);
    let left = applications::elsewhere(tx, place, ApplicationState::Unmatched).await?;
    let mut sent = submissions::last_of_cohort(tx, scene.cohort.id).await?;
    let mut forms = Forms::default();
    let mut people: Vec<(Application, u32, Answers)> = Vec::new();
    for application in on_board(applications::of_cohort(tx, scene.cohort.id).await?, placed) {
        let Some(submission) = sent.remove(&application.id) else {
            continue;
        };
        forms
            .need(tx, scene, application.role, submission.form_version)
            .await?;
        people.push((application, submission.form_version, submission.answers()?));
    }
    let zones = people
        .iter()
        .filter_map(|(_, _, answers)| zone(answers))
        .collect();
    let seasons = seasons(scene, &zones);
    let read = people.iter().filter_map(|(application, version, answers)| {
        let sent = Sent {
            id: application.id,
            reference: application.reference.as_deref().unwrap_or_default(),
            person: application.person,
            state: application.state,
            form: forms.get(application.role, *version)?,
            answers,
            carried_over: application.role == Role::Mentee
                && left.contains(&(application.person, Role::Mentee)),
        };
        Some(candidate(sent, &seasons))
    });
    Ok(read.collect())
}

/// Those who may be paired, and those who stand on the board still.
fn on_board(mut applications: Vec<Application>, placed: &Placements) -> Vec<Application> {
    let mentors: BTreeSet<_> = placed.values().map(|placement| placement.mentor).collect();
    applications.retain(|Application { id, state, .. }| {
        state.may_be_paired() || placed.contains_key(id) || mentors.contains(id)
    });
    applications
}

fn seasons(scene: &Scene, zones: &BTreeSet<ZoneName>) -> Seasons {
    Seasons::over(
        zones,
        scene.cohort.calendar.starts,
        scene.cohort.calendar.ends,
    )
}

async fn facts(tx: &Tx, scene: &Scene, candidates: &[Candidate]) -> Stored<PairFacts> {
    let cohort = scene.cohort.id;
    let blocked = blocks::pairs(tx, cohort).await?;
    let former = pairings::former_pairs(tx, cohort).await?;
    let forbidden = pairings::forbidden_pairs(tx, cohort).await?;
    Ok(PairFacts {
        blocked: either_way(&blocked, candidates),
        // Nobody gets the same partner again, whichever of the two was the mentor.
        previous: either_way(&former, candidates),
        forbidden: forbidden.into_iter().collect(),
    })
}

/// Pairs of people as mentee and mentor, whichever of the two stands on which side of the board.
fn either_way(
    people: &[(PersonId, PersonId)],
    candidates: &[Candidate],
) -> BTreeSet<(ApplicationId, ApplicationId)> {
    let of_person: BTreeMap<(PersonId, Role), ApplicationId> = candidates
        .iter()
        .map(|person| ((person.person, person.role), person.id))
        .collect();
    let pair = |mentee: PersonId, mentor: PersonId| {
        let mentee = of_person.get(&(mentee, Role::Mentee))?;
        Some((*mentee, *of_person.get(&(mentor, Role::Mentor))?))
    };
    people
        .iter()
        .flat_map(|(a, b)| [pair(*a, *b), pair(*b, *a)])
        .flatten()
        .collect()
}

/// The forms that were sent, each read once.
#[derive(Default)]
pub struct Forms(BTreeMap<(Role, u32), FormDef>);

impl Forms {
    /// Reads a form unless it was read.
    pub async fn need(&mut self, tx: &Tx, scene: &Scene, role: Role, version: u32) -> Stored<()> {
        if self.0.contains_key(&(role, version)) {
            return Ok(());
        }
        let form = cohorts::form_version(tx, scene.cohort.id, role, version).await?;
        let form = form.ok_or_else(|| StoreError::Unreadable {
            what: "form",
            cause: format!("no version {version} for {}", role.slug()),
        })?;
        self.0.insert((role, version), form);
        Ok(())
    }

    /// A form that was read.
    pub fn get(&self, role: Role, version: u32) -> Option<&FormDef> {
        self.0.get(&(role, version))
    }
}
