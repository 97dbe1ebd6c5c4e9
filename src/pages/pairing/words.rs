//! The sentences of the board: what is announced, what is shown, why something is refused.
//! One sentence for one act.

pub(super) mod deed;
pub(super) mod group;
pub(super) mod here;

use tandem_domain::board::{Command, Placement, Refusal};
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;
use tandem_domain::rule::{HardRule, Warning};

use super::desk::Desk;
use super::rank::alternative::Hurdle;
use super::rank::effect::Effect;
use super::rank::{self, Place, Verdict};
use crate::widgets::match_reasons::{rule_words, warning_words};
use crate::widgets::person_chip::{place_line, role_word};
use crate::widgets::score_bar::{shown, word};

/// Why nothing is done to the board while it is shown as it was.
pub(super) const EARLIER: &str = "This is the board as it was. Go back to now to change something.";

/// That the board is shown without some people.
pub(super) const RECUSED: &str = "You have a conflict of interest with people of this cohort. The \
    board is shown without them, and others change it.";

/// That the board is not for this member any more.
pub(super) const GONE: &str = "This board is no longer open to you";

/// Why it is not.
pub(super) const WHY_GONE: &str = "Somebody of the committee has removed it, or you have no part in \
    this pairing any more. Nothing more can be changed on it from here.";

/// What becomes of changes while there is no connection.
pub(super) fn kept_offline(is_shared: bool) -> &'static str {
    if is_shared {
        "You can go on. Others use this computer, so changes are kept on this page alone, and sent \
        in order when the connection is back; do not close it."
    } else {
        "You can go on. Changes are kept on this device for three days, and sent in order when the \
        connection is back or you open the board here again."
    }
}

/// What becomes of changes while nobody is signed in.
pub(super) fn kept_signed_out(is_shared: bool) -> &'static str {
    if is_shared {
        "Changes since then are only on this page; do not close it. Sign in in another tab, then go \
        on here."
    } else {
        "Changes since then are kept on this device for three days. Sign in in another tab, then go \
        on here."
    }
}

/// How many changes wait for a decision.
pub(super) fn undecided(count: usize) -> String {
    match count {
        1 => "1 change needs your decision".to_owned(),
        count => format!("{count} changes need your decision"),
    }
}

/// Why something is refused.
pub(super) fn refused(desk: &Desk, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Changed { now } => format!(
            "Not possible: {} was changed meanwhile and is now {}.",
            desk.name(now.mentee),
            now.mentor.map_or_else(
                || "unpaired".to_owned(),
                |mentor| format!("with {}", desk.name(mentor))
            )
        ),
        Refusal::Rule {
            mentee,
            mentor,
            rules,
        } => format!(
            "Not possible: {} and {}. {}.",
            desk.name(*mentee),
            desk.name(*mentor),
            rules_words(rules)
        ),
        Refusal::Warned {
            mentee,
            mentor,
            warnings,
        } => format!(
            "Only the chair may let this stand: {} and {}, {}.",
            desk.name(*mentee),
            desk.name(*mentor),
            warnings_words(warnings).to_lowercase()
        ),
        Refusal::Locked { mentee } => {
            format!(
                "Not possible: the pair of {} is locked.",
                desk.name(*mentee)
            )
        }
        Refusal::NothingToDo { mentee } => {
            format!("Nothing to do: {} is there already.", desk.name(*mentee))
        }
        Refusal::PlacesChanged { mentor, places } => format!(
            "Not possible: the places of {} were changed meanwhile to {places}.",
            desk.name(*mentor)
        ),
        Refusal::InTheWay { mentees } => {
            let names: Vec<&str> = mentees.iter().map(|one| desk.name(*one)).collect();
            format!(
                "Not possible before {} moved.",
                match names.as_slice() {
                    [one] => format!("{one} is"),
                    more => format!("{} are", more.join(" and ")),
                }
            )
        }
        Refusal::Unknown { .. } => {
            "Not possible: this person is no longer on the board.".to_owned()
        }
    }
}

/// Why a target is refused, short enough for the target itself.
pub(super) fn refused_short(desk: &Desk, held: ApplicationId, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Rule { mentee, rules, .. } if *mentee == held => rules_words(rules),
        Refusal::Rule { mentee, rules, .. } => {
            format!(
                "{} could not go back: {}",
                desk.name(*mentee),
                rules_words(rules)
            )
        }
        Refusal::Locked { mentee } if *mentee == held => "This pair is locked".to_owned(),
        Refusal::Locked { mentee } => format!("{} is locked here", desk.name(*mentee)),
        Refusal::Warned { warnings, .. } => warnings_words(warnings),
        Refusal::Changed { .. }
        | Refusal::NothingToDo { .. }
        | Refusal::PlacesChanged { .. }
        | Refusal::InTheWay { .. }
        | Refusal::Unknown { .. } => refused(desk, refusal),
    }
}

