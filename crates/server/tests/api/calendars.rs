//! Calendar files: the public feed, one's own, single dates; and dates that hold for one person.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use tandem_api::path;
use tandem_api::timeline::{CalendarToken, NextDates, ProgramDays, TimelineView};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::ItemId;
use tandem_domain::role::Role;
use tandem_domain::timeline::{Mark, When};

use crate::story::Story;
use crate::support::{Browser, Reply};

const FEED: &str = "/c/2018-2019.ics";

/// The entries of a file, each as its lines, folded ones joined.
fn entries(reply: &Reply) -> Vec<Vec<String>> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8");
    let file = reply.body.as_str().unwrap();
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    for line in file.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    let joined = file.replace("\r\n ", "");
    let events = joined.split("BEGIN:VEVENT\r\n").skip(1);
    events
        .map(|event| event.lines().map(str::to_owned).collect())
        .collect()
}

fn value<'a>(entry: &'a [String], name: &str) -> &'a str {
    let mut lines = entry.iter();
    lines
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .unwrap_or_default()
}

fn named<'a>(entries: &'a [Vec<String>], name: &str) -> Option<&'a Vec<String>> {
    let mut entries = entries.iter();
    entries.find(|entry| value(entry, "SUMMARY").starts_with(name))
}

async fn rev(story: &Story, by: &Browser) -> i64 {
    let view: TimelineView = by.get(path::timeline(story.cohort)).await.read();
    view.rev
}

async fn change(story: &Story, wish: Value) -> TimelineView {
    let chair = story.chair().await;
    let tag = format!("\"{}\"", rev(story, &chair).await);
    let headers = [("if-match", tag.as_str())];
    let address = path::timeline_changes(story.cohort);
    let reply = chair
        .send_json(Method::POST, address, &wish, &headers)
        .await;
    reply.read()
}

async fn item(story: &Story, mark: Mark) -> ItemId {
    let view: TimelineView = story
        .chair()
        .await
        .get(path::timeline(story.cohort))
        .await
        .read();
    view.items.iter().find(|item| item.mark == mark).unwrap().id
}

async fn plan_meeting(story: &Story, audience: &str, title: &str) -> ItemId {
    let id = ItemId(uuid::Uuid::now_v7());
    let start = json!({
        "civil": "2018-05-22T15:00:00", "zone": "America/Chicago",
        "instant": "2018-05-22T15:00:00Z",
    });
    change(
        story,
        json!({ "acts": [{
            "kind": "create", "item": id, "title": title, "audience": audience,
            "when": { "meeting": { "start": start, "minutes": 90 } },
        }] }),
    )
    .await;
    id
}

async fn act(story: &Story, kind: &str, item: ItemId) {
    change(story, json!({ "acts": [{ "kind": kind, "item": item }] })).await;
}

