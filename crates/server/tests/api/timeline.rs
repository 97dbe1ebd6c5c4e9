//! The timeline: read, planned, changed.

use axum::body::Body;
use axum::http::{Method, Request};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use tandem_api::application::Receipt;
use tandem_api::path;
use tandem_api::timeline::{ChangeView, PlanView, TimelineView};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::{CohortId, ItemId};
use tandem_domain::role::Role;
use tandem_domain::timeline::{Item, Mark, Status, When};

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

/// Plans a milestone that nobody knows of yet.
async fn planned(story: &Story, audience: &str) -> (ItemId, i64) {
    let id = ItemId(uuid::Uuid::now_v7());
    let wish = json!({ "acts": [{
        "kind": "create", "item": id, "title": "Welcome call", "audience": audience,
        "when": { "milestone": { "on": "2018-05-22" } },
    }] });
    let chair = story.chair().await;
    let rev = timeline(story, &chair).await.rev;
    let view: TimelineView = change(story, &chair, rev, &wish).await.read();
    (id, view.rev)
}

async fn act(story: &Story, kind: &str, item: ItemId) -> TimelineView {
    let chair = story.chair().await;
    let rev = timeline(story, &chair).await.rev;
    let wish = json!({ "acts": [{ "kind": kind, "item": item }], "note": "So it is" });
    change(story, &chair, rev, &wish).await.read()
}

fn find(view: &TimelineView, id: ItemId) -> Option<&Item> {
    view.items.iter().find(|item| item.id == id)
}

async fn dates_changed(story: &Story) -> Vec<(String, String)> {
    let mails = story.app.mails().await;
    let of_dates = mails
        .into_iter()
        .filter(|mail| mail.row.template == "dates-changed");
    let mut told: Vec<_> = of_dates.map(|mail| (mail.row.to, mail.body)).collect();
    told.sort();
    told
}

#[tokio::test]
async fn nothing_planned_is_public_until_it_is_announced() {
    let story = Story::new().await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await.browser;
    let max = story.sent("max@mail.example", Role::Mentor).await.browser;
    let visitor = story.app.visitor();
    let before = timeline(&story, &visitor).await.items;
    let (id, _) = planned(&story, "mentors").await;
    for reader in [&visitor, &ana, &max] {
        let reply = reader.get(path::timeline(story.cohort)).await;
        assert!(!reply.body.to_string().contains("Welcome"));
    }
    assert_eq!(timeline(&story, &visitor).await.items, before);
    assert!(find(&timeline(&story, &story.subcommittee().await).await, id).is_some());
    assert_eq!(dates_changed(&story).await, []);

    act(&story, "announce", id).await;
    assert!(find(&timeline(&story, &max).await, id).is_some());
    for reader in [&visitor, &ana] {
        assert_eq!(find(&timeline(&story, reader).await, id), None);
    }
    let told: Vec<String> = dates_changed(&story)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    // One mail to each person it concerns; the chair made it.
    assert_eq!(told, ["max@mail.example", "sam@association.example"]);
}

#[tokio::test]
async fn a_moved_date_says_from_when_and_why_and_each_person_gets_one_mail() {
    let story = Story::new().await;
    story.sent("ana@mail.example", Role::Mentee).await;
    story.applicant("bo@mail.example", Role::Mentor).await;
    let chair = story.chair().await;
    let wish = closing_to(&story, "2018-03-05").await;
    let plan: PlanView = chair
        .post(path::timeline_plan(story.cohort), &wish)
        .await
        .read();
    assert_eq!((plan.people, plan.feeds, plan.mails.len()), (2, 0, 1));
    assert_eq!(plan.mails[0].recipients, 2);
    assert!(plan.mails[0].example.contains("A long weekend"));
    let told: Vec<u32> = plan.told.iter().map(|told| told.people).collect();
    assert_eq!(told, [2, 2]);
    assert!(
        plan.warnings
            .iter()
            .any(|one| one.item == plan.shifts[0].item)
    );
    assert_eq!(dates_changed(&story).await, []);

    let view: TimelineView = change(&story, &chair, 1, &wish).await.read();
    let mails = dates_changed(&story).await;
    let to: Vec<&str> = mails.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["ana@mail.example", "bo@mail.example"]);
    assert!(
        mails[0].1.contains(
            "Applications close: Monday, 5 March 2018, 11:59 PM, Anywhere on Earth \
             (it was Friday, 2 March 2018, 11:59 PM, Anywhere on Earth)"
        ),
        "{}",
        mails[0].1
    );
    let public = timeline(&story, &story.app.visitor()).await;
    for view in [&view, &public] {
        let moved = &view.moved[0];
        assert_eq!(moved.moved.from.to_string(), "2018-03-02");
        assert_eq!(moved.moved.to.to_string(), "2018-03-05");
        assert_eq!(moved.why, "A long weekend");
    }
    assert!(public.planning.is_none() && view.planning.is_some());
}

