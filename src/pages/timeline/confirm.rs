//! Before anything is saved: what moves, who was told, what stays, what to know; how the dates around
//! shall behave; and why.

use leptos::prelude::*;
use tandem_api::timeline::PlanView;
use tandem_domain::cohort::Stage;
use tandem_domain::timeline::When;
use tandem_domain::timeline::wish::Policy;

use super::people_words::Noticed;
use super::state::{Asked, TimelineState};
use super::{people_words, words, work};
use crate::api::error::ApiError;
use crate::ui::button::{Button, Look};
use crate::ui::checkbox::Checkbox;
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::dialog::Dialog;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::text_field::TextField;
use crate::widgets::timeline_warning::about_date;

/// The question that stands before every change.
#[component]
pub(super) fn Confirm(
    /// What the screen knows.
    state: TimelineState,
    /// Called to fetch everything anew.
    on_reload: Callback<()>,
) -> impl IntoView {
    let open = Signal::derive(move || state.asked().with(|asked| *asked != Asked::Nothing));
    let title = Signal::derive(move || title(state));
    let close = Callback::new(move |()| state.forget());
    let busy = RwSignal::new(false);
    view! {
        <Dialog open title on_close=close>
            <div class="consequences" role="status">
                {move || consequences(state, on_reload)}
            </div>
            <Choices state />
            <div class="dialog__actions">
                {move || confirm_button(state, busy)}
                <Button on_press=close>"Change nothing"</Button>
            </div>
        </Dialog>
    }
}

fn title(state: TimelineState) -> String {
    let first = state.wish().with(|wish| {
        let of_act = wish
            .acts
            .first()
            .and_then(tandem_domain::timeline::wish::Act::item);
        of_act.or_else(|| wish.edits.first().map(|edit| edit.item))
    });
    let name = first.map(|item| state.name(item)).unwrap_or_default();
    if name.is_empty() {
        "What follows".to_owned()
    } else {
        format!("{name}: what follows")
    }
}

fn consequences(state: TimelineState, on_reload: Callback<()>) -> AnyView {
    match state.asked().get() {
        Asked::Nothing => ().into_any(),
        Asked::Waiting => view! { <p aria-busy="true">"Asking what follows …"</p> }.into_any(),
        Asked::Failed(error) => failed(state, &error, on_reload),
        Asked::Answered(plan) => answered(state, &plan),
    }
}

fn failed(state: TimelineState, error: &ApiError, on_reload: Callback<()>) -> AnyView {
    let reload = Callback::new(move |()| {
        state.forget();
        on_reload.run(());
    });
    let sentence = error.sentence();
    let again = (*error == ApiError::Stale).then(|| {
        view! { <Button on_press=reload>"Show the present dates"</Button> }
    });
    view! {
        <Notice kind=Kind::Error>
            <p>{sentence}</p>
            {again}
        </Notice>
    }
    .into_any()
}

fn answered(state: TimelineState, plan: &PlanView) -> AnyView {
    let name = |item| state.name(item);
    let mut wrong: Vec<String> = plan
        .errors
        .iter()
        .map(|wrong| words::error(&wrong.error, name))
        .chain(
            plan.wrong_acts
                .iter()
                .map(|wrong| words::error(&wrong.error, name)),
        )
        .collect();
    wrong.dedup();
    let is_phase = |id| {
        state
            .item(id)
            .is_some_and(|item| matches!(item.when, When::Phase { .. }))
    };
    let shifts: Vec<String> = plan
        .shifts
        .iter()
        .map(|shift| words::shift(shift, &name(shift.item), is_phase(shift.item)))
        .collect();
    let mut mind: Vec<String> = plan
        .warnings
        .iter()
        .map(|warning| about_date(warning, &name(warning.item)))
        .collect();
    mind.extend(
        plan.breaches
            .iter()
            .map(|breach| words::breach(breach, name)),
    );
    let wrong = (!wrong.is_empty()).then(|| {
        view! { <Notice kind=Kind::Error title="This cannot be done">{list(wrong)}</Notice> }
    });
    let mind = (!mind.is_empty()).then(|| {
        view! { <Notice kind=Kind::Warning title="To mind">{list(mind)}</Notice> }
    });
    let moves = (!shifts.is_empty()).then(|| {
        let heading = words::count(shifts.len(), "date moves", "dates move");
        view! {
            <h3 class="consequences__title">{heading}</h3>
            {list(shifts)}
        }
    });
    let people = is_possible(plan).then(|| {
        let words = people_words::people(plan, noticed(state, plan));
        view! { <p class="consequences__people">{words}</p> }
    });
    view! {
        {wrong}
        {moves}
        {people}
        {held(state, plan)}
        {mind}
    }
    .into_any()
}

