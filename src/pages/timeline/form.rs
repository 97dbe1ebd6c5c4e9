//! What is said of an item: its name, its description, for whom it is, its row, how sure it is, and of
//! a deadline or a meeting its time of day and zone. For a new one also what it is and when.

use chrono::{NaiveDate, NaiveTime};
use leptos::prelude::*;
use tandem_domain::date::ZoneName;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::InCalendar;
use tandem_domain::timeline::wish::{Act, EditError};

use super::item_draft::{Draft, Problem, Spot, Sure};
use super::state::TimelineState;
use super::table::AUDIENCES;
use super::time_form::TimeFields;
use super::{words, work};
use crate::dom::random;
use crate::ui::button::{Button, Press};
use crate::ui::choice::Choice;
use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;
use crate::ui::text_area::TextArea;
use crate::ui::text_field::TextField;

/// What kind of date a new one is.
const KINDS: [(&str, &str); 4] = [
    ("milestone", "A day"),
    ("phase", "A stretch of days"),
    ("due", "A deadline"),
    ("meeting", "A meeting"),
];

/// How sure dates are, and what that is called.
const SURE: [(Sure, &str, &str); 3] = [
    (Sure::Firm, "firm", "Its dates hold"),
    (Sure::Tentative, "tentative", "It may still change"),
    (Sure::Window, "window", "It will lie between two days"),
];

/// How calendar files show an item, and what that is called.
const IN_CALENDAR: [(InCalendar, &str, &str); 4] = [
    (
        InCalendar::Auto,
        "auto",
        "As it suits: what lasts more than two weeks by its first and last day",
    ),
    (InCalendar::Whole, "whole", "As one entry over all its days"),
    (InCalendar::Ends, "ends", "By its first and its last day"),
    (InCalendar::Hidden, "hidden", "Not at all"),
];

/// Where the cause of a refusal stands.
fn spot_of(error: &EditError, is_timed: bool) -> Spot {
    match error {
        EditError::TitleMissing | EditError::WrongText => Spot::Title,
        EditError::InThePast
        | EditError::OutOfRange
        | EditError::Anchored { .. }
        | EditError::OutOfOrder { .. }
        | EditError::EndsBeforeItBegins
            if is_timed =>
        {
            Spot::Day
        }
        _ => Spot::Whole,
    }
}

/// The form of an item that is there, or of a new one.
#[component]
pub(super) fn ItemForm(
    /// What the screen knows.
    state: TimelineState,
    /// Which item, or none for a new one.
    id: Option<ItemId>,
) -> impl IntoView {
    let item = id.and_then(|id| untrack(|| state.item(id)));
    let zone = untrack(|| state.read(|view| view.zone.clone()));
    let fresh = || Draft::new(zone.unwrap_or_else(ZoneName::aoe));
    let base = StoredValue::new(item.as_ref().map_or_else(fresh, Draft::of));
    let draft = RwSignal::new(base.get_value());
    let wrong = RwSignal::new(None::<Problem>);
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wish = draft.with_untracked(|draft| wish(state, id, draft, base));
        wrong.set(wish.and_then(|act| send(state, act)).err());
    };
    let at = move |spot| {
        Signal::derive(move || {
            wrong.with(|wrong| {
                let here = wrong.as_ref().filter(|(at, _)| *at == spot);
                here.map(|(_, words)| words.clone())
            })
        })
    };
    let title = Signal::derive(move || draft.with(|draft| draft.title.clone()));
    let key = if id.is_some() { "item" } else { "new" };
    let failure = at(Spot::Whole);
    let errors = (at(Spot::Day), at(Spot::Time), at(Spot::Minutes));
    let between = at(Spot::Between);
    let days = id
        .is_none()
        .then(|| view! { <NewDays draft error=errors.0 /> });
    view! {
        <form
            class="item-form"
            novalidate
            on:submit=sent
            on:input=move |_| if wrong.with_untracked(Option::is_some) { wrong.set(None) }
        >
            <TextField
                id=format!("{key}-title")
                label=Label::new("Name")
                value=title
                error=at(Spot::Title)
                on_input=move |text| draft.update(|draft| draft.title = text)
            />
            {days}
            <Timed key draft errors has_day=id.is_some() />
            <About key draft />
            <HowSure key draft error=between />
            {id.map(|_| view! { <InFiles key draft /> })}
            {move || failure.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
            <Button press=Press::Submits>
                {if id.is_some() { "Change it" } else { "See what follows" }}
            </Button>
        </form>
    }
}

