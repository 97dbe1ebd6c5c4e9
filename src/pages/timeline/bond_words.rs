//! What dates follow and what must hold between them, in sentences.

use tandem_domain::id::ItemId;
use tandem_domain::timeline::constraint::{Constraint, Point};
use tandem_domain::timeline::rule::{Offset, Rule, Sets, Snap};
use tandem_domain::timeline::{Edge, Item, When};

use super::words::count;
use crate::ui::date_words::WEEKDAYS;

/// Whether an item has a first and a last day.
pub(super) fn is_phase(items: &[Item], id: ItemId) -> bool {
    let item = items.iter().find(|item| item.id == id);
    item.is_some_and(|item| matches!(item.when, When::Phase { .. }))
}

fn title(items: &[Item], id: ItemId) -> String {
    let item = items.iter().find(|item| item.id == id);
    let title = item.map_or("", |item| item.title.text());
    format!("“{title}”")
}

/// A date: "the last day of “Pairing”", or the name alone of what has one day.
fn point(items: &[Item], point: Point) -> String {
    let title = title(items, point.item);
    match (is_phase(items, point.item), point.edge) {
        (false, _) => title,
        (true, Edge::Start) => format!("the first day of {title}"),
        (true, Edge::End) => format!("the last day of {title}"),
    }
}

fn size(number: i64) -> usize {
    usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX)
}

