//! The dates of a cohort as a picture and as a table. The table says everything the picture shows;
//! on a narrow screen and for those who listen it is the only one.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::layout::{Column, Label, Row, Scene, Shape, layout};
use tandem_domain::timeline::{Item, Mark, When};

use crate::ui::date_words::{day, distance, long_day, month, short_day};
use crate::ui::local_time::day_in;
use crate::widgets::deadline::DeadlineWords;

/// Today in a cohort's zone.
pub fn today_in(zone: &ZoneName, now: DateTime<Utc>) -> NaiveDate {
    // The sign of this family of names is turned round: it is UTC−12.
    day_in(if zone.is_aoe() { "Etc/GMT+12" } else { &zone.0 }, now)
}

/// The picture: months as columns, one row per item.
#[component]
pub fn TimelineTrack(
    /// What there is, in any order.
    items: Vec<Item>,
    /// Today in the cohort's zone.
    today: NaiveDate,
) -> impl IntoView {
    let scene = layout(&items, today)?;
    let days = scene.days.to_string();
    let columns = scene
        .months
        .iter()
        .copied()
        .map(|column| view! { <Month column /> })
        .collect_view();
    let rows = scene
        .rows
        .iter()
        .filter_map(|row| {
            items
                .iter()
                .find(|item| item.id == row.item)
                .map(|item| (*row, item))
        })
        .map(|(row, item)| view! { <TrackRow row item=item.clone() today /> })
        .collect_view();
    Some(view! {
        <div class="timeline-track" aria-hidden="true" style:--days=days>
            <div class="timeline-track__months">{columns}</div>
            <div class="timeline-track__rows">{rows}</div>
            <Today scene today />
        </div>
    })
}

/// A month of the picture.
#[component]
fn Month(
    /// Which.
    column: Column,
) -> impl IntoView {
    let name = month(column.month).get(..3).unwrap_or_default();
    let year = short_year(column.month);
    view! {
        <span
            class="timeline-track__month"
            style:--start=column.start.to_string()
            style:--span=column.span.to_string()
        >
            {name}
            {year.map(|year| view! { <span class="timeline-track__year">{year}</span> })}
        </span>
    }
}

fn short_year(first: NaiveDate) -> Option<String> {
    use chrono::Datelike;
    (first.month() == 1).then(|| first.year().to_string())
}

/// An item of the picture.
#[component]
fn TrackRow(
    /// Where it stands.
    row: Row,
    /// What it is.
    item: Item,
    /// Today in the cohort's zone.
    today: NaiveDate,
) -> impl IntoView {
    let (_, end) = item.when.days();
    let side = match row.label {
        Label::Inside => "inside",
        Label::After => "after",
        Label::Before => "before",
    };
    let shape = match row.shape {
        Shape::Bar => "bar",
        Shape::Flag => "flag",
    };
    let state = if end < today { "past" } else { "ahead" };
    view! {
        <div
            class="timeline-track__row"
            style:--start=row.start.to_string()
            style:--span=row.span.to_string()
            data-shape=shape
            data-label=side
            data-state=state
            data-mark=mark_word(item.mark)
        >
            <span class="timeline-track__shape"></span>
            <span class="timeline-track__name">
                {item.title.text().to_owned()}
                <span class="timeline-track__dates">{short_dates(&item.when)}</span>
            </span>
        </div>
    }
}

/// The line of today.
#[component]
fn Today(
    /// The picture.
    scene: Scene,
    /// The day.
    today: NaiveDate,
) -> impl IntoView {
    scene.today.map(|start| {
        view! {
            <span class="timeline-track__today" style:--start=start.to_string()>
                <span class="timeline-track__today-name">{format!("Today, {}", short_day(today))}</span>
            </span>
        }
    })
}

/// The same as a table.
#[component]
pub fn TimelineTable(
    /// What there is, in order.
    items: Vec<Item>,
    /// Today in the cohort's zone.
    today: NaiveDate,
    /// The program's time.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let rows = items
        .into_iter()
        .map(|item| {
            let (start, end) = item.when.days();
            let is_on = start <= today && today <= end;
            view! {
                <tr aria-current=is_on.then_some("date")>
                    <th scope="row">
                        {item.title.text().to_owned()}
                        <span class="timeline-table__body">{item.body.text().to_owned()}</span>
                    </th>
                    <td><WhenWords when=item.when.clone() now /></td>
                    <td class="timeline-table__distance">{standing(&item.when, today)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="timeline-table">
            <caption class="visually-hidden">"All dates"</caption>
            <thead>
                <tr>
                    <th scope="col">"What"</th>
                    <th scope="col">"When"</th>
                    <th scope="col">"From today"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The dates of an item in full.
#[component]
fn WhenWords(
    /// The dates.
    when: When,
    /// The program's time.
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    match when {
        When::Phase { start, end } => format!("{} to {}", day(start), day(end)).into_any(),
        When::Milestone { on } => long_day(on).into_any(),
        When::Meeting { start, .. } => long_day(start.civil.date()).into_any(),
        When::Due(deadline) => view! { <DeadlineWords deadline now /> }.into_any(),
    }
}

/// How an item stands to today, in words.
pub fn standing(when: &When, today: NaiveDate) -> String {
    let (start, end) = when.days();
    if today < start {
        let words = distance(start, today);
        if start == end {
            words
        } else {
            format!("begins {words}")
        }
    } else if end < today {
        let words = distance(end, today);
        if start == end {
            words
        } else {
            format!("ended {words}")
        }
    } else if start == end {
        "today".to_owned()
    } else {
        format!("now, ends {}", distance(end, today))
    }
}

fn short_dates(when: &When) -> String {
    let (start, end) = when.days();
    if start == end {
        short_day(start)
    } else {
        format!("{} – {}", short_day(start), short_day(end))
    }
}

fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Call | Mark::Closing => "call",
        Mark::Review => "review",
        Mark::Pairing | Mark::PairingComplete => "pairing",
        Mark::Orientation => "orientation",
        Mark::Program => "program",
        Mark::Evaluation | Mark::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn civil(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_phase_says_whether_it_is_ahead_on_or_over() {
        let when = When::Phase {
            start: civil("2018-01-29"),
            end: civil("2018-03-02"),
        };
        assert_eq!(standing(&when, civil("2018-01-28")), "begins tomorrow");
        assert_eq!(standing(&when, civil("2018-03-01")), "now, ends tomorrow");
        assert_eq!(standing(&when, civil("2018-03-20")), "ended 18 days ago");
    }

    #[test]
    fn a_single_day_says_how_far_it_is() {
        let when = When::Milestone {
            on: civil("2018-05-14"),
        };
        assert_eq!(standing(&when, civil("2018-03-20")), "in 55 days");
        assert_eq!(standing(&when, civil("2018-05-14")), "today");
    }
}
