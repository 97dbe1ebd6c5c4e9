//! Some of several, in order of preference: a list for each position's choice, buttons to move and
//! to take out. What is chosen stands on top, in its order.

use leptos::leptos_dom::helpers::request_animation_frame;
use leptos::prelude::*;

use crate::dom::{announce, focus};
use crate::ui::choice::Choice;
use crate::ui::field::{FieldGroup, Label};

/// Some of several, in order.
#[component]
pub fn Ranking(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// How many can be chosen.
    max: usize,
    /// What is chosen, first first.
    #[prop(into)]
    value: Signal<Vec<String>>,
    /// What is wrong, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Called with what is then chosen, first first.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let choices = StoredValue::new(choices);
    let group = StoredValue::new(id.clone());
    let names = move || choices.with_value(|choices| values(choices));
    let rows = Memo::new(move |_| value.with(|chosen| in_order(&names(), chosen)));
    let place = Callback::new(
        move |(own, rank, control): (String, Option<usize>, &'static str)| {
            let order = placed(&value.get_untracked(), &own, rank, max);
            let name = choices.with_value(|choices| label_of(choices, &own));
            announce::polite(&sentence(&order, &own, &name));
            on_change.run(order);
            let id = format!("{}{control}", row_id(&group.get_value(), &own));
            // The row moves to its place: the keyboard goes with it.
            request_animation_frame(move || {
                focus::by_id(&id);
            });
        },
    );
    view! {
        <FieldGroup id label error>
            <ol class="ranking">
                <For each=move || rows.get() key=String::clone let:own>
                    {choices
                        .with_value(|choices| {
                            choices.iter().find(|choice| choice.value == own).cloned()
                        })
                        .map(|choice| {
                            let id = row_id(&group.get_value(), &own);
                            view! { <Row id choice value max on_place=place /> }
                        })}
                </For>
            </ol>
        </FieldGroup>
    }
}

