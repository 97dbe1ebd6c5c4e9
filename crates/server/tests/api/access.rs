//! Every endpoint as every role. Most bodies are well-formed but come to nothing: whoever is allowed
//! gets as far as a stale revision (412), faults of the body (422) or the answer; nobody else does.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use tandem_api::application::{ApplicationView, Receipt};
use tandem_api::window::LateLinkView;
use tandem_api::{event, path};
use tandem_domain::cohort::CohortState;
use tandem_domain::form::answer::{Answer, Upload};
use tandem_domain::id::{
    ApplicationId, ChangeId, InfoRequestId, ItemId, MailId, PersonDateId, PersonId,
};
use tandem_domain::role::{Office, Role};
use tandem_domain::score::Scoring;
use tandem_server::auth::token;
use tandem_server::store::sessions::Kind;
use tandem_server::store::{StoreError, people, programs, sessions};
use uuid::Uuid;

use crate::story::{Applicant, Story};
use crate::support::Browser;

/// Status by role, of each operation at a state of the cohort.
const TABLE: &str = include_str!("access.txt");

/// One operation at one state of the cohort.
struct Row {
    method: Method,
    template: &'static str,
    at: CohortState,
    expected: Vec<u16>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let mut words = line.split_whitespace();
        let mut next = || words.next().unwrap();
        let (method, template, at) = (next(), next(), next());
        Row {
            method: method.parse().unwrap(),
            template,
            at: serde_json::from_value(json!(at)).unwrap(),
            expected: words.map(|status| status.parse().unwrap()).collect(),
        }
    };
    lines.map(row).collect()
}

/// Everything the addresses of a row are filled with.
struct Cast {
    story: Story,
    browsers: Vec<Browser>,
    application: ApplicationId,
    owner: PersonId,
    /// What lies there: a file of what was sent, a link for somebody who is late, a comment; nobody's
    /// where there is none at the state of the cohort.
    file: String,
    link: Uuid,
    comment: Uuid,
}

impl Cast {
    async fn at(state: CohortState) -> Self {
        let story = Story::new().await;
        let owner = story.applicant("ana@example.org", Role::Mentee).await;
        let file = with_file(&owner).await;
        owner.complete(&[]).await;
        owner.submit().await.read::<Receipt>();
        let elsewhere = elsewhere(&story).await;
        let browsers = vec![
            story.app.visitor(),
            unconfirmed(&story).await,
            story.app.signed_in("bo@example.org").await,
            owner.browser,
            story.subcommittee().await,
            story.chair().await,
            story.officer().await,
            elsewhere,
            story.app.founder("fay@example.org").await,
        ];
        let person = owner_of(&story, owner.id).await;
        let mut cast = Self {
            story,
            browsers,
            application: owner.id,
            owner: person,
            file,
            link: Uuid::nil(),
            comment: Uuid::nil(),
        };
        cast.story.set_state(state).await;
        match state {
            CohortState::Announced => cast.link = late_link(&cast.story).await,
            CohortState::Pairing => cast.comment = comment(&cast.story).await,
            _ => {}
        }
        cast
    }

    fn address(&self, template: &str) -> String {
        let nobody = Uuid::nil();
        let address = template
            .replace("{program}", &self.story.program.to_string())
            .replace("{cohort}", &self.story.cohort.to_string())
            .replace("{scenario}", &self.story.scenario.to_string())
            .replace("{application}", &self.application.to_string())
            .replace("{person}", &PersonId(nobody).to_string())
            .replace("{member}", &PersonId(nobody).to_string())
            .replace("{mail}", &MailId(nobody).to_string())
            .replace("{comment}", &self.comment.to_string())
            .replace("{change}", &ChangeId(nobody).to_string())
            .replace("{date}", &PersonDateId(nobody).to_string())
            .replace("{request}", &InfoRequestId(nobody).to_string())
            .replace("{file}", &self.file)
            .replace("{link}", &self.link.to_string())
            .replace("{version}", "1")
            .replace("{role}", "mentor");
        let address = match template {
            path::COHORT_FEED => path::cohort_feed("2018-2019"),
            path::ITEM_FILE => path::item_file("2018-2019", ItemId(nobody)),
            path::OWN_FEED => path::own_feed("nobody"),
            _ => address,
        };
        if template == path::FILES {
            return format!("{address}?question=nothing&name=cv.pdf");
        }
        if template == path::COMPARISON {
            return path::comparison(self.story.cohort, &[self.story.scenario]);
        }
        if template == path::STREAM {
            let topic = event::Topic::Scenario(self.story.scenario);
            return format!("{address}?topics={topic}");
        }
        address
    }
}

