//! The way of the keyboard through a picture: along a lane in order of time, from lane to lane to
//! what is nearest.

use super::{Arrangement, Bar};

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The next in the lane.
    Later,
    /// The one before it in the lane.
    Earlier,
    /// The first of the lane.
    First,
    /// The last of the lane.
    Last,
    /// The nearest in the lane above.
    Above,
    /// The nearest in the lane below.
    Below,
}

impl Arrangement {
    /// Where a way leads from an item. Nowhere at the edges.
    pub fn neighbour(&self, entry: usize, way: Way) -> Option<usize> {
        let place = self.places.get(entry)?;
        let from = self.bar(entry)?;
        let lane = self.in_order(place.lane);
        let to = match way {
            Way::Later => lane.get(from.position + 1),
            Way::Earlier => lane.get(from.position.checked_sub(1)?),
            Way::First => lane.first(),
            Way::Last => lane.last(),
            Way::Above => return self.nearest(place.lane.checked_sub(1)?, &from),
            Way::Below => return self.nearest(place.lane + 1, &from),
        };
        to.map(|bar| bar.entry).filter(|to| *to != entry)
    }

    /// All items in the order in which they are read: lane by lane, in order of time.
    pub fn reading_order(&self) -> Vec<usize> {
        let lanes = 0..self.lanes.len();
        lanes
            .flat_map(|lane_idx| self.in_order(lane_idx))
            .map(|bar| bar.entry)
            .collect()
    }

    fn in_order(&self, lane_idx: usize) -> Vec<&Bar> {
        let rows = self.lanes.get(lane_idx).map(|lane| &lane.rows);
        let mut bars: Vec<&Bar> = rows.into_iter().flatten().flatten().collect();
        bars.sort_unstable_by_key(|bar| bar.position);
        bars
    }

    fn nearest(&self, lane_idx: usize, from: &Bar) -> Option<usize> {
        let gap = |bar: &&&Bar| {
            let apart = (bar.first - from.last).max(from.first - bar.last).max(0);
            (apart, (bar.first - from.first).abs())
        };
        let lane = self.in_order(lane_idx);
        lane.iter().min_by_key(gap).map(|bar| bar.entry)
    }
}
