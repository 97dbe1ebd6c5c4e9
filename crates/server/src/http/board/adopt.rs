//! Brings a plan onto a board: made anew from the board as it is, proven, and applied as one command.

use axum::extract::State;
use tandem_api::board::{CommandAccepted, RefusedCommand, SendCommand};
use tandem_api::matching::AdoptPlan;
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::board::{Board, Command, Placement, Refusal};
use tandem_domain::id::{ApplicationId, PersonId, ScenarioId};
use tandem_domain::matching::{self as domain, Answer, PlanAnswer, Question};
use tandem_domain::permission::Action;

use super::ask::answer;
use super::command::{Noted, apply};
use super::{entries, load, on_board};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::store::Tx;
use crate::store::pairings::log::{self, Logged};
use crate::store::pairings::scoring::{self, Kept};

/// How often a plan is made anew because the board changed while it was made.
const TRIES: u32 = 4;

/// Adopts a plan, or a part of it.
///
/// The plan is made anew from the board as it is now, so that nobody adopts what was never best. It
/// is solved outside the transaction and applied within it only if nothing changed in between.
#[utoipa::path(post, path = path::PLANS, params(("scenario" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "Adopted, now or by the same request before"),
    (status = 409, description = "The best plan is another by now; `extra` has it", body = Problem),
    (status = 422, description = "A rule forbids a part of it", body = Problem),
))]
pub(super) async fn adopt(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    Json(sent): Json<AdoptPlan>,
) -> Result<axum::Json<CommandAccepted>, AppError> {
    for _ in 0..TRIES {
        let now = app.clock.now();
        let read = app.store.read(async |tx| {
            let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
            scene.allow(Action::ChangeBoard)?;
            let by = caller.require()?.person.id;
            if sent.mentees.is_empty() {
                return Err(AppError::invalid("/mentees", "required"));
            }
            if let Some(before) = log::find(&tx, sent.id).await? {
                let accepted = repeated(&tx, before, scenario.id, &sent, by).await?;
                return Ok(Seen::Before(Box::new(accepted)));
            }
            let board = load::board(&tx, &scene, &scenario).await?;
            let kept = scoring::of(&tx, scene.cohort.id).await?;
            Ok::<_, AppError>(Seen::Now(Box::new((board, kept, scenario.rev))))
        });
        let (board, kept, rev) = match read.await? {
            Seen::Before(accepted) => return Ok(axum::Json(*accepted)),
            Seen::Now(now) => *now,
        };
        let plan = solved(&board, &kept, &sent).await?;
        let made = Made { plan, kept, rev };
        if let Some(accepted) = write(&app, &caller, scenario, &sent, made).await? {
            return Ok(axum::Json(accepted));
        }
    }
    Err(AppError::Refused(Code::Busy))
}

enum Seen {
    Before(Box<CommandAccepted>),
    Now(Box<(Board, Kept, i64)>),
}

/// A plan, and the board and scoring it was made from.
struct Made {
    plan: PlanAnswer,
    kept: Kept,
    rev: i64,
}

/// The plan as it is best now, if it is the one that the sender saw.
async fn solved(board: &Board, kept: &Kept, sent: &AdoptPlan) -> Result<PlanAnswer, AppError> {
    let problem = domain::Problem::of(board, &kept.scoring);
    let goals = vec![sent.how.goal];
    let answer = answer(problem, sent.how, Question::Plans { goals }).await?;
    let Answer::Plans { plans, .. } = answer else {
        return Err(AppError::Internal(anyhow::anyhow!("another answer")));
    };
    let plan = plans.into_iter().next().ok_or(AppError::NotFound)?;
    if !plan.certified {
        return Err(AppError::Internal(anyhow::anyhow!("a plan is not proven")));
    }
    let pairs = plan.pairs.iter().map(|pair| (pair.mentee, pair.mentor));
    if pairs.eq(sent.pairs.iter().copied()) {
        Ok(plan)
    } else {
        Err(AppError::with(Code::Conflict, &plan))
    }
}

