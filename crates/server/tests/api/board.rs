//! The board: shown, changed by commands, by several people at once.

use serde_json::{Value, json};
use tandem_api::board::{BoardView, CommandAccepted, EntryList, RefusedCommand, SendCommand};
use tandem_api::path;
use tandem_api::scenario::ScenarioView;
use tandem_domain::board::{Command, Expect, Refusal};
use tandem_domain::cohort::CohortState;
use tandem_domain::form::answer::Answer;
use tandem_domain::id::{ApplicationId, CommandId};
use tandem_domain::role::{Office, Role};
use tandem_domain::rule::HardRule;
use uuid::Uuid;

use crate::story::{Applicant, Story, text};
use crate::support::{Browser, Reply};

/// Two mentees and two mentors of four institutions, all eligible, with the board open.
struct Four {
    story: Story,
    ana: ApplicationId,
    bo: ApplicationId,
    cy: ApplicationId,
    dee: ApplicationId,
}

impl Four {
    async fn new() -> Self {
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
                ("employer_parent", text(&format!("County of {name}"))),
            ];
            ids.push(
                story
                    .eligible(&format!("{name}@mail.example"), role, &own)
                    .await
                    .id,
            );
        }
        story.set_state(CohortState::Pairing).await;
        Self {
            ana: ids[0],
            bo: ids[1],
            cy: ids[2],
            dee: ids[3],
            story,
        }
    }

    async fn board(&self, by: &Browser) -> BoardView {
        by.get(path::board(self.story.scenario)).await.read()
    }

    async fn send(&self, by: &Browser, sent: &SendCommand) -> Reply {
        by.post(path::commands(self.story.scenario), sent).await
    }

    async fn pairs(&self) -> Vec<(ApplicationId, ApplicationId)> {
        let board = self.board(&self.story.officer().await).await;
        board
            .placements
            .iter()
            .map(|(mentee, placement)| (*mentee, placement.mentor))
            .collect()
    }
}

fn free(mentee: ApplicationId) -> Expect {
    Expect {
        mentee,
        mentor: None,
        locked: false,
    }
}

fn with(mentee: ApplicationId, mentor: ApplicationId) -> Expect {
    Expect {
        mentee,
        mentor: Some(mentor),
        locked: false,
    }
}

fn pair(mentee: ApplicationId, mentor: ApplicationId) -> Command {
    Command::Pair {
        mentee,
        mentor,
        override_reason: None,
    }
}

fn command(command: Command, expect: &[Expect]) -> SendCommand {
    SendCommand {
        id: CommandId(Uuid::now_v7()),
        command,
        expect: expect.to_vec(),
        undoes: None,
    }
}

fn refusal(reply: &Reply) -> RefusedCommand {
    serde_json::from_value(reply.body["extra"].clone()).unwrap()
}

#[tokio::test]
async fn the_board_shows_eligible_people_only() {
    let story = Story::new().await;
    let ana = story.eligible("ana@mail.example", Role::Mentee, &[]).await;
    story.sent("bo@mail.example", Role::Mentee).await;
    story.applicant("cy@mail.example", Role::Mentor).await;
    story.set_state(CohortState::Pairing).await;
    let member = story.subcommittee().await;
    let scenarios: Vec<ScenarioView> = member.get(path::scenarios(story.cohort)).await.read();
    assert_eq!(scenarios.len(), 1);
    let board: BoardView = member.get(path::board(scenarios[0].id)).await.read();
    assert_eq!(board.candidates.len(), 1);
    let candidate = &board.candidates[0];
    assert_eq!(
        (candidate.id, candidate.reference.as_str()),
        (ana.id, "E001")
    );
    assert_eq!(candidate.zone, "America/Chicago");
    assert_eq!(
        candidate.hours.as_ref().map(|hours| hours.seasons.len()),
        Some(3)
    );
    assert_eq!(candidate.stage, Some(0));
    assert!(board.may_change && !board.may_override);
}

