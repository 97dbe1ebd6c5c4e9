//! What is said of an item: its name, its description, for whom it is, its row, how sure it is, and of
//! a deadline or a meeting its time of day and zone. For a new one also what it is and when.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use leptos::prelude::*;
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::locale::L10n;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::wish::{Act, EditError};
use tandem_domain::timeline::{Audience, Certainty, InCalendar, Item, When};

use super::state::TimelineState;
use super::table::AUDIENCES;
use super::time_form::{TimeFields, unresolved};
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
/// How long a meeting lasts unless something else is said, in minutes.
const MEETING: &str = "60";

/// What is written in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    title: String,
    body: String,
    audience: Audience,
    lane: String,
    sure: Sure,
    /// The earliest and the latest day, of what will lie between two.
    between: (Option<NaiveDate>, Option<NaiveDate>),
    in_calendar: InCalendar,
    /// One of `KINDS`; of an item that is there only a deadline or a meeting.
    kind: String,
    pub(super) first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    /// Of a deadline the last minute that counts, of a meeting when it begins.
    pub(super) time: Option<NaiveTime>,
    pub(super) zone: ZoneName,
    pub(super) minutes: String,
}

/// How sure the dates are, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sure {
    Firm,
    Tentative,
    Window,
}

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

/// Where in the form something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    Title,
    Day,
    Time,
    Minutes,
    Between,
    Whole,
}

pub(super) type Problem = (Spot, String);

impl Draft {
    /// A new item of which nothing is said yet.
    fn new(zone: ZoneName) -> Self {
        Self {
            title: String::new(),
            body: String::new(),
            audience: Audience::Public,
            lane: String::new(),
            sure: Sure::Firm,
            between: (None, None),
            in_calendar: InCalendar::Auto,
            kind: "milestone".to_owned(),
            first: None,
            last: None,
            time: None,
            zone,
            minutes: MEETING.to_owned(),
        }
    }

    pub(super) fn of(item: &Item) -> Self {
        let (sure, between) = match item.certainty {
            Certainty::Firm => (Sure::Firm, (None, None)),
            Certainty::Tentative => (Sure::Tentative, (None, None)),
            Certainty::Window { first, last } => (Sure::Window, (Some(first), Some(last))),
        };
        let mut draft = Self {
            title: item.title.text().to_owned(),
            body: item.body.text().to_owned(),
            audience: item.audience,
            lane: item.lane.clone(),
            sure,
            between,
            in_calendar: item.in_calendar,
            kind: String::new(),
            ..Self::new(ZoneName(String::new()))
        };
        let (kind, at, zone) = match &item.when {
            When::Due(due) => ("due", due.civil - Duration::minutes(1), &due.zone),
            When::Meeting { start, minutes } => {
                draft.minutes = minutes.to_string();
                ("meeting", start.civil, &start.zone)
            }
            When::Phase { .. } | When::Milestone { .. } => return draft,
        };
        kind.clone_into(&mut draft.kind);
        draft.first = Some(at.date());
        draft.time = Some(at.time());
        draft.zone = zone.clone();
        draft
    }

    /// What is written here on top of what is saved by now; `base` is what stood here at first.
    fn over(&self, base: &Self, now: &Self) -> Self {
        fn pick<T: Clone + PartialEq>(mine: &T, base: &T, now: &T) -> T {
            if mine == base { now } else { mine }.clone()
        }
        Self {
            title: pick(&self.title, &base.title, &now.title),
            body: pick(&self.body, &base.body, &now.body),
            audience: pick(&self.audience, &base.audience, &now.audience),
            lane: pick(&self.lane, &base.lane, &now.lane),
            sure: pick(&self.sure, &base.sure, &now.sure),
            between: pick(&self.between, &base.between, &now.between),
            in_calendar: pick(&self.in_calendar, &base.in_calendar, &now.in_calendar),
            kind: now.kind.clone(),
            first: pick(&self.first, &base.first, &now.first),
            last: now.last,
            time: pick(&self.time, &base.time, &now.time),
            zone: pick(&self.zone, &base.zone, &now.zone),
            minutes: pick(&self.minutes, &base.minutes, &now.minutes),
        }
    }

