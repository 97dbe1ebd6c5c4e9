//! The words for plans, costs and reasons.

use tandem_domain::matching::{
    AreaStand, Bar, Change, Effect, Goal, Keeping, Progress, Stands, Trouble,
};

use crate::pages::pairing::desk::Desk;
use crate::widgets::match_reasons::{rule_words, warning_words};
use crate::widgets::person_chip::slug_words;
use crate::widgets::score_bar::{exact, shown};

/// What is said where the worker and the page are of different versions.
pub(super) const OUTDATED: &str = "The page is older than the server. Reload it and ask again.";

/// The name of a goal.
pub(super) fn goal(goal: Goal) -> &'static str {
    match goal {
        Goal::Balanced => "Balanced",
        Goal::Total => "Best total",
        Goal::MaxMin => "Highest lowest",
        Goal::Stable => "No second thoughts",
    }
}

/// What a goal means.
pub(super) fn goal_meaning(goal: Goal) -> &'static str {
    match goal {
        Goal::Balanced => {
            "As many pairs as can be; of these plans the fewest poor pairs, then the best total."
        }
        Goal::Total => "As many pairs as can be; of these plans the best total.",
        Goal::MaxMin => "As many pairs as can be; of these plans the best worst pair.",
        Goal::Stable => {
            "No mentee and mentor who would both rather have each other. May leave more without."
        }
    }
}

/// What stays.
pub(super) fn keeping(keeping: Keeping) -> &'static str {
    match keeping {
        Keeping::Locked => "Locked pairs only",
        Keeping::Present => "Every pair on the board",
        Keeping::Most | Keeping::AllBut(_) => "As many pairs on the board as can be",
    }
}

/// What is to be known of what stays; nothing where every goal keeps to it.
pub(super) fn keeping_hint(keeping: Keeping) -> Option<String> {
    match keeping {
        Keeping::Locked | Keeping::Present => None,
        Keeping::Most | Keeping::AllBut(_) => Some(format!(
            "“{}” and “{}” do not keep to this: they may change more.",
            goal(Goal::MaxMin),
            goal(Goal::Stable)
        )),
    }
}

/// Why there is no answer.
pub(super) fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::TooLarge => "The board has too many people to be solved exactly.".to_owned(),
        Trouble::Cancelled => "Cancelled.".to_owned(),
        Trouble::NeedsChanges { fewest } => {
            format!("At least {fewest} people have to change for the most pairs.")
        }
        Trouble::Nobody(_) => "This person may not be paired at present.".to_owned(),
        Trouble::Unsound(what) => format!("The board does not fit together: {what}."),
    }
}

/// How far an answer has come.
pub(super) fn progress(progress: Option<Progress>) -> String {
    match progress {
        Some(progress) if progress.steps > 1 => format!(
            "Matching: {} of {} steps, {} %",
            progress.step,
            progress.steps,
            percent(progress)
        ),
        Some(progress) => format!("Matching: {} %", percent(progress)),
        None => "Matching …".to_owned(),
    }
}

fn percent(progress: Progress) -> u32 {
    let done = u64::from(progress.done) * 100;
    let percent = done.checked_div(progress.of.into()).unwrap_or(100);
    u32::try_from(percent.min(100)).unwrap_or(100)
}

/// What the cohort loses.
pub(super) fn cost(effect: &Effect) -> String {
    let parts = parts(effect);
    if parts.is_empty() {
        "Costs the cohort nothing: one of several plans that are equally good.".to_owned()
    } else {
        format!("The cohort as a whole: {}.", parts.join(", "))
    }
}

/// What changes, without a verb before it.
pub(super) fn change(effect: &Effect) -> String {
    let parts = parts(effect);
    if parts.is_empty() {
        "nothing changes".to_owned()
    } else {
        parts.join(", ")
    }
}

fn parts(effect: &Effect) -> Vec<String> {
    let mut parts = Vec::new();
    match effect.unmatched {
        0 => (),
        -1 => parts.push("one more pair".to_owned()),
        more @ ..-1 => parts.push(format!("{} more pairs", -more)),
        1 => parts.push("one mentee more without a mentor".to_owned()),
        more => parts.push(format!("{more} mentees more without a mentor")),
    }
    for (count, below) in effect.below.iter().zip([50, 60, 70]) {
        match count {
            0 => (),
            1.. => parts.push(format!("{count} more below {below}")),
            _ => parts.push(format!("{} fewer below {below}", -count)),
        }
    }
    match effect.points {
        0 => (),
        points @ 1.. => parts.push(format!("{} points more", points_of(points))),
        points => parts.push(format!("{} points less", points_of(-points))),
    }
    parts
}

