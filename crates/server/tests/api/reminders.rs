//! Reminders to owners of drafts, and mails that wait for the officer to look at them. W-26.

use axum::http::Method;
use chrono::Duration;
use serde_json::json;
use tandem_api::application::Receipt;
use tandem_api::outbox::{MailRow, MailState};
use tandem_api::path;
use tandem_domain::role::Role;
use tandem_server::mail::LOOK;
use tandem_server::reminders::remind;

use crate::story::{Applicant, Story};

async fn reminders_to(story: &Story, email: &str) -> Vec<String> {
    let mails = story.app.mails().await.into_iter();
    mails
        .filter(|mail| mail.row.template == "draft-reminder" && mail.row.to == email)
        .map(|mail| mail.body)
        .collect()
}

/// W-26.
#[tokio::test]
async fn each_reminder_goes_once_and_only_to_those_who_have_not_sent() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    story.sent("bo@mail.example", Role::Mentee).await;
    let visitor = story.app.visitor();
    visitor.get(path::SESSION).await;
    let body = json!({ "roles": ["mentee"], "email": "new@mail.example" });
    let begun = visitor
        .post(path::cohort_applications(story.cohort), &body)
        .await;
    assert_eq!(begun.status, 201);
    assert_eq!(remind(&story.app.app).await.unwrap(), 0, "far from the end");
    // The call closes 26 days after tests begin.
    story.app.wait(Duration::days(20));
    assert_eq!(remind(&story.app.app).await.unwrap(), 1);
    assert_eq!(remind(&story.app.app).await.unwrap(), 0, "once");
    let [mail] = reminders_to(&story, "ana@mail.example")
        .await
        .try_into()
        .unwrap();
    assert!(
        mail.contains("answers are missing") && mail.contains("Anywhere on Earth"),
        "{mail}"
    );
    assert!(reminders_to(&story, "bo@mail.example").await.is_empty());
    assert!(
        reminders_to(&story, "new@mail.example").await.is_empty(),
        "an address that nobody confirmed gets none"
    );
    // Two of them are due at once after a long night: the later one alone goes.
    story.app.wait(Duration::days(5) + Duration::hours(20));
    assert_eq!(remind(&story.app.app).await.unwrap(), 1);
    assert_eq!(reminders_to(&story, "ana@mail.example").await.len(), 2);
    story.app.wait(Duration::days(1));
    assert_eq!(remind(&story.app.app).await.unwrap(), 0, "it is over");
    drop(ana);
}

/// W-26.
#[tokio::test]
async fn whoever_gets_more_time_is_reminded_of_its_end_anew() {
    let story = Story::new().await;
    story.applicant("ana@mail.example", Role::Mentee).await;
    story.app.wait(Duration::days(25) + Duration::hours(20));
    assert_eq!(remind(&story.app.app).await.unwrap(), 1);
    let body = json!({
        "email": "ana@mail.example",
        "last_day": "2018-03-07",
        "reason": "In hospital.",
    });
    let chair = story.chair().await;
    let made = chair.post(path::late_links(story.cohort), &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let mail = story.app.last_mail_to("ana@mail.example").await.body;
    let (_, rest) = mail.split_once("#late=").unwrap();
    let secret = rest.split_whitespace().next().unwrap();
    let browser = story.app.signed_in("ana@mail.example").await;
    let token = json!({ "token": secret });
    let opened = browser.post(path::LATE_LINK_OPEN, &token).await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert_eq!(
        remind(&story.app.app).await.unwrap(),
        0,
        "the mail about more time has just gone"
    );
    // The end is now noon of 8 March in UTC.
    story.app.wait(Duration::days(3) + Duration::hours(5));
    assert_eq!(remind(&story.app.app).await.unwrap(), 1);
    story.app.wait(Duration::days(1) + Duration::hours(20));
    assert_eq!(remind(&story.app.app).await.unwrap(), 1);
    assert_eq!(remind(&story.app.app).await.unwrap(), 0, "once");
    let mails = reminders_to(&story, "ana@mail.example").await;
    assert_eq!(mails.len(), 3);
    assert!(mails.iter().any(|mail| mail.contains("7 March 2018")));
}

#[tokio::test]
async fn nobody_is_reminded_who_does_not_want_it() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    assert!(ana.draft().await.application.reminders);
    let no = ana
        .browser
        .put(path::reminders(ana.id), &json!({ "wanted": false }))
        .await;
    assert_eq!(no.status, 204);
    assert!(!ana.draft().await.application.reminders);
    story.app.wait(Duration::days(25));
    assert_eq!(remind(&story.app.app).await.unwrap(), 0);
    let other = story.app.signed_in("bo@mail.example").await;
    other
        .put(path::reminders(ana.id), &json!({ "wanted": true }))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_reminder_that_waits_is_dropped_when_the_application_is_sent() {
    let story = Story::with_smtp().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    story.app.wait(Duration::days(13));
    story.app.wait(Duration::days(7));
    let ana = Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        ..ana
    };
    assert_eq!(remind(&story.app.app).await.unwrap(), 1);
    ana.submit().await.read::<Receipt>();
    let mails = story.app.mails().await;
    let reminder = mails
        .iter()
        .find(|mail| mail.row.template == "draft-reminder")
        .unwrap();
    assert_eq!(reminder.row.state, MailState::Dropped);
}

#[tokio::test]
async fn the_officer_reads_a_mail_before_it_goes_and_holds_it_back() {
    let story = Story::with_smtp().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    story.decide(&story.chair().await, ana.id, true, "").await;
    let (officer, chair) = (story.officer().await, story.chair().await);
    let decided = async || {
        let rows: Vec<MailRow> = officer.get(path::outbox(story.program)).await.read();
        rows.into_iter()
            .find(|row| row.template == "application-eligible")
            .unwrap()
    };
    let mail = decided().await;
    assert_eq!(mail.state, MailState::Waiting);
    assert_eq!(mail.due_at, story.app.clock.real() + LOOK);
    let hold = path::mail_hold(story.program, mail.id);
    let release = path::mail_release(story.program, mail.id);
    chair
        .send(Method::POST, &hold)
        .await
        .refused(403, "forbidden");
    assert_eq!(officer.send(Method::POST, &hold).await.status, 204);
    assert_eq!(decided().await.state, MailState::Held);
    officer
        .send(Method::POST, &hold)
        .await
        .refused(409, "wrong_state");
    assert_eq!(officer.send(Method::POST, &release).await.status, 204);
    let mail = decided().await;
    assert_eq!(
        (mail.state, mail.due_at),
        (MailState::Waiting, story.app.clock.real())
    );
}
