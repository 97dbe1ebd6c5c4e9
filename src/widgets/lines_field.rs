//! Several short texts or links, one below the other.

use leptos::prelude::*;

use crate::ui::field::{FieldGroup, Label};
use crate::ui::repeater::{Entries, Repeater};
use crate::ui::text_field::{Text, TextField};

/// What the lines hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Words.
    Words,
    /// Addresses on the web.
    Links,
}

/// Several short texts.
#[component]
pub fn LinesField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// What the lines hold.
    line: Line,
    /// How many there can be.
    max: usize,
    /// The lines.
    #[prop(into)]
    value: Signal<Vec<String>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with all lines after each change.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let entries = Entries::new(value.get_untracked());
    Effect::new(move || entries.replace(value.get()));
    let entry = match line {
        Line::Words => words_entry,
        Line::Links => link_entry,
    };
    let noun = match line {
        Line::Words => "line",
        Line::Links => "link",
    };
    view! {
        <FieldGroup id=id.clone() label error>
            <Repeater
                id
                noun
                entries
                max
                entry
                on_change=move |()| on_change.run(entries.values())
            />
        </FieldGroup>
    }
}

fn words_entry(id: String, entries: Entries<String>, key: u32, on_change: Callback<()>) -> AnyView {
    entry(&id, Text::Plain, entries, key, on_change)
}

fn link_entry(id: String, entries: Entries<String>, key: u32, on_change: Callback<()>) -> AnyView {
    entry(&id, Text::Url, entries, key, on_change)
}

fn entry(
    id: &str,
    text: Text,
    entries: Entries<String>,
    key: u32,
    on_change: Callback<()>,
) -> AnyView {
    let words = if text == Text::Url { "Link" } else { "Name" };
    let typed = move |words: String| {
        entries.change(key, |line| *line = words);
        on_change.run(());
    };
    view! {
        <TextField
            id=format!("{id}-{key}-text")
            label=words
            text
            value=Signal::derive(move || entries.get(key))
            on_input=typed
        />
    }
    .into_any()
}