/// What is wrong with day, time and length.
pub(super) type Errors = (
    Signal<Option<String>>,
    Signal<Option<String>>,
    Signal<Option<String>>,
);

/// The time of day of what has one, and the day of an item that is there.
#[component]
pub(super) fn Timed(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
    /// What is wrong.
    errors: Errors,
    /// Whether the day is asked here, too.
    has_day: bool,
) -> impl IntoView {
    let is_due = Memo::new(move |_| draft.with(Draft::is_due));
    let (day_error, time_error, minutes_error) = errors;
    let day = move || {
        let changed = move |entry| draft.update(|draft| draft.first = day(entry));
        has_day.then(|| {
            view! {
                <DateField
                    id=format!("{key}-day")
                    label=Label::new("Day")
                    value=draft.with_untracked(|draft| draft.first)
                    error=day_error
                    on_change=changed
                />
            }
        })
    };
    move || {
        is_due.get().map(|is_due| {
            view! {
                {day()}
                <TimeFields key draft is_due time_error minutes_error />
            }
        })
    }
}

fn day(entry: DateEntry) -> Option<NaiveDate> {
    match entry {
        DateEntry::Day(day) => Some(day),
        DateEntry::Empty | DateEntry::Incomplete => None,
    }
}

/// What is said of it beside its name and dates.
#[component]
fn About(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let body = Signal::derive(move || draft.with(|draft| draft.body.clone()));
    let lane = Signal::derive(move || draft.with(|draft| draft.lane.clone()));
    view! {
        <TextArea
            id=format!("{key}-body")
            label=Label::new("Description").optional()
            value=body
            on_input=move |text| draft.update(|draft| draft.body = text)
        />
        <ForWhom key draft />
        <TextField
            id=format!("{key}-lane")
            label=Label::new("Row of the picture").optional()
            value=lane
            on_input=move |text| draft.update(|draft| draft.lane = text)
        />
    }
}

/// How sure the dates are.
#[component]
fn HowSure(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
    /// What is wrong with the two days.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let sure = Signal::derive(move || draft.with(|draft| draft.sure));
    let set = move |sure| draft.update(|draft| draft.sure = sure);
    let is_window = Memo::new(move |_| sure.get() == Sure::Window);
    // Read whenever the fields are drawn anew, so that they show what is written.
    let first = move || draft.with_untracked(|draft| draft.between.0);
    let last = move || draft.with_untracked(|draft| draft.between.1);
    view! {
        {one_of(format!("{key}-sure"), Label::new("How sure it is"), &SURE, sure, set)}
        <Show when=move || is_window.get()>
            <DateField
                id=format!("{key}-earliest")
                label=Label::new("Earliest day")
                value=Signal::stored(first())
                error
                on_change=move |entry| draft.update(|draft| draft.between.0 = day(entry))
            />
            <DateField
                id=format!("{key}-latest")
                label=Label::new("Latest day")
                value=Signal::stored(last())
                on_change=move |entry| draft.update(|draft| draft.between.1 = day(entry))
            />
        </Show>
    }
}

/// How calendar files show it.
#[component]
fn InFiles(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let chosen = Signal::derive(move || draft.with(|draft| draft.in_calendar));
    let set = move |shown| draft.update(|draft| draft.in_calendar = shown);
    let label = Label::new("In people's calendars");
    one_of(format!("{key}-calendar"), label, &IN_CALENDAR, chosen, set)
}