/// The first rule in words; how many more there are.
fn rules_words(rules: &[HardRule]) -> String {
    match rules {
        [] => "A rule forbids it".to_owned(),
        [rule] => rule_words(*rule).to_owned(),
        [rule, rest @ ..] => format!("{} (and {} more)", rule_words(*rule), rest.len()),
    }
}

/// All warnings in words.
pub(super) fn warnings_words(warnings: &[Warning]) -> String {
    warnings
        .iter()
        .map(|one| warning_words(*one))
        .collect::<Vec<_>>()
        .join("; ")
}

/// What letting go here would do, short enough for the target itself.
pub(super) fn verdict_words(desk: &Desk, held: ApplicationId, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Stays => "Here now".to_owned(),
        Verdict::Refused(refusal) => refused_short(desk, held, refusal),
        Verdict::Does { command, .. } => match command {
            Command::Move { .. } => "Move here".to_owned(),
            Command::Replace { evicted, .. } => {
                format!("Full: {} would be unpaired", desk.name(*evicted))
            }
            Command::Swap { first, second, .. } => {
                let other = desk
                    .mentor_of(*first)
                    .map(|mentor| desk.score(*second, mentor));
                format!(
                    "Full: swap with {}{}",
                    desk.name(*second),
                    other.map_or_else(String::new, |score| format!(" ({})", shown(score)))
                )
            }
            Command::Together { commands } => format!("Pair {} here", commands.len()),
            _ => "Pair".to_owned(),
        },
    }
}

/// What a command would do to the board as a whole: "total up 6".
pub(super) fn effect(effect: Effect) -> String {
    match effect.points / 10 {
        0 => "total as before".to_owned(),
        up @ 1.. => format!("total up {up}"),
        down => format!("total down {}", -down),
    }
}

/// The same as a sentence, for what is said when the pointer rests on a place.
fn effect_sentence(desk: &Desk, command: &Command) -> String {
    format!("Cohort {}.", effect(rank::effect::effect(desk, command)))
}

/// A mentor as a place for whoever is held, in the words that stand on the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlaceWords {
    /// "84 good", or that it is not possible.
    pub(super) score: String,
    /// What letting go would do.
    pub(super) does: String,
    /// What speaks against it.
    pub(super) warns: String,
    /// Whether anything would be done.
    pub(super) is_possible: bool,
}

/// The words that stand on a target.
pub(super) fn place_words(desk: &Desk, held: ApplicationId, place: &Place) -> PlaceWords {
    let is_possible = !matches!(place.verdict, Verdict::Refused(_));
    let score = format!("{} {}", shown(place.score), word(place.score));
    PlaceWords {
        score: if is_possible {
            score
        } else {
            "Not possible".to_owned()
        },
        does: verdict_words(desk, held, &place.verdict),
        warns: match &place.verdict {
            Verdict::Does { warnings, .. } => warnings_words(warnings),
            Verdict::Stays | Verdict::Refused(_) => String::new(),
        },
        is_possible,
    }
}

/// What is said when the pointer rests over a target.
pub(super) fn over(desk: &Desk, held: ApplicationId, place: &Place) -> String {
    let mentor = desk.name(place.mentor);
    match &place.verdict {
        Verdict::Stays => format!("{mentor}, where {} is now.", desk.name(held)),
        Verdict::Refused(refusal) => refused(desk, refusal),
        Verdict::Does {
            command: command @ (Command::Pair { .. } | Command::Move { .. }),
            ..
        } => {
            format!(
                "{mentor}, score {}, {}. {}",
                shown(place.score),
                places_free(desk, place.mentor),
                effect_sentence(desk, command)
            )
        }
        Verdict::Does { command, .. } => format!(
            "{mentor}, score {}. {}. {}",
            shown(place.score),
            verdict_words(desk, held, &place.verdict),
            effect_sentence(desk, command)
        ),
    }
}

/// "1 of 2 places free".
pub(super) fn places_free(desk: &Desk, mentor: ApplicationId) -> String {
    let capacity = desk.capacity(mentor);
    let free = desk.n_free(mentor);
    match (free, capacity) {
        (_, 0) => "no places".to_owned(),
        (0, 1) => "place taken".to_owned(),
        (0, _) => format!("all {capacity} places taken"),
        (1, 1) => "1 place free".to_owned(),
        _ => format!("{free} of {capacity} places free"),
    }
}

