//! A message in the page about what is, what went well, or what went wrong.

use leptos::prelude::*;

use crate::ui::icon::{Icon, Shape};

/// What kind of message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Something to know.
    #[default]
    Info,
    /// Something went well.
    Success,
    /// Something to mind.
    Warning,
    /// Something went wrong.
    Error,
}

impl Kind {
    fn parts(self) -> (&'static str, Shape, &'static str) {
        match self {
            Self::Info => ("notice notice--info", Shape::Info, "Note: "),
            Self::Success => ("notice notice--success", Shape::Check, "Done: "),
            Self::Warning => ("notice notice--warning", Shape::Warning, "Please note: "),
            Self::Error => ("notice notice--error", Shape::Error, "Problem: "),
        }
    }
}

/// A message in the page. An error is read out at once, the others when the reader comes to them.
#[component]
pub fn Notice(
    /// What kind of message.
    #[prop(optional)]
    kind: Kind,
    /// One line in bold above the text.
    #[prop(into, optional)]
    title: Option<String>,
    /// The text, and what to do.
    children: Children,
) -> impl IntoView {
    let (class, shape, word) = kind.parts();
    view! {
        <div class=class role=(kind == Kind::Error).then_some("alert")>
            <Icon shape />
            <div class="notice__text">
                <span class="visually-hidden">{word}</span>
                {title.map(|title| view! { <p class="notice__title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}
