//! How firmly the pairs of the balanced plan stand under other weights and other draws.

use leptos::prelude::*;
use tandem_domain::matching::{Answer, Firmness, How, Keeping, N_SEEDS, Question};

use super::consult::{Consult, Talk};
use super::plans::Working;
use super::state;
use crate::pages::pairing::desk::Desk;

/// The pairs that do not stand in every plan, the most fragile first.
#[component]
pub(super) fn FirmnessOfPairs() -> impl IntoView {
    let consult = Consult::new(state().scenario());
    let problem = state().desk().with_untracked(Desk::problem);
    let how = How {
        keeping: Keeping::Locked,
        ..How::default()
    };
    consult.ask(problem, how, Question::Firmness);
    let content = move || match consult.talk().get() {
        Talk::Answered(answer) => match *answer {
            Answer::Firmness { mentees } => view! { <People mentees /> }.into_any(),
            _ => ().into_any(),
        },
        _ => ().into_any(),
    };
    view! {
        <p>
            "The balanced plan, solved again with each weight a fifth more and a fifth less, and \
            with other draws between plans that are equally good."
        </p>
        <Working consult />
        {content}
    }
}

/// The people.
#[component]
fn People(
    /// How firmly each place stands.
    mentees: Vec<Firmness>,
) -> impl IntoView {
    let n_solid = mentees.iter().filter(|one| one.same == one.of).count();
    let n_all = mentees.len();
    let mut fragile: Vec<Firmness> = mentees
        .into_iter()
        .filter(|one| one.same < one.of)
        .collect();
    fragile.sort_unstable_by_key(|one| (one.same, one.mentee));
    let lines = fragile
        .into_iter()
        .map(|one| {
            let names = state().desk().with_untracked(|desk| {
                let mentor = one.mentor.map_or("no mentor", |mentor| desk.name(mentor));
                format!("{} with {mentor}", desk.name(one.mentee))
            });
            let is_tie = one.same_by_seed < N_SEEDS;
            view! {
                <li>
                    {names} ": " {format!("{} of {}", one.same, one.of)}
                    {is_tie.then_some(". Partly chance: other plans are equally good")}
                </li>
            }
        })
        .collect_view();
    view! {
        <p>{format!("{n_solid} of {n_all} mentees have the same place in every plan.")}</p>
        <ul class="suggest__asks">{lines}</ul>
    }
}
