//! Boards beside the one in force: made, renamed, removed, compared, and adopted from.

use axum::http::Method;
use serde_json::json;
use tandem_api::board::{BoardView, CommandAccepted, EntryList, RefusedCommand, SendCommand};
use tandem_api::path;
use tandem_api::scenario::{Comparison, MOST_SCENARIOS, ScenarioView};
use tandem_domain::board::{AdoptedFrom, Command, Difference, Refusal};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::{ApplicationId, CommandId, ScenarioId};
use tandem_domain::role::Role;
use tandem_domain::rule::HardRule;
use tandem_server::store::pairings::terms;
use uuid::Uuid;

use crate::story::{Story, text};
use crate::support::{Browser, Reply};

/// Two mentees and two mentors of four institutions, with the board open and a member at it.
struct Four {
    story: Story,
    sam: Browser,
    ana: ApplicationId,
    bo: ApplicationId,
    cy: ApplicationId,
    dee: ApplicationId,
}

impl Four {
    async fn new() -> Self {
        Self::with_parent(|name| format!("County of {name}")).await
    }

    /// The same with other institutions above those where the four work.
    async fn with_parent(parent: impl Fn(&str) -> String) -> Self {
        let story = Story::new().await;
        let mut ids = Vec::new();
        for (name, role) in [
            ("ana", Role::Mentee),
            ("bo", Role::Mentee),
            ("cy", Role::Mentor),
            ("dee", Role::Mentor),
        ] {
            let own = [
                ("employer", text(&format!("Library of {name}"))),
                ("employer_parent", text(&parent(name))),
            ];
            let email = format!("{name}@mail.example");
            ids.push(story.eligible(&email, role, &own).await.id);
        }
        story.set_state(CohortState::Pairing).await;
        Self {
            ana: ids[0],
            bo: ids[1],
            cy: ids[2],
            dee: ids[3],
            sam: story.subcommittee().await,
            story,
        }
    }

    async fn list(&self) -> Vec<ScenarioView> {
        self.sam
            .get(path::scenarios(self.story.cohort))
            .await
            .read()
    }

    async fn make(&self, name: &str) -> ScenarioView {
        let reply = self.try_make(&json!({ "name": name })).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.read()
    }

    async fn try_make(&self, body: &serde_json::Value) -> Reply {
        let address = path::scenarios(self.story.cohort);
        self.sam.post(address, body).await
    }

    async fn rename(&self, scenario: ScenarioId, name: &str, version: i64) -> Reply {
        let tag = format!("\"{version}\"");
        let headers = [("if-match", tag.as_str())];
        let body = json!({ "name": name });
        self.sam
            .send_json(Method::PATCH, path::scenario(scenario), &body, &headers)
            .await
    }

    async fn board(&self, scenario: ScenarioId) -> BoardView {
        self.sam.get(path::board(scenario)).await.read()
    }

    async fn pairs(&self, scenario: ScenarioId) -> Vec<(ApplicationId, ApplicationId)> {
        let placements = self.board(scenario).await.placements;
        placements
            .iter()
            .map(|(mentee, place)| (*mentee, place.mentor))
            .collect()
    }

    async fn send(&self, onto: ScenarioId, sent: &SendCommand) -> Reply {
        self.sam.post(path::commands(onto), sent).await
    }

    /// Does something on a board as it is there now.
    async fn act(&self, onto: ScenarioId, command: Command) {
        let view = self.board(onto).await;
        let board = tandem_domain::board::Board::new(view.candidates, view.facts, view.placements);
        let sent = sent(command.clone(), board.expect(&command));
        self.send(onto, &sent).await.read::<CommandAccepted>();
    }

    async fn compare(&self, of: &[ScenarioId]) -> Comparison {
        let address = path::comparison(self.story.cohort, of);
        self.sam.get(address).await.read()
    }