fn is_possible(plan: &PlanView) -> bool {
    plan.errors.is_empty() && plan.wrong_acts.is_empty()
}

fn noticed(state: TimelineState, plan: &PlanView) -> Noticed {
    let cohort = state.cohort().get_untracked();
    let is_draft = cohort.is_some_and(|cohort| cohort.stage == Stage::Draft);
    let noticed = untrack(|| state.read(|view| Noticed::of(&view.items, &plan.items)));
    noticed
        .filter(|_| !is_draft)
        .unwrap_or(Noticed::NobodyWasTold)
}

fn list(lines: Vec<String>) -> AnyView {
    let lines = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! { <ul class="consequences__list">{lines}</ul> }.into_any()
}

/// What would follow but stays, each with a box to let it move.
fn held(state: TimelineState, plan: &PlanView) -> AnyView {
    let mut items: Vec<_> = plan
        .held
        .iter()
        .map(|held| (held.shift.item, held.reason))
        .collect();
    items.dedup();
    let boxes = items
        .into_iter()
        .map(|(item, reason)| {
            let checked = Signal::derive(move || {
                state.wish().with(|wish| {
                    wish.ticked
                        .as_ref()
                        .is_some_and(|ticked| ticked.contains(&item))
                })
            });
            let tick = Callback::new(move |may_move| {
                state.tick(item, may_move);
                work::ask(state);
            });
            let label = format!(
                "{} stays: it {}. Move it too",
                state.name(item),
                words::hold(reason)
            );
            view! { <Checkbox id=format!("tick-{item}") label checked on_change=tick /> }
        })
        .collect_view();
    view! { <div class="consequences__held">{boxes}</div> }.into_any()
}

/// How the dates around shall behave, and why all this.
#[component]
fn Choices(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let choices = Policy::ALL
        .map(|policy| {
            let (value, label, hint) = words::policy(policy);
            Choice::new(value, label).hint(hint)
        })
        .to_vec();
    let value = Signal::derive(move || {
        let policy = state.wish().with(|wish| wish.policy);
        Some(words::policy(policy).0.to_owned())
    });
    let chosen = Callback::new(move |value: String| {
        let policy = Policy::ALL
            .into_iter()
            .find(|policy| words::policy(*policy).0 == value);
        if let Some(policy) = policy {
            state.follow(policy);
            work::ask(state);
        }
    });
    let moves_dates = move || state.wish().with(|wish| !wish.edits.is_empty());
    let note = Signal::derive(move || state.wish().with(|wish| wish.note.clone()));
    view! {
        <Show when=moves_dates>
            <RadioGroup
                id="policy"
                label=Label::new("The dates around")
                choices=choices.clone()
                value
                on_change=chosen
            />
        </Show>
        <TextField
            id="note"
            label=Label::new("Why").hint("Everybody who sees the date reads it beside “moved from”.").optional()
            value=note
            on_input=move |note| state.note(note)
        />
    }
}

fn confirm_button(state: TimelineState, busy: RwSignal<bool>) -> Option<AnyView> {
    let words = state.asked().with(|asked| match asked {
        Asked::Answered(plan) if is_possible(plan) => Some(
            state
                .wish()
                .with_untracked(|wish| words::confirm(plan, wish.acts.first())),
        ),
        _ => None,
    })?;
    let confirm = Callback::new(move |()| work::confirm(state, busy));
    Some(
        view! {
            <Button look=Look::Primary busy on_press=confirm>
                {words}
            </Button>
        }
        .into_any(),
    )
}
