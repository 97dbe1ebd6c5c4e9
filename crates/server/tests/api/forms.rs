//! Versions of a live form: planned, published, and what becomes of those who write and have sent.

use axum::http::Method;
use serde_json::json;
use tandem_api::application::{DraftSaved, FieldResult, Receipt, Submit};
use tandem_api::form::{FormPlan, FormVersionRow};
use tandem_api::path;
use tandem_domain::cohort::CohortState;
use tandem_domain::form::change::{Class, What};
use tandem_domain::form::definition::{FormDef, Question, QuestionId, Required};
use tandem_domain::form::lint::FindingCode;
use tandem_domain::form::news::NewsOf;
use tandem_domain::role::Role;

use crate::story::{Applicant, Story, text};
use crate::support::{Browser, Reply};

async fn download(by: &Browser, story: &Story, version: u32) -> FormDef {
    by.get(path::form_version(story.cohort, Role::Mentee, version))
        .await
        .read()
}

fn question<'a>(form: &'a mut FormDef, id: &str) -> &'a mut Question {
    let id = QuestionId::from(id);
    form.sections
        .iter_mut()
        .flat_map(|section| &mut section.pages)
        .flat_map(|page| &mut page.questions)
        .find(|question| question.id == id)
        .unwrap()
}

/// A question more on the page of the goal.
fn add(form: &mut FormDef, required: Required) {
    let json = json!({
        "id": "e_why_now", "label": "Why this year?", "why": "It helps those who pair.",
        "kind": { "short_text": { "limit": { "unit": "characters", "max": 200, "hard": 220 } } },
        "seen_by": ["subcommittee"],
    });
    let mut new: Question = serde_json::from_value(json).unwrap();
    new.required = required;
    let pages = form
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages);
    let goal = pages.into_iter().find(|page| page.id.0 == "goal").unwrap();
    goal.questions.push(new);
}

fn remove(form: &mut FormDef, id: &str) {
    let id = QuestionId::from(id);
    for page in form
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages)
    {
        page.questions.retain(|question| question.id != id);
    }
}

async fn plan(by: &Browser, story: &Story, form: &FormDef) -> Reply {
    let address = path::form_plan(story.cohort, Role::Mentee);
    by.post(address, &json!({ "form": form })).await
}

async fn publish(by: &Browser, story: &Story, form: &FormDef, (seen, tell): (u32, bool)) -> Reply {
    let address = path::form_versions(story.cohort, Role::Mentee);
    let body = json!({ "form": form, "note": "Asked by the board.", "tell": tell });
    let (key, tag) = (uuid::Uuid::now_v7().to_string(), format!("\"{seen}\""));
    let headers = [
        ("idempotency-key", key.as_str()),
        ("if-match", tag.as_str()),
    ];
    by.send_json(Method::POST, address, &body, &headers).await
}

