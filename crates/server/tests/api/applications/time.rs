//! More time for one person: extensions on an application, and late links.

use axum::http::{Method, StatusCode};
use chrono::Duration;
use serde_json::json;
use tandem_api::application::{
    ApplicationView, DraftSaved, MyApplication, Receipt, StartedApplications, Step,
};
use tandem_api::path;
use tandem_api::window::{LateLinkOpened, LateLinkView};
use tandem_domain::application::ApplicationState;
use tandem_domain::application::window::Grant;
use tandem_domain::cohort::CohortState;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use crate::story::{Applicant, Story, text};
use crate::support::{Browser, Reply};

/// Just after the announced moment and the grace.
fn after_the_call() -> Duration {
    Duration::days(26) + Duration::minutes(20)
}

async fn again(story: &Story, email: &str, applicant: Applicant) -> Applicant {
    Applicant {
        browser: story.app.signed_in(email).await,
        ..applicant
    }
}

async fn grant(by: &Browser, application: ApplicationId, last_day: &str) -> Reply {
    let view = by.get(path::application(application)).await;
    let tag = view.header("etag").to_owned();
    let body = json!({ "last_day": last_day, "reason": "In hospital until Friday." });
    let headers = [("if-match", tag.as_str())];
    by.send_json(Method::PUT, path::extension(application), &body, &headers)
        .await
}

/// W-20.
#[tokio::test]
async fn an_extension_opens_what_was_sent_for_one_person_and_is_told_by_mail() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let bo = story.sent("bo@mail.example", Role::Mentee).await;
    story.app.wait(after_the_call());
    let ana = again(&story, "ana@mail.example", ana).await;
    let bo = again(&story, "bo@mail.example", bo).await;
    ana.save_at(1, &[]).await.refused(409, "deadline_passed");
    let chair = story.chair().await;
    let view: ApplicationView = grant(&chair, ana.id, "2018-03-09").await.read();
    assert_eq!(
        view.granted.map(|granted| granted.by),
        Some(Grant::Extension)
    );
    let line = &view.history[0];
    assert_eq!(line.reason.as_deref(), Some("In hospital until Friday."));
    assert_eq!(line.by, "carl");
    let until = line.more_time.clone().unwrap();
    assert_eq!(until.last_day().to_string(), "2018-03-09");
    let mail = story.app.last_mail_to("ana@mail.example").await;
    assert!(
        mail.body
            .contains("Friday, 9 March 2018, Anywhere on Earth")
    );
    assert!(!mail.body.contains("hospital"));

    let own = ana.draft().await.application;
    assert_eq!((own.closes, own.granted), (until, Some(Grant::Extension)));
    let saved: DraftSaved = ana.save(&[("member_no", Some(text("7")))]).await;
    assert_eq!(saved.closes.last_day().to_string(), "2018-03-09");
    let receipt: Receipt = ana.submit().await.read();
    assert!(!receipt.late, "within what was granted nothing is late");
    bo.save_at(1, &[]).await.refused(409, "deadline_passed");
    // What the committee noted is not for the owner.
    let seen: ApplicationView = ana.browser.get(path::application(ana.id)).await.read();
    assert!(seen.history.iter().all(|line| line.reason.is_none()));
}

#[tokio::test]
async fn an_extension_ends_by_its_own_date_the_grace_included_or_when_it_is_taken_back() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let bo = story.sent("bo@mail.example", Role::Mentee).await;
    let chair = story.chair().await;
    for applicant in [&ana, &bo] {
        grant(&chair, applicant.id, "2018-03-05")
            .await
            .read::<ApplicationView>();
    }
    story.set_state(CohortState::Review).await;
    let tag = chair.get(path::application(bo.id)).await;
    let headers = [("if-match", tag.header("etag"))];
    let body = json!({});
    let ended = chair
        .send_json(Method::DELETE, path::extension(bo.id), &body, &headers)
        .await;
    assert_eq!(ended.read::<ApplicationView>().granted, None);
    bo.save_at(1, &[]).await.refused(409, "deadline_passed");
    ana.save(&[("member_no", Some(text("7")))]).await;
    // 2018-03-06T12:00Z is the end; a quarter of an hour longer is taken.
    story.app.wait(Duration::days(29) + Duration::minutes(14));
    let ana = again(&story, "ana@mail.example", ana).await;
    assert!(ana.submit().await.read::<Receipt>().late);
    story.app.wait(Duration::minutes(2));
    ana.save_at(1, &[]).await.refused(409, "deadline_passed");
}

#[tokio::test]
async fn an_extension_brings_back_what_was_taken_back_and_is_refused_where_it_gives_nothing() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    ana.withdraw().await;
    story.set_state(CohortState::Review).await;
    let officer = story.officer().await;
    for day in ["2018-02-20", "2018-03-02", "2030-01-01"] {
        grant(&officer, ana.id, day).await.refused(422, "invalid");
    }
    let stale = json!({ "last_day": "2018-03-09", "reason": "Ill." });
    officer
        .send_json(
            Method::PUT,
            path::extension(ana.id),
            &stale,
            &[("if-match", "\"1\"")],
        )
        .await
        .refused(412, "stale");
    grant(&officer, ana.id, "2018-03-09")
        .await
        .read::<ApplicationView>();
    let back = ana.bring_back().await;
    assert_eq!(
        back.read::<MyApplication>().state,
        ApplicationState::Submitted
    );
    story.set_state(CohortState::Pairing).await;
    grant(&officer, ana.id, "2018-03-10")
        .await
        .refused(409, "wrong_state");
    ana.save_at(1, &[]).await.refused(409, "deadline_passed");
}

