//! The figures of several plans, side by side with the board as it is.

use leptos::prelude::*;
use tandem_domain::matching::{Figures, Goal, PlanAnswer};

use super::words;
use crate::widgets::score_bar::shown;

/// A name and what it is of each column.
type Row = (&'static str, fn(&Figures) -> String);

/// What is told of a plan or a board.
pub(in crate::pages::pairing) const ROWS: [Row; 11] = [
    ("Pairs", |one| one.pairs.to_string()),
    ("Without a mentor", |one| one.unmatched.to_string()),
    ("Average", |one| shown(one.mean).to_string()),
    ("Lowest", |one| score(one.lowest)),
    ("One in twenty is at most", |one| {
        score(one.fifth_percentile)
    }),
    ("Below 50 / 60 / 70", |one| {
        let [fifty, sixty, seventy] = one.below;
        format!("{fifty} / {sixty} / {seventy}")
    }),
    ("Mentor offers the first area", |one| {
        let rate = 100 * one.first_area / one.pairs.max(1);
        format!("{} ({rate} %)", one.first_area)
    }),
    ("Under 2 hours in common", |one| one.few_hours.to_string()),
    ("Would both rather have each other", |one| {
        one.blocking.to_string()
    }),
    ("Sum of scores", |one| (one.total / 10).to_string()),
    ("People who change", |one| one.changes.to_string()),
];

fn score(score: Option<u16>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| shown(score).to_string())
}

/// The figures of several plans.
#[component]
pub(super) fn FiguresTable(
    /// The board as it is.
    now: Figures,
    /// The plans.
    plans: Vec<PlanAnswer>,
    /// Whose changes are shown.
    shown_goal: RwSignal<Goal>,
) -> impl IntoView {
    let heads = plans
        .iter()
        .map(|plan| {
            let goal = plan.goal;
            let proof = if plan.certified {
                "proven"
            } else {
                "not proven"
            };
            view! {
                <th scope="col">
                    <button
                        type="button"
                        class="suggest__goal"
                        title=words::goal_meaning(goal)
                        aria-pressed=move || (shown_goal.get() == goal).to_string()
                        on:click=move |_| shown_goal.set(goal)
                    >
                        {words::goal(goal)}
                    </button>
                    <span class="suggest__proof">{proof}</span>
                </th>
            }
        })
        .collect_view();
    let rows = ROWS
        .map(|(name, value)| {
            let cells = plans.iter().map(|plan| {
                let goal = plan.goal;
                let text = value(&plan.figures);
                view! {
                    <td data-shown=move || (shown_goal.get() == goal).then_some("true")>{text}</td>
                }
            });
            let cells = cells.collect_view();
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{value(&now)}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="suggest__wide" tabindex="0" role="region" aria-label="Plans side by side">
            <table class="suggest__figures">
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">"Figure"</span></th>
                        <th scope="col">"Board now"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
