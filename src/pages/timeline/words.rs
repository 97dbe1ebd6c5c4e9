//! What the timeline screen says: what moves, what follows, what is in the way.

use chrono::NaiveDate;
use leptos::prelude::*;
use tandem_api::timeline::PlanView;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::constraint::{Breach, Point};
use tandem_domain::timeline::plan::Hold;
use tandem_domain::timeline::wish::{Act, EditError, Policy};
use tandem_domain::timeline::{Edge, Mark, Shift};

use super::state::{Part, TimelineState};
use crate::api::error::ApiError;
use crate::ui::date_words::long_day;

/// "3 dates move", "1 date moves".
pub(super) fn count(n_things: usize, one: &str, many: &str) -> String {
    if n_things == 1 {
        format!("1 {one}")
    } else {
        format!("{n_things} {many}")
    }
}

/// Where a date is while it is held: "Applications close, Friday, March 9, 2018, 7 days later. 2 other
/// dates would move."
pub(super) fn held(state: TimelineState) -> Option<String> {
    let grip = state.grip().get_untracked()?;
    let item = state.item(grip.item)?;
    let edge = match grip.part {
        Part::Edge(edge) => edge,
        Part::Whole => item.date(Edge::Start).map_or(Edge::End, |_| Edge::Start),
    };
    let to = item.date(edge)? + chrono::Duration::days(grip.days);
    let name = item.title.text();
    let what = match (grip.part, item.date(Edge::Start)) {
        (Part::Edge(Edge::Start), _) => format!("{name}, first day"),
        (Part::Edge(Edge::End), Some(_)) => format!("{name}, last day"),
        (Part::Whole, Some(_)) => format!("{name}, from"),
        _ => name.to_owned(),
    };
    let far = match grip.days {
        0 => "as it was".to_owned(),
        days => {
            let word = if days > 0 { "later" } else { "earlier" };
            let n_days = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
            format!("{} {word}", count(n_days, "day", "days"))
        }
    };
    Some(format!(
        "{what}, {}, {far}. {}",
        long_day(to),
        follows(state)
    ))
}

/// What this browser reckons would follow, in a sentence.
pub(super) fn follows(state: TimelineState) -> String {
    let wished = state.wish().with_untracked(|wish| wish.edits.len());
    state.local().with_untracked(|local| match local {
        None => String::new(),
        Some(Ok(plan)) => {
            let others = plan.shifts.len().saturating_sub(wished);
            let stay = plan.held.len();
            let mut words = match others {
                0 => "Nothing else moves.".to_owned(),
                n => format!(
                    "{}.",
                    count(n, "other date moves with it", "other dates move with it")
                ),
            };
            if stay > 0 {
                let held = count(stay, "date stays", "dates stay");
                words = format!("{words} {held} that would have to move.");
            }
            words
        }
        Some(Err(refused)) => refused
            .refusals
            .first()
            .map_or_else(String::new, |refusal| {
                error(&refusal.error, |id| state.name(id))
            }),
    })
}

/// What a change has done.
pub(super) fn done(state: TimelineState) -> String {
    let n_shifts = state.asked().with_untracked(|asked| match asked {
        super::state::Asked::Answered(plan) => plan.shifts.len(),
        _ => 0,
    });
    let act = state
        .wish()
        .with_untracked(|wish| wish.acts.first().map(deed));
    match (n_shifts, act) {
        (0, Some(deed)) => format!("Saved: {deed}."),
        (n, Some(deed)) => format!("Saved: {deed}; {}.", count(n, "date moved", "dates moved")),
        (n, None) => format!("Saved: {}.", count(n, "date moved", "dates moved")),
    }
}

fn deed(act: &Act) -> &'static str {
    match act {
        Act::Create { .. } => "the new entry is planned",
        Act::Edit { .. } => "the entry is changed",
        Act::Duplicate { .. } => "the copy is planned",
        Act::Announce { .. } => "the entry is announced",
        Act::Finish { .. } => "the entry is done",
        Act::Cancel { .. } => "the entry is called off",
        Act::Reopen { .. } => "the entry takes place",
        Act::Delete { .. } => "the entry is deleted",
        Act::Lock { .. } => "the entry is locked",
        Act::Unlock { .. } => "the entry may move again",
        Act::Anchor { .. } => "the entry follows another one",
        Act::Release { .. } => "the entry follows no other one",
        Act::Constrain { .. } | Act::Unconstrain { .. } => "what must hold is changed",
    }
}

