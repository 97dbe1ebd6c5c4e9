//! Writing: saved field by field, merged with what was written elsewhere.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use chrono::Duration;
use serde_json::json;
use tandem_api::application::{CheckView, DraftSaved, FieldResult};
use tandem_api::path;
use tandem_domain::form::answer::Answer;
use tandem_domain::form::check::ProblemCode;
use tandem_domain::role::Role;

use crate::story::{Applicant, Story, change, text};

#[tokio::test]
async fn answers_are_there_again_and_count_revisions() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let rev = ana.draft().await.rev;
    let saved = ana.save(&[("preferred_name", Some(text("Ana")))]).await;
    assert_eq!(
        (saved.rev, &saved.results[&"preferred_name".into()]),
        (rev + 1, &FieldResult::Ok)
    );
    let draft = ana.draft().await;
    assert_eq!(draft.answers[&"preferred_name".into()], text("Ana"));
    assert!(draft.editable && draft.application.percent > 0);
    ana.save(&[("preferred_name", None)]).await;
    assert!(
        !ana.draft()
            .await
            .answers
            .contains_key(&"preferred_name".into())
    );
}

#[tokio::test]
async fn w_06_a_field_changed_elsewhere_conflicts_and_stops_nothing_else() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let base = ana.draft().await.rev;
    ana.save(&[
        ("preferred_name", Some(text("Tablet"))),
        ("name_said", Some(text("AH-na"))),
    ])
    .await;
    let changes = [
        ("preferred_name", Some(text("Laptop"))),
        ("name_said", Some(text("AH-na"))),
        ("member_no", Some(text("42"))),
    ];
    let saved: DraftSaved = ana.save_at(base, &changes).await.read();
    let result = |question: &str| saved.results[&question.into()].clone();
    assert!(matches!(result("preferred_name"),
        FieldResult::Conflict { theirs, .. } if theirs == Some(text("Tablet"))));
    assert_eq!(result("name_said"), FieldResult::Ok);
    assert_eq!(result("member_no"), FieldResult::Ok);
    let draft = ana.draft().await;
    assert_eq!(draft.answers[&"preferred_name".into()], text("Tablet"));
    assert_eq!(draft.answers[&"member_no".into()], text("42"));
    // Upon what came back, the own text is taken.
    let again: DraftSaved = ana.save_at(saved.rev, &changes[..1]).await.read();
    assert_eq!(again.results[&"preferred_name".into()], FieldResult::Ok);
}

#[tokio::test]
async fn a_field_cleared_elsewhere_conflicts_too() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let base = ana.save(&[("member_no", Some(text("1")))]).await.rev;
    ana.save(&[("member_no", None)]).await;
    let saved: DraftSaved = ana
        .save_at(base, &[("member_no", Some(text("2")))])
        .await
        .read();
    let result = &saved.results[&"member_no".into()];
    assert!(matches!(result, FieldResult::Conflict { theirs: None, .. }));
}

#[tokio::test]
async fn a_revision_that_was_never_given_out_overwrites_nothing() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.save(&[("member_no", Some(text("1")))]).await;
    let saved: DraftSaved = ana
        .save_at(999, &[("member_no", Some(text("2")))])
        .await
        .read();
    let result = &saved.results[&"member_no".into()];
    assert!(matches!(result, FieldResult::Conflict { .. }));
    assert_eq!(ana.draft().await.answers[&"member_no".into()], text("1"));
}

#[tokio::test]
async fn the_same_save_again_is_answered_the_same_and_changes_nothing() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let sent = change(ana.draft().await.rev, &[("member_no", Some(text("1")))]);
    let mut first = ana.browser.patch(path::draft(ana.id), &sent).await;
    ana.save(&[("member_no", Some(text("2")))]).await;
    story.app.wait(Duration::days(60));
    let ana = Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        ..ana
    };
    let mut again = ana.browser.patch(path::draft(ana.id), &sent).await;
    // Only what time it is has changed.
    for answer in [&mut first, &mut again] {
        answer.body["server_now"].take();
    }
    assert_eq!((first.status, first.body), (again.status, again.body));
    assert_eq!(ana.draft().await.answers[&"member_no".into()], text("2"));
}

#[tokio::test]
async fn the_id_of_a_save_is_good_for_no_other_save() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let rev = ana.draft().await.rev;
    let first = change(rev, &[("member_no", Some(text("1")))]);
    ana.browser
        .patch(path::draft(ana.id), &first)
        .await
        .read::<DraftSaved>();
    let mut other_text = change(rev + 1, &[("member_no", Some(text("2")))]);
    other_text.op_id = first.op_id;
    let mut other_base = first.clone();
    other_base.base_rev += 1;
    for other in [other_text, other_base] {
        ana.browser
            .patch(path::draft(ana.id), &other)
            .await
            .refused(422, "idempotency_key_reused");
    }
    let draft = ana.draft().await;
    assert_eq!(draft.answers[&"member_no".into()], text("1"));
    assert_eq!(draft.rev, rev + 1);
}

