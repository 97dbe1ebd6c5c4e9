//! What is on its way, here, or did not come.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use tandem_api::problem::Code;

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

/// An answer on its way.
pub type Fetching<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// What a screen shows of the server: asked for at once, and anew when what the question reads has
/// changed. Of several answers on their way only that to the last question counts.
#[derive(Debug)]
pub struct Fetched<T: 'static> {
    state: RwSignal<Load<T>>,
    again: Callback<()>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

impl<T: Send + Sync + 'static> Fetched<T> {
    /// Asks, and follows what the question reads.
    pub fn new(ask: impl Fn() -> Fetching<T> + Copy + Send + Sync + 'static) -> Self {
        let state = RwSignal::new(Load::Waiting);
        let last = StoredValue::new(0_u32);
        Effect::new(move || {
            let question = ask();
            if state.with_untracked(|state| !matches!(state, Load::Waiting)) {
                state.set(Load::Waiting);
            }
            fetch(question, state, last);
        });
        // What is there stays until its successor comes; a failure gives way at once.
        let again = Callback::new(move |()| {
            if state.with_untracked(|state| matches!(state, Load::Failed(_))) {
                state.set(Load::Waiting);
            }
            fetch(untrack(ask), state, last);
        });
        Self { state, again }
    }

    /// Asks anew: after a failure, or after a change of one's own.
    pub fn again(self) -> Callback<()> {
        self.again
    }
}

impl<T: Clone + Send + Sync + 'static> Fetched<T> {
    /// How it stands.
    pub fn get(self) -> Load<T> {
        self.state.get()
    }
}

fn fetch<T: Send + Sync + 'static>(
    question: Fetching<T>,
    state: RwSignal<Load<T>>,
    last: StoredValue<u32>,
) {
    last.update_value(|last| *last += 1);
    let own = last.get_value();
    // In the scope of the screen, so that the request ends with it.
    spawn_local(ScopedFuture::new_untracked(async move {
        let answer = question.await;
        if last.try_get_value() == Some(own) {
            state.try_set(answer.into());
        }
    }));
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
        ApiError::Refused(problem) if problem.code == Code::WrongState => Reason::Stage,
        ApiError::Invalid { .. } | ApiError::Refused(_) | ApiError::Stale => {
            Reason::Other(error.sentence())
        }
    };
    view! { <Trouble reason on_retry /> }
}
