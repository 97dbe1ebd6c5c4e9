//! A table of toggles: rows and columns with headings, one stop of the Tab key, arrow keys inside.

use leptos::ev;
use leptos::prelude::*;

use crate::dom::focus;

/// A heading of a row or column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The word.
    pub name: String,
    /// A second, shorter line that is shown also where there is little room.
    pub short: String,
}

/// A table of toggles.
#[component]
pub fn ToggleGrid(
    /// The id of the table.
    #[prop(into)]
    id: String,
    /// What the table is, for those who listen.
    #[prop(into)]
    caption: String,
    /// The headings of the rows.
    rows: Vec<Heading>,
    /// The headings of the columns.
    columns: Vec<Heading>,
    /// The places that are on, as (row, column).
    #[prop(into)]
    value: Signal<Vec<(usize, usize)>>,
    /// Called with the place that was pressed.
    #[prop(into)]
    on_toggle: Callback<(usize, usize)>,
) -> impl IntoView {
    let (n_rows, n_columns) = (rows.len(), columns.len());
    let current = RwSignal::new((0, 0));
    let grid = StoredValue::new(id.clone());
    let moved = move |event: ev::KeyboardEvent| {
        let Some(place) = step(&event.key(), current.get_untracked(), (n_rows, n_columns)) else {
            return;
        };
        event.prevent_default();
        current.set(place);
        focus::by_id(&cell_id(&grid.get_value(), place));
    };
    let head = columns
        .iter()
        .map(|column| column_head(column.clone()))
        .collect_view();
    let body = rows
        .into_iter()
        .enumerate()
        .map(|(row_idx, row)| {
            let cells = columns
                .iter()
                .enumerate()
                .map(|(column_idx, column)| {
                    let name = format!("{}, {} {}", row.name, column.name, column.short);
                    let place = (row_idx, column_idx);
                    let id = cell_id(&id, place);
                    view! { <Cell id name place value current on_toggle /> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row" class="toggle-grid__row">
                        <span class="toggle-grid__name">{row.name}</span>
                        <span class="toggle-grid__short" aria-hidden="true">
                            {row.short}
                        </span>
                    </th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="toggle-grid" id=id.clone() on:keydown=moved>
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <td></td>
                    {head}
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

fn column_head(column: Heading) -> impl IntoView {
    view! {
        <th scope="col" class="toggle-grid__column">
            <span class="toggle-grid__name">{column.name}</span>
            <span class="toggle-grid__hours">{column.short}</span>
        </th>
    }
}

/// One toggle.
#[component]
fn Cell(
    /// Its id.
    id: String,
    /// Row and column in words.
    name: String,
    /// Row and column.
    place: (usize, usize),
    /// The places that are on.
    value: Signal<Vec<(usize, usize)>>,
    /// The place where the keyboard is, or would come in.
    current: RwSignal<(usize, usize)>,
    /// Called with the place that was pressed.
    on_toggle: Callback<(usize, usize)>,
) -> impl IntoView {
    let is_on = Memo::new(move |_| value.with(|value| value.contains(&place)));
    let pressed = move |_| {
        current.set(place);
        on_toggle.run(place);
    };
    view! {
        <td class="toggle-grid__cell">
            <button
                type="button"
                class="toggle-grid__toggle"
                id=id
                aria-label=name
                aria-pressed=move || if is_on.get() { "true" } else { "false" }
                tabindex=move || if current.get() == place { "0" } else { "-1" }
                on:click=pressed
            ></button>
        </td>
    }
}

fn cell_id(grid: &str, (row_idx, column_idx): (usize, usize)) -> String {
    format!("{grid}-{row_idx}-{column_idx}")
}

/// Where an arrow key leads. Edges are edges.
fn step(
    key: &str,
    (row_idx, column_idx): (usize, usize),
    (n_rows, n_columns): (usize, usize),
) -> Option<(usize, usize)> {
    match key {
        "ArrowUp" => Some((row_idx.saturating_sub(1), column_idx)),
        "ArrowDown" => Some(((row_idx + 1).min(n_rows.saturating_sub(1)), column_idx)),
        "ArrowLeft" => Some((row_idx, column_idx.saturating_sub(1))),
        "ArrowRight" => Some((row_idx, (column_idx + 1).min(n_columns.saturating_sub(1)))),
        "Home" => Some((row_idx, 0)),
        "End" => Some((row_idx, n_columns.saturating_sub(1))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_stop_at_the_edges() {
        let size = (7, 6);
        assert_eq!(step("ArrowUp", (0, 0), size), Some((0, 0)));
        assert_eq!(step("ArrowDown", (6, 2), size), Some((6, 2)));
        assert_eq!(step("ArrowRight", (1, 2), size), Some((1, 3)));
        assert_eq!(step("End", (1, 2), size), Some((1, 5)));
        assert_eq!(step("Tab", (1, 2), size), None);
    }
}
