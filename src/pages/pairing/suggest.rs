//! Suggestions: plans side by side, what each would change, whom to ask, and why. Nothing is on the
//! board until somebody adopts it.

mod areas;
pub(super) mod choice;
pub(super) mod consult;
pub(super) mod figures;
mod firmness;
mod more_places;
mod plans;
mod preview;
mod reasons;
pub(super) mod why;
pub(super) mod words;

use leptos::context::Provider;
use leptos::prelude::*;

use super::part::{self, Done};
use super::state::BoardState;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;

/// What of the suggestions is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Plans,
    MorePlaces,
    Firmness,
}

impl Part {
    const ALL: [Self; 3] = [Self::Plans, Self::MorePlaces, Self::Firmness];

    fn label(self) -> &'static str {
        match self {
            Self::Plans => "Plans",
            Self::MorePlaces => "Whom to ask for one more place",
            Self::Firmness => "How firmly pairs stand",
        }
    }
}

/// The button, and the dialog behind it.
#[component]
pub(super) fn Suggest() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let title = Signal::stored("Suggest pairs".to_owned());
    view! {
        <Button on_press=move |()| is_open.set(true)>"Suggest"</Button>
        <Dialog open=is_open title on_close=move |()| is_open.set(false)>
            <Provider value=Done(Callback::new(move |()| is_open.set(false)))>
                {part::suggest::Suggestions()}
            </Provider>
        </Dialog>
    }
}

/// The parts of the dialog, one at a time.
#[component]
pub fn Suggestions() -> impl IntoView {
    let on_done = Done::expect();
    let part = RwSignal::new(Part::Plans);
    let choices = Part::ALL
        .map(|one| {
            view! {
                <button
                    type="button"
                    class="toolbar__choice"
                    aria-pressed=move || (part.get() == one).to_string()
                    on:click=move |_| part.set(one)
                >
                    {one.label()}
                </button>
            }
        })
        .collect_view();
    let content = move || match part.get() {
        Part::Plans => view! { <plans::Plans on_done /> }.into_any(),
        Part::MorePlaces => view! { <more_places::MorePlaces /> }.into_any(),
        Part::Firmness => view! { <firmness::FirmnessOfPairs /> }.into_any(),
    };
    view! {
        <div class="suggest">
            <div class="toolbar__choices" role="group" aria-label="What to look at">
                {choices}
            </div>
            {content}
        </div>
    }
}

/// The board that is asked about.
fn state() -> BoardState {
    BoardState::expect()
}