/// Gives an application a file, and says which.
async fn with_file(who: &Applicant) -> String {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path::files(who.id, "question=cv&name=cv.pdf"))
        .header("content-type", "application/octet-stream")
        .body(Body::from("%PDF-1.7\n%%EOF"));
    let file: Upload = who.browser.request(request.unwrap()).await.read();
    let id = file.id.clone();
    let answer = Answer::Files {
        files: vec![file],
        text: None,
    };
    who.save(&[("cv", Some(answer))]).await;
    id
}

async fn owner_of(story: &Story, application: ApplicationId) -> PersonId {
    let address = path::application(application);
    let view: ApplicationView = story.subcommittee().await.get(address).await.read();
    view.person
}

async fn late_link(story: &Story) -> Uuid {
    let new = json!({ "email": "lee@example.org", "last_day": "2018-03-09", "reason": "Ill." });
    let address = path::late_links(story.cohort);
    let made: LateLinkView = story.chair().await.post(address, &new).await.read();
    made.id.0
}

/// A comment of the officer.
async fn comment(story: &Story) -> Uuid {
    let id = Uuid::from_u128(1);
    let said = json!({ "id": id, "about": { "kind": "board" }, "text": "So." });
    let address = path::comments(story.scenario);
    let reply = story.officer().await.post(address, &said).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    id
}

async fn elsewhere(story: &Story) -> Browser {
    let now = story.app.clock.real();
    let made = story.app.app.store.write(move |tx| async move {
        let new = programs::NewProgram {
            slug: "elsewhere",
            name: "Elsewhere",
            association: "A",
            about: "",
            contact: "c",
        };
        programs::create(&tx, new, now).await
    });
    let program = made.await.unwrap().id;
    story
        .app
        .member(
            "otto@example.org",
            program,
            &[Office::Officer, Office::Chair],
        )
        .await
}

async fn unconfirmed(story: &Story) -> Browser {
    let (secret, now) = (token::secret().unwrap(), story.app.clock.real());
    let hash = token::hash(&secret);
    let made = story.app.app.store.write(move |tx| async move {
        let person = people::provisional(&tx, "olga@association.example", now).await?;
        sessions::begin(&tx, &hash, person.id, Kind::Provisional, now).await?;
        Ok::<_, StoreError>(())
    });
    made.await.unwrap();
    let browser = story.app.visitor();
    browser.keep("tandem", &secret);
    browser
}

