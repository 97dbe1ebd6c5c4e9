//! Pairs that break a rule by now and stand in the way of a move.

use leptos::prelude::*;
use leptos_router::components::A;
use tandem_api::cohort::{self, BrokenPair};
use tandem_domain::cohort::CohortState;

use crate::api::error::ApiError;
use crate::ui::notice::{Kind, Notice};
use crate::widgets::match_reasons::rule_words;

/// The pairs that the server named as it refused a move.
pub(super) fn broken_pairs(error: &ApiError) -> Option<Vec<BrokenPair>> {
    let ApiError::Refused(problem) = error else {
        return None;
    };
    let named = serde_json::from_value::<cohort::BrokenPairs>(problem.extra.clone()?).ok()?;
    Some(named.broken)
}

/// Pairs that break a rule by now, and how they are put right.
#[component]
pub(super) fn BrokenPairs(
    /// The pairs.
    pairs: Vec<BrokenPair>,
    /// Where the cohort would be moved to.
    to: CohortState,
    /// The address of the board.
    board: String,
) -> impl IntoView {
    let title = match pairs.len() {
        1 => "1 pair breaks a rule by now".to_owned(),
        count => format!("{count} pairs break a rule by now"),
    };
    let lines = pairs
        .into_iter()
        .map(|pair| {
            let why: Vec<&str> = pair.rules.into_iter().map(rule_words).collect();
            view! {
                <li>
                    <strong>{format!("{} with {}", pair.mentee, pair.mentor)}</strong>
                    {format!(": {}.", why.join("; "))}
                </li>
            }
        })
        .collect_view();
    let remedy = match to {
        CohortState::Published => {
            "Nothing is published like this. Move the cohort back to pairing; there the committee \
             takes such pairs apart."
        }
        _ => "The board is not signed off like this. Take such pairs apart first.",
    };
    view! {
        <Notice kind=Kind::Warning title>
            <ul class="move__broken">{lines}</ul>
            <p>{remedy} " " <A href=board>"Go to the board"</A></p>
        </Notice>
    }
}