fn points_of(points: i64) -> String {
    match points % 10 {
        0 => (points / 10).to_string(),
        tenth => format!("{}.{tenth}", points / 10),
    }
}

/// Why a pair is not proposed.
pub(super) fn bar(bar: Bar, floor: u16) -> String {
    match bar {
        Bar::Rule(rule) => format!("Not possible: {}.", lower(rule_words(rule))),
        Bar::Warned(warning) => format!(
            "Not proposed: {}. The chair may let it stand.",
            lower(warning_words(warning))
        ),
        Bar::BelowFloor(missing) => format!(
            "Not proposed: {} points below the floor of {}.",
            exact(missing),
            shown(floor)
        ),
    }
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// Who moves where.
pub(super) fn moved(desk: &Desk, change: &Change) -> String {
    let name = desk.name(change.mentee);
    match (change.from, change.to) {
        (_, Some(to)) => format!(
            "{name} goes to {}, {}",
            desk.name(to),
            change.after.map_or(0, shown)
        ),
        (_, None) => format!("{name} is left without a mentor"),
    }
}

/// The chain of moves as one sentence.
pub(super) fn chain(desk: &Desk, moves: &[Change]) -> String {
    let moves: Vec<String> = moves.iter().map(|change| moved(desk, change)).collect();
    if moves.is_empty() {
        "Nobody else moves.".to_owned()
    } else {
        format!("{}.", moves.join("; "))
    }
}

/// How a pair stands.
pub(in crate::pages::pairing) fn stands(desk: &Desk, stands: &Stands) -> String {
    match stands {
        Stands::InPlan {
            without: Some(effect),
            moves,
        } => format!(
            "In the best plan. Without this pair: {}. {}",
            change(effect),
            chain(desk, moves)
        ),
        Stands::InPlan { without: None, .. } => "In the best plan; it is held.".to_owned(),
        Stands::Barred { bar: why } => bar(*why, desk.floor()),
        Stands::Held => "A locked pair stands in the way.".to_owned(),
        Stands::Costs {
            effect,
            moves,
            taken_by,
        } => {
            let taken: Vec<String> = taken_by
                .iter()
                .map(|holder| format!("{} ({})", desk.name(holder.partner), shown(holder.score)))
                .collect();
            let taken = if taken.is_empty() {
                String::new()
            } else {
                format!("Taken by {}. ", taken.join(", "))
            };
            let others = moves.get(1..).unwrap_or_default();
            format!("{taken}{} {}", cost(effect), chain(desk, others))
        }
    }
}

/// What an area is short of.
pub(super) fn area(stand: &AreaStand) -> String {
    format!(
        "{}: {} mentees list it, and {} with mentors who offer it.",
        slug_words(&stand.area),
        stand.listed,
        match stand.places {
            0 => "there is no place".to_owned(),
            1 => "there is one place".to_owned(),
            places => format!("there are {places} places"),
        }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_in_the_order_in_which_it_matters() {
        let effect = Effect {
            unmatched: -1,
            below: [0, 1, -2],
            points: -115,
        };
        assert_eq!(
            change(&effect),
            "one more pair, 1 more below 60, 2 fewer below 70, 11.5 points less"
        );
        assert_eq!(change(&Effect::default()), "nothing changes");
        let worse = Effect {
            unmatched: 2,
            points: 30,
            ..Effect::default()
        };
        assert_eq!(
            cost(&worse),
            "The cohort as a whole: 2 mentees more without a mentor, 3 points more."
        );
    }

    #[test]
    fn who_keeps_as_many_pairs_as_can_be_is_told_which_goals_do_not() {
        let hint = keeping_hint(Keeping::Most).unwrap();
        assert!(hint.starts_with("“Highest lowest” and “No second thoughts” do not"));
        for kept_by_all in [Keeping::Locked, Keeping::Present] {
            assert_eq!(keeping_hint(kept_by_all), None);
        }
    }

    #[test]
    fn progress_counts_steps_only_where_there_are_several() {
        let at = |steps| Progress {
            step: 2,
            steps,
            done: 1,
            of: 4,
        };
        assert_eq!(progress(Some(at(4))), "Matching: 2 of 4 steps, 25 %");
        assert_eq!(progress(Some(at(1))), "Matching: 25 %");
        assert_eq!(progress(None), "Matching …");
    }

    #[test]
    fn what_bars_a_pair_is_said_with_what_could_be_done() {
        let below = bar(Bar::BelowFloor(25), 600);
        assert_eq!(below, "Not proposed: 2.5 points below the floor of 60.");
    }
}
