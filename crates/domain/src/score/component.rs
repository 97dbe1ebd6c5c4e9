//! The components of a score: one function each, from 0 to 1000, or nothing where a side did not say.

use std::collections::BTreeSet;

use super::{FULL, Reason};
use crate::candidate::{Candidate, Offer, SettingWish, Side};
use crate::form::definition::Slug;

/// What a component found.
pub(super) struct Finding {
    /// 0 to 1000; none if unknown.
    pub(super) value: Option<u16>,
    /// Why.
    pub(super) reason: Reason,
}

impl Finding {
    fn of(value: u16, reason: Reason) -> Self {
        Self {
            value: Some(value),
            reason,
        }
    }

    fn unknown() -> Self {
        Self {
            value: None,
            reason: Reason::Unknown,
        }
    }
}

/// What the areas of a list weigh, in percent, from its end: the last, the one before it, all others.
const RANKS_FROM_END: [u16; 3] = [20, 30, 50];
/// What every list has before anything is offered.
const HALF: u16 = FULL / 2;
/// What a percent adds where the mentor can lead the area, and where the mentor can support it.
const STRONG: u16 = 5;
const SOME: u16 = 3;

/// Areas wanted and offered, by rank.
///
/// What a mentor does not offer counts half, exactly as what the mentee does not name: so a further
/// area never lowers a score. An area weighs by its rank from the end of the list, so that it weighs
/// no more when others are taken off. Together: whichever areas somebody leaves out, no mentor's
/// score rises; who lists one area reaches 600, two 750, three 1000.
pub(super) fn area(mentee: &Candidate, mentor: &Candidate) -> Finding {
    let (Side::Mentee { areas: wanted, .. }, Side::Mentor { areas: offered, .. }) =
        (&mentee.side, &mentor.side)
    else {
        return Finding::unknown();
    };
    if wanted.is_empty() {
        return Finding::unknown();
    }
    let offers: Vec<(Slug, Option<Offer>)> = wanted
        .iter()
        .map(|area| (area.clone(), offered.get(area).copied()))
        .collect();
    let found: u16 = offers
        .iter()
        .rev()
        .enumerate()
        .map(|(from_end, (_, offer))| {
            let weight = RANKS_FROM_END.get(from_end).or(RANKS_FROM_END.last());
            weight.map_or(0, |weight| match offer {
                Some(Offer::Strong) => weight * STRONG,
                Some(Offer::Some) => weight * SOME,
                Some(Offer::PleaseNot) | None => 0,
            })
        })
        .fold(0, u16::saturating_add);
    Finding::of(HALF + found.min(HALF), Reason::Areas(offers))
}

/// How far ahead in years of experience the mentor is: two steps are best.
pub(super) fn stage(mentee: &Candidate, mentor: &Candidate) -> Finding {
    let (Some(mentee), Some(mentor)) = (mentee.stage, mentor.stage) else {
        return Finding::unknown();
    };
    let gap = i16::from(mentor) - i16::from(mentee);
    let value = match gap {
        ..0 => 0,
        0 => 300,
        1 | 3 => 800,
        2 => FULL,
        4.. => 500,
    };
    let gap = i8::try_from(gap).unwrap_or(if gap < 0 { i8::MIN } else { i8::MAX });
    Finding::of(value, Reason::Gap(gap))
}

/// Whether the mentor comes from the kind of institution that the mentee wishes.
pub(super) fn setting(mentee: &Candidate, mentor: &Candidate) -> Finding {
    match &mentee.side {
        Side::Mentee {
            wants_setting: SettingWish::NoPreference,
            ..
        } => Finding::of(FULL, Reason::NoPreference),
        Side::Mentee { wants_setting, .. } => {
            match is_wished(
                wants_setting,
                mentee.setting.as_ref(),
                mentor.setting.as_ref(),
            ) {
                Some(fulfilled) => {
                    Finding::of(if fulfilled { FULL } else { 0 }, Reason::Wish { fulfilled })
                }
                None => Finding::unknown(),
            }
        }
        Side::Mentor { .. } => Finding::unknown(),
    }
}

/// Shared half-hours a week that count in full: four hours for each of five weekdays.
const PLENTY: u32 = 40;

