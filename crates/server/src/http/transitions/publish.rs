//! Publication: everybody on the board is matched or not, and pairs are remembered for good.

use tandem_domain::application::{ApplicationMove, ApplicationState};
use tandem_domain::role::Role;

use super::People;
use crate::error::AppError;
use crate::http::scene::Scene;
use crate::store::audit::note;
use crate::store::{Tx, applications, pairings};

/// Settles every eligible application, in the transaction of the move.
pub(super) async fn publish(tx: &Tx, scene: &Scene, people: &People) -> Result<(), AppError> {
    for application in people.eligible() {
        let partners: Vec<_> = people.partners(application).collect();
        let step = if partners.is_empty() {
            ApplicationMove::LeaveUnmatched
        } else {
            ApplicationMove::Match
        };
        let mut settled = application.clone();
        settled.state = application
            .state
            .after(step)
            .unwrap_or(ApplicationState::Unmatched);
        settled.rev += 1;
        settled.updated_at = scene.now.program;
        applications::update(tx, &settled).await?;
        let kind = "application.settled";
        note(tx, scene.now, scene.happening(kind, &settled)).await?;
        // Each pair is met twice; the mentor's side writes it down.
        for mentee in partners.iter().filter(|_| application.role == Role::Mentor) {
            let pair = (application.person, mentee.person);
            pairings::keep_pair(tx, scene.cohort.id, pair, scene.now.program).await?;
        }
    }
    Ok(())
}
