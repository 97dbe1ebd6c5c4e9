//! What is on its way, here, or did not come.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::widgets::trouble::{Reason, Trouble};

/// What is on its way, here, or did not come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Load<T> {
    /// On its way.
    #[default]
    Waiting,
    /// Here.
    Ready(T),
    /// Did not come.
    Failed(ApiError),
}

impl<T> Load<T> {
    /// What is here, if it is.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }

    /// What is here, to be changed.
    pub fn ready_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }

    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Load<U> {
        match self {
            Self::Waiting => Load::Waiting,
            Self::Ready(value) => Load::Ready(change(value)),
            Self::Failed(error) => Load::Failed(error),
        }
    }
}

impl<T> From<Result<T, ApiError>> for Load<T> {
    fn from(result: Result<T, ApiError>) -> Self {
        match result {
            Ok(value) => Self::Ready(value),
            Err(error) => Self::Failed(error),
        }
    }
}

/// Stands in for a screen, or a part of one, that could not be loaded.
#[component]
pub fn LoadFailed(
    /// Why.
    error: ApiError,
    /// Called when the reader wants to try again.
    #[prop(into, optional)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let reason = match error {
        ApiError::Offline => Reason::Offline,
        ApiError::Timeout => Reason::Slow,
        ApiError::SignedOut => Reason::SignedOut,
        ApiError::Forbidden => Reason::Forbidden,
        ApiError::NotFound => Reason::NotFound,
        ApiError::Server(id) => Reason::Failed(id),
        ApiError::Malformed => Reason::Outdated,
        ApiError::Invalid { .. } | ApiError::Refused(_) | ApiError::Stale => {
            Reason::Other(error.sentence())
        }
    };
    view! { <Trouble reason on_retry /> }
}