/// Applies the plan if the board is still the one it was made from.
async fn write(
    app: &App,
    caller: &Caller,
    scenario: ScenarioId,
    sent: &AdoptPlan,
    made: Made,
) -> Result<Option<CommandAccepted>, AppError> {
    let now = app.clock.now();
    let (caller, sent) = (caller.clone(), sent.clone());
    let write = app.store.write(move |tx| async move {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::ChangeBoard)?;
        let by = caller.require()?.person.id;
        let scored = scoring::of(&tx, scene.cohort.id).await?.version;
        if scenario.rev != made.rev || scored != made.kept.version {
            return Ok(None);
        }
        let board = load::board(&tx, &scene, &scenario).await?;
        let command = command(&board, &made.plan, &sent);
        if let (true, Some(mentee)) = (command.concerned().is_empty(), sent.mentees.first()) {
            let refusal = Refusal::NothingToDo { mentee: *mentee };
            let theirs = None;
            return Err(AppError::with(
                Code::Refused,
                &RefusedCommand { refusal, theirs },
            ));
        }
        let noted = noted(&made, &sent);
        let made_of_it = SendCommand {
            id: sent.id,
            command,
            expect: sent.expect,
            undoes: None,
        };
        let logged = apply(&tx, &scene, scenario, made_of_it, by, noted).await?;
        Ok::<_, AppError>(Some(accepted(&tx, logged).await?))
    });
    write.await
}

/// What the chosen mentees get by the plan, where it is something else than they have.
fn command(board: &Board, plan: &PlanAnswer, sent: &AdoptPlan) -> Command {
    let mentor_of = |mentee: ApplicationId| {
        let at = plan.pairs.binary_search_by_key(&mentee, |pair| pair.mentee);
        at.ok()
            .and_then(|at| plan.pairs.get(at))
            .map(|pair| pair.mentor)
    };
    let mut mentees = sent.mentees.clone();
    mentees.sort_unstable();
    mentees.dedup();
    let is_changed = |mentee: &ApplicationId| board.mentor_of(*mentee) != mentor_of(*mentee);
    let placement = |mentee: ApplicationId| {
        let placement = mentor_of(mentee).map(|mentor| Placement {
            mentor,
            locked: false,
            override_reason: None,
        });
        (mentee, placement)
    };
    Command::Adopt {
        goal: sent.how.goal,
        placements: mentees
            .into_iter()
            .filter(is_changed)
            .map(placement)
            .collect(),
    }
}

/// What is needed to make the plan again one day.
fn noted(made: &Made, sent: &AdoptPlan) -> Noted {
    let body = serde_json::json!({
        "how": sent.how,
        "scoring": made.kept.scoring,
        "scoring_version": made.kept.version,
        "board_rev": made.rev,
        "total": made.plan.figures.total,
        "unmatched": made.plan.figures.unmatched,
        "certified": made.plan.certified,
    });
    let body = match body {
        serde_json::Value::Object(body) => body,
        _ => serde_json::Map::new(),
    };
    Noted {
        kind: "board.plan_adopted",
        body,
    }
}

/// The answer to a request that was done before, if it is the same one.
async fn repeated(
    tx: &Tx,
    before: Logged,
    scenario: ScenarioId,
    sent: &AdoptPlan,
    by: PersonId,
) -> Result<CommandAccepted, AppError> {
    let concerns = |mentee: &ApplicationId| sent.mentees.contains(mentee);
    let is_same = matches!(before.command, Command::Adopt { .. })
        && before.scenario == scenario
        && before.by == by
        && before.command.concerned().iter().all(concerns);
    if is_same {
        accepted(tx, before).await
    } else {
        Err(AppError::Refused(Code::IdempotencyKeyReused))
    }
}

async fn accepted(tx: &Tx, logged: Logged) -> Result<CommandAccepted, AppError> {
    let entry = entries(tx, vec![logged]).await?.pop();
    let entry = entry.ok_or(AppError::NotFound)?;
    Ok(CommandAccepted { entry })
}
