//! Moves of a cohort between its states: what is possible, what it causes, and doing it.

mod broken;
mod mails;
mod publish;

use std::collections::BTreeMap;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;
use tandem_api::cohort::{
    CausedMail, CohortView, MakeTransition, PossibleTransition, TransitionNote,
};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::application::ApplicationState;
use tandem_domain::board::Placements;
use tandem_domain::cohort::{CohortState, Stage, TransitionError, transition, transitions_from};
use tandem_domain::id::CohortId;
use tandem_domain::permission::Action;
use tandem_domain::role::Role;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::cohorts::view_of;
use crate::http::precondition::{self, IdempotencyKey, IfMatch};
use crate::http::scene::Scene;
use crate::http::timeline;
use crate::store::applications::{self, Application};
use crate::store::audit::{Happening, note};
use crate::store::cohorts::Cohort;
use crate::store::outbox::NewMail;
use crate::store::pairings;
use crate::store::{Tx, cohorts};

/// The longest reason.
const REASON_LIMIT: usize = 2000;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_transitions, make_transition))
}

/// The moves that exist from the present state, with the mails they cause.
#[utoipa::path(get, path = path::TRANSITIONS, params(("cohort" = String, Path)), responses(
    (status = 200, description = "The moves; none once a cohort is completed"),
    (status = 403, description = "For chair and officer", body = Problem),
))]
async fn list_transitions(
    State(app): State<App>,
    caller: Caller,
    Path(cohort): Path<CohortId>,
) -> Result<Answer<Vec<PossibleTransition>>, AppError> {
    let now = app.clock.now();
    let parts = app.clone();
    let read = app.store.read(|tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        match scene.allow(Action::MoveCohort) {
            Err(AppError::Refused(Code::WrongState)) => return Ok(Answer(Vec::new())),
            asked => asked?,
        }
        let mut possible = bare(&scene);
        // Counts, letters and names would tell of those from whom the reader stays away.
        if !scene.actor.recusal.is_any() {
            let people = People::of(&tx, cohort).await?;
            for one in &mut possible {
                let caused = mails::caused(&tx, &parts, &scene, &people, (one.to, "…")).await?;
                one.mails = by_template(caused);
                one.notes = people.notes(scene.stage, one.to);
                one.broken = broken::pairs(&tx, &scene, one.to).await?;
            }
        }
        Ok::<_, AppError>(Answer(possible))
    });
    read.await
}

/// The moves that exist, without what they cause.
fn bare(scene: &Scene) -> Vec<PossibleTransition> {
    let moves = transitions_from(scene.cohort.state);
    moves
        .map(|transition| PossibleTransition {
            to: transition.to,
            needs_reason: transition.needs_reason,
            allowed: transition.by.iter().any(|office| scene.actor.is(*office)),
            recused: scene.actor.recusal.is_any(),
            notes: Vec::new(),
            mails: Vec::new(),
            broken: Vec::new(),
        })
        .collect()
}

/// Moves a cohort to another state.
#[utoipa::path(post, path = path::TRANSITIONS, params(("cohort" = String, Path)),
    request_body = Object, responses(
        (status = 200, description = "Moved"),
        (status = 409, description = "There is no such move from here", body = Problem),
        (status = 412, description = "Changed elsewhere meanwhile", body = Problem),
        (status = 422, description = "A reason is missing, or pairs of the board break a rule by \
            now: `extra` names them, except to whoever stays away from people of the cohort",
            body = Problem),
))]
async fn make_transition(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    seen: IfMatch,
    Path(cohort): Path<CohortId>,
    Json(wanted): Json<MakeTransition>,
) -> Result<precondition::Answer, AppError> {
    let now = app.clock.now();
    let parts = app.clone();
    let write = app.store.write(move |tx| async move {
        let scene = Scene::of_cohort(&tx, &caller, now, cohort).await?;
        // Asked inside, so that a repeat is answered as before even from where the move led.
        let work = async {
            scene.allow(Action::MoveCohort)?;
            seen.check(scene.cohort.rev)?;
            make(&tx, &parts, &scene, wanted.to, &wanted.reason).await
        };
        key.once(&tx, &caller.name(), &wanted, now.real, StatusCode::OK, work)
            .await
    });
    write.await
}

