//! Beginning to apply, signed in or with an address only.

use axum::http::{Method, StatusCode};
use chrono::Duration;
use serde_json::json;
use tandem_api::application::{
    DraftSaved, DraftView, FieldResult, Receipt, StartedApplications, Step,
};
use tandem_api::path;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::CohortState;
use tandem_domain::form::answer::Answer;
use tandem_domain::role::Role;

use crate::story::{Applicant, Story, text};
use crate::support::Browser;

fn with_address(email: &str) -> serde_json::Value {
    json!({ "roles": ["mentee"], "email": email })
}

/// The code of the last mail to an address.
async fn code(story: &Story, email: &str) -> String {
    let body = story.app.last_mail_to(email).await.body;
    let (_, rest) = body.split_once("code there: ").unwrap();
    rest.lines().next().unwrap().to_owned()
}

async fn begin_with(story: &Story, browser: &Browser, email: &str) -> StartedApplications {
    browser
        .post(
            path::cohort_applications(story.cohort),
            &with_address(email),
        )
        .await
        .read()
}

#[tokio::test]
async fn somebody_signed_in_begins_in_both_roles_and_gets_the_same_when_asking_again() {
    let story = Story::new().await;
    let browser = story.app.signed_in("ana@mail.example").await;
    let first = story.start(&browser, &[Role::Mentor, Role::Mentee]).await;
    assert_eq!(
        first.iter().map(|one| one.role).collect::<Vec<_>>(),
        [Role::Mentee, Role::Mentor]
    );
    assert!(first.iter().all(|one| one.state == ApplicationState::Draft));
    assert_eq!(first[0].next.what, Step::FinishAndSubmit);
    let again = story.start(&browser, &[Role::Mentee]).await;
    assert_eq!(again[0].id, first[0].id);
    let mine: Vec<tandem_api::application::MyApplication> =
        browser.get(path::MY_APPLICATIONS).await.read();
    assert_eq!(mine.len(), 2);
}

#[tokio::test]
async fn a_visitor_writes_at_once_and_sends_once_the_address_is_confirmed() {
    let story = Story::new().await;
    let browser = story.app.visitor();
    let started = begin_with(&story, &browser, "new@mail.example").await;
    let id = started.applications[0].id;
    assert_eq!(started.applications[0].next.what, Step::ConfirmAddress);
    let applicant = Applicant {
        browser,
        id,
        role: Role::Mentee,
    };
    assert_eq!(
        applicant.draft().await.answers[&"email".into()],
        text("new@mail.example")
    );
    applicant.complete(&[]).await;
    applicant.submit().await.refused(409, "unconfirmed");

    let body = json!({ "code": code(&story, "new@mail.example").await });
    let redeemed = applicant.browser.post(path::AUTH_REDEEM, &body).await;
    assert_eq!(redeemed.status, StatusCode::OK, "{}", redeemed.body);
    assert_eq!(redeemed.body["claimed"], json!([id]));
    assert_eq!(applicant.submit().await.read::<Receipt>().reference, "E001");
}

#[tokio::test]
async fn the_draft_of_a_visitor_opens_in_no_other_browser() {
    let story = Story::new().await;
    let browser = story.app.visitor();
    let id = begin_with(&story, &browser, "new@mail.example")
        .await
        .applications[0]
        .id;
    assert_eq!(browser.get(path::draft(id)).await.status, StatusCode::OK);
    story
        .app
        .visitor()
        .get(path::draft(id))
        .await
        .refused(401, "signed_out");
    let other = story.app.signed_in("other@mail.example").await;
    other.get(path::draft(id)).await.refused(404, "not_found");
}

#[tokio::test]
async fn an_address_with_an_account_is_answered_like_any_other() {
    let story = Story::new().await;
    let known = story.applicant("known@mail.example", Role::Mentee).await;
    known.save(&[("preferred_name", Some(text("Known")))]).await;
    let mut replies = Vec::new();
    for email in ["known@mail.example", "fresh@mail.example"] {
        let browser = story.app.visitor();
        let address = path::cohort_applications(story.cohort);
        let mut reply = browser.post(address, &with_address(email)).await;
        let draft = browser
            .get(path::draft(
                reply.read::<StartedApplications>().applications[0].id,
            ))
            .await;
        assert_eq!(
            draft.body["answers"].as_object().unwrap().len(),
            1,
            "{}",
            draft.body
        );
        assert!(browser.cookie("tandem").is_some());
        reply.body["applications"][0]["id"] = json!("-");
        replies.push((reply.status, reply.body));
    }
    assert_eq!(replies[0], replies[1]);
    assert_eq!(
        known.draft().await.answers[&"preferred_name".into()],
        text("Known")
    );
}

