//! The form that sets up a cohort: its name and the dates everything else follows from.

use chrono::{Days, NaiveDate, NaiveTime};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use tandem_api::cohort::NewCohort;
use tandem_domain::date::ZoneName;

use crate::api::cohorts;
use crate::dom::random;
use crate::pages::manage::entry::{Entry, slug_of};
use crate::pages::manage::program_id;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look, Press};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::field::Label;
use crate::ui::heading::PageHeading;
use crate::ui::local_time::reader_zone_name;
use crate::ui::notice::{Kind, Notice};
use crate::ui::text_field::TextField;
use crate::widgets::zone_field::ZoneField;

/// The dates that are asked, in their order: name in the body, question, hint.
const DATES: [(&str, &str, &str); 5] = [
    (
        "call_opens",
        "The call opens on",
        "Applications are accepted from the beginning of this day.",
    ),
    (
        "closes",
        "The last day to apply",
        "Until 11:59 PM of this day.",
    ),
    (
        "pairing_complete",
        "Pairs are known by",
        "The day on which everybody hears.",
    ),
    ("starts", "The program begins on", ""),
    ("ends", "The program ends on", ""),
];

/// The form that sets up a cohort.
#[component]
pub fn NewCohortPage() -> impl IntoView {
    let program = program_id();
    let session = Session::expect();
    let navigate = use_navigate();
    let entry = Entry::new(&[
        ("zone", &reader_zone_name()),
        ("closes_zone", ZoneName::AOE),
    ]);
    let days = RwSignal::new([DateEntry::Empty; DATES.len()]);
    let key = StoredValue::new(random::uuid());
    let send = Action::new_local(move |cohort: &NewCohort| {
        let (cohort, navigate) = (cohort.clone(), navigate.clone());
        async move {
            let Some(program) = program.get_untracked() else {
                return;
            };
            match cohorts::create_cohort(key.get_value(), program, &cohort).await {
                Ok(cohort) => {
                    session.refresh();
                    let overview = Screen::CommitteeOverview(cohort.slug).to_string();
                    navigate(&overview, leptos_router::NavigateOptions::default());
                }
                Err(error) => entry.refused(&error),
            }
        }
    });
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match wished(entry, days.get_untracked()) {
            Ok(cohort) => {
                entry.settle(Vec::new());
                send.dispatch_local(cohort);
            }
            Err(problems) => {
                entry.settle(problems);
            }
        }
    };
    view! {
        <article class="page page--text new-cohort">
            <BackLink href=Screen::Manage.to_string()>"Manage"</BackLink>
            <PageHeading lead="It starts as a draft that only the committee sees, with the default forms and a timeline made from these dates. Every date can be moved later.">
                "Set up a cohort"
            </PageHeading>
            <form class="stack stack--loose" novalidate on:submit=submitted>
                <Names entry />
                <Dates entry days />
                <ClosingZone entry />
                {move || {
                    entry.failure().get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })
                }}
                <div>
                    <Button look=Look::Primary press=Press::Submits busy=send.pending()>
                        "Set up the cohort"
                    </Button>
                </div>
            </form>
        </article>
    }
}

/// What the cohort is called, and the zone of its days.
#[component]
fn Names(
    /// What is typed, and what is wrong.
    entry: Entry,
) -> impl IntoView {
    let write = entry.write("zone");
    let zone = entry.value("zone");
    let zone = Signal::derive(move || Some(zone.get()).filter(|zone| !zone.is_empty()));
    let chosen = move |zone: Option<String>| write.run(zone.unwrap_or_default());
    view! {
        <TextField
            id="title"
            label=Label::new("Name").hint("Such as “2018–2019”.")
            error=entry.error("title")
            on_input=entry.write("title")
        />
        <ZoneField
            id="zone"
            label=Label::new("Official time zone").hint("Days of the timeline are counted in it.")
            value=zone
            error=entry.error("zone")
            on_change=chosen
        />
    }
}

/// The five dates.
#[component]
fn Dates(
    /// What is typed elsewhere, and what is wrong.
    entry: Entry,
    /// The days, in the order of `DATES`.
    days: RwSignal<[DateEntry; DATES.len()]>,
) -> impl IntoView {
    DATES
        .into_iter()
        .enumerate()
        .map(|(position, (name, question, hint))| {
            let written = move |day| {
                days.update(|days| {
                    if let Some(slot) = days.get_mut(position) {
                        *slot = day;
                    }
                });
                entry.write(name).run(String::new());
            };
            let nothing = None::<NaiveDate>;
            view! {
                <DateField
                    id=name
                    label=Label::new(question).hint(hint)
                    value=nothing
                    error=entry.error(name)
                    on_change=written
                />
            }
        })
        .collect_view()
}