    /// What it wishes of an item that is there: only what was changed here and is not so yet.
    fn edit(&self, base: &Self, item: &Item) -> Result<Option<Act>, Problem> {
        let now = Self::of(item);
        let new = self.over(base, &now);
        if new.title.trim().is_empty() {
            return Err((Spot::Title, "Give it a name.".to_owned()));
        }
        let is_timed = !now.kind.is_empty();
        let when = is_timed.then(|| new.when()).transpose()?;
        if new == now {
            return Ok(None);
        }
        let text = |new: &str, old: &str| (new != old).then(|| L10n::english(new));
        let certainty = new.certainty()?;
        let is_same_time = when.as_ref().is_some_and(|when| is_same(when, &item.when));
        Ok(Some(Act::Edit {
            item: item.id,
            title: text(&new.title, &now.title),
            body: text(&new.body, &now.body),
            audience: (new.audience != now.audience).then_some(new.audience),
            lane: (new.lane != now.lane).then_some(new.lane),
            certainty: (certainty != item.certainty).then_some(certainty),
            in_calendar: (new.in_calendar != now.in_calendar).then_some(new.in_calendar),
            when: when.filter(|_| !is_same_time),
        }))
    }

    /// What it wishes of a new item.
    fn create(&self, item: ItemId) -> Result<Act, Problem> {
        if self.title.trim().is_empty() {
            return Err((Spot::Title, "Give it a name.".to_owned()));
        }
        Ok(Act::Create {
            item,
            when: self.when()?,
            title: L10n::english(&self.title),
            body: L10n::english(&self.body),
            audience: self.audience,
            lane: self.lane.clone(),
            certainty: self.certainty()?,
        })
    }

    fn certainty(&self) -> Result<Certainty, Problem> {
        let wrong = |words: &str| (Spot::Between, words.to_owned());
        match (self.sure, self.between) {
            (Sure::Firm, _) => Ok(Certainty::Firm),
            (Sure::Tentative, _) => Ok(Certainty::Tentative),
            (Sure::Window, (Some(first), Some(last))) if first <= last => {
                Ok(Certainty::Window { first, last })
            }
            (Sure::Window, (Some(_), Some(_))) => {
                Err(wrong("The latest day lies before the earliest."))
            }
            (Sure::Window, _) => Err(wrong("Enter both days, for example 2 March 2018.")),
        }
    }

    /// Whether it is a deadline; nothing for what has no time of day.
    pub(super) fn is_due(&self) -> Option<bool> {
        match self.kind.as_str() {
            "due" => Some(true),
            "meeting" => Some(false),
            _ => None,
        }
    }

    /// The civil time that is stored: of a deadline the minute after the last one that counts.
    pub(super) fn civil(&self) -> Option<NaiveDateTime> {
        let at = self.first?.and_time(self.time?);
        let after = Duration::minutes(i64::from(self.is_due()?));
        at.checked_add_signed(after)
    }

    pub(super) fn when(&self) -> Result<When, Problem> {
        let first = self.first.ok_or_else(|| {
            let words = "Enter the day, for example 2 March 2018.".to_owned();
            (Spot::Day, words)
        })?;
        let at = || {
            let civil = self.civil().ok_or_else(|| {
                let words = "Enter a time of day, for example 17:00.".to_owned();
                (Spot::Time, words)
            })?;
            Ok::<Deadline, Problem>(unresolved(civil, &self.zone))
        };
        Ok(match self.kind.as_str() {
            "phase" => When::Phase {
                start: first,
                end: self.last.unwrap_or(first),
            },
            "due" => When::Due(at()?),
            "meeting" => When::Meeting {
                start: at()?,
                minutes: self.minutes.trim().parse().map_err(|_| {
                    let words = "Write how many minutes, such as 60.".to_owned();
                    (Spot::Minutes, words)
                })?,
            },
            _ => When::Milestone { on: first },
        })
    }
}

/// Whether two say the same, but for what only the server knows.
pub(super) fn is_same(new: &When, old: &When) -> bool {
    let length = |when: &When| match when {
        When::Meeting { minutes, .. } => Some(*minutes),
        _ => None,
    };
    let read = |when: &When| {
        let time = when.time();
        time.map(|time| (time.civil, time.zone.clone()))
    };
    (new.days(), length(new), read(new)) == (old.days(), length(old), read(old))
}

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

#[cfg(test)]
mod tests {
    use tandem_domain::timeline::Mark;

