//! Plans side by side: what stays is chosen, the solver answers, one of the plans is looked at.

use leptos::prelude::*;
use tandem_domain::matching::{Answer, Goal, How, Keeping, PlanAnswer, Question};
use tandem_domain::role::Role;

use super::areas::Areas;
use super::consult::{Consult, Talk};
use super::figures::FiguresTable;
use super::preview::Preview;
use super::{state, words};
use crate::dom::announce;
use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::state::BoardState;
use crate::ui::button::Button;
use crate::ui::choice::{Choice, Flow, RadioGroup};
use crate::ui::notice::{Kind, Notice};
use crate::widgets::score_bar::shown;

/// Up to so many pairs of people all goals are worked out; beyond, only the first two.
const FEW_PAIRS: usize = 400_000;

const KEEPINGS: [(&str, Keeping); 3] = [
    ("locked", Keeping::Locked),
    ("present", Keeping::Present),
    ("most", Keeping::Most),
];

/// Plans side by side.
#[component]
pub(super) fn Plans(
    /// Called when a plan is on the board.
    on_done: Callback<()>,
) -> impl IntoView {
    let consult = Consult::new(state().scenario());
    let how = RwSignal::new(How::default());
    let goal = RwSignal::new(Goal::Balanced);
    let state = state();
    let ask = Callback::new(move |()| ask(state, consult, how.get_untracked()));
    ask.run(());
    let content = move || match consult.talk().get() {
        Talk::Answered(answer) => match *answer {
            Answer::Plans { now, plans, areas } => view! {
                <FiguresTable now plans=plans.clone() shown_goal=goal />
                <Shown plans how goal on_done on_again=ask />
                <Areas areas />
            }
            .into_any(),
            _ => ().into_any(),
        },
        _ => ().into_any(),
    };
    view! {
        <Keep how on_change=ask />
        <Working consult />
        <div aria-live="off">{content}</div>
    }
}

fn ask(state: BoardState, consult: Consult, how: How) {
    let (problem, goals) = state
        .desk()
        .with_untracked(|desk| (desk.problem(), goals(desk)));
    consult.ask(problem, how, Question::Plans { goals });
}

fn goals(desk: &Desk) -> Vec<Goal> {
    let n_pairs = desk.side(Role::Mentee).len() * desk.side(Role::Mentor).len();
    let n_goals = if n_pairs <= FEW_PAIRS { 4 } else { 2 };
    Goal::ALL.into_iter().take(n_goals).collect()
}

/// What stays, and another draw.
#[component]
fn Keep(
    /// How plans are made.
    how: RwSignal<How>,
    /// Called when it is another.
    on_change: Callback<()>,
) -> impl IntoView {
    let choices = KEEPINGS
        .map(|(value, keeping)| Choice {
            hint: words::keeping_hint(keeping),
            ..Choice::new(value, words::keeping(keeping))
        })
        .to_vec();
    let value = Signal::derive(move || {
        let keeping = how.get().keeping;
        let chosen = KEEPINGS.iter().find(|(_, one)| *one == keeping);
        chosen.map(|(value, _)| (*value).to_owned())
    });
    let changed = move |value: String| {
        if let Some((_, keeping)) = KEEPINGS.iter().find(|(name, _)| *name == value) {
            how.update(|how| how.keeping = *keeping);
            on_change.run(());
        }
    };
    let redraw = move |()| {
        how.update(|how| how.another = how.another.wrapping_add(1));
        on_change.run(());
    };
    view! {
        <RadioGroup
            id="suggest-keeping"
            label="What stays as it is"
            choices
            value
            flow=Flow::Inline
            on_change=changed
        />
        <div><Button on_press=redraw>"Another plan that is equally good"</Button></div>
    }
}

/// How far the answer is, or why there is none.
#[component]
pub(super) fn Working(
    /// The conversation.
    consult: Consult,
) -> impl IntoView {
    let talk = consult.talk();
    let content = move || match talk.get() {
        Talk::Working(progress) => view! {
            <div class="suggest__working">
                <p>{words::progress(progress)}</p>
                <Button on_press=move |()| consult.cancel()>"Cancel"</Button>
            </div>
        }
        .into_any(),
        Talk::Failed(why) => view! { <Notice kind=Kind::Error><p>{why}</p></Notice> }.into_any(),
        Talk::Silent => view! { <p>"Nothing is being worked out."</p> }.into_any(),
        Talk::Answered(_) => ().into_any(),
    };
    view! { <div role="status">{content}</div> }
}

/// The plan that is looked at.
#[component]
fn Shown(
    /// All of them.
    plans: Vec<PlanAnswer>,
    /// How they were made.
    how: RwSignal<How>,
    /// Which.
    goal: RwSignal<Goal>,
    /// Called when it is on the board.
    on_done: Callback<()>,
    /// Called when the board has changed since.
    on_again: Callback<()>,
) -> impl IntoView {
    let first = plans.first().map(ready);
    if let Some(sentence) = first {
        announce::polite(&sentence);
    }
    move || {
        let goal = goal.get();
        let plan = plans.iter().find(|plan| plan.goal == goal).cloned();
        plan.map(|plan| {
            let how = How {
                goal,
                ..how.get_untracked()
            };
            view! {
                <p class="suggest__meaning">{words::goal_meaning(goal)}</p>
                <p class="suggest__ready">{ready(&plan)}</p>
                <Preview plan how on_done on_again />
            }
        })
    }
}

fn ready(plan: &PlanAnswer) -> String {
    let figures = plan.figures;
    let of = figures.pairs + figures.unmatched;
    format!(
        "Plan ready: {} of {of} paired, average {}, lowest {}, {} changes. Nothing applied yet.",
        figures.pairs,
        shown(figures.mean),
        figures.lowest.map_or(0, shown),
        figures.changes
    )
}