/// What is said when somebody is picked up.
pub(super) fn picked_up(desk: &Desk, group: &[ApplicationId]) -> String {
    let [mentee] = group else {
        let people = group::mentees(group.len());
        return format!("Picked up {people}. Choose a mentor. Escape cancels.");
    };
    let name = desk.name(*mentee);
    if !desk.table().knows_all() {
        return format!("Picked up {name}. Choose a mentor. Escape cancels.");
    }
    let mentors = desk.side(Role::Mentor);
    let is_refused = |mentor: &&ApplicationId| {
        matches!(
            rank::verdict(desk, *mentee, **mentor, None),
            Verdict::Refused(_)
        )
    };
    let n_refused = mentors.iter().filter(is_refused).count();
    format!(
        "Picked up {name}. Choose a mentor: {} possible, {n_refused} not allowed. Escape cancels.",
        mentors.len() - n_refused
    )
}

/// What is said when nothing was placed after all.
pub(super) fn cancelled(desk: &Desk, group: &[ApplicationId]) -> String {
    let [mentee] = group else {
        let people = group::mentees(group.len());
        return format!("Cancelled. {people} stay where they are.");
    };
    let name = desk.name(*mentee);
    match desk.mentor_of(*mentee) {
        Some(mentor) => format!("Cancelled. {name} stays with {}.", desk.name(mentor)),
        None => format!("Cancelled. {name} stays unpaired."),
    }
}

/// What became of the changes that waited for the connection.
pub(super) fn back_online(n_sent: usize, n_refused: usize) -> String {
    let sent = match n_sent {
        0 => String::new(),
        1 => " 1 change sent.".to_owned(),
        _ => format!(" {n_sent} changes sent."),
    };
    let undecided = match n_refused {
        0 => String::new(),
        1 => " 1 needs your decision.".to_owned(),
        _ => format!(" {n_refused} need your decision."),
    };
    format!("Back online.{sent}{undecided}")
}

/// The name of a card for those who listen.
pub(super) fn card_name(desk: &Desk, id: ApplicationId) -> String {
    let Some(candidate) = desk.candidate(id) else {
        return String::new();
    };
    let facts = place_line(candidate).replace(" · ", ", ");
    let who = format!(
        "{}, {}, {facts}.",
        candidate.name,
        role_word(candidate.role)
    );
    match (candidate.role, desk.placement(id)) {
        (Role::Mentor, _) => format!("{who} {}.", places_free(desk, id)),
        (Role::Mentee, None) => match good_options(desk, id) {
            Some(good) => format!("{who} Unpaired. {good}."),
            None => format!("{who} Unpaired."),
        },
        (Role::Mentee, Some(placement)) => {
            let score = desk.score(id, placement.mentor);
            let lock = if placement.locked { " Locked." } else { "" };
            format!(
                "{who} With {}, score {}, {}.{lock}",
                desk.name(placement.mentor),
                shown(score),
                word(score)
            )
        }
    }
}

/// "12 good options"; nothing where there are too many people to count them for everybody.
pub(super) fn good_options(desk: &Desk, mentee: ApplicationId) -> Option<String> {
    let outlook = desk
        .table()
        .knows_all()
        .then(|| desk.table().outlook(desk.board(), mentee))?;
    Some(match outlook.n_good {
        0 => "No good option".to_owned(),
        1 => "1 good option".to_owned(),
        n_good => format!("{n_good} good options"),
    })
}

/// What is to be known of a pair beside its score.
pub(super) fn pair_remarks(place: &Placement, breaks_rule: bool) -> String {
    let locked = place.locked.then(|| "Locked".to_owned());
    let stands = place.override_reason.as_ref();
    let stands = stands.map(|reason| format!("Allowed by the chair: {reason}"));
    let breaks = breaks_rule.then(|| "Breaks a rule now".to_owned());
    let remarks = [locked, stands, breaks].into_iter().flatten();
    remarks.collect::<Vec<_>>().join("; ")
}

/// What stands in the way of an alternative.
pub(super) fn hurdle_words(desk: &Desk, hurdle: &Hurdle) -> String {
    match hurdle {
        Hurdle::None => "Free".to_owned(),
        Hurdle::Rules(rules) => rules_words(rules),
        Hurdle::Elsewhere(mentor, score) => {
            format!("Is with {} ({})", desk.name(*mentor), shown(*score))
        }
        Hurdle::Full(occupants) if occupants.is_empty() => "Takes nobody".to_owned(),
        Hurdle::Full(occupants) => {
            let names: Vec<String> = occupants
                .iter()
                .map(|(mentee, score)| format!("{} ({})", desk.name(*mentee), shown(*score)))
                .collect();
            format!("Taken by {}", names.join(" and "))
        }
    }
}
