//! An answer that was changed here and elsewhere: both, side by side, and the reader decides.

use leptos::prelude::*;

use crate::ui::button::Button;
use crate::widgets::answers::AnswerWords;

/// Which of the two is to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// What stands here.
    Mine,
    /// What was saved elsewhere.
    Theirs,
    /// Both texts, one below the other.
    Both,
}

/// Both answers and the choice between them.
#[component]
pub fn ConflictCard(
    /// What stands here, in words.
    #[prop(into)]
    mine: Signal<Vec<String>>,
    /// What was saved elsewhere, in words.
    theirs: Vec<String>,
    /// When it was saved there, in words; empty when unknown.
    at: String,
    /// Whether both can be kept: texts can.
    can_keep_both: bool,
    /// Called with what the reader decides.
    #[prop(into)]
    on_decide: Callback<Keep>,
) -> impl IntoView {
    let when = if at.is_empty() {
        String::new()
    } else {
        format!(" at {at}")
    };
    let both = can_keep_both.then(|| {
        view! { <Button on_press=move |()| on_decide.run(Keep::Both)>"Keep both"</Button> }
    });
    view! {
        <div class="conflict-card" role="group" aria-label="Changed elsewhere">
            <p class="conflict-card__title">
                {format!(
                    "This answer was also changed{when} on another device or in another tab. \
                     Which one shall stay?",
                )}
            </p>
            <div class="conflict-card__sides">
                <div class="conflict-card__side">
                    <p class="conflict-card__name">"Here"</p>
                    {move || said(mine.get())}
                </div>
                <div class="conflict-card__side">
                    <p class="conflict-card__name">"There"</p>
                    {said(theirs)}
                </div>
            </div>
            <div class="conflict-card__actions">
                <Button on_press=move |()| on_decide.run(Keep::Mine)>"Keep mine"</Button>
                <Button on_press=move |()| on_decide.run(Keep::Theirs)>"Use the other"</Button>
                {both}
            </div>
        </div>
    }
}

fn said(words: Vec<String>) -> impl IntoView {
    if words.is_empty() {
        view! { <p>"Not answered"</p> }.into_any()
    } else {
        view! { <AnswerWords words /> }.into_any()
    }
}
