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
    /// The connection is gone.
    Offline {
        /// Whether this device keeps what was typed; if not, it is lost with the tab.
        on_device: bool,
    },
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
            Self::Offline { on_device: true } => {
                "No connection. Your answers are kept on this device and saved when it is back."
                    .to_owned()
            }
            Self::Offline { on_device: false } => {
                "No connection. Your answers are kept in this tab only and saved when it is back: \
                 leave it open."
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
            Self::Offline { .. } => "offline",
            Self::Failed(_) => "failed",
            Self::Closed(_) => "closed",
        }
    }
}

/// How the line is said to those who listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Voice {
    /// Not at all: it changes at each pause.
    #[default]
    Silent,
    /// At once: something is wrong.
    Loud,
    /// Something was wrong, and it is being tried again.
    Mending,
    /// At the next pause: what was wrong is mended.
    Mended,
}

impl Voice {
    fn live(self) -> &'static str {
        match self {
            Self::Silent | Self::Mending => "off",
            Self::Loud => "assertive",
            Self::Mended => "polite",
        }
    }
}

fn voice(state: &SaveState, before: Voice) -> Voice {
    let was_wrong = matches!(before, Voice::Loud | Voice::Mending);
    match state {
        SaveState::Offline { .. } | SaveState::Failed(_) | SaveState::Closed(_) => Voice::Loud,
        SaveState::Saving if was_wrong => Voice::Mending,
        SaveState::Saved(_) if was_wrong => Voice::Mended,
        SaveState::Untouched | SaveState::Saving | SaveState::Saved(_) => Voice::Silent,
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
    let is_trouble =
        |state: &SaveState| matches!(state, SaveState::Offline { .. } | SaveState::Failed(_));
    let is_troubled = move || state.with(is_trouble);
    let voice = Memo::new(move |before: Option<&Voice>| {
        state.with(|state| voice(state, before.copied().unwrap_or_default()))
    });
    let shape = move || match state.get() {
        SaveState::Untouched | SaveState::Saving => Shape::More,
        SaveState::Saved(_) => Shape::Check,
        SaveState::Offline { .. } | SaveState::Failed(_) => Shape::Warning,
        SaveState::Closed(_) => Shape::Lock,
    };
    view! {
        <p class="save-line" data-state=move || state.with(SaveState::word)>
            {move || view! { <Icon shape=shape() /> }}
            <span role="status" aria-live=move || voice.get().live()>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_keeps_nothing_is_not_said_to_keep_the_answers() {
        let said = |on_device| SaveState::Offline { on_device }.sentence();
        assert!(said(true).contains("kept on this device"));
        assert!(said(false).contains("kept in this tab only"));
        assert!(!said(false).contains("device"));
    }

    #[test]
    fn trouble_and_its_end_are_said_and_nothing_else() {
        let saved = SaveState::Saved("2:02 PM".to_owned());
        let said = |states: &[&SaveState]| -> Vec<&str> {
            let mut now = Voice::Silent;
            let next = |state: &&SaveState| {
                now = voice(state, now);
                now.live()
            };
            states.iter().map(next).collect()
        };
        let offline = &SaveState::Offline { on_device: true };
        let saving = &SaveState::Saving;
        assert_eq!(said(&[saving, &saved, saving, &saved]), ["off"; 4]);
        assert_eq!(
            said(&[offline, saving, &saved, saving, &saved]),
            ["assertive", "off", "polite", "off", "off"]
        );
        assert_eq!(
            said(&[&SaveState::Closed("x"), &saved]),
            ["assertive", "polite"]
        );
    }
}
