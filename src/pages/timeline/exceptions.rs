//! Dates of the chosen item that hold for one person alone: those there are, and granting another.

use leptos::prelude::*;
use tandem_api::application::ApplicationRow;
use tandem_api::timeline::{NewPersonDate, PersonDateView};
use tandem_domain::application::ApplicationState;
use tandem_domain::id::{CohortId, ItemId, PersonDateId};
use tandem_domain::timeline::person::{PersonDateError, check};
use tandem_domain::timeline::{Edge, Item, When};

use super::form::Timed;
use super::item_draft::{self, Draft, is_same};
use super::state::TimelineState;
use crate::api::error::ApiError;
use crate::api::{committee, timeline};
use crate::dom::{announce, random};
use crate::load::{Fetched, Load};
use crate::ui::button::{Button, Look, Press};
use crate::ui::choice::Choice;
use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::date_words::{long_day, time};
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;
use crate::ui::text_field::TextField;
use crate::widgets::deadline::{official, zone_words};
use crate::widgets::state_words;

/// The dates of an item in words: "until Friday, March 2, 2018, 11:59 PM, Chicago time".
fn words(when: &When) -> String {
    match when {
        When::Phase { start, end } => format!("from {} to {}", long_day(*start), long_day(*end)),
        When::Milestone { on } => format!("on {}", long_day(*on)),
        When::Due(deadline) => format!("until {}", official(deadline)),
        When::Meeting { start, minutes } => format!(
            "on {}, {}, {}, {minutes} minutes",
            long_day(start.civil.date()),
            time(start.civil),
            zone_words(&start.zone)
        ),
    }
}

/// Why nobody can have a date of the item of their own; nothing if somebody can.
fn obstacle(item: &Item) -> Option<&'static str> {
    match check(item, &item.when).err()? {
        PersonDateError::NotAnnounced => {
            Some("A date can hold for one person once it is announced.")
        }
        PersonDateError::Everybodys => Some(
            "Everybody has this date. More time to apply is granted on the page of an application.",
        ),
        PersonDateError::OtherKind
        | PersonDateError::EndsBeforeItBegins
        | PersonDateError::OutOfRange => None,
    }
}

/// What is wished for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    row: Option<String>,
    first: DateEntry,
    last: DateEntry,
    reason: String,
}

/// Where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    Person,
    First,
    Last,
    Time,
    Minutes,
    Reason,
    Whole,
}

type Problem = (Spot, String);

impl Wanted {
    /// Nobody yet; the dates of everybody to begin with.
    fn of(when: &When) -> Self {
        let (first, last) = when.days();
        Self {
            row: None,
            first: DateEntry::Day(first),
            last: DateEntry::Day(last),
            reason: String::new(),
        }
    }

    /// The dates that shall hold; `timed` is what is written of a deadline or a meeting.
    fn when(&self, everybodys: &When, timed: &Draft) -> Result<When, Problem> {
        let when = if everybodys.time().is_some() {
            timed
                .when()
                .map_err(|(spot, words)| (spot_of(spot), words))?
        } else {
            self.days(everybodys)?
        };
        let (first, last) = when.days();
        if first > last {
            return Err((Spot::Last, "It would end before it begins.".to_owned()));
        }
        if is_same(&when, everybodys) {
            return Err((Spot::First, "This is everybody's date already.".to_owned()));
        }
        if self.reason.trim().is_empty() {
            return Err((Spot::Reason, "Say why; the person reads it.".to_owned()));
        }
        Ok(when)
    }

    fn days(&self, everybodys: &When) -> Result<When, Problem> {
        let day = |entry, spot| match entry {
            DateEntry::Day(day) => Ok(day),
            DateEntry::Empty | DateEntry::Incomplete => {
                let words = "Enter a day, for example 2 March 2018.".to_owned();
                Err((spot, words))
            }
        };
        let mut when = everybodys.clone();
        if matches!(when, When::Phase { .. }) {
            when.put(Edge::Start, day(self.first, Spot::First)?);
            when.put(Edge::End, day(self.last, Spot::Last)?);
        } else {
            when.put(Edge::End, day(self.first, Spot::First)?);
        }
        Ok(when)
    }
}

