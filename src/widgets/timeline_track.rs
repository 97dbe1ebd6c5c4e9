//! The dates of a cohort as a picture and as a table. The table says everything the picture shows;
//! on a narrow screen and for those who listen it is the only one.

use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use leptos::prelude::*;
use tandem_api::timeline::OwnDate;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::layout::axis::{Axis, Tick};
use tandem_domain::timeline::layout::scale::{civil, number};
use tandem_domain::timeline::layout::{
    Bar, Days, Entry, Scale, Scene, Shape, Side, View, Window, Zoom, layout,
};
use tandem_domain::timeline::today::Now;
use tandem_domain::timeline::{Certainty, Item, Mark, Status, When};

use crate::ui::date_words::{distance, long_day, month, short_day};
use crate::ui::local_time::day_in;
use crate::widgets::deadline::{DeadlineWords, MeetingWords};

/// Today in a cohort's zone.
pub fn today_in(zone: &ZoneName, now: DateTime<Utc>) -> NaiveDate {
    // The sign of this family of names is turned round: it is UTC−12.
    day_in(if zone.is_aoe() { "Etc/GMT+12" } else { &zone.0 }, now)
}

/// Now, as the dates of a cohort in this zone are read.
pub fn now_in(zone: &ZoneName, at: DateTime<Utc>) -> Now {
    Now {
        today: today_in(zone, at),
        at,
    }
}

/// The width that the picture is laid out for; on the page it takes the width there is.
const WIDTH: i32 = 1152;

