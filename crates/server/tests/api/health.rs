//! Up, ready, described; and what every answer has in common.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tandem_api::path;

use crate::support::TestApp;

#[tokio::test]
async fn the_server_says_that_it_is_up_and_ready() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    assert_eq!(
        visitor.get(path::HEALTH).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        visitor.get(path::READY).await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn the_description_names_the_routes() {
    let app = TestApp::new().await;
    let description = app.visitor().get(path::OPENAPI).await;
    assert_eq!(description.status, StatusCode::OK);
    assert_eq!(description.body["openapi"], json!("3.1.0"));
    assert!(description.body["paths"][path::HEALTH]["get"].is_object());
}

#[tokio::test]
async fn what_does_not_exist_is_a_problem_with_the_name_of_the_request() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let missing = visitor.get("/api/nothing").await;
    assert_eq!(
        (missing.status.as_u16(), missing.code()),
        (404, "not_found")
    );
    assert_eq!(missing.header("content-type"), "application/problem+json");
    assert_eq!(
        missing.body["instance"],
        json!(missing.header("x-request-id"))
    );
    let wrong = visitor.send(Method::DELETE, path::HEALTH).await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.code()),
        (405, "method_not_allowed")
    );
}

#[tokio::test]
async fn answers_of_the_api_are_not_kept_and_not_framed() {
    let app = TestApp::new().await;
    let answer = app.visitor().get(path::HEALTH).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(
        answer
            .header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
}
