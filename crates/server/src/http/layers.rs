//! What every request passes: its name, the log line, limits, headers, and the check of where it
//! comes from.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response as HttpResponse, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tandem_api::path;
use tandem_api::problem::Code;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError, ResponseForProtectionError};
use tracing::{Instrument, info_span};
use uuid::Uuid;

use crate::app::App;
use crate::error::{Pending, plain};
use crate::http::host::of_this_machine;

/// The largest body of a request.
const BODY_LIMIT: usize = 256 * 1024;
/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long a file may take to arrive: ten megabytes over a slow line.
const FILE_TIMEOUT: Duration = Duration::from_mins(5);

const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
                           gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
const HSTS: &str = "max-age=31536000; includeSubDomains";

/// Puts the layers around the routes, the outermost last.
pub fn around(router: Router<App>, app: &App) -> anyhow::Result<Router<App>> {
    let csrf = CsrfLayer::new()
        .add_trusted_origin(&app.config.public_url)?
        .with_rejection_response(CrossSite);
    Ok(router
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(csrf)
        .layer(from_fn_with_state(app.clone(), of_this_machine))
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(app.clone(), headers))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(named)))
}

#[derive(Clone)]
struct CrossSite;

impl ResponseForProtectionError<Body> for CrossSite {
    fn response_for_protection_error(&mut self, _error: ProtectionError) -> HttpResponse<Body> {
        plain(Code::CrossSite)
    }
}

fn panicked(_panic: Box<dyn Any + Send + 'static>) -> HttpResponse<Body> {
    // The panic hook has logged it already.
    plain(Code::Internal)
}

async fn in_time(request: Request, next: Next) -> Response {
    let is_file = request.method() == Method::POST && request.uri().path().ends_with("/files");
    let timeout = if is_file { FILE_TIMEOUT } else { TIMEOUT };
    match tokio::time::timeout(timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => plain(Code::RequestTimeout),
    }
}

/// Gives the request a name, logs it without anything personal, and writes the name into problems.
async fn named(request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().simple().to_string();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "-".to_owned());
    let span = info_span!("request", id, method = %request.method(), route);
    let started = std::time::Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let mut response = signed_with(response, &id);
    span.in_scope(|| {
        let status = response.status().as_u16();
        let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status, took_ms, "answered");
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

fn signed_with(mut response: Response, id: &str) -> Response {
    let Some(Pending(mut problem)) = response.extensions_mut().remove::<Pending>() else {
        return response;
    };
    id.clone_into(&mut problem.instance);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = axum::Json(problem).into_response().into_body();
    Response::from_parts(parts, body)
}

async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with(path::ROOT);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    if app.config.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if is_api {
        set(header::CONTENT_SECURITY_POLICY, API_POLICY);
        set(header::CACHE_CONTROL, "no-store");
    } else {
        set(
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        );
        set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    }
    response
}
