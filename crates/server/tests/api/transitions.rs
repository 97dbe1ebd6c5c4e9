//! Moving a cohort through its states.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_api::application::MyApplication;
use tandem_api::cohort::{BrokenPairs, CohortView, PossibleTransition, TransitionNote};
use tandem_api::path;
use tandem_domain::application::ApplicationState;
use tandem_domain::board::Placement;
use tandem_domain::cohort::CohortState;
use tandem_domain::id::{ApplicationId, ScenarioId};
use tandem_domain::role::Role;
use tandem_domain::rule::HardRule;
use tandem_server::store::{StoreError, applications, pairings};

use crate::story::{Applicant, Story, text};
use crate::support::{Browser, Reply};

async fn cohort(browser: &Browser, story: &Story) -> CohortView {
    browser.get(path::cohort(story.cohort)).await.read()
}

async fn go(browser: &Browser, story: &Story, to: CohortState, reason: &str) -> Reply {
    let rev = cohort(browser, story).await.rev;
    go_from(browser, story, to, reason, rev).await
}

async fn go_from(
    browser: &Browser,
    story: &Story,
    to: CohortState,
    reason: &str,
    rev: i64,
) -> Reply {
    let key = uuid::Uuid::now_v7().to_string();
    let rev = rev.to_string();
    let headers = [
        ("if-match", rev.as_str()),
        ("idempotency-key", key.as_str()),
    ];
    let body = json!({ "to": to, "reason": reason });
    browser
        .send_json(
            Method::POST,
            path::transitions(story.cohort),
            &body,
            &headers,
        )
        .await
}

async fn possible(browser: &Browser, story: &Story) -> Vec<PossibleTransition> {
    browser.get(path::transitions(story.cohort)).await.read()
}

/// Puts a mentee with a mentor, without asking the board's rules.
async fn place(story: &Story, scenario: ScenarioId, mentee: ApplicationId, mentor: ApplicationId) {
    let work = move |tx| async move {
        let scenario = pairings::scenarios::find(&tx, scenario).await?.unwrap();
        let before = pairings::placements(&tx, scenario.id).await?;
        let mut after = before.clone();
        after.put(
            mentee,
            Some(Placement {
                mentor,
                locked: false,
                override_reason: None,
            }),
        );
        pairings::replace_placements(&tx, &scenario, (&before, &after)).await
    };
    story
        .app
        .app
        .store
        .write::<_, StoreError, _, _>(work)
        .await
        .unwrap();
}

/// Somebody eligible who works where nobody else does.
async fn eligible(story: &Story, name: &str, role: Role) -> Applicant {
    let own = [
        ("employer", text(&format!("Library of {name}"))),
        ("employer_parent", text(&format!("County of {name}"))),
    ];
    story
        .eligible(&format!("{name}@example.org"), role, &own)
        .await
}

async fn state_of(story: &Story, id: ApplicationId) -> ApplicationState {
    let read = story
        .app
        .app
        .store
        .read(|tx| async move { applications::by_id(&tx, id).await });
    read.await.unwrap().unwrap().state
}

/// Whom an applicant reads to be paired with, by address.
async fn partners_of(applicant: &Applicant) -> Vec<String> {
    let reply = applicant.browser.get(path::MY_APPLICATIONS).await;
    let own: Vec<MyApplication> = reply.read();
    let partners = own.into_iter().flat_map(|one| one.partners);
    partners.map(|partner| partner.email).collect()
}

