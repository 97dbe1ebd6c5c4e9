//! The days a program keeps free: federal holidays, holidays and conference weeks of its own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use leptos::prelude::*;
use tandem_api::timeline::ProgramDays;
use tandem_domain::id::ProgramId;
use tandem_domain::timeline::closure::{Closure, ClosureKind, Closures};

use crate::api::error::ApiError;
use crate::api::timeline;
use crate::dom::announce;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::manage::program_id;
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look, Press};
use crate::ui::checkbox::Checkbox;
use crate::ui::choice::Choice;
use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::field::{FieldGroup, Label};
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::repeater::{Entries, Repeater};
use crate::ui::select::Select;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::text_field::TextField;

/// The most entries, as at the server.
const MOST: usize = 200;
/// The longest entry, in days, as at the server.
const LONGEST: i64 = 60;

/// The days a program keeps free.
#[component]
pub fn DaysPage() -> impl IntoView {
    let program = program_id();
    let days = Fetched::new(move || Box::pin(load(program.get())));
    let again = days.again();
    move || match days.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the days" outline=Outline::Rows n_parts=5 /> }
                .into_any()
        }
        Load::Ready((program, days)) => view! { <Days program days on_stale=again /> }.into_any(),
        Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
    }
}

async fn load(program: Option<ProgramId>) -> Result<(ProgramId, ProgramDays), ApiError> {
    let program = program.ok_or(ApiError::NotFound)?;
    Ok((program, timeline::program_days(program).await?))
}

/// Where in an entry something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Name,
    First,
    Last,
}

/// What is written of some days, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Draft {
    name: String,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    is_holiday: bool,
    /// Dates that are begun and are no days yet.
    begun: BTreeSet<Spot>,
    wrong: BTreeMap<Spot, &'static str>,
}

impl Draft {
    fn of(closure: Closure) -> Self {
        Self {
            name: closure.name,
            first: Some(closure.first),
            last: Some(closure.last),
            is_holiday: closure.kind == ClosureKind::Holiday,
            ..Self::default()
        }
    }

    /// Takes in a date, whole or not.
    fn enter(&mut self, spot: Spot, entry: DateEntry) {
        let day = match entry {
            DateEntry::Day(day) => Some(day),
            DateEntry::Empty | DateEntry::Incomplete => None,
        };
        if spot == Spot::Last {
            self.last = day;
        } else {
            self.first = day;
        }
        if entry == DateEntry::Incomplete {
            self.begun.insert(spot);
        } else {
            self.begun.remove(&spot);
        }
    }

    /// What it says, or what is wrong with it. One day needs no last day.
    fn closure(&self) -> Result<Closure, BTreeMap<Spot, &'static str>> {
        let name = self.name.trim();
        let mut wrong = BTreeMap::new();
        if name.is_empty() {
            wrong.insert(Spot::Name, "Give it a name.");
        }
        if self.begun.contains(&Spot::Last) {
            wrong.insert(Spot::Last, "Enter a whole day, or leave it empty.");
        }
        let (Some(first), Some(last)) = (self.first, self.last.or(self.first)) else {
            wrong.insert(Spot::First, "Enter a day, for example 21 June 2018.");
            return Err(wrong);
        };
        if last < first {
            wrong.insert(Spot::Last, "It would end before it begins.");
        } else if (last - first).num_days() >= LONGEST {
            wrong.insert(
                Spot::Last,
                "No more than 60 days can be kept free together.",
            );
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Closure {
            name: name.to_owned(),
            first,
            last,
            kind: if self.is_holiday {
                ClosureKind::Holiday
            } else {
                ClosureKind::Conference
            },
        })
    }
}

/// All entries, in order of time; or nothing, with what is wrong said at its place.
fn written(entries: Entries<Draft>) -> Option<Vec<Closure>> {
    let mut all = Vec::new();
    let mut is_fine = true;
    for key in entries.keys().get_untracked() {
        let draft = untrack(|| entries.get(key));
        if draft == Draft::default() {
            continue;
        }
        match draft.closure() {
            Ok(closure) => all.push(closure),
            Err(wrong) => {
                is_fine = false;
                entries.change(key, |draft| draft.wrong = wrong);
            }
        }
    }
    all.sort_by_key(|closure| closure.first);
    is_fine.then_some(all)
}

