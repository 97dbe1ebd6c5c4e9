//! What a plan would change, each change with a box; and adopting it, whole or in part.

use std::collections::BTreeSet;

use leptos::prelude::*;
use tandem_api::board::RefusedCommand;
use tandem_api::matching::AdoptPlan;
use tandem_api::problem::Code;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::{Change, How, PlanAnswer};

use super::choice::with_room;
use super::state;
use crate::api;
use crate::api::error::ApiError;
use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::state::BoardState;
use crate::pages::pairing::{inspector, words as board_words};
use crate::ui::button::{Button, Look};
use crate::ui::notice::{Kind, Notice};
use crate::widgets::score_bar::shown;

/// What a plan would change.
#[component]
pub(super) fn Preview(
    /// The plan.
    plan: PlanAnswer,
    /// How it was made.
    how: How,
    /// Called when it is on the board.
    on_done: Callback<()>,
    /// Called when the board has changed since.
    on_again: Callback<()>,
) -> impl IntoView {
    let state = state();
    let all: BTreeSet<ApplicationId> = plan.changes.iter().map(|one| one.mentee).collect();
    let chosen = RwSignal::new(all);
    let trouble = RwSignal::new(None::<String>);
    let unmatched = plan.unmatched.clone();
    let changes = plan.changes.clone();
    let list = changes
        .iter()
        .map(|change| view! { <Line change=*change chosen /> })
        .collect_view();
    let adopt = Action::new_local(move |(): &()| {
        let body = adoption(state, &plan, how, &chosen.get_untracked());
        async move { adopted(state, body, trouble, on_done, on_again).await }
    });
    let may_change = state.desk().with_untracked(Desk::may_change);
    let n_changes = changes.len();
    let words = move || match chosen.with(BTreeSet::len) {
        count if count == n_changes => format!("Adopt all {count} changes"),
        1 => "Adopt 1 change".to_owned(),
        count => format!("Adopt {count} changes"),
    };
    let is_empty = Signal::derive(move || chosen.with(BTreeSet::is_empty));
    view! {
        <ul class="suggest__changes">{list}</ul>
        {(n_changes == 0).then(|| view! { <p>"The board is already as this plan has it."</p> })}
        <Unmatched unmatched on_done />
        {move || trouble.get().map(|why| view! {
            <Notice kind=Kind::Warning><p>{why}</p></Notice>
        })}
        {(may_change && n_changes > 0).then(|| view! {
            <div class="dialog__actions">
                <Button
                    look=Look::Primary
                    busy=adopt.pending()
                    disabled=is_empty
                    on_press=move |()| { adopt.dispatch_local(()); }
                >
                    {words}
                </Button>
            </div>
        })}
    }
}

/// One change, with a box.
#[component]
fn Line(
    /// The change.
    change: Change,
    /// Which are taken.
    chosen: RwSignal<BTreeSet<ApplicationId>>,
) -> impl IntoView {
    let id = format!("take-{}", change.mentee);
    let (name, from, to) = state().desk().with_untracked(|desk| {
        let partner = |mentor: Option<ApplicationId>, score: Option<u16>| match mentor {
            Some(mentor) => format!("{}, {}", desk.name(mentor), score.map_or(0, shown)),
            None => "no mentor".to_owned(),
        };
        (
            desk.name(change.mentee).to_owned(),
            partner(change.from, change.before),
            partner(change.to, change.after),
        )
    });
    let ticked = move |event| {
        let is_taken = event_target_checked(&event);
        chosen.update(|chosen| {
            if is_taken {
                chosen.insert(change.mentee);
            } else {
                chosen.remove(&change.mentee);
            }
        });
    };
    view! {
        <li class="suggest__change">
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=move || chosen.with(|chosen| chosen.contains(&change.mentee))
                on:change=ticked
            />
            <label for=id>
                <span class="suggest__name">{name}</span>
                <span class="suggest__from">{from}</span>
                <span aria-hidden="true">" → "</span>
                <span class="visually-hidden">" goes to "</span>
                <span class="suggest__to">{to}</span>
            </label>
        </li>
    }
}

/// Who stays without a mentor; each leads to the reasons.
#[component]
fn Unmatched(
    /// Who.
    unmatched: Vec<ApplicationId>,
    /// Called when somebody is to be looked at.
    on_done: Callback<()>,
) -> impl IntoView {
    let state = state();
    if unmatched.is_empty() {
        return view! { <p>"Every mentee has a mentor."</p> }.into_any();
    }
    let people = unmatched
        .into_iter()
        .map(|who| {
            let name = state
                .desk()
                .with_untracked(|desk| desk.name(who).to_owned());
            let open = move |_| {
                on_done.run(());
                inspector::open(state, who);
            };
            view! {
                <li>
                    <button type="button" class="inspector__person" on:click=open>{name}</button>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3 class="suggest__subtitle">"Without a mentor in this plan"</h3>
        <p>"Choose a name to see why, and what would help."</p>
        <ul class="suggest__people">{people}</ul>
    }
    .into_any()
}

/// What is sent: the plan as it was seen, and what of it is taken.
fn adoption(
    state: BoardState,
    plan: &PlanAnswer,
    how: How,
    chosen: &BTreeSet<ApplicationId>,
) -> AdoptPlan {
    let pairs = plan.pairs.iter().map(|pair| (pair.mentee, pair.mentor));
    let (mentees, expect) = state.desk().with_untracked(|desk| {
        let mentees = with_room(desk.board(), &plan.changes, chosen);
        let expect = mentees.iter().map(|mentee| desk.board().seen(*mentee));
        let expect = expect.collect();
        (mentees.into_iter().collect(), expect)
    });
    AdoptPlan {
        id: state.new_id(),
        how,
        pairs: pairs.collect(),
        mentees,
        expect,
    }
}

async fn adopted(
    state: BoardState,
    body: AdoptPlan,
    trouble: RwSignal<Option<String>>,
    on_done: Callback<()>,
    on_again: Callback<()>,
) {
    match api::board::adopt(state.scenario(), &body).await {
        Ok(accepted) => {
            state.adopted(accepted.entry);
            on_done.run(());
        }
        Err(ApiError::Refused(problem)) => {
            let refused = problem
                .extra
                .clone()
                .and_then(|extra| serde_json::from_value::<RefusedCommand>(extra).ok());
            let is_another = problem.code == Code::Conflict;
            let why = match refused {
                Some(refused) => state
                    .desk()
                    .with_untracked(|desk| board_words::refused(desk, &refused.refusal)),
                None if is_another => {
                    "The board has changed since. This is the best plan now.".to_owned()
                }
                None => ApiError::Refused(problem).sentence(),
            };
            state.catch_up();
            if is_another {
                on_again.run(());
            }
            trouble.try_set(Some(why));
        }
        Err(error) => {
            trouble.try_set(Some(error.sentence()));
        }
    }
}
