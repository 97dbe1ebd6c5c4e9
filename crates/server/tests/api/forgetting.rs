//! What the server forgets by itself, and what it keeps.

use chrono::Duration;
use serde_json::json;
use tandem_api::application::StartedApplications;
use tandem_api::path;
use tandem_api::timeline::CalendarToken;
use tandem_domain::id::{ApplicationId, PersonId};
use tandem_domain::role::Role;
use tandem_server::forget;
use tandem_server::store::{StoreError, applications, erasing, people};

use crate::story::{Applicant, Story, text};

/// Somebody who gave an address and has written a name.
async fn writes(story: &Story, email: &str) -> Applicant {
    let browser = story.app.visitor();
    let begun = browser
        .post(
            path::cohort_applications(story.cohort),
            &json!({ "roles": ["mentee"], "email": email }),
        )
        .await;
    let applicant = Applicant {
        id: begun.read::<StartedApplications>().applications[0].id,
        role: Role::Mentee,
        browser,
    };
    applicant
        .save(&[("preferred_name", Some(text("Newcomer")))])
        .await;
    applicant
}

async fn forget_after(story: &Story, time: Duration) {
    story.app.wait(time);
    forget::what_is_over(&story.app.app).await.unwrap();
}

/// Whose an application is, if it is there.
async fn owner(story: &Story, id: ApplicationId) -> Option<PersonId> {
    let data = &story.app.app.store;
    let read = data.read(|tx| async move { applications::by_id(&tx, id).await });
    read.await.unwrap().map(|application| application.person)
}

#[tokio::test]
async fn who_never_confirms_is_forgotten_once_nothing_leads_to_the_draft() {
    let story = Story::new().await;
    let gone = writes(&story, "gone@mail.example").await;
    let comes = writes(&story, "comes@mail.example").await;
    let person = owner(&story, gone.id).await.unwrap();

    forget_after(&story, Duration::days(13)).await;
    assert!(owner(&story, gone.id).await.is_some());
    assert_eq!(comes.draft().await.answers.len(), 2);

    forget_after(&story, Duration::days(2)).await;
    assert_eq!(owner(&story, gone.id).await, None);
    gone.browser
        .get(path::draft(gone.id))
        .await
        .refused(401, "signed_out");
    let data = &story.app.app.store;
    let read = data
        .read(|tx| async move { Ok::<_, StoreError>(people::find(&tx, person).await?.is_none()) });
    assert!(read.await.unwrap());
    let mails = story.app.mails().await;
    let has_mail = |email: &str| mails.iter().any(|mail| mail.row.to == email);
    assert!(!has_mail("gone@mail.example"));
    assert!(has_mail("comes@mail.example"));

    // A visit a while ago is visit enough.
    assert_eq!(comes.draft().await.answers.len(), 2);
}

#[tokio::test]
async fn an_account_and_its_draft_are_kept_however_long_nobody_comes() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    forget_after(&story, Duration::days(400)).await;
    assert!(owner(&story, ana.id).await.is_some());
}

#[tokio::test]
async fn the_own_calendar_and_what_was_granted_go_with_the_account() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let person = owner(&story, ana.id).await.unwrap();
    let token = ana.browser.post(path::CALENDAR_TOKEN, &json!({})).await;
    let feed = token.read::<CalendarToken>().url.unwrap();
    let feed = feed.replace("http://127.0.0.1:8080", "");
    let visitor = story.app.visitor();
    assert_eq!(visitor.get(&feed).await.status, 200);
    let link = json!({ "email": "ana@mail.example", "last_day": "2018-03-09", "reason": "Ill." });
    let links = path::late_links(story.cohort);
    assert_eq!(chair.post(&links, &link).await.status, 201);
    let erase = move |tx| async move {
        let person = people::find(&tx, person).await?.unwrap();
        erasing::person(&tx, &person).await
    };
    let data = &story.app.app.store;
    data.write::<_, StoreError, _, _>(erase).await.unwrap();
    assert_ne!(visitor.get(&feed).await.status, 200);
    let left = chair.get(&links).await.body.to_string();
    assert!(
        !left.contains("ana@mail.example") && !left.contains("Ill."),
        "{left}"
    );
}

#[tokio::test]
async fn what_is_left_of_somebody_erased_still_counts() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let person = owner(&story, ana.id).await.unwrap();
    let erase = move |tx| async move {
        let person = people::find(&tx, person).await?.unwrap();
        erasing::person(&tx, &person).await
    };
    let data = &story.app.app.store;
    data.write::<_, StoreError, _, _>(erase).await.unwrap();
    forget_after(&story, Duration::days(400)).await;
    assert_eq!(owner(&story, ana.id).await, Some(person));
}
