//! What of a happening is told, and to whom.

use tandem_api::event::Event;
use tandem_domain::id::{CohortId, CommandId, PersonId, ScenarioId};

use crate::store::audit::Noted;

/// A change as streams hear of it: a number and what to fetch, never the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The number to resume after.
    pub seq: i64,
    /// What is sent.
    pub event: Event,
    cohort: Option<CohortId>,
    scenario: Option<ScenarioId>,
    owner: Option<PersonId>,
    is_of_boards: bool,
}

/// What one stream was allowed to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subscription {
    /// What happens to the own applications.
    Own(PersonId),
    /// The dates and the state of a cohort.
    Cohort(CohortId),
    /// Which boards a cohort has and how its pairs are scored, for those who see boards.
    Boards(CohortId),
    /// The applications of a cohort, for those who work on them.
    Applications(CohortId),
    /// The commands on a board.
    Board(ScenarioId),
    /// What is said about a cohort's people, pairs and boards.
    Comments(CohortId),
}

impl Change {
    /// What is told of a happening; nothing of those that streams do not carry.
    pub fn of(noted: &Noted) -> Option<Self> {
        let word = |key: &str| noted.body.get(key).and_then(serde_json::Value::as_str);
        let (family, deed) = noted.kind.split_once('.')?;
        let event = match family {
            "board" => Event::Board {
                scenario: noted.scenario?,
                rev: noted.rev,
                command: word("command")?.parse::<CommandId>().ok()?,
            },
            "application" => Event::Application {
                application: noted.application?,
                rev: noted.rev,
            },
            "comment" => Event::Comments {
                cohort: noted.cohort?,
            },
            "cohort" | "timeline" => Event::Cohort {
                cohort: noted.cohort?,
                rev: noted.rev,
            },
            _ => return None,
        };
        Some(Self {
            seq: noted.seq,
            event,
            cohort: noted.cohort,
            scenario: noted.scenario,
            owner: word("owner").and_then(|owner| owner.parse().ok()),
            is_of_boards: family == "cohort"
                && (deed == "scoring_set" || deed.starts_with("scenario_")),
        })
    }

    /// Whose application it is about.
    pub fn owner(&self) -> Option<PersonId> {
        self.owner
    }

    /// Whether it happened in a cohort.
    pub fn is_in(&self, cohort: CohortId) -> bool {
        self.cohort == Some(cohort)
    }

    /// Whether a stream may and wants to hear of it.
    pub fn concerns(&self, subscription: Subscription) -> bool {
        match (subscription, &self.event) {
            (Subscription::Own(person), Event::Application { .. }) => self.owner == Some(person),
            (Subscription::Cohort(cohort), Event::Cohort { .. }) => {
                self.cohort == Some(cohort) && !self.is_of_boards
            }
            (Subscription::Boards(cohort), Event::Cohort { .. }) => {
                self.cohort == Some(cohort) && self.is_of_boards
            }
            (Subscription::Applications(cohort), Event::Application { .. })
            | (Subscription::Comments(cohort), Event::Comments { .. }) => {
                self.cohort == Some(cohort)
            }
            (Subscription::Board(scenario), Event::Board { .. }) => self.scenario == Some(scenario),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use serde_json::json;
    use tandem_domain::id::ApplicationId;
    use uuid::Uuid;

    use super::*;

    fn noted(kind: &str, owner: PersonId, cohort: CohortId) -> Noted {
        let at = chrono::DateTime::<Utc>::UNIX_EPOCH;
        Noted {
            seq: 7,
            at,
            program_at: at,
            actor: None,
            program: None,
            cohort: Some(cohort),
            scenario: None,
            application: Some(ApplicationId(Uuid::from_u128(3))),
            kind: kind.into(),
            rev: 2,
            body: json!({ "owner": owner }),
            reason: "sealed".into(),
        }
    }

    #[test]
    fn an_application_is_told_to_its_owner_and_those_who_work_on_it_only() {
        let (ann, bo) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let (here, there) = (CohortId(Uuid::from_u128(8)), CohortId(Uuid::from_u128(9)));
        let change = Change::of(&noted("application.submitted", ann, here)).unwrap();
        assert!(change.concerns(Subscription::Own(ann)));
        assert!(change.concerns(Subscription::Applications(here)));
        assert!(!change.concerns(Subscription::Own(bo)));
        assert!(!change.concerns(Subscription::Applications(there)));
        assert!(!change.concerns(Subscription::Cohort(here)));
    }

    #[test]
    fn what_happens_to_boards_is_told_to_those_who_see_them_only() {
        let (nobody, here) = (PersonId(Uuid::nil()), CohortId(Uuid::from_u128(8)));
        let told = |kind: &str| {
            let change = Change::of(&noted(kind, nobody, here)).unwrap();
            [Subscription::Cohort(here), Subscription::Boards(here)]
                .map(|subscription| change.concerns(subscription))
        };
        for kind in [
            "cohort.scoring_set",
            "cohort.scenario_made",
            "cohort.scenario_renamed",
            "cohort.scenario_removed",
        ] {
            assert_eq!(told(kind), [false, true], "{kind}");
        }
        for kind in ["cohort.moved", "timeline.changed"] {
            assert_eq!(told(kind), [true, false], "{kind}");
        }
    }

    #[test]
    fn what_streams_do_not_carry_is_left_out() {
        let nobody = PersonId(Uuid::nil());
        assert_eq!(
            Change::of(&noted("member.added", nobody, CohortId(Uuid::nil()))),
            None
        );
        assert_eq!(
            Change::of(&noted("board.command", nobody, CohortId(Uuid::nil()))),
            None
        );
    }
}