    use super::*;

    fn due() -> Item {
        let id = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let at = unresolved("2018-03-03T00:00:00".parse().unwrap(), &ZoneName::aoe());
        Item::planned(
            id,
            Mark::Closing,
            When::Due(at),
            L10n::english("Applications close"),
        )
    }

    fn edited(draft: &Draft, item: &Item) -> Option<Act> {
        draft.edit(&Draft::of(&due()), item).unwrap()
    }

    #[test]
    fn a_deadline_is_written_by_the_last_minute_that_counts() {
        let draft = Draft::of(&due());
        assert_eq!(draft.first, "2018-03-02".parse().ok());
        assert_eq!(draft.time, NaiveTime::from_hms_opt(23, 59, 0));
        assert_eq!(edited(&draft, &due()), None);
        let noon = Draft {
            time: NaiveTime::from_hms_opt(11, 59, 0),
            zone: ZoneName("Pacific/Guam".to_owned()),
            ..draft
        };
        let Some(Act::Edit {
            when: Some(When::Due(at)),
            title: None,
            ..
        }) = edited(&noon, &due())
        else {
            panic!("only the time is wished");
        };
        assert_eq!(at.civil, "2018-03-02T12:00:00".parse().unwrap());
        assert_eq!(at.zone.0, "Pacific/Guam");
    }

    #[test]
    fn what_was_changed_elsewhere_is_not_changed_back() {
        let mut moved = due();
        moved.when.shift(7);
        let renamed = Draft {
            title: "The call closes".to_owned(),
            ..Draft::of(&due())
        };
        let Some(Act::Edit {
            title: Some(_),
            when: None,
            ..
        }) = edited(&renamed, &moved)
        else {
            panic!("only the name is wished");
        };
        let later = Draft {
            time: NaiveTime::from_hms_opt(16, 59, 0),
            ..Draft::of(&due())
        };
        let Some(Act::Edit {
            when: Some(when), ..
        }) = edited(&later, &moved)
        else {
            panic!("the time is wished");
        };
        assert_eq!(when.days().1, "2018-03-09".parse().unwrap());
    }

    #[test]
    fn how_sure_it_is_can_be_two_days_between_which_it_will_lie() {
        let window = Draft {
            sure: Sure::Window,
            ..Draft::of(&due())
        };
        let spot = |draft: &Draft| draft.edit(&Draft::of(&due()), &due()).unwrap_err().0;
        assert_eq!(spot(&window), Spot::Between);
        let between = |first: &str, last: &str| Draft {
            between: (first.parse().ok(), last.parse().ok()),
            ..window.clone()
        };
        assert_eq!(spot(&between("2018-03-09", "2018-03-02")), Spot::Between);
        let Some(Act::Edit {
            certainty: Some(certainty),
            when: None,
            in_calendar: None,
            ..
        }) = edited(&between("2018-03-02", "2018-03-09"), &due())
        else {
            panic!("only how sure it is is wished");
        };
        // What it lies between stays when something else is changed.
        let mut lies = due();
        lies.certainty = certainty;
        let hidden = Draft {
            in_calendar: InCalendar::Hidden,
            ..Draft::of(&lies)
        };
        let act = hidden.edit(&Draft::of(&lies), &lies).unwrap();
        let Some(Act::Edit {
            certainty: None,
            in_calendar: Some(InCalendar::Hidden),
            ..
        }) = act
        else {
            panic!("{act:?}");
        };
    }

    #[test]
    fn what_is_missing_is_said_where_it_is_missing() {
        let spot = |draft: &Draft| {
            let id = "01890000-0000-7000-8000-000000000002".parse().unwrap();
            draft.create(id).unwrap_err().0
        };
        let mut draft = Draft::new(ZoneName::aoe());
        assert_eq!(spot(&draft), Spot::Title);
        draft.title = "Welcome call".to_owned();
        draft.kind = "meeting".to_owned();
        assert_eq!(spot(&draft), Spot::Day);
        draft.first = "2018-06-04".parse().ok();
        assert_eq!(spot(&draft), Spot::Time);
        draft.time = NaiveTime::from_hms_opt(15, 0, 0);
        draft.minutes = "an hour".to_owned();
        assert_eq!(spot(&draft), Spot::Minutes);
    }
}
