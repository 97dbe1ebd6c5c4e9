//! The picture of a timeline: lanes, names, axis, and what of it can be seen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;
use tandem_domain::timeline::Edge;
use tandem_domain::timeline::layout::arrow::{Arrow, Link};
use tandem_domain::timeline::layout::axis::{Axis, Ticks, Unit};
use tandem_domain::timeline::layout::scale::{civil, number};
use tandem_domain::timeline::layout::text::{Letters, MEASURED};
use tandem_domain::timeline::layout::walk::Way;
use tandem_domain::timeline::layout::{
    Arrangement, Days, Entry, Scale, Scene, Shape, Side, View, Window, Zoom, layout,
};

fn day(text: &str) -> i32 {
    number(text.parse::<NaiveDate>().unwrap())
}

fn phase(lane: usize, first: &str, last: &str) -> Entry {
    Entry {
        lane,
        first: day(first),
        last: day(last),
        shape: Shape::Bar,
        name: 60,
        dates: 80,
    }
}

fn milestone(lane: usize, on: &str) -> Entry {
    Entry {
        shape: Shape::Flag,
        ..phase(lane, on, on)
    }
}

fn view(entries: &[Entry], zoom: Zoom, width: i32) -> View {
    let days = Days::of_calendar(entries).unwrap();
    View {
        scale: Scale::of(zoom, days, width),
        days,
        window: Window::ALL,
        axis: Axis::Calendar,
        today: None,
    }
}

fn scene(entries: &[Entry], zoom: Zoom) -> Scene {
    layout(entries, &view(entries, zoom, 1000))
}

#[test]
fn all_of_it_fits_the_width_with_a_month_to_spare_on_either_side() {
    let entries = [
        phase(0, "2018-01-29", "2018-03-02"),
        milestone(1, "2018-05-14"),
    ];
    let view = view(&entries, Zoom::Fit, 1000);
    assert_eq!(civil(view.days.first), NaiveDate::from_ymd_opt(2017, 12, 1));
    assert_eq!(civil(view.days.last), NaiveDate::from_ymd_opt(2018, 6, 30));
    let scene = layout(&entries, &view);
    assert!((990..=1000).contains(&scene.width), "{}", scene.width);
}

#[test]
fn each_zoom_shows_as_many_days_as_its_name_says() {
    let days = Days {
        first: 0,
        last: 3650,
    };
    for (zoom, n_days) in [
        (Zoom::Week, 7),
        (Zoom::Month, 31),
        (Zoom::Quarter, 92),
        (Zoom::Year, 366),
        (Zoom::Fit, 3651),
    ] {
        let px = Scale::of(zoom, days, 1000).px(n_days);
        assert!((940..=1000).contains(&px), "{zoom:?}: {px}");
    }
}

#[test]
fn lanes_stand_in_order_and_empty_ones_are_left_out() {
    let entries = [
        phase(3, "2018-01-29", "2018-03-02"),
        phase(0, "2018-01-29", "2018-03-02"),
    ];
    let scene = scene(&entries, Zoom::Fit);
    let lanes: Vec<_> = scene.lanes.iter().map(|lane| lane.lane).collect();
    assert_eq!(lanes, [0, 3]);
    let [first, second] = &scene.lanes[..] else {
        panic!()
    };
    assert_eq!(first.y + first.height, second.y);
    assert_eq!(scene.height, second.y + second.height);
}

#[test]
fn what_does_not_touch_shares_a_row() {
    let entries = [
        phase(0, "2018-01-01", "2018-06-30"),
        phase(0, "2018-07-03", "2018-12-31"),
        phase(0, "2018-05-01", "2018-08-31"),
    ];
    let scene = scene(&entries, Zoom::Year);
    let bars = &scene.lanes.first().unwrap().bars;
    let y = |entry: usize| bars.iter().find(|bar| bar.entry == entry).unwrap().y;
    assert_eq!(y(0), y(1));
    assert_ne!(y(0), y(2));
}

#[test]
fn names_find_room_inside_after_or_before() {
    let entries = [
        phase(0, "2018-01-29", "2018-03-02"),
        phase(1, "2018-06-01", "2019-04-30"),
        phase(2, "2019-05-29", "2019-05-31"),
    ];
    let scene = scene(&entries, Zoom::Fit);
    let sides: Vec<_> = scene
        .lanes
        .iter()
        .flat_map(|lane| &lane.bars)
        .map(|bar| bar.label.side)
        .collect();
    assert_eq!(sides, [Side::After, Side::Inside, Side::Before]);
}

