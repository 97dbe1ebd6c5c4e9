//! The stream of changes: who hears what, and how a reader who was away catches up.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tandem_api::application::MyApplication;
use tandem_api::path;
use tandem_domain::cohort::CohortState;
use tandem_domain::role::{Office, Role};
use tandem_server::auth::token;
use tandem_server::store::audit::{self, Happening};
use tandem_server::store::{Store, programs, sessions};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::story::{Applicant, Story};
use crate::support::Browser;

/// What comes over a stream, line by line.
pub(crate) struct Listening {
    body: Body,
    read: String,
}

/// An event as it came.
#[derive(Debug, PartialEq)]
struct Heard {
    id: i64,
    data: Option<Value>,
}

impl Listening {
    /// The next event that is more than a sign of life; none once the stream has ended.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            while let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(str::to_owned)
                };
                let heard = field("id: ").map(|id| Heard {
                    id: id.parse().unwrap(),
                    data: field("data: ").map(|data| serde_json::from_str(&data).unwrap()),
                });
                let rest = rest.to_owned();
                self.read = rest;
                if heard.is_some() {
                    return heard;
                }
            }
            self.more().await?;
        }
    }

    /// Everything that came, down to the last byte, once so many events have come.
    pub(crate) async fn bytes(mut self, n_events: usize) -> String {
        while self.read.matches("data: ").count() < n_events {
            self.more().await.expect("the stream goes on");
        }
        self.read
    }

    /// Waits for more; nothing once the stream has ended.
    async fn more(&mut self) -> Option<()> {
        let frame = tokio::time::timeout(Duration::from_secs(10), self.body.frame());
        let frame = frame.await.expect("something within ten seconds")?.unwrap();
        let data = frame.into_data().unwrap();
        self.read.push_str(std::str::from_utf8(&data).unwrap());
        Some(())
    }

    async fn data(&mut self) -> Value {
        let heard = self.next().await.unwrap();
        heard
            .data
            .unwrap_or_else(|| panic!("no data in {}", heard.id))
    }
}

impl Story {
    /// Lets changes be handed on until the sender says otherwise.
    pub(crate) fn live(&self) -> watch::Sender<bool> {
        let (stop, stopping) = watch::channel(false);
        tokio::spawn(self.app.app.live.clone().run(stopping));
        stop
    }

    pub(crate) async fn listen(&self, by: &Browser, topics: &str, after: Option<i64>) -> Listening {
        let mut request = Request::builder().uri(format!("{}?topics={topics}", path::STREAM));
        if let Some(cookie) = by.cookie("tandem") {
            request = request.header("cookie", format!("tandem={cookie}"));
        }
        if let Some(after) = after {
            request = request.header("last-event-id", after.to_string());
        }
        let router = tandem_server::http::app(self.app.app.clone()).unwrap();
        let response = router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Listening {
            body: response.into_body(),
            read: String::new(),
        }
    }
}

#[tokio::test]
async fn a_change_is_told_to_its_owner_and_the_committee_without_its_content() {
    let story = Story::new().await;
    let _running = story.live();
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let cohort = format!("cohort:{}", story.cohort);
    let mut own = story.listen(&ana.browser, "me", None).await;
    let mut committee = story
        .listen(&story.subcommittee().await, &cohort, None)
        .await;
    let mut visitor = story.listen(&story.app.visitor(), &cohort, None).await;
    let begun = own.next().await.unwrap();
    assert_eq!(begun.data, None);
    committee.next().await.unwrap();
    visitor.next().await.unwrap();
    ana.withdraw().await;
    let told = json!({ "kind": "application", "application": ana.id, "rev": 3 });
    let heard = own.next().await.unwrap();
    assert_eq!(
        heard,
        Heard {
            id: begun.id + 1,
            data: Some(told.clone())
        }
    );
    assert_eq!(committee.data().await, told);
    // The visitor hears of dates only.
    let chair = story.chair().await;
    let dates: tandem_api::timeline::TimelineView =
        chair.get(path::timeline(story.cohort)).await.read();
    let closing = dates
        .items
        .iter()
        .find(|item| item.mark == tandem_domain::timeline::Mark::Closing);
    let edit = json!({ "item": closing.unwrap().id, "edge": "end", "to": "2018-03-05" });
    let headers = [("if-match", "\"1\"")];
    let body = json!({ "edits": [edit] });
    let address = path::timeline_changes(story.cohort);
    let changed = chair
        .send_json(axum::http::Method::POST, address, &body, &headers)
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(visitor.data().await["kind"], "cohort");
}

