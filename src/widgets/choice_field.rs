//! One or several of some choices, under headings where there are any, with an own text where that
//! is possible.

use std::collections::BTreeSet;

use leptos::prelude::*;
use tandem_domain::form::definition::{Choice as Offered, Slug, TextLimit};
use tandem_domain::order;

use crate::ui::choice::{CheckboxGroup, Choice, Flow, RadioGroup};
use crate::ui::field::{FieldGroup, Label};
use crate::ui::text_field::TextField;
use crate::widgets::text_count::TextCount;

/// The value that stands for the own text among the choices.
const OTHER: &str = "other-text";

/// What was chosen: choices, and an own text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// The choices.
    pub choices: BTreeSet<Slug>,
    /// The own text.
    pub other: Option<String>,
}

/// How a group of choices works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    /// One excludes the others.
    One,
    /// Any of them, but this one excludes the others.
    Any(Option<Slug>),
}

/// One or several of some choices.
#[component]
pub fn ChoiceField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// What can be chosen now, and how long an own text may be.
    #[prop(into)]
    offered: Signal<(Vec<Offered>, Option<TextLimit>)>,
    /// How the choices exclude each other.
    manner: Manner,
    /// What is chosen.
    #[prop(into)]
    value: Signal<Chosen>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with what is then chosen.
    #[prop(into)]
    on_change: Callback<Chosen>,
) -> impl IntoView {
    let is_open = RwSignal::new(value.with_untracked(|chosen| chosen.other.is_some()));
    let own = StoredValue::new(id.clone());
    let rule = manner.clone();
    let take = Callback::new(move |picked: BTreeSet<String>| {
        let before = value.get_untracked();
        let (chosen, opens) = picked_to_chosen(&before, &picked, &rule);
        is_open.set(opens);
        on_change.run(chosen);
    });
    let body = move || {
        let (choices, other) = offered.get();
        let mut groups = groups(&choices);
        if let (Some((_, last)), true) = (groups.last_mut(), other.is_some()) {
            last.push(Choice::new(OTHER, "Other"));
        }
        let (id, label) = (own.get_value(), label.clone());
        let picked = Signal::derive(move || picked(&value.get(), is_open.get()));
        let is_one = manner == Manner::One;
        match groups.as_slice() {
            [(heading, choices)] if heading.is_empty() => {
                let choices = choices.clone();
                view! { <Group id label choices error is_one picked on_pick=take /> }.into_any()
            }
            _ => {
                let groups = headed(&id, groups, is_one, picked, take);
                view! {
                    <FieldGroup id label error>
                        <div class="choice-field__groups">{groups}</div>
                    </FieldGroup>
                }
                .into_any()
            }
        }
    };
    let other_text = move || {
        let limit = offered
            .with(|(_, other)| *other)
            .filter(|_| is_open.get())?;
        Some(view! { <OtherText id=format!("{}-other", own.get_value()) limit value on_change /> })
    };
    view! {
        <div class="choice-field">
            {body} {other_text}
        </div>
    }
}

/// The groups under their headings, each with its own choices.
fn headed(
    id: &str,
    groups: Vec<(String, Vec<Choice>)>,
    is_one: bool,
    picked: Signal<BTreeSet<String>>,
    on_pick: Callback<BTreeSet<String>>,
) -> Vec<AnyView> {
    let none = Signal::derive(|| None::<String>);
    let group = |(group_idx, (heading, choices)): (usize, (String, Vec<Choice>))| {
        let id = format!("{id}-{group_idx}");
        let label = Label::new(heading);
        view! { <Group id label choices error=none is_one picked on_pick /> }.into_any()
    };
    groups.into_iter().enumerate().map(group).collect()
}

/// Some of the choices, as radio buttons or tick boxes.
#[component]
fn Group(
    /// The id of the group.
    id: String,
    /// The question, or the heading of this part.
    label: Label,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// What is wrong, if anything.
    error: Signal<Option<String>>,
    /// Whether one excludes the others.
    is_one: bool,
    /// The values that are marked, of all groups.
    picked: Signal<BTreeSet<String>>,
    /// Called with all values that are then marked.
    on_pick: Callback<BTreeSet<String>>,
) -> impl IntoView {
    let own = order::set(choices.iter().map(|choice| choice.value.clone()));
    let flow = if choices.len() > 7 {
        Flow::Columns
    } else {
        Flow::Stacked
    };
    if is_one {
        let value = Signal::derive(move || {
            picked.with(|picked| picked.iter().find(|value| own.contains(*value)).cloned())
        });
        let change = move |one: String| on_pick.run(BTreeSet::from([one]));
        return view! { <RadioGroup id label choices value error flow on_change=change /> }
            .into_any();
    }
    let value = Signal::derive(move || picked.get().into_iter().collect::<Vec<_>>());
    let change = move |now: Vec<String>| {
        let others = picked
            .get_untracked()
            .into_iter()
            .filter(|value| !own.contains(value));
        on_pick.run(others.chain(now).collect());
    };
    view! { <CheckboxGroup id label choices value error flow on_change=change /> }.into_any()
}

