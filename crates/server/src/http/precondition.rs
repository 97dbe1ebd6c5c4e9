//! What a request says it is based on: the revision its sender saw, and the key that makes a repeat
//! harmless.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tandem_api::problem::Code;

use crate::app::App;
use crate::error::{AppError, etag};
use crate::hex;
use crate::store::idem::{self, Kept};
use crate::store::{StoreError, Tx};

/// The revision that the sender saw, from `If-Match`. Without it the request is refused with 428.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(i64);

impl IfMatch {
    /// Refuses with 412 unless this is the revision now.
    pub fn check(self, now: i64) -> Result<(), AppError> {
        if self.0 == now {
            Ok(())
        } else {
            Err(AppError::Stale(now))
        }
    }
}

impl FromRequestParts<App> for IfMatch {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, AppError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Err(AppError::Refused(Code::PreconditionRequired));
        };
        // A tag of another shape is of no revision we ever gave out.
        let rev = value
            .to_str()
            .ok()
            .and_then(|tag| tag.trim().trim_matches('"').parse().ok());
        Ok(Self(rev.unwrap_or(-1)))
    }
}

/// A body with the tag of its revision; 304 without the body for whoever has it already.
pub fn tagged<T: Serialize>(headers: &HeaderMap, rev: i64, body: &T) -> Response {
    let tag = etag(rev);
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .any(|value| value == tag.as_str());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        axum::Json(body).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The key that makes a repeat harmless, from `Idempotency-Key`. Without it the request is refused
/// with 428.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    key: String,
    route: String,
}

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, AppError> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Err(AppError::Refused(Code::PreconditionRequired));
        };
        let key = value.to_str().unwrap_or_default();
        if !(8..=100).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(AppError::Explained(
                Code::BadRequest,
                "An idempotency key has 8 to 100 printable characters.".to_owned(),
            ));
        }
        let route = format!("{} {}", parts.method, parts.uri.path());
        Ok(Self {
            key: key.to_owned(),
            route,
        })
    }
}

impl OptionalFromRequestParts<App> for IdempotencyKey {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, AppError> {
        if !parts.headers.contains_key("idempotency-key") {
            return Ok(None);
        }
        <Self as FromRequestParts<App>>::from_request_parts(parts, app)
            .await
            .map(Some)
    }
}

impl IdempotencyKey {
    /// Does `work` once. The same key with the same body from the same caller gets the answer that
    /// was given the first time; with another body it is refused with 422.
    ///
    /// The answer is kept in the transaction of the work: either both are there or neither.
    pub async fn once<T, Fut>(
        &self,
        tx: &Tx,
        caller: &str,
        body: &impl Serialize,
        now: DateTime<Utc>,
        status: StatusCode,
        work: Fut,
    ) -> Result<Answer, AppError>
    where
        T: Serialize,
        Fut: Future<Output = Result<T, AppError>>,
    {
        let fingerprint = fingerprint(&(&self.route, body))?;
        if let Some(kept) = idem::find(tx, caller, &self.key).await? {
            return if kept.fingerprint == fingerprint {
                Ok(Answer {
                    status: kept.status,
                    body: kept.body,
                })
            } else {
                Err(AppError::Refused(Code::IdempotencyKeyReused))
            };
        }
        let body = crate::store::value::json(&work.await?)?;
        let kept = Kept {
            fingerprint,
            status: status.as_u16(),
            body: body.clone(),
        };
        idem::keep(tx, caller, &self.key, kept, now).await?;
        Ok(Answer {
            status: status.as_u16(),
            body,
        })
    }
}

/// What tells one request from another with the same key or id.
pub fn fingerprint(sent: &impl Serialize) -> Result<String, StoreError> {
    let sent = crate::store::value::json(sent)?;
    Ok(hex::of(&Sha256::digest(sent.as_bytes())))
}

/// An answer as it was, or is now, kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    status: u16,
    body: String,
}

impl Answer {
    /// The body, as what it was written from.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        crate::store::value::from_json(&self.body)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let json = HeaderValue::from_static("application/json");
        let mut response = (status, self.body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
    }
}