#[tokio::test]
async fn who_comes_back_hears_what_was_missed_in_order() {
    let story = Story::new().await;
    let _running = story.live();
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let mut first = story.listen(&ana.browser, "me", None).await;
    let seen = first.next().await.unwrap().id;
    drop(first);
    ana.withdraw().await;
    let back = ana.bring_back().await;
    back.read::<MyApplication>();
    let mut again = story.listen(&ana.browser, "me", Some(seen)).await;
    let (one, two) = (again.next().await.unwrap(), again.next().await.unwrap());
    assert_eq!((one.id, two.id), (seen + 1, seen + 2));
    assert_eq!(
        again.next().await.unwrap(),
        Heard {
            id: seen + 2,
            data: None
        }
    );
}

#[tokio::test]
async fn who_was_away_too_long_or_comes_from_elsewhere_fetches_everything_again() {
    let story = Story::new().await;
    let _running = story.live();
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let mut elsewhere = story.listen(&ana.browser, "me", Some(1_000_000)).await;
    assert_eq!(elsewhere.data().await, json!({ "kind": "resync" }));
    let now = story.app.app.clock.now();
    let write = story.app.app.store.write(move |tx| async move {
        for _ in 0..501 {
            let happening = Happening {
                kind: "test.happened",
                ..Happening::default()
            };
            audit::note(&tx, now, happening).await?;
        }
        Ok::<_, tandem_server::store::StoreError>(())
    });
    write.await.unwrap();
    let mut away = story.listen(&ana.browser, "me", Some(1)).await;
    assert_eq!(away.data().await, json!({ "kind": "resync" }));
}

#[tokio::test]
async fn topics_are_refused_to_those_who_may_not_hear_them() {
    let story = Story::new().await;
    story.set_state(CohortState::Pairing).await;
    let visitor = story.app.visitor();
    let ana = story.app.signed_in("ana@mail.example").await;
    let stream = |topics: String| format!("{}?topics={topics}", path::STREAM);
    visitor
        .get(stream("me".into()))
        .await
        .refused(401, "signed_out");
    visitor
        .get(stream(format!("scenario:{}", story.scenario)))
        .await
        .refused(401, "signed_out");
    ana.get(stream(format!("me,scenario:{}", story.scenario)))
        .await
        .refused(404, "not_found");
    ana.get(stream(format!("cohort:{}", uuid::Uuid::nil())))
        .await
        .refused(404, "not_found");
    ana.get(stream("everything".into()))
        .await
        .refused(400, "bad_request");
    ana.get(path::STREAM).await.refused(400, "bad_request");
}

#[tokio::test]
async fn a_comment_is_told_to_those_at_the_board_without_its_words() {
    let story = Story::new().await;
    let _running = story.live();
    story.set_state(CohortState::Pairing).await;
    let (sam, tia) = (story.subcommittee().await, story.chair().await);
    let topic = format!("scenario:{}", story.scenario);
    let mut heard = story.listen(&tia, &topic, None).await;
    heard.next().await.unwrap();
    let said =
        json!({ "id": uuid::Uuid::from_u128(1), "about": { "kind": "board" }, "text": "So." });
    let reply = sam.post(path::comments(story.scenario), &said).await;
    assert_eq!(reply.status, 200);
    let expected = json!({ "kind": "comments", "cohort": story.cohort });
    assert_eq!(heard.data().await, expected);
}

#[tokio::test]
async fn which_boards_there_are_is_told_to_those_who_see_boards_only() {
    let story = Story::new().await;
    let _running = story.live();
    story.set_state(CohortState::Pairing).await;
    let topic = format!("cohort:{}", story.cohort);
    let (sam, visitor) = (story.subcommittee().await, story.app.visitor());
    let mut committee = story.listen(&sam, &topic, None).await;
    let mut public = story.listen(&visitor, &topic, None).await;
    let begun = committee.next().await.unwrap().id;
    public.next().await.unwrap();
    let name = json!({ "name": "Another" });
    let made = sam.post(path::scenarios(story.cohort), &name).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let (now, cohort) = (story.app.app.clock.now(), story.cohort);
    let write = story.app.app.store.write(move |tx| async move {
        let happening = Happening {
            cohort: Some(cohort),
            kind: "cohort.moved",
            ..Happening::default()
        };
        audit::note(&tx, now, happening).await
    });
    let moved = write.await.unwrap();
    assert_eq!(committee.next().await.unwrap().id, begun + 1);
    assert_eq!(committee.next().await.unwrap().id, moved);
    assert_eq!(public.next().await.unwrap().id, moved);
}

