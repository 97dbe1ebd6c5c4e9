//! What is wrong with a form, at its top, each with the way to the field.

use leptos::html;
use leptos::prelude::*;

use crate::dom::focus;

/// Something wrong in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The id of the field or group.
    pub target: String,
    /// What is wrong, as beside the field.
    pub message: String,
}

impl Mistake {
    /// A mistake in the field of this id.
    pub fn new(target: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            target: target.into(),
            message: message.into(),
        }
    }
}

/// The summary. It takes the keyboard after each failed attempt, and gives it away for good when
/// the reader leaves it, so that it is no stop on the way back.
#[component]
pub fn ErrorSummary(
    /// What is wrong; nothing is shown while there is nothing.
    #[prop(into)]
    mistakes: Signal<Vec<Mistake>>,
    /// Counts the attempts to go on; each new one moves the keyboard here if something is wrong.
    #[prop(into)]
    attempt: Signal<u32>,
) -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    Effect::new(move |focused: Option<u32>| {
        let attempt = attempt.get();
        match summary.get() {
            Some(summary) if attempt != 0 && focused != Some(attempt) => {
                // A failure to set the attribute leaves the summary readable, only not focused.
                summary.set_attribute("tabindex", "-1").ok();
                focus::give(&summary);
                attempt
            }
            Some(_) => attempt,
            None => focused.unwrap_or_default(),
        }
    });
    let left = move |_| {
        if let Some(summary) = summary.get_untracked() {
            summary.remove_attribute("tabindex").ok();
        }
    };
    view! {
        <Show when=move || mistakes.with(|mistakes| !mistakes.is_empty())>
            <div class="error-summary" node_ref=summary on:blur=left>
                // The alert is a child of what takes the focus, or some readers say it twice or never.
                <div role="alert">
                    // No heading: the first heading of a page is its own, which comes below.
                    <p class="error-summary__title">"There is a problem"</p>
                    <ul class="error-summary__list">
                        {move || mistakes.get().into_iter().map(line).collect_view()}
                    </ul>
                </div>
            </div>
        </Show>
    }
}

fn line(mistake: Mistake) -> impl IntoView {
    let Mistake { target, message } = mistake;
    let href = format!("#{target}");
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus::field(&target);
    };
    view! {
        <li>
            <a href=href on:click=go>
                {message}
            </a>
        </li>
    }
}