/// Moves a cohort, if the actor of the scene may: state, applications, mails and log together.
pub(crate) async fn make(
    tx: &Tx,
    app: &App,
    scene: &Scene,
    to: CohortState,
    reason: &str,
) -> Result<CohortView, AppError> {
    let mut check = Check::default();
    check.optional("/reason", reason, REASON_LIMIT);
    check.done()?;
    let from = scene.cohort.state;
    transition(from, to, &scene.actor.offices, reason).map_err(|error| match error {
        TransitionError::NoSuchMove => AppError::Refused(Code::WrongState),
        TransitionError::OtherOffice => AppError::Forbidden,
        TransitionError::ReasonMissing => AppError::invalid("/reason", "required"),
    })?;
    broken::refuse(tx, scene, to).await?;
    let people = People::of(tx, scene.cohort.id).await?;
    for mail in mails::caused(tx, app, scene, &people, (to, reason)).await? {
        app.post.put(tx, mail, scene.now).await?;
    }
    if to == CohortState::Published {
        publish::publish(tx, scene, &people).await?;
    }
    let rev = cohorts::set_state(tx, &scene.cohort, to).await?;
    let happening = Happening {
        actor: scene.actor.person,
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind: "cohort.moved",
        rev,
        body: json!({ "from": from, "to": to }),
        reason: reason.trim().to_owned(),
        ..Happening::default()
    };
    note(tx, scene.now, happening).await?;
    if (from, to) == (CohortState::Draft, CohortState::Announced) {
        timeline::announce(tx, app, &scene.with_cohort(found(tx, scene).await?)).await?;
    }
    let moved = found(tx, scene).await?;
    view_of(tx, &scene.actor, moved, scene.now).await
}

/// The cohort as it is now.
async fn found(tx: &Tx, scene: &Scene) -> Result<Cohort, AppError> {
    let cohort = cohorts::find(tx, scene.cohort.id).await?;
    cohort.ok_or(AppError::NotFound)
}

/// Everybody a move may concern.
struct People {
    applications: Vec<Application>,
    placements: Placements,
}

impl People {
    async fn of(tx: &Tx, cohort: CohortId) -> Result<Self, AppError> {
        let placements = match pairings::scenarios::in_force(tx, cohort).await? {
            Some(board) => pairings::placements(tx, board.id).await?,
            None => Placements::default(),
        };
        Ok(Self {
            applications: applications::of_cohort(tx, cohort).await?,
            placements,
        })
    }

    /// Those who may be paired.
    fn eligible(&self) -> impl Iterator<Item = &Application> {
        self.applications
            .iter()
            .filter(|one| one.state == ApplicationState::Eligible)
    }

    /// The partners of an application on the board.
    fn partners(&self, of: &Application) -> impl Iterator<Item = &Application> {
        let (id, role) = (of.id, of.role);
        self.eligible().filter(move |other| {
            let (mentee, mentor) = match role {
                Role::Mentee => (id, other.id),
                Role::Mentor => (other.id, id),
            };
            other.role != role
                && self
                    .placements
                    .get(&mentee)
                    .is_some_and(|place| place.mentor == mentor)
        })
    }

    fn notes(&self, stage: Stage, to: CohortState) -> Vec<TransitionNote> {
        use ApplicationState as S;
        let waits =
            |one: &&Application| matches!(one.state, S::Submitted | S::NeedsInfo | S::LatePending);
        let alone =
            |one: &&Application| one.role == Role::Mentee && self.partners(one).next().is_none();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut notes = Vec::new();
        if stage == Stage::Open && matches!(to, CohortState::Review | CohortState::Cancelled) {
            notes.push(TransitionNote::StillOpen);
        }
        let undecided = count(self.applications.iter().filter(waits).count());
        if undecided > 0 && to == CohortState::Pairing && stage == Stage::Review {
            notes.push(TransitionNote::Undecided { count: undecided });
        }
        let lonely = count(self.eligible().filter(alone).count());
        if lonely > 0 && matches!(to, CohortState::SignOff | CohortState::Published) {
            notes.push(TransitionNote::WithoutPartner { count: lonely });
        }
        notes
    }
}

/// One line for each kind of mail, with the first one as an example.
pub(super) fn by_template(mails: Vec<NewMail>) -> Vec<CausedMail> {
    let mut kinds: BTreeMap<&'static str, CausedMail> = BTreeMap::new();
    for mail in mails {
        let kind = kinds.entry(mail.template).or_insert_with(|| CausedMail {
            template: mail.template.to_owned(),
            subject: mail.subject,
            example: mail.body,
            recipients: 0,
        });
        kind.recipients += 1;
    }
    kinds.into_values().collect()
}
