//! Commands on a board: done wholly or not at all, once, and by those who may.

use axum::extract::State;
use tandem_api::board::{CommandAccepted, Entry, RefusedCommand, SendCommand};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::board::{AdoptedFrom, Board, Command, Placement, Placements, Refusal};
use tandem_domain::id::{ApplicationId, PersonId, ScenarioId};
use tandem_domain::permission::Action;
use tandem_domain::recusal::Effect;
use tandem_domain::rule::HardRule;

use super::{CATCH_UP, entries, load, on_board};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::scene::Scene;
use crate::store::audit::{self, Happening};
use crate::store::pairings::log::{self, Logged};
use crate::store::pairings::scenarios::{self, Scenario};
use crate::store::pairings::{self, terms};
use crate::store::{Stored, Tx};

/// How long a reason may be, in characters.
const REASON: usize = 500;
/// How many things are done together at most.
const TOGETHER: usize = 1_000;

/// Does what a command says, or changes nothing.
#[utoipa::path(post, path = path::COMMANDS, params(("scenario" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "Done, now or by the same command before"),
    (status = 409, description = "Somebody changed it meanwhile", body = Problem),
    (status = 422, description = "A rule forbids it", body = Problem),
))]
pub(super) async fn send_command(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    Json(sent): Json<SendCommand>,
) -> Result<axum::Json<CommandAccepted>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::ChangeBoard)?;
        let by = caller.require()?.person.id;
        check_kind(&sent.command, &scenario)?;
        let logged = match log::find(&tx, sent.id).await? {
            Some(before) => repeated(before, &scenario, &sent, by)?,
            None => apply(&tx, &scene, scenario, sent, by, Noted::command()).await?,
        };
        let entry = entries(&tx, vec![logged])
            .await?
            .pop()
            .ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(axum::Json(CommandAccepted { entry }))
    });
    write.await
}

/// A plan comes by its own way, which solves it anew; terms hold for every board of the cohort, so
/// they are set on the one in force, and never as one of several things that are done together.
fn check_kind(command: &Command, on: &Scenario) -> Result<(), AppError> {
    let is_accepted = match command {
        Command::Adopt { .. } => false,
        Command::Forbid { .. } | Command::Allow { .. } | Command::SetPlaces { .. } => on.in_force,
        Command::Together { commands } => {
            commands.len() <= TOGETHER && commands.iter().all(Command::goes_with_others)
        }
        _ => true,
    };
    if is_accepted {
        Ok(())
    } else {
        Err(AppError::invalid("/command/kind", "not_accepted"))
    }
}

/// What is adopted from another board names one of the same cohort as it is called: the log keeps
/// the name.
async fn check_source(tx: &Tx, onto: &Scenario, command: &Command) -> Result<(), AppError> {
    let Command::AdoptFrom {
        from: AdoptedFrom::Scenario { scenario, name },
        ..
    } = command
    else {
        return Ok(());
    };
    let source = scenarios::find(tx, *scenario).await?;
    let is_known = source.is_some_and(|source| {
        source.cohort == onto.cohort && source.id != onto.id && source.name == *name
    });
    if is_known {
        Ok(())
    } else {
        Err(AppError::invalid("/command/from", "unknown"))
    }
}

/// The answer to a command that was done before, if it is the same one.
fn repeated(
    before: Logged,
    scenario: &Scenario,
    sent: &SendCommand,
    by: PersonId,
) -> Result<Logged, AppError> {
    let is_same =
        before.scenario == scenario.id && before.command == sent.command && before.by == by;
    if is_same {
        Ok(before)
    } else {
        Err(AppError::Refused(Code::IdempotencyKeyReused))
    }
}

/// What the log of happenings says of a command, beside its id.
pub(super) struct Noted {
    /// What happened.
    pub(super) kind: &'static str,
    /// What is to be known of it later.
    pub(super) body: serde_json::Map<String, serde_json::Value>,
}

impl Noted {
    /// A command like any other.
    pub(super) fn command() -> Self {
        Self {
            kind: "board.command",
            body: serde_json::Map::new(),
        }
    }
}

