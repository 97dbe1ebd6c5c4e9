//! What this device keeps of a member's commands until the server has answered them: after a crash
//! or a closed tab they are sent when the board is opened again, in order.
//!
//! For three days, for one member, and not at all on a computer that others use too.

use serde::{Deserialize, Serialize};
use tandem_api::board::SendCommand;
use tandem_domain::id::{PersonId, ScenarioId};

use crate::dom::{clock, storage, vault};

/// For how long commands are kept: 72 hours.
const KEPT_MS: u64 = 72 * 60 * 60 * 1_000;

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    at: u64,
    commands: Vec<SendCommand>,
}

/// Where the commands of a member on a board are kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outbox {
    scenario: ScenarioId,
    me: PersonId,
}

impl Outbox {
    /// The outbox of a member on a board.
    pub(super) fn new(scenario: ScenarioId, me: PersonId) -> Self {
        Self { scenario, me }
    }

    fn key(self) -> String {
        format!("board.{}.{}", self.scenario, self.me)
    }

    /// What was kept, unless it is too old.
    pub(super) async fn read(self) -> Vec<SendCommand> {
        let text = vault::read(&self.key()).await;
        text.and_then(|text| decode(&text, clock::millis()))
            .unwrap_or_default()
    }

    /// Keeps these, or nothing if there are none.
    pub(super) async fn write(self, commands: Vec<SendCommand>) {
        let is_kept = !commands.is_empty() && !storage::is_shared();
        let kept = Kept {
            at: clock::millis(),
            commands,
        };
        let text = is_kept.then(|| serde_json::to_string(&kept).ok()).flatten();
        vault::write(self.key(), text).await;
    }
}

fn decode(text: &str, now_ms: u64) -> Option<Vec<SendCommand>> {
    let kept: Kept = serde_json::from_str(text).ok()?;
    (now_ms.saturating_sub(kept.at) <= KEPT_MS).then_some(kept.commands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_kept_for_three_days() {
        let text = r#"{"at":5,"commands":[]}"#;
        assert_eq!(decode(text, 5 + KEPT_MS), Some(Vec::new()));
        assert_eq!(decode(text, 6 + KEPT_MS), None);
        assert_eq!(decode("no outbox", 0), None);
    }
}
