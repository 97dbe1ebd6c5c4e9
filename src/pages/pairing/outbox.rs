//! What this device keeps of a member's commands until the server has answered them, and until the
//! member has decided what becomes of those it did not take: after a crash or a closed tab the former
//! are sent when the board is opened again, in order, and the latter wait there again.
//!
//! For three days, for one member, and not at all on a computer that others use too.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use tandem_api::board::SendCommand;
use tandem_domain::id::{PersonId, ScenarioId};
use tandem_domain::order;

use super::state::decisions::Decision;
use crate::dom::{clock, random, storage, vault};

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

/// Where the commands of a member on a board are kept: each page that the member has open keeps its
/// own, so that none forgets what another is still to send.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outbox {
    scenario: ScenarioId,
    me: PersonId,
    page: StoredValue<String>,
    /// What other pages kept, until this one has it among its own.
    taken: StoredValue<Vec<String>>,
}

impl Outbox {
    /// The outbox of a member on a board, on a page that has just been opened.
    pub(super) fn new(scenario: ScenarioId, me: PersonId) -> Self {
        Self {
            scenario,
            me,
            page: StoredValue::new(random::uuid()),
            taken: StoredValue::new(Vec::new()),
        }
    }

    /// How the keys of all pages of this member begin.
    fn prefix(self) -> String {
        format!("board.{}.{}", self.scenario, self.me)
    }

    /// What all pages kept, unless it is too old. What one that is still open kept is sent by both;
    /// the server takes it once.
    pub(super) async fn read(self) -> Waiting {
        let kept = vault::read_all(&self.prefix()).await;
        let (keys, texts): (Vec<String>, Vec<String>) = kept.into_iter().unzip();
        self.taken.try_set_value(keys);
        together(&texts, clock::millis())
    }

    /// Keeps this, or nothing if nothing waits.
    pub(super) async fn write(self, waiting: Waiting) {
        let Some(page) = self.page.try_get_value() else {
            return;
        };
        let is_kept = waiting != Waiting::default() && !storage::is_shared();
        let text = is_kept.then(|| encode(waiting, clock::millis())).flatten();
        let taken = self.taken.try_update_value(std::mem::take);
        let mut changes: Vec<(String, Option<String>)> = taken
            .unwrap_or_default()
            .into_iter()
            .map(|key| (key, None))
            .collect();
        changes.push((format!("{}.{page}", self.prefix()), text));
        vault::write(changes).await;
    }
}

/// What several pages kept, as one: nothing twice, and nothing to send that one of them knows to be
/// refused.
fn together(texts: &[String], now_ms: u64) -> Waiting {
    let mut kept: Vec<Kept> = texts
        .iter()
        .filter_map(|text| decode(text, now_ms))
        .collect();
    order::sort_by_key(&mut kept, |kept| kept.at);
    let mut all = Waiting::default();
    for decision in kept.iter().flat_map(|kept| &kept.decisions) {
        if all.decisions.iter().all(|known| known.id != decision.id) {
            all.decisions.push(decision.clone());
        }
    }
    for command in kept.into_iter().flat_map(|kept| kept.commands) {
        let is_refused = all.decisions.iter().any(|known| known.id == command.id);
        let is_known = all.commands.iter().any(|known| known.id == command.id);
        if !is_refused && !is_known {
            all.commands.push(command);
        }
    }
    all
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

fn decode(text: &str, now_ms: u64) -> Option<Kept> {
    let kept: Kept = serde_json::from_str(text).ok()?;
    (now_ms.saturating_sub(kept.at) <= KEPT_MS).then_some(kept)
}

#[cfg(test)]
mod tests {
    use tandem_domain::board::Command;
    use tandem_domain::id::CommandId;

    use super::*;

    fn id<T: std::str::FromStr>(number: u8) -> T {
        let id = format!("00000000-0000-0000-0000-0000000000{number:02x}");
        id.parse().ok().unwrap()
    }

    fn unpair(mentee: u8) -> Command {
        Command::Unpair { mentee: id(mentee) }
    }

    fn send(number: u8) -> SendCommand {
        SendCommand {
            id: id::<CommandId>(number),
            command: unpair(7),
            expect: Vec::new(),
            undoes: None,
        }
    }

    fn decision(number: u8, again: Option<Command>) -> Decision {
        Decision {
            id: id(number),
            text: "Not saved: “so”.".to_owned(),
            again,
        }
    }

    fn page(commands: Vec<SendCommand>, decisions: Vec<Decision>, at: u64) -> String {
        let waiting = Waiting {
            commands,
            decisions,
        };
        encode(waiting, at).unwrap()
    }

    #[test]
    fn commands_are_kept_for_three_days() {
        let text = page(vec![send(1)], Vec::new(), 5);
        let n_kept = |now_ms| together(std::slice::from_ref(&text), now_ms).commands.len();
        assert_eq!([n_kept(5 + KEPT_MS), n_kept(6 + KEPT_MS)], [1, 0]);
        assert_eq!(together(&["no outbox".to_owned()], 0), Waiting::default());
    }

    #[test]
    fn what_needs_a_decision_is_kept_as_it_is() {
        let decisions = vec![decision(1, Some(unpair(7))), decision(2, None)];
        let text = page(Vec::new(), decisions.clone(), 5);
        assert_eq!(together(&[text], 5).decisions, decisions);
    }

    #[test]
    fn what_several_pages_kept_is_taken_together() {
        let later = page(vec![send(1), send(3)], vec![decision(4, None)], 9);
        let earlier = page(vec![send(1), send(2), send(4)], vec![decision(4, None)], 5);
        let all = together(&[later, earlier], 9);
        let ids = all.commands.iter().map(|one| one.id);
        assert_eq!(ids.collect::<Vec<_>>(), [id(1), id(2), id(3)]);
        assert_eq!(all.decisions, [decision(4, None)]);
    }
}
