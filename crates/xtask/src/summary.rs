//! What ran, how it ended and how long it took.

use std::time::Duration;

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Everything in it passed.
    Passed,
    /// Something in it failed.
    Failed,
    /// It could not run because a step before it failed.
    NotRun,
}

/// The steps that ran so far.
#[derive(Debug, Default)]
pub struct Summary {
    rows: Vec<(&'static str, Ending, Duration)>,
}

impl Summary {
    /// Notes a step.
    pub fn add(&mut self, step: &'static str, ending: Ending, took: Duration) {
        self.rows.push((step, ending, took));
    }

    /// Whether a step of this name ran and did not pass.
    pub fn has_failed(&self, step: &str) -> bool {
        self.rows
            .iter()
            .any(|(name, ending, _)| *name == step && *ending != Ending::Passed)
    }

    /// The steps that did not pass.
    pub fn failures(&self) -> Vec<&'static str> {
        let failed = self
            .rows
            .iter()
            .filter(|(_, ending, _)| *ending != Ending::Passed);
        failed.map(|(name, ..)| *name).collect()
    }

    /// The table, with the whole time in its last row.
    pub fn table(&self) -> String {
        let whole = self.rows.iter().map(|(.., took)| *took).sum();
        let rows = self.rows.iter().map(|(name, ending, took)| {
            let ending = match ending {
                Ending::Passed => "passed",
                Ending::Failed => "FAILED",
                Ending::NotRun => "not run",
            };
            row(name, ending, &clock(*took))
        });
        std::iter::once(row("step", "result", "time"))
            .chain(rows)
            .chain(std::iter::once(row("together", "", &clock(whole))))
            .collect()
    }
}

fn row(name: &str, ending: &str, time: &str) -> String {
    format!("{name:<14}{ending:<9}{time:>7}\n")
}

/// Minutes and seconds.
fn clock(took: Duration) -> String {
    let seconds = took.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// How long something took, inside a sentence.
pub fn spoken(took: Duration) -> String {
    let seconds = took.as_secs();
    match seconds / 60 {
        0 => format!("{seconds} s"),
        minutes => format!("{minutes} min {} s", seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_each_step_its_ending_and_its_time() {
        let mut summary = Summary::default();
        summary.add("fmt", Ending::Passed, Duration::from_millis(1_900));
        summary.add("rust", Ending::Failed, Duration::from_secs(754));
        summary.add("e2e", Ending::NotRun, Duration::ZERO);
        let table = "step          result      time\n\
                     fmt           passed      0:01\n\
                     rust          FAILED     12:34\n\
                     e2e           not run     0:00\n\
                     together                 12:35\n";
        assert_eq!(summary.table(), table);
    }

    #[test]
    fn minutes_are_named_from_the_first_on() {
        assert_eq!(spoken(Duration::from_millis(1_900)), "1 s");
        assert_eq!(spoken(Duration::from_secs(754)), "12 min 34 s");
    }

    #[test]
    fn a_step_that_could_not_run_is_a_failure() {
        let mut summary = Summary::default();
        summary.add("app", Ending::Passed, Duration::ZERO);
        summary.add("e2e", Ending::NotRun, Duration::ZERO);
        assert_eq!(summary.failures(), ["e2e"]);
        assert!(summary.has_failed("e2e"));
        assert!(!summary.has_failed("app") && !summary.has_failed("clippy"));
    }
}
