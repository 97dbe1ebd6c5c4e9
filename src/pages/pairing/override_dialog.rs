//! Warnings speak against a pair: the chair says why it may stand, or leaves it.

use leptos::prelude::*;

use super::state::BoardState;
use crate::ui::button::{Button, Look, Press};
use crate::ui::dialog::Dialog;
use crate::ui::field::Label;
use crate::ui::text_area::TextArea;
use crate::widgets::match_reasons::warning_words;

/// Asks the chair for a reason.
#[component]
pub(super) fn OverrideDialog() -> impl IntoView {
    let state = BoardState::expect();
    let is_open = Memo::new(move |_| state.ask().get().is_some());
    let title = Signal::stored("Let this pair stand?".to_owned());
    view! {
        <Dialog open=is_open title on_close=move |()| state.drop_ask()>
            <Reason />
        </Dialog>
    }
}

/// What speaks against it, and room for the reason.
#[component]
fn Reason() -> impl IntoView {
    let state = BoardState::expect();
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let warnings = move || {
        let warnings = state
            .ask()
            .with(|ask| ask.as_ref().map(|ask| ask.warnings.clone()));
        let lines = warnings.unwrap_or_default().into_iter();
        lines
            .map(|warning| view! { <li>{warning_words(warning)} "."</li> })
            .collect_view()
    };
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = reason.get_untracked().trim().to_owned();
        if text.is_empty() {
            error.set(Some("Write why the pair may stand.".to_owned()));
        } else {
            state.override_with(&text);
        }
    };
    view! {
        <form class="stack" on:submit=sent novalidate=true>
            <ul class="override-dialog__warnings">{warnings}</ul>
            <TextArea
                id="override-reason"
                label=Label::new("Why may this pair stand?")
                    .hint("The committee sees it beside the pair.")
                error
                on_input=move |text| reason.set(text)
            />
            <div class="dialog__actions">
                <Button look=Look::Primary press=Press::Submits>"Let it stand"</Button>
                <Button on_press=move |()| state.drop_ask()>"Leave it"</Button>
            </div>
        </form>
    }
}
