//! What was done: by this member, by others, and what was put back.

use std::collections::BTreeMap;

use tandem_api::board::Entry;
use tandem_domain::board::{AdoptedFrom, Command, Placement};
use tandem_domain::id::ApplicationId;

use super::{group, places_free};
use crate::pages::pairing::desk::Desk;
use crate::widgets::score_bar::shown;

/// Who was where before a command.
type Before = BTreeMap<ApplicationId, Placement>;

/// What a command of this member has done. `desk` is the board after it.
pub(in crate::pages::pairing) fn done(desk: &Desk, before: &Before, command: &Command) -> String {
    let was = |mentee: &ApplicationId| before.get(mentee).map(|placement| placement.mentor);
    match command {
        Command::Pair { mentee, .. } => format!("{} {}", paired(desk, *mentee), left(desk)),
        Command::Move { mentee, mentor, .. } => moved(desk, *mentee, was(mentee), *mentor),
        Command::Replace {
            mentee, evicted, ..
        } => {
            let evicted = desk.name(*evicted);
            format!("{} {evicted} is now unpaired.", paired(desk, *mentee))
        }
        Command::Swap { first, second, .. } => {
            let (first, second) = (with_partner(desk, *first), with_partner(desk, *second));
            format!("Swapped: {first}, {second}.")
        }
        Command::Unpair { mentee } => {
            let mentor = was(mentee).map_or("the mentor", |mentor| desk.name(mentor));
            format!(
                "{} is no longer with {mentor}. {}",
                desk.name(*mentee),
                left(desk)
            )
        }
        Command::Forbid { mentee, mentor, .. } => format!(
            "{} and {} are kept apart.",
            desk.name(*mentee),
            desk.name(*mentor)
        ),
        Command::Allow { mentee, mentor } => format!(
            "{} and {} may be paired again.",
            desk.name(*mentee),
            desk.name(*mentor)
        ),
        Command::SetPlaces { mentor, .. } => {
            format!("{}: {}.", desk.name(*mentor), places_free(desk, *mentor))
        }
        Command::Lock { mentee } => format!("Pair locked. {}.", pair_names(desk, *mentee)),
        Command::Unlock { mentee } => format!("Pair unlocked. {}.", pair_names(desk, *mentee)),
        Command::Restore { placements } => {
            let people = placements
                .iter()
                .map(|(mentee, _)| with_partner(desk, *mentee));
            format!("Put back: {}.", group::few(people.collect()))
        }
        Command::Adopt { placements, .. } => {
            format!("Adopted {}. {}", changes(placements.len()), left(desk))
        }
        Command::AdoptFrom { from, placements } => {
            let adopted = adopted(from, placements.len());
            format!("{}. {}", capital(&adopted), left(desk))
        }
        Command::Together { commands } => {
            format!("{} {}", group::done(desk, commands), left(desk))
        }
    }
}

fn paired(desk: &Desk, mentee: ApplicationId) -> String {
    let name = desk.name(mentee);
    match desk.mentor_of(mentee) {
        Some(mentor) => {
            let score = shown(desk.score(mentee, mentor));
            format!("{name} paired with {}, score {score}.", desk.name(mentor))
        }
        None => format!("{name} is unpaired."),
    }
}

fn moved(
    desk: &Desk,
    mentee: ApplicationId,
    from: Option<ApplicationId>,
    to: ApplicationId,
) -> String {
    let (name, score) = (desk.name(mentee), shown(desk.score(mentee, to)));
    match from {
        Some(from) => format!(
            "{name} moved from {} to {}, score {score}, was {}.",
            desk.name(from),
            desk.name(to),
            shown(desk.score(mentee, from))
        ),
        None => format!("{name} moved to {}, score {score}.", desk.name(to)),
    }
}

fn left(desk: &Desk) -> String {
    match desk.n_unpaired() {
        0 => "Every mentee has a mentor.".to_owned(),
        1 => "1 mentee left.".to_owned(),
        n_left => format!("{n_left} mentees left."),
    }
}

fn adopted(from: &AdoptedFrom, count: usize) -> String {
    let changes = changes(count);
    match from {
        AdoptedFrom::Scenario { name, .. } => format!("adopted {changes} from “{name}”"),
        AdoptedFrom::Earlier => format!("adopted {changes} from this board as it was"),
    }
}

