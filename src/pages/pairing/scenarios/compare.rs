//! Boards side by side, and how one of them differs from the board in force.

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_api::scenario::{ComparedBoard, Comparison};
use tandem_domain::board::AdoptedFrom;
use tandem_domain::id::ScenarioId;

use super::Shelf;
use super::differences::{Differences, Sides};
use crate::dom::{announce, focus};
use crate::pages::pairing::suggest::figures::ROWS;

/// The id of the heading above the table.
const TITLE: &str = "comparison-title";
/// The id of the heading above the differences.
const DIFFERENCES: &str = "differences-title";

/// The boards that were put side by side, if any were.
#[component]
pub(super) fn Compare(
    /// The boards as this dialog has them.
    shelf: Shelf,
) -> impl IntoView {
    let looked_at = RwSignal::new(None::<ScenarioId>);
    move || {
        let Comparison { boards, people } = shelf.compared.get()?;
        let names = StoredValue::new(people.into_iter().collect::<BTreeMap<_, _>>());
        let others: Vec<ComparedBoard> = boards
            .iter()
            .filter(|board| !board.scenario.in_force)
            .cloned()
            .collect();
        // What was looked at before is looked at again, if it is still among them.
        let is_there = |id: &ScenarioId| others.iter().any(|board| board.scenario.id == *id);
        let first = others.first().map(|board| board.scenario.id);
        let kept = looked_at.get_untracked().filter(is_there).or(first);
        looked_at.set(kept);
        let rows = move || {
            let looked_at = looked_at.get()?;
            let board = others
                .iter()
                .find(|board| board.scenario.id == looked_at)?
                .clone();
            Some(view! { <Chosen shelf board names=names.get_value() /> })
        };
        Some(view! {
            <h3 class="suggest__subtitle" id=TITLE tabindex="-1">"Side by side"</h3>
            <Table boards looked_at />
            {rows}
        })
    }
}

/// Gives the keyboard to the comparison, and says that it is there.
pub(super) fn show() {
    request_animation_frame(|| {
        focus::by_id(TITLE);
    });
    announce::polite("The boards stand side by side.");
}

/// The figures of the boards.
#[component]
fn Table(
    /// The boards.
    boards: Vec<ComparedBoard>,
    /// Whose differences are shown.
    looked_at: RwSignal<Option<ScenarioId>>,
) -> impl IntoView {
    let heads = boards
        .iter()
        .map(|board| view! { <Head board=board.clone() looked_at /> })
        .collect_view();
    let row = |name: &'static str, cells: Vec<String>| {
        let cells = cells
            .into_iter()
            .map(|cell| view! { <td>{cell}</td> })
            .collect_view();
        view! { <tr><th scope="row">{name}</th>{cells}</tr> }
    };
    let rows = ROWS
        .iter()
        .map(|(name, value)| {
            let figures = boards.iter().map(|board| &board.compared.figures);
            row(name, figures.map(value).collect())
        })
        .collect_view();
    let broken = boards.iter().map(|board| board.compared.broken.to_string());
    view! {
        <div class="suggest__wide" tabindex="0" role="region" aria-label="Boards side by side">
            <table class="suggest__figures">
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">"Figure"</span></th>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    {row("Pairs that a rule forbids by now", broken.collect())}
                </tbody>
            </table>
        </div>
    }
}

/// The name of a board above its figures.
#[component]
fn Head(
    /// Which.
    board: ComparedBoard,
    /// Whose differences are shown.
    looked_at: RwSignal<Option<ScenarioId>>,
) -> impl IntoView {
    let (id, name) = (board.scenario.id, board.scenario.name);
    if board.scenario.in_force {
        return view! {
            <th scope="col">
                {name}
                <span class="suggest__proof">"in force"</span>
            </th>
        }
        .into_any();
    }
    view! {
        <th scope="col">
            <button
                type="button"
                class="suggest__goal"
                aria-pressed=move || (looked_at.get() == Some(id)).to_string()
                on:click=move |_| looked_at.set(Some(id))
            >
                {name}
            </button>
            <span class="suggest__proof">"show differences"</span>
        </th>
    }
    .into_any()
}

/// How one board differs from the one in force.
#[component]
fn Chosen(
    /// The boards as this dialog has them.
    shelf: Shelf,
    /// Which.
    board: ComparedBoard,
    /// The names of everybody in the differences.
    names: BTreeMap<tandem_domain::id::ApplicationId, String>,
) -> impl IntoView {
    let name = board.scenario.name.clone();
    let in_force = shelf.in_force()?;
    let sides = Sides {
        from: AdoptedFrom::Scenario {
            scenario: board.scenario.id,
            name: name.clone(),
        },
        onto: in_force.id,
        onto_name: "the board in force".to_owned(),
        verb: "Adopt",
    };
    let looked_again = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            shelf.read_all().await;
            request_animation_frame(|| {
                focus::by_id(DIFFERENCES);
            });
        });
    });
    Some(view! {
        <h3 class="suggest__subtitle" id=DIFFERENCES tabindex="-1">
            {format!("From “{}” to “{name}”", in_force.name)}
        </h3>
        <Differences rows=board.compared.differences names sides on_changed=looked_again />
    })
}
