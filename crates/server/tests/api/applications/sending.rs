//! Sending, sending again, taking back, bringing back.

use axum::http::Method;
use chrono::Duration;
use serde_json::json;
use tandem_api::application::{DraftSaved, MyApplication, Receipt, Step};
use tandem_api::path;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::CohortState;
use tandem_domain::role::Role;
use tandem_domain::rule::PairFacts;

use crate::story::{Applicant, Story, avoid, reviewed, text};

#[tokio::test]
async fn what_was_sent_has_a_reference_a_hash_and_a_mail() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[("preferred_name", text("Ana"))]).await;
    let receipt: Receipt = ana.submit().await.read();
    assert_eq!((receipt.reference.as_str(), receipt.number), ("E001", 1));
    assert_eq!(receipt.content_hash.len(), 64);
    assert!(!receipt.late && !receipt.unchanged);
    let mail = story.app.last_mail_to("ana@mail.example").await;
    assert!(mail.body.contains(&receipt.content_hash) && mail.row.subject.contains("E001"));
    let application = ana.draft().await.application;
    assert_eq!(application.state, ApplicationState::Submitted);
    assert_eq!(application.next.what, Step::Review);
    let second = story
        .sent("bo@mail.example", Role::Mentee)
        .await
        .draft()
        .await;
    assert_eq!(second.application.reference.as_deref(), Some("E002"));
    let mentor = story
        .sent("cy@mail.example", Role::Mentor)
        .await
        .draft()
        .await;
    assert_eq!(mentor.application.reference.as_deref(), Some("M001"));
}

#[tokio::test]
async fn the_hash_of_what_was_sent_can_be_read_again() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    assert_eq!(ana.draft().await.application.content_hash, None);
    let receipt: Receipt = ana.submit().await.read();
    let hash = Some(receipt.content_hash);
    assert_eq!(ana.draft().await.application.content_hash, hash);
    let mine: Vec<MyApplication> = ana.browser.get(path::MY_APPLICATIONS).await.read();
    assert_eq!(mine[0].content_hash, hash);
    ana.save(&[("member_no", Some(text("42")))]).await;
    let application = ana.draft().await.application;
    assert_eq!(application.content_hash, hash, "nothing else was sent");
    let again: Receipt = ana.submit().await.read();
    assert_ne!(Some(&again.content_hash), hash.as_ref());
    let application = ana.draft().await.application;
    assert_eq!(application.content_hash, Some(again.content_hash));
}

#[tokio::test]
async fn an_incomplete_one_is_refused_with_every_field() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let refused = ana.submit().await;
    refused.refused(422, "invalid");
    assert!(refused.body["fields"].as_array().unwrap().len() > 10);
    assert_eq!(ana.draft().await.application.state, ApplicationState::Draft);
}

#[tokio::test]
async fn only_what_was_reviewed_is_sent() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    let before = ana.draft().await.rev;
    ana.save(&[("member_no", Some(text("1")))]).await;
    let stale = ana
        .browser
        .post(path::submissions(ana.id), &reviewed(before))
        .await;
    stale.refused(412, "stale");
    assert_eq!(ana.draft().await.application.state, ApplicationState::Draft);
}

#[tokio::test]
async fn w_07_the_same_key_sends_once_and_another_body_is_refused() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    let rev = ana.draft().await.rev;
    let send = async |rev: i64| {
        let key = [("idempotency-key", "made-while-reviewing")];
        let address = path::submissions(ana.id);
        ana.browser
            .send_json(Method::POST, address, &reviewed(rev), &key)
            .await
    };
    let first = send(rev).await;
    story.app.wait(Duration::days(40));
    let ana = Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        ..ana
    };
    let key = [("idempotency-key", "made-while-reviewing")];
    let address = path::submissions(ana.id);
    let again = ana
        .browser
        .send_json(Method::POST, &address, &reviewed(rev), &key)
        .await;
    assert_eq!((first.status, first.body), (again.status, again.body));
    let other = ana
        .browser
        .send_json(Method::POST, &address, &reviewed(99), &key)
        .await;
    other.refused(422, "idempotency_key_reused");
    let unkeyed = ana
        .browser
        .send_json(Method::POST, &address, &reviewed(rev), &[])
        .await;
    unkeyed.refused(428, "precondition_required");
    let mails = story.app.mails().await;
    assert_eq!(
        mails
            .iter()
            .filter(|mail| mail.row.to == "ana@mail.example")
            .count(),
        1
    );
}

#[tokio::test]
async fn w_24_who_lets_a_program_fill_in_everything_at_once_is_taken_like_anybody() {
    let story = Story::new().await;
    // Begun, filled in and sent within the same moment, as a password manager or a script does it.
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    let receipt: Receipt = ana.submit().await.read();
    assert_eq!((receipt.number, receipt.late), (1, false));
    // There is nothing that only a program would fill in: what is not asked is said to be unknown.
    let trap = json!({ "roles": ["mentor"], "website": "https://spam.example" });
    let begun = ana
        .browser
        .post(path::cohort_applications(story.cohort), &trap)
        .await;
    assert!(begun.status.is_client_error(), "{}", begun.body);
}