/// The same as the beginning of a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn changes(count: usize) -> String {
    match count {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    }
}

fn pair_names(desk: &Desk, mentee: ApplicationId) -> String {
    match desk.mentor_of(mentee) {
        Some(mentor) => format!("{} and {}", desk.name(mentee), desk.name(mentor)),
        None => desk.name(mentee).to_owned(),
    }
}

fn with_partner(desk: &Desk, mentee: ApplicationId) -> String {
    match desk.mentor_of(mentee) {
        Some(mentor) => format!("{} with {}", desk.name(mentee), desk.name(mentor)),
        None => format!("{} unpaired", desk.name(mentee)),
    }
}

/// What an undo or a redo has put back. `desk` is the board after it.
pub(in crate::pages::pairing) fn put_back(desk: &Desk, verb: &str, command: &Command) -> String {
    if command.concerned().is_empty()
        || matches!(command, Command::Forbid { .. } | Command::Allow { .. })
    {
        return format!("{verb}: {}", done(desk, &Before::new(), command));
    }
    let parts: Vec<String> = command
        .concerned()
        .into_iter()
        .map(|mentee| match (command, desk.mentor_of(mentee)) {
            (Command::Lock { .. }, Some(_)) => format!("{} locked", pair_names(desk, mentee)),
            (Command::Unlock { .. }, Some(_)) => format!("{} unlocked", pair_names(desk, mentee)),
            (_, Some(mentor)) => format!("{} is with {}", desk.name(mentee), desk.name(mentor)),
            (_, None) => format!("{} is unpaired", desk.name(mentee)),
        })
        .collect();
    format!("{verb}: {}.", group::few(parts))
}

/// What somebody did, in the past tense and without a full stop: "Dana Hill paired Kim with Lee".
pub(in crate::pages::pairing) fn deed(desk: &Desk, entry: &Entry) -> String {
    let name = |id: &ApplicationId| desk.name(*id).to_owned();
    let what = match &entry.command {
        Command::Pair { mentee, mentor, .. } => {
            format!("paired {} with {}", name(mentee), name(mentor))
        }
        Command::Move { mentee, mentor, .. } => {
            format!("moved {} to {}", name(mentee), name(mentor))
        }
        Command::Replace {
            mentee, evicted, ..
        } => {
            format!("gave {} the place of {}", name(mentee), name(evicted))
        }
        Command::Swap { first, second, .. } => {
            format!("swapped {} and {}", name(first), name(second))
        }
        Command::Unpair { mentee } => format!("took {} from the mentor", name(mentee)),
        Command::Forbid { mentee, mentor, .. } => {
            format!("keeps {} and {} apart", name(mentee), name(mentor))
        }
        Command::Allow { mentee, mentor } => {
            format!("lets {} and {} be paired again", name(mentee), name(mentor))
        }
        Command::SetPlaces { mentor, places, .. } => {
            format!("set the places of {} to {places}", name(mentor))
        }
        Command::Lock { mentee } => format!("locked the pair of {}", name(mentee)),
        Command::Unlock { mentee } => format!("unlocked the pair of {}", name(mentee)),
        Command::Restore { placements } => match placements.as_slice() {
            [(mentee, _)] => format!("put {} back", name(mentee)),
            more => format!("put {} people back", more.len()),
        },
        Command::Adopt { placements, .. } => {
            format!("adopted {} of a plan", changes(placements.len()))
        }
        Command::AdoptFrom { from, placements } => adopted(from, placements.len()),
        Command::Together { commands } => group::deed(commands, name),
    };
    let who = if entry.by == desk.me() {
        "You"
    } else {
        &entry.by_name
    };
    format!("{who} {what}")
}

/// What others did while nothing was said.
pub(in crate::pages::pairing) fn deeds(desk: &Desk, entries: &[Entry]) -> Option<String> {
    let (first, rest) = entries.split_first()?;
    if rest.is_empty() {
        return Some(format!("{}.", deed(desk, first)));
    }
    let is_one_person = rest.iter().all(|entry| entry.by == first.by);
    let who = if is_one_person {
        first.by_name.as_str()
    } else {
        "Others"
    };
    Some(format!("{who} made {} changes.", entries.len()))
}
