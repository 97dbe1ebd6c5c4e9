//! What this device keeps of a member's commands until the server has answered them, and until the
//! member has decided what becomes of those it did not take: after a crash or a closed tab the former
//! are sent when the board is opened again, in order, and the latter wait there again.
//!
//! For three days, for one member, and not at all on a computer that others use too.

use serde::{Deserialize, Serialize};
use tandem_api::board::SendCommand;
use tandem_domain::id::{PersonId, ScenarioId};

use super::state::decisions::Decision;
use crate::dom::{clock, storage, vault};

/// For how long commands are kept: 72 hours.
const KEPT_MS: u64 = 72 * 60 * 60 * 1_000;

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Waiting {
    /// Commands that the server has not answered, oldest first.
    pub(super) commands: Vec<SendCommand>,
    /// Commands that it did not take, oldest first.
    pub(super) decisions: Vec<Decision>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    at: u64,
    commands: Vec<SendCommand>,
    #[serde(default)]
    decisions: Vec<Decision>,
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
    pub(super) async fn read(self) -> Waiting {
        let text = vault::read(&self.key()).await;
        text.and_then(|text| decode(&text, clock::millis()))
            .unwrap_or_default()
    }

    /// Keeps this, or nothing if nothing waits.
    pub(super) async fn write(self, waiting: Waiting) {
        let is_kept = waiting != Waiting::default() && !storage::is_shared();
        let text = is_kept.then(|| encode(waiting, clock::millis())).flatten();
        vault::write(self.key(), text).await;
    }
}

fn encode(waiting: Waiting, at: u64) -> Option<String> {
    let Waiting {
        commands,
        decisions,
    } = waiting;
    let kept = Kept {
        at,
        commands,
        decisions,
    };
    serde_json::to_string(&kept).ok()
}

fn decode(text: &str, now_ms: u64) -> Option<Waiting> {
    let kept: Kept = serde_json::from_str(text).ok()?;
    (now_ms.saturating_sub(kept.at) <= KEPT_MS).then_some(Waiting {
        commands: kept.commands,
        decisions: kept.decisions,
    })
}

#[cfg(test)]
mod tests {
    use tandem_domain::board::Command;

    use super::*;

    #[test]
    fn commands_are_kept_for_three_days() {
        let text = r#"{"at":5,"commands":[]}"#;
        assert_eq!(decode(text, 5 + KEPT_MS), Some(Waiting::default()));
        assert_eq!(decode(text, 6 + KEPT_MS), None);
        assert_eq!(decode("no outbox", 0), None);
    }

    #[test]
    fn what_needs_a_decision_is_kept_as_it_is() {
        let who = "00000000-0000-0000-0000-000000000007";
        let again = Command::Unpair {
            mentee: who.parse().unwrap(),
        };
        let decision = |again| Decision {
            id: who.parse().unwrap(),
            text: "Not saved: “so”.".to_owned(),
            again,
        };
        let waiting = Waiting {
            commands: Vec::new(),
            decisions: vec![decision(Some(again)), decision(None)],
        };
        let text = encode(waiting.clone(), 5).unwrap();
        assert_eq!(decode(&text, 5), Some(waiting));
    }
}
