//! How the board stands as a whole, while nobody is in focus.

use leptos::prelude::*;

use super::rank::{self, Summary};
use super::state::BoardState;
use super::words;
use crate::widgets::score_bar::shown;

const N_RECENT: usize = 8;

/// Numbers of the board, and what was done last.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let desk = BoardState::expect().desk();
    let summary = Memo::new(move |_| desk.with(rank::summary));
    let numbers = move || {
        let Summary {
            n_pairs,
            n_locked,
            n_unpaired,
            n_free,
            average,
            lowest,
            ..
        } = summary.get();
        let score = |score: u16| {
            if n_pairs == 0 {
                "–".to_owned()
            } else {
                shown(score).to_string()
            }
        };
        [
            ("Pairs", n_pairs.to_string()),
            ("of these locked", n_locked.to_string()),
            ("Mentees without a mentor", n_unpaired.to_string()),
            ("Free places", n_free.to_string()),
            ("Average score", score(average)),
            ("Lowest score", score(lowest)),
        ]
        .map(|(name, value)| {
            view! {
                <div class="overview__number"><dt>{name}</dt><dd>{value}</dd></div>
            }
        })
        .collect_view()
    };
    let bands = move || {
        summary
            .get()
            .bands
            .into_iter()
            .zip(["strong", "good", "fair", "weak"])
            .map(|(n_pairs, band)| {
                view! {
                    <li class="overview__band" data-band=band>
                        <span class="overview__count">{n_pairs}</span> {band}
                    </li>
                }
            })
            .collect_view()
    };
    let recent = Memo::new(move |_| {
        desk.with(|desk| {
            let entries = desk.log().iter().rev().take(N_RECENT);
            entries
                .map(|entry| (entry.rev, words::deed(desk, entry)))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="overview">
            <h2 class="overview__title">"The board so far"</h2>
            <dl class="overview__numbers">{numbers}</dl>
            <ul class="overview__bands" aria-label="Pairs by score">{bands}</ul>
            <p class="overview__help">
                "Choose a card to see the person, the reasons of a score and the best alternatives."
            </p>
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
