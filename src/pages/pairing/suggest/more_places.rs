//! Whom to ask for one more place, with what it would bring and who would move.

use leptos::prelude::*;
use tandem_domain::matching::{Answer, How, Keeping, MorePlace, Question};

use super::consult::{Consult, Talk};
use super::plans::Working;
use super::{state, words};
use crate::pages::pairing::desk::Desk;

/// How many mentors are named.
const N_MOST: usize = 10;

/// Whom to ask, the best first.
#[component]
pub(super) fn MorePlaces() -> impl IntoView {
    let consult = Consult::new(state().scenario());
    let problem = state().desk().with_untracked(Desk::problem);
    let how = How {
        keeping: Keeping::Locked,
        ..How::default()
    };
    consult.ask(problem, how, Question::MorePlaces);
    let content = move || match consult.talk().get() {
        Talk::Answered(answer) => match *answer {
            Answer::MorePlaces { mentors } => view! { <Mentors mentors /> }.into_any(),
            _ => ().into_any(),
        },
        _ => ().into_any(),
    };
    view! {
        <p>
            "What one more place with a mentor would bring to the balanced plan in which only \
            locked pairs are held."
        </p>
        <Working consult />
        {content}
    }
}

/// The mentors.
#[component]
fn Mentors(
    /// The best first.
    mentors: Vec<MorePlace>,
) -> impl IntoView {
    let n_more = mentors.len().saturating_sub(N_MOST);
    let is_empty = mentors.is_empty();
    let lines = mentors
        .into_iter()
        .take(N_MOST)
        .map(|more| view! { <Mentor more /> })
        .collect_view();
    view! {
        {is_empty.then(|| view! { <p>"One more place with any mentor would bring nothing."</p> })}
        <ol class="suggest__asks">{lines}</ol>
        {(n_more > 0).then(|| view! { <p>{format!("{n_more} more mentors would help, too.")}</p> })}
    }
}

/// One mentor.
#[component]
fn Mentor(
    /// What the place would bring.
    more: MorePlace,
) -> impl IntoView {
    let (name, chain) = state().desk().with_untracked(|desk| {
        (
            desk.name(more.mentor).to_owned(),
            words::chain(desk, &more.chain),
        )
    });
    view! {
        <li class="suggest__ask">
            <strong>{name}</strong>
            ": "
            {words::change(&more.effect)}
            "."
            <span class="suggest__chain">{chain}</span>
        </li>
    }
}
