//! One line of text.

use leptos::html;
use leptos::prelude::*;

use crate::dom::focus;
use crate::ui::field::{Field, Label, invalid};

/// What is written: decides the keyboard on a phone and what the browser may fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Text {
    /// Anything.
    #[default]
    Plain,
    /// A person's full name.
    Name,
    /// An e-mail address.
    Email,
    /// An address on the web.
    Url,
    /// A telephone number.
    Phone,
    /// A code from a mail.
    Code,
    /// A whole number.
    Number,
    /// A number that may have a point.
    Decimal,
    /// Words to look for.
    Search,
    /// What the browser may know by this token (WCAG 1.3.5), such as `organization`.
    Token(&'static str),
}

impl Text {
    /// `type`, `inputmode`, `autocomplete`.
    fn attributes(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Plain => ("text", "text", "off"),
            Self::Name => ("text", "text", "name"),
            Self::Email => ("email", "email", "email"),
            Self::Url => ("url", "url", "url"),
            Self::Phone => ("tel", "tel", "tel"),
            Self::Code => ("text", "numeric", "one-time-code"),
            Self::Number => ("text", "numeric", "off"),
            Self::Decimal => ("text", "decimal", "off"),
            Self::Search => ("search", "search", "off"),
            Self::Token(token) => ("text", "text", token),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Code => "text-field text-field--code",
            Self::Number | Self::Decimal => "text-field text-field--short",
            _ => "text-field",
        }
    }
}

/// One line of text. What is typed is never replaced while the keyboard is in the field.
#[component]
pub fn TextField(
    /// The id of the input, also its name.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// What is written.
    #[prop(optional)]
    text: Text,
    /// What it holds at first, and whenever it changes elsewhere.
    #[prop(into, optional)]
    value: Signal<String>,
    /// What is wrong with it, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Called with the whole text at each letter.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when the reader leaves the field.
    #[prop(into, optional)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let (kind, mode, autocomplete) = text.attributes();
    let described_by = label.described_by(&id, error);
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || {
        let value = value.get();
        let Some(input) = input.get() else { return };
        if focus::may_replace(&input.value(), &value, focus::is_active(&input)) {
            input.set_value(&value);
        }
    });
    view! {
        <Field id=id.clone() label error>
            <input
                node_ref=input
                class=text.class()
                id=id.clone()
                name=id
                // The direction of what is written, whatever that of the page.
                dir="auto"
                type=kind
                inputmode=mode
                autocomplete=autocomplete
                spellcheck=matches!(text, Text::Plain).then_some("true")
                value=value.get_untracked()
                aria-describedby=move || described_by.get()
                aria-invalid=move || invalid(error)
                on:input=move |event| on_input.run(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_leave) = on_leave {
                        on_leave.run(());
                    }
                }
            />
        </Field>
    }
}
