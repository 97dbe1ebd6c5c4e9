//! The axis in words: days, weeks, months, quarters, years, or weeks from day 0.

use chrono::Datelike;
use leptos::prelude::*;
use tandem_domain::timeline::layout::axis::{Axis, Tick, Ticks, Unit};
use tandem_domain::timeline::layout::scale::civil;

use super::px;
use super::state::Picture;
use crate::ui::date_words::{month, weekday};

/// The axis, which stays in view.
#[component]
pub(super) fn AxisRow(
    /// What is looked at.
    picture: Picture,
) -> impl IntoView {
    let coarse = row(picture, |ticks| &ticks.coarse);
    let fine = row(picture, |ticks| &ticks.fine);
    let is_single = Memo::new(move |_| picture.scene().with(|scene| scene.ticks.coarse.is_empty()));
    let today = move || {
        let words = picture.cards().with(|cards| cards.today_words.clone());
        picture.scene().with(|scene| scene.today).map(|x| {
            view! {
                <span
                    class="timeline-picture__today-name"
                    style:inset-inline-start=format!("max({x}px, 3.25rem)")
                >
                    {words}
                </span>
            }
        })
    };
    view! {
        <div
            class="timeline-picture__axis"
            aria-hidden="true"
            data-rows=move || if is_single.get() { "1" } else { "2" }
        >
            <div class="timeline-picture__coarse">
                <Row places=coarse is_coarse=true />
            </div>
            <div class="timeline-picture__fine">
                <Row places=fine is_coarse=false />
                {today}
            </div>
        </div>
    }
}

/// A place of a row, and the line that stands there, or stood there last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    tick: Tick,
    is_used: bool,
}

/// The places of a row.
fn row(picture: Picture, of: fn(&Ticks) -> &Vec<Tick>) -> Memo<Vec<Place>> {
    Memo::new(move |before: Option<&Vec<_>>| {
        let before = before.map_or(&[][..], Vec::as_slice);
        picture
            .scene()
            .with(|scene| places(before, of(&scene.ticks)))
    })
}

/// Lines at the places of a row. Places are used again, which costs less than making new ones: there
/// are never fewer than there were, and while the picture scrolls a line keeps its place.
fn places(before: &[Place], ticks: &[Tick]) -> Vec<Place> {
    let count = before.len().max(ticks.len());
    let stays = |(idx, tick): (usize, &Tick)| {
        let is_here = |place: &Place| (place.tick.unit, place.tick.day) == (tick.unit, tick.day);
        let at = before.iter().position(is_here)?;
        Some(at + count - idx)
    };
    let shift = ticks.iter().enumerate().find_map(stays).unwrap_or(0);
    let place = |at: usize| {
        let used = ticks.get((at + count - shift % count) % count);
        let left = before.get(at).map(|place| Place {
            is_used: false,
            ..*place
        });
        let used = used.map(|tick| Place {
            tick: *tick,
            is_used: true,
        });
        used.or(left)
    };
    (0..count).filter_map(place).collect()
}

/// A row of the axis.
#[component]
fn Row(
    /// Its places.
    places: Memo<Vec<Place>>,
    /// Whether what its lines are called stays in view.
    is_coarse: bool,
) -> impl IntoView {
    view! {
        <For each=move || 0..places.with(Vec::len) key=|place| *place let:place>
            <TickWords places place is_coarse />
        </For>
    }
}

/// The words at a line of the axis.
#[component]
fn TickWords(
    /// The places of its row.
    places: Memo<Vec<Place>>,
    /// Which place.
    place: usize,
    /// Whether the words stay in view.
    is_coarse: bool,
) -> impl IntoView {
    let here = Memo::new(move |_| places.with(|places| places.get(place).copied()));
    let read = move |read: fn(&Tick) -> String| here.get().map(|here| read(&here.tick));
    let is_off = move || here.get().is_some_and(|here| !here.is_used).then_some("");
    let words = Memo::new(move |_| here.get().map(|here| words(&here.tick)));
    if is_coarse {
        view! {
            <span
                class="timeline-picture__tick"
                data-off=is_off
                style:inset-inline-start=move || read(|tick| px(tick.x))
                style:inline-size=move || read(|tick| px(tick.width))
            >
                <span class="timeline-picture__tick-words">{move || words.get()}</span>
            </span>
        }
        .into_any()
    } else {
        // Only its place changes, and not the layout: there is room for its words.
        view! {
            <span
                class="timeline-picture__tick"
                data-off=is_off
                style:transform=move || read(|tick| format!("translateX({}px)", tick.x))
            >
                {move || words.get()}
            </span>
        }
        .into_any()
    }
}