async fn own_feed(by: &Browser) -> String {
    let made: CalendarToken = by.post(path::CALENDAR_TOKEN, &json!({})).await.read();
    let url = made.url.unwrap();
    url.strip_prefix("http://127.0.0.1:8080")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn everybody_subscribes_to_what_was_announced() {
    let story = Story::new().await;
    plan_meeting(&story, "public", "Secret plan").await;
    let visitor = story.app.visitor();
    let reply = visitor.get(FEED).await;
    assert_eq!(reply.header("content-disposition"), "");
    let entries = entries(&reply);
    assert!(named(&entries, "Secret plan").is_none());
    let closing = named(&entries, "Applications close").unwrap();
    assert_eq!(value(closing, "DTSTART"), "20180303T110000Z");
    assert_eq!(value(closing, "DTEND"), "20180303T120000Z");
    assert!(value(closing, "DESCRIPTION").contains("Anywhere on Earth"));
    assert!(value(closing, "UID").ends_with("@127.0.0.1"));
    assert_eq!(value(closing, "STATUS"), "CONFIRMED");
    let complete = named(&entries, "Pairing complete").unwrap();
    assert_eq!(value(complete, "DTSTART;VALUE=DATE"), "20180514");
    assert_eq!(value(complete, "DTEND;VALUE=DATE"), "20180515");
    story.set_state(CohortState::Draft).await;
    visitor.get(FEED).await.refused(404, "not_found");
    visitor
        .get("/c/nowhere.ics")
        .await
        .refused(404, "not_found");
    visitor
        .get("/c/2018-2019.txt")
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_feed_is_sent_again_only_when_it_changed() {
    let story = Story::new().await;
    let visitor = story.app.visitor();
    let tag = visitor.get(FEED).await.header("etag").to_owned();
    let again = async |tag: &str| {
        let request = Request::builder()
            .uri(FEED)
            .header("if-none-match", tag)
            .body(Body::empty())
            .unwrap();
        visitor.request(request).await.status.as_u16()
    };
    story.app.wait(chrono::Duration::hours(5));
    assert_eq!(again(&tag).await, 304);
    assert_eq!(again(&format!("\"x\", W/{tag}")).await, 304);
    // What nobody was told changes no byte.
    plan_meeting(&story, "public", "Secret plan").await;
    assert_eq!(again(&tag).await, 304);
    let orientation = item(&story, Mark::Orientation).await;
    change(
        &story,
        json!({ "edits": [{ "item": orientation, "edge": "end", "to": "2018-05-26" }] }),
    )
    .await;
    assert_eq!(again(&tag).await, 200);
}

#[tokio::test]
async fn what_is_cancelled_or_taken_back_is_said_for_ninety_days() {
    let story = Story::new().await;
    let visitor = story.app.visitor();
    let orientation = item(&story, Mark::Orientation).await;
    let feed = async || entries(&visitor.get(FEED).await);
    act(&story, "cancel", orientation).await;
    let entry = named(&feed().await, "Orientation").unwrap().clone();
    assert_eq!(value(&entry, "STATUS"), "CANCELLED");
    assert_eq!(value(&entry, "SEQUENCE"), "2");

    // Hidden from the public, an entry is gone for it, too.
    let evaluation = item(&story, Mark::Evaluation).await;
    let hide = json!({ "acts": [{ "kind": "edit", "item": evaluation, "audience": "committee" }] });
    change(&story, hide).await;
    let entry = named(&feed().await, "Evaluation begins").unwrap().clone();
    assert_eq!(value(&entry, "STATUS"), "CANCELLED");
    assert_eq!(value(&entry, "SEQUENCE"), "2");

    // Deleted, it is still said to be cancelled.
    act(&story, "delete", orientation).await;
    let entry = named(&feed().await, "Orientation").unwrap().clone();
    assert_eq!(
        (value(&entry, "STATUS"), value(&entry, "SEQUENCE")),
        ("CANCELLED", "3")
    );

    story.app.wait(chrono::Duration::days(91));
    let entries = feed().await;
    assert!(named(&entries, "Orientation").is_none());
    assert!(named(&entries, "Evaluation").is_none());
    assert!(named(&entries, "Applications close").is_some());
}

#[tokio::test]
async fn everything_of_a_cancelled_cohort_is_cancelled() {
    let story = Story::new().await;
    let visitor = story.app.visitor();
    let feed = async || entries(&visitor.get(FEED).await);
    let before = feed().await;
    story.set_state(CohortState::Cancelled).await;
    let after = feed().await;
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(value(old, "UID"), value(new, "UID"));
        assert_eq!(value(new, "STATUS"), "CANCELLED");
        let sequence = |entry: &[String]| value(entry, "SEQUENCE").parse::<u32>().unwrap();
        assert_eq!(sequence(new), sequence(old) + 1);
    }
    let closing = path::item_file("2018-2019", item(&story, Mark::Closing).await);
    let file = entries(&visitor.get(&closing).await);
    assert_eq!(value(&file[0], "STATUS"), "CANCELLED");
}

#[tokio::test]
async fn t_07_a_revoked_feed_is_gone() {
    let story = Story::new().await;
    let max = story.sent("max@mail.example", Role::Mentor).await.browser;
    let visitor = story.app.visitor();
    let feed = own_feed(&max).await;
    assert_eq!(feed.len(), "/cal/".len() + 43 + ".ics".len());
    assert_eq!(visitor.get(&feed).await.status, 200);
    let known: CalendarToken = max.get(path::CALENDAR_TOKEN).await.read();
    assert!(known.since.is_some() && known.url.is_none());

    let second = own_feed(&max).await;
    visitor.get(&feed).await.refused(404, "not_found");
    assert_eq!(visitor.get(&second).await.status, 200);
    max.send(Method::DELETE, path::CALENDAR_TOKEN).await;
    visitor.get(&second).await.refused(404, "not_found");
    visitor.get("/cal/x.ics").await.refused(404, "not_found");
}

#[tokio::test]
async fn an_own_feed_has_own_dates_only_and_ends_with_taking_part() {
    let story = Story::new().await;
    let max = story.sent("max@mail.example", Role::Mentor).await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let meeting = plan_meeting(&story, "mentors", "Mentors meet").await;
    let feeds = [own_feed(&max.browser).await, own_feed(&ana.browser).await];
    let visitor = story.app.visitor();
    let meets = async |feed: &str| {
        let entries = entries(&visitor.get(feed).await);
        named(&entries, "Mentors meet").cloned()
    };
    assert_eq!(meets(&feeds[0]).await, None);
    act(&story, "announce", meeting).await;
    let entry = meets(&feeds[0]).await.unwrap();
    assert_eq!(value(&entry, "DTSTART"), "20180522T200000Z");
    assert_eq!(value(&entry, "DTEND"), "20180522T213000Z");
    assert_eq!(meets(&feeds[1]).await, None);
    assert_eq!(meets(FEED).await, None);
    max.withdraw().await;
    visitor.get(&feeds[0]).await.refused(404, "not_found");
}

#[tokio::test]
async fn one_date_is_a_file_for_those_who_see_it() {
    let story = Story::new().await;
    let max = story.sent("max@mail.example", Role::Mentor).await.browser;
    let meeting = plan_meeting(&story, "mentors", "Mentors meet").await;
    act(&story, "announce", meeting).await;
    let address = path::item_file("2018-2019", meeting);
    let reply = max.get(&address).await;
    assert!(
        reply
            .header("content-disposition")
            .starts_with("attachment")
    );
    assert_eq!(entries(&reply).len(), 1);
    story
        .app
        .visitor()
        .get(&address)
        .await
        .refused(404, "not_found");
    let closing = path::item_file("2018-2019", item(&story, Mark::Closing).await);
    assert_eq!(entries(&story.app.visitor().get(&closing).await).len(), 1);
}

#[tokio::test]
async fn a_date_of_ones_own_replaces_everybodys_for_that_person_alone() {
    let story = Story::new().await;
    let max = story.sent("max@mail.example", Role::Mentor).await.browser;
    let ana = story.sent("ana@mail.example", Role::Mentee).await.browser;
    let meeting = plan_meeting(&story, "participants", "All meet").await;
    let chair = story.chair().await;
    let session: Value = max.get(path::SESSION).await.body;
    let person = session["me"]["id"].clone();
    let start = |civil: &str| {
        json!({
            "civil": civil, "zone": "Pacific/Guam", "instant": "2018-01-01T00:00:00Z",
        })
    };
    let grant = async |item: ItemId, when: Value| {
        let body = json!({ "item": item, "person": person, "when": when, "reason": "On leave" });
        chair.post(path::person_dates(story.cohort), &body).await
    };
    let later = json!({ "meeting": { "start": start("2018-05-24T09:00:00"), "minutes": 30 } });
    // Nobody was told of it yet.
    let refused = grant(meeting, later.clone()).await;
    refused.refused(422, "invalid");
    assert_eq!(refused.body["extra"]["code"], "not_announced");
    act(&story, "announce", meeting).await;
    let closing = item(&story, Mark::Closing).await;
    let other = grant(closing, json!({ "milestone": { "on": "2018-03-09" } })).await;
    assert_eq!(other.body["extra"]["code"], "everybodys");
    let granted = grant(meeting, later).await;
    assert_eq!(granted.status, 201, "{}", granted.body);
    let mail = story.app.last_mail_to("max@mail.example").await;
    assert!(
        mail.body
            .contains("Thursday, 24 May 2018, 9:00 AM, Guam time"),
        "{}",
        mail.body
    );

    let read =
        async |by: &Browser| -> TimelineView { by.get(path::timeline(story.cohort)).await.read() };
    let view = read(&max).await;
    let When::Meeting { start, .. } = &view.own[0].when else {
        panic!("{:?}", view.own)
    };
    assert_eq!(start.instant.to_rfc3339(), "2018-05-23T23:00:00+00:00");
    assert_eq!(read(&ana).await.own, []);
    let visitor = story.app.visitor();
    let of_feed = async |feed: String| {
        let entries = entries(&visitor.get(&feed).await);
        value(named(&entries, "All meet").unwrap(), "DTSTART").to_owned()
    };
    assert_eq!(of_feed(own_feed(&max).await).await, "20180523T230000Z");
    assert_eq!(of_feed(own_feed(&ana).await).await, "20180522T200000Z");
    let id = granted.body["id"].as_str().unwrap().parse().unwrap();
    let end = path::person_date(story.cohort, id);
    assert_eq!(chair.send(Method::DELETE, end).await.status, 204);
    assert_eq!(read(&max).await.own, []);
}

#[tokio::test]
async fn more_time_to_apply_is_in_the_calendar_of_that_person_alone() {
    let story = Story::new().await;
    let max = story.sent("max@mail.example", Role::Mentor).await;
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let feeds = [own_feed(&max.browser).await, own_feed(&ana.browser).await];
    let visitor = story.app.visitor();
    let closes = async |feed: &str| {
        let entries = entries(&visitor.get(feed).await);
        let entry = named(&entries, "Applications close").unwrap();
        value(entry, "DTEND").to_owned()
    };
    let chair = story.chair().await;
    let view = chair.get(path::application(max.id)).await;
    let tag = view.header("etag").to_owned();
    let headers = [("if-match", tag.as_str())];
    let body = json!({ "last_day": "2018-03-09", "reason": "Power was out." });
    let address = path::extension(max.id);
    let granted = chair
        .send_json(Method::PUT, &address, &body, &headers)
        .await;
    assert_eq!(granted.status, 200, "{}", granted.body);
    assert_eq!(closes(&feeds[0]).await, "20180310T120000Z");
    assert_eq!(closes(&feeds[1]).await, "20180303T120000Z");
    assert_eq!(closes(FEED).await, "20180303T120000Z");

    // On the page it stands beside everybody's, without the committee's reason.
    let read =
        async |by: &Browser| -> TimelineView { by.get(path::timeline(story.cohort)).await.read() };
    let [own] = &read(&max.browser).await.own[..] else {
        panic!("one date is the reader's own");
    };
    assert_eq!(own.when.days().1.to_string(), "2018-03-09");
    assert_eq!(own.reason, "");
    assert_eq!(read(&ana.browser).await.own, []);
}

#[tokio::test]
async fn the_next_cohort_keeps_the_days_of_the_week_and_tells_nobody() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let dates: NextDates = chair.get(path::next_cohort(story.cohort)).await.read();
    assert_eq!(dates.days, 364);
    let body = json!({ "slug": "2019-2020", "title": "2019–2020" });
    let reply = chair.post(path::next_cohort(story.cohort), &body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    assert_eq!(
        reply.body["calendar"]["closes"]["instant"],
        "2019-03-02T12:00:00Z"
    );
    assert_eq!(reply.body["calendar"]["starts"], "2019-05-31");
    assert_eq!(reply.body["state"], "draft");
    let visitor = story.app.visitor();
    visitor
        .get("/c/2019-2020.ics")
        .await
        .refused(404, "not_found");
    let again = chair.post(path::next_cohort(story.cohort), &body).await;
    again.refused(409, "already_exists");
}

#[tokio::test]
async fn a_program_keeps_days_free_and_plans_take_notice() {
    let story = Story::new().await;
    let chair = story.chair().await;
    let address = path::program_days(story.program);
    let tag = chair.get(&address).await.header("etag").to_owned();
    let days = json!({ "federal_holidays": true, "days": [
        { "name": "Annual", "first": "2018-06-21", "last": "2018-06-26", "kind": "conference" },
    ] });
    let headers = [("if-match", tag.as_str())];
    let set = chair
        .send_json(Method::PUT, &address, &days, &headers)
        .await;
    assert_eq!(set.status, 200, "{}", set.body);
    let read: ProgramDays = chair.get(&address).await.read();
    assert_eq!(set.read::<ProgramDays>(), read);
    assert_eq!(read.days.first().unwrap().name, "Annual");
    let stale = chair
        .send_json(Method::PUT, &address, &days, &headers)
        .await;
    stale.refused(412, "stale");
    let program = item(&story, Mark::Program).await;
    let wish = json!({ "edits": [{ "item": program, "edge": "start", "to": "2018-06-22" }] });
    let plan = chair.post(path::timeline_plan(story.cohort), &wish).await;
    assert_eq!(
        plan.body["warnings"][0]["code"], "conference",
        "{}",
        plan.body
    );
    assert_eq!(plan.body["warnings"][0]["name"], "Annual");
}

#[tokio::test]
async fn a_civil_time_is_resolved_with_what_clocks_do() {
    let story = Story::new().await;
    let visitor = story.app.visitor();
    let resolve = async |civil: &str, zone: &str| {
        let body = json!({ "civil": civil, "zone": zone });
        visitor
            .send_json(Method::POST, path::TIME_RESOLVE, &body, &[])
            .await
    };
    let skipped = resolve("2018-03-11T02:30:00", "America/Chicago").await;
    assert_eq!(skipped.body["clocks"], "skipped");
    assert_eq!(skipped.body["instant"], "2018-03-11T08:30:00Z");
    let twice = resolve("2018-11-04T01:30:00", "America/Chicago").await;
    assert_eq!(twice.body["clocks"], "repeated");
    let once = resolve("2018-03-03T00:00:00", "AoE").await;
    assert_eq!(once.body["instant"], "2018-03-03T12:00:00Z");
    resolve("2018-03-03T00:00:00", "Nowhere")
        .await
        .refused(422, "invalid");
}

/// Files of every kind for the parsers of other people, which `tests/calendars` runs.
#[tokio::test]
async fn files_are_written_for_the_parsers_of_others() {
    let story = Story::new().await;
    let max = story.sent("max@mail.example", Role::Mentor).await.browser;
    let meeting = plan_meeting(&story, "mentors", "Größe, Maß; \\o/ 東京 👩‍👩‍👧").await;
    act(&story, "announce", meeting).await;
    let orientation = item(&story, Mark::Orientation).await;
    act(&story, "cancel", orientation).await;
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendars");
    std::fs::create_dir_all(&folder).unwrap();
    let feeds = [
        ("public", FEED.to_owned()),
        ("own", own_feed(&max).await),
        ("item", path::item_file("2018-2019", meeting)),
    ];
    for (name, address) in feeds {
        let reply = max.get(&address).await;
        assert!(!entries(&reply).is_empty());
        let file = folder.join(format!("{name}.ics"));
        std::fs::write(file, reply.body.as_str().unwrap()).unwrap();
    }
}
