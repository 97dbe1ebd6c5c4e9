//! What handlers take from a request. What does not fit is refused here, with a problem that says
//! where.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tandem_api::problem::Code;

use crate::app::App;
use crate::error::AppError;

/// A JSON body. Unknown fields, other media types and characters that cannot be kept are refused.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// A JSON body whose texts are judged one by one by whoever takes it.
#[derive(Debug, Clone)]
pub struct RawJson<T>(pub T);

/// A body as it is.
#[derive(Debug, Clone)]
pub struct Raw(pub Bytes);

/// The ids in a path. What is not an id is not found.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

/// The query of an address.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let bytes = bytes(request, app).await?;
        let value = parse(&bytes)?;
        // A NUL can only stand in JSON as an escape; most bodies have none.
        if bytes.windows(6).any(|window| window == b"\\u0000") {
            let body: Value = parse(&bytes)?;
            if let Some(pointer) = find_nul(&body, String::new()) {
                return Err(AppError::invalid(&pointer, "forbidden_characters"));
            }
        }
        Ok(Self(value))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for RawJson<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let bytes = bytes(request, app).await?;
        Ok(Self(parse(&bytes)?))
    }
}

impl FromRequest<App> for Raw {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        whole(request, app).await.map(Self)
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        match axum::extract::Path::from_request_parts(parts, app).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(AppError::NotFound),
        }
    }
}

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        match axum::extract::Query::from_request_parts(parts, app).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(error) => Err(AppError::Explained(Code::BadRequest, error.body_text())),
        }
    }
}

async fn bytes(request: Request, app: &App) -> Result<Bytes, AppError> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Err(AppError::Refused(Code::UnsupportedMediaType));
    }
    whole(request, app).await
}

async fn whole(request: Request, app: &App) -> Result<Bytes, AppError> {
    Bytes::from_request(request, app)
        .await
        .map_err(|rejection| match rejection {
            BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
                AppError::Refused(Code::TooLarge)
            }
            _ => AppError::Refused(Code::BadRequest),
        })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        refusal(error.inner(), &pointer)
    })?;
    reader.end().map_err(|error| refusal(&error, ""))?;
    Ok(value)
}

fn refusal(error: &serde_json::Error, pointer: &str) -> AppError {
    if error.is_data() {
        AppError::invalid(pointer, &reason(&error.to_string()))
    } else {
        AppError::Explained(Code::BadRequest, format!("The body is not JSON: {error}."))
    }
}

fn reason(message: &str) -> String {
    let known = [
        ("missing field", "required"),
        ("unknown field", "unknown_field"),
        ("unknown variant", "unknown_choice"),
        ("duplicate field", "repeated"),
    ];
    known
        .iter()
        .find(|(start, _)| message.starts_with(start))
        .map_or("wrong_kind", |(_, code)| code)
        .to_owned()
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .fold(String::new(), |pointer, segment| match segment {
            Segment::Seq { index } => format!("{pointer}/{index}"),
            Segment::Map { key } => {
                format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
            }
            Segment::Enum { variant } => format!("{pointer}/{variant}"),
            Segment::Unknown => pointer,
        })
}

fn find_nul(value: &Value, at: String) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then_some(at),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(idx, item)| find_nul(item, format!("{at}/{idx}"))),
        Value::Object(fields) => fields.iter().find_map(|(key, item)| {
            if key.contains('\0') {
                return Some(at.clone());
            }
            find_nul(item, format!("{at}/{key}"))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
