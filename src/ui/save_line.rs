//! Whether what was typed is safe. Always in the same place, always in words.

use leptos::prelude::*;

use crate::ui::icon::{Icon, Shape};

/// How the saving stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SaveState {
    /// Nothing has been typed yet.
    #[default]
    Untouched,
    /// Typed, and on its way.
    Saving,
    /// All of it is on the server; says when.
    Saved(String),
    /// The connection is gone; kept on this device.
    Offline,
    /// The server did not take it; says why.
    Failed(String),
    /// Nothing can be changed here any more; says what became of the last changes.
    Closed(&'static str),
}

impl SaveState {
    fn sentence(&self) -> String {
        match self {
            Self::Untouched => "Your answers are saved as you type.".to_owned(),
            Self::Saving => "Saving …".to_owned(),
            Self::Saved(time) => format!("Saved at {time}."),
            Self::Offline => {
                "No connection. Your answers are kept on this device and saved when it is back."
                    .to_owned()
            }
            Self::Failed(why) => format!("Not saved yet. {why}"),
            Self::Closed(what) => format!("Closed. {what}"),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Saving => "saving",
            Self::Saved(_) => "saved",
            Self::Offline => "offline",
            Self::Failed(_) => "failed",
            Self::Closed(_) => "closed",
        }
    }
}

/// The save line. It is read out when it fails, closes and has recovered, not at each letter.
#[component]
pub fn SaveLine(
    /// How the saving stands.
    #[prop(into)]
    state: Signal<SaveState>,
    /// Called when the reader asks to try again.
    #[prop(into, optional)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let is_troubled =
        move || state.with(|state| matches!(state, SaveState::Offline | SaveState::Failed(_)));
    let is_loud =
        move || is_troubled() || state.with(|state| matches!(state, SaveState::Closed(_)));
    let shape = move || match state.get() {
        SaveState::Untouched | SaveState::Saving => Shape::More,
        SaveState::Saved(_) => Shape::Check,
        SaveState::Offline | SaveState::Failed(_) => Shape::Warning,
        SaveState::Closed(_) => Shape::Lock,
    };
    view! {
        <p class="save-line" data-state=move || state.with(SaveState::word)>
            {move || view! { <Icon shape=shape() /> }}
            <span role="status" aria-live=move || if is_loud() { "assertive" } else { "off" }>
                {move || state.with(SaveState::sentence)}
            </span>
            <Show when=move || is_troubled() && on_retry.is_some()>
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| {
                        if let Some(on_retry) = on_retry {
                            on_retry.run(());
                        }
                    }
                >
                    "Try again"
                </button>
            </Show>
        </p>
    }
}
