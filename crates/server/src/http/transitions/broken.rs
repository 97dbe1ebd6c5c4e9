//! Pairs that break a rule by now. Each was allowed when it was made; since then somebody may have
//! withdrawn, asked to be kept apart, or taken back a place. None of them is signed off or published.

use tandem_api::cohort::{BrokenPair, BrokenPairs};
use tandem_api::problem::Code;
use tandem_domain::board::Board;
use tandem_domain::cohort::CohortState;
use tandem_domain::id::ApplicationId;

use crate::error::AppError;
use crate::http::board::load;
use crate::http::scene::Scene;
use crate::store::pairings::scenarios;
use crate::store::{Stored, Tx};

/// What is said to whoever must not know which pairs they are.
const UNNAMED: &str = "Pairs on the board break a rule by now. Others of the committee see which.";

/// The pairs that stand in the way of a move: none, if it does not make the board known.
pub(super) async fn pairs(tx: &Tx, scene: &Scene, to: CohortState) -> Stored<Vec<BrokenPair>> {
    if !matches!(to, CohortState::SignOff | CohortState::Published) {
        return Ok(Vec::new());
    }
    let Some(scenario) = scenarios::in_force(tx, scene.cohort.id).await? else {
        return Ok(Vec::new());
    };
    let board = load::board(tx, scene, &scenario).await?;
    let broken = board.breaches().into_iter();
    Ok(broken
        .map(|(mentee, mentor, rules)| BrokenPair {
            mentee: name(&board, mentee),
            mentor: name(&board, mentor),
            rules,
        })
        .collect())
}

/// Refuses a move that broken pairs stand in the way of, and names them to whoever stays away from
/// nobody.
pub(super) async fn refuse(tx: &Tx, scene: &Scene, to: CohortState) -> Result<(), AppError> {
    let broken = pairs(tx, scene, to).await?;
    if broken.is_empty() {
        return Ok(());
    }
    if scene.actor.recusal.is_any() {
        return Err(AppError::Explained(Code::Refused, UNNAMED.to_owned()));
    }
    Err(AppError::with(Code::Refused, &BrokenPairs { broken }))
}

fn name(board: &Board, id: ApplicationId) -> String {
    let candidate = board.candidates.get(&id);
    candidate.map_or_else(String::new, |candidate| candidate.name.clone())
}
