//! What is said of an item: its name, its description, for whom it is, its row, how sure it is. For a
//! new one also what it is and when.

use chrono::{DateTime, NaiveDate, NaiveTime};
use leptos::prelude::*;
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::locale::L10n;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::wish::Act;
use tandem_domain::timeline::{Audience, Certainty, Item, When};

use super::state::TimelineState;
use super::table::AUDIENCES;
use super::work;
use crate::dom::random;
use crate::ui::button::{Button, Press};
use crate::ui::checkbox::Checkbox;
use crate::ui::choice::Choice;
use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::field::Label;
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
/// How long a meeting lasts unless something else is said, in minutes.
const MEETING: u32 = 60;

/// What is written in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    title: String,
    body: String,
    audience: Audience,
    lane: String,
    is_tentative: bool,
    kind: String,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    time: NaiveTime,
}

impl Draft {
    fn of(item: Option<&Item>) -> Self {
        let time = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        item.map_or_else(
            || Self {
                title: String::new(),
                body: String::new(),
                audience: Audience::Public,
                lane: String::new(),
                is_tentative: false,
                kind: "milestone".to_owned(),
                first: None,
                last: None,
                time,
            },
            |item| Self {
                title: item.title.text().to_owned(),
                body: item.body.text().to_owned(),
                audience: item.audience,
                lane: item.lane.clone(),
                is_tentative: item.certainty != Certainty::Firm,
                kind: String::new(),
                first: None,
                last: None,
                time,
            },
        )
    }

    /// What it wishes of an item that is there: only what is different.
    fn edit(&self, item: &Item) -> Option<Act> {
        let text = |new: &str, old: &L10n| (new != old.text()).then(|| L10n::english(new));
        let certainty = match (self.is_tentative, item.certainty) {
            (false, Certainty::Firm) => None,
            (false, _) => Some(Certainty::Firm),
            (true, Certainty::Firm) => Some(Certainty::Tentative),
            (true, _) => None,
        };
        let act = Act::Edit {
            item: item.id,
            title: text(&self.title, &item.title),
            body: text(&self.body, &item.body),
            audience: (self.audience != item.audience).then_some(self.audience),
            lane: (self.lane != item.lane).then(|| self.lane.clone()),
            certainty,
            in_calendar: None,
            when: None,
        };
        let is_same = Self::of(Some(item)) == *self;
        (!is_same).then_some(act)
    }

    /// What it wishes of a new item.
    fn create(&self, item: ItemId, zone: &ZoneName) -> Option<Act> {
        Some(Act::Create {
            item,
            when: self.when(zone)?,
            title: L10n::english(&self.title),
            body: L10n::english(&self.body),
            audience: self.audience,
            lane: self.lane.clone(),
            certainty: if self.is_tentative {
                Certainty::Tentative
            } else {
                Certainty::Firm
            },
        })
    }

    fn when(&self, zone: &ZoneName) -> Option<When> {
        let first = self.first?;
        // The server computes the instant; what stands here is not believed.
        let at = |civil| Deadline {
            civil,
            zone: zone.clone(),
            instant: DateTime::UNIX_EPOCH,
            grace_minutes: 0,
        };
        Some(match self.kind.as_str() {
            "phase" => When::Phase {
                start: first,
                end: self.last.unwrap_or(first),
            },
            "due" => When::Due(at(first.succ_opt()?.and_time(NaiveTime::MIN))),
            "meeting" => When::Meeting {
                start: at(first.and_time(self.time)),
                minutes: MEETING,
            },
            _ => When::Milestone { on: first },
        })
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
    let draft = RwSignal::new(Draft::of(
        id.and_then(|id| untrack(|| state.item(id))).as_ref(),
    ));
    let wrong = RwSignal::new(None::<String>);
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        wrong.set(send(state, id, draft));
    };
    let title = Signal::derive(move || draft.with(|draft| draft.title.clone()));
    let body = Signal::derive(move || draft.with(|draft| draft.body.clone()));
    let lane = Signal::derive(move || draft.with(|draft| draft.lane.clone()));
    let tentative = Signal::derive(move || draft.with(|draft| draft.is_tentative));
    let key = if id.is_some() { "item" } else { "new" };
    view! {
        <form class="item-form" novalidate on:submit=sent>
            <TextField
                id=format!("{key}-title")
                label=Label::new("Name")
                value=title
                error=wrong
                on_input=move |text| {
                    wrong.set(None);
                    draft.update(|draft| draft.title = text);
                }
            />
            {id.is_none().then(|| view! { <NewDays draft /> })}
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
            <Checkbox
                id=format!("{key}-tentative")
                label="It may still change"
                checked=tentative
                on_change=move |is| draft.update(|draft| draft.is_tentative = is)
            />
            <Button press=Press::Submits>
                {if id.is_some() { "Change it" } else { "See what follows" }}
            </Button>
        </form>
    }
}

