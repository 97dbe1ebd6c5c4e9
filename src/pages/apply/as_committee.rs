//! The application as others will read it, before it is sent: the same function decides here and at
//! the server.

use leptos::prelude::*;
use tandem_domain::form::definition::Audience;

use crate::pages::apply::state::ApplyState;
use crate::ui::choice::{Choice, Flow, RadioGroup};
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::widgets::answers::AnswerSheet;

/// Whom the reader can look through the eyes of, and as whom they read.
const READERS: [(&str, &str, &[Audience]); 4] = [
    ("pairing", "The people who pair", &[Audience::Subcommittee]),
    (
        "chair",
        "The chair",
        &[Audience::Chair, Audience::Subcommittee],
    ),
    ("officer", "The program officer", &[Audience::Officer]),
    ("partner", "My match, once announced", &[Audience::Partner]),
];

/// The application as others will read it.
#[component]
pub fn AsCommittee() -> impl IntoView {
    let state = ApplyState::expect();
    let reader = RwSignal::new(Some("pairing".to_owned()));
    let choices = READERS
        .iter()
        .map(|(value, words, _)| Choice::new(*value, *words))
        .collect();
    let sheet = move || {
        let chosen = reader.get().unwrap_or_default();
        let (.., audiences) = READERS
            .iter()
            .find(|(value, ..)| *value == chosen)
            .copied()
            .unwrap_or_default();
        let (form, answers) = (state.form(), state.read_by(audiences));
        if answers.is_empty() {
            view! { <p>"Nothing of what you wrote."</p> }.into_any()
        } else {
            let form = (*form).clone();
            view! { <AnswerSheet form answers /> }.into_any()
        }
    };
    view! {
        <Disclosure summary="View it as the committee will see it">
            <div class="stack stack--loose as-committee">
                <RadioGroup
                    id="as-reader"
                    label=Label::new("Through whose eyes?")
                    choices
                    value=reader
                    flow=Flow::Inline
                    on_change=move |value| reader.set(Some(value))
                />
                {sheet}
            </div>
        </Disclosure>
    }
}
