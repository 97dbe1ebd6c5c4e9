//! The lines around the board: how it stands and what can be done with all of it; search, which
//! mentees and in which order, undo; and on a phone, below, what happened last.

use leptos::prelude::*;

use super::desk::Desk;
use super::filter_panel::FilterPanel;
use super::filters::{Query, Show as Shown, Sort, View};
use super::history;
use super::rank::summary::Summary;
use super::scenarios::ScenariosOfCohort;
use super::scoring::ScoringOfCohort;
use super::state::BoardState;
use super::suggest::Suggest;
use super::words;
use crate::ui::button::Button;
use crate::ui::heading::PageHeading;
use crate::widgets::score_bar::shown;

/// The id of the search field.
pub(super) const SEARCH: &str = "board-search";

/// The head of the page: how the board stands, and what can be done with all of it.
#[component]
pub(super) fn BoardHead(
    /// Called when help is wanted.
    on_help: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="board-head">
            <PageHeading>"Board"</PageHeading>
            <StatusLine />
            <div class="board-head__tools" role="group" aria-label="The whole board">
                <Suggest />
                <ScenariosOfCohort />
                <ScoringOfCohort />
                <HistoryButton />
                <Button on_press=on_help>"Help"</Button>
            </div>
        </div>
    }
}

/// The line above the board.
#[component]
pub(super) fn Toolbar(
    /// Called with what is asked for now.
    on_query: Callback<Query>,
) -> impl IntoView {
    let state = BoardState::expect();
    let query = state.query();
    let changed = move |change: &dyn Fn(&mut Query)| {
        let mut wanted = query.get_untracked();
        change(&mut wanted);
        on_query.run(wanted);
    };
    let searched = move |event| {
        let search = event_target_value(&event);
        changed(&|query| query.search.clone_from(&search));
    };
    let sorted = move |event| {
        let slug = event_target_value(&event);
        changed(&|query| query.sort = Sort::from_slug(Some(&slug)));
    };
    let sorts = Sort::ALL
        .map(|sort| {
            view! {
                <option
                    value=sort.slug()
                    prop:selected=move || query.with(|query| query.sort == sort)
                >
                    {sort.label()}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="toolbar" role="group" aria-label="Board tools">
            <div class="toolbar__search">
                <label class="visually-hidden" for=SEARCH>"Search people, places, areas"</label>
                <input
                    class="text-field toolbar__input"
                    id=SEARCH
                    type="search"
                    placeholder="Search people, places, areas"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || query.with(|query| query.search.clone())
                    on:input=searched
                />
            </div>
            <ShowChoice on_choose=move |show| changed(&|query| query.show = show) />
            <div class="toolbar__sort select">
                <label class="visually-hidden" for="board-sort">"Order of the mentees"</label>
                <select class="select__input toolbar__select" id="board-sort" on:change=sorted>
                    {sorts}
                </select>
            </div>
            <FilterPanel on_query />
            <ViewChoice on_choose=move |view| changed(&|query| query.view = view) />
            <div class="toolbar__history">
                <Undoing />
            </div>
        </div>
    }
}

/// Which mentees are listed.
#[component]
fn ShowChoice(
    /// Called with what is chosen.
    #[prop(into)]
    on_choose: Callback<Shown>,
) -> impl IntoView {
    let query = BoardState::expect().query();
    let choices = Shown::ALL
        .map(|show| {
            view! {
                <button
                    type="button"
                    class="toolbar__choice"
                    aria-pressed=move || query.with(|query| query.show == show).to_string()
                    on:click=move |_| on_choose.run(show)
                >
                    {show.label()}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="toolbar__choices" role="group" aria-label="Which mentees are listed">
            {choices}
        </div>
    }
}

/// How the board is drawn.
#[component]
fn ViewChoice(
    /// Called with what is chosen.
    #[prop(into)]
    on_choose: Callback<View>,
) -> impl IntoView {
    let query = BoardState::expect().query();
    let choices = View::ALL
        .map(|view| {
            view! {
                <button
                    type="button"
                    class="toolbar__choice"
                    aria-pressed=move || query.with(|query| query.view == view).to_string()
                    on:click=move |_| on_choose.run(view)
                >
                    {view.label()}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="toolbar__choices" role="group" aria-label="How the board is drawn">
            {choices}
        </div>
    }
}

/// Undo and redo.
#[component]
fn Undoing() -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let cannot_undo = Memo::new(move |_| {
        desk.with(|desk| {
            !desk.may_change() || history::undo(desk) == Err(history::Hindrance::Nothing)
        })
    });
    let cannot_redo = Memo::new(move |_| {
        desk.with(|desk| {
            !desk.may_change() || history::redo(desk) == Err(history::Hindrance::Nothing)
        })
    });
    view! {
        <Button on_press=move |()| state.undo() disabled=cannot_undo>"Undo"</Button>
        <Button on_press=move |()| state.redo() disabled=cannot_redo>"Redo"</Button>
    }
}

/// What happened last and the way back, at the lower edge of a phone, where the tools are out of
/// sight as soon as the list is touched. Drawn on narrow pages only, instead of those above.
#[component]
pub(super) fn LastDone() -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let last = Memo::new(move |_| desk.with(|desk| last(state, desk)));
    view! {
        <div class="last-done" role="group" aria-label="Undo and redo">
            <p class="last-done__text">{move || last.get()}</p>
            <Undoing />
        </div>
    }
}

/// Opens and closes the history above the board.
#[component]
fn HistoryButton() -> impl IntoView {
    let state = BoardState::expect();
    let is_open = state.history_open();
    view! {
        <button
            type="button"
            class="button"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            "History"
        </button>
    }
}

/// How the board stands and what happened last, in one line.
#[component]
fn StatusLine() -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let numbers = Memo::new(move |_| state.summary().with(numbers));
    let last = Memo::new(move |_| desk.with(|desk| last(state, desk)));
    let others = Memo::new(move |_| {
        state
            .others()
            .with(|others| desk.with(|desk| words::here::others(desk, others)))
    });
    let waiting = Memo::new(move |_| desk.with(|desk| desk.pending().len()));
    view! {
        <p class="status-line">
            <span class="status-line__numbers">{move || numbers.get()}</span>
            <span class="status-line__last">{move || last.get()}</span>
            <span class="status-line__here">{move || others.get()}</span>
            <span class="status-line__saving" data-busy=move || (waiting.get() > 0).then_some("true")>
                {move || match waiting.get() {
                    0 => "All saved".to_owned(),
                    1 => "Saving 1 change …".to_owned(),
                    n_waiting => format!("Saving {n_waiting} changes …"),
                }}
            </span>
        </p>
    }
}

fn numbers(summary: &Summary) -> String {
    let scores = if summary.n_pairs == 0 {
        String::new()
    } else {
        format!(
            ", average {}, lowest {}",
            shown(summary.average),
            shown(summary.lowest)
        )
    };
    let pairs = if summary.n_pairs == 1 {
        "pair"
    } else {
        "pairs"
    };
    format!(
        "{} {pairs}{scores}, {} without a mentor",
        summary.n_pairs, summary.n_unpaired
    )
}

fn last(state: BoardState, desk: &Desk) -> Option<String> {
    let entry = desk.log().last()?;
    Some(format!(
        "{} at {}.",
        words::deed::deed(desk, entry),
        state.time(entry.at)
    ))
}