#[tokio::test]
async fn w_01_what_was_written_before_signing_in_joins_the_draft_of_the_account() {
    let story = Story::new().await;
    let known = story.applicant("known@mail.example", Role::Mentee).await;
    known
        .save(&[
            ("preferred_name", Some(text("Old"))),
            ("member_no", Some(text("7"))),
        ])
        .await;
    story.app.wait(Duration::minutes(5));
    let browser = story.app.visitor();
    let id = begin_with(&story, &browser, "known@mail.example")
        .await
        .applications[0]
        .id;
    let visitor = Applicant {
        browser,
        id,
        role: Role::Mentee,
    };
    visitor.save(&[("preferred_name", Some(text("New")))]).await;

    let body = json!({ "code": code(&story, "known@mail.example").await });
    let redeemed = visitor.browser.post(path::AUTH_REDEEM, &body).await;
    assert_eq!(
        redeemed.body["claimed"],
        json!([known.id]),
        "{}",
        redeemed.body
    );
    let draft = known.draft().await;
    assert_eq!(draft.answers[&"preferred_name".into()], text("New"));
    assert_eq!(draft.answers[&"member_no".into()], text("7"));
    assert_eq!(draft.undecided.len(), 1, "{:?}", draft.undecided);
    assert_eq!(
        draft.undecided[&"preferred_name".into()].theirs,
        text("Old")
    );
    visitor
        .browser
        .get(path::draft(id))
        .await
        .refused(404, "not_found");
}

/// Somebody who has an account with answers in a draft writes others in another browser, so much
/// later, and then confirms the address there.
async fn written_twice(
    story: &Story,
    here: &[(&str, Option<Answer>)],
    (later, there): (Duration, &[(&str, Option<Answer>)]),
) -> Applicant {
    let known = story.applicant("known@mail.example", Role::Mentee).await;
    known.save(here).await;
    story.app.wait(later);
    joins(story, there).await;
    Applicant {
        browser: story.app.signed_in("known@mail.example").await,
        ..known
    }
}

/// Writes answers in a new browser, and confirms the address there.
async fn joins(story: &Story, there: &[(&str, Option<Answer>)]) {
    let browser = story.app.visitor();
    let begun = begin_with(story, &browser, "known@mail.example").await;
    let visitor = Applicant {
        browser,
        id: begun.applications[0].id,
        role: Role::Mentee,
    };
    visitor.save(there).await;
    let body = json!({ "code": code(story, "known@mail.example").await });
    let redeemed = visitor.browser.post(path::AUTH_REDEEM, &body).await;
    assert_eq!(redeemed.status, StatusCode::OK, "{}", redeemed.body);
}

fn undecided(draft: &DraftView, question: &str) -> Option<Answer> {
    let other = draft.undecided.get(&question.into())?;
    Some(other.theirs.clone())
}

