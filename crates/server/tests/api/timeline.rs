//! The timeline: read, planned, changed.

use axum::body::Body;
use axum::http::{Method, Request};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use tandem_api::application::Receipt;
use tandem_api::path;
use tandem_api::timeline::{PlanView, TimelineView};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::ItemId;
use tandem_domain::role::Role;
use tandem_domain::timeline::{Mark, When};

use crate::story::{Applicant, Story};
use crate::support::{Browser, Reply};

async fn timeline(story: &Story, by: &Browser) -> TimelineView {
    by.get(path::timeline(story.cohort)).await.read()
}

async fn item(story: &Story, mark: Mark) -> ItemId {
    let view = timeline(story, &story.app.visitor()).await;
    view.items.iter().find(|item| item.mark == mark).unwrap().id
}

async fn closing_to(story: &Story, day: &str) -> serde_json::Value {
    let closing = item(story, Mark::Closing).await;
    json!({ "edits": [{ "item": closing, "edge": "end", "to": day }], "note": "A long weekend" })
}

async fn change(story: &Story, by: &Browser, rev: i64, wish: &serde_json::Value) -> Reply {
    let tag = format!("\"{rev}\"");
    let headers = [("if-match", tag.as_str())];
    by.send_json(
        Method::POST,
        path::timeline_changes(story.cohort),
        wish,
        &headers,
    )
    .await
}

#[tokio::test]
async fn everybody_reads_the_dates_in_order_and_nobody_the_grace() {
    let story = Story::new().await;
    let view = timeline(&story, &story.app.visitor()).await;
    assert_eq!(view.items[0].mark, Mark::Call);
    assert!(!view.may_change);
    let closing = view
        .items
        .iter()
        .find(|item| item.mark == Mark::Closing)
        .unwrap();
    let When::Due(deadline) = &closing.when else {
        panic!("no deadline")
    };
    assert_eq!(deadline.grace_minutes, 0);
    assert!(timeline(&story, &story.chair().await).await.may_change);
    assert!(
        !timeline(&story, &story.subcommittee().await)
            .await
            .may_change
    );
    story.set_state(CohortState::Draft).await;
    story
        .app
        .visitor()
        .get(path::timeline(story.cohort))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn what_is_known_is_not_sent_again_until_it_changes() {
    let story = Story::new().await;
    let visitor = story.app.visitor();
    let tag = visitor
        .get(path::timeline(story.cohort))
        .await
        .header("etag")
        .to_owned();
    let again = async || {
        let request = Request::builder()
            .uri(path::timeline(story.cohort))
            .header("if-none-match", &tag)
            .body(Body::empty())
            .unwrap();
        visitor.request(request).await.status.as_u16()
    };
    assert_eq!(again().await, 304);
    let wish = closing_to(&story, "2018-03-05").await;
    change(&story, &story.chair().await, 1, &wish)
        .await
        .read::<TimelineView>();
    assert_eq!(again().await, 200);
}

#[tokio::test]
async fn moving_the_closing_day_changes_when_sending_ends() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    ana.complete(&[]).await;
    story.app.wait(Duration::days(27));
    let ana = Applicant {
        browser: story.app.signed_in("ana@mail.example").await,
        ..ana
    };
    ana.submit().await.refused(409, "deadline_passed");

    let chair = story.chair().await;
    let wish = closing_to(&story, "2018-03-05").await;
    let plan: PlanView = chair
        .post(path::timeline_plan(story.cohort), &wish)
        .await
        .read();
    assert_eq!((plan.affected, plan.errors.len()), (1, 0));
    assert!(!plan.shifts.is_empty());
    ana.submit().await.refused(409, "deadline_passed");

    let view: TimelineView = change(&story, &chair, 1, &wish).await.read();
    assert_eq!(view.rev, 2);
    let closing = view
        .items
        .iter()
        .find(|item| item.mark == Mark::Closing)
        .unwrap();
    let When::Due(deadline) = &closing.when else {
        panic!("no deadline")
    };
    assert_eq!(
        deadline.instant,
        "2018-03-06T12:00:00Z".parse::<DateTime<Utc>>().unwrap()
    );
    assert!(!ana.submit().await.read::<Receipt>().late);
    let cohort = story.app.visitor().get(path::cohort(story.cohort)).await;
    assert_eq!(
        cohort.body["calendar"]["closes"]["instant"],
        "2018-03-06T12:00:00Z"
    );
}

#[tokio::test]
async fn a_date_read_before_another_change_is_stale() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let wish = closing_to(&story, "2018-03-05").await;
    let address = path::timeline_changes(story.cohort);
    chair
        .post(&address, &wish)
        .await
        .refused(428, "precondition_required");
    change(&story, &chair, 1, &wish)
        .await
        .read::<TimelineView>();
    let stale = change(&story, &story.officer().await, 1, &wish).await;
    stale.refused(412, "stale");
    assert_eq!(stale.header("etag"), "\"2\"");
    assert_eq!(timeline(&story, &chair).await.rev, 2);
}

#[tokio::test]
async fn a_wrong_date_changes_nothing_and_says_what_is_wrong() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let before = timeline(&story, &chair).await;
    let wrong = closing_to(&story, "2018-06-02").await;
    let plan: PlanView = chair
        .post(path::timeline_plan(story.cohort), &wrong)
        .await
        .read();
    assert_eq!(plan.errors.len(), 1);
    let refused = change(&story, &chair, 1, &wrong).await;
    refused.refused(422, "invalid");
    assert_eq!(
        refused.body["extra"]["errors"][0]["error"]["code"],
        "out_of_order"
    );
    let past = closing_to(&story, "2018-02-01").await;
    change(&story, &chair, 1, &past)
        .await
        .refused(422, "invalid");
    let nothing = json!({ "edits": [] });
    change(&story, &chair, 1, &nothing)
        .await
        .refused(422, "invalid");
    let unknown =
        json!({ "edits": [{ "item": uuid::Uuid::nil(), "edge": "end", "to": "2018-03-05" }] });
    change(&story, &chair, 1, &unknown)
        .await
        .refused(422, "invalid");
    let after = timeline(&story, &chair).await;
    assert_eq!((after.rev, after.items), (before.rev, before.items));
}

#[tokio::test]
async fn only_chair_and_officer_plan_and_change() {
    let story = Story::new().await;
    let wish = closing_to(&story, "2018-03-05").await;
    let applicant = story.app.signed_in("ana@mail.example").await;
    for other in [story.subcommittee().await, applicant] {
        let plan = other.post(path::timeline_plan(story.cohort), &wish).await;
        plan.refused(403, "forbidden");
        change(&story, &other, 1, &wish)
            .await
            .refused(403, "forbidden");
    }
    let visitor = story.app.visitor();
    change(&story, &visitor, 1, &wish)
        .await
        .refused(401, "signed_out");
    assert_eq!(timeline(&story, &visitor).await.rev, 1);
}