#[tokio::test]
async fn a_form_is_downloaded_changed_planned_and_published() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let file = chair
        .get(path::form_version(story.cohort, Role::Mentee, 1))
        .await;
    let name = "attachment; filename=\"2018-2019-mentee-form-1.json\"";
    assert_eq!(file.header("content-disposition"), name);
    let mut form: FormDef = file.read();
    question(&mut form, "e_goal").required = Required::Never;
    add(&mut form, Required::Always);
    let planned: FormPlan = plan(&chair, &story, &form).await.read();
    assert_eq!((planned.findings.len(), planned.refused.len()), (0, 0));
    let classes: Vec<Class> = planned
        .difference
        .changes
        .iter()
        .map(|change| change.what.class())
        .collect();
    assert_eq!(classes, [Class::Widened, Class::RequiredAdded]);
    assert_eq!(
        publish(&chair, &story, &form, (1, false)).await.status,
        201,
        "it is published as planned"
    );
    let now: FormDef = chair
        .get(path::form(story.cohort, Role::Mentee))
        .await
        .read();
    assert_eq!(
        (now.version, now.question(&"e_why_now".into()).is_some()),
        (2, true)
    );
    let rows: Vec<FormVersionRow> = chair
        .get(path::form_versions(story.cohort, Role::Mentee))
        .await
        .read();
    assert_eq!((rows[0].version, rows[0].by.as_str()), (2, "carl"));
    assert_eq!(rows[0].note, "Asked by the board.");
    assert_eq!((rows[1].version, rows[1].at), (1, None));
    publish(&chair, &story, &form, (1, false))
        .await
        .refused(412, "stale");
    let same = publish(&chair, &story, &form, (2, false)).await;
    same.refused(422, "invalid");
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_found_and_stops_publishing() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let mut form = download(&officer, &story, 1).await;
    add(&mut form, Required::Always);
    let new = question(&mut form, "e_why_now");
    new.why = tandem_domain::form::locale::L10n::default();
    new.visible = Some(serde_json::from_value(json!({ "any": [] })).unwrap());
    let planned: FormPlan = plan(&officer, &story, &form).await.read();
    let codes: Vec<&FindingCode> = planned.findings.iter().map(|found| &found.code).collect();
    assert!(codes.contains(&&FindingCode::NoWhy), "{codes:?}");
    assert!(
        codes.contains(&&FindingCode::RequiredButNeverAsked),
        "{codes:?}"
    );
    let refused = publish(&officer, &story, &form, (1, false)).await;
    refused.refused(422, "invalid");
    assert!(refused.body["extra"]["findings"].as_array().unwrap().len() > 1);
    let not_a_form = officer
        .post(
            path::form_plan(story.cohort, Role::Mentee),
            &json!({ "form": { "role": "mentee" } }),
        )
        .await;
    not_a_form.refused(422, "invalid");
    form.role = Role::Mentor;
    plan(&officer, &story, &form).await.refused(422, "invalid");
}

#[tokio::test]
async fn a_question_with_answers_is_retired_and_never_goes() {
    let story = Story::new().await;
    story.sent("ana@mail.example", Role::Mentee).await;
    let chair = story.chair().await;
    let mut form = download(&chair, &story, 1).await;
    remove(&mut form, "e_goal");
    let planned: FormPlan = plan(&chair, &story, &form).await.read();
    assert_eq!(planned.refused.len(), 1);
    assert_eq!(planned.refused[0].what, What::Removed);
    publish(&chair, &story, &form, (1, false))
        .await
        .refused(422, "invalid");
    let mut form = download(&chair, &story, 1).await;
    question(&mut form, "e_goal").retired = true;
    assert_eq!(publish(&chair, &story, &form, (1, false)).await.status, 201);
}

/// W-15.
#[tokio::test]
async fn drafts_go_on_with_the_new_version_and_their_owners_read_what_changed() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[("e_goal", text("To lead."))]).await;
    let before = ana.draft().await;
    let chair = story.chair().await;
    let mut form = download(&chair, &story, 1).await;
    question(&mut form, "e_goal").retired = true;
    add(&mut form, Required::Always);
    let planned: FormPlan = plan(&chair, &story, &form).await.read();
    assert_eq!((planned.drafts.all, planned.drafts.stopped), (1, 1));
    assert!(planned.affected.is_empty(), "who has a draft is not named");
    publish(&chair, &story, &form, (1, false)).await;

    let draft = ana.draft().await;
    assert_eq!(draft.form_version, 2);
    assert_eq!(draft.answers.get(&"e_goal".into()), None);
    let lines = &draft.news[0].lines;
    let of = |id: &str| {
        let line = lines.iter().find(|line| line.question.0 == id);
        line.map(|line| line.what.clone())
    };
    let is_new = NewsOf::New {
        required: true,
        restored: false,
    };
    assert_eq!(of("e_why_now"), Some(is_new));
    assert_eq!(of("e_goal"), Some(NewsOf::Gone));
    // A tab with the older version goes on saving, and cannot send what was reviewed with it.
    let saved: DraftSaved = ana
        .save_at(before.rev, &[("member_no", Some(text("7")))])
        .await
        .read();
    assert_eq!(saved.results[&"member_no".into()], FieldResult::Ok);
    assert_eq!(saved.form_version, 2);
    let reviewed = Submit {
        rev: ana.draft().await.rev,
        form_version: Some(1),
    };
    ana.browser
        .post(path::submissions(ana.id), &reviewed)
        .await
        .refused(409, "form_version_changed");
    ana.submit().await.refused(422, "invalid");

    let read = ana
        .browser
        .post(path::form_news_read(ana.id), &json!({}))
        .await;
    assert_eq!(read.status, 204);
    assert!(ana.draft().await.news.is_empty());
    ana.save_in(2, &[("e_why_now", Some(text("A new role.")))])
        .await;
    ana.submit().await.read::<Receipt>();

    // The answer to what was retired comes back with its question.
    let mut form = download(&chair, &story, 2).await;
    question(&mut form, "e_goal").retired = false;
    publish(&chair, &story, &form, (2, false)).await;
    let draft = ana.draft().await;
    assert_eq!(draft.answers.get(&"e_goal".into()), Some(&text("To lead.")));
}