#[tokio::test]
async fn of_two_texts_in_a_field_none_is_lost_until_the_owner_decides() {
    let story = Story::new().await;
    let here = [
        ("preferred_name", Some(text("Old"))),
        ("name_said", Some(text("OLD"))),
        ("member_no", Some(text("7"))),
        ("job_title", Some(text("Librarian"))),
    ];
    let there = [
        ("preferred_name", Some(text("New"))),
        ("name_said", Some(text("NEW"))),
        ("member_no", Some(text("7"))),
        ("legal_name", Some(text("Nora"))),
    ];
    let later = Duration::minutes(5);
    let ana = written_twice(&story, &here, (later, &there)).await;
    let draft = ana.draft().await;
    assert_eq!(undecided(&draft, "preferred_name"), Some(text("Old")));
    assert_eq!(undecided(&draft, "name_said"), Some(text("OLD")));
    assert_eq!(draft.undecided.len(), 2, "only where they differ");
    // A tab that has seen one of the two only decides nothing.
    let result = async |written: &str| {
        let change = [("name_said", Some(text(written)))];
        let saved: DraftSaved = ana.save_at(draft.rev - 1, &change).await.read();
        saved.results[&"name_said".into()].clone()
    };
    assert_eq!(result("NEW").await, FieldResult::Ok);
    let other = result("other").await;
    assert!(matches!(other, FieldResult::Conflict { .. }), "{other:?}");
    assert_eq!(
        undecided(&ana.draft().await, "name_said"),
        Some(text("OLD"))
    );
    // What stands there, and the other one.
    let decided = [
        ("preferred_name", Some(text("New"))),
        ("name_said", Some(text("OLD"))),
    ];
    ana.save(&decided).await;
    let draft = ana.draft().await;
    assert!(draft.undecided.is_empty(), "{:?}", draft.undecided);
    assert_eq!(draft.answers[&"preferred_name".into()], text("New"));
    assert_eq!(draft.answers[&"name_said".into()], text("OLD"));
    assert_eq!(draft.answers[&"job_title".into()], text("Librarian"));
    assert_eq!(draft.answers[&"legal_name".into()], text("Nora"));
}

#[tokio::test]
async fn a_third_text_pushes_none_of_the_others_out() {
    let story = Story::new().await;
    let here = [("name_said", Some(text("first")))];
    let there = [("name_said", Some(text("second")))];
    let later = Duration::minutes(5);
    let ana = written_twice(&story, &here, (later, &there)).await;
    story.app.wait(later);
    joins(&story, &[("name_said", Some(text("third")))]).await;
    let draft = ana.draft().await;
    assert_eq!(draft.answers[&"name_said".into()], text("third"));
    assert_eq!(
        undecided(&draft, "name_said"),
        Some(text("first\n\nsecond"))
    );
}

#[tokio::test]
async fn what_was_written_earlier_in_the_other_browser_is_kept_beside() {
    let story = Story::new().await;
    let ana = story.applicant("known@mail.example", Role::Mentee).await;
    let browser = story.app.visitor();
    let id = begin_with(&story, &browser, "known@mail.example")
        .await
        .applications[0]
        .id;
    let visitor = Applicant {
        browser,
        id,
        role: Role::Mentee,
    };
    let earlier = [
        ("name_said", Some(text("earlier"))),
        ("member_no", Some(text("1"))),
    ];
    visitor.save(&earlier).await;
    story.app.wait(Duration::minutes(5));
    ana.save(&[("name_said", Some(text("later")))]).await;
    let body = json!({ "code": code(&story, "known@mail.example").await });
    let redeemed = visitor.browser.post(path::AUTH_REDEEM, &body).await;
    assert_eq!(redeemed.status, StatusCode::OK, "{}", redeemed.body);
    let draft = ana.draft().await;
    assert_eq!(draft.answers[&"name_said".into()], text("later"));
    assert_eq!(draft.answers[&"member_no".into()], text("1"));
    assert_eq!(undecided(&draft, "name_said"), Some(text("earlier")));
}

#[tokio::test]
async fn an_application_that_is_decided_on_keeps_its_answers_and_the_others_beside() {
    let story = Story::new().await;
    let own = [("name_said", text("sent"))];
    let ana = story
        .eligible("known@mail.example", Role::Mentee, &own)
        .await;
    let before = ana.draft().await;
    story.app.wait(Duration::minutes(5));
    joins(&story, &[("name_said", Some(text("written later")))]).await;
    let draft = ana.draft().await;
    assert_eq!(draft.application, before.application);
    assert_eq!((draft.rev, &draft.answers), (before.rev, &before.answers));
    assert_eq!(undecided(&draft, "name_said"), Some(text("written later")));
}