/// A choice of one of a few things that have names.
fn one_of<T: Copy + PartialEq + Send + Sync + 'static>(
    id: String,
    label: Label,
    all: &'static [(T, &'static str, &'static str)],
    chosen: Signal<T>,
    set: impl Fn(T) + Send + Sync + 'static,
) -> AnyView {
    let choices: Vec<Choice> = all
        .iter()
        .map(|(_, value, words)| Choice::new(*value, *words))
        .collect();
    let value = Signal::derive(move || {
        let chosen = chosen.get();
        let known = all.iter().find(|(known, ..)| *known == chosen);
        known.map(|(_, value, _)| (*value).to_owned())
    });
    let on_change = Callback::new(move |value: Option<String>| {
        let known = all
            .iter()
            .find(|(_, known, _)| value.as_deref() == Some(*known));
        if let Some((known, ..)) = known {
            set(*known);
        }
    });
    view! { <Select id label choices=Signal::stored(choices) value on_change /> }.into_any()
}

/// The act that the form wishes.
fn wish(
    state: TimelineState,
    id: Option<ItemId>,
    draft: &Draft,
    base: StoredValue<Draft>,
) -> Result<Act, Problem> {
    let whole = |words: &str| (Spot::Whole, words.to_owned());
    let Some(id) = id else {
        let id = random::uuid().parse();
        return draft.create(id.map_err(|_| whole("Try again."))?);
    };
    let item = untrack(|| state.item(id));
    let item = item.ok_or_else(|| whole("This entry is no longer on the timeline."))?;
    let act = base.with_value(|base| draft.edit(base, &item))?;
    act.ok_or_else(|| whole("Nothing is different from what is saved."))
}

/// Asks the server what the form would bring, unless this browser knows that it cannot be done.
fn send(state: TimelineState, act: Act) -> Result<(), Problem> {
    let is_timed = matches!(&act, Act::Edit { when: Some(_), .. } | Act::Create { .. });
    if let Some(error) = untrack(|| state.refusal(std::slice::from_ref(&act))) {
        let sentence = words::error(&error, |id| untrack(|| state.name(id)));
        return Err((spot_of(&error, is_timed), sentence));
    }
    work::act(state, act);
    Ok(())
}

/// Who sees it once it is announced.
#[component]
fn ForWhom(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let chosen = Signal::derive(move || draft.with(|draft| draft.audience));
    let set = move |audience| draft.update(|draft| draft.audience = audience);
    let label =
        Label::new("For whom").hint("Nobody but the committee sees it before it is announced.");
    one_of(format!("{key}-audience"), label, &AUDIENCES, chosen, set)
}

/// What a new date is, and when.
#[component]
fn NewDays(
    /// What is written.
    draft: RwSignal<Draft>,
    /// What is wrong with the day.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let choices = KINDS
        .map(|(value, label)| Choice::new(value, label))
        .to_vec();
    let kind = Signal::derive(move || Some(draft.with(|draft| draft.kind.clone())));
    let kind_chosen = Callback::new(move |kind: Option<String>| {
        draft.update(|draft| {
            draft.kind = kind.unwrap_or_default();
            // A deadline is the end of its day unless something else is said.
            let usual = match draft.is_due() {
                Some(true) => NaiveTime::from_hms_opt(23, 59, 0),
                Some(false) => NaiveTime::from_hms_opt(12, 0, 0),
                None => None,
            };
            draft.time = usual;
        });
    });
    let is_phase = move || draft.with(|draft| draft.kind == "phase");
    view! {
        <Select
            id="new-kind"
            label=Label::new("What it is")
            choices=Signal::stored(choices)
            value=kind
            on_change=kind_chosen
        />
        <DateField
            id="new-first"
            label=Label::new("Day")
            value=Signal::stored(None)
            error
            on_change=move |entry| draft.update(|draft| draft.first = day(entry))
        />
        <Show when=is_phase>
            <DateField
                id="new-last"
                label=Label::new("Last day")
                value=Signal::stored(None)
                on_change=move |entry| draft.update(|draft| draft.last = day(entry))
            />
        </Show>
    }
}
