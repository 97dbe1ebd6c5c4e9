//! Signing in and out.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use chrono::Duration;
use serde_json::json;
use tandem_api::path;
use tandem_api::session::{Redeemed, SessionView};
use tandem_domain::id::PersonId;
use tandem_server::auth::token;
use tandem_server::store::sessions::Kind;
use tandem_server::store::{StoreError, people, sessions};

use crate::support::{Browser, TestApp};

fn link(mail: &str) -> String {
    let start = mail.find("#t=").expect("a link in the mail") + 3;
    mail[start..].split_whitespace().next().unwrap().to_owned()
}

fn code(mail: &str) -> String {
    let line = mail
        .lines()
        .find(|line| line.contains("type this code"))
        .expect("a code");
    line.rsplit(' ').next().unwrap().to_owned()
}

async fn ask(browser: &Browser, email: &str) {
    let reply = browser
        .post(path::AUTH_LINK, &json!({ "email": email }))
        .await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.body);
    assert_eq!(reply.body, json!(""));
}

async fn account(app: &TestApp, email: &str) -> PersonId {
    let (email, now) = (email.to_owned(), app.clock.real());
    let work = move |tx| async move { people::create(&tx, &email, "Ana", now).await };
    app.app.store.write(work).await.unwrap().id
}

async fn me(browser: &Browser) -> Option<tandem_api::session::Me> {
    browser.get(path::SESSION).await.read::<SessionView>().me
}

#[tokio::test]
async fn a_link_signs_in_once_and_only_where_it_was_asked_for() {
    let app = TestApp::new().await;
    account(&app, "ana@example.org").await;
    let browser = app.visitor();
    assert_eq!(me(&browser).await, None);
    ask(&browser, " Ana@Example.org").await;
    let secret = link(&app.last_mail_to("Ana@Example.org").await.body);

    let elsewhere = app.visitor();
    let body = json!({ "token": secret });
    elsewhere
        .post(path::AUTH_REDEEM, &body)
        .await
        .refused(409, "other_browser");

    let signed: Redeemed = browser.post(path::AUTH_REDEEM, &body).await.read();
    assert_eq!(
        (signed.me.email.as_str(), signed.me.confirmed),
        ("ana@example.org", true)
    );
    assert_eq!(me(&browser).await.map(|me| me.id), Some(signed.me.id));
    browser
        .post(path::AUTH_REDEEM, &body)
        .await
        .refused(410, "gone");
    assert_eq!(me(&elsewhere).await, None);
}

#[tokio::test]
async fn a_code_signs_in_and_five_wrong_ones_end_it() {
    let app = TestApp::new().await;
    account(&app, "ana@example.org").await;
    let browser = app.visitor();
    ask(&browser, "ana@example.org").await;
    let right = code(&app.last_mail_to("ana@example.org").await.body);
    let wrong = json!({ "code": "0000-0000" });
    browser
        .post(path::AUTH_REDEEM, &wrong)
        .await
        .refused(422, "invalid");
    let typed = json!({ "code": right.to_lowercase().replace('-', " ") });
    let signed: Redeemed = browser.post(path::AUTH_REDEEM, &typed).await.read();
    assert_eq!(signed.me.name, "Ana");

    let other = app.visitor();
    ask(&other, "ana@example.org").await;
    let right = code(&app.last_mail_to("ana@example.org").await.body);
    for _ in 0..5 {
        other
            .post(path::AUTH_REDEEM, &wrong)
            .await
            .refused(422, "invalid");
    }
    other
        .post(path::AUTH_REDEEM, &json!({ "code": right }))
        .await
        .refused(410, "gone");
}

#[tokio::test]
async fn a_link_is_too_old_after_ten_minutes() {
    let app = TestApp::new().await;
    account(&app, "ana@example.org").await;
    let browser = app.visitor();
    ask(&browser, "ana@example.org").await;
    let secret = link(&app.last_mail_to("ana@example.org").await.body);
    app.wait(Duration::minutes(10));
    browser
        .post(path::AUTH_REDEEM, &json!({ "token": secret }))
        .await
        .refused(410, "gone");
}