    /// The differences of a board from the one in force.
    async fn differences(&self, scenario: ScenarioId) -> Vec<Difference> {
        let mut told = self.compare(&[self.story.scenario, scenario]).await;
        told.boards.remove(1).compared.differences
    }

    /// What adopts these differences from a board.
    async fn adoption(&self, from: ScenarioId, chosen: &[Difference]) -> SendCommand {
        let name = self.board(from).await.name;
        let from = AdoptedFrom::Scenario {
            scenario: from,
            name,
        };
        let (command, expect) = Command::adopting(from, chosen);
        sent(command, expect)
    }
}

fn sent(command: Command, expect: Vec<tandem_domain::board::Expect>) -> SendCommand {
    SendCommand {
        id: CommandId(Uuid::now_v7()),
        command,
        expect,
        undoes: None,
    }
}

fn pair(mentee: ApplicationId, mentor: ApplicationId) -> Command {
    Command::Pair {
        mentee,
        mentor,
        override_reason: None,
    }
}

fn refusal(reply: &Reply) -> RefusedCommand {
    serde_json::from_value(reply.body["extra"].clone()).unwrap()
}

#[tokio::test]
async fn a_copy_has_the_pairs_of_the_board_in_force_and_goes_its_own_way() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    four.act(in_force, pair(four.ana, four.cy)).await;
    let made = four.make("  Try it ").await;
    assert_eq!((made.name.as_str(), made.in_force), ("Try it", false));
    assert_eq!((made.pairs, made.rev), (1, 0));
    four.act(made.id, pair(four.bo, four.dee)).await;
    four.act(in_force, Command::Unpair { mentee: four.ana })
        .await;
    let both = [(four.ana, four.cy), (four.bo, four.dee)];
    assert_eq!(four.pairs(made.id).await, both);
    assert_eq!(four.pairs(in_force).await, []);
    // Each has its own log.
    let log: EntryList = four.sam.get(path::commands(made.id)).await.read();
    assert_eq!((log.entries.len(), log.rev), (1, 1));
    let list = four.list().await;
    let told: Vec<_> = list.iter().map(|one| (one.in_force, one.pairs)).collect();
    assert_eq!(told, [(true, 0), (false, 2)]);
    let board = four.board(made.id).await;
    assert!(!board.in_force && board.may_change);
    assert!(four.board(in_force).await.in_force);
}

#[tokio::test]
async fn a_copy_can_be_of_a_board_as_it_was() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    four.act(in_force, pair(four.ana, four.cy)).await;
    four.act(in_force, pair(four.bo, four.dee)).await;
    four.act(in_force, Command::Unpair { mentee: four.ana })
        .await;
    let at =
        |rev: i64| json!({ "name": format!("As of {rev}"), "copy_of": in_force, "at_rev": rev });
    let before: ScenarioView = four.try_make(&at(1)).await.read();
    assert_eq!(four.pairs(before.id).await, [(four.ana, four.cy)]);
    let at_first: ScenarioView = four.try_make(&at(0)).await.read();
    assert_eq!(four.pairs(at_first.id).await, []);
    four.try_make(&at(4)).await.refused(422, "invalid");
    four.try_make(&at(-1)).await.refused(422, "invalid");
}

#[tokio::test]
async fn the_same_request_makes_one_board_and_nobody_has_more_than_eight() {
    let four = Four::new().await;
    let address = path::scenarios(four.story.cohort);
    let headers = [("idempotency-key", "make-it-once")];
    let body = json!({ "name": "Once" });
    let mut ids = Vec::new();
    for _ in 0..2 {
        let reply = four
            .sam
            .send_json(Method::POST, &address, &body, &headers)
            .await;
        ids.push(reply.read::<ScenarioView>().id);
    }
    assert_eq!(ids[0], ids[1]);
    for name in [" once", "", "Line\nbreak", &"x".repeat(61)] {
        let reply = four.try_make(&json!({ "name": name })).await;
        reply.refused(422, "invalid");
    }
    let nowhere = json!({ "name": "Copy", "copy_of": Uuid::nil() });
    four.try_make(&nowhere).await.refused(404, "not_found");
    for number in 2..MOST_SCENARIOS {
        four.make(&format!("Board {number}")).await;
    }
    let ninth = four.try_make(&json!({ "name": "Too many" })).await;
    ninth.refused(422, "refused");
    assert_eq!(four.list().await.len(), MOST_SCENARIOS);
}

