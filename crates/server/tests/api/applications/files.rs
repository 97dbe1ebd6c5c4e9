//! Files of applicants: what is taken, who gets them, and that they never run.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use tandem_api::application::{DraftSaved, FieldResult, Receipt};
use tandem_api::path;
use tandem_domain::cohort::CohortState;
use tandem_domain::form::answer::{Answer, Upload};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::{FileFormat, QuestionId};
use tandem_domain::role::Role;

use crate::story::{Applicant, Story};
use crate::support::{Browser, Reply};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF";

async fn upload(who: &Applicant, name: &str, content: &[u8]) -> Reply {
    let query = format!("question=cv&name={name}");
    let request = Request::builder()
        .method("POST")
        .uri(path::files(who.id, &query))
        .header("content-type", "application/octet-stream")
        .body(Body::from(content.to_vec()))
        .unwrap();
    who.browser.request(request).await
}

fn named(file: &Upload) -> Answer {
    Answer::Files {
        files: vec![file.clone()],
        text: None,
    }
}

async fn give(who: &Applicant, file: &Upload) -> FieldResult {
    let saved: DraftSaved = who.save(&[("cv", Some(named(file)))]).await;
    saved.results[&QuestionId::from("cv")].clone()
}

async fn fetch(by: &Browser, who: &Applicant, file: &Upload) -> Reply {
    by.get(path::file(who.id, &file.id)).await
}

#[tokio::test]
async fn w_16_a_file_is_uploaded_once_named_in_the_answer_and_read_by_those_who_read_the_answer() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let file: Upload = upload(&ana, "My%20CV.pdf", PDF).await.read();
    assert_eq!(
        (file.name.as_str(), file.format),
        ("My CV.pdf", FileFormat::Pdf)
    );
    let again: Upload = upload(&ana, "My%20CV.pdf", PDF).await.read();
    assert_eq!(again, file, "the same file again is the same upload");
    assert_eq!(give(&ana, &file).await, FieldResult::Ok);
    let own = fetch(&ana.browser, &ana, &file).await;
    assert_eq!(own.body.as_str().unwrap().as_bytes(), PDF);
    // What is not sent is nobody's business.
    let member = story.subcommittee().await;
    fetch(&member, &ana, &file).await.refused(404, "not_found");
    ana.complete(&[]).await;
    ana.submit().await.read::<Receipt>();
    assert_eq!(fetch(&member, &ana, &file).await.status, 200);
    assert_eq!(fetch(&story.chair().await, &ana, &file).await.status, 200);
    // The form opens it to those who pair; the officer does not read that answer.
    fetch(&story.officer().await, &ana, &file)
        .await
        .refused(404, "not_found");
    for nobody in [
        story.app.visitor(),
        story.app.signed_in("bo@mail.example").await,
    ] {
        assert!(!fetch(&nobody, &ana, &file).await.status.is_success());
    }
    let other = story.sent("bo@mail.example", Role::Mentor).await;
    member
        .get(path::file(other.id, &file.id))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn w_17_a_file_is_served_so_that_it_can_never_run() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let script = "A text with <script>alert(document.cookie)</script> in it";
    let file: Upload = upload(&ana, "cv.html", script.as_bytes()).await.read();
    let reply = fetch(&ana.browser, &ana, &file).await;
    assert_eq!(reply.header("content-type"), "application/octet-stream");
    assert!(
        reply
            .header("content-disposition")
            .starts_with("attachment;")
    );
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"));
    assert!(!policy.contains("allow-scripts"));
    assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn what_a_file_is_its_bytes_decide_and_what_the_form_does_not_take_is_refused() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    for content in [
        &b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"[..],
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR",
        b"<!DOCTYPE html><html></html>",
        b"",
    ] {
        let refused = upload(&ana, "cv.pdf", content).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.body["fields"][0]["code"], "wrong_format");
    }
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    let refused = upload(&ana, "cv.txt", &large).await;
    assert_eq!(refused.body["fields"][0]["code"], "file_too_large");
    let larger = vec![b'a'; 11 * 1024 * 1024];
    upload(&ana, "cv.txt", &larger)
        .await
        .refused(413, "too_large");
    let most = vec![b'a'; 10 * 1024 * 1024];
    upload(&ana, "cv.txt", &most).await.read::<Upload>();
    let elsewhere = ana
        .browser
        .request(
            Request::builder()
                .method("POST")
                .uri(path::files(ana.id, "question=e_goal&name=cv.pdf"))
                .body(Body::from(PDF))
                .unwrap(),
        )
        .await;
    elsewhere.refused(422, "invalid");
}