#[tokio::test]
async fn an_unknown_address_learns_of_it_by_mail_only() {
    let app = TestApp::new().await;
    account(&app, "ana@example.org").await;
    let (known, unknown) = (app.visitor(), app.visitor());
    let ask = |email: &str| json!({ "email": email });
    let one = known.post(path::AUTH_LINK, &ask("ana@example.org")).await;
    let two = unknown.post(path::AUTH_LINK, &ask("bo@example.org")).await;
    assert_eq!((one.status, &one.body), (two.status, &two.body));
    let names = |reply: &crate::support::Reply| {
        reply
            .headers
            .keys()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&one), names(&two));
    let mail = app.last_mail_to("bo@example.org").await;
    assert_eq!(mail.row.template, "no-account");
    assert!(!mail.body.contains("#t="));
}

#[tokio::test]
async fn asking_too_often_has_to_wait() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    for _ in 0..3 {
        ask(&browser, "ana@example.org").await;
    }
    let reply = browser
        .post(path::AUTH_LINK, &json!({ "email": "ANA@example.org" }))
        .await;
    reply.refused(429, "too_many");
    assert!(reply.header("retry-after").parse::<u64>().unwrap() > 0);
    ask(&browser, "bo@example.org").await;
}

#[tokio::test]
async fn nonsense_is_no_address() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    for email in [
        "",
        "ana",
        "ana@",
        "a b@example.org",
        "ana@example.org, bo@example.org",
    ] {
        let reply = browser
            .post(path::AUTH_LINK, &json!({ "email": email }))
            .await;
        reply.refused(422, "invalid");
        assert_eq!(reply.body["errors"][0]["pointer"], "/email");
    }
}

#[tokio::test]
async fn confirming_the_address_makes_the_account_of_a_draft() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let (secret, now) = (token::secret().unwrap(), app.clock.real());
    let hash = token::hash(&secret);
    let work = move |tx| async move {
        let person = people::provisional(&tx, "bo@example.org", now).await?;
        sessions::begin(&tx, &hash, person.id, Kind::Provisional, now).await?;
        Ok::<_, StoreError>(person.id)
    };
    let person = app.app.store.write(work).await.unwrap();
    browser.keep("tandem", &secret);
    let before = me(&browser).await.unwrap();
    assert_eq!((before.id, before.confirmed), (person, false));

    ask(&browser, "bo@example.org").await;
    let mail = app.last_mail_to("bo@example.org").await;
    assert_eq!(mail.row.template, "confirm-address");
    let body = json!({ "token": link(&mail.body) });
    let signed: Redeemed = browser.post(path::AUTH_REDEEM, &body).await.read();
    assert_eq!((signed.me.id, signed.me.confirmed), (person, true));
}

#[tokio::test]
async fn signing_out_ends_the_session_and_empties_the_browser() {
    let app = TestApp::new().await;
    let browser = app.signed_in("ana@example.org").await;
    let secret = browser.cookie("tandem").unwrap();
    let reply = browser.send(Method::DELETE, path::SESSION).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    assert!(reply.header("clear-site-data").contains("storage"));
    assert_eq!(browser.cookie("tandem"), None);
    browser.keep("tandem", &secret);
    assert_eq!(me(&browser).await, None);
}