/// What the button says that saves.
pub(super) fn confirm(plan: &PlanView, act: Option<&Act>) -> String {
    match (act, plan.shifts.len()) {
        (Some(Act::Create { .. }), _) => "Plan it".to_owned(),
        (Some(Act::Duplicate { .. }), _) => "Plan the copy".to_owned(),
        (Some(Act::Announce { .. }), _) => "Announce it".to_owned(),
        (Some(Act::Cancel { .. }), _) => "Call the entry off".to_owned(),
        (Some(Act::Delete { .. }), _) => "Delete the entry".to_owned(),
        (_, 0) => "Save".to_owned(),
        (_, n) => format!("Move {}", count(n, "date", "dates")),
    }
}

/// A date that moves: "First day of Pairing: Mon, Mar 5 → …".
pub(super) fn shift(shift: &Shift, name: &str, is_phase: bool) -> String {
    let edge = match (is_phase, shift.edge) {
        (true, Edge::Start) => " begins",
        (true, Edge::End) => " ends",
        (false, _) => " is",
    };
    let n_days = (shift.to - shift.from).num_days();
    let far = usize::try_from(n_days.unsigned_abs()).unwrap_or(usize::MAX);
    let word = if n_days > 0 { "later" } else { "earlier" };
    format!(
        "{name}{edge} on {} instead of {}: {} {word}.",
        long_day(shift.to),
        long_day(shift.from),
        count(far, "day", "days"),
    )
}

/// Why an item stays.
pub(super) fn hold(hold: Hold) -> &'static str {
    match hold {
        Hold::Locked => "is locked",
        Hold::Done => "took place",
        Hold::Announced => "was announced",
        Hold::Cancelled => "was cancelled",
    }
}

/// A policy and what it does.
pub(super) fn policy(policy: Policy) -> (&'static str, &'static str, &'static str) {
    match policy {
        Policy::Keep => ("keep", "Move nothing else", "What no longer fits is said."),
        Policy::Push => (
            "push",
            "Push what comes after",
            "By as few days as must be.",
        ),
        Policy::KeepGaps => (
            "gaps",
            "Move all that comes later by as many days",
            "The distances stay.",
        ),
    }
}

/// Something that does not hold.
pub(super) fn breach(breach: &Breach, name: impl Fn(ItemId) -> String) -> String {
    let point = |point: Point| {
        let edge = if point.edge == Edge::Start {
            "the first"
        } else {
            "the last"
        };
        format!("{edge} day of {}", name(point.item))
    };
    let why = breach.constraint.why.text();
    let too_far = breach.constraint.max_days;
    let too_far = too_far.filter(|most| breach.days > i64::from(*most));
    let (bound, days) = match too_far {
        Some(most) => ("at most", most),
        None => ("at least", breach.constraint.min_days),
    };
    let n_days = |days: i64| count(usize::try_from(days.max(0)).unwrap_or(0), "day", "days");
    let (before, after) = (breach.constraint.before, breach.constraint.after);
    // What lasts from one day to the next lasts two days.
    let must = if breach.constraint.id.is_some() && before.item == after.item {
        format!(
            "{} should last {bound} {}; it would last {}.",
            name(before.item),
            n_days(i64::from(days) + 1),
            n_days(breach.days + 1),
        )
    } else {
        format!(
            "There should be {bound} {} from {} to {}; there are {}.",
            n_days(i64::from(days)),
            point(before),
            point(after),
            breach.days
        )
    };
    if why.is_empty() {
        must
    } else {
        format!("{}. {must}", why.trim_end_matches('.'))
    }
}