#[tokio::test]
async fn the_same_key_begins_nothing_twice_even_if_the_answer_was_lost() {
    let story = Story::new().await;
    let send = async |browser: &Browser, email: &str| {
        let address = path::cohort_applications(story.cohort);
        let key = [("idempotency-key", "a-key-made-by-the-browser")];
        browser
            .send_json(Method::POST, address, &with_address(email), &key)
            .await
    };
    let first_try = story.app.visitor();
    first_try.get(path::SESSION).await;
    let mark = first_try.cookie("tandem-browser").unwrap();
    let first = send(&first_try, "new@mail.example").await;
    // The same browser, had it never got the answer.
    let browser = story.app.visitor();
    browser.keep("tandem-browser", &mark);
    let again = send(&browser, "new@mail.example").await;
    assert_eq!(first.body, again.body);
    assert_eq!(story.app.mails().await.len(), 1);
    let id = again.read::<StartedApplications>().applications[0].id;
    assert_eq!(browser.get(path::draft(id)).await.status, StatusCode::OK);
    let other = story.app.visitor();
    other.keep("tandem-browser", &mark);
    let other = send(&other, "another@mail.example").await;
    other.refused(422, "idempotency_key_reused");
}

#[tokio::test]
async fn the_key_of_a_visitor_opens_nothing_in_another_browser() {
    let story = Story::new().await;
    let send = async |browser: &Browser| {
        let address = path::cohort_applications(story.cohort);
        let key = [("idempotency-key", "a-key-made-by-the-browser")];
        let body = with_address("new@mail.example");
        browser
            .send_json(Method::POST, address, &body, &key)
            .await
            .read::<StartedApplications>()
            .applications[0]
            .id
    };
    let first = story.app.visitor();
    let id = send(&first).await;
    let unmarked = story.app.visitor();
    let marked = story.app.visitor();
    marked.get(path::SESSION).await;
    for other in [unmarked, marked] {
        assert_ne!(send(&other).await, id, "a draft of its own");
        other.get(path::draft(id)).await.refused(404, "not_found");
    }
    assert_eq!(first.get(path::draft(id)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_browser_keeps_its_mark_while_a_link_is_under_way() {
    let story = Story::new().await;
    let browser = story.app.visitor();
    let marked = browser.get(path::SESSION).await;
    assert!(marked.header("set-cookie").starts_with("tandem-browser="));
    let mark = browser.cookie("tandem-browser");
    let body = json!({ "email": "new@mail.example" });
    let asked = browser.post(path::AUTH_LINK, &body).await;
    assert_eq!(browser.cookie("tandem-browser"), mark, "the same");
    assert!(
        asked.header("set-cookie").contains("Max-Age=86400"),
        "and for another day"
    );
    let signed_in = story.app.signed_in("ana@mail.example").await;
    let session = signed_in.get(path::SESSION).await;
    assert_eq!(session.header("set-cookie"), "");
}

#[tokio::test]
async fn nobody_begins_without_a_role_an_address_or_a_key() {
    let story = Story::new().await;
    let address = path::cohort_applications(story.cohort);
    let visitor = story.app.visitor();
    visitor
        .post(&address, &json!({ "roles": [] }))
        .await
        .refused(422, "invalid");
    visitor
        .post(&address, &json!({ "roles": ["boss"] }))
        .await
        .refused(422, "invalid");
    visitor
        .post(&address, &json!({ "roles": ["mentee"] }))
        .await
        .refused(422, "invalid");
    visitor
        .post(&address, &with_address("not an address"))
        .await
        .refused(422, "invalid");
    let unkeyed = visitor
        .send_json(
            Method::POST,
            &address,
            &with_address("new@mail.example"),
            &[],
        )
        .await;
    unkeyed.refused(428, "precondition_required");
    assert_eq!(visitor.cookie("tandem"), None);
    assert!(story.app.mails().await.is_empty());
}

#[tokio::test]
async fn a_call_that_is_closed_or_not_public_begins_nothing() {
    let story = Story::new().await;
    let address = path::cohort_applications(story.cohort);
    story.app.wait(Duration::days(26) + Duration::minutes(16));
    let browser = story.app.signed_in("ana@mail.example").await;
    let late = browser
        .post(&address, &json!({ "roles": ["mentee"] }))
        .await;
    late.refused(409, "deadline_passed");
    story
        .app
        .visitor()
        .post(&address, &with_address("new@mail.example"))
        .await
        .refused(409, "deadline_passed");
    story.set_state(CohortState::Draft).await;
    browser
        .post(&address, &json!({ "roles": ["mentee"] }))
        .await
        .refused(404, "not_found");
}