#[tokio::test]
async fn who_stays_away_from_anybody_hears_no_numbers_whatever_the_topic() {
    let story = Story::new().await;
    let _running = story.live();
    let sam = story.sent("sam@mail.example", Role::Mentor).await;
    let seats = [(story.program, vec![Office::Subcommittee])];
    story.app.signed_in_as("sam@mail.example", &seats).await;
    let mut stream = story.listen(&sam.browser, "me", None).await;
    let begun = stream.next().await.unwrap();
    assert_eq!((begun.id, begun.data), (-1, None));
    sam.withdraw().await;
    let heard = stream.next().await.unwrap();
    assert_eq!(heard.id, -1);
    assert_eq!(heard.data.unwrap()["kind"], "application");
    // Nobody knows what was missed, whatever number the browser has.
    for seen in [-1, 1] {
        let mut again = story.listen(&sam.browser, "me", Some(seen)).await;
        assert_eq!(again.data().await, json!({ "kind": "resync" }));
    }
}

#[tokio::test]
async fn a_stream_ends_with_the_server() {
    let story = Story::new().await;
    let running = story.live();
    let ana = story.app.signed_in("ana@mail.example").await;
    let mut stream = story.listen(&ana, "me", None).await;
    stream.next().await.unwrap();
    running.send_replace(true);
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn who_signed_out_or_lost_the_office_hears_nothing_more() {
    let story = Story::new().await;
    let _running = story.live();
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let bo = story.sent("bo@mail.example", Role::Mentee).await;
    let (sam, person) = story.app.signed_in_as("sam@association.example", &[]).await;
    let (program, now) = (story.program, story.app.clock.real());
    let set_offices = async |offices: &'static [Office]| {
        let write = story.app.app.store.write(move |tx| async move {
            programs::set_offices(&tx, program, person, offices, now).await
        });
        write.await.unwrap();
    };
    set_offices(&[Office::Subcommittee]).await;
    let mut own = story.listen(&ana.browser, "me", None).await;
    let mut committee = story
        .listen(&sam, &format!("cohort:{}", story.cohort), None)
        .await;
    own.next().await.unwrap();
    committee.next().await.unwrap();
    bo.withdraw().await;
    assert_eq!(committee.data().await["application"], json!(bo.id));

    let hash = token::hash(&ana.browser.cookie("tandem").unwrap());
    let write = story
        .app
        .app
        .store
        .write(move |tx| async move { sessions::end(&tx, &hash).await });
    write.await.unwrap();
    set_offices(&[]).await;
    let again = story.app.signed_in("ana@mail.example").await;
    let ana = Applicant {
        browser: again,
        ..ana
    };
    ana.withdraw().await;
    assert_eq!(own.next().await, None);
    assert_eq!(committee.next().await, None);
}

#[tokio::test]
async fn what_another_process_writes_is_told_too() {
    let story = Story::new().await;
    let _running = story.live();
    let ana = story.sent("ana@mail.example", Role::Mentee).await;
    let mut stream = story.listen(&ana.browser, "me", None).await;
    let begun = stream.next().await.unwrap().id;
    let other = Store::open(&story.app.location).await.unwrap();
    let (now, application) = (story.app.app.clock.now(), ana.id);
    let body = json!({ "owner": story.app.signed_in_as("ana@mail.example", &[]).await.1 });
    let write = other.write(move |tx| async move {
        let happening = Happening {
            application: Some(application),
            kind: "application.eligible",
            rev: 9,
            body,
            ..Happening::default()
        };
        audit::note(&tx, now, happening).await
    });
    assert_eq!(write.await.unwrap(), begun + 1);
    assert_eq!(stream.data().await["rev"], 9);
    other.close().await.unwrap();
}