#[tokio::test]
async fn t_06_undo_gives_the_dates_back_and_counts_up_their_sequence() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let before = timeline(&story, &chair).await;
    let wish = closing_to(&story, "2018-03-05").await;
    change(&story, &chair, 1, &wish)
        .await
        .read::<TimelineView>();
    let changes: Vec<ChangeView> = chair.get(path::timeline_changes(story.cohort)).await.read();
    assert_eq!(
        (changes[0].note.as_str(), changes[0].can_undo),
        ("A long weekend", true)
    );
    let preview: PlanView = chair
        .send(
            Method::POST,
            path::timeline_undo_plan(story.cohort, changes[0].id),
        )
        .await
        .read();
    assert_eq!(preview.shifts[0].to.to_string(), "2018-03-02");

    let undo = async |rev: &str| {
        let address = path::timeline_undo(story.cohort, changes[0].id);
        let headers = [("if-match", rev)];
        chair
            .send_json(Method::POST, address, &json!({}), &headers)
            .await
    };
    undo("\"1\"").await.refused(412, "stale");
    let after: TimelineView = undo("\"2\"").await.read();
    for (old, new) in before.items.iter().zip(&after.items) {
        assert_eq!(old.when, new.when);
        let touched = matches!(old.mark, Mark::Call | Mark::Closing);
        assert_eq!(new.sequence, old.sequence + if touched { 2 } else { 0 });
    }
    assert_eq!(after.moved, []);
    undo("\"3\"").await.refused(409, "conflict");
    let cohort = chair.get(path::cohort(story.cohort)).await;
    assert_eq!(
        cohort.body["calendar"]["closes"]["instant"],
        "2018-03-03T12:00:00Z"
    );
}

#[tokio::test]
async fn t_04_and_t_05_held_items_stay_on_the_server_too() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let review = item(&story, Mark::Review).await;
    let mut wish = closing_to(&story, "2018-03-09").await;
    let plan: PlanView = chair
        .post(path::timeline_plan(story.cohort), &wish)
        .await
        .read();
    assert_eq!(plan.held[0].shift.item, review);
    wish["ticked"] = json!([]);
    let refused = change(&story, &chair, 1, &wish).await;
    refused.refused(422, "invalid");
    assert_eq!(
        refused.body["extra"]["errors"][0]["error"]["code"],
        "announced"
    );
    wish["ticked"] = json!([wish["edits"][0]["item"], review]);
    let view: TimelineView = change(&story, &chair, 1, &wish).await.read();
    let (start, _) = find(&view, review).unwrap().when.days();
    assert_eq!(start.to_string(), "2018-03-10");

    let locked = act(&story, "lock", review).await;
    let wish = json!({ "edits": [{ "item": review, "edge": "end", "to": "2018-03-20" }] });
    let refused = change(&story, &chair, locked.rev, &wish).await;
    assert_eq!(
        refused.body["extra"]["errors"][0]["error"]["code"],
        "locked"
    );
}

#[tokio::test]
async fn t_03_a_loop_of_rules_is_refused_by_the_server_too() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let (one, _) = planned(&story, "committee").await;
    let (two, rev) = planned(&story, "committee").await;
    let anchor = |item: ItemId, follows: ItemId| {
        json!({ "kind": "anchor", "item": item,
                "rule": { "anchor": follows, "edge": "end", "offset": { "days": 2 } } })
    };
    let wish = json!({ "acts": [anchor(one, two), anchor(two, one)] });
    let refused = change(&story, &chair, rev, &wish).await;
    refused.refused(422, "invalid");
    assert_eq!(refused.body["extra"]["wrong_acts"][0]["act"], 1);
    assert_eq!(
        refused.body["extra"]["wrong_acts"][0]["error"]["code"],
        "loop"
    );
}

