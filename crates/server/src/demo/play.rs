//! Plays the year of a demonstration from one moment to another: what happens is done by the same
//! functions that serve requests, and only where people have not done something else meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use tandem_api::problem::Code;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::{CohortState, stage, transitions_from};
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::{CohortId, PersonId};
use tandem_domain::permission::Actor;
use tandem_domain::role::{Office, Role};

use super::script::{Step, steps};
use super::world::{Applicant, CHAIR, Member, OFFICER, World};
use super::{applying, committee, pairing};
use crate::app::App;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::http::transitions;
use crate::store::applications::{self, Application};
use crate::store::audit::Moment;
use crate::store::cohorts::{self, Cohort};
use crate::store::{StoreError, Tx, people};
use crate::zone;

/// The states through which a cohort goes if all goes well.
const PATH: [CohortState; 6] = [
    CohortState::Draft,
    CohortState::Announced,
    CohortState::Review,
    CohortState::Pairing,
    CohortState::SignOff,
    CohortState::Published,
];

/// A year under way.
pub struct Play<'a> {
    /// The transaction in which everything happens.
    pub tx: &'a Tx,
    /// The server's parts.
    pub app: &'a App,
    /// Who there is.
    pub world: &'a World,
    /// The cohort it is about.
    pub cohort: CohortId,
    /// The form of each role.
    pub forms: BTreeMap<Role, FormDef>,
    /// References that are in use.
    pub taken: BTreeSet<String>,
    /// Program time when the play begins: nothing happens before.
    pub from: DateTime<Utc>,
    /// Real time.
    pub real: DateTime<Utc>,
}

/// Lets everything happen that happens after `reached`, up to `until`.
pub async fn play(
    tx: &Tx,
    app: &App,
    world: &World,
    (reached, from, until): (DateTime<Utc>, DateTime<Utc>, DateTime<Utc>),
) -> Result<(), AppError> {
    let cohort = cohorts::by_slug(tx, &world.year.cohort().slug).await?;
    let cohort = cohort.ok_or(AppError::NotFound)?.id;
    let mut forms = BTreeMap::new();
    for role in Role::ALL {
        let form = cohorts::form(tx, cohort, role)
            .await?
            .ok_or(AppError::NotFound)?;
        forms.insert(role, form);
    }
    let present = applications::of_cohort(tx, cohort).await?;
    let taken = present
        .into_iter()
        .filter_map(|one| one.reference)
        .collect();
    let real = app.clock.real();
    let mut play = Play {
        tx,
        app,
        world,
        cohort,
        forms,
        taken,
        from,
        real,
    };
    // Who is to be kept apart is worked out once for all that arrive together.
    let mut is_bound = true;
    for (at, step) in steps(world)?
        .into_iter()
        .filter(|(at, _)| (reached < *at) && *at <= until)
    {
        match step {
            Step::Send(_) => is_bound = false,
            Step::Move(_) | Step::Pair if !is_bound => {
                applying::keep_apart(&play, play.moment(at)).await?;
                is_bound = true;
            }
            _ => {}
        }
        play.step(play.moment(at), step).await?;
    }
    if !is_bound {
        applying::keep_apart(&play, play.moment(until)).await?;
    }
    Ok(())
}

impl Play<'_> {
    /// When something happens that is due at a time: never before the play began.
    fn moment(&self, due: DateTime<Utc>) -> Moment {
        Moment {
            real: self.real,
            program: due.max(self.from),
        }
    }

    async fn step(&mut self, now: Moment, step: Step<'_>) -> Result<(), AppError> {
        match step {
            Step::Begin(applicant) => applying::begin(self, applicant, now).await,
            Step::Send(applicant) => applying::send(self, applicant, now).await,
            Step::Withdraw(applicant) => applying::withdraw(self, applicant, now).await,
            Step::Ask(applicant) => committee::ask(self, applicant, now).await,
            Step::Decide(applicant) => committee::decide(self, applicant, now).await,
            Step::Move(to) => self.walk(to, now).await,
            Step::Pair => {
                self.walk(CohortState::Pairing, now).await?;
                pairing::pair(self, now).await
            }
        }
    }

    /// Moves the cohort on to a state by its ordinary moves, unless it is there or was given up, or
    /// as far as nothing stands in the way.
    async fn walk(&self, to: CohortState, now: Moment) -> Result<(), AppError> {
        let place = |state| PATH.iter().position(|other| *other == state);
        loop {
            let cohort = self.cohort().await?;
            let (Some(here), Some(there)) = (place(cohort.state), place(to)) else {
                return Ok(());
            };
            let Some(next) = PATH.get(here + 1).filter(|_| here < there) else {
                return Ok(());
            };
            let step = transitions_from(cohort.state).find(|step| step.to == *next);
            let step = step.ok_or(AppError::NotFound)?;
            let by_chair = step.by.contains(&Office::Chair) && cohort.state != CohortState::Draft;
            let mover = if by_chair { CHAIR } else { OFFICER };
            let scene = self.scene(self.member(mover).await?, now).await?;
            match transitions::make(self.tx, self.app, &scene, *next, "").await {
                // Pairs that people made break a rule by now: people put them right.
                Err(AppError::With(Code::Refused, _)) => return Ok(()),
                other => other?,
            };
            if *next == CohortState::Pairing {
                pairing::set_floor(self, now).await?;
            }
        }
    }

    /// The cohort as it is now.
    pub async fn cohort(&self) -> Result<Cohort, AppError> {
        cohorts::find(self.tx, self.cohort)
            .await?
            .ok_or(AppError::NotFound)
    }

    /// Where something takes place that an actor does.
    pub async fn scene(&self, actor: Actor, now: Moment) -> Result<Scene, AppError> {
        scene(self.cohort().await?, actor, now)
    }

    /// Somebody of the committee as an actor.
    pub async fn member(&self, member: Member) -> Result<Actor, AppError> {
        let person = self.person(member.email).await?;
        Ok(actor(person, &[member.office]))
    }

    /// Who has an address.
    pub async fn person(&self, email: &str) -> Result<PersonId, AppError> {
        Ok(people::by_email(self.tx, email)
            .await?
            .ok_or(AppError::NotFound)?
            .id)
    }

    /// The application of an applicant, if it is in the state.
    pub async fn application(
        &self,
        applicant: &Applicant,
        state: ApplicationState,
    ) -> Result<Option<Application>, AppError> {
        let person = self.person(&applicant.profile.email).await?;
        let own = applications::of_person_in(self.tx, person, self.cohort).await?;
        let role = applicant.profile.role;
        Ok(own
            .into_iter()
            .find(|one| one.role == role && one.state == state))
    }

    /// The form of a role.
    pub fn form(&self, role: Role) -> Result<&FormDef, StoreError> {
        self.forms.get(&role).ok_or_else(|| StoreError::Unreadable {
            what: "form",
            cause: format!("none for {}", role.slug()),
        })
    }
}

/// Where something takes place that an actor does.
pub fn scene(cohort: Cohort, actor: Actor, now: Moment) -> Result<Scene, AppError> {
    let today = zone::today(now.program, &cohort.zone)?;
    let stage = stage(cohort.state, &cohort.calendar, now.program, today);
    Ok(Scene {
        cohort,
        stage,
        actor,
        now,
        today,
    })
}

/// Somebody with a confirmed address and these offices.
pub fn actor(person: PersonId, offices: &[Office]) -> Actor {
    Actor {
        person: Some(person),
        confirmed: true,
        offices: offices.to_vec(),
        ..Actor::default()
    }
}