#[tokio::test]
async fn an_answer_names_only_files_that_its_owner_uploaded() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let bo = story.applicant("bo@mail.example", Role::Mentee).await;
    let file: Upload = upload(&bo, "cv.pdf", PDF).await.read();
    let refused = give(&ana, &file).await;
    let FieldResult::Invalid(problem) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(problem.code, ProblemCode::WrongKind);
    let renamed = Upload {
        name: "other.pdf".into(),
        ..file.clone()
    };
    assert!(matches!(give(&bo, &renamed).await, FieldResult::Invalid(_)));
    assert_eq!(give(&bo, &file).await, FieldResult::Ok);
}

/// Ana begins in a role.
async fn in_role(story: &Story, ana: &Applicant, role: Role) -> Applicant {
    Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        id: story.start(&ana.browser, &[role]).await[0].id,
        role,
    }
}

#[tokio::test]
async fn both_roles_show_the_file_and_text_does_instead_of_it() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let file: Upload = upload(&ana, "cv.pdf", PDF).await.read();
    give(&ana, &file).await;
    let mentor = in_role(&story, &ana, Role::Mentor).await;
    let answers = mentor.draft().await.answers;
    assert_eq!(answers[&"cv".into()], named(&file));
    assert_eq!(fetch(&mentor.browser, &mentor, &file).await.status, 200);
    let text = Answer::Files {
        files: Vec::new(),
        text: Some("Cataloger since 2009.".into()),
    };
    mentor.save(&[("cv", Some(text.clone()))]).await;
    mentor.complete(&[]).await;
    mentor.submit().await.read::<Receipt>();
    let seen = story.chair().await.get(path::application(mentor.id)).await;
    assert_eq!(seen.body["answers"]["cv"], json!(text));
}

#[tokio::test]
async fn nothing_is_uploaded_once_it_is_too_late_and_what_no_answer_names_is_forgotten() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let first: Upload = upload(&ana, "one.pdf", PDF).await.read();
    let kept: Upload = upload(&ana, "two.txt", b"Cataloger.").await.read();
    give(&ana, &kept).await;
    story.app.wait(chrono::Duration::days(2));
    upload(&ana, "three.txt", b"Librarian.")
        .await
        .read::<Upload>();
    fetch(&ana.browser, &ana, &first)
        .await
        .refused(404, "not_found");
    assert_eq!(fetch(&ana.browser, &ana, &kept).await.status, 200);
    story.set_state(CohortState::Review).await;
    upload(&ana, "four.txt", b"Late.")
        .await
        .refused(409, "deadline_passed");
}

#[tokio::test]
async fn a_file_goes_with_the_last_application_that_names_it() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let file: Upload = upload(&ana, "cv.pdf", PDF).await.read();
    give(&ana, &file).await;
    let mentor = in_role(&story, &ana, Role::Mentor).await;
    let seen = ana.draft().await.rev;
    assert_eq!(ana.delete_at(seen).await.status, 204);
    assert_eq!(fetch(&mentor.browser, &mentor, &file).await.status, 200);
    let seen = mentor.draft().await.rev;
    assert_eq!(mentor.delete_at(seen).await.status, 204);
    let anew = in_role(&story, &ana, Role::Mentee).await;
    fetch(&anew.browser, &anew, &file)
        .await
        .refused(404, "not_found");
}