/// A well-formed body, which comes to nothing where that can be had.
#[expect(clippy::too_many_lines, reason = "a table, one arm an endpoint")]
fn body(cast: &Cast, method: &Method, template: &str) -> Value {
    let nobody = Uuid::nil();
    match (method.as_str(), template) {
        ("POST", path::AUTH_LINK | path::ERASURE) => json!({ "email": "" }),
        ("POST", path::AUTH_REDEEM | path::LATE_LINK_OPEN) => json!({ "token": "" }),
        ("PATCH", path::ME) => json!({ "name": "N" }),
        ("POST", path::PROGRAMS) => json!({
            "slug": "No Slug", "name": "", "association": "", "about": "", "contact": "",
        }),
        ("POST", path::MEMBERS) => json!({ "email": "nobody", "name": "", "offices": [] }),
        ("PUT", path::MEMBER) => json!({ "offices": [] }),
        ("POST", path::PROGRAM_COHORTS) => json!({
            "slug": "No Slug", "title": "", "zone": "UTC", "call_opens": "2018-01-29",
            "closes": "2018-03-03T00:00:00", "closes_zone": "AoE",
            "pairing_complete": "2018-05-14", "starts": "2018-06-01", "ends": "2019-04-30",
        }),
        ("POST", path::TRANSITIONS) => json!({ "to": "review" }),
        ("POST", path::TIMELINE_PLAN | path::TIMELINE_CHANGES) => json!({
            "edits": [{ "item": nobody, "edge": "end", "to": "2018-03-09" }],
        }),
        ("POST", path::PERSON_DATES) => json!({
            "item": nobody, "person": nobody, "reason": "",
            "when": { "milestone": { "on": "2018-05-15" } },
        }),
        ("POST", path::NEXT_COHORT) => json!({ "slug": "No Slug", "title": "" }),
        ("PUT", path::PROGRAM_DAYS) => json!({ "federal_holidays": true }),
        ("POST", path::TIME_RESOLVE) => json!({ "civil": "2018-03-03T00:00:00", "zone": "AoE" }),
        ("POST", path::COHORT_APPLICATIONS) => json!({
            "roles": ["mentee"], "email": "new@example.org",
        }),
        ("PATCH", path::DRAFT) => json!({
            "op_id": nobody, "base_rev": 0, "form_version": 1, "changes": {},
        }),
        ("POST", path::SUBMISSIONS) => json!({ "rev": -1 }),
        ("PUT", path::PRESENCE) | ("POST", path::TIMELINE_UNDO | path::WITHDRAWAL) => json!({}),
        ("POST", path::LATE_LINKS) => json!({
            "email": "late@example.org", "last_day": "2018-01-01", "reason": "Ill.",
        }),
        ("PUT", path::REMINDERS) => json!({ "wanted": true }),
        ("PUT", path::EXTENSION) => json!({ "last_day": "2018-03-09", "reason": "Ill." }),
        ("POST", path::FORM_PLAN | path::FORM_VERSIONS) => json!({
            "form": { "role": "mentor", "version": 1, "title": "T", "intro": "", "sections": [] },
        }),
        ("PUT", path::APART) => json!({
            "declared_by": nobody, "key": "p:|", "person": nobody, "verdict": null,
        }),
        ("PUT", path::ELIGIBILITY) => json!({ "eligible": true }),
        ("POST", path::INFO_REQUESTS) => json!({ "text": "Why?", "questions": [] }),
        ("POST", path::INFO_ANSWER) => json!({ "text": "So." }),
        ("POST", path::SCENARIOS) | ("PATCH", path::SCENARIO) => json!({ "name": "" }),
        ("PUT", path::LOOKED) => json!({ "rev": 0 }),
        ("POST", path::COMMANDS) => json!({
            "id": nobody, "expect": [], "command": { "kind": "unpair", "mentee": nobody },
        }),
        ("POST", path::COMMENTS) => json!({
            "id": nobody, "about": { "kind": "board" }, "text": "",
        }),
        ("PUT", path::COMMENT) => json!({ "resolved": true, "seen": false }),
        ("POST", path::QUESTIONS) => json!({
            "question": { "plans": { "goals": ["balanced"] } },
        }),
        ("POST", path::PLANS) => json!({
            "id": nobody, "pairs": [], "mentees": [], "expect": [],
        }),
        ("PUT", path::SCORING) => json!(Scoring::default()),
        ("POST", path::CONFLICTS) => json!({ "person": cast.owner }),
        ("POST", path::DEMO_SIGN_IN) => json!({ "person": nobody }),
        ("POST", path::DEMO_CLOCK) => json!({ "day": "x" }),
        _ => Value::Null,
    }
}

async fn ask(cast: &Cast, row: &Row, browser: &Browser) -> u16 {
    let key = Uuid::now_v7().to_string();
    let request = Request::builder()
        .method(row.method.clone())
        .uri(cast.address(row.template))
        .header("content-type", "application/json")
        .header("idempotency-key", key)
        .header("if-match", "\"-7\"");
    let body = match body(cast, &row.method, row.template) {
        Value::Null => Body::empty(),
        body => Body::from(body.to_string()),
    };
    browser.status(request.body(body).unwrap()).await.as_u16()
}

#[tokio::test]
async fn every_endpoint_answers_every_role_as_the_table_says() {
    let mut wrong = Vec::new();
    for state in [
        CohortState::Draft,
        CohortState::Announced,
        CohortState::Pairing,
    ] {
        let cast = Cast::at(state).await;
        for row in rows().iter().filter(|row| row.at == state) {
            let mut statuses = vec![0; cast.browsers.len()];
            for (status, browser) in statuses.iter_mut().zip(&cast.browsers) {
                *status = ask(&cast, row, browser).await;
            }
            if statuses != row.expected {
                wrong.push(format!(
                    "{} {} while {state:?}:\n  expected {:?}\n       got {statuses:?}",
                    row.method, row.template, row.expected
                ));
            }
        }
    }
    let roles = TABLE.lines().next().unwrap();
    assert!(wrong.is_empty(), "{roles}\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_table_has_every_endpoint_there_is() {
    let description = serde_json::to_value(tandem_server::http::description()).unwrap();
    let mut served = BTreeSet::new();
    for (address, operations) in description["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            served.insert(format!("{} {address}", method.to_uppercase()));
        }
    }
    let undescribed = tandem_server::http::undescribed_addresses();
    served.extend(undescribed.iter().map(|address| format!("GET {address}")));
    let table: BTreeSet<String> = rows()
        .iter()
        .map(|row| format!("{} {}", row.method, row.template))
        .collect();
    assert_eq!(served, table);
}