#[test]
fn today_is_a_line_through_the_middle_of_its_day() {
    let entries = [phase(0, "2018-01-29", "2018-03-02")];
    let mut view = view(&entries, Zoom::Week, 700);
    view.today = Some(day("2018-02-01"));
    let arrangement = Arrangement::new(&entries, view.scale, view.days);
    let (x, width) = arrangement.stretch(day("2018-02-01"), day("2018-02-01"));
    assert_eq!(layout(&entries, &view).today, Some(x + width / 2));
    view.today = Some(day("2017-11-30"));
    assert_eq!(layout(&entries, &view).today, None);
}

#[test]
fn the_axis_grows_finer_with_the_zoom() {
    let entries = [phase(0, "2010-01-29", "2019-03-02")];
    let unit = |zoom| {
        let ticks = scene(&entries, zoom).ticks;
        (
            ticks.fine.first().unwrap().unit,
            ticks.coarse.first().map(|tick| tick.unit),
        )
    };
    assert_eq!(unit(Zoom::Fit), (Unit::Year, None));
    assert_eq!(unit(Zoom::Year), (Unit::Month, Some(Unit::Year)));
    assert_eq!(unit(Zoom::Quarter), (Unit::Week, Some(Unit::Month)));
    assert_eq!(unit(Zoom::Month), (Unit::Day, Some(Unit::Month)));
    assert_eq!(unit(Zoom::Week), (Unit::Day, Some(Unit::Month)));
}

#[test]
fn weeks_begin_with_monday_and_weekends_are_saturday_and_sunday() {
    let entries = [phase(0, "2018-01-29", "2018-03-02")];
    let ticks = scene(&entries, Zoom::Quarter).ticks;
    let weekday = |day: i32| civil(day).unwrap().weekday();
    assert!(
        ticks
            .fine
            .iter()
            .all(|tick| weekday(tick.day) == Weekday::Mon)
    );
    assert!(
        ticks
            .weekends
            .iter()
            .all(|tick| weekday(tick.day) == Weekday::Sat)
    );
    assert!(ticks.weekends.len() > 20);
}

#[test]
fn day_nought_begins_a_week_of_its_own() {
    let entries = [Entry {
        first: -90,
        last: 20,
        ..phase(0, "2018-01-01", "2018-01-01")
    }];
    let days = Days::of_weeks(&entries).unwrap();
    let view = View {
        scale: Scale::of(Zoom::Fit, days, 1000),
        days,
        window: Window::ALL,
        axis: Axis::Weeks,
        today: None,
    };
    let ticks = layout(&entries, &view).ticks;
    assert!(ticks.fine.iter().any(|tick| tick.day == 0));
    assert!(ticks.weekends.is_empty() && ticks.coarse.is_empty());
}

#[test]
fn the_keyboard_walks_along_a_lane_and_to_the_nearest_of_the_next() {
    let entries = [
        phase(0, "2018-01-01", "2018-02-28"),
        phase(0, "2018-06-01", "2018-06-30"),
        milestone(1, "2018-01-15"),
        milestone(1, "2018-06-10"),
    ];
    let view = view(&entries, Zoom::Fit, 1000);
    let arrangement = Arrangement::new(&entries, view.scale, view.days);
    assert_eq!(arrangement.neighbour(0, Way::Later), Some(1));
    assert_eq!(arrangement.neighbour(1, Way::Later), None);
    assert_eq!(arrangement.neighbour(1, Way::Below), Some(3));
    assert_eq!(arrangement.neighbour(2, Way::Above), Some(0));
    assert_eq!(arrangement.neighbour(0, Way::Above), None);
    assert_eq!(arrangement.neighbour(3, Way::First), Some(2));
    assert_eq!(arrangement.neighbour(2, Way::First), None);
    assert_eq!(arrangement.reading_order(), [0, 1, 2, 3]);
}

#[test]
fn a_text_is_never_set_wider_than_it_was_reckoned() {
    let letters = Letters::new(vec![512; MEASURED], 15);
    assert_eq!(letters.width("abcd"), 33);
    assert_eq!(letters.width(""), 1);
    assert!(letters.width("日本") >= 30);
    assert_eq!(letters.width("a\u{301}"), letters.width("a"));
}

prop_compose! {
    fn entries()(
        items in prop::collection::vec(
            (0usize..5, 0i32..900, 0i32..200, any::<bool>(), 1i32..400, 1i32..120),
            1..60,
        ),
    ) -> Vec<Entry> {
        items
            .into_iter()
            .map(|(lane, first, length, is_flag, name, dates)| {
                let first = day("2018-01-01") + first;
                Entry {
                    lane,
                    first,
                    last: if is_flag { first } else { first + length },
                    shape: if is_flag { Shape::Flag } else { Shape::Bar },
                    name,
                    dates,
                }
            })
            .collect()
    }
}

