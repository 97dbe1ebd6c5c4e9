//! Moving one date: choose it, write the new day, see what moves, confirm.

use leptos::prelude::*;
use tandem_api::timeline::{ChangeDates, PlanView};
use tandem_domain::timeline::wish::EditError;
use tandem_domain::timeline::{Edge, Mark};

use crate::api::error::ApiError;
use crate::api::timeline;
use crate::pages::timeline::state::{Target, TimelineState};
use crate::ui::button::{Button, Look, Press};
use crate::ui::choice::Choice;
use crate::ui::date_field::DateField;
use crate::ui::date_words::long_day;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;

/// The form that moves one date.
#[component]
pub fn ChangeDate(
    /// What the screen knows.
    state: TimelineState,
    /// Called to fetch everything anew.
    on_reload: Callback<()>,
) -> impl IntoView {
    let missing = RwSignal::new(None);
    let plan = Action::new_local(move |change: &ChangeDates| {
        let change = change.clone();
        async move {
            if let Some(cohort) = state.cohort().get_untracked() {
                state.planned(timeline::plan(cohort.id, &change).await);
            }
        }
    });
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match state.wished() {
            Ok(change) => {
                missing.set(None);
                plan.dispatch_local(change);
            }
            Err(sentence) => missing.set(Some(sentence)),
        }
    };
    let error = Signal::derive(move || missing.get().or_else(|| refused(state)));
    view! {
        <section class="change-date" aria-labelledby="change-date">
            <h2 id="change-date">"Move a date"</h2>
            <p>"You see what it moves before anything is saved."</p>
            <form class="change-date__form" novalidate on:submit=submitted>
                <WhichDate state />
                <DateField
                    id="new-day"
                    label=Label::new("New day")
                    value=Signal::derive(move || state.present_day())
                    error
                    on_change=move |entry| {
                        missing.set(None);
                        state.write(entry);
                    }
                />
                <Button look=Look::Secondary press=Press::Submits busy=plan.pending()>
                    "See what moves"
                </Button>
            </form>
            <Preview state on_reload />
        </section>
    }
}

/// The choice of the date to move.
#[component]
fn WhichDate(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        let movable = state.movable();
        let choice = |(position, (_, name)): (usize, (Target, String))| {
            Choice::new(position.to_string(), name)
        };
        movable
            .into_iter()
            .enumerate()
            .map(choice)
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let target = state.target().get()?;
        state
            .movable()
            .iter()
            .position(|(own, _)| *own == target)
            .map(|place| place.to_string())
    });
    let chosen = Callback::new(move |value: Option<String>| {
        let position = value.and_then(|value| value.parse::<usize>().ok());
        let target =
            position.and_then(|position| state.movable().get(position).map(|(target, _)| *target));
        state.choose(target);
    });
    view! {
        <Select
            id="which-date"
            label=Label::new("Which date")
            choices
            value
            placeholder="Choose a date"
            on_change=chosen
        />
    }
}

/// What would move, and the button that does it.
#[component]
fn Preview(
    /// What the screen knows.
    state: TimelineState,
    /// Called to fetch everything anew.
    on_reload: Callback<()>,
) -> impl IntoView {
    let save = Action::new_local(move |change: &ChangeDates| {
        let change = change.clone();
        async move {
            if let Some(cohort) = state.cohort().get_untracked() {
                let rev = state.timeline().get_untracked().rev;
                state.changed(timeline::change(cohort.id, rev, &change).await);
            }
        }
    });
    let confirm = Callback::new(move |()| {
        if let Ok(change) = state.wished() {
            save.dispatch_local(change);
        }
    });
    let content = move || {
        match state.plan().get() {
        Some(Ok(plan)) if plan.errors.is_empty() => Some(
            view! {
                <Shifts state plan />
                <Button look=Look::Primary busy=save.pending() on_press=confirm>
                    "Save the new dates"
                </Button>
            }
            .into_any(),
        ),
        Some(Err(error)) => Some(
            view! {
                <Notice kind=Kind::Error>
                    <p>{error.sentence()}</p>
                    {(error == ApiError::Stale)
                        .then(|| view! { <Button on_press=on_reload>"Show the present dates"</Button> })}
                </Notice>
            }
            .into_any(),
        ),
        _ => None,
    }
    };
    view! {
        <div class="change-date__preview" role="status">
            {content}
        </div>
    }
}

/// The dates that would move, in sentences.
#[component]
fn Shifts(
    /// What the screen knows.
    state: TimelineState,
    /// What would move.
    plan: PlanView,
) -> impl IntoView {
    let items = state.timeline().get_untracked().items;
    let lines = plan
        .shifts
        .iter()
        .map(|shift| {
            let name = items
                .iter()
                .find(|item| item.id == shift.item)
                .map_or("", |item| item.title.text())
                .to_owned();
            let edge = if shift.edge == Edge::Start { "begins" } else { "is or ends" };
            view! {
                <li>
                    <strong>{name}</strong>
                    {format!(" {edge} on {} instead of {}.", long_day(shift.to), long_day(shift.from))}
                </li>
            }
        })
        .collect_view();
    let affected = match plan.affected {
        0 => "No application is concerned.".to_owned(),
        1 => "1 person has an application that this concerns.".to_owned(),
        count => format!("{count} people have an application that this concerns."),
    };
    view! {
        <h3 class="change-date__title">"This will move"</h3>
        <ul>{lines}</ul>
        <p>{affected}</p>
    }
}

fn refused(state: TimelineState) -> Option<String> {
    match state.plan().get()? {
        Ok(plan) => plan.errors.first().map(|wrong| words(&wrong.error)),
        Err(_) => None,
    }
}

fn words(error: &EditError) -> String {
    match error {
        EditError::Unknown => "This date is no longer on the timeline. Reload the page.".to_owned(),
        EditError::OutOfRange => "This day is too far away.".to_owned(),
        EditError::NoSuchEdge => "This entry has only one day.".to_owned(),
        EditError::EndsBeforeItBegins => "It would end before it begins.".to_owned(),
        EditError::InThePast => "Applications cannot close on a day that has passed.".to_owned(),
        EditError::OutOfOrder { before, after } => {
            format!("{} must come before {}.", name(*before), name(*after))
        }
        EditError::Locked => "This entry is locked.".to_owned(),
        EditError::Done => "This entry is over.".to_owned(),
        EditError::Cancelled => "This entry was cancelled.".to_owned(),
        EditError::Anchored { .. } => "This date follows another one. Move that one.".to_owned(),
        _ => "This cannot be done.".to_owned(),
    }
}

fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::Call => "the call",
        Mark::Closing => "the closing of applications",
        Mark::Review => "the review",
        Mark::Pairing => "the pairing",
        Mark::PairingComplete => "the day pairs are known",
        Mark::Orientation => "the orientation",
        Mark::Program => "the program",
        Mark::Evaluation => "the evaluation",
        Mark::Other => "another date",
    }
}
