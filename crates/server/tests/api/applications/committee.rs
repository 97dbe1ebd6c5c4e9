//! What the committee reads, asks and decides.

use axum::http::Method;
use chrono::Duration;
use serde_json::json;
use tandem_api::application::{ApplicationList, ApplicationView, InfoRequestView, MyApplication};
use tandem_api::path;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::CohortState;
use tandem_domain::role::Role;

use crate::story::{Applicant, Story, avoid, text};
use crate::support::{Browser, Reply};

const SECRET: &str = "The reason nobody must read";

async fn ask(by: &Browser, ana: &Applicant, questions: &[&str]) -> Reply {
    let tag = by
        .get(path::application(ana.id))
        .await
        .header("etag")
        .to_owned();
    let key = uuid::Uuid::now_v7().to_string();
    let headers = [
        ("if-match", tag.as_str()),
        ("idempotency-key", key.as_str()),
    ];
    let body = json!({ "text": "Which is your school?", "questions": questions });
    by.send_json(Method::POST, path::info_requests(ana.id), &body, &headers)
        .await
}

#[tokio::test]
async fn the_list_shows_what_was_sent_and_counts_drafts_without_their_content() {
    let story = Story::new().await;
    let draft = story.applicant("draft@mail.example", Role::Mentor).await;
    draft.save(&[("preferred_name", Some(text(SECRET)))]).await;
    let own = [("preferred_name", text("Ana"))];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    for member in [
        story.subcommittee().await,
        story.chair().await,
        story.officer().await,
    ] {
        let reply = member.get(path::cohort_applications(story.cohort)).await;
        assert!(!reply.body.to_string().contains(SECRET));
        let list: ApplicationList = reply.read();
        assert_eq!(list.drafts, [(Role::Mentor, 1)].into());
        assert_eq!(list.rows.len(), 1);
        assert_eq!(
            (list.rows[0].id, list.rows[0].name.as_str()),
            (ana.id, "Ana")
        );
        assert_eq!(list.rows[0].place.as_deref(), Some("US-IL"));
        member
            .get(path::application(draft.id))
            .await
            .refused(404, "not_found");
    }
    let outsider = story.app.signed_in("outsider@mail.example").await;
    outsider
        .get(path::cohort_applications(story.cohort))
        .await
        .refused(403, "forbidden");
    ana.browser
        .get(path::cohort_applications(story.cohort))
        .await
        .refused(403, "forbidden");
    let visitor = story.app.visitor();
    visitor
        .get(path::cohort_applications(story.cohort))
        .await
        .refused(401, "signed_out");
    outsider
        .get(path::application(ana.id))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn blocks_and_their_reasons_are_read_by_the_officer_only() {
    let story = Story::new().await;
    let own = [
        ("block_people", avoid(SECRET, "cy@mail.example")),
        ("comfort", text("Only those who pair read this.")),
        ("legal_name", text("Ana Maria")),
    ];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    let read = async |member: Browser| {
        let list = member
            .get(path::cohort_applications(story.cohort))
            .await
            .body
            .to_string();
        let view = member.get(path::application(ana.id)).await;
        (
            view.read::<ApplicationView>().answers,
            format!("{list}{}", view.body),
        )
    };
    let (subcommittee, everything) = read(story.subcommittee().await).await;
    assert!(!everything.contains(SECRET) && !everything.contains("hiring"));
    assert!(subcommittee.contains_key(&"comfort".into()));
    assert!(!subcommittee.contains_key(&"legal_name".into()));
    let (chair, everything) = read(story.chair().await).await;
    assert!(!everything.contains(SECRET) && !chair.contains_key(&"block_people".into()));
    let (officer, _) = read(story.officer().await).await;
    assert!(officer.contains_key(&"block_people".into()));
    assert!(officer.contains_key(&"legal_name".into()));
    assert!(!officer.contains_key(&"comfort".into()));
}

#[tokio::test]
async fn who_is_on_the_committee_reads_the_own_application_as_its_owner() {
    let story = Story::new().await;
    let sam = story.sent("sam@association.example", Role::Mentee).await;
    let member = story.subcommittee().await;
    let view: ApplicationView = member.get(path::application(sam.id)).await.read();
    assert!(
        view.may
            .iter()
            .all(|action| *action != tandem_domain::permission::Action::ReadApplication)
    );
    assert!(view.answers.contains_key(&"email".into()));
    let chair = story.sent("carl@association.example", Role::Mentor).await;
    story
        .decide(&story.chair().await, chair.id, true, "")
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn eligibility_needs_the_revision_that_was_read_and_a_no_its_reason() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let chair = story.chair().await;
    let yes = json!({ "eligible": true });
    let address = path::eligibility(ana.id);
    chair
        .put(&address, &yes)
        .await
        .refused(428, "precondition_required");
    let stale = [("if-match", "\"99\"")];
    let stale = chair.send_json(Method::PUT, &address, &yes, &stale).await;
    stale.refused(412, "stale");
    let tag = chair
        .get(path::application(ana.id))
        .await
        .header("etag")
        .to_owned();
    assert_eq!(stale.header("etag"), tag);
    story
        .decide(&chair, ana.id, false, "  ")
        .await
        .refused(422, "invalid");
    story
        .decide(&story.subcommittee().await, ana.id, true, "")
        .await
        .refused(403, "forbidden");
    story
        .decide(&ana.browser, ana.id, true, "")
        .await
        .refused(403, "forbidden");
    let outsider = story.app.signed_in("outsider@mail.example").await;
    story
        .decide(&outsider, ana.id, true, "")
        .await
        .refused(404, "not_found");
    assert_eq!(
        ana.draft().await.application.state,
        ApplicationState::Submitted
    );
}

#[tokio::test]
async fn a_no_tells_its_reason_and_a_yes_takes_it_back() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let chair = story.chair().await;
    let no: ApplicationView = story
        .decide(&chair, ana.id, false, "Not a member.")
        .await
        .read();
    assert_eq!(no.row.state, ApplicationState::Ineligible);
    assert_eq!(no.history[0].by, "carl");
    assert_eq!(no.history[0].reason.as_deref(), Some("Not a member."));
    let told = ana.draft().await.application;
    assert_eq!(told.reason.as_deref(), Some("Not a member."));
    assert!(
        story
            .app
            .last_mail_to("ana@mail.example")
            .await
            .body
            .contains("Not a member.")
    );
    let yes: ApplicationView = story.decide(&chair, ana.id, true, "She is.").await.read();
    assert_eq!(yes.row.state, ApplicationState::Eligible);
    assert_eq!(ana.draft().await.application.reason, None);
    story
        .decide(&chair, ana.id, true, "")
        .await
        .refused(409, "wrong_state");
}

