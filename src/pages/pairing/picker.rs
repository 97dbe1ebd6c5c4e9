//! The keyboard door: a list of partners ranked by result, narrowed by typing. Also the bottom
//! sheet of a phone.

use std::cmp::Reverse;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use tandem_domain::board::Command;
use tandem_domain::id::ApplicationId;
use tandem_domain::order;
use tandem_domain::text::fold;

use super::desk::Desk;
use super::rank::{self, Verdict};
use super::state::{BoardState, Over, Picking, Trigger};
use super::what_if::WhatIfLine;
use super::words;
use crate::dom::{focus, measure};
use crate::ui::dialog::Dialog;
use crate::widgets::score_bar::ScoreBar;

const INPUT: &str = "picker-input";
const LIST: &str = "picker-list";
/// How many lines are mounted at first, and how many more whenever the end of them comes near.
const SOME: usize = 60;
/// How near to the end that is, in CSS pixels.
const NEAR: f64 = 400.0;

/// How many lines the keys of a page move by.
const PAGE: usize = 6;

/// Somebody to choose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Line {
    partner: ApplicationId,
    name: String,
    score: u16,
    does: String,
    is_possible: bool,
}

/// A list of partners, over the page.
#[component]
pub(super) fn Picker() -> impl IntoView {
    let state = BoardState::expect();
    let title = Signal::derive(move || {
        state.desk().with(|desk| match state.picking().get() {
            Some(Picking::Mentor(mentee)) => match state.group(mentee).as_slice() {
                [_] => format!("Pair {} with …", desk.name(mentee)),
                group => format!("Pair {} with …", words::group::mentees(group.len())),
            },
            Some(Picking::Swap(mentee)) => format!("Swap {} with …", desk.name(mentee)),
            None => String::new(),
        })
    });
    let is_open = Memo::new(move |_| state.picking().get().is_some());
    view! {
        <div class="picker">
            <Dialog open=is_open title on_close=move |()| state.cancel()>
                <List />
            </Dialog>
        </div>
    }
}

