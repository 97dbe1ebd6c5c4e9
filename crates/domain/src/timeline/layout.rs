//! A timeline as a picture: which bar and which flag stands where, in whole pixels.
//!
//! Days become pixels by whole numbers, so neither a clock nor a zone can move a bar. What does not
//! depend on what is scrolled into view is arranged once per zoom ([`Arrangement`]); a [`Scene`] is
//! the little of it that can be seen, found without looking at the rest.

pub mod arrow;
pub mod axis;
mod pack;
pub mod scale;
pub mod text;
pub mod walk;

use self::axis::{Axis, Ticks, ticks};
pub use self::pack::{Bar, Label, Side};
use self::pack::{Lane, pack};
pub use self::scale::{Days, Scale, Zoom};
/// A day as a number: of the common era on a calendar, or counted from a cohort's day 0.
pub type DayNo = i32;

/// An item as the picture needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The lane it belongs to, counted from 0.
    pub lane: usize,
    /// First day.
    pub first: DayNo,
    /// Last day, which belongs to it.
    pub last: DayNo,
    /// How it is drawn.
    pub shape: Shape,
    /// How wide its name is set, in pixels.
    pub name: i32,
    /// How wide its dates are set, in pixels.
    pub dates: i32,
}

/// How an item is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A stretch of days.
    Bar,
    /// A single day.
    Flag,
}

/// How the picture is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// What a day is worth.
    pub scale: Scale,
    /// The days of the picture.
    pub days: Days,
    /// What can be seen of it.
    pub window: Window,
    /// What the axis counts.
    pub axis: Axis,
    /// The day of the line of today, in the program's zone.
    pub today: Option<DayNo>,
}

/// A part of the picture, in pixels from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Window {
    /// Everything there could be.
    pub const ALL: Self = Self {
        x: 0,
        y: 0,
        width: i32::MAX,
        height: i32::MAX,
    };

    fn right(&self) -> i32 {
        self.x.saturating_add(self.width)
    }

    fn bottom(&self) -> i32 {
        self.y.saturating_add(self.height)
    }

    /// The window with a margin on all sides, in whole steps: it stays the same while less than a
    /// step is scrolled.
    #[must_use]
    pub fn with_margin(&self, step: i32) -> Self {
        let step = step.max(1);
        let floor = |at: i32| (at.div_euclid(step) - 1).max(0) * step;
        let ceil = |at: i32| (at.div_euclid(step) + 2) * step;
        let (x, y) = (floor(self.x), floor(self.y));
        Self {
            x,
            y,
            width: ceil(self.right()) - x,
            height: ceil(self.bottom()) - y,
        }
    }
}

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scene {
    /// Width of the whole picture.
    pub width: i32,
    /// Height of the whole picture.
    pub height: i32,
    /// The axis, as far as it can be seen.
    pub ticks: Ticks,
    /// Where today stands: its middle.
    pub today: Option<i32>,
    /// The lanes that can be seen.
    pub lanes: Vec<SceneLane>,
}

/// A lane that can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneLane {
    /// Which, counted from 0.
    pub lane: usize,
    /// Its upper edge.
    pub y: i32,
    /// Its height, heading included.
    pub height: i32,
    /// How many items it has, seen or not.
    pub n_items: usize,
    /// The items that can be seen, in order of time.
    pub bars: Vec<Bar>,
}

/// Height of a lane's heading.
pub const HEADING: i32 = 30;
/// Height of a row of bars.
pub const ROW: i32 = 38;
/// Height of a bar inside its row.
pub const BAR: i32 = 30;
/// What is left free below a lane.
pub const LANE_GAP: i32 = 12;

/// Lays items out and answers what can be seen of them.
pub fn layout(entries: &[Entry], view: &View) -> Scene {
    Arrangement::new(entries, view.scale, view.days).scene(view, &[])
}

/// All items at their places, for one zoom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrangement {
    scale: Scale,
    days: Days,
    lanes: Vec<Lane>,
    height: i32,
    /// Where each item stands, in the order they came in.
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place {
    lane: usize,
    row: usize,
    bar: usize,
}