#[tokio::test]
async fn what_was_written_against_a_form_that_never_existed_is_not_saved() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let rev = ana.draft().await.rev;
    for version in [0, 2, u32::MAX] {
        let mut sent = change(rev, &[("member_no", Some(text("1")))]);
        sent.form_version = version;
        sent.return_page = Some("work/situation".into());
        let reply = ana.browser.patch(path::draft(ana.id), &sent).await;
        reply.refused(422, "invalid");
        assert_eq!(reply.body["errors"][0]["pointer"], "/form_version");
        assert_eq!(reply.body["errors"][0]["code"], "unknown_version");
        // Its id is still free: nothing was kept of it.
        sent.form_version = 1;
        sent.changes.clear();
        sent.return_page = None;
        ana.browser
            .patch(path::draft(ana.id), &sent)
            .await
            .read::<DraftSaved>();
    }
    let draft = ana.draft().await;
    assert!(!draft.answers.contains_key(&"member_no".into()));
    assert_eq!((draft.rev, draft.return_page), (rev, None));
}

#[tokio::test]
async fn what_cannot_be_kept_is_said_beside_its_field() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let saved = ana
        .save(&[
            ("job_title", Some(text("A\0na"))),
            ("name_said", Some(text("bell\u{7}"))),
            ("legal_name", Some(text(&"x".repeat(2_001)))),
            ("e_statement", Some(text(&"long ".repeat(1_000)))),
            ("member_no", Some(Answer::Yes(true))),
            ("no_such_question", Some(text("?"))),
            ("email_alt", Some(text("half an addr"))),
        ])
        .await;
    let code = |question: &str| match &saved.results[&question.into()] {
        FieldResult::Invalid(problem) => Some(problem.code.clone()),
        _ => None,
    };
    // What nobody sees takes no word with it.
    assert_eq!((code("job_title"), code("name_said")), (None, None));
    assert!(matches!(
        code("legal_name"),
        Some(ProblemCode::TooLong { .. })
    ));
    assert_eq!(code("member_no"), Some(ProblemCode::WrongKind));
    assert_eq!(code("no_such_question"), Some(ProblemCode::WrongKind));
    // Too long to be sent and half-written are both kept.
    assert_eq!((code("e_statement"), code("email_alt")), (None, None));
    let draft = ana.draft().await;
    assert_eq!(draft.answers[&"job_title".into()], text("Ana"));
    assert_eq!(draft.answers[&"name_said".into()], text("bell"));
    assert!(draft.answers.contains_key(&"e_statement".into()));
}

#[tokio::test]
async fn a_body_that_is_too_large_or_not_json_changes_nothing() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let rev = ana.draft().await.rev;
    let send = async |body: String, kind: &str| {
        let request = Request::builder()
            .method(Method::PATCH)
            .uri(path::draft(ana.id))
            .header("content-type", kind)
            .body(Body::from(body))
            .unwrap();
        ana.browser.request(request).await
    };
    send("x".repeat(300_000), "application/json")
        .await
        .refused(413, "too_large");
    send("{".into(), "application/json")
        .await
        .refused(400, "bad_request");
    send("{}".into(), "application/json")
        .await
        .refused(422, "invalid");
    send("{}".into(), "text/plain")
        .await
        .refused(415, "unsupported_media_type");
    let mut extra = serde_json::to_value(change(rev, &[])).unwrap();
    extra["state"] = json!("eligible");
    send(extra.to_string(), "application/json")
        .await
        .refused(422, "invalid");
    assert_eq!(ana.draft().await.rev, rev);
}

#[tokio::test]
async fn nobody_reads_or_writes_the_draft_of_another() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let rev = ana.draft().await.rev;
    let sent = change(rev, &[("member_no", Some(text("1")))]);
    let bo = story.app.signed_in("bo@mail.example").await;
    for other in [
        bo,
        story.subcommittee().await,
        story.chair().await,
        story.officer().await,
    ] {
        other
            .get(path::draft(ana.id))
            .await
            .refused(404, "not_found");
        other
            .patch(path::draft(ana.id), &sent)
            .await
            .refused(404, "not_found");
        other
            .send(Method::POST, path::check(ana.id))
            .await
            .refused(404, "not_found");
        other
            .delete(path::application(ana.id), 1)
            .await
            .refused(404, "not_found");
        other
            .get(path::application(ana.id))
            .await
            .refused(404, "not_found");
    }
    let visitor = story.app.visitor();
    visitor
        .get(path::draft(ana.id))
        .await
        .refused(401, "signed_out");
    visitor
        .get(path::MY_APPLICATIONS)
        .await
        .refused(401, "signed_out");
    visitor.keep("tandem", "forged");
    visitor
        .get(path::draft(ana.id))
        .await
        .refused(401, "signed_out");
    assert_eq!(ana.draft().await.rev, rev);
}