#[tokio::test]
async fn w_08_what_is_in_force_stays_until_it_is_sent_again() {
    let story = Story::new().await;
    let own = [("preferred_name", text("Ana"))];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    ana.save(&[("preferred_name", Some(text("Anna")))]).await;
    assert!(ana.draft().await.application.changed_since_submitted);
    let name = async || {
        let view = story.chair().await.get(path::application(ana.id)).await;
        view.body["row"]["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(name().await, "Ana");
    let receipt: Receipt = ana.submit().await.read();
    assert_eq!((receipt.reference.as_str(), receipt.number), ("E001", 2));
    assert_eq!(name().await, "Anna");
    let same: Receipt = ana.submit().await.read();
    assert!(same.unchanged);
    assert_eq!(
        (same.number, &same.content_hash),
        (2, &receipt.content_hash)
    );
    assert!(!ana.draft().await.application.changed_since_submitted);
}

#[tokio::test]
async fn the_grace_takes_it_as_late_and_then_it_is_too_late() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let bo = story.applicant("bo@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    bo.complete(&[]).await;
    story.app.wait(Duration::days(26) + Duration::minutes(5));
    let ana = Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        ..ana
    };
    assert!(ana.submit().await.read::<Receipt>().late);
    story.app.wait(Duration::minutes(10));
    let bo = Applicant {
        browser: story.app.signed_in("bo@mail.example").await,
        ..bo
    };
    bo.submit().await.refused(409, "deadline_passed");
    assert_eq!(bo.draft().await.application.next.what, Step::TooLate);
    assert_eq!(ana.draft().await.application.next.what, Step::Review);
}

#[tokio::test]
async fn taken_back_and_brought_back_until_the_call_closes() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let seen = ana.draft().await.application.rev;
    let gone: MyApplication = ana.take_back("A new job.").await.read();
    assert_eq!(gone.state, ApplicationState::Withdrawn);
    ana.take_back("A new job.")
        .await
        .refused(409, "wrong_state");
    ana.save_at(1, &[]).await.refused(409, "wrong_state");
    // Another tab still shows it as sent.
    ana.browser
        .delete(path::withdrawal(ana.id), seen)
        .await
        .refused(412, "stale");
    let back: MyApplication = ana.bring_back().await.read();
    assert_eq!(back.state, ApplicationState::Submitted);
    ana.withdraw().await;
    story.set_state(CohortState::Review).await;
    ana.bring_back().await.refused(409, "wrong_state");
    let other = story.app.signed_in("bo@mail.example").await;
    other
        .delete(path::withdrawal(ana.id), 1)
        .await
        .refused(404, "not_found");
    ana.browser
        .send(Method::DELETE, path::withdrawal(ana.id))
        .await
        .refused(428, "precondition_required");
}

#[tokio::test]
async fn a_draft_cannot_be_taken_back_and_what_was_sent_cannot_be_deleted() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.take_back("").await.refused(409, "wrong_state");
    ana.complete(&[]).await;
    ana.submit().await.read::<Receipt>();
    let kept = ana.delete_at(ana.draft().await.rev).await;
    kept.refused(409, "wrong_state");
}

#[tokio::test]
async fn people_are_kept_apart_by_address_and_by_institution_whoever_came_first() {
    let story = Story::new().await;
    let employer = |name: &str| ("employer", text(name));
    // Ana names an address nobody has applied with yet; Bo names Dee's institution.
    let ana = [
        ("block_people", avoid("The boss", "CY@mail.example")),
        employer("Quartz Hill"),
    ];
    let ana = story.eligible("ana@mail.example", Role::Mentee, &ana).await;
    let institution = tandem_domain::form::answer::Answer::Lines(vec!["great basin".into()]);
    let bo = [("block_inst", institution), employer("Plain View")];
    let bo = story.eligible("bo@mail.example", Role::Mentee, &bo).await;
    let cy = story
        .eligible("cy@mail.example", Role::Mentor, &[employer("Cy’s")])
        .await;
    let dee = story
        .eligible(
            "dee@mail.example",
            Role::Mentor,
            &[employer("Great Basin.")],
        )
        .await;
    story.set_state(CohortState::Pairing).await;
    let board = story
        .subcommittee()
        .await
        .get(path::board(story.scenario))
        .await;
    let facts: PairFacts = serde_json::from_value(board.body["facts"].clone()).unwrap();
    assert_eq!(facts.blocked, [(ana.id, cy.id), (bo.id, dee.id)].into());
    let everything = board.body.to_string();
    assert!(!everything.contains("hiring") && !everything.contains("The boss"));
}

#[tokio::test]
async fn who_takes_the_wish_back_is_no_longer_kept_apart_unless_the_other_asked_too() {
    let story = Story::new().await;
    let cy = [("block_people", avoid("Ana", "ana@mail.example"))];
    let cy = story.sent_with("cy@mail.example", Role::Mentor, &cy).await;
    let dee = story.sent("dee@mail.example", Role::Mentor).await;
    let ana = [("block_people", avoid("", ""))];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &ana)
        .await;
    let people = async |contacts: &[&str]| {
        let people = contacts
            .iter()
            .map(|contact| tandem_domain::form::answer::NamedPerson {
                name: "Somebody".into(),
                contact: (*contact).into(),
                reason: Some("hiring".into()),
            });
        let answer = tandem_domain::form::answer::Answer::People(people.collect());
        let saved: DraftSaved = ana.save(&[("block_people", Some(answer))]).await;
        assert_eq!(saved.results.len(), 1);
        ana.submit().await.read::<Receipt>();
    };
    people(&["cy@mail.example", "dee@mail.example"]).await;
    people(&["somebody@else.example"]).await;
    for applicant in [&ana, &cy, &dee] {
        assert_eq!(
            story
                .decide(&story.chair().await, applicant.id, true, "")
                .await
                .status,
            200
        );
    }
    story.set_state(CohortState::Pairing).await;
    let board = story
        .subcommittee()
        .await
        .get(path::board(story.scenario))
        .await;
    let facts: PairFacts = serde_json::from_value(board.body["facts"].clone()).unwrap();
    assert_eq!(facts.blocked, [(ana.id, cy.id)].into());
}