/// Asks the server what the form would bring. Says what is missing.
fn send(state: TimelineState, id: Option<ItemId>, draft: RwSignal<Draft>) -> Option<String> {
    let draft = draft.get_untracked();
    if draft.title.trim().is_empty() {
        return Some("Give it a name.".to_owned());
    }
    let zone = untrack(|| state.read(|view| view.zone.clone()))?;
    let act = match id.and_then(|id| untrack(|| state.item(id))) {
        Some(item) => match draft.edit(&item) {
            Some(act) => act,
            None => return Some("Nothing is different from what is saved.".to_owned()),
        },
        None => match draft.create(random::uuid().parse().ok()?, &zone) {
            Some(act) => act,
            None => return Some("Enter the day, for example 2 March 2018.".to_owned()),
        },
    };
    work::act(state, act);
    None
}

/// Who sees it once it is announced.
#[component]
fn ForWhom(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let choices = AUDIENCES
        .map(|(_, value, label)| Choice::new(value, label))
        .to_vec();
    let value = Signal::derive(move || {
        let audience = draft.with(|draft| draft.audience);
        let mut all = AUDIENCES.into_iter();
        all.find(|(known, ..)| *known == audience)
            .map(|(_, value, _)| value.to_owned())
    });
    let chosen = Callback::new(move |value: Option<String>| {
        let mut all = AUDIENCES.into_iter();
        let audience = all.find(|(_, known, _)| value.as_deref() == Some(*known));
        if let Some((audience, ..)) = audience {
            draft.update(|draft| draft.audience = audience);
        }
    });
    view! {
        <Select
            id=format!("{key}-audience")
            label=Label::new("For whom").hint("Nobody but the committee sees it before it is announced.")
            choices=Signal::stored(choices)
            value
            on_change=chosen
        />
    }
}

/// What a new date is, and when.
#[component]
fn NewDays(
    /// What is written.
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let choices = KINDS
        .map(|(value, label)| Choice::new(value, label))
        .to_vec();
    let kind = Signal::derive(move || Some(draft.with(|draft| draft.kind.clone())));
    let kind_chosen = Callback::new(move |kind: Option<String>| {
        draft.update(|draft| draft.kind = kind.unwrap_or_default());
    });
    let is = move |kind: &'static str| move || draft.with(|draft| draft.kind == kind);
    let day = |entry| match entry {
        DateEntry::Day(day) => Some(day),
        DateEntry::Empty | DateEntry::Incomplete => None,
    };
    let timed = move |event| {
        if let Ok(time) = event_target_value(&event).parse() {
            draft.update(|draft| draft.time = time);
        }
    };
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
            on_change=move |entry| draft.update(|draft| draft.first = day(entry))
        />
        <Show when=is("phase")>
            <DateField
                id="new-last"
                label=Label::new("Last day")
                value=Signal::stored(None)
                on_change=move |entry| draft.update(|draft| draft.last = day(entry))
            />
        </Show>
        <Show when=is("meeting")>
            <label class="item-form__time">
                "Time, in the program's zone "
                <input type="time" class="text-field" value="12:00" on:change=timed />
            </label>
        </Show>
    }
}
