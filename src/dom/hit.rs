//! Points and rectangles in the window, and how fast a pane scrolls under a pointer near its edge.

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
