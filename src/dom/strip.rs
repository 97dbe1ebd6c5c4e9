//! Rows of known heights under one another: where each begins, which lie in a window, and which a
//! point is on. Arithmetic, so that a long list is neither mounted nor measured to be scrolled,
//! dragged over or walked by keys.

use std::ops::Range;

/// Rows under one another, in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Where each row begins, and at last where the strip ends.
    tops: Vec<f64>,
}

impl Default for Strip {
    fn default() -> Self {
        Self { tops: vec![0.0] }
    }
}

impl Strip {
    /// Rows of these heights.
    pub fn of(heights: impl IntoIterator<Item = f64>) -> Self {
        let mut tops = vec![0.0];
        let mut top = 0.0;
        for height in heights {
            top += height;
            tops.push(top);
        }
        Self { tops }
    }

    /// How high all rows are together.
    pub fn height(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Where a row begins and ends; at the end of the strip for one that is not there.
    pub fn span(&self, row_idx: usize) -> (f64, f64) {
        let end = self.height();
        let top = |idx: usize| self.tops.get(idx).copied().unwrap_or(end);
        (top(row_idx), top(row_idx + 1))
    }

    /// The row at this height, if there is one.
    pub fn at(&self, y: f64) -> Option<usize> {
        if y < 0.0 || y >= self.height() {
            return None;
        }
        self.tops.partition_point(|top| *top <= y).checked_sub(1)
    }

    /// The rows of which anything lies between two heights, at most so many.
    pub fn window(&self, from: f64, to: f64, n_most: usize) -> Range<usize> {
        let n_rows = self.tops.len() - 1;
        let first = self.tops.partition_point(|top| *top <= from.max(0.0));
        let first = first.saturating_sub(1).min(n_rows);
        let end = self.tops.partition_point(|top| *top < to).min(n_rows);
        first..end.max(first).min(first + n_most)
    }

    /// How far to scroll so that a row is wholly within a window of this height, as little as
    /// needed from where the window is.
    pub fn reveal(&self, row_idx: usize, scrolled: f64, height: f64) -> f64 {
        let (top, bottom) = self.span(row_idx);
        if top < scrolled || bottom - top > height {
            top
        } else if bottom > scrolled + height {
            bottom - height
        } else {
            scrolled
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip() -> Strip {
        Strip::of([10.0, 20.0, 30.0, 40.0])
    }

    #[test]
    fn a_height_is_on_one_row() {
        let strip = strip();
        let rows = [0.0, 9.9, 10.0, 29.0, 30.0, 99.0].map(|y| strip.at(y));
        assert_eq!(rows, [Some(0), Some(0), Some(1), Some(1), Some(2), Some(3)]);
        assert_eq!((strip.at(-1.0), strip.at(100.0)), (None, None));
    }

    #[test]
    fn a_window_holds_what_it_touches_and_no_more_than_asked() {
        let strip = strip();
        assert_eq!(strip.window(0.0, 30.0, 60), 0..2);
        assert_eq!(strip.window(9.0, 31.0, 60), 0..3);
        assert_eq!(strip.window(-50.0, 1000.0, 60), 0..4);
        assert_eq!(strip.window(0.0, 1000.0, 2), 0..2);
        assert_eq!(strip.window(5000.0, 6000.0, 60).len(), 0);
        assert_eq!(Strip::default().window(0.0, 500.0, 60), 0..0);
    }

    #[test]
    fn a_row_is_revealed_with_as_little_scrolling_as_possible() {
        let strip = strip();
        let reveal = |row, scrolled| strip.reveal(row, scrolled, 50.0);
        assert!((reveal(1, 5.0) - 5.0).abs() < f64::EPSILON, "seen already");
        assert!((reveal(0, 5.0) - 0.0).abs() < f64::EPSILON, "above");
        assert!((reveal(3, 5.0) - 50.0).abs() < f64::EPSILON, "below");
        assert!(
            (strip.reveal(3, 0.0, 20.0) - 60.0).abs() < f64::EPSILON,
            "higher than the window"
        );
    }

    #[test]
    fn every_row_of_a_long_strip_is_found_where_it_begins() {
        let strip = Strip::of((0..5_000).map(|idx| f64::from(idx % 7) + 40.0));
        for idx in 0..5_000 {
            let (top, bottom) = strip.span(idx);
            assert_eq!(
                (strip.at(top), strip.at(bottom - 0.5)),
                (Some(idx), Some(idx))
            );
            let window = strip.window(top - 300.0, top + 900.0, 60);
            assert!(window.contains(&idx) && window.len() <= 60, "{window:?}");
        }
    }
}
