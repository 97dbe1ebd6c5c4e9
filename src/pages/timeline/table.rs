//! The table as an editor: the same dates as the picture, each to be written where it stands. A row
//! is made of the same wishes as a drag.

use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::{Audience, Certainty, Edge, Item, Status, When};

use super::state::TimelineState;
use super::{words, work};
use crate::ui::button::{Button, Look};
use crate::ui::choice::Choice;
use crate::ui::field::Label;
use crate::ui::select::Select;
use crate::widgets::timeline_track::standing;

/// An audience and what it is called.
pub(super) const AUDIENCES: [(Audience, &str, &str); 5] = [
    (Audience::Public, "public", "Everybody"),
    (
        Audience::Participants,
        "participants",
        "Mentors and mentees",
    ),
    (Audience::Mentors, "mentors", "Mentors"),
    (Audience::Mentees, "mentees", "Mentees"),
    (Audience::Committee, "committee", "The committee"),
];

/// What an audience is called.
pub(super) fn audience(audience: Audience) -> &'static str {
    let mut all = AUDIENCES.into_iter();
    all.find(|(known, ..)| *known == audience)
        .map_or("", |(_, _, name)| name)
}

/// How far people know of an item, and how sure it is.
pub(super) fn state_words(item: &Item) -> &'static str {
    match (item.status, item.certainty, item.locked) {
        (Status::Planned, _, true) => "Planned, locked",
        (Status::Planned, Certainty::Firm, false) => "Planned",
        (Status::Planned, _, false) => "Planned, tentative",
        (Status::Announced, _, true) => "Announced, locked",
        (Status::Announced, Certainty::Firm, false) => "Announced",
        (Status::Announced, _, false) => "Announced, tentative",
        (Status::Done, ..) => "Done",
        (Status::Cancelled, ..) => "Cancelled",
    }
}

/// All dates in order, to be written where they stand.
#[component]
pub(super) fn DatesTable(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let only = RwSignal::new(None::<String>);
    let order = Memo::new(move |_| {
        let shown = only.get().and_then(|value| {
            AUDIENCES
                .into_iter()
                .find(|(_, known, _)| **known == value)
                .map(|(who, ..)| who)
        });
        state
            .read(|view| {
                let items = view.items.iter();
                let mut items: Vec<&Item> = items
                    .filter(|item| shown.is_none_or(|who| item.audience == who))
                    .collect();
                items.sort_unstable_by_key(|item| item.when.days());
                items.into_iter().map(|item| item.id).collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    let choices = AUDIENCES
        .map(|(_, value, label)| Choice::new(value, label))
        .to_vec();
    let filter = Callback::new(move |value| only.set(value));
    view! {
        <div class="dates-table">
            <div class="dates-table__filter">
                <Select
                    id="only-for"
                    label=Label::new("Dates for")
                    choices=Signal::stored(choices)
                    value=Signal::derive(move || only.get())
                    placeholder="All audiences"
                    on_change=filter
                />
            </div>
            <table class="timeline-table">
                <caption class="visually-hidden">"All dates, to be changed in place"</caption>
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"For"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"From today"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || order.get() key=|id| *id let:id>
                        <Row state id />
                    </For>
                </tbody>
            </table>
            <Pending state />
        </div>
    }
}

/// One item.
#[component]
fn Row(
    /// What the screen knows.
    state: TimelineState,
    /// Which.
    id: ItemId,
) -> impl IntoView {
    let item = Memo::new(move |_| state.item(id));
    let of = move |what: fn(&Item) -> String| {
        item.with(|item| item.as_ref().map(what).unwrap_or_default())
    };
    let choose = move |_| {
        state.picture().choose(Some(id));
        state.picture().reveal(id);
    };
    let has_start = move || {
        item.with(|item| {
            item.as_ref()
                .is_some_and(|item| matches!(item.when, When::Phase { .. }))
        })
    };
    let distance = move || {
        let now = state.now().get();
        let of = |item: &Item| state.read(|view| now.of(item, &view.items));
        item.with(|item| {
            let item = item.as_ref()?;
            Some(standing(&item.when, of(item)?))
        })
    };
    view! {
        <tr data-chosen=move || (state.picture().chosen().get() == Some(id)).then_some("")>
            <th scope="row">
                <button type="button" class="dates-table__name" on:click=choose>
                    {move || of(|item| item.title.text().to_owned())}
                </button>
                <span class="timeline-table__body">
                    {move || of(|item| item.body.text().to_owned())}
                </span>
            </th>
            <td class="dates-table__days">
                <Show when=has_start>
                    <DayInput state id edge=Edge::Start />
                    <span aria-hidden="true">"–"</span>
                </Show>
                <DayInput state id edge=Edge::End />
            </td>
            <td>{move || of(|item| audience(item.audience).to_owned())}</td>
            <td>{move || of(|item| state_words(item).to_owned())}</td>
            <td class="timeline-table__distance">{distance}</td>
        </tr>
    }
}

/// One date of an item.
#[component]
fn DayInput(
    /// What the screen knows.
    state: TimelineState,
    /// Which item.
    id: ItemId,
    /// Which of its dates.
    edge: Edge,
) -> impl IntoView {
    let saved = move || state.item(id).and_then(|item| item.date(edge));
    let wished = move || {
        state.wish().with(|wish| {
            let mut edits = wish.edits.iter();
            edits
                .find(|edit| (edit.item, edit.edge) == (id, edge))
                .map(|edit| edit.to)
        })
    };
    let value = move || {
        wished()
            .or_else(saved)
            .map(|day| day.to_string())
            .unwrap_or_default()
    };
    let label = move || {
        let name = state.name(id);
        let is_phase = state
            .item(id)
            .and_then(|item| item.date(Edge::Start))
            .is_some();
        match (is_phase, edge) {
            (true, Edge::Start) => format!("{name}, first day"),
            (true, Edge::End) => format!("{name}, last day"),
            (false, _) => name,
        }
    };
    let written = move |event| {
        if let Some(day) = words::field_day(&event_target_value(&event)) {
            state.put(id, edge, day);
        }
    };
    view! {
        <input
            type="date"
            class="text-field dates-table__day"
            aria-label=label
            data-wished=move || wished().is_some().then_some("")
            readonly=move || !state.may_change()
            prop:value=value
            on:change=written
        />
    }
}

/// What is written in the table and not yet asked, with what this browser reckons would follow.
#[component]
fn Pending(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let n_edits = move || state.wish().with(|wish| wish.edits.len());
    let is_pending = Memo::new(move |_| {
        let is_idle = state.grip().get().is_none()
            && state
                .asked()
                .with(|asked| *asked == super::state::Asked::Nothing);
        is_idle && n_edits() > 0
    });
    let follows = move || {
        state.local().track();
        untrack(|| words::follows(state))
    };
    let ask = Callback::new(move |()| work::ask(state));
    let forget = Callback::new(move |()| state.forget());
    view! {
        <div class="dates-table__pending" role="status">
            <Show when=move || is_pending.get()>
                <p>
                    <strong>{move || words::count(n_edits(), "new date", "new dates")}</strong>
                    ". "
                    {follows}
                </p>
                <Button look=Look::Primary on_press=ask>
                    "See what follows"
                </Button>
                <Button on_press=forget>"Forget them"</Button>
            </Show>
        </div>
    }
}
