//! Several mentees at once: who is chosen, what was done with all of them.

use tandem_domain::board::Command;
use tandem_domain::id::ApplicationId;

use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::rank::group::{Left, Placed};

/// Up to so many people are named; more are counted.
const FEW: usize = 4;

/// "5 mentees".
pub(in crate::pages::pairing) fn mentees(count: usize) -> String {
    match count {
        1 => "1 mentee".to_owned(),
        _ => format!("{count} mentees"),
    }
}

/// How many are chosen.
pub(in crate::pages::pairing) fn selected(count: usize) -> String {
    match count {
        0 => "Nobody selected.".to_owned(),
        _ => format!("{count} selected."),
    }
}

/// That somebody is chosen now, or no longer.
pub(in crate::pages::pairing) fn toggled(
    desk: &Desk,
    who: ApplicationId,
    is_new: bool,
    count: usize,
) -> String {
    let does = if is_new { "selected" } else { "not selected" };
    format!("{} {does}. {}", desk.name(who), selected(count))
}

/// What was done with several mentees.
pub(super) fn done(desk: &Desk, commands: &[Command]) -> String {
    let people = mentees(commands.len());
    match commands.first() {
        Some(Command::Lock { .. }) => format!("{} locked.", pairs(commands.len())),
        Some(Command::Unlock { .. }) => format!("{} unlocked.", pairs(commands.len())),
        Some(Command::Unpair { .. }) => format!("{people} unpaired."),
        Some(Command::Pair { mentor, .. } | Command::Move { mentor, .. }) => {
            format!("{people} paired with {}.", desk.name(*mentor))
        }
        _ => format!("{people} changed."),
    }
}

/// What somebody did with several mentees, in the past tense: "locked 3 pairs".
pub(super) fn deed(commands: &[Command], name: impl Fn(&ApplicationId) -> String) -> String {
    let people = mentees(commands.len());
    match commands.first() {
        Some(Command::Lock { .. }) => format!("locked {}", pairs(commands.len())),
        Some(Command::Unlock { .. }) => format!("unlocked {}", pairs(commands.len())),
        Some(Command::Unpair { .. }) => format!("unpaired {people}"),
        Some(Command::Pair { mentor, .. } | Command::Move { mentor, .. }) => {
            format!("paired {people} with {}", name(mentor))
        }
        _ => format!("changed {people}"),
    }
}

/// Who of a group was not placed, as one more sentence; nothing if everybody was.
pub(in crate::pages::pairing) fn not_placed(placed: &Placed) -> Option<String> {
    let count = |wanted: Left| placed.left.iter().filter(|(_, why)| *why == wanted).count();
    let why: Vec<String> = [
        (Left::Full, "no place left"),
        (Left::NotAllowed, "not allowed"),
    ]
    .into_iter()
    .filter_map(|(why, words)| match count(why) {
        0 => None,
        count => Some(format!("{count} not placed: {words}.")),
    })
    .collect();
    (!why.is_empty()).then(|| why.join(" "))
}

/// Names of a few, the number of many.
pub(super) fn few(parts: Vec<String>) -> String {
    if parts.len() > FEW {
        mentees(parts.len())
    } else {
        parts.join(", ")
    }
}

fn pairs(count: usize) -> String {
    match count {
        1 => "1 pair".to_owned(),
        _ => format!("{count} pairs"),
    }
}
