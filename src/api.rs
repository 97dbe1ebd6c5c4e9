//! The HTTP client: sends, decodes, and says why not. Nothing else calls gloo-net.
//!
//! Reads end with the screen that began them; writes are never given up because a screen is gone.

pub mod applications;
pub mod board;
pub mod cohorts;
pub mod comments;
pub mod committee;
pub mod conflicts;
pub mod demo;
pub mod error;
pub mod events;
pub mod forms;
pub mod json;
pub mod outbox;
pub mod people;
pub mod scenarios;
pub mod session;
pub mod timeline;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Method, Request, RequestBuilder};
use js_sys::Reflect;
use leptos::prelude::{Owner, StoredValue, UpdateValue, on_cleanup, set_timeout_with_handle};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tandem_api::problem::Problem;
use web_sys::{AbortController, RequestCredentials, RequestInit};

use crate::api::error::ApiError;

const PATIENCE: Duration = Duration::from_secs(15);

/// A request that is being put together.
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
    outlives_page: bool,
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: None,
            outlives_page: false,
        }
    }

    /// Reads what is there.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Adds something or does something.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// Sets the whole.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    /// Changes parts.
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// Takes away.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// Says which revision was seen, so that nothing newer is overwritten.
    pub fn if_match(mut self, rev: i64) -> Self {
        self.headers.push(("If-Match", format!("\"{rev}\"")));
        self
    }

    /// Names the wish, so that sending it twice does it once. Keep the key while trying again.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.headers.push(("Idempotency-Key", key.into()));
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: &impl Serialize) -> Self {
        // Bodies are plain data of `crates/api`; one that cannot be written is a bug there,
        // and the server refuses the call without a body.
        self.body = serde_json::to_string(body).ok();
        self
    }

    /// Lets it arrive even if the page is closed meanwhile. Browsers allow this for small bodies
    /// only; a larger one is sent as any other.
    pub fn keep_alive(mut self) -> Self {
        const LARGEST: usize = 60_000;
        self.outlives_page = self.body.as_ref().is_none_or(|body| body.len() < LARGEST);
        self
    }

    /// Sends it and reads the answer.
    pub async fn send<T: DeserializeOwned>(self) -> Result<T, ApiError> {
        let text = self.fetch().await?;
        json::read(&text).ok_or(ApiError::Malformed)
    }

    /// Sends it; there is nothing to read in the answer.
    pub async fn done(self) -> Result<(), ApiError> {
        self.fetch().await.map(drop)
    }

    async fn fetch(self) -> Result<String, ApiError> {
        let patience = Patience::begin(self.method == Method::GET);
        let mut builder = RequestBuilder::new(&self.path)
            .method(self.method)
            .credentials(RequestCredentials::SameOrigin)
            .header("Accept", "application/json")
            .abort_signal(patience.signal().as_ref());
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        let request = match self.body {
            Some(body) => builder
                .header("Content-Type", "application/json")
                .body(body),
            None => builder.build(),
        }
        .map_err(|_| ApiError::Malformed)?;
        let request = if self.outlives_page {
            outliving(request)?
        } else {
            request
        };
        let response = request.send().await.map_err(|_| patience.failure())?;
        let text = response.text().await.map_err(|_| patience.failure())?;
        if response.ok() {
            Ok(text)
        } else {
            Err(refusal(response.status(), &text))
        }
    }
}

fn outliving(request: Request) -> Result<Request, ApiError> {
    let init = RequestInit::new();
    Reflect::set(&init, &"keepalive".into(), &true.into()).map_err(|_| ApiError::Malformed)?;
    web_sys::Request::new_with_request_and_init(&request.into(), &init)
        .map(Request::from)
        .map_err(|_| ApiError::Malformed)
}

/// What an answer means that is no success.
fn refusal(status: u16, text: &str) -> ApiError {
    match json::read::<Problem>(text) {
        Some(problem) => ApiError::from(problem),
        // What stands between the app and the server answers in its own words.
        None => match status {
            401 => ApiError::SignedOut,
            403 => ApiError::Forbidden,
            404 => ApiError::NotFound,
            408 | 502..=504 => ApiError::Timeout,
            500.. => ApiError::Server(String::new()),
            _ => ApiError::Malformed,
        },
    }
}

/// Ends a request after a while, and a read also when its screen is gone.
struct Patience {
    controller: Option<AbortController>,
    timer: Option<leptos::leptos_dom::helpers::TimeoutHandle>,
    is_over: Rc<Cell<bool>>,
}

impl Patience {
    fn begin(is_read: bool) -> Self {
        let controller = AbortController::new().ok();
        let is_over = Rc::new(Cell::new(false));
        let timer = controller.clone().and_then(|controller| {
            let is_over = Rc::clone(&is_over);
            let give_up = move || {
                is_over.set(true);
                controller.abort();
            };
            set_timeout_with_handle(give_up, PATIENCE).ok()
        });
        if is_read && Owner::current().is_some() {
            let held = StoredValue::new_local(controller.clone());
            on_cleanup(move || {
                held.try_update_value(|controller| {
                    if let Some(controller) = controller {
                        controller.abort();
                    }
                });
            });
        }
        Self {
            controller,
            timer,
            is_over,
        }
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    fn failure(&self) -> ApiError {
        if self.is_over.get() {
            ApiError::Timeout
        } else {
            ApiError::Offline
        }
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.clear();
        }
    }
}
