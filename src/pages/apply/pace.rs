//! When to save: after a pause in typing, at the latest some seconds after the first letter, and
//! after a failure at growing distances. Time comes in as milliseconds; nothing is looked up.

/// A pause in typing after which is saved.
const IDLE_MS: u64 = 800;
/// The longest that anything typed waits for its save.
const LONGEST_MS: u64 = 5_000;
/// The first and the longest distance between attempts.
const FIRST_RETRY_MS: u64 = 1_000;
const LONGEST_RETRY_MS: u64 = 30_000;

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    first_ms: Option<u64>,
    last_ms: Option<u64>,
    n_failures: u32,
    retry_ms: Option<u64>,
}

impl Pace {
    /// Something was typed.
    pub fn typed(&mut self, now_ms: u64) {
        self.first_ms.get_or_insert(now_ms);
        self.last_ms = Some(now_ms);
    }

    /// Do not wait for a pause: the page changes, the connection is back.
    pub fn hurry(&mut self, now_ms: u64) {
        self.first_ms = Some(now_ms.saturating_sub(LONGEST_MS));
        self.last_ms.get_or_insert(now_ms);
        if self.retry_ms.is_some() {
            self.retry_ms = Some(now_ms);
        }
    }

    /// A save left.
    pub fn sent(&mut self) {
        self.first_ms = None;
        self.last_ms = None;
        self.retry_ms = None;
    }

    /// A save arrived.
    pub fn arrived(&mut self) {
        self.n_failures = 0;
        self.retry_ms = None;
    }

    /// A save did not arrive. `chance` from 0 to 999 spreads the attempts of many devices.
    pub fn failed(&mut self, now_ms: u64, chance: u32) {
        let doubled = FIRST_RETRY_MS.saturating_mul(1_u64 << self.n_failures.min(10));
        let longest = doubled.min(LONGEST_RETRY_MS);
        let spread = longest / 2 * u64::from(chance.min(999)) / 1_000;
        self.n_failures += 1;
        self.retry_ms = Some(now_ms + longest / 2 + spread);
    }

    /// How long to wait until the next attempt, if one is due at all.
    pub fn wait_ms(&self, now_ms: u64) -> Option<u64> {
        let due_ms = match (self.retry_ms, self.first_ms, self.last_ms) {
            (Some(retry_ms), _, _) => retry_ms,
            (None, Some(first_ms), Some(last_ms)) => (last_ms + IDLE_MS).min(first_ms + LONGEST_MS),
            _ => return None,
        };
        Some(due_ms.saturating_sub(now_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_in_typing_saves() {
        let mut pace = Pace::default();
        assert_eq!(pace.wait_ms(0), None);
        pace.typed(1_000);
        pace.typed(1_200);
        assert_eq!(pace.wait_ms(1_200), Some(800));
        assert_eq!(pace.wait_ms(3_000), Some(0));
    }

    #[test]
    fn who_never_pauses_is_saved_all_the_same() {
        let mut pace = Pace::default();
        for now_ms in (0..=4_900).step_by(100) {
            pace.typed(now_ms);
        }
        assert_eq!(pace.wait_ms(4_900), Some(100));
    }

    #[test]
    fn a_change_of_page_does_not_wait() {
        let mut pace = Pace::default();
        pace.typed(10_000);
        pace.hurry(10_010);
        assert_eq!(pace.wait_ms(10_010), Some(0));
    }

    #[test]
    fn failures_move_apart_up_to_half_a_minute_and_never_fall_together() {
        let mut pace = Pace::default();
        let mut waits = Vec::new();
        for _ in 0..8 {
            pace.failed(0, 999);
            waits.push(pace.wait_ms(0).unwrap());
        }
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!(waits[0], 999);
        assert!(waits[7] <= 30_000 && waits[7] > 29_000, "{waits:?}");
        let mut other = Pace::default();
        other.failed(0, 0);
        assert_eq!(other.wait_ms(0), Some(500));
    }

    #[test]
    fn typing_after_a_failure_does_not_hammer_the_server() {
        let mut pace = Pace::default();
        pace.sent();
        pace.failed(0, 999);
        pace.failed(1_000, 999);
        pace.typed(1_100);
        assert!(pace.wait_ms(1_100).unwrap() > 1_500);
        pace.hurry(1_200);
        assert_eq!(pace.wait_ms(1_200), Some(0));
        pace.arrived();
        pace.sent();
        assert_eq!(pace.wait_ms(1_200), None);
    }
}