/// What is typed, and the lines that match.
#[component]
fn List() -> impl IntoView {
    let state = BoardState::expect();
    let typed = RwSignal::new(String::new());
    let present_idx = RwSignal::new(0_usize);
    let n_mounted = RwSignal::new(SOME);
    let all = Memo::new(move |_| {
        state.picking().get().map_or_else(Vec::new, |picking| {
            state.desk().with(|desk| match picking {
                Picking::Mentor(mentee) => places(desk, &state.group(mentee)),
                Picking::Swap(mentee) => swaps(desk, mentee),
            })
        })
    });
    let found = Memo::new(move |_| {
        let typed = fold(&typed.get());
        let matches = |line: &Line| {
            fold(&line.name)
                .split_whitespace()
                .any(|word| word.starts_with(&typed))
                || fold(&line.name).contains(&typed)
        };
        all.with(|all| {
            all.iter()
                .filter(|line| matches(line))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let numbered = Memo::new(move |_| {
        let n_mounted = n_mounted.get();
        found.with(|found| {
            let lines = found.iter().take(n_mounted).cloned();
            lines.enumerate().collect::<Vec<_>>()
        })
    });
    let reaches = move |n_wanted: usize| {
        if n_mounted.get_untracked() < n_wanted {
            n_mounted.set(n_wanted + SOME);
        }
    };
    let list = NodeRef::<html::Ul>::new();
    let scrolled = move |_| {
        let rest = list.get_untracked().map(|list| measure::rest_below(&list));
        if rest.is_some_and(|rest| rest < NEAR) {
            reaches(n_mounted.get_untracked() + 1);
        }
    };
    let n_all = Signal::derive(move || found.with(Vec::len));
    let active = Signal::derive(move || found.with(|found| found.get(present_idx.get()).cloned()));
    let choose = move |line: Line| {
        if line.is_possible {
            place(state, line.partner);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let n_found = found.with_untracked(Vec::len);
        if event.key() == "Enter" {
            event.prevent_default();
            if let Some(line) = active.get_untracked() {
                choose(line);
            }
        } else if let Some(idx) = moved(&event.key(), present_idx.get_untracked(), n_found) {
            event.prevent_default();
            present_idx.set(idx);
            // A page further than the keyboard is.
            reaches(idx + 2 * PAGE);
            if let Some(line) = active.get_untracked() {
                measure::reveal(&option_id(line.partner));
            }
        }
    };
    let aimed = Memo::new(move |_| active.get().map(|line| line.partner));
    let is_pairing = move || matches!(state.picking().get(), Some(Picking::Mentor(_)));

    let input = NodeRef::<html::Input>::new();
    // The line that the keyboard is on is what is aimed at, as a place under the pointer is.
    Effect::new(move || {
        let over = aimed.get().map(|mentor| Over::Mentor(mentor, None));
        if matches!(state.picking().get_untracked(), Some(Picking::Mentor(_))) {
            state.hover(over);
        }
    });
    Effect::new(move || {
        if input.get().is_some() {
            request_animation_frame(|| {
                focus::by_id(INPUT);
            });
        }
    });
    view! {
        <div class="picker__search">
            <label class="picker__label" for=INPUT>"Name"</label>
            <input
                class="text-field"
                id=INPUT
                node_ref=input
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=LIST
                aria-activedescendant=move || active.get().map(|line| option_id(line.partner))
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    present_idx.set(0);
                    n_mounted.set(SOME);
                    // Else what was scrolled to is the end of the new list, and more of it is mounted.
                    if let Some(list) = list.get_untracked() {
                        measure::scroll_to(&list, 0.0);
                    }
                }
                on:keydown=on_key
            />
        </div>
        <p class="picker__count">{move || count(&found.get())}</p>
        <Show when=is_pairing><WhatIfLine /></Show>
        <ul
            class="picker__list"
            id=LIST
            node_ref=list
            role="listbox"
            aria-label="Best first"
            on:scroll=scrolled
        >
            <For each=move || numbered.get() key=|one| one.clone() let:one>
                <Choice nth=one.0 n_all line=one.1 present_idx on_choose=choose />
            </For>
        </ul>
    }
}

/// One line of the list.
#[component]
fn Choice(
    /// Its number, from 0.
    nth: usize,
    /// How many there are.
    n_all: Signal<usize>,
    /// What it says.
    line: Line,
    /// The number of the line that the keyboard is on.
    #[prop(into)]
    present_idx: Signal<usize>,
    /// Called when it is chosen.
    #[prop(into)]
    on_choose: Callback<Line>,
) -> impl IntoView {
    let chosen = line.clone();
    view! {
        <li
            class="picker__option"
            id=option_id(line.partner)
            role="option"
            aria-selected=move || (present_idx.get() == nth).to_string()
            aria-disabled=(!line.is_possible).then_some("true")
            aria-posinset=nth + 1
            aria-setsize=move || n_all.get()
            on:click=move |_| on_choose.run(chosen.clone())
        >
            <span class="picker__name">{line.name}</span>
            {line.is_possible.then(|| view! { <ScoreBar score=line.score /> })}
            <span class="picker__does">
                {(!line.is_possible).then_some("Not possible: ")} {line.does}
            </span>
        </li>
    }
}

fn option_id(partner: ApplicationId) -> String {
    format!("option-{partner}")
}

fn count(found: &[Line]) -> String {
    let n_possible = found.iter().filter(|line| line.is_possible).count();
    format!(
        "{n_possible} possible, {} not allowed. Best first.",
        found.len() - n_possible
    )
}

fn place(state: BoardState, partner: ApplicationId) {
    match state.picking().get_untracked() {
        Some(Picking::Mentor(mentee)) => state.place(mentee, partner, None, Trigger::Keyboard),
        Some(Picking::Swap(first)) => {
            let command = Command::Swap {
                first,
                second: partner,
                override_reason: None,
            };
            state.make(command, Trigger::Keyboard);
        }
        None => (),
    }
}

/// The mentors for whoever is moved: the best result first.
fn places(desk: &Desk, group: &[ApplicationId]) -> Vec<Line> {
    let Some(first) = group.first() else {
        return Vec::new();
    };
    rank::options(desk, group)
        .into_iter()
        .map(|place| Line {
            partner: place.mentor,
            name: desk.name(place.mentor).to_owned(),
            score: place.score,
            does: words::verdict_words(desk, *first, &place.verdict),
            is_possible: matches!(place.verdict, Verdict::Does { .. }),
        })
        .collect()
}

/// The mentees of other mentors: those with whom both pairs gain most first.
fn swaps(desk: &Desk, mentee: ApplicationId) -> Vec<Line> {
    let Some(own) = desk.mentor_of(mentee) else {
        return Vec::new();
    };
    let placements = desk.board().placements.iter();
    let mut lines: Vec<(i32, Line)> = placements
        .filter(|(other, placement)| **other != mentee && placement.mentor != own)
        .map(|(other, placement)| {
            let mentor = placement.mentor;
            let (here, there) = (desk.score(mentee, mentor), desk.score(*other, own));
            let before = desk.score(mentee, own) + desk.score(*other, mentor);
            let gain = i32::from(here) + i32::from(there) - i32::from(before);
            let means = desk.board().what_drop_means(mentee, mentor, Some(*other));
            let line = Line {
                partner: *other,
                name: format!("{} (with {})", desk.name(*other), desk.name(mentor)),
                score: here,
                does: match &means {
                    Ok(_) => format!("{:+} together", gain / 10),
                    Err(refusal) => words::refused_short(desk, mentee, refusal),
                },
                is_possible: means.is_ok(),
            };
            (gain, line)
        })
        .collect();
    order::sort_by_key(&mut lines, |(gain, line)| {
        (!line.is_possible, Reverse(*gain), fold(&line.name))
    });
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Where a key leads in a list of so many; nothing for other keys.
fn moved(key: &str, from: usize, n_lines: usize) -> Option<usize> {
    let last = n_lines.checked_sub(1)?;
    match key {
        "ArrowDown" => Some((from + 1).min(last)),
        "ArrowUp" => Some(from.saturating_sub(1)),
        "PageDown" => Some((from + PAGE).min(last)),
        "PageUp" => Some(from.saturating_sub(PAGE)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_inside_the_list() {
        assert_eq!(moved("ArrowDown", 0, 3), Some(1));
        assert_eq!(moved("ArrowDown", 2, 3), Some(2));
        assert_eq!(moved("ArrowUp", 0, 3), Some(0));
        assert_eq!(moved("PageDown", 1, 3), Some(2));
        assert_eq!(moved("PageUp", 8, 9), Some(2));
        assert_eq!(moved("ArrowDown", 0, 0), None);
        assert_eq!(moved("a", 0, 3), None);
    }
}
