//! Who is at a board: told by whoever is there every few seconds, and forgotten soon after. It is
//! advice for people, kept in memory and in no log.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use tandem_domain::id::{ApplicationId, PersonId, ScenarioId};

/// How long somebody is there after having said so.
const STAYS: Duration = Duration::seconds(15);

/// Somebody at a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// Who.
    pub person: PersonId,
    /// Whom they look at.
    pub focus: Option<ApplicationId>,
    /// Whom they are placing.
    pub holding: Option<ApplicationId>,
    at: DateTime<Utc>,
}

/// Who is at which board.
#[derive(Debug, Default)]
pub struct Presence {
    boards: Mutex<BTreeMap<ScenarioId, BTreeMap<PersonId, Here>>>,
}

impl Presence {
    /// Notes that somebody is at a board, and answers who else is.
    pub fn note(
        &self,
        scenario: ScenarioId,
        (person, focus, holding): (PersonId, Option<ApplicationId>, Option<ApplicationId>),
        at: DateTime<Utc>,
    ) -> Vec<Here> {
        let mut boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        for there in boards.values_mut() {
            there.retain(|_, here| at - here.at < STAYS);
        }
        boards.retain(|_, there| !there.is_empty());
        let there = boards.entry(scenario).or_default();
        let here = Here {
            person,
            focus,
            holding,
            at,
        };
        there.insert(person, here);
        let others = there.values().filter(|here| here.person != person);
        others.cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn somebody_is_there_until_silent_for_a_while() {
        let presence = Presence::default();
        let board = ScenarioId(Uuid::from_u128(1));
        let [ann, bo] = [1, 2].map(|number| PersonId(Uuid::from_u128(number)));
        let card = Some(ApplicationId(Uuid::from_u128(9)));
        let at = |seconds| DateTime::UNIX_EPOCH + Duration::seconds(seconds);
        assert_eq!(presence.note(board, (ann, None, None), at(0)), []);
        let seen = presence.note(board, (bo, None, card), at(1));
        assert_eq!(
            seen.iter().map(|here| here.person).collect::<Vec<_>>(),
            [ann]
        );
        let seen = presence.note(board, (ann, None, None), at(10));
        assert_eq!((seen.len(), seen[0].holding), (1, card));
        assert_eq!(presence.note(board, (ann, None, None), at(17)), []);
        let elsewhere = ScenarioId(Uuid::from_u128(2));
        assert_eq!(presence.note(elsewhere, (bo, None, None), at(18)), []);
    }
}