/// The days that are here.
#[component]
fn Days(
    /// Of which program.
    program: ProgramId,
    /// The days, as saved.
    days: ProgramDays,
    /// Called to read what others saved meanwhile.
    on_stale: Callback<()>,
) -> impl IntoView {
    let rev = StoredValue::new(days.rev);
    let has_federal = RwSignal::new(days.federal_holidays);
    let entries = Entries::new(days.days.into_iter().map(Draft::of).collect());
    let outcome = RwSignal::new(None::<Result<(), ApiError>>);
    let save = Action::new_local(move |closures: &Closures| {
        let closures = closures.clone();
        async move {
            let saved = timeline::set_program_days(program, rev.get_value(), &closures).await;
            if let Ok(days) = &saved {
                rev.set_value(days.rev);
                announce::polite("The days are saved.");
            }
            outcome.try_set(Some(saved.map(drop)));
        }
    });
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        outcome.set(None);
        if let Some(days) = written(entries) {
            save.dispatch_local(Closures {
                federal_holidays: has_federal.get_untracked(),
                days,
            });
        } else {
            announce::assertive("Not saved: something in the entries is missing or wrong.");
        }
    };
    let said = move || outcome.get().map(|outcome| said(outcome, on_stale));
    let group = String::from("own-days");
    view! {
        <article class="page page--text program-days">
            <BackLink href=Screen::Manage.to_string()>"Manage"</BackLink>
            <PageHeading lead="Whoever moves a date onto one of these days, or onto a weekend, is warned before anything is saved. Working days leave holidays out.">
                "Days kept free"
            </PageHeading>
            <form class="stack" novalidate on:submit=sent>
                <Checkbox
                    id="federal"
                    label="Federal holidays of the United States"
                    checked=Signal::derive(move || has_federal.get())
                    on_change=move |is| has_federal.set(is)
                />
                <FieldGroup
                    id=group.clone()
                    label=Label::new("Conferences and holidays of your own")
                    error=Signal::stored(None::<String>)
                >
                    <Repeater
                        id=group
                        noun="conference or holiday"
                        entries
                        max=MOST
                        entry=entry
                        on_change=move |()| outcome.set(None)
                    />
                </FieldGroup>
                {said}
                <div>
                    <Button look=Look::Primary press=Press::Submits busy=save.pending()>
                        "Save the days"
                    </Button>
                </div>
            </form>
        </article>
    }
}

fn said(outcome: Result<(), ApiError>, on_stale: Callback<()>) -> AnyView {
    match outcome {
        Ok(()) => view! { <Notice kind=Kind::Success>"The days are saved."</Notice> }.into_any(),
        Err(error) => {
            let again = (error == ApiError::Stale).then(|| {
                view! { <Button on_press=on_stale>"Show what was saved"</Button> }
            });
            view! {
                <Notice kind=Kind::Error>
                    <p>{error.sentence()}</p>
                    {again}
                </Notice>
            }
            .into_any()
        }
    }
}

/// One of them.
fn entry(id: String, entries: Entries<Draft>, key: u32, on_change: Callback<()>) -> AnyView {
    let change = Callback::new(move |(spot, written): (Spot, Written)| {
        entries.change(key, |draft| {
            draft.wrong.remove(&spot);
            match written {
                Written::Name(name) => draft.name = name,
                Written::Day(entry) => draft.enter(spot, entry),
            }
        });
        on_change.run(());
    });
    let wrong = move |spot| {
        Signal::derive(move || {
            let draft = entries.get(key);
            draft.wrong.get(&spot).map(|words| (*words).to_owned())
        })
    };
    let kinds = vec![
        Choice::new("conference", "A conference"),
        Choice::new("holiday", "A holiday"),
    ];
    let kind = Signal::derive(move || {
        let is_holiday = entries.get(key).is_holiday;
        Some(if is_holiday { "holiday" } else { "conference" }.to_owned())
    });
    let kind_chosen = Callback::new(move |kind: Option<String>| {
        let is_holiday = kind.as_deref() == Some("holiday");
        entries.change(key, |draft| draft.is_holiday = is_holiday);
        on_change.run(());
    });
    let named = move |name: String| change.run((Spot::Name, Written::Name(name)));
    view! {
        <div class="program-days__entry">
            <TextField
                id=format!("{id}-{key}-name")
                label=Label::new("Name")
                value=Signal::derive(move || entries.get(key).name)
                error=wrong(Spot::Name)
                on_input=named
            />
            <Select
                id=format!("{id}-{key}-kind")
                label=Label::new("What it is")
                choices=Signal::stored(kinds)
                value=kind
                on_change=kind_chosen
            />
            <Edge id=format!("{id}-{key}") entries key spot=Spot::First error=wrong(Spot::First) change />
            <Edge id=format!("{id}-{key}") entries key spot=Spot::Last error=wrong(Spot::Last) change />
        </div>
    }
    .into_any()
}

