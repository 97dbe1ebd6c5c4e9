//! Rows without overlap, and a place for each name.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{BAR, DayNo, Days, Entry, HEADING, LANE_GAP, ROW, Scale, Shape};

/// The least width of a stretch of days.
const LEAST: i32 = 6;
/// What a name keeps clear of the edge it stands at.
const PAD: i32 = 12;
/// Between a name and its dates.
const BETWEEN: i32 = 8;
/// The widest a name beside its bar may get before it is cut off.
const WIDEST: i32 = 320;
/// The narrowest a name is cut off to.
const NARROWEST: i32 = 56;
/// What a name keeps clear of the bar after it.
const APART: i32 = 10;

/// An item at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Which, by its place in the list that was laid out.
    pub entry: usize,
    /// How it is drawn.
    pub shape: Shape,
    /// First day.
    pub first: DayNo,
    /// Last day.
    pub last: DayNo,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width; a flag has that of its day.
    pub width: i32,
    /// Its name.
    pub label: Label,
    /// Its place among the items of its lane in order of time, counted from 0.
    pub position: usize,
}

/// Where a name stands and how much room it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// On which side.
    pub side: Side,
    /// How wide it may be.
    pub room: i32,
    /// Whether the dates stand beside it.
    pub has_dates: bool,
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// On the bar.
    Inside,
    /// To the right of it.
    After,
    /// To the left of it.
    Before,
}

impl Bar {
    /// From where to where the bar and its name reach.
    pub fn reach(&self) -> (i32, i32) {
        let end = self.x + self.width;
        match self.label.side {
            Side::Inside => (self.x, end),
            Side::After => (self.x, end + self.label.room),
            Side::Before => (self.x - self.label.room, end),
        }
    }
}

/// The items of a lane in their rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) number: usize,
    pub(super) y: i32,
    pub(super) height: i32,
    pub(super) n_items: usize,
    pub(super) rows: Vec<Vec<Bar>>,
}

/// Left edge and width of a stretch of days.
pub(super) fn stretch(scale: Scale, days: Days, first: DayNo, last: DayNo) -> (i32, i32) {
    let x = scale.px(first - days.first);
    (x, (scale.px(last + 1 - days.first) - x).max(LEAST))
}

/// All lanes below one another, and the height of them all. Lanes that nothing belongs to are left
/// out.
pub(super) fn pack(entries: &[Entry], scale: Scale, days: Days) -> (Vec<Lane>, i32) {
    let mut order: Vec<(usize, &Entry)> = entries.iter().enumerate().collect();
    order.sort_unstable_by_key(|(place, entry)| (entry.lane, entry.first, entry.last, *place));
    let width = scale.px(days.count());
    let mut y = 0;
    let mut lanes = Vec::new();
    for members in order.chunk_by(|(_, one), (_, next)| one.lane == next.lane) {
        let bars = members
            .iter()
            .enumerate()
            .map(|(position, (place, entry))| {
                let (x, bar) = stretch(scale, days, entry.first, entry.last);
                Bar {
                    entry: *place,
                    shape: entry.shape,
                    first: entry.first,
                    last: entry.last,
                    x,
                    y: 0,
                    width: bar,
                    label: label(entry, x, bar, width),
                    position,
                }
            });
        let mut rows = rows(bars.collect());
        let top = y + HEADING + (ROW - BAR) / 2;
        for (row, top) in rows
            .iter_mut()
            .zip((top..).step_by(ROW.unsigned_abs() as usize))
        {
            for bar in row {
                bar.y = top;
            }
        }
        let n_rows = i32::try_from(rows.len()).unwrap_or(i32::MAX);
        let height = HEADING + n_rows.saturating_mul(ROW) + LANE_GAP;
        let number = members.first().map_or(0, |(_, entry)| entry.lane);
        lanes.push(Lane {
            number,
            y,
            height,
            n_items: members.len(),
            rows,
        });
        y += height;
    }
    (lanes, y)
}

fn label(entry: &Entry, x: i32, bar: i32, width: i32) -> Label {
    let short = entry.name + 2 * PAD;
    let full = short + BETWEEN + entry.dates;
    if entry.shape == Shape::Bar && short <= bar {
        return Label {
            side: Side::Inside,
            room: bar,
            has_dates: full <= bar,
        };
    }
    let wanted = full.min(WIDEST) + APART;
    let (before, after) = (x, width - x - bar);
    let (side, room) = if wanted <= after || before < after {
        (Side::After, wanted.min(after.max(NARROWEST)))
    } else {
        (Side::Before, wanted.min(before.max(NARROWEST)))
    };
    Label {
        side,
        room,
        has_dates: full + APART <= room,
    }
}

/// Gives each bar the uppermost row in which it and its name touch nothing.
fn rows(mut bars: Vec<Bar>) -> Vec<Vec<Bar>> {
    bars.sort_unstable_by_key(|bar| (bar.reach().0, bar.position));
    let mut rows: Vec<Vec<Bar>> = Vec::new();
    let mut taken: BinaryHeap<Reverse<(i32, usize)>> = BinaryHeap::new();
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    for bar in bars {
        let (left, right) = bar.reach();
        while let Some(Reverse((until, row_idx))) = taken.peek().copied()
            && until <= left
        {
            taken.pop();
            free.push(Reverse(row_idx));
        }
        let row_idx = free.pop().map_or(rows.len(), |Reverse(row_idx)| row_idx);
        if let Some(row) = rows.get_mut(row_idx) {
            row.push(bar);
        } else {
            rows.push(vec![bar]);
        }
        taken.push(Reverse((right, row_idx)));
    }
    rows
}
