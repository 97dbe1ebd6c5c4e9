//! People who applied before, or apply in both roles: nothing is typed twice, and nothing counts
//! that its owner has not looked at.

use serde_json::json;
use tandem_api::application::{CheckView, DraftView, MyApplication, Receipt};
use tandem_api::path;
use tandem_domain::application::ApplicationState as S;
use tandem_domain::form::answer::Answer;
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::form::library::default_form;
use tandem_domain::form::prefill::Source;
use tandem_domain::id::CohortId;
use tandem_domain::role::Role;
use tandem_server::store::{StoreError, cohorts};

use crate::story::{Applicant, Story, new_timeline, text};

/// A second cohort of the program with the same dates, to which people come back.
async fn next_cohort(story: &Story) -> CohortId {
    let (cohort, now) = (story.cohort, story.app.clock.real());
    let made = story.app.app.store.write(move |tx| async move {
        let first = cohorts::find(&tx, cohort).await?.unwrap();
        let timeline = new_timeline(now);
        let forms = Role::ALL.map(|role| default_form(role).unwrap());
        let mut calendar = first.calendar.clone();
        calendar.starts = calendar.starts + chrono::Days::new(365);
        let new = cohorts::NewCohort {
            program: first.program,
            slug: "2019-2020",
            title: "2019–2020",
            zone: first.zone,
            calendar,
            timeline: &timeline,
            forms: &forms,
        };
        let next = cohorts::create(&tx, new, now).await?;
        cohorts::set_state(&tx, &next, tandem_domain::cohort::CohortState::Announced).await?;
        Ok::<_, StoreError>(next.id)
    });
    made.await.unwrap()
}

async fn begin(story: &Story, who: &Applicant, cohort: CohortId, role: Role) -> Applicant {
    let body = json!({ "roles": [role] });
    let begun = who
        .browser
        .post(path::cohort_applications(cohort), &body)
        .await;
    let id = serde_json::from_value(begun.body["applications"][0]["id"].clone()).unwrap();
    Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        id,
        role,
    }
}

fn of(draft: &DraftView, question: &str) -> (Option<Answer>, Option<Source>) {
    let id = QuestionId::from(question);
    (
        draft.answers.get(&id).cloned(),
        draft.prefilled.get(&id).copied(),
    )
}

/// W-22.
#[tokio::test]
async fn what_was_said_last_year_comes_back_and_counts_once_it_is_confirmed() {
    let story = Story::new().await;
    let own = [
        ("preferred_name", text("Ana Ortiz")),
        ("job_title", text("Cataloger")),
    ];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    let next = next_cohort(&story).await;
    let back = begin(&story, &ana, next, Role::Mentee).await;
    let draft = back.draft().await;
    let last = Some(Source::LastCohort);
    assert_eq!(of(&draft, "job_title"), (Some(text("Cataloger")), last));
    assert_eq!(of(&draft, "email").1, Some(Source::Account));
    for anew in ["e_goal", "agree_term", "block_people"] {
        assert_eq!(of(&draft, anew), (None, None), "{anew} is asked anew");
    }
    // Everything else is answered, and still nothing can be sent.
    back.complete_unanswered().await;
    let check: CheckView = back
        .browser
        .post(path::check(back.id), &json!({}))
        .await
        .read();
    let waits: Vec<&QuestionId> = check
        .problems
        .iter()
        .map(|problem| {
            assert_eq!(problem.code, ProblemCode::Unconfirmed);
            &problem.question
        })
        .collect();
    assert!(waits.contains(&&"job_title".into()), "{waits:?}");
    back.submit().await.refused(422, "invalid");

    // Saved as it stands, changed, or emptied: each way says that its owner has looked.
    back.save(&[
        ("job_title", Some(text("Cataloger"))),
        ("preferred_name", Some(text("Ana Ortiz-Lee"))),
        ("links", None),
    ])
    .await;
    let draft = back.draft().await;
    assert_eq!(of(&draft, "job_title"), (Some(text("Cataloger")), None));
    assert_eq!(of(&draft, "preferred_name").1, None);
    let rest: Vec<(String, Option<Answer>)> = draft
        .prefilled
        .keys()
        .map(|id| (id.0.clone(), draft.answers.get(id).cloned()))
        .collect();
    let rest: Vec<_> = rest
        .iter()
        .map(|(id, answer)| (id.as_str(), answer.clone()))
        .collect();
    back.save(&rest).await;
    assert!(back.draft().await.prefilled.is_empty());
    back.submit().await.read::<Receipt>();
}