/// Where something stands here that is wrong in the fields of a time of day.
fn spot_of(spot: item_draft::Spot) -> Spot {
    match spot {
        item_draft::Spot::Day => Spot::First,
        item_draft::Spot::Time => Spot::Time,
        item_draft::Spot::Minutes => Spot::Minutes,
        item_draft::Spot::Title | item_draft::Spot::Between | item_draft::Spot::Whole => {
            Spot::Whole
        }
    }
}

/// The dates that hold for one person alone.
#[component]
pub(super) fn Exceptions(
    /// What the screen knows.
    state: TimelineState,
    /// Of which item.
    id: ItemId,
    /// Of which cohort.
    cohort: CohortId,
) -> impl IntoView {
    let item = Memo::new(move |_| state.item(id));
    let dates = Fetched::new(move || Box::pin(timeline::person_dates(cohort)));
    let again = dates.again();
    let list = move || match dates.get() {
        Load::Waiting => ().into_any(),
        Load::Failed(error) => {
            view! { <Notice kind=Kind::Warning>{error.sentence()}</Notice> }.into_any()
        }
        Load::Ready(dates) => present(cohort, id, dates, again),
    };
    let grant = move || {
        let item = item.get()?;
        Some(match obstacle(&item) {
            Some(words) => view! { <p class="item-panel__state">{words}</p> }.into_any(),
            None => view! {
                <Disclosure summary="Grant one person another date" has_form=true>
                    <GrantForm cohort item on_done=again />
                </Disclosure>
            }
            .into_any(),
        })
    };
    view! {
        <div class="item-bonds">
            {list}
            {grant}
        </div>
    }
}

fn present(
    cohort: CohortId,
    id: ItemId,
    dates: Vec<PersonDateView>,
    again: Callback<()>,
) -> AnyView {
    let lines: Vec<AnyView> = dates
        .into_iter()
        .filter(|date| date.item == id)
        .map(|date| view! { <Exception cohort date again /> }.into_any())
        .collect();
    (!lines.is_empty())
        .then(|| view! { <ul class="item-bonds__list" role="list">{lines}</ul> })
        .into_any()
}