#[tokio::test]
async fn a_repeated_change_with_its_key_is_made_once() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let wish = closing_to(&story, "2018-03-05").await;
    let send = async |wish: &serde_json::Value| {
        let headers = [("if-match", "\"1\""), ("idempotency-key", "0123456789")];
        let address = path::timeline_changes(story.cohort);
        chair.send_json(Method::POST, address, wish, &headers).await
    };
    let first: TimelineView = send(&wish).await.read();
    let again: TimelineView = send(&wish).await.read();
    assert_eq!((first.rev, again.rev), (2, 2));
    let other = closing_to(&story, "2018-03-06").await;
    send(&other).await.refused(422, "idempotency_key_reused");
    assert_eq!(timeline(&story, &chair).await.rev, 2);
}

/// A cohort that is set up and not public yet.
async fn next_cohort(story: &Story, officer: &Browser) -> CohortId {
    let new = json!({
        "slug": "2019-2020", "title": "2019–2020", "zone": "America/Chicago",
        "call_opens": "2019-01-28", "closes": "2019-03-02T00:00:00", "closes_zone": "AoE",
        "pairing_complete": "2019-05-13", "starts": "2019-05-31", "ends": "2020-04-28",
    });
    let made = officer
        .post(path::program_cohorts(story.program), &new)
        .await;
    made.body["id"].as_str().unwrap().parse().unwrap()
}

async fn make_public(officer: &Browser, cohort: CohortId) -> Reply {
    let known = officer.get(path::cohort(cohort)).await;
    let headers = [
        ("if-match", known.header("etag")),
        ("idempotency-key", "announce-it"),
    ];
    let body = json!({ "to": "announced" });
    let reply = officer
        .send_json(Method::POST, path::transitions(cohort), &body, &headers)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply
}

#[tokio::test]
async fn making_a_cohort_public_tells_the_dates_of_its_life() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let cohort = next_cohort(&story, &officer).await;
    let wish = json!({ "acts": [{
        "kind": "create", "item": uuid::Uuid::now_v7(), "title": "A surprise",
        "audience": "public", "when": { "milestone": { "on": "2019-07-01" } },
    }] });
    let headers = [("if-match", "\"1\"")];
    let address = path::timeline_changes(cohort);
    let reply = officer
        .send_json(Method::POST, address, &wish, &headers)
        .await;
    let view: TimelineView = reply.read();
    assert!(view.items.iter().all(|item| item.status == Status::Planned));

    let reply = make_public(&officer, cohort).await;
    let public: TimelineView = story.app.visitor().get(path::timeline(cohort)).await.read();
    assert_eq!(public.items.len(), 8);
    assert!(public.items.iter().all(|item| item.mark != Mark::Other));
    let tag = reply.body["rev"].to_string();
    let now = officer.get(path::cohort(cohort)).await;
    assert_eq!(now.body["rev"].to_string(), tag);
    assert_eq!(dates_changed(&story).await, []);
}

#[tokio::test]
async fn a_move_that_was_undone_and_made_again_says_from_when() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let wish = closing_to(&story, "2018-03-05").await;
    change(&story, &chair, 1, &wish)
        .await
        .read::<TimelineView>();
    // Each time what was done last is undone.
    let undo = async || {
        let changes: Vec<ChangeView> = chair.get(path::timeline_changes(story.cohort)).await.read();
        let last = &changes[0];
        let rev = format!("\"{}\"", last.rev);
        let headers = [("if-match", rev.as_str())];
        let address = path::timeline_undo(story.cohort, last.id);
        let reply = chair
            .send_json(Method::POST, address, &json!({}), &headers)
            .await;
        reply.read::<TimelineView>();
        timeline(&story, &story.app.visitor()).await.moved
    };
    assert_eq!(undo().await, []);
    let moved = undo().await;
    assert_eq!(moved[0].moved.to.to_string(), "2018-03-05");
    assert_eq!(moved[0].why, "A long weekend");
    assert_eq!(undo().await, []);
}

#[tokio::test]
async fn what_a_public_cohort_needs_is_not_taken_back_by_an_undo() {
    let story = Story::new().await;
    let officer = story.officer().await;
    let cohort = next_cohort(&story, &officer).await;
    make_public(&officer, cohort).await;
    let changes: Vec<ChangeView> = officer.get(path::timeline_changes(cohort)).await.read();
    assert!(!changes[0].can_undo);
    let rev = format!("\"{}\"", changes[0].rev);
    let address = path::timeline_undo(cohort, changes[0].id);
    let headers = [("if-match", rev.as_str())];
    let refused = officer
        .send_json(Method::POST, address, &json!({}), &headers)
        .await;
    refused.refused(409, "conflict");
    assert_eq!(refused.body["extra"]["code"], "needed");
}