fn zoom() -> impl Strategy<Value = Zoom> {
    prop::sample::select(Zoom::ALL.to_vec())
}

fn assert_in_order(ticks: &Ticks, width: i32) {
    for row in [&ticks.fine, &ticks.coarse] {
        for (one, next) in row.iter().zip(row.iter().skip(1)) {
            assert_eq!(one.x + one.width, next.x);
            assert!(one.day < next.day);
        }
        // The first and the last are cut off at the edges of the picture.
        for tick in row.iter().skip(1).rev().skip(1) {
            assert!(tick.width >= 20, "{tick:?}");
        }
        assert!(row.iter().all(|tick| tick.x + tick.width <= width));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// In every lane no bar and no name covers another, and nothing leaves the lane.
    #[test]
    fn bars_and_names_never_collide(entries in entries(), zoom in zoom(), width in 300i32..2000) {
        let view = view(&entries, zoom, width);
        let scene = layout(&entries, &view);
        let mut seen = vec![false; entries.len()];
        for lane in &scene.lanes {
            for (nth, bar) in lane.bars.iter().enumerate() {
                seen[bar.entry] = true;
                prop_assert!(bar.y >= lane.y && bar.y + 30 <= lane.y + lane.height);
                for other in lane.bars.iter().skip(nth + 1).filter(|other| other.y == bar.y) {
                    let (left, right) = bar.reach();
                    let (other_left, other_right) = other.reach();
                    prop_assert!(right <= other_left || other_right <= left, "{bar:?} {other:?}");
                }
            }
        }
        prop_assert!(seen.into_iter().all(|seen| seen));
    }

    /// A bar stands exactly where its days are, whatever stands beside it.
    #[test]
    fn a_bar_covers_its_days(entries in entries(), zoom in zoom()) {
        let view = view(&entries, zoom, 1000);
        let scene = layout(&entries, &view);
        for bar in scene.lanes.iter().flat_map(|lane| &lane.bars) {
            let entry = &entries[bar.entry];
            prop_assert_eq!(bar.x, view.scale.px(entry.first - view.days.first));
            let end = view.scale.px(entry.last + 1 - view.days.first);
            prop_assert!(bar.x + bar.width == end || bar.width == 6);
            if bar.label.side == Side::Inside {
                prop_assert!(entry.name <= bar.width);
            }
        }
    }

    /// A window shows what crosses it, all of it and nothing else.
    #[test]
    fn only_what_is_in_view_is_drawn(
        entries in entries(),
        zoom in zoom(),
        x in 0i32..4000,
        y in 0i32..1500,
        width in 1i32..1500,
        height in 1i32..700,
    ) {
        let mut view = view(&entries, zoom, 1000);
        let all = layout(&entries, &view);
        view.window = Window { x, y, width, height };
        let part = layout(&entries, &view);
        let crosses = |from: i32, to: i32, start: i32, size: i32| from < start + size && start < to;
        let mut expected: Vec<usize> = all
            .lanes
            .iter()
            .flat_map(|lane| &lane.bars)
            .filter(|bar| {
                let (left, right) = bar.reach();
                crosses(left, right, x, width) && crosses(bar.y, bar.y + 30, y, height)
            })
            .map(|bar| bar.entry)
            .collect();
        let mut shown: Vec<usize> =
            part.lanes.iter().flat_map(|lane| &lane.bars).map(|bar| bar.entry).collect();
        expected.sort_unstable();
        shown.sort_unstable();
        prop_assert_eq!(shown, expected);
        prop_assert_eq!((part.width, part.height), (all.width, all.height));
    }

    /// What is kept is drawn wherever it is, once.
    #[test]
    fn what_is_kept_is_always_drawn(entries in entries(), kept in any::<prop::sample::Index>()) {
        let mut view = view(&entries, Zoom::Week, 1000);
        view.window = Window { x: 0, y: 0, width: 10, height: 10 };
        let kept = kept.index(entries.len());
        let arrangement = Arrangement::new(&entries, view.scale, view.days);
        let scene = arrangement.scene(&view, &[kept]);
        let found: Vec<_> = scene
            .lanes
            .iter()
            .flat_map(|lane| &lane.bars)
            .filter(|bar| bar.entry == kept)
            .collect();
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(Some(*found[0]), arrangement.bar(kept));
    }

    /// The ticks follow one another without gap, have room for their words and end with the picture.
    #[test]
    fn ticks_have_room(entries in entries(), zoom in zoom(), width in 300i32..2000) {
        let scene = scene_of_width(&entries, zoom, width);
        assert_in_order(&scene.ticks, scene.width);
        let fine = scene.ticks.fine;
        prop_assert_eq!(fine.first().unwrap().x, 0);
        let last = fine.last().unwrap();
        prop_assert_eq!(last.x + last.width, scene.width);
    }

    /// So many days moved are so many days read, at every zoom at which a day has a pixel.
    #[test]
    fn pixels_are_read_as_the_days_they_show(n_days in -400i32..400, zoom in zoom()) {
        let days = Days { first: 0, last: 800 };
        let scale = Scale::of(zoom, days, 1300);
        prop_assert_eq!(scale.days(scale.px(n_days)), n_days);
    }

    /// The reader who scrolls a little sees nothing drawn anew.
    #[test]
    fn a_margin_holds_what_is_seen(x in 0i32..100_000, width in 1i32..2000, step in 1i32..500) {
        let seen = Window { x, y: 0, width, height: 100 };
        let with_margin = seen.with_margin(step);
        prop_assert!(with_margin.x <= x);
        prop_assert!(with_margin.x + with_margin.width >= x + width + step);
    }
}

fn scene_of_width(entries: &[Entry], zoom: Zoom, width: i32) -> Scene {
    layout(entries, &view(entries, zoom, width))
}

/// The size that a program of a hundred years would have, and more.
#[test]
fn ten_thousand_items_are_placed_and_only_a_screen_of_them_is_drawn() {
    let lengths = [60, 30, 20, 240, 15, 30];
    let mut entries = Vec::new();
    for cohort in 0..1667_i32 {
        let mut first = day("2018-01-08") + cohort * 3650 / 1667;
        for length in lengths {
            entries.push(Entry {
                lane: usize::try_from(cohort).unwrap(),
                first,
                last: first + length - 1,
                shape: Shape::Bar,
                name: 80,
                dates: 80,
            });
            first += length;
        }
    }
    let mut view = view(&entries, Zoom::Year, 1280);
    view.window = Window {
        x: 0,
        y: 0,
        width: 1280,
        height: 560,
    };
    let scene = layout(&entries, &view);
    let n_bars: usize = scene.lanes.iter().map(|lane| lane.bars.len()).sum();
    assert!((1..150).contains(&n_bars), "{n_bars}");
    assert!(scene.lanes.len() < 15);
}

#[test]
fn an_arrow_leads_from_a_date_to_its_follower_beside_the_rows() {
    let entries = [
        phase(0, "2018-01-29", "2018-03-02"),
        phase(1, "2018-03-05", "2018-03-30"),
        milestone(1, "2018-05-14"),
    ];
    let view = view(&entries, Zoom::Fit, 1000);
    let arrangement = Arrangement::new(&entries, view.scale, view.days);
    let [call, review, paired] = [0, 1, 2].map(|place| arrangement.bar(place).unwrap());
    let drawn = |from, to| {
        let links = [Link { from, to }];
        arrangement.arrows(&links).collect::<Vec<Arrow>>()
    };
    // Downwards: out of the last day, into the first from above.
    let [down] = drawn((0, Edge::End), (1, Edge::Start))[..] else {
        panic!("one arrow");
    };
    assert!(call.x < down.from.0 && down.from.0 < call.x + call.width);
    assert!(review.x < down.to.0 && down.to.0 < review.x + review.width);
    assert_eq!((down.from.1, down.to.1), (call.y + 30, review.y));
    assert!(down.from.1 < down.bend && down.bend < down.to.1);
    // Upwards: out of the upper edge, into the lower one.
    let [up] = drawn((1, Edge::Start), (0, Edge::Start))[..] else {
        panic!("one arrow");
    };
    assert_eq!((up.from.1, up.to.1), (review.y, call.y + 30));
    assert!(up.to.1 < up.bend && up.bend < up.from.1);
    // In a row: below both.
    let [level] = drawn((1, Edge::End), (2, Edge::End))[..] else {
        panic!("one arrow");
    };
    assert_eq!(review.y, paired.y);
    assert_eq!(level.to.0, paired.x + paired.width / 2);
    assert!(level.bend > level.from.1 && level.from.1 == level.to.1);
    // What is not here is not drawn.
    assert!(drawn((0, Edge::End), (9, Edge::End)).is_empty());
}
