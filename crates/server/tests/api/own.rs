//! The own data: all of it in one file, and erased for good.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_api::application::MyApplication;
use tandem_api::own::OwnData;
use tandem_api::path;
use tandem_api::session::SessionView;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::CohortState;
use tandem_domain::role::Role;

use crate::story::{Story, avoid, text};

const SECRET: &str = "Zebrafish Quill";

#[tokio::test]
async fn everything_that_is_kept_about_somebody_comes_in_one_file() {
    let story = Story::new().await;
    let own = [
        ("preferred_name", text(SECRET)),
        ("block_people", avoid("The boss", "cy@mail.example")),
    ];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    ana.save(&[("preferred_name", Some(text("Ana")))]).await;
    let reply = ana.browser.get(path::MY_EXPORT).await;
    let saved = "attachment; filename=\"my-data.json\"";
    assert_eq!(reply.header("content-disposition"), saved);
    let data: OwnData = reply.read();
    assert_eq!(data.email, "ana@mail.example");
    let [application] = data.applications.as_slice() else {
        panic!("{data:?}");
    };
    assert_eq!(application.answers[&"preferred_name".into()], text("Ana"));
    assert_eq!(
        application.sent[0].answers[&"preferred_name".into()],
        text(SECRET)
    );
    assert!(application.questions.contains_key(&"block_people".into()));
    assert!(data.mails.iter().any(|mail| mail.subject.contains("E001")));
    let bo = story.app.signed_in("bo@mail.example").await;
    let others = bo.get(path::MY_EXPORT).await.body.to_string();
    assert!(!others.contains(SECRET));
}

#[tokio::test]
async fn who_erases_the_own_data_is_nowhere_any_more() {
    let story = Story::new().await;
    let own = [
        ("preferred_name", text(SECRET)),
        ("block_people", avoid("Cy", "cy@mail.example")),
    ];
    let ana = story
        .sent_with("zebrafish@mail.example", Role::Mentee, &own)
        .await;
    let begun = story.start(&ana.browser, &[Role::Mentor]).await;
    let cy = story.eligible("cy@mail.example", Role::Mentor, &[]).await;
    let erase = async |email: &str| {
        ana.browser
            .post(path::ERASURE, &json!({ "email": email }))
            .await
    };
    erase("other@mail.example").await.refused(422, "invalid");
    let gone = erase(" Zebrafish@mail.example").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert!(gone.header("clear-site-data").contains("storage"));
    let now: SessionView = ana.browser.get(path::SESSION).await.read();
    assert_eq!(now.me, None);

    let officer = story.officer().await;
    let chair = story.chair().await;
    story.set_state(CohortState::Pairing).await;
    for address in [
        path::cohort_applications(story.cohort),
        path::application(ana.id),
        path::application(begun[0].id),
        path::apart(story.cohort),
        path::outbox(story.program),
        path::board(story.scenario),
        path::application(cy.id),
    ] {
        for reader in [&officer, &chair] {
            let body = reader.get(&address).await.body.to_string();
            assert!(!body.contains("ebrafish"), "{address}: {body}");
        }
    }
    for mail in story.app.mails().await {
        let text = serde_json::to_string(&mail).unwrap();
        assert!(!text.contains("ebrafish"), "{text}");
    }
    // The address is free again, and what was is not there.
    let again = story.app.signed_in("zebrafish@mail.example").await;
    let mine: Vec<MyApplication> = again.get(path::MY_APPLICATIONS).await.read();
    assert!(mine.is_empty());
}

#[tokio::test]
async fn the_last_officer_and_who_is_in_an_announced_pair_cannot_simply_go() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let olga = json!({ "email": "olga@association.example" });
    officer
        .post(path::ERASURE, &olga)
        .await
        .refused(409, "last_officer");
    assert_eq!(
        officer.get(path::outbox(story.program)).await.status,
        200,
        "nothing of it was done"
    );
    let ana = story.eligible("ana@mail.example", Role::Mentee, &[]).await;
    let id = ana.id;
    let matched = story.app.app.store.write(move |tx| async move {
        use tandem_server::store::applications;
        let mut application = applications::by_id(&tx, id).await?.unwrap();
        application.state = ApplicationState::Matched;
        applications::update(&tx, &application).await
    });
    matched.await.unwrap();
    story.set_state(CohortState::Published).await;
    let email = json!({ "email": "ana@mail.example" });
    ana.browser
        .post(path::ERASURE, &email)
        .await
        .refused(409, "wrong_state");
    story.set_state(CohortState::Completed).await;
    let gone = ana.browser.post(path::ERASURE, &email).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let gone = ana.browser.send(Method::GET, path::MY_APPLICATIONS).await;
    gone.refused(401, "signed_out");
}