/// Applies a command to a board and logs it, or changes nothing.
pub(super) async fn apply(
    tx: &Tx,
    scene: &Scene,
    mut scenario: Scenario,
    sent: SendCommand,
    by: PersonId,
    noted: Noted,
) -> Result<Logged, AppError> {
    check_reason(&sent.command)?;
    check_source(tx, &scenario, &sent.command).await?;
    // How many somebody takes is agreed with that person, by the chair.
    if matches!(sent.command, Command::SetPlaces { .. }) {
        scene.allow(Action::OverrideWarning)?;
    }
    let mut board = load::around(tx, scene, &scenario, &sent.command).await?;
    let before = board.placements.clone();
    let places = board.places(&sent.command);
    let speaks_for_chair = speaks_for_chair(tx, scene, &scenario, &sent).await?;
    let mut inverse = match board.apply(&sent.command, &sent.expect, speaks_for_chair) {
        Ok(inverse) => inverse,
        Err(refusal) => return Err(refused(tx, &board, &scenario, refusal).await?),
    };
    if let Some(terms) = board.present_terms(&sent.command) {
        give_reason(tx, scene, &mut inverse).await?;
        let reason = reason_of(tx, &sent).await?;
        let kept = (reason.as_str(), by, scene.now.program);
        terms::keep(tx, scene.cohort.id, terms, kept).await?;
    }
    scenario.rev += 1;
    scenarios::update(tx, &scenario).await?;
    pairings::replace_placements(tx, &scenario, (&before, &board.placements)).await?;
    let logged = Logged {
        id: sent.id,
        scenario: scenario.id,
        rev: scenario.rev,
        by,
        at: scene.now.real,
        command: sent.command,
        inverse,
        undoes: sent.undoes,
        effects: effects(&board, places),
    };
    log::insert(tx, &logged).await?;
    let mut body = noted.body;
    body.insert("command".to_owned(), serde_json::json!(logged.id));
    let happening = Happening {
        actor: Some(by),
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        scenario: Some(scenario.id),
        kind: noted.kind,
        rev: scenario.rev,
        body: body.into(),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    Ok(logged)
}

/// Gives the command that keeps two people apart again the reason for which they still are. A board
/// knows of no reasons.
async fn give_reason(tx: &Tx, scene: &Scene, inverse: &mut Command) -> Stored<()> {
    if let Command::Forbid {
        mentee,
        mentor,
        reason,
    } = inverse
    {
        let kept = terms::reason(tx, scene.cohort.id, (*mentee, *mentor)).await?;
        *reason = kept.unwrap_or_default();
    }
    Ok(())
}

/// Why two people are to be kept apart. Who takes back that they may be paired may have done so
/// before the reason was known to the page: it is the one from before.
async fn reason_of(tx: &Tx, sent: &SendCommand) -> Stored<String> {
    let Command::Forbid {
        mentee,
        mentor,
        reason,
    } = &sent.command
    else {
        return Ok(String::new());
    };
    let said = reason.trim();
    let (true, Some(undoes)) = (said.is_empty(), sent.undoes) else {
        return Ok(said.to_owned());
    };
    let undone = log::find(tx, undoes).await?.map(|undone| undone.inverse);
    Ok(match undone {
        Some(Command::Forbid {
            mentee: of,
            mentor: with,
            reason,
        }) if (of, with) == (*mentee, *mentor) => reason,
        _ => String::new(),
    })
}

/// What a command has done to each mentee that was there before.
pub(crate) fn effects(
    board: &Board,
    before: Vec<(ApplicationId, Option<Placement>)>,
) -> Vec<Effect> {
    let effect = |(mentee, before)| Effect {
        mentee,
        before,
        after: board.placements.get(&mentee).cloned(),
    };
    before.into_iter().map(effect).collect()
}

/// The chair may let a warning stand. So may whoever undoes a command, or adopts a pair from another
/// board: what stood there had the chair's word.
async fn speaks_for_chair(
    tx: &Tx,
    scene: &Scene,
    scenario: &Scenario,
    sent: &SendCommand,
) -> Stored<bool> {
    if scene.may(Action::OverrideWarning) {
        return Ok(true);
    }
    if let Command::AdoptFrom {
        from: AdoptedFrom::Scenario { scenario, .. },
        placements,
    } = &sent.command
    {
        let there = pairings::placements(tx, *scenario).await?;
        return Ok(stood_there(placements, &there));
    }
    let Some(undoes) = sent.undoes else {
        return Ok(false);
    };
    let undone = log::find(tx, undoes).await?;
    Ok(undone
        .is_some_and(|undone| undone.scenario == scenario.id && undone.inverse == sent.command))
}

/// Whether the chair let warnings stand on the other board wherever they are to stand here: for the
/// same two, for the same reason.
fn stood_there(wanted: &[(ApplicationId, Option<Placement>)], there: &Placements) -> bool {
    let places = wanted
        .iter()
        .filter_map(|(mentee, place)| Some((mentee, place.as_ref()?)));
    let mut warned = places.filter(|(_, place)| place.override_reason.is_some());
    warned.all(|(mentee, place)| {
        there.get(mentee).is_some_and(|had| {
            had.mentor == place.mentor && had.override_reason == place.override_reason
        })
    })
}

fn check_reason(command: &Command) -> Result<(), AppError> {
    let reason = match command {
        Command::Together { commands } => return commands.iter().try_for_each(check_reason),
        Command::Pair {
            override_reason, ..
        }
        | Command::Move {
            override_reason, ..
        }
        | Command::Replace {
            override_reason, ..
        }
        | Command::Swap {
            override_reason, ..
        } => override_reason.as_deref().unwrap_or_default(),
        Command::Forbid { reason, .. } => reason,
        Command::Unpair { .. }
        | Command::Lock { .. }
        | Command::Unlock { .. }
        | Command::Allow { .. }
        | Command::SetPlaces { .. } => "",
        Command::Restore { placements }
        | Command::Adopt { placements, .. }
        | Command::AdoptFrom { placements, .. } => placements
            .iter()
            .filter_map(|(_, placement)| placement.as_ref()?.override_reason.as_deref())
            .max_by_key(|reason| reason.chars().count())
            .unwrap_or_default(),
    };
    if reason.chars().count() > REASON {
        let place = match command {
            Command::Forbid { .. } => "/command/reason",
            Command::Restore { .. } | Command::Adopt { .. } | Command::AdoptFrom { .. } => {
                "/command/placements"
            }
            _ => "/command/override_reason",
        };
        return Err(AppError::invalid(place, "too_long"));
    }
    Ok(())
}

/// The problem that a refusal becomes: a lost race with the other's command, or a rule.
async fn refused(
    tx: &Tx,
    board: &Board,
    scenario: &Scenario,
    refusal: Refusal,
) -> Stored<AppError> {
    let concerned = match &refusal {
        Refusal::Changed { now } => Some(vec![now.mentee]),
        // Full by now: what filled it may be what the sender has not seen.
        Refusal::Rule { mentor, rules, .. } if rules.contains(&HardRule::Capacity) => {
            Some(board.mentees_of(*mentor).collect())
        }
        _ => None,
    };
    let code = match &refusal {
        Refusal::Changed { .. } | Refusal::PlacesChanged { .. } => Code::Conflict,
        _ => Code::Refused,
    };
    let theirs = match concerned {
        Some(mentees) => last_about(tx, scenario, &mentees).await?,
        None => None,
    };
    Ok(AppError::with(code, &RefusedCommand { refusal, theirs }))
}

/// The last command about any of these mentees, as far as the recent log reaches.
async fn last_about(
    tx: &Tx,
    scenario: &Scenario,
    mentees: &[ApplicationId],
) -> Stored<Option<Entry>> {
    let recent = log::recent(tx, scenario.id, CATCH_UP as u64).await?;
    let is_about = |logged: &Logged| {
        logged
            .command
            .concerned()
            .iter()
            .any(|mentee| mentees.contains(mentee))
    };
    let about: Vec<Logged> = recent.into_iter().find(is_about).into_iter().collect();
    Ok(entries(tx, about).await?.pop())
}