#[tokio::test]
async fn the_chair_begins_the_review_and_the_committee_hears() {
    let story = Story::new().await;
    let (chair, _sam) = (story.chair().await, story.subcommittee().await);
    let choices = possible(&chair, &story).await;
    let review = choices
        .iter()
        .find(|one| one.to == CohortState::Review)
        .unwrap();
    assert!(review.allowed && !review.needs_reason);
    assert_eq!(review.notes, [TransitionNote::StillOpen]);
    assert_eq!(
        (
            review.mails[0].template.as_str(),
            review.mails[0].recipients
        ),
        ("review-begins", 1)
    );

    let moved: CohortView = go(&chair, &story, CohortState::Review, "").await.read();
    assert_eq!(moved.state, CohortState::Review);
    let mail = story.app.last_mail_to("sam@association.example").await;
    assert_eq!(
        (&mail.row.subject, &mail.body),
        (&review.mails[0].subject, &review.mails[0].example)
    );
}

#[tokio::test]
async fn going_back_needs_a_reason() {
    let story = Story::new().await;
    let (chair, _sam) = (story.chair().await, story.subcommittee().await);
    go(&chair, &story, CohortState::Review, "")
        .await
        .read::<CohortView>();
    let reply = go(&chair, &story, CohortState::Announced, " ").await;
    reply.refused(422, "invalid");
    assert_eq!(reply.body["errors"][0]["pointer"], "/reason");
    go(
        &chair,
        &story,
        CohortState::Announced,
        "The mail server was down.",
    )
    .await
    .read::<CohortView>();
    let mail = story.app.last_mail_to("sam@association.example").await;
    assert!(
        mail.body.contains("The mail server was down."),
        "{}",
        mail.body
    );
}

#[tokio::test]
async fn a_move_is_made_by_its_office_from_where_the_cohort_is() {
    let story = Story::new().await;
    let (officer, chair) = (story.officer().await, story.chair().await);
    go(&officer, &story, CohortState::Review, "")
        .await
        .refused(403, "forbidden");
    go(&chair, &story, CohortState::Published, "")
        .await
        .refused(409, "wrong_state");
    let sam = story.subcommittee().await;
    go(&sam, &story, CohortState::Review, "")
        .await
        .refused(403, "forbidden");
    sam.get(path::transitions(story.cohort))
        .await
        .refused(403, "forbidden");
    go(&story.app.visitor(), &story, CohortState::Review, "")
        .await
        .refused(401, "signed_out");
    let rev = cohort(&chair, &story).await.rev;
    go_from(&chair, &story, CohortState::Review, "", rev - 1)
        .await
        .refused(412, "stale");
    assert_eq!(cohort(&chair, &story).await.state, CohortState::Announced);
}

#[tokio::test]
async fn a_repeated_move_is_answered_as_before() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let rev = cohort(&chair, &story).await.rev.to_string();
    let headers = [
        ("if-match", rev.as_str()),
        ("idempotency-key", "move-to-review"),
    ];
    let body = json!({ "to": "review" });
    let address = path::transitions(story.cohort);
    let first = chair
        .send_json(Method::POST, &address, &body, &headers)
        .await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    let again = chair
        .send_json(Method::POST, &address, &body, &headers)
        .await;
    assert_eq!((again.status, again.body), (first.status, first.body));
}

