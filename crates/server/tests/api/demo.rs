//! The demonstration: what is in it on each day, its clock, its accounts, and that it exists only
//! where the seed marked an empty database.

mod clock;
mod content;
mod matching;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;
use tandem_api::application::MyApplication;
use tandem_api::demo::{DemoAccount, DemoView};
use tandem_api::outbox::{MailState, MailView};
use tandem_api::path;
use tandem_api::session::SessionView;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::{CohortState, Stage};
use tandem_domain::id::PersonId;
use tandem_domain::role::{Office, Role};
use tandem_server::demo::day;
use tandem_server::demo::seed::{Plan, SeedError, seed};
use tandem_server::demo::world::Sizes;
use tandem_server::store::StoreError;
use tandem_server::store::applications::{self, Application};
use tandem_server::store::cohorts::{self, Cohort};
use tandem_server::store::pairings::scenarios;
use tandem_server::store::people;
use uuid::Uuid;

use crate::story::Story;
use crate::support::{Browser, TestApp};

/// A server on a demonstration that begins on a day.
pub async fn demo(day: &str) -> TestApp {
    seeded(Plan::Demo {
        day: day::find(day).unwrap(),
        sizes: None,
    })
    .await
}

async fn seeded(plan: Plan) -> TestApp {
    let app = TestApp::new().await;
    seed(&app.app, plan).await.unwrap();
    app.served_anew().await
}

#[tokio::test]
async fn a_demonstration_answers_under_no_name_but_its_machines() {
    let demo = demo("mar-20").await;
    let plain = TestApp::new().await;
    let ask = async |app: &TestApp, path: &str, method: Method, host: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", host)
            .header("content-type", "application/json");
        let request = request.body(Body::from("{}")).unwrap();
        app.visitor().request(request).await
    };
    for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:80"] {
        let shown = ask(&demo, path::DEMO, Method::GET, host).await;
        assert_eq!(shown.status, StatusCode::OK, "{host}");
    }
    for host in ["tandem.example", "tandem.example:8080", "10.0.0.1:8080", ""] {
        for (method, path) in [
            (Method::GET, path::DEMO),
            (Method::POST, path::DEMO_SIGN_IN),
            (Method::GET, path::SESSION),
            (Method::GET, "/"),
        ] {
            let shown = ask(&demo, path, method, host).await;
            shown.refused(421, "misdirected");
            assert_eq!(shown.header("set-cookie"), "");
        }
        let elsewhere = ask(&plain, path::SESSION, Method::GET, host).await;
        assert_eq!(elsewhere.status, StatusCode::OK, "{host}");
    }
    // The name may stand in the address itself.
    let whole = ask(
        &demo,
        "http://tandem.example/api/demo",
        Method::GET,
        "localhost",
    )
    .await;
    whole.refused(421, "misdirected");
}

/// A cohort as it is kept.
pub async fn cohort(app: &TestApp, slug: &'static str) -> Cohort {
    let read = app
        .app
        .store
        .read(async |tx| cohorts::by_slug(&tx, slug).await);
    read.await.unwrap().unwrap()
}

/// The applications of a cohort, by reference; drafts have none.
pub async fn applications(app: &TestApp, slug: &'static str) -> BTreeMap<String, Application> {
    let cohort = cohort(app, slug).await.id;
    let read = app
        .app
        .store
        .read(async |tx| applications::of_cohort(&tx, cohort).await);
    let all = read.await.unwrap();
    all.into_iter()
        .map(|one| (one.reference.clone().unwrap_or_default(), one))
        .collect()
}

/// How many applications of a role stand where.
async fn states(app: &TestApp, slug: &'static str, role: Role) -> Vec<(ApplicationState, usize)> {
    let mut states = BTreeMap::new();
    for one in applications(app, slug)
        .await
        .values()
        .filter(|one| one.role == role)
    {
        *states.entry(one.state).or_default() += 1;
    }
    states.into_iter().collect()
}

/// A browser in which the account whose part begins so is signed in.
pub async fn sign_in(app: &TestApp, part: &str) -> (Browser, DemoAccount) {
    let browser = app.visitor();
    let view: DemoView = browser.get(path::DEMO).await.read();
    let account = view
        .accounts
        .into_iter()
        .find(|one| one.part.starts_with(part))
        .unwrap();
    let reply = browser
        .post(path::DEMO_SIGN_IN, &json!({ "person": account.person }))
        .await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", reply.body);
    (browser, account)
}

/// The pieces of a story on the cohort of 2018.
pub async fn story(app: TestApp) -> Story {
    let cohort = cohort(&app, "2018-2019").await;
    let read = app
        .app
        .store
        .read(async |tx| scenarios::in_force(&tx, cohort.id).await);
    let scenario = read.await.unwrap().unwrap();
    Story {
        app,
        program: cohort.program,
        cohort: cohort.id,
        scenario: scenario.id,
    }
}

