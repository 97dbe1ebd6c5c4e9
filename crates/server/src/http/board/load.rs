//! Puts a board together from what is kept: who is on it, who is with whom, what is known of pairs.

use std::collections::{BTreeMap, BTreeSet};

use tandem_domain::application::ApplicationState;
use tandem_domain::board::{Board, Command, Placements};
use tandem_domain::candidate::{Candidate, Side};
use tandem_domain::date::ZoneName;
use tandem_domain::form::answer::Answers;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::{ApplicationId, PersonId};
use tandem_domain::role::Role;
use tandem_domain::rule::PairFacts;

use crate::candidate::{Sent, candidate, zone};
use crate::http::scene::Scene;
use crate::store::among::Among;
use crate::store::applications::{self, Application, submissions};
use crate::store::pairings::scenarios::Scenario;
use crate::store::pairings::{self, blocks, terms};
use crate::store::{StoreError, Stored, Tx, cohorts};
use crate::zone::Seasons;

/// Everything the rules look at.
///
/// Only people who may be paired are on a board, and those who stand on it still: somebody who
/// withdrew stays with the partner until a member takes the two apart.
pub async fn board(tx: &Tx, scene: &Scene, scenario: &Scenario) -> Stored<Board> {
    let placements = [pairings::placements(tx, scenario.id).await?];
    let (candidates, facts) = people(tx, scene, &placements).await?;
    let [placements] = placements;
    Ok(Board::new(candidates, facts, placements))
}

/// Everybody who may be paired or stands on one of these boards still, and what is known of pairs.
pub async fn people(
    tx: &Tx,
    scene: &Scene,
    boards: &[Placements],
) -> Stored<(Vec<Candidate>, PairFacts)> {
    let applications = applications::of_cohort(tx, scene.cohort.id).await?;
    let place = (scene.cohort.program, scene.cohort.id);
    let left = applications::elsewhere(tx, place, ApplicationState::Unmatched).await?;
    let on_board = on_board(applications, boards);
    let candidates = candidates(tx, scene, on_board, Among::Everybody, &left).await?;
    let facts = facts(tx, scene, &candidates, Whom::default()).await?;
    Ok((candidates, facts))
}

/// As much of a board as a command is about: the people it names, their present partners, whoever
/// stands with these, and the same people in their other role. On it the command comes out as it
/// would on the whole, and reading it costs the same however many others there are.
///
/// It serves rules, not scores: who was left over before is not looked up.
pub async fn around(
    tx: &Tx,
    scene: &Scene,
    scenario: &Scenario,
    command: &Command,
) -> Stored<Board> {
    let cohort = scene.cohort.id;
    let mut named: BTreeSet<ApplicationId> = command.concerned().into_iter().collect();
    named.extend(command.mentors());
    let with_them = pairings::placements_with(tx, scenario.id, &named).await?;
    named.extend(with_them.values().map(|placement| placement.mentor));
    let people = applications::with_ids(tx, cohort, &named).await?;
    let people: BTreeSet<PersonId> = people
        .iter()
        .map(|application| application.person)
        .collect();
    let applications = applications::of_people_in(tx, cohort, &people).await?;
    let ids: BTreeSet<_> = applications
        .iter()
        .map(|application| application.id)
        .collect();
    let placements = pairings::placements_with(tx, scenario.id, &ids).await?;
    let placements = [placements];
    let on_board = on_board(applications, &placements);
    let [placements] = placements;
    let left = BTreeSet::new();
    let candidates = candidates(tx, scene, on_board, Among::These(&ids), &left).await?;
    let whom = Whom {
        people: Among::These(&people),
        applications: Among::These(&ids),
    };
    let facts = facts(tx, scene, &candidates, whom).await?;
    Ok(Board::new(candidates, facts, placements))
}

async fn candidates(
    tx: &Tx,
    scene: &Scene,
    applications: Vec<Application>,
    whose: Among<'_, ApplicationId>,
    left: &BTreeSet<(PersonId, Role)>,
) -> Stored<Vec<Candidate>> {
    let mut sent = submissions::last_of(tx, scene.cohort.id, whose).await?;
    let mut forms = Forms::default();
    let mut people: Vec<(Application, u32, Answers)> = Vec::new();
    for application in applications {
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
    let places = terms::places(tx, scene.cohort.id, whose).await?;
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
        let mut candidate = candidate(sent, &seasons);
        if let (Some(places), Side::Mentor { capacity, .. }) =
            (places.get(&candidate.id), &mut candidate.side)
        {
            *capacity = *places;
        }
        Some(candidate)
    });
    Ok(read.collect())
}

/// Those who may be paired, and those who stand on the board still.
fn on_board(mut applications: Vec<Application>, boards: &[Placements]) -> Vec<Application> {
    let is_placed = |id: &ApplicationId| {
        let mut boards = boards.iter();
        boards.any(|placed| placed.contains_key(id) || placed.count_of(*id) > 0)
    };
    applications.retain(|Application { id, state, .. }| state.may_be_paired() || is_placed(id));
    applications
}

fn seasons(scene: &Scene, zones: &BTreeSet<ZoneName>) -> Seasons {
    Seasons::over(
        zones,
        scene.cohort.calendar.starts,
        scene.cohort.calendar.ends,
    )
}

/// Of whom something is read.
struct Whom<'a> {
    people: Among<'a, PersonId>,
    applications: Among<'a, ApplicationId>,
}

impl Default for Whom<'_> {
    fn default() -> Self {
        Self {
            people: Among::Everybody,
            applications: Among::Everybody,
        }
    }
}

async fn facts(
    tx: &Tx,
    scene: &Scene,
    candidates: &[Candidate],
    whom: Whom<'_>,
) -> Stored<PairFacts> {
    let cohort = scene.cohort.id;
    let blocked = blocks::pairs(tx, cohort, whom.people).await?;
    let former = pairings::former_pairs(tx, cohort, whom.people).await?;
    let forbidden = pairings::forbidden_pairs(tx, cohort, whom.applications).await?;
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