#[tokio::test]
async fn publication_tells_everybody_and_remembers_the_pair() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let officer = story.officer().await;
    let ana = eligible(&story, "ana", Role::Mentee).await;
    let eve = eligible(&story, "eve", Role::Mentee).await;
    let max = eligible(&story, "max", Role::Mentor).await;
    place(&story, story.scenario, ana.id, max.id).await;
    for to in [
        CohortState::Review,
        CohortState::Pairing,
        CohortState::SignOff,
    ] {
        go(&chair, &story, to, "").await.read::<CohortView>();
    }
    let choices = possible(&officer, &story).await;
    let publish = choices
        .iter()
        .find(|one| one.to == CohortState::Published)
        .unwrap();
    assert_eq!(publish.notes, [TransitionNote::WithoutPartner { count: 1 }]);
    let counts: Vec<(&str, u32)> = publish
        .mails
        .iter()
        .map(|mail| (mail.template.as_str(), mail.recipients))
        .collect();
    assert_eq!(
        counts,
        [("published-matched", 2), ("published-unmatched", 1)]
    );
    go(&chair, &story, CohortState::Published, "")
        .await
        .refused(403, "forbidden");

    let published: CohortView = go(&officer, &story, CohortState::Published, "")
        .await
        .read();
    assert_eq!(published.pairs, Some(1));
    assert_eq!(state_of(&story, ana.id).await, ApplicationState::Matched);
    assert_eq!(state_of(&story, max.id).await, ApplicationState::Matched);
    assert_eq!(state_of(&story, eve.id).await, ApplicationState::Unmatched);
    assert_eq!(partners_of(&ana).await, ["max@example.org"]);
    assert_eq!(partners_of(&max).await, ["ana@example.org"]);
    assert_eq!(partners_of(&eve).await, [""; 0]);
    let mail = story.app.last_mail_to("ana@example.org").await;
    assert_eq!(mail.row.template, "published-matched");
    assert!(mail.body.contains("max@example.org"), "{}", mail.body);
    let mail = story.app.last_mail_to("eve@example.org").await;
    assert_eq!(mail.row.template, "published-unmatched");
}

#[tokio::test]
async fn pairs_that_broke_a_rule_since_are_named_and_not_published() {
    let story = Story::new().await;
    let (chair, officer) = (story.chair().await, story.officer().await);
    let ana = eligible(&story, "ana", Role::Mentee).await;
    let max = eligible(&story, "max", Role::Mentor).await;
    place(&story, story.scenario, ana.id, max.id).await;
    for to in [
        CohortState::Review,
        CohortState::Pairing,
        CohortState::SignOff,
    ] {
        go(&chair, &story, to, "").await.read::<CohortView>();
    }
    let broken = |choices: Vec<PossibleTransition>, to| {
        let mut of = choices.into_iter().filter(move |one| one.to == to);
        of.next().unwrap().broken
    };
    let choices = possible(&officer, &story).await;
    assert_eq!(broken(choices, CohortState::Published), []);

    // Ana takes her application back while the officer reads.
    ana.withdraw().await;
    let mails = story.app.mails().await.len();
    let reply = go(&officer, &story, CohortState::Published, "").await;
    reply.refused(422, "refused");
    let named: BrokenPairs = serde_json::from_value(reply.body["extra"].clone()).unwrap();
    assert_eq!(named.broken.len(), 1);
    assert_eq!(named.broken[0].rules, [HardRule::NotEligible]);
    assert!(
        named
            .broken
            .iter()
            .all(|pair| !pair.mentee.is_empty() && !pair.mentor.is_empty())
    );
    let choices = possible(&officer, &story).await;
    assert_eq!(broken(choices, CohortState::Published), named.broken);
    assert_eq!(cohort(&officer, &story).await.state, CohortState::SignOff);
    assert_eq!(state_of(&story, max.id).await, ApplicationState::Eligible);
    assert_eq!(story.app.mails().await.len(), mails);

    // Back on the board the pair is not signed off again before somebody takes the two apart.
    let why = "Ana has withdrawn.";
    go(&officer, &story, CohortState::Pairing, why)
        .await
        .read::<CohortView>();
    go(&chair, &story, CohortState::SignOff, "")
        .await
        .refused(422, "refused");
}

#[tokio::test]
async fn a_cohort_that_is_given_up_says_so_to_its_applicants() {
    let story = Story::new().await;
    let officer = story.officer().await;
    story.applicant("ana@example.org", Role::Mentee).await;
    go(&officer, &story, CohortState::Cancelled, "")
        .await
        .refused(422, "invalid");
    go(&officer, &story, CohortState::Cancelled, "Too few mentors.")
        .await
        .read::<CohortView>();
    let mail = story.app.last_mail_to("ana@example.org").await;
    assert!(mail.row.template == "cancelled" && mail.body.contains("Too few mentors."));
    assert!(possible(&officer, &story).await.is_empty());
}