/// Why a wish cannot be fulfilled.
pub(super) fn error(error: &EditError, name: impl Fn(ItemId) -> String) -> String {
    let sentence = match error {
        EditError::Unknown => "This entry is no longer on the timeline. Reload the page.",
        EditError::OutOfRange => "This day is too far away.",
        EditError::NoSuchEdge => "This entry has only one day.",
        EditError::EndsBeforeItBegins => "It would end before it begins.",
        EditError::Unmet { .. } => "Something that must hold would not hold any more.",
        EditError::InThePast => "Applications cannot close on a day that has passed.",
        EditError::Locked => "This entry is locked. Unlock it first.",
        EditError::Done => "This entry took place already.",
        EditError::Announced => "People were told of this date. Tick it to move it all the same.",
        EditError::Cancelled => "This entry was cancelled.",
        EditError::WrongStatus => "That is not possible as the entry stands now.",
        EditError::Needed => "The cohort cannot do without this entry.",
        EditError::Taken => "This was done already.",
        EditError::TitleMissing => "Give it a name.",
        EditError::WrongText => "A text is too long, or has characters that do not belong there.",
        EditError::TooMany => "A timeline does not hold that many.",
        EditError::OutOfOrder { before, after } => {
            return format!("{} must come before {}.", mark(*before), mark(*after));
        }
        EditError::Anchored { anchor } => {
            return format!(
                "This date follows “{}”. Move that one, or let it follow nothing.",
                name(*anchor)
            );
        }
        EditError::Loop { items } => {
            let names: Vec<String> = items.iter().map(|item| name(*item)).collect();
            return format!("That would go round in a circle: {}.", names.join(" → "));
        }
        EditError::Followed { by } => {
            let names: Vec<String> = by.iter().map(|item| name(*item)).collect();
            return format!("Other dates follow it: {}.", names.join(", "));
        }
    };
    sentence.to_owned()
}

/// Why a change could not be undone.
pub(super) fn undo_failed(error: &ApiError) -> String {
    let ApiError::Refused(problem) = error else {
        return error.sentence();
    };
    let code = problem.extra.as_ref().and_then(|extra| extra.get("code"));
    let why = match code.and_then(|code| code.as_str()) {
        Some("changed_since") => "something it touched was changed since.",
        Some("in_the_past") => "applications would have closed on a day that has passed.",
        Some("breaks") => "something that must hold would not hold any more.",
        Some("needed") => "the cohort is public, and people know of its dates.",
        Some("followed") => "something follows, or is bound to, an entry that would be gone.",
        Some("loop") => "dates would follow one another in a circle.",
        _ => return error.sentence(),
    };
    format!("It can no longer be undone: {why}")
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Call => "The call",
        Mark::Closing => "the closing of applications",
        Mark::Review => "the review",
        Mark::Pairing => "the pairing",
        Mark::PairingComplete => "the day pairs are known",
        Mark::Orientation => "the orientation",
        Mark::Program => "the program",
        Mark::Evaluation => "the evaluation",
        Mark::Other => "another date",
    }
}

/// A day as a field of the browser writes it.
pub(super) fn field_day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().ok()?;
    // While the year is typed, a browser reports the years 0002, 0020 and 0201.
    (day >= NaiveDate::from_ymd_opt(1900, 1, 1)?).then_some(day)
}

#[cfg(test)]
mod tests {
    use tandem_api::problem::{Code, Problem};
    use tandem_domain::timeline::log::UndoError;

    use super::*;

    #[test]
    fn why_nothing_is_undone_is_said_truly() {
        let says = |error: UndoError| {
            let problem = Problem {
                kind: String::new(),
                title: String::new(),
                status: 409,
                code: Code::Conflict,
                detail: String::new(),
                instance: String::new(),
                errors: Vec::new(),
                fields: Vec::new(),
                extra: serde_json::to_value(error).ok(),
            };
            undo_failed(&ApiError::from(problem))
        };
        let items = Vec::new;
        let reasons = [
            (UndoError::ChangedSince { items: items() }, "changed since"),
            (UndoError::InThePast, "has passed"),
            (
                UndoError::Breaks {
                    breaches: Vec::new(),
                },
                "not hold",
            ),
            (UndoError::Needed { items: items() }, "public"),
            (UndoError::Followed { by: items() }, "would be gone"),
            (UndoError::Loop { items: items() }, "circle"),
        ];
        for (error, words) in reasons {
            let said = says(error);
            assert!(said.starts_with("It can no longer be undone: "), "{said}");
            assert!(said.contains(words), "{said}");
        }
    }
}
