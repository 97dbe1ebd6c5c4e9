//! Where a request about a cohort takes place: the cohort, where it stands now, and as whom the
//! caller acts in its program. Read once, in the transaction that acts.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tandem_api::problem::Code;
use tandem_domain::application::window::{Personal, Window};
use tandem_domain::cohort::{Stage, stage};
use tandem_domain::id::{ApplicationId, CohortId, PersonId, ProgramId};
use tandem_domain::permission::{Action, Actor, Subject, takes_applications};
use tandem_domain::recusal::Recusal;

use crate::auth::{Caller, allow};
use crate::error::AppError;
use crate::store::applications::{self, Application};
use crate::store::audit::{Happening, Moment};
use crate::store::cohorts::{self, Cohort};
use crate::store::{Stored, Tx, conflicts, people};
use crate::zone;

/// Where a request takes place.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The cohort.
    pub cohort: Cohort,
    /// Where it stands now.
    pub stage: Stage,
    /// As whom the caller acts.
    pub actor: Actor,
    /// When.
    pub now: Moment,
    /// The civil day in the cohort's zone.
    pub today: NaiveDate,
}

impl Scene {
    /// A request about a cohort.
    pub async fn of_cohort(
        tx: &Tx,
        caller: &Caller,
        now: Moment,
        cohort: CohortId,
    ) -> Result<Self, AppError> {
        let cohort = cohorts::find(tx, cohort).await?.ok_or(AppError::NotFound)?;
        let mut actor = caller.actor(tx, cohort.program).await?;
        if let (Some(person), true) = (actor.person, actor.in_committee()) {
            actor.recusal = recusal(tx, cohort.id, person).await?;
        }
        let today = zone::today(now.program, &cohort.zone)?;
        let stage = stage(cohort.state, &cohort.calendar, now.program, today);
        Ok(Self {
            cohort,
            stage,
            actor,
            now,
            today,
        })
    }

    /// What the server does about a cohort of itself.
    pub fn of_server(cohort: Cohort, now: Moment) -> Result<Self, AppError> {
        let today = zone::today(now.program, &cohort.zone)?;
        let stage = stage(cohort.state, &cohort.calendar, now.program, today);
        Ok(Self {
            cohort,
            stage,
            actor: Actor::visitor(),
            now,
            today,
        })
    }

    /// A request about an application.
    pub async fn of_application(
        tx: &Tx,
        caller: &Caller,
        now: Moment,
        application: ApplicationId,
    ) -> Result<(Self, Application), AppError> {
        let found = applications::by_id(tx, application).await?;
        // Visitors learn nothing from whether it exists.
        caller.require()?;
        let application = found.ok_or(AppError::NotFound)?;
        let scene = Self::of_cohort(tx, caller, now, application.cohort).await?;
        Ok((scene, application))
    }

    /// The same moment after the cohort was changed.
    #[must_use]
    pub fn with_cohort(&self, cohort: Cohort) -> Self {
        let mut changed = self.clone();
        changed.stage = stage(
            cohort.state,
            &cohort.calendar,
            changed.now.program,
            changed.today,
        );
        changed.cohort = cohort;
        changed
    }

    /// The cohort as the permission table knows it.
    pub fn subject(&self) -> Subject {
        Subject::Cohort(self.stage)
    }

    /// An application as the permission table knows it.
    pub fn subject_of(&self, application: &Application) -> Subject {
        Subject::Application {
            owner: application.person,
            state: application.state,
            stage: self.stage,
            granted: self.is_granted(application),
        }
    }

    /// The dates that hold for an application.
    pub fn window(&self, application: &Application) -> Window {
        Window {
            opens: self.cohort.calendar.opens,
            closes: self.cohort.calendar.closes.clone(),
            edit_until: None,
            personal: application.granted.clone(),
        }
    }

    /// Whether an application was granted more time that still runs.
    pub fn is_granted(&self, application: &Application) -> bool {
        let runs = |granted: &Personal| granted.until.accepts(self.now.program);
        application.granted.as_ref().is_some_and(runs)
    }

    /// Whether an application is begun, written and sent now.
    pub fn takes(&self, application: &Application) -> bool {
        takes_applications(self.stage, self.is_granted(application))
    }

    /// Asks whether the caller may do this to the cohort.
    pub fn allow(&self, action: Action) -> Result<(), AppError> {
        allow(&self.actor, action, &self.subject())
    }

    /// Whether the caller may do this to the cohort.
    pub fn may(&self, action: Action) -> bool {
        self.allow(action).is_ok()
    }

    /// Asks whether the caller may do this to an application.
    ///
    /// What is only possible while the call is open says, once it is closed, that it is too late.
    pub fn allow_on(&self, action: Action, application: &Application) -> Result<(), AppError> {
        let asked = allow(&self.actor, action, &self.subject_of(application));
        self.late(action, asked)
    }

    /// Words "not now" as "too late" where the end of the call is what stands against it.
    pub fn late(&self, action: Action, asked: Result<(), AppError>) -> Result<(), AppError> {
        let needs_open_call = matches!(
            action,
            Action::StartApplication | Action::EditApplication | Action::SubmitApplication
        );
        let is_over = !matches!(self.stage, Stage::Draft | Stage::Announced | Stage::Open);
        match asked {
            Err(AppError::Refused(Code::WrongState)) if needs_open_call && is_over => {
                Err(AppError::Refused(Code::DeadlinePassed))
            }
            other => other,
        }
    }

    /// Something that happens to an application, for the log.
    pub fn happening(&self, kind: &'static str, application: &Application) -> Happening {
        Happening {
            actor: self.actor.person,
            program: Some(self.cohort.program),
            cohort: Some(self.cohort.id),
            application: Some(application.id),
            kind,
            rev: application.rev,
            body: serde_json::json!({
                "owner": application.person,
                "state": application.state,
                "role": application.role,
            }),
            ..Happening::default()
        }
    }
}

/// From what of a cohort somebody of the committee stays away. Whoever has sent an application is
/// one of those whom the committee judges, also after having taken it back.
pub async fn recusal(tx: &Tx, cohort: CohortId, person: PersonId) -> Stored<Recusal> {
    let own = applications::of_person_in(tx, person, cohort).await?;
    if own.iter().any(|one| one.submitted_at.is_some()) {
        return Ok(Recusal::Whole);
    }
    let people = conflicts::of_member(tx, cohort, person).await?;
    Ok(if people.is_empty() {
        Recusal::None
    } else {
        Recusal::From(people)
    })
}

/// Whether somebody of a committee stays away from anybody, in whichever cohort of its program.
pub async fn stays_away(tx: &Tx, person: PersonId) -> Stored<bool> {
    let held = people::offices(tx, person).await?;
    let programs: BTreeSet<ProgramId> = held.into_iter().map(|held| held.program).collect();
    if programs.is_empty() {
        return Ok(false);
    }
    let mut concerned = conflicts::cohorts_of(tx, person).await?;
    let own = applications::of_person(tx, person).await?;
    concerned.extend(own.into_iter().map(|one| one.cohort));
    for cohort in concerned {
        let found = cohorts::find(tx, cohort).await?;
        let is_own = found.is_some_and(|cohort| programs.contains(&cohort.program));
        if is_own && recusal(tx, cohort, person).await?.is_any() {
            return Ok(true);
        }
    }
    Ok(false)
}
