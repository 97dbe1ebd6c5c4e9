//! Where in the log of a board somebody looks. Pure: no signals, no network.

use tandem_api::board::Entry;

/// How many lines of the log are drawn before and behind the one that is looked at.
const AROUND: usize = 50;

/// The log, oldest first, and how much of it is done on the board that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Trail {
    entries: Vec<Entry>,
    at: usize,
}

impl Trail {
    /// The whole log, with the present shown.
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        let at = entries.len();
        Self { entries, at }
    }

    /// The log.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How much of it is done.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to the board after so many changes; beyond all of them to the present.
    pub(super) fn go(&mut self, at: usize) {
        self.at = at.min(self.entries.len());
    }

    /// How many changes lie between what is shown and the present.
    pub(super) fn steps(&self) -> usize {
        self.entries.len() - self.at
    }

    /// Whether the present is shown.
    pub(super) fn is_now(&self) -> bool {
        self.steps() == 0
    }

    /// The last change that is done.
    pub(super) fn last(&self) -> Option<&Entry> {
        self.entries.get(self.at.checked_sub(1)?)
    }

    /// The revision that is shown.
    pub(super) fn rev(&self) -> i64 {
        let first = self.entries.first().map_or(0, |entry| entry.rev - 1);
        self.last().map_or(first, |entry| entry.rev)
    }

    /// Takes in what was done since. While something earlier is shown, its distance from the present
    /// must stay what it is: then this is for later. False if nothing is new, or something lies between.
    pub(super) fn catch_up(&mut self, log: &[Entry]) -> bool {
        let last = self.entries.last().map_or(i64::MIN, |entry| entry.rev);
        let newer: Vec<Entry> = log
            .iter()
            .filter(|entry| entry.rev > last)
            .cloned()
            .collect();
        let is_next = newer
            .first()
            .is_some_and(|next| self.entries.is_empty() || next.rev == last + 1);
        if !self.is_now() || !is_next {
            return false;
        }
        self.entries.extend(newer);
        self.at = self.entries.len();
        true
    }

    /// The changes around the one that is looked at, the newest first, each with how much is done
    /// after it.
    pub(super) fn around(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let first = self.at.saturating_sub(AROUND);
        let last = (self.at + AROUND).min(self.entries.len());
        let entries = (1..).zip(&self.entries);
        let around = entries.skip(first).take(last - first);
        around.collect::<Vec<_>>().into_iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tandem_domain::board::Command;
    use tandem_domain::id::ApplicationId;

    use super::*;

    fn entry(rev: i64) -> Entry {
        let nobody = "00000000-0000-0000-0000-000000000000";
        let mentee: ApplicationId = nobody.parse().unwrap();
        let command = Command::Unpair { mentee };
        Entry {
            id: nobody.parse().unwrap(),
            rev,
            by: nobody.parse().unwrap(),
            by_name: String::new(),
            at: DateTime::UNIX_EPOCH,
            inverse: command.clone(),
            command,
            undoes: None,
        }
    }

    fn trail(revs: std::ops::RangeInclusive<i64>) -> Trail {
        Trail::new(revs.map(entry).collect())
    }

    #[test]
    fn the_slider_says_which_revision_it_shows() {
        let mut trail = trail(3..=5);
        assert_eq!((trail.rev(), trail.steps(), trail.is_now()), (5, 0, true));
        trail.go(1);
        assert_eq!((trail.rev(), trail.steps()), (3, 2));
        assert_eq!(trail.last(), Some(&entry(3)));
        trail.go(0);
        // What stood before the first change has no change of its own.
        assert_eq!((trail.rev(), trail.last()), (2, None));
        trail.go(usize::MAX);
        assert!(trail.is_now());
        assert_eq!(Trail::default().rev(), 0);
    }

    #[test]
    fn what_goes_on_is_taken_in_only_in_the_present() {
        let mut trail = trail(1..=2);
        let log = [entry(2), entry(3)];
        trail.go(1);
        assert!(!trail.catch_up(&log));
        assert_eq!((trail.entries().len(), trail.steps()), (2, 1));
        trail.go(2);
        assert!(trail.catch_up(&log));
        assert!(!trail.catch_up(&log));
        assert_eq!((trail.entries().len(), trail.rev()), (3, 3));
        assert!(trail.is_now());
        assert!(!trail.catch_up(&[entry(9)]));
    }

    #[test]
    fn the_list_is_that_around_what_is_shown_the_newest_first() {
        let mut trail = trail(1..=200);
        let revs = |trail: &Trail| {
            let around: Vec<_> = trail.around().map(|(at, entry)| (at, entry.rev)).collect();
            (around[0], around[around.len() - 1])
        };
        assert_eq!(revs(&trail), ((200, 200), (151, 151)));
        trail.go(100);
        assert_eq!(revs(&trail), ((150, 150), (51, 51)));
        trail.go(0);
        assert_eq!(revs(&trail), ((50, 50), (1, 1)));
    }
}