#[tokio::test]
async fn what_was_sent_stays_in_force_and_who_lacks_something_is_told_if_the_chair_says_so() {
    let story = Story::new().await;
    let own = [("preferred_name", text("Ana"))];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    let mentor = story.sent("cy@mail.example", Role::Mentor).await;
    let chair = story.chair().await;
    let mut form = download(&chair, &story, 1).await;
    add(&mut form, Required::Always);
    let planned: FormPlan = plan(&chair, &story, &form).await.read();
    assert_eq!((planned.sent.all, planned.sent.stopped), (1, 1));
    let affected = &planned.affected[0];
    assert_eq!((affected.name.as_str(), affected.lacks), ("Ana", true));
    publish(&chair, &story, &form, (1, true)).await;
    let mail = story.app.last_mail_to("ana@mail.example").await;
    assert_eq!(mail.row.template, "form-changed");
    let view = chair.get(path::application(ana.id)).await;
    assert_eq!(view.body["form_version"], 1);
    let draft = ana.draft().await;
    assert!(!draft.application.changed_since_submitted);
    assert_eq!((draft.form_version, draft.news.len()), (2, 1));
    assert!(mentor.draft().await.news.is_empty());
    let others = story.app.last_mail_to("cy@mail.example").await;
    assert_ne!(others.row.template, "form-changed");
    // The committee still decides about what was sent.
    let decided = story.decide(&chair, ana.id, true, "").await;
    assert_eq!(decided.status, 200);
}

#[tokio::test]
async fn what_the_committee_asks_is_answered_in_the_version_that_was_sent() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let chair = story.chair().await;
    let mut form = download(&chair, &story, 1).await;
    add(&mut form, Required::Always);
    publish(&chair, &story, &form, (1, false)).await;
    let tag = chair.get(path::application(ana.id)).await;
    let body = json!({ "text": "Which number?", "questions": ["member_no"] });
    let key = uuid::Uuid::now_v7().to_string();
    let headers = [("if-match", tag.header("etag")), ("idempotency-key", &key)];
    let asked = chair
        .send_json(Method::POST, path::info_requests(ana.id), &body, &headers)
        .await;
    let request = serde_json::from_value(asked.body["id"].clone()).unwrap();
    let answer = json!({ "text": "This.", "changes": { "member_no": { "text": "42" } } });
    let answered = ana
        .browser
        .post(path::info_answer(ana.id, request), &answer)
        .await;
    assert_eq!(answered.status, 200, "{}", answered.body);
}

#[tokio::test]
async fn nobody_changes_the_questions_once_the_call_is_over() {
    let story = Story::new().await;
    let (chair, member) = (story.chair().await, story.subcommittee().await);
    let mut form = download(&chair, &story, 1).await;
    add(&mut form, Required::Never);
    publish(&member, &story, &form, (1, false))
        .await
        .refused(403, "forbidden");
    story.set_state(CohortState::Review).await;
    publish(&chair, &story, &form, (1, false))
        .await
        .refused(409, "wrong_state");
    let rows = chair
        .get(path::form_versions(story.cohort, Role::Mentee))
        .await;
    assert_eq!(rows.body.as_array().map(Vec::len), Some(1));
}

impl Applicant {
    /// Saves answers with a version of the form, upon what is there now.
    async fn save_in(
        &self,
        version: u32,
        answers: &[(&str, Option<tandem_domain::form::answer::Answer>)],
    ) -> DraftSaved {
        let mut change = crate::story::change(self.draft().await.rev, answers);
        change.form_version = version;
        self.browser
            .patch(path::draft(self.id), &change)
            .await
            .read()
    }
}
