//! The few small pictures beside words. Never alone: a word always says the same.

use leptos::prelude::*;

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Something went well.
    Check,
    /// Something to know.
    Info,
    /// Something to mind.
    Warning,
    /// Something is wrong.
    Error,
    /// Back.
    ArrowLeft,
    /// Onward.
    ArrowRight,
    /// More below.
    ChevronDown,
    /// Close.
    Cross,
    /// More to choose from.
    More,
    /// A lock that is shut.
    Lock,
    /// A day.
    Calendar,
    /// A person.
    Person,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M4 10.5l4 4 8-9",
            Self::Info => "M10 9v5M10 6h.01M10 18a8 8 0 100-16 8 8 0 000 16z",
            Self::Warning => "M10 7.5v4M10 14.5h.01M10 2.5L18.2 17H1.8z",
            Self::Error => "M10 6v5M10 14h.01M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7z",
            Self::ArrowLeft => "M16 10H4M9 5l-5 5 5 5",
            Self::ArrowRight => "M4 10h12M11 5l5 5-5 5",
            Self::ChevronDown => "M5 7.5l5 5 5-5",
            Self::Cross => "M5 5l10 10M15 5L5 15",
            Self::More => "M4.5 10h.01M10 10h.01M15.5 10h.01",
            Self::Lock => "M4.5 9h11v8.5h-11zM7 9V6a3 3 0 016 0v3",
            Self::Calendar => "M3 4.5h14V17H3zM3 8.5h14M7 2.5v4M13 2.5v4",
            Self::Person => {
                "M10 10a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3.5 17.5c.6-3.4 3.2-5 6.5-5s5.9 1.6 6.5 5"
            }
        }
    }
}

/// A small picture in the colour and size of the text around it, hidden from screen readers.
#[component]
pub fn Icon(
    /// Which picture.
    shape: Shape,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=shape.path() />
        </svg>
    }
}