/// The words as a sentence begins with them.
fn begins(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// What an item follows: "Follows the last day of “Pairing” by 14 days."
pub(super) fn rule(items: &[Item], item: ItemId, rule: &Rule) -> String {
    let anchor = point(
        items,
        Point {
            item: rule.anchor,
            edge: rule.edge,
        },
    );
    let own = match (is_phase(items, item), rule.sets) {
        (true, Sets::Start) => "Its first day ",
        (true, Sets::End) => "Its last day ",
        _ => "",
    };
    let verb = |plain: &str| {
        if own.is_empty() {
            begins(plain)
        } else {
            format!("{own}{plain}")
        }
    };
    let place = match distance(rule.offset) {
        None => format!("{} the day of {anchor}", verb("falls on")),
        Some((far, true)) => format!("{} {anchor} by {far}", verb("follows")),
        Some((far, false)) => format!("{} {far} before {anchor}", verb("comes")),
    };
    match rule.snap {
        Snap::None => format!("{place}."),
        Snap::NextWorkingDay => format!("{place}, or on the first working day after that."),
        Snap::Weekday(day) => {
            let name = WEEKDAYS
                .get(day.num_days_from_monday() as usize)
                .unwrap_or(&"");
            format!("{place}, or on the first {name} after that.")
        }
    }
}

/// How far, and whether it is later; nothing for the same day.
fn distance(offset: Offset) -> Option<(String, bool)> {
    let (months, days) = (i64::from(offset.months), i64::from(offset.days));
    let n_months = || count(size(months), "month", "months");
    let n_days = || {
        if offset.working {
            count(size(days), "working day", "working days")
        } else {
            count(size(days), "day", "days")
        }
    };
    Some(match (months, days) {
        (0, 0) => return None,
        (0, days) => (n_days(), days > 0),
        (months, 0) => (n_months(), months > 0),
        (months, days) => {
            let joint = if months.signum() == days.signum() {
                "and"
            } else {
                "less"
            };
            (format!("{} {joint} {}", n_months(), n_days()), months > 0)
        }
    })
}

/// What must hold, as one of its two items sees it: "At least 7 days after “Applications close”,
/// because somebody has to read them."
pub(super) fn constraint(items: &[Item], seen_from: ItemId, constraint: &Constraint) -> String {
    if is_of_length(constraint) {
        return because(lasts(constraint), constraint);
    }
    let is_after = constraint.after.item == seen_from;
    let (own, other) = if is_after {
        (constraint.after, constraint.before)
    } else {
        (constraint.before, constraint.after)
    };
    let other = if other.item == seen_from {
        match other.edge {
            Edge::Start => "its own first day".to_owned(),
            Edge::End => "its own last day".to_owned(),
        }
    } else {
        point(items, other)
    };
    let far = span(
        i64::from(constraint.min_days),
        constraint.max_days.map(i64::from),
        is_after,
    );
    let place = match (is_phase(items, own.item), own.edge) {
        (true, Edge::Start) => format!("Begins {far} {other}"),
        (true, Edge::End) => format!("Ends {far} {other}"),
        (false, _) => format!("{} {other}", begins(&far)),
    };
    because(place, constraint)
}

fn because(what: String, constraint: &Constraint) -> String {
    let why = constraint.why.text().trim().trim_end_matches('.');
    if why.is_empty() {
        what + "."
    } else {
        format!("{what}, because {why}.")
    }
}

/// Whether it says how long something lasts.
pub(super) fn is_of_length(constraint: &Constraint) -> bool {
    let (before, after) = (constraint.before, constraint.after);
    before.item == after.item && (before.edge, after.edge) == (Edge::Start, Edge::End)
}

/// "Lasts at least 21 days": both days count.
fn lasts(constraint: &Constraint) -> String {
    let days = |between: i32| count(size(i64::from(between) + 1), "day", "days");
    let least = constraint.min_days.max(0);
    match constraint.max_days {
        None => format!("Lasts at least {}", days(least)),
        Some(most) if most == least => format!("Lasts exactly {}", days(most)),
        Some(most) if least == 0 => format!("Lasts at most {}", days(most)),
        Some(most) => format!("Lasts at least {} and at most {}", least + 1, days(most)),
    }
}

fn span(min: i64, max: Option<i64>, is_after: bool) -> String {
    // So many days after is as many before, seen from the other side.
    if let Some(max) = max.filter(|max| *max < 0) {
        return span(-max, Some(-min), !is_after);
    }
    let (way, back) = if is_after {
        ("after", "before")
    } else {
        ("before", "after")
    };
    let days = |number| count(size(number), "day", "days");
    match (min, max) {
        (0, Some(0)) => "on the same day as".to_owned(),
        (min, Some(max)) if min == max => format!("exactly {} {way}", days(min)),
        (0, None) => format!("not {back}"),
        (min, None) if min > 0 => format!("at least {} {way}", days(min)),
        (min, None) => format!("at most {} {back}", days(min)),
        (0, Some(max)) => format!("not {back} and at most {} {way}", days(max)),
        (min, Some(max)) if min > 0 => {
            format!("at least {min} and at most {} {way}", days(max))
        }
        (min, Some(max)) => format!(
            "at most {} {back} and at most {} {way}",
            days(min),
            days(max)
        ),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use tandem_domain::form::locale::L10n;
    use tandem_domain::timeline::Mark;
    use tandem_domain::timeline::constraint::Severity;

    use super::*;

    fn id(number: u8) -> ItemId {
        format!("01890000-0000-7000-8000-0000000000{number:02}")
            .parse()
            .unwrap()
    }

    /// A deadline-like day (1), a phase (2), another day (3).
    fn items() -> Vec<Item> {
        let day = |number, title: &str| {
            let on = "2018-03-02".parse().unwrap();
            let when = When::Milestone { on };
            Item::planned(id(number), Mark::Other, when, L10n::english(title))
        };
        let phase = When::Phase {
            start: "2018-03-05".parse().unwrap(),
            end: "2018-03-30".parse().unwrap(),
        };
        vec![
            day(1, "Applications close"),
            Item::planned(id(2), Mark::Other, phase, L10n::english("Reading")),
            day(3, "Welcome call"),
        ]
    }

    fn following(of: u8, anchor: u8, offset: Offset) -> Rule {
        assert_ne!(of, anchor);
        Rule {
            anchor: id(anchor),
            edge: Edge::End,
            offset,
            snap: Snap::None,
            sets: Sets::Whole,
        }
    }

    #[test]
    fn a_rule_is_a_sentence() {
        let days = |days| Offset {
            days,
            ..Offset::default()
        };
        let says = |of, made: Rule| rule(&items(), id(of), &made);
        let two_weeks = following(3, 2, days(14));
        assert_eq!(
            says(3, two_weeks),
            "Follows the last day of “Reading” by 14 days."
        );
        assert_eq!(
            says(3, following(3, 1, days(-1))),
            "Comes 1 day before “Applications close”."
        );
        assert_eq!(
            says(3, following(3, 1, days(0))),
            "Falls on the day of “Applications close”."
        );
        let begins = Rule {
            sets: Sets::Start,
            snap: Snap::Weekday(Weekday::Fri),
            ..following(2, 1, days(3))
        };
        assert_eq!(
            says(2, begins),
            "Its first day follows “Applications close” by 3 days, or on the first Friday after that."
        );
        let working = Offset {
            months: 1,
            days: -5,
            working: true,
        };
        assert_eq!(
            says(3, following(3, 1, working)),
            "Follows “Applications close” by 1 month less 5 working days."
        );
    }

    #[test]
    fn how_long_something_lasts_is_said_in_days_that_all_count() {
        let of = |edge| Point { item: id(2), edge };
        let says = |min_days, max_days| {
            let made = Constraint {
                id: None,
                before: of(Edge::Start),
                after: of(Edge::End),
                min_days,
                max_days,
                severity: Severity::Error,
                why: L10n::english("letters travel slowly"),
            };
            constraint(&items(), id(2), &made)
        };
        assert_eq!(
            says(20, None),
            "Lasts at least 21 days, because letters travel slowly."
        );
        assert_eq!(
            says(0, Some(9)),
            "Lasts at most 10 days, because letters travel slowly."
        );
        assert_eq!(
            says(6, Some(13)),
            "Lasts at least 7 and at most 14 days, because letters travel slowly."
        );
        assert_eq!(
            says(0, Some(0)),
            "Lasts exactly 1 day, because letters travel slowly."
        );
    }

    #[test]
    fn what_must_hold_is_said_from_either_side() {
        let made = |min_days, max_days, why: &str| Constraint {
            id: None,
            before: Point {
                item: id(1),
                edge: Edge::End,
            },
            after: Point {
                item: id(2),
                edge: Edge::Start,
            },
            min_days,
            max_days,
            severity: Severity::Error,
            why: L10n::english(why),
        };
        let says = |from, made: &Constraint| constraint(&items(), id(from), made);
        let week = made(7, None, "somebody has to count them.");
        assert_eq!(
            says(2, &week),
            "Begins at least 7 days after “Applications close”, because somebody has to count them."
        );
        assert_eq!(
            says(1, &week),
            "At least 7 days before the first day of “Reading”, because somebody has to count them."
        );
        assert_eq!(
            says(1, &made(2, Some(9), "")),
            "At least 2 and at most 9 days before the first day of “Reading”."
        );
        assert_eq!(
            says(2, &made(0, None, "")),
            "Begins not before “Applications close”."
        );
        assert_eq!(
            says(1, &made(-3, None, "")),
            "At most 3 days after the first day of “Reading”."
        );
        assert_eq!(
            says(2, &made(-5, Some(-2), "")),
            "Begins at least 2 and at most 5 days before “Applications close”."
        );
    }
}
