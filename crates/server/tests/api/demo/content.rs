//! What is in a demonstration on each of its days.

use std::collections::BTreeMap;

use tandem_api::board::{BoardView, SendCommand};
use tandem_api::path;
use tandem_api::timeline::{PlanView, TimelineView};
use tandem_domain::application::ApplicationState as S;
use tandem_domain::board::{Board, Command, Refusal};
use tandem_domain::cohort::{CohortState, Stage};
use tandem_domain::id::CommandId;
use tandem_domain::role::Role;
use tandem_domain::rule::HardRule;
use tandem_domain::timeline::warning::What;
use tandem_domain::timeline::{Edge, Mark};
use tandem_server::demo::trap::FORMER_PAIR;
use tandem_server::store::StoreError;
use tandem_server::store::among::Among;
use tandem_server::store::applications::{info, submissions};
use tandem_server::store::pairings::{self, blocks, scenarios};
use uuid::Uuid;

use super::{applications, cohort, demo, sign_in, states, story};
use crate::support::TestApp;

const NOW: &str = "2018-2019";
const BEFORE: &str = "2017-2018";

async fn stage(app: &TestApp) -> Stage {
    let view: serde_json::Value = app.visitor().get(path::cohort(NOW)).await.read();
    serde_json::from_value(view["stage"].clone()).unwrap()
}

pub(super) async fn board(app: &TestApp) -> BoardView {
    let (browser, _) = sign_in(app, "Chairs").await;
    let cohort = cohort(app, NOW).await.id;
    let read = app
        .app
        .store
        .read(async |tx| scenarios::in_force(&tx, cohort).await);
    browser
        .get(path::board(read.await.unwrap().unwrap().id))
        .await
        .read()
}

#[tokio::test]
async fn a_date_on_a_conference_of_the_program_is_warned_of() {
    let app = demo("mar-2").await;
    let (chair, _) = sign_in(&app, "Chairs").await;
    let cohort = cohort(&app, NOW).await.id;
    let view: TimelineView = chair.get(path::timeline(cohort)).await.read();
    let complete = view
        .items
        .iter()
        .find(|item| item.mark == Mark::PairingComplete);
    let wish = serde_json::json!({
        "edits": [{ "item": complete.unwrap().id, "edge": "end", "to": "2018-05-17" }],
    });
    let plan: PlanView = chair.post(path::timeline_plan(cohort), &wish).await.read();
    let warned = plan.warnings.iter().map(|warning| &warning.what);
    let conference = What::Conference {
        name: "Cedar Valley Spring Conference".to_owned(),
    };
    assert!(
        warned.clone().any(|what| *what == conference),
        "{:?}",
        plan.warnings
    );
    // What is planned from the start keeps clear of them.
    let closures = view.planning.unwrap().closures;
    for item in view
        .items
        .iter()
        .filter(|item| item.date(Edge::Start).is_none())
    {
        assert_eq!(closures.on(item.when.days().1), [], "{}", item.title.text());
    }
}

#[tokio::test]
async fn on_20_march_everybody_stands_where_the_source_says() {
    let app = demo("mar-20").await;
    assert_eq!(stage(&app).await, Stage::Pairing);
    let mentees = [
        (S::Draft, 1),
        (S::LatePending, 1),
        (S::NeedsInfo, 2),
        (S::Eligible, 50),
        (S::Ineligible, 2),
        (S::Withdrawn, 2),
    ];
    assert_eq!(states(&app, NOW, Role::Mentee).await, mentees);
    let mentors = [
        (S::NeedsInfo, 1),
        (S::Eligible, 42),
        (S::Ineligible, 2),
        (S::Withdrawn, 1),
    ];
    assert_eq!(states(&app, NOW, Role::Mentor).await, mentors);

    let all = applications(&app, NOW).await;
    let closes = cohort(&app, NOW).await.calendar.closes;
    let late = &all["E048"];
    assert!(late.late && !closes.accepts(late.submitted_at.unwrap()));
    assert!(all.values().filter(|one| one.late).count() == 1);
    for one in all.values().filter(|one| one.state == S::Ineligible) {
        assert!(
            one.decision_reason
                .as_ref()
                .is_some_and(|reason| reason.len() > 40)
        );
    }
    // The one that nobody has sent has no reference, and no other reference is missing.
    assert_eq!(all[""].state, S::Draft);
    assert!(
        (1..=58)
            .filter(|n| *n != 10)
            .all(|n| all.contains_key(&format!("E{n:03}")))
    );
    assert!((1..=46).all(|n| all.contains_key(&format!("M{n:03}"))));
    let view = board(&app).await;
    assert_eq!((view.candidates.len(), view.placements.len()), (92, 0));
}

#[tokio::test]
async fn everything_that_was_sent_is_kept_as_the_endpoint_keeps_it() {
    let app = demo("mar-20").await;
    let (all, cohort) = (applications(&app, NOW).await, cohort(&app, NOW).await.id);
    let read = app.app.store.read(async |tx| {
        let sent = submissions::last_of_cohort(&tx, cohort).await?;
        let asked = info::of(&tx, all["E017"].id).await?;
        Ok::<_, StoreError>((
            sent,
            asked,
            blocks::pairs(&tx, cohort, Among::Everybody).await?,
        ))
    });
    let (sent, asked, blocked) = read.await.unwrap();
    assert_eq!(sent.len(), 103);
    for snapshot in sent.values() {
        let (json, sha256) = submissions::sealed(&snapshot.answers().unwrap()).unwrap();
        assert_eq!((&json, &sha256), (&snapshot.json, &snapshot.sha256));
    }
    assert!(asked[0].text.contains("Will you renew it?"));
    assert_eq!(blocked.len(), 7);
}