impl Arrangement {
    /// Places all items: lane below lane, rows without overlap, names where they find room.
    pub fn new(entries: &[Entry], scale: Scale, days: Days) -> Self {
        let (lanes, height) = pack(entries, scale, days);
        let mut places = vec![Place::default(); entries.len()];
        for (lane_idx, lane) in lanes.iter().enumerate() {
            for (row_idx, row) in lane.rows.iter().enumerate() {
                for (bar_idx, bar) in row.iter().enumerate() {
                    if let Some(place) = places.get_mut(bar.entry) {
                        *place = Place {
                            lane: lane_idx,
                            row: row_idx,
                            bar: bar_idx,
                        };
                    }
                }
            }
        }
        Self {
            scale,
            days,
            lanes,
            height,
            places,
        }
    }

    /// Width and height of the whole picture.
    pub fn size(&self) -> (i32, i32) {
        (self.scale.px(self.days.count()), self.height)
    }

    /// What a day is worth.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The days of the picture.
    pub fn days(&self) -> Days {
        self.days
    }

    /// Where the item of this place in the list stands.
    pub fn bar(&self, entry: usize) -> Option<Bar> {
        let place = self.places.get(entry)?;
        let row = self.lanes.get(place.lane)?.rows.get(place.row)?;
        row.get(place.bar).copied()
    }

    /// Left edge and width of a stretch of days, wherever it is.
    pub fn stretch(&self, first: DayNo, last: DayNo) -> (i32, i32) {
        pack::stretch(self.scale, self.days, first, last)
    }

    /// What can be seen through the view's window, and `also` what must not leave the page: the
    /// item that has the keyboard, the one that is held.
    pub fn scene(&self, view: &View, also: &[usize]) -> Scene {
        let (width, height) = self.size();
        let window = view.window;
        let first = self
            .lanes
            .partition_point(|lane| lane.y + lane.height <= window.y);
        let end = self.lanes.partition_point(|lane| lane.y < window.bottom());
        let kept: Vec<Place> = also
            .iter()
            .filter_map(|entry| self.places.get(*entry).copied())
            .collect();
        let mut shown: Vec<usize> = (first..end).collect();
        shown.extend(kept.iter().map(|place| place.lane));
        shown.sort_unstable();
        shown.dedup();
        let lanes = shown
            .into_iter()
            .filter_map(|lane_idx| self.scene_lane(lane_idx, &window, &kept))
            .collect();
        let today = view
            .today
            .filter(|day| self.days.contains(*day))
            .map(|day| {
                let (x, width) = self.stretch(day, day);
                x + width / 2
            });
        Scene {
            width,
            height,
            ticks: ticks(view.axis, self.scale, self.days, window.x, window.right()),
            today,
            lanes,
        }
    }

    fn scene_lane(&self, lane_idx: usize, window: &Window, kept: &[Place]) -> Option<SceneLane> {
        let lane = self.lanes.get(lane_idx)?;
        let mut bars: Vec<Bar> = Vec::new();
        for row in &lane.rows {
            let is_in_view = row
                .first()
                .is_some_and(|bar| bar.y + BAR > window.y && bar.y < window.bottom());
            if is_in_view {
                // In a row the bars with their names stand apart, so both edges are in order.
                let first = row.partition_point(|bar| bar.reach().1 <= window.x);
                let seen = row.iter().skip(first);
                bars.extend(seen.take_while(|bar| bar.reach().0 < window.right()));
            }
        }
        for place in kept.iter().filter(|place| place.lane == lane_idx) {
            let row = lane.rows.get(place.row);
            if let Some(bar) = row.and_then(|row| row.get(place.bar))
                && !bars.iter().any(|seen| seen.entry == bar.entry)
            {
                bars.push(*bar);
            }
        }
        bars.sort_unstable_by_key(|bar| bar.position);
        Some(SceneLane {
            lane: lane.number,
            y: lane.y,
            height: lane.height,
            n_items: lane.n_items,
            bars,
        })
    }
}