/// One choice with its place.
#[component]
fn Row(
    /// The id of its list.
    id: String,
    /// What can be chosen.
    choice: Choice,
    /// What is chosen, first first.
    value: Signal<Vec<String>>,
    /// How many can be chosen.
    max: usize,
    /// Called with the choice, the place it is to have, and the control that keeps the keyboard.
    on_place: Callback<(String, Option<usize>, &'static str)>,
) -> impl IntoView {
    let own = StoredValue::new(choice.value);
    let rank = Memo::new(move |_| {
        value.with(|order| {
            order
                .iter()
                .position(|value| own.with_value(|own| value == own))
        })
    });
    let options = (0..max)
        .map(|option| {
            view! {
                <option value=option prop:selected=move || rank.get() == Some(option)>
                    {ordinal(option)}
                </option>
            }
        })
        .collect_view();
    let place = move |(rank, control)| on_place.run((own.get_value(), rank, control));
    let name = choice.label.clone();
    let row = id.clone();
    view! {
        <li class="ranking__row" data-chosen=move || rank.get().is_some().then_some("true")>
            <label class="ranking__label" for=id.clone()>
                {choice.label}
            </label>
            <span class="select ranking__select">
                <select
                    class="select__input"
                    id=id
                    on:change=move |event| place((event_target_value(&event).parse().ok(), SELECT))
                >
                    <option value="" prop:selected=move || rank.get().is_none()>
                        "Not chosen"
                    </option>
                    {options}
                </select>
            </span>
            <Show when=move || rank.get().is_some()>
                <Moves id=row.clone() name=name.clone() rank value on_move=Callback::new(place) />
            </Show>
        </li>
    }
}

/// The buttons of a chosen one.
#[component]
fn Moves(
    /// The id of its list.
    id: String,
    /// What is chosen.
    name: String,
    /// Its place.
    rank: Memo<Option<usize>>,
    /// What is chosen, first first.
    value: Signal<Vec<String>>,
    /// Called with the place it is to have, or nothing to take it out, and the control that
    /// keeps the keyboard.
    on_move: Callback<(Option<usize>, &'static str)>,
) -> impl IntoView {
    let here = move || rank.get().unwrap_or_default();
    let is_first = Signal::derive(move || here() == 0);
    let is_last = Signal::derive(move || here() + 1 >= value.with(Vec::len));
    let never = Signal::derive(|| false);
    let button = |control: &'static str, words: &'static str, disabled: Signal<bool>, go| {
        let pressed = move |_| {
            if !disabled.get_untracked() {
                on_move.run(go_to(here(), go));
            }
        };
        view! {
            <button
                type="button"
                class="button button--quiet"
                id=format!("{id}{control}")
                aria-disabled=move || disabled.get().then_some("true")
                on:click=pressed
            >
                {words}
                <span class="visually-hidden">{format!(" {name}")}</span>
            </button>
        }
    };
    view! {
        <span class="ranking__moves">
            {button("-up", "Up", is_first, Go::Up)} {button("-down", "Down", is_last, Go::Down)}
            {button("-out", "Remove", never, Go::Out)}
        </span>
    }
}

/// The list itself, as the control that keeps the keyboard.
const SELECT: &str = "";

#[derive(Debug, Clone, Copy)]
enum Go {
    Up,
    Down,
    Out,
}

fn go_to(rank: usize, go: Go) -> (Option<usize>, &'static str) {
    match go {
        Go::Up => (Some(rank.saturating_sub(1)), "-up"),
        Go::Down => (Some(rank + 1), "-down"),
        Go::Out => (None, SELECT),
    }
}

/// "1st".
pub fn ordinal(rank: usize) -> String {
    let number = rank + 1;
    let ending = match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn row_id(group: &str, own: &str) -> String {
    format!("{group}-{own}")
}

fn values(choices: &[Choice]) -> Vec<String> {
    choices.iter().map(|choice| choice.value.clone()).collect()
}

fn label_of(choices: &[Choice], own: &str) -> String {
    let found = choices.iter().find(|choice| choice.value == own);
    found.map_or_else(String::new, |choice| choice.label.clone())
}

/// The chosen ones in their order, then the others as offered.
fn in_order(offered: &[String], chosen: &[String]) -> Vec<String> {
    let chosen: Vec<String> = chosen
        .iter()
        .filter(|value| offered.contains(value))
        .cloned()
        .collect();
    let others: Vec<String> = offered
        .iter()
        .filter(|value| !chosen.contains(value))
        .cloned()
        .collect();
    chosen.into_iter().chain(others).collect()
}

/// The order once a choice has been given a place, or taken out. Whatever no longer fits falls out
/// at the end.
fn placed(order: &[String], own: &str, rank: Option<usize>, max: usize) -> Vec<String> {
    let mut order: Vec<String> = order
        .iter()
        .filter(|value| *value != own)
        .cloned()
        .collect();
    if let Some(rank) = rank {
        order.insert(rank.min(order.len()), own.to_owned());
        order.truncate(max);
    }
    order
}

fn sentence(order: &[String], own: &str, name: &str) -> String {
    match order.iter().position(|value| value == own) {
        Some(rank) => format!("{name}, now {} of {}.", ordinal(rank), order.len()),
        None => format!("{name}, not chosen."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn the_others_make_room() {
        let order = words(&["a", "b", "c"]);
        assert_eq!(placed(&order, "c", Some(0), 3), words(&["c", "a", "b"]));
        assert_eq!(placed(&order, "a", Some(1), 3), words(&["b", "a", "c"]));
        assert_eq!(placed(&order, "b", None, 3), words(&["a", "c"]));
    }

    #[test]
    fn a_place_beyond_the_last_is_the_next_one() {
        assert_eq!(placed(&[], "a", Some(2), 3), words(&["a"]));
        assert_eq!(placed(&words(&["a"]), "b", Some(2), 3), words(&["a", "b"]));
    }

    #[test]
    fn a_full_order_drops_its_last() {
        let order = words(&["a", "b", "c"]);
        assert_eq!(placed(&order, "d", Some(0), 3), words(&["d", "a", "b"]));
        assert_eq!(placed(&order, "d", Some(2), 3), words(&["a", "b", "d"]));
    }

    #[test]
    fn what_is_chosen_stands_on_top() {
        let offered = words(&["a", "b", "c"]);
        assert_eq!(
            in_order(&offered, &words(&["c", "gone"])),
            words(&["c", "a", "b"])
        );
    }

    #[test]
    fn w_23_moves_are_said() {
        assert_eq!(
            sentence(&words(&["x", "a"]), "a", "Preservation"),
            "Preservation, now 2nd of 2."
        );
        assert_eq!(
            sentence(&[], "a", "Preservation"),
            "Preservation, not chosen."
        );
        assert_eq!(
            ["1st", "2nd", "3rd", "4th", "11th"],
            [0, 1, 2, 3, 10].map(ordinal)[..]
        );
    }
}
