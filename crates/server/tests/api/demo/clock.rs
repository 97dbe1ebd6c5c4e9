//! The rehearsal clock: on to a later day, and back to the beginning.

use std::collections::BTreeMap;

use serde_json::json;
use tandem_api::board::{BoardView, SendCommand};
use tandem_api::demo::DemoView;
use tandem_api::path;
use tandem_api::session::SessionView;
use tandem_domain::application::ApplicationState;
use tandem_domain::board::{Board, Command, Expect};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::CommandId;
use tandem_domain::role::Role;
use uuid::Uuid;

use super::{applications, cohort, demo, sign_in, story};
use crate::support::{Reply, TestApp};

const NOW: &str = "2018-2019";

async fn set(app: &TestApp, day: &str, restart: bool) -> Reply {
    app.visitor()
        .post(path::DEMO_CLOCK, &json!({ "day": day, "restart": restart }))
        .await
}

#[tokio::test]
async fn a_later_day_brings_what_happens_until_then_and_keeps_what_people_did() {
    let story = story(demo("feb-5").await).await;
    let newcomer = story.sent("newcomer@mail.example", Role::Mentee).await.id;
    let (chair, _) = sign_in(&story.app, "Chairs").await;
    let refused = applications(&story.app, NOW).await["M001"].id;
    let reply = story
        .decide(&chair, refused, false, "Asked to wait a year.")
        .await;
    assert_eq!(reply.status, 200, "{}", reply.body);

    let view: DemoView = set(&story.app, "mar-20", false).await.read();
    assert_eq!(view.program_now, story.app.app.clock.program());
    assert_eq!(view.program_now, view.days[2].at);
    let restarts: Vec<bool> = view.days.iter().map(|day| day.restarts).collect();
    assert_eq!(restarts, [true, true, true, false, false]);
    assert_eq!(cohort(&story.app, NOW).await.state, CohortState::Pairing);
    let all = applications(&story.app, NOW).await;
    assert_eq!(
        (all["E059"].id, all["E059"].state),
        (newcomer, ApplicationState::Submitted)
    );
    assert_eq!(all["M001"].state, ApplicationState::Ineligible);
    assert_eq!(
        all["M001"].decision_reason.as_deref(),
        Some("Asked to wait a year.")
    );
    // Everybody else is where a seed of that day has them.
    let seeded = applications(&demo("mar-20").await, NOW).await;
    for (reference, one) in seeded.iter().filter(|(reference, _)| *reference != "M001") {
        assert_eq!((reference, all[reference].state), (reference, one.state));
    }
    let session: SessionView = chair.get(path::SESSION).await.read();
    assert!(session.me.is_some());
}

#[tokio::test]
async fn the_clock_follows_though_nobody_waits_for_the_answer() {
    let app = demo("feb-5").await;
    let (browser, mut committed) = (app.visitor(), app.app.store.committed());
    committed.mark_unchanged();
    let jump = json!({ "day": "mar-20", "restart": false });
    let asked = browser.post(path::DEMO_CLOCK, &jump);
    tokio::select! {
        biased;
        kept = committed.changed() => kept.unwrap(),
        _ = asked => panic!("nobody waits for it"),
    }
    let mut view: DemoView = app.visitor().get(path::DEMO).await.read();
    for _ in 0..100 {
        if view.program_now == view.days[2].at {
            break;
        }
        view = app.visitor().get(path::DEMO).await.read();
    }
    assert_eq!(view.program_now, view.days[2].at);
}

#[tokio::test]
async fn pairs_that_people_made_are_published_beside_the_others() {
    let story = story(demo("mar-20").await).await;
    let (member, _) = sign_in(&story.app, "Subcommittee: ").await;
    let view: BoardView = member.get(path::board(story.scenario)).await.read();
    let board = Board::new(view.candidates, view.facts, BTreeMap::new());
    let (command, expect) = odd_pair(&board);
    let Command::Pair { mentee, mentor, .. } = command else {
        panic!()
    };
    let sent = SendCommand {
        id: CommandId(Uuid::now_v7()),
        command,
        expect,
        undoes: None,
    };
    let reply = member.post(path::commands(story.scenario), &sent).await;
    assert_eq!(reply.status, 200, "{}", reply.body);

    set(&story.app, "may-14", false).await.read::<DemoView>();
    assert_eq!(cohort(&story.app, NOW).await.state, CohortState::Published);
    let (officer, _) = sign_in(&story.app, "Program officer").await;
    let view: BoardView = officer.get(path::board(story.scenario)).await.read();
    let kept = view
        .placements
        .iter()
        .find(|(one, _)| *one == mentee)
        .unwrap();
    assert_eq!(kept.1.mentor, mentor);
    assert!(view.placements.len() >= 38, "{}", view.placements.len());
}

/// A pair that no rule forbids and that the source does not have.
fn odd_pair(board: &Board) -> (Command, Vec<Expect>) {
    let everybody = || board.candidates.values();
    let mentee = everybody().find(|one| one.reference == "E026").unwrap().id;
    let command = everybody()
        .filter(|one| one.role == Role::Mentor)
        .map(|one| Command::Pair {
            mentee,
            mentor: one.id,
            override_reason: None,
        })
        .find(|command| {
            board
                .clone()
                .apply(command, &board.expect(command), false)
                .is_ok()
        })
        .unwrap();
    let expect = board.expect(&command);
    (command, expect)
}

#[tokio::test]
async fn an_earlier_day_starts_anew_once_that_was_said() {
    let story = story(demo("feb-5").await).await;
    story.sent("newcomer@mail.example", Role::Mentee).await;
    set(&story.app, "mar-2", false).await.read::<DemoView>();
    let (chair, _) = sign_in(&story.app, "Chairs").await;

    set(&story.app, "feb-5", false)
        .await
        .refused(422, "invalid");
    assert!(applications(&story.app, NOW).await.contains_key("E059"));
    set(&story.app, "april", true).await.refused(422, "invalid");

    let view: DemoView = set(&story.app, "feb-5", true).await.read();
    assert_eq!(view.program_now, view.days[0].at);
    assert_eq!(view.accounts.len(), 7);
    assert_eq!(applications(&story.app, NOW).await.len(), 35);
    let session: SessionView = chair.get(path::SESSION).await.read();
    assert!(session.me.is_none() && session.demo);
    // The clock stands there after the server was started again, too.
    let again = story.app.served_anew().await;
    assert_eq!(again.app.clock.program(), view.program_now);
}
