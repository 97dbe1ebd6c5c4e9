//! Which target a point is over, and how fast a pane scrolls under it: arithmetic on rectangles
//! that were measured when the drag began, so that a drag reads no layout.

/// A point in the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// How far away another point is.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A rectangle in the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rect {
    /// Whether the point is inside.
    pub fn contains(&self, point: Point) -> bool {
        (self.left..self.right).contains(&point.x) && (self.top..self.bottom).contains(&point.y)
    }

    fn shifted_up(self, by: f64) -> Self {
        Self {
            top: self.top - by,
            bottom: self.bottom - by,
            ..self
        }
    }

    /// How far above or below the point is; 0 beside or inside.
    fn gap_y(&self, point: Point) -> f64 {
        (self.top - point.y).max(point.y - self.bottom).max(0.0)
    }
}

/// A part of the window that scrolls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pane {
    /// What of it can be seen.
    pub rect: Rect,
    /// How far it was scrolled when the rectangles were measured.
    pub measured_at: f64,
    /// How far it is scrolled now.
    pub scrolled: f64,
}

impl Pane {
    /// A pane as measured now.
    pub fn new(rect: Rect, scrolled: f64) -> Self {
        Self {
            rect,
            measured_at: scrolled,
            scrolled,
        }
    }
}

/// Something to drop on.
#[derive(Debug, Clone, PartialEq)]
pub struct Target<K> {
    /// In which pane, by number; none if it does not scroll.
    pub pane_idx: Option<usize>,
    /// Where it was when it was measured.
    pub rect: Rect,
    /// What it is.
    pub key: K,
    /// What lies inside it.
    pub slots: Vec<(Rect, K)>,
}

/// Everything to drop on, as measured when the drag began.
#[derive(Debug, Clone, PartialEq)]
pub struct Map<K> {
    /// The panes.
    pub panes: Vec<Pane>,
    /// The targets.
    pub targets: Vec<Target<K>>,
}

impl<K> Default for Map<K> {
    fn default() -> Self {
        Self {
            panes: Vec::new(),
            targets: Vec::new(),
        }
    }
}

impl<K> Map<K> {
    /// What the point is over: the target, and the slot inside it that is nearest.
    pub fn at(&self, point: Point) -> Option<(&K, Option<&K>)> {
        self.targets.iter().find_map(|target| {
            let scrolled = match target.pane_idx {
                None => 0.0,
                Some(pane_idx) => {
                    let pane = self.panes.get(pane_idx)?;
                    // What a pane has scrolled out of sight cannot be hit.
                    if !pane.rect.contains(point) {
                        return None;
                    }
                    pane.scrolled - pane.measured_at
                }
            };
            if !target.rect.shifted_up(scrolled).contains(point) {
                return None;
            }
            let nearest = target
                .slots
                .iter()
                .map(|(rect, key)| (rect.shifted_up(scrolled).gap_y(point), key))
                .min_by(|(a, _), (b, _)| a.total_cmp(b))
                .map(|(_, key)| key);
            Some((&target.key, nearest))
        })
    }

    /// The pane under the point, by number.
    pub fn pane_at(&self, point: Point) -> Option<usize> {
        self.panes.iter().position(|pane| pane.rect.contains(point))
    }
}

/// The largest speed, in pixels per second.
pub const SPEED: f64 = 900.0;
/// How long the speed takes to grow to its full size, in milliseconds.
pub const RAMP_MS: f64 = 400.0;
const BAND_SHARE: f64 = 0.25;
const BAND_LIMIT: f64 = 120.0;