#[tokio::test]
async fn a_name_is_changed_only_by_who_saw_the_present_one() {
    let four = Four::new().await;
    let made = four.make("Try it").await;
    let renamed: ScenarioView = four.rename(made.id, "Calm", 1).await.read();
    assert_eq!((renamed.name.as_str(), renamed.version), ("Calm", 2));
    four.rename(made.id, "Other", 1).await.refused(412, "stale");
    four.rename(made.id, "board", 2)
        .await
        .refused(422, "invalid");
    // The own name is free, and the board in force has one like the others.
    four.rename(made.id, "CALM", 2).await.read::<ScenarioView>();
    let first = four.rename(four.story.scenario, "Spring", 1).await;
    assert!(first.read::<ScenarioView>().in_force);
}

#[tokio::test]
async fn a_board_is_removed_only_as_it_was_seen_and_never_the_one_in_force() {
    let four = Four::new().await;
    let made = four.make("Try it").await;
    four.act(made.id, pair(four.ana, four.cy)).await;
    let remove = async |id, rev| four.sam.delete(path::scenario(id), rev).await;
    remove(made.id, 0).await.refused(412, "stale");
    assert_eq!(remove(made.id, 1).await.status, 204);
    for address in [path::board(made.id), path::commands(made.id)] {
        four.sam.get(address).await.refused(404, "not_found");
    }
    let in_force = four.story.scenario;
    remove(in_force, 0).await.refused(422, "refused");
    assert_eq!(four.list().await.len(), 1);
}

#[tokio::test]
async fn boards_are_compared_with_the_one_in_force() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    four.act(in_force, pair(four.ana, four.cy)).await;
    let made = four.make("Try it").await.id;
    four.act(made, pair(four.bo, four.dee)).await;
    let told = four.compare(&[made, in_force]).await;
    let pairs: Vec<_> = told
        .boards
        .iter()
        .map(|board| (board.scenario.id, board.compared.figures.pairs))
        .collect();
    assert_eq!(pairs, [(made, 2), (in_force, 1)]);
    let rows = &told.boards[0].compared.differences;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].mentee, rows[0].before), (four.bo, None));
    assert_eq!(rows[0].to.as_ref().unwrap().mentor, four.dee);
    assert!(rows[0].points().unwrap() > 0);
    assert_eq!(told.boards[1].compared.differences, []);
    let named: Vec<_> = told.people.iter().map(|(id, _)| *id).collect();
    assert_eq!(named, [four.bo, four.dee]);
    let cohort = four.story.cohort;
    for of in [&[made][..], &[made, made], &[made; 5]] {
        let reply = four.sam.get(path::comparison(cohort, of)).await;
        reply.refused(422, "invalid");
    }
    let nobody = ScenarioId(Uuid::nil());
    let reply = four
        .sam
        .get(path::comparison(cohort, &[made, nobody]))
        .await;
    reply.refused(404, "not_found");
}

#[tokio::test]
async fn what_is_adopted_is_one_step_and_one_undo_takes_it_back() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    let made = four.make("Try it").await.id;
    four.act(made, pair(four.ana, four.cy)).await;
    four.act(made, pair(four.bo, four.dee)).await;
    let rows = four.differences(made).await;
    let adoption = four.adoption(made, &rows).await;
    let accepted: CommandAccepted = four.send(in_force, &adoption).await.read();
    assert_eq!(four.pairs(in_force).await.len(), 2);
    assert_eq!(four.differences(made).await, []);
    // The same again is answered the same.
    let again: CommandAccepted = four.send(in_force, &adoption).await.read();
    assert_eq!(again.entry.rev, accepted.entry.rev);
    let undo = SendCommand {
        undoes: Some(accepted.entry.id),
        ..sent(accepted.entry.inverse, Vec::new())
    };
    four.send(in_force, &undo).await.read::<CommandAccepted>();
    assert_eq!(four.pairs(in_force).await, []);
    assert_eq!(four.pairs(made).await.len(), 2);
}