/// What was written into an entry.
enum Written {
    Name(String),
    Day(DateEntry),
}

/// The first or the last day of an entry.
#[component]
fn Edge(
    /// How the id begins.
    id: String,
    /// The entries.
    entries: Entries<Draft>,
    /// Of which.
    key: u32,
    /// Which day.
    spot: Spot,
    /// What is wrong with it.
    error: Signal<Option<String>>,
    /// Called with what is written.
    change: Callback<(Spot, Written)>,
) -> impl IntoView {
    let is_last = spot == Spot::Last;
    let (name, label) = if is_last {
        let hint = "Leave it empty for one day.";
        ("last", Label::new("Last day").hint(hint).optional())
    } else {
        ("first", Label::new("First day"))
    };
    let value = Signal::derive(move || {
        let draft = entries.get(key);
        if is_last { draft.last } else { draft.first }
    });
    let written = move |entry| change.run((spot, Written::Day(entry)));
    view! { <DateField id=format!("{id}-{name}") label value error on_change=written /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, first: &str, last: &str) -> Draft {
        Draft {
            name: name.to_owned(),
            first: first.parse().ok(),
            last: last.parse().ok(),
            ..Draft::default()
        }
    }

    #[test]
    fn one_day_needs_no_last_day() {
        let closure = draft(" Spring Meeting ", "2018-05-16", "")
            .closure()
            .unwrap();
        assert_eq!(closure.name, "Spring Meeting");
        assert_eq!(closure.first, closure.last);
        assert_eq!(closure.kind, ClosureKind::Conference);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let spots = |draft: Draft| {
            let wrong = draft.closure().unwrap_err();
            wrong.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(spots(draft("", "", "")), [Spot::Name, Spot::First]);
        assert_eq!(
            spots(draft("Annual", "2018-06-21", "2018-06-20")),
            [Spot::Last]
        );
        assert_eq!(
            spots(draft("Annual", "2018-06-21", "2018-08-20")),
            [Spot::Last]
        );
    }

    #[test]
    fn a_date_that_is_only_begun_is_neither_nothing_nor_a_day() {
        let mut closure = draft("Annual", "2018-06-21", "");
        closure.enter(Spot::Last, DateEntry::Incomplete);
        assert!(closure.closure().unwrap_err().contains_key(&Spot::Last));
        closure.enter(Spot::Last, DateEntry::Empty);
        assert!(closure.closure().is_ok());
        let mut begun = Draft::default();
        begun.enter(Spot::First, DateEntry::Incomplete);
        Owner::new().with(|| assert_eq!(written(Entries::new(vec![begun])), None));
    }

    #[test]
    fn nothing_is_saved_while_something_is_wrong() {
        Owner::new().with(|| {
            let whole = draft("Annual", "2018-06-21", "2018-06-26");
            let early = draft("Midwinter", "2018-02-09", "2018-02-13");
            let entries = Entries::new(vec![whole, early, Draft::default()]);
            let names = |all: Vec<Closure>| {
                let names = all.into_iter().map(|closure| closure.name);
                names.collect::<Vec<_>>()
            };
            assert_eq!(
                written(entries).map(names).unwrap(),
                ["Midwinter", "Annual"]
            );
            let unfinished = Entries::new(vec![draft("Fall", "", "")]);
            assert_eq!(written(unfinished), None);
            let key = unfinished.keys().get_untracked()[0];
            assert!(unfinished.get(key).wrong.contains_key(&Spot::First));
        });
    }
}
