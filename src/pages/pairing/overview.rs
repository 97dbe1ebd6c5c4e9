//! How the board stands as a whole, while nobody is in focus.

use leptos::prelude::*;

use super::comments::BoardComments;
use super::rank::summary::Summary;
use super::state::BoardState;
use super::words;
use crate::widgets::score_bar::shown;

const N_RECENT: usize = 8;

/// Numbers of the board, and what was done last.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let desk = BoardState::expect().desk();
    let recent = Memo::new(move |_| {
        desk.with(|desk| {
            let entries = desk.log().iter().rev().take(N_RECENT);
            entries
                .map(|entry| (entry.rev, words::deed::deed(desk, entry)))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="overview">
            <h2 class="overview__title">"The board so far"</h2>
            <Numbers />
            <p class="overview__help">
                "Choose a card to see the person, the reasons of a score and the best alternatives."
            </p>
            <BoardComments />
            <Show when=move || !recent.with(Vec::is_empty)>
                <h3 class="overview__subtitle">"Latest changes"</h3>
                <ol class="overview__recent">
                    <For each=move || recent.get() key=|(rev, _)| *rev let:one>
                        <li>{one.1}</li>
                    </For>
                </ol>
            </Show>
        </div>
    }
}

/// How many pairs, how good.
#[component]
fn Numbers() -> impl IntoView {
    let whole = BoardState::expect().summary();
    let number = |(name, value): (&'static str, String)| {
        view! {
            <div class="overview__number">
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let band = |(n_pairs, band): (usize, &'static str)| {
        view! {
            <li class="overview__band" data-band=band>
                <span class="overview__count">{n_pairs}</span>
                " "
                {band}
            </li>
        }
    };
    let bands = move || {
        let bands = whole
            .get()
            .bands
            .into_iter()
            .zip(["strong", "good", "fair", "weak"]);
        bands.map(band).collect_view()
    };
    view! {
        <dl class="overview__numbers">{move || numbers(whole.get()).map(number).collect_view()}</dl>
        <ul class="overview__bands" aria-label="Pairs by score">
            {bands}
        </ul>
    }
}

fn numbers(summary: Summary) -> [(&'static str, String); 6] {
    let score = |score: u16| match summary.n_pairs {
        0 => "–".to_owned(),
        _ => shown(score).to_string(),
    };
    [
        ("Pairs", summary.n_pairs.to_string()),
        ("of these locked", summary.n_locked.to_string()),
        ("Mentees without a mentor", summary.n_unpaired.to_string()),
        ("Free places", summary.n_free.to_string()),
        ("Average score", score(summary.average)),
        ("Lowest score", score(summary.lowest)),
    ]
}