#[tokio::test]
async fn a_lost_race_is_told_with_the_others_change_and_nothing_is_adopted() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    let made = four.make("Try it").await.id;
    four.act(made, pair(four.ana, four.cy)).await;
    four.act(made, pair(four.bo, four.dee)).await;
    let rows = four.differences(made).await;
    let adoption = four.adoption(made, &rows).await;
    four.act(in_force, pair(four.ana, four.dee)).await;
    let reply = four.send(in_force, &adoption).await;
    reply.refused(409, "conflict");
    let told = refusal(&reply);
    assert!(matches!(told.refusal, Refusal::Changed { now } if now.mentee == four.ana));
    assert_eq!(told.theirs.unwrap().command, pair(four.ana, four.dee));
    assert_eq!(four.pairs(in_force).await, [(four.ana, four.dee)]);
}

#[tokio::test]
async fn rules_and_locks_refuse_with_the_person_and_the_cause() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    let made = four.make("Try it").await.id;
    four.act(made, pair(four.ana, four.cy)).await;
    let rows = four.differences(made).await;
    // Kept apart on every board since, the pair of the copy with it.
    let apart = Command::Forbid {
        mentee: four.ana,
        mentor: four.cy,
        reason: "They said so.".to_owned(),
    };
    four.act(in_force, apart).await;
    let reply = four.send(in_force, &four.adoption(made, &rows).await).await;
    reply.refused(422, "refused");
    let Refusal::Rule {
        mentee,
        mentor,
        rules,
    } = refusal(&reply).refusal
    else {
        panic!("{}", reply.body);
    };
    assert_eq!((mentee, mentor), (four.ana, four.cy));
    assert_eq!(rules, [HardRule::ForbiddenByCommittee]);
    four.act(made, Command::Unpair { mentee: four.ana }).await;
    four.act(in_force, pair(four.bo, four.cy)).await;
    four.act(in_force, Command::Lock { mentee: four.bo }).await;
    let rows = four.differences(made).await;
    let reply = four.send(in_force, &four.adoption(made, &rows).await).await;
    reply.refused(422, "refused");
    let locked = Refusal::Locked { mentee: four.bo };
    assert_eq!(refusal(&reply).refusal, locked);
}

#[tokio::test]
async fn what_is_adopted_names_a_board_of_the_cohort_as_it_is_called() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    let made = four.make("Try it").await.id;
    four.act(made, pair(four.ana, four.cy)).await;
    let rows = four.differences(made).await;
    let good = four.adoption(made, &rows).await;
    let with_source = |from: AdoptedFrom| {
        let (command, expect) = Command::adopting(from, &rows);
        sent(command, expect)
    };
    let named = |scenario, name: &str| {
        with_source(AdoptedFrom::Scenario {
            scenario,
            name: name.to_owned(),
        })
    };
    for wrong in [
        named(made, "Another"),
        named(ScenarioId(Uuid::nil()), "Try it"),
        named(in_force, "Board"),
    ] {
        let reply = four.send(in_force, &wrong).await;
        reply.refused(422, "invalid");
    }
    four.send(in_force, &good).await.read::<CommandAccepted>();
}