/// From here on a month is written in full, and a day with its weekday.
const WIDE: i32 = 90;
const MIDDLING: i32 = 44;

/// What a line of the axis is called. Nothing where there is no room.
fn words(tick: &Tick) -> String {
    // Only the first and the last line can have less.
    if tick.width < tick.unit.room() {
        return String::new();
    }
    if let Unit::Weeks(_) = tick.unit {
        return match tick.day / 7 {
            0 => "Start".to_owned(),
            week if week < 0 => format!("−{}", -week),
            week => format!("+{week}"),
        };
    }
    let Some(day) = civil(tick.day) else {
        return String::new();
    };
    let short = |word: &'static str| word.get(..3).unwrap_or_default();
    match tick.unit {
        Unit::Day if tick.width >= WIDE => format!("{} {}", weekday(day), day.day()),
        Unit::Day if tick.width >= MIDDLING => format!("{} {}", short(weekday(day)), day.day()),
        Unit::Day | Unit::Week => day.day().to_string(),
        Unit::Month | Unit::Quarter if tick.width >= 2 * WIDE => {
            format!("{} {}", month(day), day.year())
        }
        Unit::Month | Unit::Quarter if tick.width >= WIDE => month(day).to_owned(),
        Unit::Month | Unit::Quarter => short(month(day)).to_owned(),
        Unit::Year | Unit::Years(_) => day.year().to_string(),
        Unit::Weeks(_) => String::new(),
    }
}

/// What the axis counts, said beside it.
pub(super) fn axis_words(axis: Axis) -> Option<&'static str> {
    match axis {
        Axis::Calendar => None,
        Axis::Weeks => Some("Weeks before and after the program starts"),
    }
}

#[cfg(test)]
mod tests {
    use tandem_domain::timeline::layout::scale::number;

    use super::*;

    fn tick(unit: Unit, day: &str, width: i32) -> Tick {
        Tick {
            unit,
            day: number(day.parse().unwrap()),
            x: 0,
            width,
        }
    }

    #[test]
    fn a_line_keeps_its_place_and_places_are_used_again() {
        let months = |from: usize, to: usize| {
            let day = |month: usize| format!("2018-{month:02}-01");
            let months = (from..=to).map(|month| tick(Unit::Month, &day(month), 40));
            months.collect::<Vec<_>>()
        };
        let first = places(&[], &months(1, 4));
        assert_eq!(first.len(), 4);
        let on = places(&first, &months(3, 6));
        let days = |places: &[Place]| {
            let used = |place: &Place| {
                let month = civil(place.tick.day).unwrap().month();
                place.is_used.then_some(month)
            };
            places.iter().map(used).collect::<Vec<_>>()
        };
        assert_eq!(days(&on), [Some(5), Some(6), Some(3), Some(4)]);
        let fewer = places(&on, &months(4, 5));
        assert_eq!(days(&fewer), [Some(5), None, None, Some(4)]);
        // Nothing stays: from the first place on.
        let years = places(&fewer, &[tick(Unit::Year, "2018-01-01", 40)]);
        assert_eq!(days(&years), [Some(1), None, None, None]);
        assert_eq!(places(&years, &months(1, 6)).len(), 6);
    }

    #[test]
    fn words_grow_with_their_room() {
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 40)), "Mar");
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 120)), "March");
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 400)), "March 2018");
        assert_eq!(words(&tick(Unit::Day, "2018-03-02", 24)), "2");
        assert_eq!(words(&tick(Unit::Day, "2018-03-02", 60)), "Fri 2");
        assert_eq!(words(&tick(Unit::Day, "2018-03-02", 150)), "Friday 2");
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 33)), "");
    }

    #[test]
    fn weeks_are_counted_from_the_start() {
        let week = |day| {
            words(&Tick {
                unit: Unit::Weeks(1),
                day,
                x: 0,
                width: 40,
            })
        };
        assert_eq!([week(-91), week(0), week(329)], ["−13", "Start", "+47"]);
    }
}