#[tokio::test]
async fn who_signs_in_after_beginning_as_a_visitor_finds_last_years_answers_beside_the_new() {
    let story = Story::new().await;
    let own = [
        ("job_title", text("Cataloger")),
        ("preferred_name", text("Ana Ortiz")),
    ];
    story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    let next = next_cohort(&story).await;
    let visitor = story.app.visitor();
    visitor.get(path::SESSION).await;
    let body = json!({ "roles": ["mentee"], "email": "ana@mail.example" });
    let begun = visitor.post(path::cohort_applications(next), &body).await;
    let id = serde_json::from_value(begun.body["applications"][0]["id"].clone()).unwrap();
    let back = Applicant {
        browser: visitor,
        id,
        role: Role::Mentee,
    };
    back.save(&[("preferred_name", Some(text("Ana Lee")))])
        .await;
    assert_eq!(of(&back.draft().await, "job_title"), (None, None));
    let mail = story.app.last_mail_to("ana@mail.example").await.body;
    let (_, rest) = mail.split_once("#t=").unwrap();
    let token = rest.split_whitespace().next().unwrap();
    back.browser
        .post(path::AUTH_REDEEM, &json!({ "token": token }))
        .await
        .read::<tandem_api::session::Redeemed>();
    let draft = back.draft().await;
    let last = Some(Source::LastCohort);
    assert_eq!(of(&draft, "job_title"), (Some(text("Cataloger")), last));
    assert_eq!(of(&draft, "preferred_name"), (Some(text("Ana Lee")), None));
}

#[tokio::test]
async fn the_other_role_begins_with_what_is_confirmed_and_confirming_counts_for_both() {
    let story = Story::new().await;
    let own = [("job_title", text("Cataloger"))];
    let ana = story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    let next = next_cohort(&story).await;
    let mentee = begin(&story, &ana, next, Role::Mentee).await;
    mentee
        .save(&[("staff_size", Some(Answer::one("just_me")))])
        .await;
    let mentor = begin(&story, &ana, next, Role::Mentor).await;
    let draft = mentor.draft().await;
    assert_eq!(of(&draft, "job_title").1, Some(Source::LastCohort));
    mentee.save(&[("job_title", Some(text("Cataloger")))]).await;
    assert_eq!(of(&mentor.draft().await, "job_title").1, None);
}

#[tokio::test]
async fn both_applications_of_one_person_are_sent_changed_taken_back_and_decided_by_themselves() {
    let story = Story::new().await;
    let mentee = story.sent("ana@mail.example", Role::Mentee).await;
    let browser = story.app.signed_in("ana@mail.example").await;
    let begun = story.start(&browser, &[Role::Mentor]).await;
    let mentor = Applicant {
        browser,
        id: begun[0].id,
        role: Role::Mentor,
    };
    let states = async || {
        let mine: Vec<MyApplication> = mentee.browser.get(path::MY_APPLICATIONS).await.read();
        let mut states: Vec<_> = mine.iter().map(|own| (own.role, own.state)).collect();
        states.sort_by_key(|(role, _)| role.slug());
        states
    };
    let expect = |mentee, mentor| vec![(Role::Mentee, mentee), (Role::Mentor, mentor)];
    assert_eq!(states().await, expect(S::Submitted, S::Draft));
    mentor.complete(&[]).await;
    mentor.submit().await.read::<Receipt>();
    assert_eq!(states().await, expect(S::Submitted, S::Submitted));
    // A change of what only one form asks leaves the other as it was sent.
    mentee
        .save(&[("e_goal", Some(text("To lead a small team well.")))])
        .await;
    assert!(mentee.draft().await.application.changed_since_submitted);
    assert!(!mentor.draft().await.application.changed_since_submitted);
    mentee.submit().await.read::<Receipt>();
    mentee.withdraw().await;
    assert_eq!(states().await, expect(S::Withdrawn, S::Submitted));
    let decided = story
        .decide(&story.chair().await, mentor.id, true, "")
        .await;
    assert_eq!(decided.status, 200);
    assert_eq!(states().await, expect(S::Withdrawn, S::Eligible));
}
