//! Who holds which office.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_api::path;
use tandem_api::people::MemberView;
use tandem_api::session::SessionView;
use tandem_domain::id::PersonId;
use tandem_domain::role::Office;

use crate::story::Story;
use crate::support::{Browser, Reply};

async fn list(browser: &Browser, story: &Story) -> Vec<MemberView> {
    browser.get(path::members(story.program)).await.read()
}

async fn set(browser: &Browser, story: &Story, person: PersonId, offices: &[Office]) -> Reply {
    let rev = list(browser, story).await[0].rev.to_string();
    set_as_seen(browser, story, person, offices, &rev).await
}

async fn set_as_seen(
    browser: &Browser,
    story: &Story,
    person: PersonId,
    offices: &[Office],
    rev: &str,
) -> Reply {
    let body = json!({ "offices": offices });
    let address = path::member(story.program, person);
    browser
        .send_json(Method::PUT, address, &body, &[("if-match", rev)])
        .await
}

async fn id(browser: &Browser) -> PersonId {
    browser
        .get(path::SESSION)
        .await
        .read::<SessionView>()
        .me
        .unwrap()
        .id
}

#[tokio::test]
async fn an_officer_gives_an_office_to_an_address_and_its_owner_hears() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let body = json!({ "email": "Sam@example.org", "name": "Sam", "offices": ["subcommittee"] });
    let reply = officer.post(path::members(story.program), &body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
    assert_eq!(reply.read::<MemberView>().offices, [Office::Subcommittee]);
    let mail = story.app.last_mail_to("Sam@example.org").await;
    assert_eq!(mail.row.template, "member-added");
    assert!(
        mail.body.contains("member of the subcommittee"),
        "{}",
        mail.body
    );
    let sam = story.app.signed_in("sam@example.org").await;
    let me = sam
        .get(path::SESSION)
        .await
        .read::<SessionView>()
        .me
        .unwrap();
    assert_eq!((me.name.as_str(), me.offices.len()), ("Sam", 1));
    let names: Vec<String> = list(&officer, &story)
        .await
        .into_iter()
        .map(|member| member.name)
        .collect();
    assert_eq!(names, ["Sam", "olga"]);
}

#[tokio::test]
async fn a_program_keeps_an_officer() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let olga = id(&officer).await;
    set(&officer, &story, olga, &[Office::Chair])
        .await
        .refused(409, "last_officer");
    assert_eq!(list(&officer, &story).await[0].offices, [Office::Officer]);
    story
        .app
        .member("otto@example.org", story.program, &[Office::Officer])
        .await;
    assert_eq!(
        set(&officer, &story, olga, &[]).await.status,
        StatusCode::NO_CONTENT
    );
    officer
        .get(path::members(story.program))
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn a_chair_gives_and_takes_seats_of_the_subcommittee_only() {
    let story = Story::new().await;
    let (officer, chair) = (story.officer().await, story.chair().await);
    let add = async |email: &str, office: &str| {
        let body = json!({ "email": email, "name": "New", "offices": [office] });
        chair.post(path::members(story.program), &body).await
    };
    assert_eq!(
        add("new@example.org", "subcommittee").await.status,
        StatusCode::CREATED
    );
    add("new@example.org", "chair")
        .await
        .refused(403, "forbidden");
    add("other@example.org", "officer")
        .await
        .refused(403, "forbidden");
    let olga = id(&officer).await;
    set(&chair, &story, olga, &[])
        .await
        .refused(403, "forbidden");
    let sam = story.subcommittee().await;
    sam.get(path::members(story.program))
        .await
        .refused(403, "forbidden");
    story
        .app
        .visitor()
        .get(path::members(story.program))
        .await
        .refused(401, "signed_out");
}

#[tokio::test]
async fn a_change_needs_to_know_the_last_one() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let sam = id(&story.subcommittee().await).await;
    let rev = list(&officer, &story).await[0].rev.to_string();
    let body = json!({ "offices": ["chair"] });
    let address = path::member(story.program, sam);
    officer
        .put(&address, &body)
        .await
        .refused(428, "precondition_required");
    let first = set_as_seen(&officer, &story, sam, &[Office::Chair], &rev).await;
    assert_eq!(first.status, StatusCode::NO_CONTENT);
    set_as_seen(&officer, &story, sam, &[], &rev)
        .await
        .refused(412, "stale");
    let nobody = PersonId(uuid::Uuid::now_v7());
    set(&officer, &story, nobody, &[])
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn an_office_that_is_taken_away_ends_at_once() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let chair = story.chair().await;
    assert_eq!(
        chair.get(path::members(story.program)).await.status,
        StatusCode::OK
    );
    let carl = id(&chair).await;
    assert_eq!(
        set(&officer, &story, carl, &[]).await.status,
        StatusCode::NO_CONTENT
    );
    chair
        .get(path::members(story.program))
        .await
        .refused(403, "forbidden");
}