/// How fast a pane scrolls with the pointer here, in pixels per second; negative is up.
/// `since_ms` is how long the pointer has been near the edge.
pub fn scroll_speed(pane: &Rect, point: Point, since_ms: f64) -> f64 {
    if !pane.contains(point) {
        return 0.0;
    }
    let band = ((pane.bottom - pane.top) * BAND_SHARE).min(BAND_LIMIT);
    if band <= 0.0 {
        return 0.0;
    }
    // Half-way into the band the speed is at its largest.
    let depth = |from_edge: f64| ((band - from_edge) / (band / 2.0)).clamp(0.0, 1.0);
    let pull = depth(pane.bottom - point.y) - depth(point.y - pane.top);
    pull * SPEED * (since_ms / RAMP_MS).clamp(0.2, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(left: f64, top: f64, right: f64, bottom: f64) -> Rect {
        Rect {
            left,
            top,
            right,
            bottom,
        }
    }

    fn map() -> Map<&'static str> {
        let pane = Pane::new(rect(0.0, 100.0, 200.0, 300.0), 0.0);
        let row = |key, top: f64, slots: Vec<(Rect, &'static str)>| Target {
            pane_idx: Some(0),
            rect: rect(0.0, top, 200.0, top + 80.0),
            key,
            slots,
        };
        Map {
            panes: vec![pane],
            targets: vec![
                row("first", 100.0, Vec::new()),
                row(
                    "second",
                    190.0,
                    vec![
                        (rect(10.0, 200.0, 190.0, 225.0), "upper"),
                        (rect(10.0, 235.0, 190.0, 260.0), "lower"),
                    ],
                ),
                row("hidden", 310.0, Vec::new()),
            ],
        }
    }

    #[test]
    fn a_point_is_over_the_row_that_contains_it() {
        let map = map();
        assert_eq!(map.at(Point { x: 5.0, y: 150.0 }), Some((&"first", None)));
        assert_eq!(map.at(Point { x: 5.0, y: 185.0 }), None, "between two rows");
        assert_eq!(map.at(Point { x: 250.0, y: 150.0 }), None);
    }

    #[test]
    fn inside_a_row_the_nearest_slot_is_meant() {
        let map = map();
        assert_eq!(
            map.at(Point { x: 50.0, y: 195.0 }),
            Some((&"second", Some(&"upper")))
        );
        assert_eq!(
            map.at(Point { x: 50.0, y: 232.0 }),
            Some((&"second", Some(&"lower")))
        );
        assert_eq!(
            map.at(Point { x: 50.0, y: 265.0 }),
            Some((&"second", Some(&"lower")))
        );
    }

    #[test]
    fn what_is_scrolled_out_of_sight_is_not_hit() {
        let mut map = map();
        assert_eq!(map.at(Point { x: 5.0, y: 320.0 }), None);
        if let Some(pane) = map.panes.first_mut() {
            pane.scrolled = 100.0;
        }
        assert_eq!(map.at(Point { x: 5.0, y: 220.0 }), Some((&"hidden", None)));
        assert_eq!(
            map.at(Point { x: 50.0, y: 101.0 }),
            Some((&"second", Some(&"upper")))
        );
        assert_eq!(map.at(Point { x: 5.0, y: 50.0 }), None, "above the pane");
    }

    #[test]
    fn a_pane_scrolls_near_its_edges_only() {
        let pane = rect(0.0, 0.0, 100.0, 400.0);
        let speed = |y| scroll_speed(&pane, Point { x: 50.0, y }, RAMP_MS);
        assert!(speed(200.0).abs() < f64::EPSILON);
        assert!((speed(399.0) - SPEED).abs() < f64::EPSILON);
        assert!((speed(1.0) + SPEED).abs() < f64::EPSILON);
        assert!(speed(310.0) > 0.0 && speed(310.0) < SPEED);
        assert!(scroll_speed(&pane, Point { x: 150.0, y: 399.0 }, RAMP_MS).abs() < f64::EPSILON);
    }

    #[test]
    fn scrolling_starts_gently() {
        let pane = rect(0.0, 0.0, 100.0, 400.0);
        let point = Point { x: 50.0, y: 399.0 };
        assert!(scroll_speed(&pane, point, 0.0) < scroll_speed(&pane, point, RAMP_MS / 2.0));
        assert!(scroll_speed(&pane, point, RAMP_MS * 9.0) <= SPEED);
    }
}
