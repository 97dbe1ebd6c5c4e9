//! Founding programs and setting up cohorts.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tandem_api::cohort::{CohortView, ProgramView};
use tandem_api::path;
use tandem_api::session::SessionView;
use tandem_domain::cohort::{CohortState, Stage};
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::ProgramId;
use tandem_domain::permission::Action;
use tandem_domain::role::{Office, Role};

use crate::support::{Browser, Reply, TestApp};

fn program(slug: &str) -> Value {
    json!({
        "slug": slug, "name": "Island Mentoring", "association": "Association of Islands",
        "about": "Pairs newcomers with people who know the work.", "contact": "office@example.org",
    })
}

fn cohort(slug: &str) -> Value {
    json!({
        "slug": slug, "title": "2018–2019", "zone": "Pacific/Guam",
        "call_opens": "2018-01-29", "closes": "2018-03-03T00:00:00", "closes_zone": "AoE",
        "pairing_complete": "2018-05-14", "starts": "2018-06-01", "ends": "2019-04-30",
    })
}

async fn founded(app: &TestApp) -> (Browser, ProgramId) {
    let founder = app.founder("fay@example.org").await;
    let view: ProgramView = founder
        .post(path::PROGRAMS, &program("islands"))
        .await
        .read();
    (founder, view.id)
}

async fn set_up(officer: &Browser, program: ProgramId, body: &Value) -> Reply {
    officer.post(path::program_cohorts(program), body).await
}

#[tokio::test]
async fn a_founder_founds_a_program_and_is_its_officer() {
    let app = TestApp::new().await;
    let (founder, id) = founded(&app).await;
    let me = founder
        .get(path::SESSION)
        .await
        .read::<SessionView>()
        .me
        .unwrap();
    assert!(me.founder);
    assert_eq!(
        (me.offices[0].program, me.offices[0].office),
        (id, Office::Officer)
    );
    let programs: Vec<ProgramView> = app.visitor().get(path::PROGRAMS).await.read();
    assert_eq!(programs.len(), 1);
    assert_eq!(programs[0].association, "Association of Islands");
    founder
        .post(path::PROGRAMS, &program("islands"))
        .await
        .refused(409, "already_exists");
}

