//! The subcommittee of a demonstration pairs people, as far as the rules allow.

use tandem_domain::application::ApplicationState;
use tandem_domain::board::{Board, Command, Refusal};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::{CommandId, PersonId};
use tandem_domain::recusal::Effect;
use tandem_domain::role::Office;
use tandem_domain::score::Scoring;

use super::play::{Play, actor};
use super::source::SourcePair;
use super::world::{CHAIR, FLOOR, MEMBERS};
use crate::error::AppError;
use crate::http::board::command::effects;
use crate::http::board::{load, scoring};
use crate::http::scene::Scene;
use crate::store::audit::{self, Happening, Moment};
use crate::store::pairings;
use crate::store::pairings::log::{self, Logged};
use crate::store::pairings::scenarios::{self, Scenario};

/// Why a warning may stand.
const WORD_OF_THE_CHAIR: &str = "I have asked both; neither minds.";

/// The chair sets the floor when pairing begins.
pub async fn set_floor(play: &Play<'_>, now: Moment) -> Result<(), AppError> {
    let chair = play.person(CHAIR.email).await?;
    let scene = play.scene(actor(chair, &[Office::Chair]), now).await?;
    let before = pairings::scoring::of(play.tx, play.cohort).await?;
    let scoring = Scoring {
        floor: FLOOR,
        ..before.scoring
    };
    scoring::set(play.tx, &scene, chair, (before.version, scoring)).await?;
    Ok(())
}

/// Makes the pairs of the source that the rules allow, beside those that were made already.
pub async fn pair(play: &Play<'_>, now: Moment) -> Result<(), AppError> {
    let chair = play.person(CHAIR.email).await?;
    let scene = play.scene(actor(chair, &[Office::Chair]), now).await?;
    let scenario = scenarios::in_force(play.tx, play.cohort).await?;
    let Some(mut scenario) = scenario.filter(|_| scene.cohort.state == CohortState::Pairing) else {
        return Ok(());
    };
    let mut members = Vec::new();
    for member in MEMBERS {
        members.push(play.person(member.email).await?);
    }
    let mut board = load::board(play.tx, &scene, &scenario).await?;
    let before = board.placements.clone();
    for (pair, member) in play.world.pairs.iter().zip(members.iter().cycle()) {
        let Some(command) = command(play, pair).await? else {
            continue;
        };
        if let Some(done) = apply(&mut board, command, (*member, chair)) {
            note(play, &scene, &mut scenario, done).await?;
        }
    }
    scenarios::update(play.tx, &scenario).await?;
    pairings::replace_placements(play.tx, &scenario, (&before, &board.placements)).await?;
    Ok(())
}

/// A command that was applied: what, what puts it back, and who.
struct Done {
    command: Command,
    inverse: Command,
    by: PersonId,
    effects: Vec<Effect>,
}

/// The command that makes a pair, if both may be paired.
async fn command(play: &Play<'_>, pair: &SourcePair) -> Result<Option<Command>, AppError> {
    let (Some(mentee), Some(mentor)) = (
        play.world.applicant(&pair.mentee),
        play.world.applicant(&pair.mentor),
    ) else {
        return Ok(None);
    };
    let mentee = play.application(mentee, ApplicationState::Eligible).await?;
    let mentor = play.application(mentor, ApplicationState::Eligible).await?;
    let (Some(mentee), Some(mentor)) = (mentee, mentor) else {
        return Ok(None);
    };
    Ok(Some(Command::Pair {
        mentee: mentee.id,
        mentor: mentor.id,
        override_reason: None,
    }))
}

/// Makes a pair if no rule forbids it; a warning stands by the word of the chair.
fn apply(
    board: &mut Board,
    command: Command,
    (member, chair): (PersonId, PersonId),
) -> Option<Done> {
    let expect = board.expect(&command);
    let before = board.places(&command);
    match board.apply(&command, &expect, false) {
        Ok(inverse) => Some(Done {
            command,
            inverse,
            by: member,
            effects: effects(board, before),
        }),
        Err(Refusal::Warned { .. }) => {
            let command = command.with_override(WORD_OF_THE_CHAIR);
            let inverse = board.apply(&command, &expect, true).ok()?;
            Some(Done {
                command,
                inverse,
                by: chair,
                effects: effects(board, before),
            })
        }
        Err(_) => None,
    }
}

async fn note(
    play: &Play<'_>,
    scene: &Scene,
    scenario: &mut Scenario,
    done: Done,
) -> Result<(), AppError> {
    scenario.rev += 1;
    let logged = Logged {
        id: CommandId(uuid::Uuid::now_v7()),
        scenario: scenario.id,
        rev: scenario.rev,
        by: done.by,
        at: scene.now.real,
        command: done.command,
        inverse: done.inverse,
        undoes: None,
        effects: done.effects,
    };
    log::insert(play.tx, &logged).await?;
    let happening = Happening {
        actor: Some(done.by),
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        scenario: Some(scenario.id),
        kind: "board.command",
        rev: scenario.rev,
        body: serde_json::json!({ "command": logged.id }),
        ..Happening::default()
    };
    audit::note(play.tx, scene.now, happening).await?;
    Ok(())
}