/// The picture that nobody touches: months as columns, one row per item.
#[component]
pub fn TimelineTrack(
    /// What there is, in any order.
    items: Vec<Item>,
    /// Now in the cohort's zone.
    now: Now,
) -> impl IntoView {
    let today = now.today;
    let (order, scene) = rows(&items, today)?;
    let columns = scene.ticks.fine.iter().map(column).collect_view();
    let rows = scene
        .lanes
        .iter()
        .zip(order)
        .filter_map(|(lane, item)| {
            let today = now.of(item, &items).today;
            Some(row(lane.bars.first()?, item, today))
        })
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
    /// Now in the cohort's zone.
    now: Signal<Now>,
) -> impl IntoView {
    let items: Arc<[Item]> = items.into();
    let rows = items
        .iter()
        .map(|item| {
            let own = own.iter().find(|own| own.item == item.id);
            table_row(item, own, &items, now)
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

fn table_row(item: &Item, own: Option<&OwnDate>, items: &Arc<[Item]>, now: Signal<Now>) -> AnyView {
    let is_cancelled = item.status == Status::Cancelled;
    let mine = for_reader(item, own);
    let when = mine.when.clone();
    let sure = certainty_words(item).filter(|_| own.is_none() && !is_cancelled);
    let sure = sure.map(|words| view! { <span class="timeline-table__body">{words}</span> });
    let why = own.map(|own| view! { <span class="timeline-table__body">{own_words(own)}</span> });
    let items: Arc<[Item]> = Arc::clone(items);
    let here = Memo::new(move |_| {
        let now = now.get().of(&mine, &items);
        let (start, end) = mine.when.days();
        let is_on = start <= now.today && now.today <= end;
        (is_on, standing(&mine.when, now))
    });
    let is_on = move || {
        here.with(|(is_on, _)| *is_on && !is_cancelled)
            .then_some("date")
    };
    let distance = move || {
        if is_cancelled {
            "cancelled".to_owned()
        } else {
            here.with(|(_, words)| words.clone())
        }
    };
    let at = Signal::derive(move || now.get().at);
    view! {
        <tr aria-current=is_on data-cancelled=is_cancelled.then_some("")>
            <th scope="row">
                {item.title.text().to_owned()}
                <span class="timeline-table__body">{item.body.text().to_owned()}</span>
            </th>
            <td>
                <WhenWords when now=at />
                {sure}
                {why}
            </td>
            <td class="timeline-table__distance">{distance}</td>
        </tr>
    }
    .into_any()
}

/// An item as it holds for the reader: a date of one's own stands in place of everybody's.
pub fn for_reader(item: &Item, own: Option<&OwnDate>) -> Item {
    let when = own.map_or(&item.when, |own| &own.when).clone();
    Item {
        when,
        ..item.clone()
    }
}

/// That a date holds for the reader alone, and why.
pub fn own_words(own: &OwnDate) -> String {
    match &*own.reason {
        "" => "This date is yours alone.".to_owned(),
        reason => format!("This date is yours alone: {reason}"),
    }
}

/// How sure the dates of an item are, for those who read them; nothing if they hold.
pub fn certainty_words(item: &Item) -> Option<String> {
    match item.certainty {
        Certainty::Firm => None,
        Certainty::Tentative => Some("This may still change.".to_owned()),
        Certainty::Window { first, last } => Some(format!(
            "Not fixed yet: between {} and {}.",
            long_day(first),
            long_day(last)
        )),
    }
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

/// How an item stands to now, in words that never contradict how much time is left; `now` is by the
/// clocks of the item (see [`Now::of`]).
pub fn standing(when: &When, now: Now) -> String {
    let (start, end) = when.days();
    let away = |day| distance(now.days_until(when, day));
    let is_single = start == end;
    let has_passed = matches!(when, When::Due(due) if due.has_passed(now.at));
    if now.today < start {
        let words = away(start);
        if is_single {
            words
        } else {
            format!("begins {words}")
        }
    } else if end < now.today {
        let words = away(end);
        if is_single {
            words
        } else {
            format!("ended {words}")
        }
    } else if has_passed {
        "earlier today".to_owned()
    } else if is_single {
        "today".to_owned()
    } else {
        format!("now, ends {}", away(end))
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
    use tandem_domain::date::Deadline;
    use tandem_domain::form::locale::L10n;

    use super::*;
    use crate::ui::date_words::time_left;

    fn civil(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn on(today: &str) -> Now {
        let today = civil(today);
        Now {
            today,
            at: today.and_hms_opt(12, 0, 0).unwrap().and_utc(),
        }
    }

    #[test]
    fn a_phase_says_whether_it_is_ahead_on_or_over() {
        let when = When::Phase {
            start: civil("2018-01-29"),
            end: civil("2018-03-02"),
        };
        assert_eq!(standing(&when, on("2018-01-28")), "begins tomorrow");
        assert_eq!(standing(&when, on("2018-03-01")), "now, ends tomorrow");
        assert_eq!(standing(&when, on("2018-03-20")), "ended 18 days ago");
    }

    #[test]
    fn what_is_not_fixed_yet_is_said_to_be() {
        let day = When::Milestone {
            on: civil("2018-05-14"),
        };
        let id = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let mut item = Item::planned(id, Mark::Other, day, L10n::english("Welcome call"));
        assert_eq!(certainty_words(&item), None);
        item.certainty = Certainty::Window {
            first: civil("2018-05-07"),
            last: civil("2018-05-18"),
        };
        assert_eq!(
            certainty_words(&item).unwrap(),
            "Not fixed yet: between Monday, May 7, 2018 and Friday, May 18, 2018."
        );
    }

    #[test]
    fn a_single_day_says_how_far_it_is() {
        let when = When::Milestone {
            on: civil("2018-05-14"),
        };
        assert_eq!(standing(&when, on("2018-03-20")), "in 55 days");
        assert_eq!(standing(&when, on("2018-05-14")), "today");
    }

    #[test]
    fn t_11_a_deadline_is_today_as_long_as_minutes_are_left() {
        let when = When::Due(Deadline {
            civil: "2018-03-03T00:00:00".parse().unwrap(),
            zone: ZoneName::aoe(),
            instant: "2018-03-03T12:00:00Z".parse().unwrap(),
            grace_minutes: 0,
        });
        let said = |at: &str| {
            // In Chicago it is the third of March in all of these.
            let now = Now {
                today: civil("2018-03-03"),
                at: at.parse().unwrap(),
            };
            let left = time_left("2018-03-03T12:00:00Z".parse().unwrap(), now.at);
            (standing(&when, now.by(&when)), left)
        };
        let left = |words: &str| Some(words.to_owned());
        assert_eq!(
            said("2018-03-03T11:51:00Z"),
            ("today".to_owned(), left("9 minutes left"))
        );
        assert_eq!(said("2018-03-03T12:00:00Z"), ("yesterday".to_owned(), None));
        assert_eq!(
            said("2018-02-28T11:00:00Z"),
            ("in 3 days".to_owned(), left("3 days left"))
        );
    }
}