#[tokio::test]
async fn the_chairs_word_for_a_pair_on_another_board_counts_when_it_is_adopted() {
    let four = Four::with_parent(|_| "The System".to_owned()).await;
    let in_force = four.story.scenario;
    let made = four.make("Try it").await.id;
    let reason = |reason: &str| Command::Pair {
        mentee: four.ana,
        mentor: four.cy,
        override_reason: Some(reason.to_owned()),
    };
    let warned = reason("They know what they do.");
    let expect = Difference {
        mentee: four.ana,
        from: None,
        to: None,
        before: None,
        after: None,
    }
    .expect();
    let chair = four.story.chair().await;
    let by_chair = sent(warned, vec![expect]);
    let done = chair.post(path::commands(made), &by_chair).await;
    done.read::<CommandAccepted>();
    let rows = four.differences(made).await;
    // Another reason than the chair's is nobody's word.
    let mut other = rows.clone();
    if let Some(place) = &mut other[0].to {
        place.override_reason = Some("I say so.".to_owned());
    }
    let own = four
        .send(in_force, &four.adoption(made, &other).await)
        .await;
    own.refused(422, "refused");
    assert!(matches!(refusal(&own).refusal, Refusal::Warned { .. }));
    let adopted = four.send(in_force, &four.adoption(made, &rows).await).await;
    adopted.read::<CommandAccepted>();
    assert_eq!(four.pairs(in_force).await, [(four.ana, four.cy)]);
}

#[tokio::test]
async fn only_the_board_in_force_is_checked_and_published() {
    let four = Four::new().await;
    let in_force = four.story.scenario;
    four.act(in_force, pair(four.ana, four.cy)).await;
    let made = four.make("Try it").await.id;
    four.act(made, pair(four.bo, four.dee)).await;
    // A pair of the copy is forbidden by now: that stands in nobody's way.
    let apart = Command::Forbid {
        mentee: four.bo,
        mentor: four.dee,
        reason: String::new(),
    };
    four.act(in_force, apart).await;
    let told = four.compare(&[in_force, made]).await;
    assert_eq!(told.boards[1].compared.broken, 1);
    let chair = four.story.chair().await;
    let moves = chair.get(path::transitions(four.story.cohort)).await;
    let signing = moves
        .body
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["to"] == "sign_off")
        .unwrap();
    assert_eq!(signing.get("broken"), None, "{signing}");
}

#[tokio::test]
async fn taking_back_that_two_may_be_paired_brings_back_why_they_were_not() {
    let four = Four::new().await;
    let (mentee, mentor) = (four.ana, four.cy);
    let why = |reason: &str| Command::Forbid {
        mentee,
        mentor,
        reason: reason.to_owned(),
    };
    let allow = Command::Allow { mentee, mentor };
    let in_force = four.story.scenario;
    four.act(in_force, why("They share an office.")).await;
    // The page may have taken it back before it knew the reason.
    for reason in ["They share an office.", ""] {
        let allowed = four.send(in_force, &sent(allow.clone(), vec![])).await;
        let allowed: CommandAccepted = allowed.read();
        assert_eq!(allowed.entry.inverse, why("They share an office."));
        let mut undo = sent(why(reason), vec![]);
        undo.undoes = Some(allowed.entry.id);
        four.send(in_force, &undo).await.read::<CommandAccepted>();
        let cohort = four.story.cohort;
        let read = four
            .story
            .app
            .app
            .store
            .read(|tx| async move { terms::reason(&tx, cohort, (mentee, mentor)).await });
        let kept = read.await.unwrap();
        assert_eq!(kept.as_deref(), Some("They share an office."));
    }
}

#[tokio::test]
async fn what_holds_for_every_board_is_set_on_the_one_in_force() {
    let four = Four::new().await;
    let copy = four.make("Trying").await;
    let apart = Command::Forbid {
        mentee: four.ana,
        mentor: four.cy,
        reason: String::new(),
    };
    let reply = four.send(copy.id, &sent(apart.clone(), vec![])).await;
    reply.refused(422, "invalid");
    assert!(four.board(copy.id).await.facts.forbidden.is_empty());
    four.act(four.story.scenario, apart).await;
    let expected = [(four.ana, four.cy)];
    assert!(
        four.board(copy.id)
            .await
            .facts
            .forbidden
            .iter()
            .eq(&expected)
    );
}