#[tokio::test]
async fn a_question_opens_only_the_named_answers_and_its_answer_returns_the_application() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let member = story.subcommittee().await;
    ask(&member, &ana, &["no_such_question"])
        .await
        .refused(422, "invalid");
    let asked: InfoRequestView = ask(&member, &ana, &["employer", "job_title"]).await.read();
    assert!(
        story
            .app
            .last_mail_to("ana@mail.example")
            .await
            .body
            .contains("Which is your school?")
    );
    let mine = ana.draft().await.application;
    assert_eq!(mine.state, ApplicationState::NeedsInfo);
    assert_eq!(
        mine.info_request.as_ref().map(|request| request.id),
        Some(asked.id)
    );
    ana.save_at(1, &[]).await.refused(409, "wrong_state");

    let address = path::info_answer(ana.id, asked.id);
    let other = json!({ "text": "Here.", "changes": { "e_goal": { "text": "Another goal." } } });
    ana.browser
        .post(&address, &other)
        .await
        .refused(422, "invalid");
    let wrong = json!({ "text": "Here.", "changes": { "employer": null } });
    let refused = ana.browser.post(&address, &wrong).await;
    refused.refused(422, "invalid");
    assert_eq!(refused.body["fields"][0]["question"], "employer");
    member
        .post(&address, &json!({ "text": "Me." }))
        .await
        .refused(403, "forbidden");

    let right = json!({ "text": "Here.", "changes": { "employer": { "text": "Quartz Hill" } } });
    let back: MyApplication = ana.browser.post(&address, &right).await.read();
    assert_eq!(back.state, ApplicationState::Submitted);
    assert!(!back.changed_since_submitted);
    let view: ApplicationView = member.get(path::application(ana.id)).await.read();
    assert_eq!(view.answers[&"employer".into()], text("Quartz Hill"));
    assert_eq!(view.info_requests[0].answer.as_deref(), Some("Here."));
    ana.browser
        .post(&address, &right)
        .await
        .refused(409, "wrong_state");
}

#[tokio::test]
async fn a_question_asked_twice_with_one_key_is_asked_once() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let member = story.subcommittee().await;
    let tag = member
        .get(path::application(ana.id))
        .await
        .header("etag")
        .to_owned();
    let body = json!({ "text": "Why?", "questions": [] });
    let headers = [
        ("if-match", tag.as_str()),
        ("idempotency-key", "the-same-key"),
    ];
    let address = path::info_requests(ana.id);
    let first = member
        .send_json(Method::POST, &address, &body, &headers)
        .await;
    let again = member
        .send_json(Method::POST, &address, &body, &headers)
        .await;
    assert_eq!((first.status.as_u16(), &first.body), (201, &again.body));
    let view: ApplicationView = member.get(path::application(ana.id)).await.read();
    assert_eq!(view.info_requests.len(), 1);
}

#[tokio::test]
async fn each_change_of_state_has_one_line_with_its_actor() {
    use ApplicationState as S;
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    ana.withdraw().await;
    ana.bring_back().await.read::<MyApplication>();
    story
        .decide(&story.chair().await, ana.id, true, "")
        .await
        .read::<ApplicationView>();
    let view: ApplicationView = story
        .officer()
        .await
        .get(path::application(ana.id))
        .await
        .read();
    let own: ApplicationView = ana.browser.get(path::application(ana.id)).await.read();
    assert_eq!(own.history[0].by, "");
    assert_eq!(own.history[1].by, "ana");
    let lines: Vec<_> = view
        .history
        .iter()
        .map(|line| (line.by.as_str(), line.state))
        .collect();
    assert_eq!(
        lines,
        [
            ("carl", S::Eligible),
            ("ana", S::Submitted),
            ("ana", S::Withdrawn),
            ("ana", S::Submitted)
        ]
    );
}

#[tokio::test]
async fn decisions_end_with_the_stage_that_allows_them() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    story.app.wait(Duration::days(27));
    story.set_state(CohortState::Completed).await;
    story
        .decide(&story.chair().await, ana.id, true, "")
        .await
        .refused(409, "wrong_state");
    let ana = Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        ..ana
    };
    ana.submit().await.refused(409, "deadline_passed");
    assert_eq!(
        ana.draft().await.application.state,
        ApplicationState::Submitted
    );
}