/// Where the closing time is read.
#[component]
fn ClosingZone(
    /// What is typed elsewhere, and what is wrong.
    entry: Entry,
) -> impl IntoView {
    let value = Signal::derive(move || Some(entry.value("closes_zone").get()));
    let choices = vec![
        Choice::new(ZoneName::AOE, "Anywhere on Earth")
            .hint("As long as it is still that day somewhere. Nobody is late by a time zone."),
        Choice::new("", "The official time zone"),
    ];
    view! {
        <RadioGroup
            id="closes_zone"
            label="The last day ends"
            choices
            value
            on_change=entry.write("closes_zone")
        />
    }
}

fn wished(
    entry: Entry,
    days: [DateEntry; DATES.len()],
) -> Result<NewCohort, Vec<(&'static str, String)>> {
    let mut problems = Vec::new();
    let title = entry.trimmed("title");
    if slug_of(&title).is_empty() {
        problems.push((
            "title",
            "Give the cohort a name with letters or digits.".to_owned(),
        ));
    }
    let zone = entry.trimmed("zone");
    if zone.is_empty() {
        problems.push(("zone", "Choose the official time zone.".to_owned()));
    }
    for ((name, _, _), day) in DATES.iter().zip(days) {
        if !matches!(day, DateEntry::Day(_)) {
            problems.push((*name, "Enter a day of the calendar.".to_owned()));
        }
    }
    let [
        DateEntry::Day(call_opens),
        DateEntry::Day(last_day),
        DateEntry::Day(pairing_complete),
        DateEntry::Day(starts),
        DateEntry::Day(ends),
    ] = days
    else {
        return Err(problems);
    };
    problems.extend(out_of_order([
        call_opens,
        last_day,
        pairing_complete,
        starts,
        ends,
    ]));
    if !problems.is_empty() {
        return Err(problems);
    }
    let closes_zone = match entry.text("closes_zone").as_str() {
        ZoneName::AOE => ZoneName::aoe(),
        _ => ZoneName(zone.clone()),
    };
    Ok(NewCohort {
        slug: slug_of(&title),
        title,
        zone: ZoneName(zone),
        call_opens,
        // The deadline is exclusive: the beginning of the day after.
        closes: last_day
            .checked_add_days(Days::new(1))
            .unwrap_or(last_day)
            .and_time(NaiveTime::MIN),
        closes_zone,
        pairing_complete,
        starts,
        ends,
    })
}

fn out_of_order(days: [NaiveDate; DATES.len()]) -> Vec<(&'static str, String)> {
    days.windows(2)
        .zip(DATES.windows(2))
        .filter_map(|(days, dates)| match (days, dates) {
            ([before, after], [(_, earlier, _), (name, _, _)]) if after <= before => Some((
                *name,
                format!("This must come after: {}.", earlier.to_lowercase()),
            )),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> DateEntry {
        DateEntry::Day(text.parse().unwrap())
    }

    #[test]
    fn the_last_day_to_apply_is_stored_as_the_beginning_of_the_next() {
        Owner::new().with(|| {
            let entry = Entry::new(&[
                ("title", "2018–2019"),
                ("zone", "America/Chicago"),
                ("closes_zone", "AoE"),
            ]);
            let days = [
                day("2018-01-29"),
                day("2018-03-02"),
                day("2018-05-14"),
                day("2018-06-01"),
                day("2019-04-30"),
            ];
            let cohort = wished(entry, days).unwrap();
            assert_eq!(cohort.slug, "2018-2019");
            assert_eq!(cohort.closes.to_string(), "2018-03-03 00:00:00");
            assert!(cohort.closes_zone.is_aoe());
        });
    }

    #[test]
    fn every_gap_is_named_beside_its_field() {
        Owner::new().with(|| {
            let entry = Entry::new(&[("title", "–"), ("zone", "")]);
            let problems = wished(entry, [DateEntry::Empty; 5]).unwrap_err();
            let names: Vec<_> = problems.iter().map(|(name, _)| *name).collect();
            assert_eq!(
                names,
                [
                    "title",
                    "zone",
                    "call_opens",
                    "closes",
                    "pairing_complete",
                    "starts",
                    "ends"
                ]
            );
        });
    }

    #[test]
    fn days_out_of_order_are_refused_beside_the_later_one() {
        let days = [
            "2018-01-29",
            "2018-03-02",
            "2018-02-14",
            "2018-06-01",
            "2019-04-30",
        ]
        .map(|text| text.parse().unwrap());
        let problems = out_of_order(days);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].0, "pairing_complete");
    }
}
