//! A button does something; a link goes somewhere. Both can look alike.

use leptos::prelude::*;

/// How much it asks for attention. One primary per screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one thing to do here.
    Primary,
    /// Something else one may do.
    #[default]
    Secondary,
    /// As a link in a sentence.
    Quiet,
    /// Takes something away for good.
    Danger,
}

impl Look {
    /// The classes of a button or link of this look.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// Whether pressing it sends the form around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Press {
    /// Only calls `on_press`.
    #[default]
    Acts,
    /// Sends the form.
    Submits,
}

/// A button. While busy or disabled it keeps its place in the tab order and does nothing.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    look: Look,
    /// Whether pressing it sends the form around it.
    #[prop(optional)]
    press: Press,
    /// While true, work is going on that this button began.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// While true, it cannot be pressed. Say why beside it.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Called when it is pressed.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
    /// What it says: a verb first.
    children: Children,
) -> impl IntoView {
    let kind = match press {
        Press::Acts => "button",
        Press::Submits => "submit",
    };
    let pressed = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() || disabled.get_untracked() {
            event.prevent_default();
            return;
        }
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=kind
            class=look.class()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || (busy.get() || disabled.get()).then_some("true")
            on:click=pressed
        >
            {children()}
        </button>
    }
}

/// A link that looks like a button: the next place to go.
#[component]
pub fn ButtonLink(
    /// Where it goes: a `Screen` or any address.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    look: Look,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=look.class() href=move || href.get()>
            {children()}
        </a>
    }
}
