//! The forms of what a date follows and of what must hold. What is wrong is said beside its cause
//! before the server is asked.

use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::wish::{Act, EditError};
use tandem_domain::timeline::{Edge, Item, Status};

use super::bond_words::is_phase;
use super::state::TimelineState;
use super::{words, work};
use crate::ui::choice::Choice;
use crate::ui::date_words::short_day;
use crate::ui::field::Label;
use crate::ui::select::Select;

/// Where in such a form something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The other item.
    Other,
    /// How far, or at least how far.
    Far,
    /// At most how far.
    Most,
    /// Which of the own dates.
    Own,
    /// None of these.
    Whole,
}

/// What is wrong, and where.
pub(super) type Wrong = RwSignal<Option<(Place, String)>>;

/// What is wrong at a place.
pub(super) fn wrong_at(wrong: Wrong, place: Place) -> Signal<Option<String>> {
    Signal::derive(move || {
        wrong.with(|wrong| {
            let here = wrong.as_ref().filter(|(at, _)| *at == place);
            here.map(|(_, words)| words.clone())
        })
    })
}

/// Where the cause of a refusal stands.
fn place_of(error: &EditError) -> Place {
    match error {
        EditError::Loop { .. } | EditError::Unknown => Place::Other,
        EditError::OutOfRange => Place::Far,
        EditError::NoSuchEdge => Place::Own,
        _ => Place::Whole,
    }
}

/// Asks what acts would bring, unless this browser knows already that they cannot be done.
pub(super) fn propose(state: TimelineState, acts: Vec<Act>, wrong: Wrong) {
    let refusal = untrack(|| state.refusal(&acts));
    wrong.set(refusal.map(|error| {
        let sentence = words::error(&error, |id| untrack(|| state.name(id)));
        (place_of(&error), sentence)
    }));
    if wrong.with_untracked(Option::is_none) {
        work::acts(state, acts);
    }
}

/// A whole number that was written; an empty field is 0.
pub(super) fn number(text: &str) -> Option<i32> {
    let text = text.trim().replace('−', "-");
    if text.is_empty() {
        return Some(0);
    }
    text.parse().ok()
}

/// The items that another one may be tied to, in order of time.
fn others(items: &[Item], own: ItemId, chosen: Option<ItemId>) -> Vec<Choice> {
    let mut others: Vec<&Item> = items
        .iter()
        .filter(|item| {
            let stands = item.status != Status::Cancelled;
            item.id != own && (stands || Some(item.id) == chosen)
        })
        .collect();
    others.sort_unstable_by_key(|item| item.when.days());
    let choice = |item: &&Item| {
        let day = short_day(item.when.days().0);
        Choice::new(
            item.id.to_string(),
            format!("{} ({day})", item.title.text()),
        )
    };
    others.iter().map(choice).collect()
}

/// Which item, and which of its dates if it has two.
#[component]
pub(super) fn OtherDate(
    /// What the screen knows.
    state: TimelineState,
    /// The item that is tied.
    own: ItemId,
    /// How the ids of the form begin.
    #[prop(into)]
    key: String,
    /// The question.
    label: &'static str,
    /// The item that is chosen.
    #[prop(into)]
    item: Signal<Option<ItemId>>,
    /// Which of its dates.
    #[prop(into)]
    edge: Signal<Edge>,
    /// What is wrong.
    wrong: Wrong,
    /// What the item itself is called among the choices, if it is one.
    #[prop(optional_no_strip)]
    itself: Option<&'static str>,
    /// Called with what is chosen.
    #[prop(into)]
    on_change: Callback<(Option<ItemId>, Edge)>,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        let chosen = item.get();
        let others = state.read(|view| others(&view.items, own, chosen));
        let itself = itself.map(|words| Choice::new(own.to_string(), words));
        itself
            .into_iter()
            .chain(others.unwrap_or_default())
            .collect()
    });
    let value = Signal::derive(move || item.get().map(|item| item.to_string()));
    let has_two = move || {
        let item = item.get().filter(|item| *item != own);
        let has_two = item.and_then(|item| state.read(|view| is_phase(&view.items, item)));
        has_two.unwrap_or(false)
    };
    let chosen = Callback::new(move |value: Option<String>| {
        let item = value.and_then(|value| value.parse().ok());
        on_change.run((item, edge.get_untracked()));
    });
    let edge_chosen = Callback::new(move |edge| on_change.run((item.get_untracked(), edge)));
    let edge_key = format!("{key}-other-edge");
    view! {
        <Select
            id=format!("{key}-other")
            label=Label::new(label)
            choices
            value
            placeholder="Choose a date"
            error=wrong_at(wrong, Place::Other)
            on_change=chosen
        />
        <Show when=has_two>
            <EdgeSelect
                id=edge_key.clone()
                label=Label::new("Counted from its")
                edge
                wrong=Signal::stored(None)
                on_change=edge_chosen
            />
        </Show>
    }
}

/// The first or the last day of a phase.
#[component]
pub(super) fn EdgeSelect(
    /// The id of the control.
    id: String,
    /// The question.
    label: Label,
    /// Which is chosen.
    edge: Signal<Edge>,
    /// What is wrong, if anything.
    wrong: Signal<Option<String>>,
    /// Called with what is chosen.
    on_change: Callback<Edge>,
) -> impl IntoView {
    let choices = vec![
        Choice::new("start", "first day"),
        Choice::new("end", "last day"),
    ];
    let value = Signal::derive(move || {
        let is_start = edge.get() == Edge::Start;
        Some(if is_start { "start" } else { "end" }.to_owned())
    });
    let chosen = Callback::new(move |value: Option<String>| {
        on_change.run(if value.as_deref() == Some("start") {
            Edge::Start
        } else {
            Edge::End
        });
    });
    view! { <Select id label choices=Signal::stored(choices) value error=wrong on_change=chosen /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_and_an_empty_field_is_none_of_them() {
        assert_eq!(number(""), Some(0));
        assert_eq!(number(" 14 "), Some(14));
        assert_eq!(number("−3"), Some(-3));
        assert_eq!(number("soon"), None);
    }

    #[test]
    fn a_circle_is_the_fault_of_the_item_that_was_chosen() {
        let circle = EditError::Loop { items: Vec::new() };
        assert_eq!(place_of(&circle), Place::Other);
        assert_eq!(place_of(&EditError::OutOfRange), Place::Far);
        assert_eq!(place_of(&EditError::Locked), Place::Whole);
    }
}