#[tokio::test]
async fn answers_to_shared_questions_are_written_to_both_roles() {
    let story = Story::new().await;
    let browser = story.app.signed_in("ana@mail.example").await;
    let mentee = story.start(&browser, &[Role::Mentee]).await[0].id;
    let mentee = Applicant {
        browser,
        id: mentee,
        role: Role::Mentee,
    };
    mentee
        .save(&[
            ("member_no", Some(text("42"))),
            ("e_goal", Some(text("To lead."))),
        ])
        .await;
    let mentor = story.start(&mentee.browser, &[Role::Mentor]).await[0].id;
    let browser = story.app.signed_in("ana@mail.example").await;
    let mentor = Applicant {
        browser,
        id: mentor,
        role: Role::Mentor,
    };
    let draft = mentor.draft().await;
    assert!(draft.shared_with_other_role);
    assert_eq!(draft.answers[&"member_no".into()], text("42"));
    assert!(!draft.answers.contains_key(&"e_goal".into()));
    mentor.save(&[("member_no", Some(text("43")))]).await;
    assert_eq!(
        mentee.draft().await.answers[&"member_no".into()],
        text("43")
    );
    // Written from the other form meanwhile: a conflict like any other.
    let late: DraftSaved = mentee
        .save_at(1, &[("member_no", Some(text("44")))])
        .await
        .read();
    assert!(matches!(
        late.results[&"member_no".into()],
        FieldResult::Conflict { .. }
    ));
}

#[tokio::test]
async fn each_role_keeps_its_own_answer_to_what_is_asked_of_each_role() {
    let story = Story::new().await;
    let browser = story.app.signed_in("ana@mail.example").await;
    let ids = story.start(&browser, &[Role::Mentee, Role::Mentor]).await;
    let wish = |name: &str| Answer::Lines(vec![name.to_owned()]);
    let mut roles = Vec::new();
    for one in ids {
        roles.push(Applicant {
            browser: story.app.signed_in("ana@mail.example").await,
            id: one.id,
            role: one.role,
        });
    }
    let [one, other] = <[Applicant; 2]>::try_from(roles).ok().unwrap();
    one.save(&[("wish_people", Some(wish("Bo")))]).await;
    let rev = other.draft().await.rev;
    other.save(&[("wish_people", Some(wish("Cy")))]).await;
    let kept = one.draft().await.answers;
    assert_eq!(kept[&"wish_people".into()], wish("Bo"));
    let draft = other.draft().await;
    assert_eq!(draft.answers[&"wish_people".into()], wish("Cy"));
    assert_eq!(draft.rev, rev + 1);
}

#[tokio::test]
async fn writing_ends_with_the_call_and_its_hidden_grace() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    story.app.wait(Duration::days(26) + Duration::minutes(14));
    let ana = Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        ..ana
    };
    assert_eq!(ana.save_at(1, &[]).await.status, StatusCode::OK);
    story.app.wait(Duration::minutes(1));
    ana.save_at(1, &[("member_no", Some(text("1")))])
        .await
        .refused(409, "deadline_passed");
    let draft = ana.draft().await;
    assert!(!draft.editable);
    assert!(!draft.answers.contains_key(&"member_no".into()));
    assert_eq!(draft.application.closes.grace_minutes, 0);
}

#[tokio::test]
async fn a_check_says_what_stops_sending() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentor).await;
    let check: CheckView = ana
        .browser
        .send(Method::POST, path::check(ana.id))
        .await
        .read();
    assert!(check.confirmed && !check.problems.is_empty());
    ana.complete(&[("time_zone", text("Mars/Olympus"))]).await;
    let check: CheckView = ana
        .browser
        .send(Method::POST, path::check(ana.id))
        .await
        .read();
    assert_eq!(check.problems.len(), 1);
    assert_eq!(check.problems[0].code, ProblemCode::NotATimeZone);
    ana.save(&[("time_zone", Some(text("Pacific/Guam")))]).await;
    let check: CheckView = ana
        .browser
        .send(Method::POST, path::check(ana.id))
        .await
        .read();
    assert_eq!(check.problems, []);
    assert_eq!(ana.draft().await.application.percent, 100);
}

#[tokio::test]
async fn a_draft_can_be_deleted_and_begun_anew() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.save(&[("member_no", Some(text("1")))]).await;
    let seen = ana.draft().await.rev;
    ana.save(&[("member_no", Some(text("2")))]).await;
    ana.delete_at(seen).await.refused(412, "stale");
    assert_eq!(ana.draft().await.answers[&"member_no".into()], text("2"));
    let deleted = ana.delete_at(seen + 1).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    ana.browser
        .get(path::draft(ana.id))
        .await
        .refused(404, "not_found");
    let anew = story.start(&ana.browser, &[Role::Mentee]).await;
    assert_ne!(anew[0].id, ana.id);
}

#[tokio::test]
async fn the_page_last_worked_on_is_remembered() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let mut sent = change(1, &[]);
    sent.return_page = Some("work/situation".into());
    ana.browser
        .patch(path::draft(ana.id), &sent)
        .await
        .read::<DraftSaved>();
    assert_eq!(
        ana.draft().await.return_page.as_deref(),
        Some("work/situation")
    );
    let mut wrong = change(1, &[]);
    wrong.return_page = Some("a\u{1}".into());
    ana.browser
        .patch(path::draft(ana.id), &wrong)
        .await
        .refused(422, "invalid");
}
