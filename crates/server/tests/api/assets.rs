//! The files of the app, and what the page says without it.

use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use tandem_api::path;
use tandem_server::config::Config;

use crate::support::TestApp;

const PAGE: &str = "<!doctype html><title>T</title><script type=\"module\">go()</script>\
                    <main><!--tandem:public--></main>";

async fn app(folder: &Path) -> TestApp {
    std::fs::write(folder.join("index.html"), PAGE).unwrap();
    std::fs::write(folder.join("app-0123456789abcdef.js"), "plain").unwrap();
    std::fs::write(folder.join("app-0123456789abcdef.js.br"), "small").unwrap();
    std::fs::write(folder.join("robots.txt"), "none").unwrap();
    let mut config = Config::local("http://127.0.0.1:8080");
    config.web = Some(folder.to_owned());
    TestApp::with_config(config).await
}

#[tokio::test]
async fn every_address_of_the_app_is_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    let visitor = app.visitor();
    for address in ["/", "/cohorts/2018-2019", "/sign-in", "/index.html"] {
        let page = visitor.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert_eq!(page.header("cache-control"), "no-cache");
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }
    visitor.get("/missing.js").await.refused(404, "not_found");
    visitor
        .get("/../Cargo.toml")
        .await
        .refused(404, "not_found");
    visitor
        .get("/%2e%2e/Cargo.toml")
        .await
        .refused(404, "not_found");
    visitor.get("/api/missing").await.refused(404, "not_found");
    visitor
        .post("/sign-in", &json!({}))
        .await
        .refused(405, "method_not_allowed");
}

#[tokio::test]
async fn files_with_a_hash_are_kept_and_come_compressed() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    let visitor = app.visitor();
    let address = "/app-0123456789abcdef.js";
    let request = Request::get(address).header("accept-encoding", "gzip, br");
    let small = visitor.request(request.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (small.header("content-encoding"), &small.body),
        ("br", &json!("small"))
    );
    assert!(small.header("cache-control").contains("immutable"));
    assert_eq!(visitor.get(address).await.body, json!("plain"));
    assert_eq!(
        visitor.get("/robots.txt").await.header("cache-control"),
        "no-cache"
    );
}

#[tokio::test]
async fn the_page_names_the_program_even_without_the_app() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    let founder = app.founder("fay@example.org").await;
    let program = json!({
        "slug": "islands", "name": "Islands <script>", "association": "A & B",
        "about": "", "contact": "c",
    });
    assert_eq!(
        founder.post(path::PROGRAMS, &program).await.status,
        StatusCode::CREATED
    );
    let page = app.visitor().get("/").await;
    let html = page.body.as_str().unwrap();
    assert!(
        html.contains("Islands &lt;script&gt;") && html.contains("A &amp; B"),
        "{html}"
    );
    assert!(!html.contains("tandem:public"));
}