/// The own text.
#[component]
fn OtherText(
    /// The id of the input.
    id: String,
    /// How long it may be.
    limit: TextLimit,
    /// What is chosen.
    value: Signal<Chosen>,
    /// Called with what is then chosen.
    on_change: Callback<Chosen>,
) -> impl IntoView {
    let text =
        Signal::derive(move || value.with(|chosen| chosen.other.clone().unwrap_or_default()));
    let typed = move |text: String| {
        let mut chosen = value.get_untracked();
        chosen.other = Some(text);
        on_change.run(chosen);
    };
    view! {
        <div class="choice-field__other">
            <TextField id label="Please say what" value=text on_input=typed />
            <TextCount text limit />
        </div>
    }
}

/// The values that are marked.
fn picked(chosen: &Chosen, is_open: bool) -> BTreeSet<String> {
    let own_text = is_open.then(|| OTHER.to_owned());
    chosen
        .choices
        .iter()
        .map(|choice| choice.0.clone())
        .chain(own_text)
        .collect()
}

/// What is chosen once these values are marked, and whether the own text is among them.
fn picked_to_chosen(before: &Chosen, picked: &BTreeSet<String>, manner: &Manner) -> (Chosen, bool) {
    let mut picked: BTreeSet<&str> = order::set(picked.iter().map(String::as_str));
    if let Manner::Any(Some(exclusive)) = manner {
        let was_exclusive = before.choices.contains(exclusive);
        if picked.contains(exclusive.0.as_str()) && !was_exclusive {
            picked.retain(|value| *value == exclusive.0);
        } else if picked.len() > 1 {
            picked.remove(exclusive.0.as_str());
        }
    }
    let opens = picked.remove(OTHER);
    let choices = picked.into_iter().map(Slug::from).collect();
    let other = opens.then(|| before.other.clone().unwrap_or_default());
    (Chosen { choices, other }, opens)
}

/// The choices under their headings, in order.
fn groups(choices: &[Offered]) -> Vec<(String, Vec<Choice>)> {
    let mut groups: Vec<(String, Vec<Choice>)> = Vec::new();
    for choice in choices {
        let heading = choice.group.text();
        let mut line = Choice::new(choice.id.0.clone(), choice.label.text());
        if !choice.description.is_empty() {
            line = line.hint(choice.description.text());
        }
        match groups.last_mut() {
            Some((last, lines)) if last == heading => lines.push(line),
            _ => groups.push((heading.to_owned(), vec![line])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(values: &[&str]) -> BTreeSet<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    fn chosen(choices: &[&str], other: Option<&str>) -> Chosen {
        Chosen {
            choices: choices.iter().map(|choice| Slug::from(*choice)).collect(),
            other: other.map(str::to_owned),
        }
    }

    #[test]
    fn none_of_these_and_the_others_exclude_each_other() {
        let manner = Manner::Any(Some(Slug::from("none")));
        let (now, _) = picked_to_chosen(&chosen(&["a"], None), &set(&["a", "none"]), &manner);
        assert_eq!(now, chosen(&["none"], None));
        let (now, _) = picked_to_chosen(&now, &set(&["b", "none"]), &manner);
        assert_eq!(now, chosen(&["b"], None));
    }

    #[test]
    fn the_own_text_is_kept_while_it_is_chosen() {
        let before = chosen(&["a"], Some("Map libraries"));
        let (now, opens) = picked_to_chosen(&before, &set(&["b", OTHER]), &Manner::Any(None));
        assert_eq!((now, opens), (chosen(&["b"], Some("Map libraries")), true));
        let (now, opens) = picked_to_chosen(&before, &set(&["b"]), &Manner::One);
        assert_eq!((now, opens), (chosen(&["b"], None), false));
    }

    #[test]
    fn choices_stand_under_their_headings() {
        let json = r#"[{"id":"a","label":"A","group":"One"},{"id":"b","label":"B","group":"One"},
                       {"id":"c","label":"C","group":"Two"}]"#;
        let offered: Vec<Offered> = serde_json::from_str(json).unwrap();
        let groups = groups(&offered);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].1.len(), 2);
    }
}