/// A date that holds for one person, and ending it.
#[component]
fn Exception(
    /// Of which cohort.
    cohort: CohortId,
    /// Which.
    date: PersonDateView,
    /// Called once it has ended.
    again: Callback<()>,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let id = date.id;
    let name = date.name.clone();
    let end = Action::new_local(move |id: &PersonDateId| {
        let (id, name) = (*id, name.clone());
        async move {
            match timeline::end_person_date(cohort, id).await {
                Ok(()) => {
                    announce::polite(&format!("Everybody's date holds for {name} again."));
                    again.run(());
                }
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let press = Callback::new(move |()| {
        end.dispatch_local(id);
    });
    view! {
        <li class="item-bonds__line">
            <p>
                <strong>{date.name.clone()}</strong>
                {format!(": {}. ", words(&date.when))}
                <span class="item-panel__state">{format!("{}: {}", date.by, date.reason)}</span>
            </p>
            <Button look=Look::Quiet busy=end.pending() on_press=press>
                "End it"
                <span class="visually-hidden">{format!(": {}", date.name)}</span>
            </Button>
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
        </li>
    }
}

/// Grants one person another date.
#[component]
fn GrantForm(
    /// Of which cohort.
    cohort: CohortId,
    /// Instead of which item's dates.
    item: Item,
    /// Called once it is granted.
    on_done: Callback<()>,
) -> impl IntoView {
    let timed = RwSignal::new(Draft::of(&item));
    let (id, everybodys) = (item.id, StoredValue::new(item.when));
    let is_phase = everybodys.with_value(|when| matches!(when, When::Phase { .. }));
    let is_timed = everybodys.with_value(|when| when.time().is_some());
    let wanted = RwSignal::new(everybodys.with_value(Wanted::of));
    let wrong = RwSignal::new(None::<Problem>);
    let key = StoredValue::new(random::uuid());
    let grant = Action::new_local(move |new: &(String, When, String)| {
        let (row, when, reason) = new.clone();
        async move {
            match send(cohort, id, row, when, reason, key.get_value()).await {
                Ok(name) => {
                    announce::polite(&format!("Granted. {name} is told by mail."));
                    on_done.run(());
                }
                Err(error) => {
                    wrong.try_set(Some((Spot::Whole, error.sentence())));
                }
            }
        }
    });
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = wanted.get_untracked();
        let when =
            everybodys.with_value(|when| timed.with_untracked(|timed| wanted.when(when, timed)));
        let problem = match (when, wanted.row) {
            (_, None) => Some((Spot::Person, "Choose whom it is for.".to_owned())),
            (Err(problem), _) => Some(problem),
            (Ok(when), Some(row)) => {
                key.set_value(random::uuid());
                grant.dispatch_local((row, when, wanted.reason.trim().to_owned()));
                None
            }
        };
        wrong.set(problem);
    };
    let at = move |spot| {
        Signal::derive(move || {
            wrong.with(|wrong| {
                let here = wrong.as_ref().filter(|(at, _)| *at == spot);
                here.map(|(_, words)| words.clone())
            })
        })
    };
    let dates = if is_timed {
        let errors = (at(Spot::First), at(Spot::Time), at(Spot::Minutes));
        view! { <Timed key="exception" draft=timed errors has_day=true /> }.into_any()
    } else {
        let days = [(Spot::First, true), (Spot::Last, is_phase)];
        days.into_iter()
            .filter(|(_, is_asked)| *is_asked)
            .map(|(spot, _)| view! { <DayOf spot is_phase wanted error=at(spot) /> })
            .collect_view()
            .into_any()
    };
    let failure = at(Spot::Whole);
    view! {
        <form class="item-form" novalidate on:submit=sent>
            <Whom cohort wanted error=at(Spot::Person) />
            {dates}
            <TextField
                id="exception-reason"
                label=Label::new("Why").hint("The person reads it in the mail and beside the date.")
                error=at(Spot::Reason)
                on_input=move |text| wanted.update(|wanted| wanted.reason = text)
            />
            {move || failure.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
            <Button press=Press::Submits busy=grant.pending()>
                "Grant it"
            </Button>
        </form>
    }
}

/// One of the days that shall hold.
#[component]
fn DayOf(
    /// Which.
    spot: Spot,
    /// Whether there is a first and a last one.
    is_phase: bool,
    /// What is wished.
    wanted: RwSignal<Wanted>,
    /// What is wrong with it.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (id, label) = match (spot, is_phase) {
        (Spot::Last, _) => ("exception-last", "Last day"),
        (_, true) => ("exception-first", "First day"),
        (_, false) => ("exception-first", "Day"),
    };
    let entry = wanted.with_untracked(|wanted| {
        if spot == Spot::Last {
            wanted.last
        } else {
            wanted.first
        }
    });
    let value = match entry {
        DateEntry::Day(day) => Some(day),
        DateEntry::Empty | DateEntry::Incomplete => None,
    };
    let changed = move |entry| {
        wanted.update(|wanted| {
            if spot == Spot::Last {
                wanted.last = entry;
            } else {
                wanted.first = entry;
            }
        });
    };
    view! { <DateField id label=Label::new(label) value error on_change=changed /> }
}

/// For whom: somebody who has applied.
#[component]
fn Whom(
    /// Of which cohort.
    cohort: CohortId,
    /// What is wished.
    wanted: RwSignal<Wanted>,
    /// What is wrong with it.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let list = Fetched::new(move || Box::pin(committee::applications(cohort)));
    let choices = Signal::derive(move || match list.get() {
        Load::Ready(list) => people(&list.rows),
        Load::Waiting | Load::Failed(_) => Vec::new(),
    });
    let chosen = Callback::new(move |row| wanted.update(|wanted| wanted.row = row));
    let failure = move || match list.get() {
        Load::Failed(error) => Some(error.sentence()),
        Load::Ready(_) | Load::Waiting => None,
    };
    view! {
        <Select
            id="exception-person"
            label=Label::new("For whom")
            choices
            value=Signal::derive(move || wanted.with(|wanted| wanted.row.clone()))
            placeholder="Choose somebody who applied"
            error
            on_change=chosen
        />
        {move || failure().map(|words| view! { <Notice kind=Kind::Warning>{words}</Notice> })}
    }
}

/// Those who take part, by name.
fn people(rows: &[ApplicationRow]) -> Vec<Choice> {
    let takes_part = |row: &&ApplicationRow| {
        !matches!(
            row.state,
            ApplicationState::Withdrawn | ApplicationState::Ineligible
        )
    };
    let mut rows: Vec<&ApplicationRow> = rows.iter().filter(takes_part).collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    let choice = |row: &&ApplicationRow| {
        let (role, _) = state_words::role(row.role);
        let label = format!("{}, {role}, {}", row.name, row.reference);
        Choice::new(row.id.to_string(), label)
    };
    rows.iter().map(choice).collect()
}

/// Grants it to whoever sent the application, and says that name.
async fn send(
    cohort: CohortId,
    item: ItemId,
    row: String,
    when: When,
    reason: String,
    key: String,
) -> Result<String, ApiError> {
    let application = row.parse().map_err(|_| ApiError::NotFound)?;
    let application = committee::application(application).await?;
    let new = NewPersonDate {
        item,
        person: application.person,
        when,
        reason,
    };
    let granted = timeline::grant_person_date(cohort, key, &new).await?;
    Ok(granted.name)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use tandem_domain::date::ZoneName;
    use tandem_domain::form::locale::L10n;
    use tandem_domain::timeline::Mark;

    use super::super::item_draft::unresolved;
    use super::*;

    fn phase(start: &str, end: &str) -> When {
        When::Phase {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        }
    }

    fn item(mark: Mark) -> Item {
        let id = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let when = phase("2018-05-15", "2018-05-31");
        Item::planned(id, mark, when, L10n::english("Orientation"))
    }

    #[test]
    fn who_cannot_have_a_date_of_their_own_reads_why() {
        let planned = obstacle(&item(Mark::Orientation)).unwrap();
        assert!(planned.contains("announced"), "{planned}");
        let call = obstacle(&item(Mark::Call).announced()).unwrap();
        assert!(call.contains("Everybody"), "{call}");
        assert_eq!(obstacle(&item(Mark::Orientation).announced()), None);
    }

    #[test]
    fn another_date_has_days_in_order_and_a_reason() {
        let everybodys = phase("2018-05-15", "2018-05-31");
        let day = |text: &str| DateEntry::Day(text.parse().unwrap());
        let timed = Draft::of(&item(Mark::Orientation));
        let mut wanted = Wanted::of(&everybodys);
        assert_eq!(wanted.when(&everybodys, &timed).unwrap_err().0, Spot::First);
        wanted.last = day("2018-05-10");
        assert_eq!(wanted.when(&everybodys, &timed).unwrap_err().0, Spot::Last);
        wanted.last = day("2018-06-15");
        assert_eq!(
            wanted.when(&everybodys, &timed).unwrap_err().0,
            Spot::Reason
        );
        wanted.reason = "A typhoon.".to_owned();
        assert_eq!(
            wanted.when(&everybodys, &timed),
            Ok(phase("2018-05-15", "2018-06-15"))
        );
    }

    #[test]
    fn another_hour_of_the_same_day_is_another_date() {
        let mut item = item(Mark::Other);
        item.when = When::Meeting {
            start: unresolved(
                "2018-05-22T15:00:00".parse().unwrap(),
                &ZoneName("America/Chicago".to_owned()),
            ),
            minutes: 90,
        };
        let wanted = Wanted {
            reason: "She teaches at that hour.".to_owned(),
            ..Wanted::of(&item.when)
        };
        let timed = Draft::of(&item);
        let same = wanted.when(&item.when, &timed).unwrap_err();
        assert_eq!(same.0, Spot::First);
        let mut later = timed.clone();
        later.time = NaiveTime::from_hms_opt(18, 30, 0);
        let When::Meeting { start, minutes } = wanted.when(&item.when, &later).unwrap() else {
            panic!("it is a meeting");
        };
        assert_eq!(start.civil, "2018-05-22T18:30:00".parse().unwrap());
        assert_eq!((minutes, start.zone.0), (90, "America/Chicago".to_owned()));
        let mut nothing = timed;
        nothing.time = None;
        assert_eq!(wanted.when(&item.when, &nothing).unwrap_err().0, Spot::Time);
    }
}