async fn make_link(story: &Story, email: &str) -> (LateLinkView, String) {
    let body = json!({ "email": email, "last_day": "2018-03-09", "reason": "Wrote in time." });
    let chair = story.chair().await;
    let made = chair.post(path::late_links(story.cohort), &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let mail = story.app.last_mail_to(email).await;
    assert!(!made.body.to_string().contains("late="));
    let (_, rest) = mail.body.split_once("#late=").unwrap();
    let secret = rest.split_whitespace().next().unwrap().to_owned();
    (made.read(), secret)
}

async fn start_late(story: &Story, by: &Browser, body: serde_json::Value) -> Reply {
    by.post(path::cohort_applications(story.cohort), &body)
        .await
}

#[tokio::test]
async fn a_late_link_lets_one_person_begin_and_send_after_the_call() {
    let story = Story::new().await;
    story.app.wait(after_the_call());
    let (link, secret) = make_link(&story, "ana@mail.example").await;
    assert!(link.used_at.is_none() && link.by == "carl");
    let ana = story.app.signed_in("ana@mail.example").await;
    let opened = json!({ "token": secret });
    let opened: LateLinkOpened = ana.post(path::LATE_LINK_OPEN, &opened).await.read();
    assert_eq!(opened.cohort, story.cohort);
    start_late(&story, &ana, json!({ "roles": ["mentee"] }))
        .await
        .refused(409, "deadline_passed");
    let body = json!({ "roles": ["mentee"], "late": secret });
    let begun: StartedApplications = start_late(&story, &ana, body).await.read();
    let own = &begun.applications[0];
    assert_eq!(own.granted, Some(Grant::LateLink));
    assert_eq!(own.next.what, Step::FinishAndSubmit);
    let ana = Applicant {
        browser: ana,
        id: own.id,
        role: Role::Mentee,
    };
    ana.complete(&[]).await;
    assert!(!ana.submit().await.read::<Receipt>().late);
    // It opens for nobody else, but for its user as often as wanted.
    let bo = story.app.signed_in("bo@mail.example").await;
    let other = json!({ "roles": ["mentor"], "late": secret });
    start_late(&story, &bo, other.clone())
        .await
        .refused(410, "gone");
    bo.post(path::LATE_LINK_OPEN, &json!({ "token": secret }))
        .await
        .refused(410, "gone");
    assert_eq!(start_late(&story, &ana.browser, other).await.status, 201);
    let chair = story.chair().await;
    let links: Vec<LateLinkView> = chair.get(path::late_links(story.cohort)).await.read();
    assert!(links[0].used_at.is_some());
}

#[tokio::test]
async fn a_draft_that_was_not_sent_goes_on_with_a_late_link() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    story.app.wait(after_the_call());
    let ana = again(&story, "ana@mail.example", ana).await;
    ana.submit().await.refused(409, "deadline_passed");
    assert_eq!(ana.draft().await.application.next.what, Step::TooLate);
    let (_, secret) = make_link(&story, "ana@mail.example").await;
    ana.browser
        .post(path::LATE_LINK_OPEN, &json!({ "token": secret }))
        .await
        .read::<LateLinkOpened>();
    assert!(ana.draft().await.editable);
    ana.submit().await.read::<Receipt>();
}

#[tokio::test]
async fn a_visitor_with_a_late_link_writes_at_once() {
    let story = Story::new().await;
    story.app.wait(after_the_call());
    let (_, secret) = make_link(&story, "ana@mail.example").await;
    let visitor = story.app.visitor();
    visitor.get(path::SESSION).await;
    visitor
        .post(path::LATE_LINK_OPEN, &json!({ "token": secret }))
        .await
        .read::<LateLinkOpened>();
    let body = json!({ "roles": ["mentee"], "email": "ana@mail.example", "late": secret });
    let begun: StartedApplications = start_late(&story, &visitor, body).await.read();
    let draft = visitor.get(path::draft(begun.applications[0].id)).await;
    assert_eq!(draft.body["editable"], true);
}

#[tokio::test]
async fn a_late_link_that_was_taken_back_or_is_over_opens_nothing() {
    let story = Story::new().await;
    let (link, secret) = make_link(&story, "ana@mail.example").await;
    let (_, second) = make_link(&story, "bo@mail.example").await;
    let ana = story.app.signed_in("ana@mail.example").await;
    for nobody in [&ana, &story.subcommittee().await] {
        nobody
            .send(Method::DELETE, path::late_link(link.id))
            .await
            .refused(404, "not_found");
    }
    let chair = story.chair().await;
    let gone = chair.send(Method::DELETE, path::late_link(link.id)).await;
    assert_eq!(gone.status, 204);
    let open = async |secret: &str| {
        let body = json!({ "token": secret });
        ana.post(path::LATE_LINK_OPEN, &body).await
    };
    open(&secret).await.refused(410, "gone");
    open("made-up").await.refused(410, "gone");
    assert_eq!(open(&second).await.status, 200);
    story.set_state(CohortState::Pairing).await;
    open(&second).await.refused(410, "gone");
}