#[tokio::test]
async fn those_in_both_roles_have_one_account_and_two_applications() {
    let app = demo("mar-20").await;
    let mut roles: BTreeMap<_, usize> = BTreeMap::new();
    for one in applications(&app, NOW).await.values() {
        *roles.entry(one.person).or_default() += 1;
    }
    assert_eq!(roles.values().filter(|count| **count == 2).count(), 5);
    assert_eq!(roles.len(), 99);
}

#[tokio::test]
async fn the_finished_cohort_has_41_pairs_and_four_who_ask_again() {
    let app = demo("mar-20").await;
    assert_eq!(cohort(&app, BEFORE).await.state, CohortState::Completed);
    let view: serde_json::Value = app.visitor().get(path::cohort(BEFORE)).await.read();
    assert_eq!(view["pairs"], 41);
    assert_eq!(
        states(&app, BEFORE, Role::Mentee).await,
        [(S::Matched, 41), (S::Unmatched, 4)]
    );
    assert_eq!(states(&app, BEFORE, Role::Mentor).await, [(S::Matched, 41)]);
    let carried: Vec<String> = board(&app)
        .await
        .candidates
        .into_iter()
        .filter(|candidate| candidate.carried_over)
        .map(|candidate| candidate.reference)
        .collect();
    let mut carried = carried;
    carried.sort();
    assert_eq!(carried, ["E015", "E016", "E019", "E036"]);
}

#[tokio::test]
async fn the_pair_of_last_year_is_refused_for_that_alone() {
    let app = demo("mar-20").await;
    let all = applications(&app, NOW).await;
    let (mentee, mentor) = (all[FORMER_PAIR.0].id, all[FORMER_PAIR.1].id);
    let command = Command::Pair {
        mentee,
        mentor,
        override_reason: None,
    };
    let view = board(&app).await;
    let mut board = Board::new(view.candidates, view.facts, BTreeMap::new());
    let expect = board.expect(&command);
    match board.apply(&command, &expect, true).unwrap_err() {
        Refusal::Rule { rules, .. } => assert_eq!(rules, [HardRule::PreviousPair]),
        other => panic!("{other}"),
    }
    let sent = SendCommand {
        id: CommandId(Uuid::now_v7()),
        command,
        expect,
        undoes: None,
    };
    let (browser, _) = sign_in(&app, "Subcommittee: ").await;
    let scenario = story(app).await.scenario;
    browser
        .post(path::commands(scenario), &sent)
        .await
        .refused(422, "refused");
}

#[tokio::test]
async fn on_5_february_a_third_is_in() {
    let app = demo("feb-5").await;
    assert_eq!(stage(&app).await, Stage::Open);
    let all = applications(&app, NOW).await;
    let sent = all.values().filter(|one| one.state == S::Submitted).count();
    assert_eq!((sent, all.len()), (34, 35));
}

#[tokio::test]
async fn on_2_march_everything_is_in_ten_minutes_before_the_end() {
    let app = demo("mar-2").await;
    assert_eq!(stage(&app).await, Stage::Open);
    let closes = cohort(&app, NOW).await.calendar.closes.instant;
    assert_eq!((closes - app.app.clock.program()).num_minutes(), 10);
    let mentees = [(S::Draft, 1), (S::Submitted, 54), (S::Withdrawn, 2)];
    assert_eq!(states(&app, NOW, Role::Mentee).await, mentees);
    assert_eq!(states(&app, NOW, Role::Mentor).await, [(S::Submitted, 46)]);
}

#[tokio::test]
async fn from_14_may_on_at_least_40_pairs_know_each_other() {
    for (day, expected) in [("may-14", Stage::Published), ("jun-1", Stage::Running)] {
        let app = demo(day).await;
        assert_eq!(stage(&app).await, expected);
        let id = cohort(&app, NOW).await.id;
        let read = app
            .app
            .store
            .read(async |tx| pairings::count_published(&tx, id).await);
        let published = read.await.unwrap();
        assert!(published >= 40, "{published}");
        assert_eq!(board(&app).await.placements.len(), published as usize);
        let mentees = states(&app, NOW, Role::Mentee).await;
        assert!(
            mentees.contains(&(S::Matched, published as usize)),
            "{mentees:?}"
        );
        assert!(
            mentees.contains(&(S::Unmatched, 50 - published as usize)),
            "{mentees:?}"
        );
    }
}

#[tokio::test]
async fn two_seeds_of_a_day_are_the_same() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let app = demo("mar-20").await;
        let cohort = cohort(&app, NOW).await.id;
        let read = app
            .app
            .store
            .read(async |tx| submissions::last_of_cohort(&tx, cohort).await);
        let sent = read.await.unwrap();
        let all = applications(&app, NOW).await.into_values().map(|one| {
            let sha256 = sent.get(&one.id).map(|sent| sent.sha256.clone());
            (
                one.reference,
                one.state,
                one.submitted_at,
                one.decision_reason,
                sha256,
            )
        });
        seen.push(all.collect::<Vec<_>>());
    }
    assert_eq!(seen[0], seen[1]);
}