#[tokio::test]
async fn nobody_else_founds_programs() {
    let app = TestApp::new().await;
    app.visitor()
        .post(path::PROGRAMS, &program("a"))
        .await
        .refused(401, "signed_out");
    let ana = app.signed_in("ana@example.org").await;
    ana.post(path::PROGRAMS, &program("a"))
        .await
        .refused(403, "forbidden");
    let programs: Vec<ProgramView> = ana.get(path::PROGRAMS).await.read();
    assert!(programs.is_empty());
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_program_is_said_at_once() {
    let app = TestApp::new().await;
    let founder = app.founder("fay@example.org").await;
    let body = json!({
        "slug": "Not A Slug", "name": " ", "association": "x".repeat(121),
        "about": "", "contact": "two\nlines",
    });
    let reply = founder.post(path::PROGRAMS, &body).await;
    reply.refused(422, "invalid");
    let wrong: Vec<(&str, &str)> = reply.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            (
                error["pointer"].as_str().unwrap(),
                error["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        wrong,
        [
            ("/slug", "not_a_slug"),
            ("/name", "required"),
            ("/association", "too_long"),
            ("/contact", "forbidden_characters"),
        ]
    );
}

#[tokio::test]
async fn the_same_wish_is_fulfilled_once() {
    let app = TestApp::new().await;
    let founder = app.founder("fay@example.org").await;
    let key = [("idempotency-key", "0123456789")];
    let post = async |body: &Value| {
        founder
            .send_json(Method::POST, path::PROGRAMS, body, &key)
            .await
    };
    let first = post(&program("islands")).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = post(&program("islands")).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    post(&program("other"))
        .await
        .refused(422, "idempotency_key_reused");
    founder
        .send_json(Method::POST, path::PROGRAMS, &program("other"), &[])
        .await
        .refused(428, "precondition_required");
    let programs: Vec<ProgramView> = founder.get(path::PROGRAMS).await.read();
    assert_eq!(programs.len(), 1);
}

#[tokio::test]
async fn a_cohort_comes_with_forms_and_dates_and_is_not_public_at_first() {
    let app = TestApp::new().await;
    let (officer, program) = founded(&app).await;
    let reply = set_up(&officer, program, &cohort("2018-2019")).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
    let view: CohortView = reply.read();
    assert_eq!((view.state, view.stage), (CohortState::Draft, Stage::Draft));
    assert_eq!(
        view.calendar.opens.to_rfc3339(),
        "2018-01-28T14:00:00+00:00"
    );
    assert_eq!(
        view.calendar.closes.instant.to_rfc3339(),
        "2018-03-03T12:00:00+00:00"
    );
    assert_eq!(
        view.calendar.closes.grace_minutes, 0,
        "the grace stays hidden"
    );
    assert!(view.may.contains(&Action::MoveCohort));
    for role in Role::ALL {
        let form: FormDef = officer.get(path::form(view.id, role)).await.read();
        assert_eq!(form.role, role);
        assert!(form.pages().count() >= 10);
    }
    let visitor = app.visitor();
    visitor
        .get(path::cohort("2018-2019"))
        .await
        .refused(404, "not_found");
    visitor
        .get(path::form(view.id, Role::Mentor))
        .await
        .refused(404, "not_found");
    let programs: Vec<ProgramView> = visitor.get(path::PROGRAMS).await.read();
    assert!(programs[0].cohorts.is_empty());
    let by_slug: CohortView = officer.get(path::cohort("2018-2019")).await.read();
    assert_eq!(by_slug.id, view.id);
}

#[tokio::test]
async fn dates_that_do_not_fit_together_are_named() {
    let app = TestApp::new().await;
    let (officer, program) = founded(&app).await;
    let wrong = async |field: &str, value: &str, pointer: &str| {
        let mut body = cohort("2018-2019");
        body[field] = json!(value);
        let reply = set_up(&officer, program, &body).await;
        reply.refused(422, "invalid");
        let errors = reply.body["errors"].as_array().unwrap();
        assert!(
            errors.iter().any(|error| error["pointer"] == pointer),
            "{field}: {errors:?}"
        );
    };
    wrong("zone", "Atlantis/Centre", "/zone").await;
    wrong("zone", "AoE", "/zone").await;
    wrong("closes_zone", "Atlantis/Centre", "/closes_zone").await;
    wrong("starts", "2018-03-01", "/starts").await;
    wrong("slug", "2018/2019", "/slug").await;
    let list: Vec<CohortView> = officer.get(path::program_cohorts(program)).await.read();
    assert!(list.is_empty());
}

#[tokio::test]
async fn only_chair_and_officer_set_up_cohorts() {
    let app = TestApp::new().await;
    let (_, program) = founded(&app).await;
    let sam = app
        .member("sam@example.org", program, &[Office::Subcommittee])
        .await;
    let ana = app.signed_in("ana@example.org").await;
    set_up(&sam, program, &cohort("a"))
        .await
        .refused(403, "forbidden");
    set_up(&ana, program, &cohort("a"))
        .await
        .refused(403, "forbidden");
    set_up(&app.visitor(), program, &cohort("a"))
        .await
        .refused(401, "signed_out");
    let elsewhere = ProgramId(uuid::Uuid::now_v7());
    set_up(&sam, elsewhere, &cohort("a"))
        .await
        .refused(404, "not_found");
    let carl = app
        .member("carl@example.org", program, &[Office::Chair])
        .await;
    assert_eq!(
        set_up(&carl, program, &cohort("a")).await.status,
        StatusCode::CREATED
    );
    set_up(&carl, program, &cohort("a"))
        .await
        .refused(409, "already_exists");
}

#[tokio::test]
async fn a_form_is_sent_again_only_when_it_changed() {
    let app = TestApp::new().await;
    let (officer, program) = founded(&app).await;
    let view: CohortView = set_up(&officer, program, &cohort("a")).await.read();
    let address = path::form(view.id, Role::Mentee);
    let tag = officer.get(&address).await.header("etag").to_owned();
    let request = axum::http::Request::get(&address).header("if-none-match", tag);
    let reply = officer
        .request(request.body(axum::body::Body::empty()).unwrap())
        .await;
    assert_eq!(reply.status, StatusCode::NOT_MODIFIED);
    officer
        .get(address.replace("mentee", "guest"))
        .await
        .refused(404, "not_found");
}
