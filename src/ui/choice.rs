//! One or several of a few: radio buttons and tick boxes with a common question.

use leptos::prelude::*;

use crate::ui::field::{FieldGroup, Label};

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A quiet line below, if needed.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice of this value and label.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// Adds a quiet line below.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// How the choices stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// One below the other.
    #[default]
    Stacked,
    /// In a line, while there is room: for yes and no.
    Inline,
    /// In columns, while there is room: for many short ones.
    Columns,
}

impl Flow {
    fn class(self) -> &'static str {
        match self {
            Self::Stacked => "choices",
            Self::Inline => "choices choices--inline",
            Self::Columns => "choices choices--columns",
        }
    }
}

/// One of a few.
#[component]
pub fn RadioGroup(
    /// The id of the group, also the name of its inputs.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// The value that is chosen, or nothing.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// What is wrong, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// How the choices stand.
    #[prop(optional)]
    flow: Flow,
    /// Called with the value that is chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let inputs = choices
        .into_iter()
        .enumerate()
        .map(|(choice_idx, choice)| {
            let own = choice.value.clone();
            let is_chosen =
                Signal::derive(move || value.with(|value| value.as_ref() == Some(&own)));
            let chosen = choice.value.clone();
            view! {
                <ChoiceLine
                    kind="radio"
                    id=format!("{id}-{choice_idx}")
                    name=id.clone()
                    choice
                    checked=is_chosen
                    on_change=move |_| on_change.run(chosen.clone())
                />
            }
        })
        .collect_view();
    view! {
        <FieldGroup id label error>
            <div class=flow.class()>{inputs}</div>
        </FieldGroup>
    }
}

/// Several of a few.
#[component]
pub fn CheckboxGroup(
    /// The id of the group, also the name of its inputs.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// The values that are chosen.
    #[prop(into)]
    value: Signal<Vec<String>>,
    /// What is wrong, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// How the choices stand.
    #[prop(optional)]
    flow: Flow,
    /// Called with all values that are then chosen, in the order of the choices.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let order: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
    let inputs = choices
        .into_iter()
        .enumerate()
        .map(|(choice_idx, choice)| {
            let own = choice.value.clone();
            let is_chosen = Signal::derive(move || value.with(|value| value.contains(&own)));
            let changed = choice.value.clone();
            let order = order.clone();
            view! {
                <ChoiceLine
                    kind="checkbox"
                    id=format!("{id}-{choice_idx}")
                    name=id.clone()
                    choice
                    checked=is_chosen
                    on_change=move |is_ticked| {
                        let chosen = value.get_untracked();
                        on_change.run(with_choice(&order, &chosen, &changed, is_ticked));
                    }
                />
            }
        })
        .collect_view();
    view! {
        <FieldGroup id label error>
            <div class=flow.class()>{inputs}</div>
        </FieldGroup>
    }
}

/// One input with its label.
#[component]
fn ChoiceLine(
    /// `radio` or `checkbox`.
    kind: &'static str,
    /// The id of the input.
    id: String,
    /// The name of the group.
    name: String,
    /// What is chosen with it.
    choice: Choice,
    /// Whether it is.
    checked: Signal<bool>,
    /// Called with what it now is.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-hint"));
    let hint = choice.hint.map(|hint| {
        view! {
            <span class="choice__hint" id=hint_id.clone()>
                {hint}
            </span>
        }
    });
    view! {
        <div class="choice">
            <input
                class="choice__input"
                type=kind
                id=id.clone()
                name=name
                value=choice.value
                prop:checked=move || checked.get()
                aria-describedby=hint_id
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label class="choice__label" for=id>
                {choice.label}
            </label>
            {hint}
        </div>
    }
}

/// The chosen values after one was ticked or unticked, in the order they are offered.
fn with_choice(order: &[String], chosen: &[String], changed: &str, is_ticked: bool) -> Vec<String> {
    order
        .iter()
        .filter(|value| {
            if *value == changed {
                is_ticked
            } else {
                chosen.contains(value)
            }
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn ticking_keeps_the_offered_order() {
        let order = words(&["a", "b", "c"]);
        assert_eq!(
            with_choice(&order, &words(&["c"]), "a", true),
            words(&["a", "c"])
        );
    }

    #[test]
    fn unticking_leaves_the_others() {
        let order = words(&["a", "b", "c"]);
        assert_eq!(
            with_choice(&order, &words(&["a", "c"]), "c", false),
            words(&["a"])
        );
    }
}
