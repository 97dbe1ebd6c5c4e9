//! What letting go at the pointer would do.

use leptos::prelude::*;
use tandem_api::board::HereView;
use tandem_domain::id::ApplicationId;

use super::{over, verdict_words};
use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::rank::{self, Place, Verdict};
use crate::pages::pairing::state::{BoardState, Over};

/// What letting go at the pointer would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages::pairing) struct Here {
    /// The score of the pair, if one would be made.
    pub(in crate::pages::pairing) score: Option<u16>,
    /// In a few words.
    pub(in crate::pages::pairing) text: String,
}

/// What letting go at the pointer would do; nothing while nobody is held.
pub(in crate::pages::pairing) fn here(state: BoardState) -> Option<Here> {
    let held = state.held().get()?.mentee;
    let over = state.over().get();
    let group = state.group(held);
    state.desk().with(|desk| {
        let place = over.and_then(|over| place_over(desk, &group, over));
        Some(match (place, over) {
            (Some(place), _) => Here {
                score: matches!(place.verdict, Verdict::Does { .. }).then_some(place.score),
                text: format!(
                    "{}: {}",
                    desk.name(place.mentor),
                    verdict_words(desk, held, &place.verdict)
                ),
            },
            (None, Some(Over::Pool)) if desk.mentor_of(held).is_some() => Here {
                score: None,
                text: "Unpair".to_owned(),
            },
            (None, _) => Here {
                score: None,
                text: "Drag to a mentor".to_owned(),
            },
        })
    })
}

/// What is said when the pointer rests here.
pub(in crate::pages::pairing) fn over_now(state: BoardState, at: Over) -> Option<String> {
    let held = state.held().get_untracked()?.mentee;
    let group = untrack(|| state.group(held));
    state.desk().with_untracked(|desk| match at {
        Over::Pool => desk
            .mentor_of(held)
            .map(|_| format!("Unpair {}.", desk.name(held))),
        Over::Mentor(..) => place_over(desk, &group, at).map(|place| over(desk, held, &place)),
    })
}

/// "Also here: Dana Hill, placing Maria Cruz"; nothing if nobody else is.
pub(in crate::pages::pairing) fn others(desk: &Desk, others: &[HereView]) -> Option<String> {
    let place = |here: &HereView| match (here.holding, here.focus) {
        (Some(held), _) => format!("{}, placing {}", here.name, desk.name(held)),
        (None, Some(focus)) => format!("{}, at {}", here.name, desk.name(focus)),
        (None, None) => here.name.clone(),
    };
    let places: Vec<String> = others.iter().map(place).collect();
    (!places.is_empty()).then(|| format!("Also here: {}.", places.join("; ")))
}

/// Who else is busy with somebody.
pub(in crate::pages::pairing) fn busy_with(
    others: &[HereView],
    who: ApplicationId,
) -> Option<String> {
    let holds = others.iter().find(|here| here.holding == Some(who));
    let looks = others.iter().find(|here| here.focus == Some(who));
    match (holds, looks) {
        (Some(here), _) => Some(format!("{} is placing", here.name)),
        (None, Some(here)) => Some(format!("{} is here", here.name)),
        (None, None) => None,
    }
}

fn place_over(desk: &Desk, group: &[ApplicationId], at: Over) -> Option<Place> {
    match at {
        Over::Pool => None,
        Over::Mentor(mentor, near) => Some(rank::group::place(desk, group, mentor, near)),
    }
}
