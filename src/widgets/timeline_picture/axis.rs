//! The axis in words: days, weeks, months, quarters, years, or weeks from day 0.

use chrono::Datelike;
use leptos::prelude::*;
use tandem_domain::timeline::layout::axis::{Axis, Tick, Unit};
use tandem_domain::timeline::layout::scale::civil;

use super::state::Picture;
use crate::ui::date_words::{month, weekday};

/// The axis, which stays in view.
#[component]
pub(super) fn AxisRow(
    /// What is looked at.
    picture: Picture,
) -> impl IntoView {
    let coarse = Memo::new(move |_| picture.scene().with(|scene| scene.ticks.coarse.clone()));
    let fine = Memo::new(move |_| picture.scene().with(|scene| scene.ticks.fine.clone()));
    let is_single = move || coarse.with(Vec::is_empty);
    let today = move || {
        let words = picture.cards().with(|cards| cards.today_words.clone());
        picture.scene().with(|scene| scene.today).map(|x| {
            view! {
                <span class="timeline-picture__today-name" style:--x=x.to_string()>
                    {words}
                </span>
            }
        })
    };
    view! {
        <div
            class="timeline-picture__axis"
            aria-hidden="true"
            data-rows=move || if is_single() { "1" } else { "2" }
        >
            <div class="timeline-picture__coarse">
                <Row ticks=coarse />
            </div>
            <div class="timeline-picture__fine">
                <Row ticks=fine />
                {today}
            </div>
        </div>
    }
}

/// A row of the axis.
#[component]
fn Row(
    /// Its lines, in order.
    ticks: Memo<Vec<Tick>>,
) -> impl IntoView {
    view! {
        <For each=move || ticks.get() key=|tick| (tick.unit, tick.day) let:tick>
            <TickWords ticks tick />
        </For>
    }
}

/// The words at a line of the axis. It moves when the picture gets nearer.
#[component]
fn TickWords(
    /// The lines of its row.
    ticks: Memo<Vec<Tick>>,
    /// Which line, and where it stands at first.
    tick: Tick,
) -> impl IntoView {
    let tick = Memo::new(move |before: Option<&Tick>| {
        let before = before.copied().unwrap_or(tick);
        ticks.with(|ticks| {
            let found = ticks.binary_search_by_key(&before.day, |other| other.day);
            let found = found.ok().and_then(|at| ticks.get(at).copied());
            // A line that leaves the axis leaves the page in a moment.
            found
                .filter(|found| found.unit == before.unit)
                .unwrap_or(before)
        })
    });
    view! {
        <span
            class="timeline-picture__tick"
            style:--x=move || tick.get().x.to_string()
            style:--w=move || tick.get().width.to_string()
        >
            <span class="timeline-picture__tick-words">{move || words(&tick.get())}</span>
        </span>
    }
}

/// From here on a month is written in full, and a day with its weekday.
const WIDE: i32 = 90;
const MIDDLING: i32 = 44;

/// What a line of the axis is called. Nothing where there is no room.
fn words(tick: &Tick) -> String {
    const LEAST: i32 = 16;
    if tick.width < LEAST {
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
    fn words_grow_with_their_room() {
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 40)), "Mar");
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 120)), "March");
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 400)), "March 2018");
        assert_eq!(words(&tick(Unit::Day, "2018-03-02", 24)), "2");
        assert_eq!(words(&tick(Unit::Day, "2018-03-02", 60)), "Fri 2");
        assert_eq!(words(&tick(Unit::Day, "2018-03-02", 150)), "Friday 2");
        assert_eq!(words(&tick(Unit::Month, "2018-03-01", 9)), "");
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