#[tokio::test]
async fn without_the_mark_there_is_no_demonstration() {
    let sizes = Sizes {
        mentees: 12,
        mentors: 9,
        seed: 7,
    };
    for app in [TestApp::new().await, seeded(Plan::Cohort(sizes)).await] {
        let visitor = app.visitor();
        visitor.get(path::DEMO).await.refused(404, "not_found");
        visitor.get(path::DEMO_MAIL).await.refused(404, "not_found");
        let person = json!({ "person": PersonId(Uuid::nil()) });
        visitor
            .post(path::DEMO_SIGN_IN, &person)
            .await
            .refused(404, "not_found");
        let day = json!({ "day": "jun-1", "restart": true });
        visitor
            .post(path::DEMO_CLOCK, &day)
            .await
            .refused(404, "not_found");
        let session: SessionView = visitor.get(path::SESSION).await.read();
        assert!(!session.demo);
        assert_eq!(session.program_now, session.server_now);
    }
}

#[tokio::test]
async fn only_an_empty_database_is_filled() {
    let app = TestApp::new().await;
    let now = app.clock.real();
    let write = app.app.store.write(move |tx| async move {
        people::create(&tx, "ana@mail.example", "Ana", now).await?;
        Ok::<_, StoreError>(())
    });
    write.await.unwrap();
    let plan = Plan::Demo {
        day: day::find("mar-20").unwrap(),
        sizes: None,
    };
    let refused = seed(&app.app, plan).await.unwrap_err();
    assert!(matches!(refused, SeedError::NotEmpty));
    assert!(refused.to_string().contains("not empty"), "{refused}");
    assert!(!app.served_anew().await.app.demo);
}

#[tokio::test]
async fn everybody_on_the_list_signs_in_with_one_click_and_nobody_else() {
    let app = demo("mar-20").await;
    let parts = [
        ("Has begun", vec![]),
        ("Has applied as a mentee", vec![]),
        ("Has applied as a mentor", vec![]),
        ("Subcommittee: ", vec![Office::Subcommittee]),
        ("Subcommittee too", vec![Office::Subcommittee]),
        ("Chairs", vec![Office::Chair]),
        ("Program officer", vec![Office::Officer]),
    ];
    for (part, offices) in parts {
        let (browser, account) = sign_in(&app, part).await;
        let session: SessionView = browser.get(path::SESSION).await.read();
        let me = session.me.unwrap();
        let held: Vec<Office> = me.offices.iter().map(|held| held.office).collect();
        assert_eq!((me.id, held, session.demo), (account.person, offices, true));
        let own: Vec<MyApplication> = browser.get(path::MY_APPLICATIONS).await.read();
        assert_eq!(!own.is_empty(), part.starts_with("Has"));
    }
    let other = applications(&app, "2018-2019").await["E002"].person;
    let reply = app
        .visitor()
        .post(path::DEMO_SIGN_IN, &json!({ "person": other }))
        .await;
    reply.refused(422, "invalid");
}

#[tokio::test]
async fn the_mails_are_there_to_read_and_one_came_back() {
    let app = demo("mar-20").await;
    let mails: Vec<MailView> = app.visitor().get(path::DEMO_MAIL).await.read();
    let asked = mails
        .iter()
        .find(|mail| mail.body.contains("before the program begins"));
    assert_eq!(asked.unwrap().row.template, "info-asked");
    let failed: Vec<_> = mails
        .iter()
        .filter(|mail| mail.row.state == MailState::Failed)
        .collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(
        failed[0].row.last_error.as_deref(),
        Some("550 no such mailbox")
    );
}

#[tokio::test]
async fn a_larger_cohort_is_in_its_pairing_around_today() {
    use ApplicationState::{Eligible, Ineligible, NeedsInfo, Withdrawn};

    let sizes = Sizes {
        mentees: 60,
        mentors: 50,
        seed: 7,
    };
    let app = seeded(Plan::Cohort(sizes)).await;
    let slug = "2018-2019";
    assert_eq!(cohort(&app, slug).await.state, CohortState::Pairing);
    let mentees = [
        (NeedsInfo, 2),
        (Eligible, 55),
        (Ineligible, 2),
        (Withdrawn, 1),
    ];
    assert_eq!(states(&app, slug, Role::Mentee).await, mentees);
    let mentors = [
        (NeedsInfo, 1),
        (Eligible, 46),
        (Ineligible, 2),
        (Withdrawn, 1),
    ];
    assert_eq!(states(&app, slug, Role::Mentor).await, mentors);
    let story = story(app).await;
    let view: serde_json::Value = story.chair().await.get(path::cohort(slug)).await.read();
    assert_eq!(view["stage"], json!(Stage::Pairing));
}