#[tokio::test]
async fn a_pair_is_kept_logged_and_answered_the_same_when_sent_again() {
    let four = Four::new().await;
    let sam = four.story.subcommittee().await;
    let sent = command(pair(four.ana, four.cy), &[free(four.ana)]);
    let first = four.send(&sam, &sent).await;
    let accepted: CommandAccepted = first.read();
    assert_eq!(
        (accepted.entry.rev, accepted.entry.by_name.as_str()),
        (1, "sam")
    );
    let again = four.send(&sam, &sent).await;
    assert_eq!((first.status, first.body), (again.status, again.body));
    assert_eq!(four.pairs().await, [(four.ana, four.cy)]);
    // The same id with something else in it is a mistake.
    let other = SendCommand {
        command: pair(four.bo, four.dee),
        ..sent
    };
    four.send(&sam, &other)
        .await
        .refused(422, "idempotency_key_reused");

    let list: EntryList = sam
        .get(format!("{}?after=0", path::commands(four.story.scenario)))
        .await
        .read();
    assert_eq!((list.rev, list.entries.len()), (1, 1));
    let undo = SendCommand {
        undoes: Some(accepted.entry.id),
        ..command(accepted.entry.inverse, &[with(four.ana, four.cy)])
    };
    four.send(&sam, &undo).await.read::<CommandAccepted>();
    assert_eq!(four.pairs().await, []);
    let board = four.board(&sam).await;
    assert_eq!((board.rev, board.recent.len()), (2, 2));
    assert_eq!(board.recent[0].undoes, Some(accepted.entry.id));
}

#[tokio::test]
async fn who_comes_second_hears_of_the_other_and_changes_nothing() {
    let four = Four::new().await;
    let (sam, carl) = (four.story.subcommittee().await, four.story.chair().await);
    let first = command(pair(four.ana, four.cy), &[free(four.ana)]);
    four.send(&carl, &first).await.read::<CommandAccepted>();
    let second = four
        .send(&sam, &command(pair(four.ana, four.dee), &[free(four.ana)]))
        .await;
    second.refused(409, "conflict");
    let refused = refusal(&second);
    assert_eq!(
        refused.refusal,
        Refusal::Changed {
            now: with(four.ana, four.cy)
        }
    );
    let theirs = refused.theirs.unwrap();
    assert_eq!((theirs.id, theirs.by_name.as_str()), (first.id, "carl"));
    // Somebody else's pair never conflicts.
    let other = command(pair(four.bo, four.dee), &[free(four.bo)]);
    four.send(&sam, &other).await.read::<CommandAccepted>();
    assert_eq!(
        four.pairs().await,
        [(four.ana, four.cy), (four.bo, four.dee)]
    );
}

#[tokio::test]
async fn two_who_want_the_last_place_at_once_do_not_both_get_it() {
    for _ in 0..5 {
        let four = Four::new().await;
        let (sam, carl) = (four.story.subcommittee().await, four.story.chair().await);
        let ana = command(pair(four.ana, four.cy), &[free(four.ana)]);
        let bo = command(pair(four.bo, four.cy), &[free(four.bo)]);
        let (one, other) = tokio::join!(four.send(&sam, &ana), four.send(&carl, &bo));
        let (won, lost) = if one.status.is_success() {
            (one, other)
        } else {
            (other, one)
        };
        let won: CommandAccepted = won.read();
        lost.refused(422, "refused");
        let refused = refusal(&lost);
        assert!(matches!(refused.refusal,
            Refusal::Rule { rules, .. } if rules == [HardRule::Capacity]));
        assert_eq!(refused.theirs.map(|entry| entry.id), Some(won.entry.id));
        assert_eq!(four.pairs().await.len(), 1);
    }
}

#[tokio::test]
async fn rules_refuse_and_only_the_chair_lets_a_warning_stand() {
    let story = Story::new().await;
    let at = |employer: &str, parent: &str| {
        [
            ("employer", text(employer)),
            ("employer_parent", text(parent)),
        ]
    };
    let ana = story
        .eligible("ana@mail.example", Role::Mentee, &at("North", "The System"))
        .await
        .id;
    let cy = story
        .eligible("cy@mail.example", Role::Mentor, &at("north", "Elsewhere"))
        .await
        .id;
    let dee = story
        .eligible("dee@mail.example", Role::Mentor, &at("South", "The System"))
        .await
        .id;
    story.set_state(CohortState::Pairing).await;
    let (sam, carl) = (story.subcommittee().await, story.chair().await);
    let send = async |by: &Browser, mentor: ApplicationId, reason: Option<&str>| {
        let reason = reason.map(str::to_owned);
        let pair = Command::Pair {
            mentee: ana,
            mentor,
            override_reason: reason,
        };
        by.post(path::commands(story.scenario), &command(pair, &[free(ana)]))
            .await
    };
    let same = send(&carl, cy, Some("I say so")).await;
    same.refused(422, "refused");
    assert!(matches!(refusal(&same).refusal,
        Refusal::Rule { rules, .. } if rules == [HardRule::SameInstitution]));
    let warned = send(&sam, dee, Some("They do not know each other")).await;
    warned.refused(422, "refused");
    assert!(matches!(refusal(&warned).refusal, Refusal::Warned { .. }));
    send(&carl, dee, None).await.refused(422, "refused");
    send(&carl, dee, Some(&"x".repeat(501)))
        .await
        .refused(422, "invalid");
    let done = send(&carl, dee, Some("They do not know each other")).await;
    done.read::<CommandAccepted>();
    let board: BoardView = sam.get(path::board(story.scenario)).await.read();
    let reason = board.placements[0].1.override_reason.as_deref();
    assert_eq!(reason, Some("They do not know each other"));
}