/// Shared time in the worst season: nothing for no time, all for 20 hours a week, even steps between.
pub(super) fn time(mentee: &Candidate, mentor: &Candidate) -> Finding {
    let shared = match (&mentee.hours, &mentor.hours) {
        (Some(mentee), Some(mentor)) => mentee.shared_in_worst_season(mentor),
        _ => None,
    };
    match shared {
        Some(shared) => {
            let value = (u32::from(shared) * u32::from(FULL) / PLENTY).min(FULL.into());
            Finding::of(
                u16::try_from(value).unwrap_or(FULL),
                Reason::SharedHalfHours(shared),
            )
        }
        None => Finding::unknown(),
    }
}

/// Ways to talk that need writing only.
const WRITTEN: [&str; 2] = ["email", "chat"];
const WRITTEN_ONLY: u16 = 600;

/// Ways to talk in common: one that is spoken counts in full, written ones less.
pub(super) fn mode(mentee: &Candidate, mentor: &Candidate) -> Finding {
    if mentee.modes.is_empty() || mentor.modes.is_empty() {
        return Finding::unknown();
    }
    let shared: Vec<Slug> = mentee.modes.intersection(&mentor.modes).cloned().collect();
    let value = if shared.is_empty() {
        0
    } else if shared.iter().all(|mode| WRITTEN.contains(&mode.0.as_str())) {
        WRITTEN_ONLY
    } else {
        FULL
    };
    Finding::of(value, Reason::Modes(shared))
}

/// What the mentor asked for: with whom, and from which kind of institution. Each known wish counts
/// the same.
pub(super) fn mentor_wishes(mentee: &Candidate, mentor: &Candidate) -> Finding {
    let Side::Mentor {
        wants_setting,
        wants_who,
        ..
    } = &mentor.side
    else {
        return Finding::unknown();
    };
    let anybody = wants_who.iter().any(|who| who.0 == ANYBODY);
    let any_setting = *wants_setting == SettingWish::NoPreference;
    let who = if anybody {
        None
    } else {
        is_wanted(wants_who, mentee)
    };
    let setting = is_wished(
        wants_setting,
        mentor.setting.as_ref(),
        mentee.setting.as_ref(),
    );
    match (who, setting) {
        (None, None) if anybody || any_setting => Finding::of(FULL, Reason::NoPreference),
        (None, None) => Finding::unknown(),
        (Some(one), Some(other)) if one != other => Finding::of(FULL / 2, Reason::HalfWish),
        (Some(fulfilled), _) | (None, Some(fulfilled)) => {
            Finding::of(if fulfilled { FULL } else { 0 }, Reason::Wish { fulfilled })
        }
    }
}

/// Whether an institution is of the wished kind; none if nothing was wished or a kind is unknown.
fn is_wished(wish: &SettingWish, own: Option<&Slug>, theirs: Option<&Slug>) -> Option<bool> {
    match wish {
        SettingWish::Unknown | SettingWish::NoPreference => None,
        SettingWish::Same => Some(own? == theirs?),
        SettingWish::Different(kinds) if kinds.is_empty() => Some(own? != theirs?),
        SettingWish::Different(kinds) => Some(kinds.contains(theirs?)),
    }
}

const ANYBODY: &str = "no_preference";
const STUDENT: &str = "student";
/// Steps of experience of a first position, and of the middle of a career.
const FIRST_STEPS: std::ops::RangeInclusive<u8> = 1..=2;
const MIDDLE_STEPS: std::ops::RangeInclusive<u8> = 4..=5;

/// Whether the mentee is one of those the mentor would enjoy working with; none if that cannot be
/// told, because a wish is about something the board does not know.
fn is_wanted(wants: &BTreeSet<Slug>, mentee: &Candidate) -> Option<bool> {
    let is_student = mentee
        .situation
        .as_ref()
        .map(|situation| situation.0 == STUDENT);
    let in_steps =
        |steps: std::ops::RangeInclusive<u8>| mentee.stage.map(|step| steps.contains(&step));
    let answers: Vec<Option<bool>> = wants
        .iter()
        .map(|who| match who.0.as_str() {
            "students" => is_student,
            "first_position" => Some(!is_student? && in_steps(FIRST_STEPS)?),
            "mid_career" => in_steps(MIDDLE_STEPS),
            _ => None,
        })
        .collect();
    if answers.contains(&Some(true)) {
        Some(true)
    } else if answers.is_empty() || answers.contains(&None) {
        None
    } else {
        Some(false)
    }
}
