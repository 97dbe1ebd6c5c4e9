//! The dates of a cohort as a picture and as a table. The table says everything the picture shows;
//! on a narrow screen and for those who listen it is the only one.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use leptos::prelude::*;
use tandem_api::timeline::OwnDate;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::layout::axis::{Axis, Tick};
use tandem_domain::timeline::layout::scale::{civil, number};
use tandem_domain::timeline::layout::{
    Bar, Days, Entry, Scale, Scene, Shape, Side, View, Window, Zoom, layout,
};
use tandem_domain::timeline::{Item, Mark, Status, When};

use crate::ui::date_words::{distance, long_day, month, short_day};
use crate::ui::local_time::day_in;
use crate::widgets::deadline::{DeadlineWords, MeetingWords};

/// Today in a cohort's zone.
pub fn today_in(zone: &ZoneName, now: DateTime<Utc>) -> NaiveDate {
    // The sign of this family of names is turned round: it is UTC−12.
    day_in(if zone.is_aoe() { "Etc/GMT+12" } else { &zone.0 }, now)
}

/// The width that the picture is laid out for; on the page it takes the width there is.
const WIDTH: i32 = 1152;

/// The picture that nobody touches: months as columns, one row per item.
#[component]
pub fn TimelineTrack(
    /// What there is, in any order.
    items: Vec<Item>,
    /// Today in the cohort's zone.
    today: NaiveDate,
) -> impl IntoView {
    let (order, scene) = rows(&items, today)?;
    let columns = scene.ticks.fine.iter().map(column).collect_view();
    let rows = scene
        .lanes
        .iter()
        .zip(order)
        .filter_map(|(lane, item)| Some(row(lane.bars.first()?, item, today)))
        .collect_view();
    let line = scene.today.map(|start| {
        view! {
            <span class="timeline-track__today" style:--start=start.to_string()>
                <span class="timeline-track__today-name">{format!("Today, {}", short_day(today))}</span>
            </span>
        }
    });
    Some(view! {
        <div class="timeline-track" aria-hidden="true" style:--days=scene.width.to_string()>
            <div class="timeline-track__months">{columns}</div>
            <div class="timeline-track__rows">{rows}</div>
            {line}
        </div>
    })
}

/// The items in the order of their first day, each in a row of its own.
fn rows(items: &[Item], today: NaiveDate) -> Option<(Vec<&Item>, Scene)> {
    // About as wide as letters are; a row has no neighbours that a name could meet.
    const LETTER: i32 = 8;
    let mut order: Vec<&Item> = items.iter().collect();
    order.sort_unstable_by_key(|item| item.when.days());
    let entry = |(lane, item): (usize, &&Item)| {
        let (first, last) = item.when.days();
        let width = |text: &str| i32::try_from(text.chars().count()).unwrap_or(0) * LETTER;
        Entry {
            lane,
            first: number(first),
            last: number(last),
            shape: shape_of(&item.when),
            name: width(item.title.text()),
            dates: width(&short_dates(&item.when)),
        }
    };
    let entries: Vec<Entry> = order.iter().enumerate().map(entry).collect();
    let days = Days::of_calendar(&entries)?;
    let view = View {
        scale: Scale::of(Zoom::Fit, days, WIDTH),
        days,
        window: Window::ALL,
        axis: Axis::Calendar,
        today: Some(number(today)),
    };
    Some((order, layout(&entries, &view)))
}

fn column(tick: &Tick) -> impl IntoView + use<> {
    let day = civil(tick.day).unwrap_or_default();
    let name = month(day).get(..3).unwrap_or_default();
    let year = (day.month() == 1).then(|| {
        view! { <span class="timeline-track__year">{day.year().to_string()}</span> }
    });
    view! {
        <span
            class="timeline-track__month"
            style:--start=tick.x.to_string()
            style:--span=tick.width.to_string()
        >
            {name}
            {year}
        </span>
    }
}

fn row(bar: &Bar, item: &Item, today: NaiveDate) -> impl IntoView + use<> {
    let (_, end) = item.when.days();
    let state = if end < today { "past" } else { "ahead" };
    view! {
        <div
            class="timeline-track__row"
            style:--start=bar.x.to_string()
            style:--span=bar.width.to_string()
            data-shape=shape_word(bar.shape)
            data-label=side_word(bar.label.side)
            data-state=state
            data-mark=tone(item.mark)
        >
            <span class="timeline-track__shape"></span>
            <span class="timeline-track__name">
                {item.title.text().to_owned()}
                <span class="timeline-track__dates">{short_dates(&item.when)}</span>
            </span>
        </div>
    }
}

/// How an item is drawn.
pub fn shape_of(when: &When) -> Shape {
    match when {
        When::Phase { .. } => Shape::Bar,
        When::Milestone { .. } | When::Due(_) | When::Meeting { .. } => Shape::Flag,
    }
}

/// A shape as stylesheets call it.
pub fn shape_word(shape: Shape) -> &'static str {
    match shape {
        Shape::Bar => "bar",
        Shape::Flag => "flag",
    }
}

/// A side as stylesheets call it.
pub fn side_word(side: Side) -> &'static str {
    match side {
        Side::Inside => "inside",
        Side::After => "after",
        Side::Before => "before",
    }
}

/// The same as a table.
#[component]
pub fn TimelineTable(
    /// What there is, in order.
    items: Vec<Item>,
    /// Dates that hold for the reader instead.
    #[prop(optional)]
    own: Vec<OwnDate>,
    /// Today in the cohort's zone.
    today: NaiveDate,
    /// The program's time.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let rows = items
        .iter()
        .map(|item| {
            let own = own.iter().find(|own| own.item == item.id);
            table_row(item, own, today, now)
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

fn table_row(
    item: &Item,
    own: Option<&OwnDate>,
    today: NaiveDate,
    now: Signal<DateTime<Utc>>,
) -> AnyView {
    let when = own.map_or(&item.when, |own| &own.when);
    let (start, end) = when.days();
    let is_on = start <= today && today <= end;
    let is_cancelled = item.status == Status::Cancelled;
    let why = own.map(|own| {
        let reason = own.reason.clone();
        view! { <span class="timeline-table__body">{format!("This date is yours alone: {reason}")}</span> }
    });
    let distance = if is_cancelled {
        "cancelled".to_owned()
    } else {
        standing(when, today)
    };
    view! {
        <tr
            aria-current=(is_on && !is_cancelled).then_some("date")
            data-cancelled=is_cancelled.then_some("")
        >
            <th scope="row">
                {item.title.text().to_owned()}
                <span class="timeline-table__body">{item.body.text().to_owned()}</span>
            </th>
            <td>
                <WhenWords when=when.clone() now />
                {why}
            </td>
            <td class="timeline-table__distance">{distance}</td>
        </tr>
    }
    .into_any()
}

/// The dates of an item in full.
#[component]
pub fn WhenWords(
    /// The dates.
    when: When,
    /// The program's time.
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    match when {
        When::Phase { start, end } => {
            format!("{} to {}", long_day(start), long_day(end)).into_any()
        }
        When::Milestone { on } => long_day(on).into_any(),
        When::Meeting { start, minutes } => view! { <MeetingWords start minutes /> }.into_any(),
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

/// The dates of an item, as short as they can be said: "Jan 29 – Mar 2".
pub fn short_dates(when: &When) -> String {
    let (start, end) = when.days();
    if start == end {
        short_day(start)
    } else {
        format!("{} – {}", short_day(start), short_day(end))
    }
}

/// What an item is about, for its colour.
pub fn tone(mark: Mark) -> &'static str {
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
