//! A short word with a ground: a state, an area, a role.

use leptos::prelude::*;

/// What a colour stands for. The word beside it always says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// In use, current, chosen.
    Accent,
    /// Went well.
    Success,
    /// To mind.
    Warning,
    /// Wrong or refused.
    Error,
    /// The mentor's side.
    Mentor,
    /// The mentee's side.
    Mentee,
}

impl Tone {
    /// The word that the stylesheets know it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        }
    }
}

/// A short word with a ground.
#[component]
pub fn Tag(
    /// What the colour stands for.
    #[prop(optional)]
    tone: Tone,
    /// The word or two.
    children: Children,
) -> impl IntoView {
    view! { <span class=format!("tag tag--{}", tone.word())>{children()}</span> }
}
