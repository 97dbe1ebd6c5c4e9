//! On a phone one list is shown at a time: this chooses which.

use leptos::prelude::*;

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The mentees.
    Mentees,
    /// The mentors.
    Mentors,
}

impl Side {
    const ALL: [Self; 2] = [Self::Mentees, Self::Mentors];

    /// The word that the stylesheet knows it by.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Mentees => "mentees",
            Self::Mentors => "mentors",
        }
    }

    /// The side of a word.
    pub(super) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.slug() == slug)
    }

    fn label(self) -> &'static str {
        match self {
            Self::Mentees => "Mentees",
            Self::Mentors => "Mentors and pairs",
        }
    }
}

/// Chooses the list. Drawn on narrow pages only.
#[component]
pub(super) fn NarrowChoice(
    /// Which is shown.
    #[prop(into)]
    side: Signal<Side>,
    /// Called with the one that is chosen.
    #[prop(into)]
    on_choose: Callback<Side>,
) -> impl IntoView {
    let buttons = Side::ALL
        .map(|one| {
            view! {
                <button
                    type="button"
                    class="narrow__choice"
                    aria-pressed=move || (side.get() == one).to_string()
                    on:click=move |_| on_choose.run(one)
                >
                    {one.label()}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="narrow" role="group" aria-label="Which list is shown">
            {buttons}
        </div>
    }
}