#[tokio::test]
async fn a_shared_computer_keeps_no_session_once_its_browser_is_closed() {
    let app = TestApp::new().await;
    account(&app, "ana@example.org").await;
    let browser = app.visitor();
    browser.keep("tandem-shared", "1");
    ask(&browser, "ana@example.org").await;
    let mail = app.last_mail_to("ana@example.org").await;
    let typed = json!({ "code": code(&mail.body) });
    let reply = browser.post(path::AUTH_REDEEM, &typed).await;
    assert_eq!(reply.status, StatusCode::OK);
    let cookies: Vec<&str> = reply
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap())
        .collect();
    assert!(
        cookies.iter().all(|line| !line.contains("Max-Age")),
        "{cookies:?}"
    );
    // Nor is it open for long where somebody forgets to sign out.
    app.wait(Duration::minutes(119));
    assert!(me(&browser).await.is_some());
    app.wait(Duration::hours(2));
    assert!(me(&browser).await.is_none());
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_a_forged_one_never_began() {
    let app = TestApp::new().await;
    let browser = app.signed_in("ana@example.org").await;
    for _ in 0..4 {
        app.wait(Duration::days(13));
        assert!(me(&browser).await.is_some());
    }
    app.wait(Duration::days(9));
    assert!(me(&browser).await.is_none(), "60 days are the most");

    let founder = app.founder("fay@example.org").await;
    app.wait(Duration::hours(8));
    assert!(
        me(&founder).await.is_none(),
        "8 hours for people with more rights"
    );

    let forger = app.visitor();
    forger.keep("tandem", "c29tZXRoaW5nIGVsc2U");
    assert!(me(&forger).await.is_none());
}

#[tokio::test]
async fn a_name_is_changed_by_whoever_saw_the_last_one() {
    let app = TestApp::new().await;
    let browser = app.signed_in("ana@example.org").await;
    let rev = me(&browser).await.unwrap().rev.to_string();
    let change = |name: &str| json!({ "name": name });
    browser
        .patch(path::ME, &change("Ana Lee"))
        .await
        .refused(428, "precondition_required");
    let reply = browser
        .send_json(
            Method::PATCH,
            path::ME,
            &change("Ana Lee"),
            &[("if-match", &rev)],
        )
        .await;
    assert_eq!(reply.read::<tandem_api::session::Me>().name, "Ana Lee");
    browser
        .send_json(
            Method::PATCH,
            path::ME,
            &change("Ana"),
            &[("if-match", &rev)],
        )
        .await
        .refused(412, "stale");
    app.visitor()
        .send_json(
            Method::PATCH,
            path::ME,
            &change("Ana"),
            &[("if-match", &rev)],
        )
        .await
        .refused(401, "signed_out");
}

#[tokio::test]
async fn bodies_that_do_not_fit_say_where() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let unknown = json!({ "email": "ana@example.org", "admin": true });
    let reply = browser.post(path::AUTH_LINK, &unknown).await;
    reply.refused(422, "invalid");
    assert_eq!(reply.body["errors"][0]["code"], "unknown_field");
    let reply = browser.post(path::AUTH_LINK, &json!({ "email": 1 })).await;
    reply.refused(422, "invalid");
    assert_eq!(reply.body["errors"][0]["pointer"], "/email");
    let nul = json!({ "email": "a\u{0}b@example.org" });
    browser
        .post(path::AUTH_LINK, &nul)
        .await
        .refused(422, "invalid");
    let send = async |kind: &str, body: String| {
        let request = Request::post(path::AUTH_LINK).header("content-type", kind);
        browser
            .request(request.body(Body::from(body)).unwrap())
            .await
    };
    send("application/json", "{\"email\":".to_owned())
        .await
        .refused(400, "bad_request");
    send("text/plain", "{}".to_owned())
        .await
        .refused(415, "unsupported_media_type");
    let long = format!("{{\"email\":\"{}\"}}", "a".repeat(300_000));
    send("application/json", long)
        .await
        .refused(413, "too_large");
}

#[tokio::test]
async fn requests_from_other_sites_are_refused() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let body = json!({ "email": "ana@example.org" });
    let send = async |headers: &[(&str, &str)]| {
        browser
            .send_json(Method::POST, path::AUTH_LINK, &body, headers)
            .await
    };
    send(&[("sec-fetch-site", "cross-site")])
        .await
        .refused(403, "cross_site");
    send(&[("sec-fetch-site", "same-site")])
        .await
        .refused(403, "cross_site");
    send(&[
        ("origin", "https://evil.example"),
        ("host", "127.0.0.1:8080"),
    ])
    .await
    .refused(403, "cross_site");
    assert_eq!(
        send(&[("sec-fetch-site", "same-origin")]).await.status,
        StatusCode::ACCEPTED
    );
}