#[tokio::test]
async fn only_those_who_pair_change_the_board_and_only_while_it_is_open() {
    let four = Four::new().await;
    let story = &four.story;
    let sent = command(pair(four.ana, four.cy), &[free(four.ana)]);
    let address = path::commands(story.scenario);
    story
        .officer()
        .await
        .post(&address, &sent)
        .await
        .refused(403, "forbidden");
    story
        .app
        .signed_in("ana@mail.example")
        .await
        .post(&address, &sent)
        .await
        .refused(404, "not_found");
    story
        .app
        .visitor()
        .post(&address, &sent)
        .await
        .refused(401, "signed_out");
    let nothing = path::board(tandem_domain::id::ScenarioId(Uuid::now_v7()));
    story
        .chair()
        .await
        .get(nothing)
        .await
        .refused(404, "not_found");
    story.set_state(CohortState::SignOff).await;
    story
        .subcommittee()
        .await
        .post(&address, &sent)
        .await
        .refused(409, "wrong_state");
    assert_eq!(four.board(&story.subcommittee().await).await.placements, []);
    story.set_state(CohortState::Published).await;
    story
        .subcommittee()
        .await
        .get(path::board(story.scenario))
        .await
        .refused(409, "wrong_state");
}

#[tokio::test]
async fn members_of_another_program_do_not_learn_that_there_is_a_board() {
    let story = Story::new().await;
    let now = story.app.clock.real();
    let write = story.app.app.store.write(move |tx| async move {
        let new = tandem_server::store::programs::NewProgram {
            slug: "other",
            name: "Other",
            association: "Other",
            about: "",
            contact: "",
        };
        let program = tandem_server::store::programs::create(&tx, new, now).await?;
        Ok::<_, tandem_server::store::StoreError>(program.id)
    });
    let other = write.await.unwrap();
    let chair = story
        .app
        .member("else@other.example", other, &[Office::Chair])
        .await;
    chair
        .get(path::board(story.scenario))
        .await
        .refused(404, "not_found");
    chair
        .get(path::scenarios(story.cohort))
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn who_withdraws_stays_in_the_pair_until_a_member_takes_it_apart() {
    let four = Four::new().await;
    let sam = four.story.subcommittee().await;
    let sent = command(pair(four.ana, four.cy), &[free(four.ana)]);
    four.send(&sam, &sent).await.read::<CommandAccepted>();
    let browser = four.story.app.signed_in("ana@mail.example").await;
    let ana = Applicant {
        browser,
        id: four.ana,
        role: Role::Mentee,
    };
    ana.withdraw().await;
    assert_eq!(four.board(&sam).await.candidates.len(), 4);
    let apart = command(
        Command::Unpair { mentee: four.ana },
        &[with(four.ana, four.cy)],
    );
    four.send(&sam, &apart).await.read::<CommandAccepted>();
    assert_eq!(four.board(&sam).await.candidates.len(), 3);
    let back = command(pair(four.ana, four.cy), &[free(four.ana)]);
    four.send(&sam, &back).await.refused(422, "refused");
}

#[tokio::test]
async fn several_things_together_are_one_entry_of_the_log_and_done_wholly_or_not_at_all() {
    let four = Four::new().await;
    let member = four.story.subcommittee().await;
    let both = |commands: Vec<Command>| Command::Together { commands };
    // The second pair finds no place any more, so the first is not made either.
    let too_many = both(vec![pair(four.ana, four.cy), pair(four.bo, four.cy)]);
    let expect = [free(four.ana), free(four.bo)];
    let reply = four.send(&member, &command(too_many, &expect)).await;
    assert_eq!(reply.status, 422);
    assert!(matches!(refusal(&reply).refusal, Refusal::Rule { .. }));
    assert_eq!(four.pairs().await, []);

    let pairs = both(vec![pair(four.ana, four.cy), pair(four.bo, four.dee)]);
    let sent = command(pairs, &expect);
    let accepted: CommandAccepted = four.send(&member, &sent).await.read();
    assert_eq!(accepted.entry.rev, 1);
    assert_eq!(four.pairs().await.len(), 2);
    let undo = SendCommand {
        undoes: Some(sent.id),
        ..command(
            accepted.entry.inverse,
            &[with(four.ana, four.cy), with(four.bo, four.dee)],
        )
    };
    assert_eq!(four.send(&member, &undo).await.status, 200);
    assert_eq!(four.pairs().await, []);

    // Neither a plan nor a term of the cohort comes along unseen, nor more than are looked at.
    let places = Command::SetPlaces {
        mentor: four.cy,
        was: 1,
        places: 2,
    };
    let many = vec![pair(four.ana, four.cy); 1_001];
    for command_list in [vec![places], vec![both(Vec::new())], many] {
        let reply = four.send(&member, &command(both(command_list), &[])).await;
        assert_eq!(reply.status, 422);
    }
    assert_eq!(four.pairs().await, []);
}

#[tokio::test]
async fn a_malformed_command_changes_nothing() {
    let four = Four::new().await;
    let sam = four.story.subcommittee().await;
    let address = path::commands(four.story.scenario);
    let send = async |body: Value| sam.post(&address, &body).await;
    send(json!({})).await.refused(422, "invalid");
    send(json!({ "id": "x", "command": { "kind": "pair" }, "expect": [] }))
        .await
        .refused(422, "invalid");
    send(json!({ "id": Uuid::now_v7(), "command": { "kind": "publish" }, "expect": [] }))
        .await
        .refused(422, "invalid");
    let unknown = ApplicationId(Uuid::now_v7());
    let stranger = command(pair(unknown, four.cy), &[]);
    four.send(&sam, &stranger).await.refused(422, "refused");
    sam.get(format!("{address}?after=x"))
        .await
        .refused(400, "bad_request");
    assert_eq!(four.pairs().await, []);
    assert_eq!(four.board(&sam).await.rev, 0);
}

#[tokio::test]
async fn a_mentor_with_two_places_takes_two() {
    let story = Story::new().await;
    let at = |employer: &str| ("employer", text(employer));
    let ana = story
        .eligible("ana@mail.example", Role::Mentee, &[at("A")])
        .await
        .id;
    let bo = story
        .eligible("bo@mail.example", Role::Mentee, &[at("B")])
        .await
        .id;
    let two = [at("C"), ("m_capacity", Answer::one("2"))];
    let cy = story
        .eligible("cy@mail.example", Role::Mentor, &two)
        .await
        .id;
    story.set_state(CohortState::Pairing).await;
    let sam = story.subcommittee().await;
    for mentee in [ana, bo] {
        let sent = command(pair(mentee, cy), &[free(mentee)]);
        sam.post(path::commands(story.scenario), &sent)
            .await
            .read::<CommandAccepted>();
    }
    let scenarios: Vec<ScenarioView> = sam.get(path::scenarios(story.cohort)).await.read();
    assert_eq!((scenarios[0].pairs, scenarios[0].rev), (2, 2));
}

#[tokio::test]
async fn what_was_seen_is_kept_for_each_member_and_board_and_never_taken_back() {
    let four = Four::new().await;
    let story = &four.story;
    let (sam, chair) = (story.subcommittee().await, story.chair().await);
    let looked = async |by: &Browser| four.board(by).await.looked;
    let look = async |by: &Browser, rev: i64| {
        let reply = by
            .put(path::looked(story.scenario), &json!({ "rev": rev }))
            .await;
        assert_eq!(reply.status, 204, "{}", reply.body);
    };
    assert_eq!(looked(&sam).await, None);
    for (mentee, mentor) in [(four.ana, four.cy), (four.bo, four.dee)] {
        let sent = command(pair(mentee, mentor), &[free(mentee)]);
        four.send(&chair, &sent).await.read::<CommandAccepted>();
    }
    look(&sam, 1).await;
    assert_eq!(looked(&sam).await, Some(1));
    assert_eq!(looked(&chair).await, None);
    // Another device is further, an older tab is not, and nobody has seen what is to come.
    look(&sam, 2).await;
    look(&sam, 1).await;
    assert_eq!(looked(&sam).await, Some(2));
    look(&sam, 99).await;
    assert_eq!(looked(&sam).await, Some(2));
}
