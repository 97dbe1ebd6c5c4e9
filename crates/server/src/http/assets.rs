//! The files of the app.
//!
//! What carries a hash in its name is kept for good; the page itself is asked for each time, and
//! says what everybody should know even where the app cannot run.

use std::path::{Path, PathBuf};

use anyhow::Context;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use tandem_api::path;
use tandem_api::problem::Code;
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::app::App;
use crate::error::{AppError, plain};

mod notice;

/// Where the notice goes in the page.
const SLOT: &str = "<!--tandem:public-->";

/// The page that starts the app, and the folder its files are in.
#[derive(Debug, Clone)]
pub struct Page {
    folder: PathBuf,
    before: String,
    after: String,
    policy: HeaderValue,
}

impl Page {
    /// Reads the page of a built app and works out which scripts it may run.
    pub fn load(folder: &Path) -> anyhow::Result<Self> {
        let file = folder.join("index.html");
        let html = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}; is the app built?", file.display()))?;
        let policy = HeaderValue::from_str(&policy(&html))?;
        let (before, after) = html.split_once(SLOT).unwrap_or((&html, ""));
        Ok(Self {
            folder: folder.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            policy,
        })
    }
}

/// Everything that is not the API: files of the app, and the page for all its addresses.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let address = request.uri().path();
    if address == path::ROOT || address.starts_with("/api/") {
        return plain(Code::NotFound);
    }
    let Some(page) = &app.page else {
        return plain(Code::NotFound);
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(Code::MethodNotAllowed);
    }
    let last = address.rsplit('/').next().unwrap_or_default();
    if last.contains('.') && last != "index.html" {
        return file(page, request).await;
    }
    match notice::write(&app).await {
        Ok(notice) => whole(page, &notice),
        Err(error) => AppError::from(error).into_response(),
    }
}

fn whole(page: &Page, notice: &str) -> Response {
    let html = format!("{}{notice}{}", page.before, page.after);
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_SECURITY_POLICY, page.policy.clone()),
    ];
    (headers, html).into_response()
}

async fn file(page: &Page, request: Request) -> Response {
    let name = request
        .uri()
        .path()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let files = ServeDir::new(&page.folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let Ok(response) = files.oneshot(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        return plain(Code::NotFound);
    }
    let mut response = response.map(Body::new);
    let keep = if is_hashed(&name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

/// Whether a name carries a hash of at least eight hexadecimal digits, as in `app-0123456789abcdef.js`.
fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.split(['-', '_'])
        .skip(1)
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn policy(html: &str) -> String {
    let scripts: Vec<String> = inline_scripts(html)
        .map(|script| {
            format!(
                " 'sha256-{}'",
                STANDARD.encode(Sha256::digest(script.as_bytes()))
            )
        })
        .collect();
    let scripts = scripts.concat();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}

fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !script.trim().is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_inside_the_page_are_named_in_the_policy() {
        let html = "<script src=\"a.js\"></script><script type=\"module\">go()</script>";
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["go()"]);
        let go = STANDARD.encode(Sha256::digest(b"go()"));
        assert!(policy(html).contains(&format!("'wasm-unsafe-eval' 'sha256-{go}';")));
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        assert!(is_hashed("tandem-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(is_hashed("main-9f86d081884c7d65.css"));
        assert!(!is_hashed("source-sans-3-latin-wght-normal.woff2"));
        assert!(!is_hashed("favicon.svg"));
    }
}
