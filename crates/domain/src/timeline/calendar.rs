//! From five dates to a timeline, and from a timeline to the dates that decide what is open.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};

use super::constraint::{Breach, Severity, check};
use super::plan::is_in_range;
use super::wish::EditError;
use super::{Item, Mark, When};
use crate::cohort::Calendar;
use crate::date::Deadline;
use crate::form::locale::L10n;
use crate::id::ItemId;

/// The dates that a cohort is set up with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// First day of the call.
    pub call_opens: NaiveDate,
    /// When applications close.
    pub closes: Deadline,
    /// When everybody hears.
    pub pairing_complete: NaiveDate,
    /// First day of the program.
    pub starts: NaiveDate,
    /// Last day of the program.
    pub ends: NaiveDate,
}

/// The dates that decide what is open, if the timeline has them all. The server knows when a day
/// begins in the cohort's zone, and says so by `start_of_day`.
pub fn calendar(
    items: &[Item],
    start_of_day: impl FnOnce(NaiveDate) -> DateTime<Utc>,
) -> Option<Calendar> {
    let find = |mark| items.iter().find(|item| item.mark == mark);
    let (opens, _) = find(Mark::Call)?.when.days();
    let When::Due(closes) = &find(Mark::Closing)?.when else {
        return None;
    };
    let (_, pairing_complete) = find(Mark::PairingComplete)?.when.days();
    let (starts, ends) = find(Mark::Program)?.when.days();
    Some(Calendar {
        opens: start_of_day(opens),
        closes: closes.clone(),
        pairing_complete,
        starts,
        ends,
    })
}

/// Makes a whole timeline from the five dates; the server makes the ids.
///
/// Applications are read for two weeks from the first working day after the closing day, or for a
/// third of the time if there is less than four weeks. Then pairs are made until the announced day.
/// Orientation is in the week before the one in which the program starts, evaluation in the month
/// after its end.
pub fn default_items(
    outline: &Outline,
    mut new_id: impl FnMut() -> ItemId,
) -> Result<Vec<Item>, Vec<EditError>> {
    let given = [
        outline.call_opens,
        outline.closes.civil.date(),
        outline.pairing_complete,
        outline.starts,
        outline.ends,
    ];
    if !given.into_iter().all(is_in_range) {
        return Err(vec![EditError::OutOfRange]);
    }
    let closing_day = outline.closes.last_day();
    let review = review(closing_day, outline.pairing_complete);
    let pairing_start = next_working_day(review.1).min(outline.pairing_complete);
    let orientation = orientation(outline);
    let phase = |(start, end)| When::Phase { start, end };
    let pairing = phase((pairing_start, outline.pairing_complete));
    let evaluation = (
        outline.ends + Duration::days(1),
        outline.ends + Duration::days(31),
    );
    let items: Vec<Item> = [
        (Mark::Call, phase((outline.call_opens, closing_day))),
        (Mark::Closing, When::Due(outline.closes.clone())),
        (Mark::Review, phase(review)),
        (Mark::Pairing, pairing),
        (
            Mark::PairingComplete,
            When::Milestone {
                on: outline.pairing_complete,
            },
        ),
        (Mark::Orientation, phase(orientation)),
        (Mark::Program, phase((outline.starts, outline.ends))),
        (Mark::Evaluation, phase(evaluation)),
    ]
    .into_iter()
    .map(|(mark, when)| {
        let (title, body) = words(mark);
        Item {
            body: L10n::english(body),
            ..Item::planned(new_id(), mark, when, L10n::english(title))
        }
    })
    .collect();
    let mut errors: Vec<EditError> = check(&items, &[])
        .iter()
        .filter(|breach| breach.constraint.severity == Severity::Error)
        .map(|breach| error(breach, &items))
        .collect();
    errors.dedup();
    if errors.is_empty() {
        Ok(items)
    } else {
        Err(errors)
    }
}

/// A breach, in the words of a wish.
pub(super) fn error(breach: &Breach, items: &[Item]) -> EditError {
    let (before, after) = (breach.constraint.before.item, breach.constraint.after.item);
    let mark = |id| {
        let item = items.iter().find(|item| item.id == id);
        item.map_or(Mark::Other, |item| item.mark)
    };
    if let Some(constraint) = breach.constraint.id {
        EditError::Unmet { constraint }
    } else if before == after {
        EditError::EndsBeforeItBegins
    } else {
        EditError::OutOfOrder {
            before: mark(before),
            after: mark(after),
        }
    }
}

const LONG_REVIEW_NEEDS: i64 = 28;

fn review(closing_day: NaiveDate, pairing_complete: NaiveDate) -> (NaiveDate, NaiveDate) {
    let start = next_working_day(closing_day).min(pairing_complete);
    let room = (pairing_complete - start).num_days();
    let end = if room >= LONG_REVIEW_NEEDS {
        monday_of(start) + Duration::days(11)
    } else {
        start + Duration::days(room.max(0) / 3)
    };
    (start, end)
}

fn orientation(outline: &Outline) -> (NaiveDate, NaiveDate) {
    let monday = monday_of(outline.starts) - Duration::days(7);
    let start = monday.max(outline.pairing_complete);
    (start, (monday + Duration::days(4)).max(start))
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
}

fn next_working_day(day: NaiveDate) -> NaiveDate {
    let ahead = match day.weekday() {
        Weekday::Fri => 3,
        Weekday::Sat => 2,
        _ => 1,
    };
    day + Duration::days(ahead)
}

/// Title and sentence of an item; data that a committee may change, not words of a screen.
fn words(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Call => ("Call for applications", "Mentors and mentees apply."),
        Mark::Closing => ("Applications close", "Later applications cannot be sent."),
        Mark::Review => (
            "Applications are read",
            "The committee may ask you for something.",
        ),
        Mark::Pairing => (
            "Pairs are made",
            "The subcommittee brings mentors and mentees together.",
        ),
        Mark::PairingComplete => ("Pairing complete", "Everybody hears on the same day."),
        Mark::Orientation => ("Orientation", "An online welcome for all pairs."),
        Mark::Program => ("Program", "Mentors and mentees work together."),
        Mark::Evaluation => ("Evaluation", "A last survey, and the report."),
        Mark::Other => ("", ""),
    }
}
