//! People to pair: two that fit in everything, and small random crowds.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tandem_domain::application::ApplicationState;
use tandem_domain::availability::FreeHours;
use tandem_domain::board::{AdoptedFrom, Board, Command, Placement};
use tandem_domain::candidate::{Candidate, Institution, Offer, SettingWish, Side};
use tandem_domain::form::answer::{DayPart, HourBlock};
use tandem_domain::form::definition::Slug;
use tandem_domain::id::{ApplicationId, PersonId};
use tandem_domain::role::Role;
use tandem_domain::rule::PairFacts;
use uuid::Uuid;

pub fn application(number: u128) -> ApplicationId {
    ApplicationId(Uuid::from_u128(number))
}

pub fn slugs<T: FromIterator<Slug>>(words: &[&str]) -> T {
    words.iter().map(|word| Slug::from(*word)).collect()
}

/// Free on every evening of the week, at home in UTC.
pub fn evenings(minutes_ahead: i32) -> FreeHours {
    let blocks: Vec<_> = (0..7)
        .map(|day| HourBlock {
            day,
            part: DayPart::Evening,
        })
        .collect();
    FreeHours::from_local(&blocks, &[minutes_ahead])
}

pub fn institution(name: &str, parent: Option<&str>) -> Institution {
    Institution {
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
    }
}

fn somebody(number: u128, role: Role, side: Side) -> Candidate {
    Candidate {
        id: application(number),
        reference: format!(
            "{}{number:03}",
            if role == Role::Mentee { 'E' } else { 'M' }
        ),
        person: PersonId(Uuid::from_u128(number)),
        role,
        state: ApplicationState::Eligible,
        name: format!("Person {number}"),
        place: "US-OH".to_owned(),
        zone: "America/New_York".to_owned(),
        setting: Some(Slug::from("academic")),
        situation: Some(Slug::from("library")),
        institutions: vec![institution(&format!("{} Library", spelled(number)), None)],
        studies_at: None,
        teaches_at: None,
        stage: Some(if role == Role::Mentee { 3 } else { 5 }),
        modes: slugs(&["video", "email"]),
        hours: Some(evenings(0)),
        side,
        carried_over: false,
    }
}

/// A number in letters, so that the names of institutions are not alike.
fn spelled(number: u128) -> String {
    let letter = char::from(b'a' + u8::try_from(number % 26).unwrap());
    letter
        .to_string()
        .repeat(3 + usize::try_from(number / 26).unwrap() * 3)
}

/// Wants cataloging, then leadership, then a career.
pub fn mentee(number: u128) -> Candidate {
    let side = Side::Mentee {
        areas: slugs(&["cataloging", "leadership", "career"]),
        wants_setting: SettingWish::Same,
    };
    somebody(number, Role::Mentee, side)
}

/// Offers all that the mentee wants, to as many as given.
pub fn mentor(number: u128, capacity: u8) -> Candidate {
    let side = Side::Mentor {
        areas: ["cataloging", "leadership", "career"]
            .map(|area| (Slug::from(area), Offer::Strong))
            .into(),
        wants_setting: SettingWish::NoPreference,
        wants_who: slugs(&["no_preference"]),
        capacity,
    };
    somebody(number, Role::Mentor, side)
}

pub fn set_areas(mentee: &mut Candidate, wanted: &[&str]) {
    if let Side::Mentee { areas, .. } = &mut mentee.side {
        *areas = slugs(wanted);
    }
}

pub fn set_offers(mentor: &mut Candidate, offers: &[(&str, Offer)]) {
    if let Side::Mentor { areas, .. } = &mut mentor.side {
        *areas = offers
            .iter()
            .map(|(area, offer)| (Slug::from(*area), *offer))
            .collect();
    }
}

pub fn set_wish(candidate: &mut Candidate, wish: SettingWish) {
    match &mut candidate.side {
        Side::Mentee { wants_setting, .. } | Side::Mentor { wants_setting, .. } => {
            *wants_setting = wish;
        }
    }
}

/// A board with nobody placed.
pub fn board(people: impl IntoIterator<Item = Candidate>) -> Board {
    Board::new(people, PairFacts::default(), [])
}

pub fn pair(mentee: u128, mentor: u128) -> Command {
    Command::Pair {
        mentee: application(mentee),
        mentor: application(mentor),
        override_reason: None,
    }
}

/// How many mentees a random board has: numbered from 1. Mentors are numbered from 101.
pub const MENTEES: u128 = 6;
/// How many mentors.
pub const MENTORS: u128 = 4;

pub fn any_mentee() -> impl Strategy<Value = ApplicationId> {
    (1..=MENTEES).prop_map(application)
}

pub fn any_mentor() -> impl Strategy<Value = ApplicationId> {
    (101..=100 + MENTORS).prop_map(application)
}

fn any_reason() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        Just(Some("They know each other.".to_owned())),
        Just(Some(" ".to_owned()))
    ]
}

fn any_placement() -> impl Strategy<Value = Option<Placement>> {
    prop::option::of((any_mentor(), any::<bool>(), any_reason()).prop_map(
        |(mentor, locked, override_reason)| Placement {
            mentor,
            locked,
            override_reason,
        },
    ))
}

/// Any command, sensible or not, and several of them together.
pub fn any_command() -> impl Strategy<Value = Command> {
    let together = prop::collection::vec(one_command(), 0..4);
    prop_oneof![
        6 => one_command(),
        1 => together.prop_map(|commands| Command::Together { commands }),
    ]
}

fn one_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => (any_mentee(), any_mentor(), any_reason()).prop_map(|(mentee, mentor, override_reason)| {
            Command::Pair { mentee, mentor, override_reason }
        }),
        1 => any_mentee().prop_map(|mentee| Command::Unpair { mentee }),
        2 => (any_mentee(), any_mentor(), any_reason()).prop_map(|(mentee, mentor, override_reason)| {
            Command::Move { mentee, mentor, override_reason }
        }),
        2 => (any_mentee(), any_mentee(), any_reason()).prop_map(|(mentee, evicted, override_reason)| {
            Command::Replace { mentee, evicted, override_reason }
        }),
        2 => (any_mentee(), any_mentee(), any_reason()).prop_map(|(first, second, override_reason)| {
            Command::Swap { first, second, override_reason }
        }),
        1 => any_mentee().prop_map(|mentee| Command::Lock { mentee }),
        1 => any_mentee().prop_map(|mentee| Command::Unlock { mentee }),
        1 => (any_mentee(), any_mentor()).prop_map(|(mentee, mentor)| {
            Command::Forbid { mentee, mentor, reason: String::new() }
        }),
        1 => (any_mentee(), any_mentor()).prop_map(|(mentee, mentor)| Command::Allow { mentee, mentor }),
        1 => (any_mentor(), 0u8..3, 0u8..4).prop_map(|(mentor, was, places)| {
            Command::SetPlaces { mentor, was, places }
        }),
        1 => prop::collection::vec((any_mentee(), any_placement()), 0..4)
            .prop_map(|placements| Command::Restore { placements }),
        1 => prop::collection::vec((any_mentee(), any_placement()), 0..4).prop_map(|placements| {
            Command::AdoptFrom { from: AdoptedFrom::Earlier, placements }
        }),
    ]
}

/// A small crowd in which every rule and two warnings can be broken: few institutions, shared
/// persons, blocks, people who are not eligible, mentors with no place.
pub fn any_board() -> impl Strategy<Value = Board> {
    let mentee = (0u8..8, 0u8..12, any::<bool>());
    let mentor = (0u8..8, 0u8..12, 0u8..3);
    let pairs = || prop::collection::btree_set((any_mentee(), any_mentor()), 0..3);
    (
        prop::collection::vec(mentee, usize::try_from(MENTEES).unwrap()),
        prop::collection::vec(mentor, usize::try_from(MENTORS).unwrap()),
        (pairs(), pairs(), pairs()),
    )
        .prop_map(|(mentees, mentors, (blocked, previous, forbidden))| {
            let mut people = Vec::new();
            for (number, (place, trap, by_mail)) in (1..).zip(mentees) {
                let mut mentee = mentee_of(number, place, trap);
                if by_mail {
                    mentee.modes = slugs(&["email"]);
                }
                people.push(mentee);
            }
            for (number, (place, trap, capacity)) in (101..).zip(mentors) {
                people.push(mentor_of(number, place, trap, capacity));
            }
            Board::new(
                people,
                PairFacts {
                    blocked,
                    previous,
                    forbidden,
                },
                [],
            )
        })
}

fn at_place(candidate: &mut Candidate, place: u8) {
    // Places 0 and 1 belong to one system; 2 is the system's library.
    let parent = (place < 2).then_some("Great River System");
    let name = if place == 2 {
        "Great River System".to_owned()
    } else {
        spelled(place.into())
    };
    candidate.institutions = vec![institution(&name, parent)];
}

fn mentee_of(number: u128, place: u8, trap: u8) -> Candidate {
    let mut mentee = mentee(number);
    at_place(&mut mentee, place);
    match trap {
        0 => mentee.state = ApplicationState::Withdrawn,
        1 => set_areas(&mut mentee, &["acquisitions"]),
        2 => mentee.hours = Some(evenings(720)),
        // Also a mentor.
        3 => mentee.person = PersonId(Uuid::from_u128(101)),
        4 => mentee.person = PersonId(Uuid::from_u128(102)),
        _ => {}
    }
    mentee
}

fn mentor_of(number: u128, place: u8, trap: u8, capacity: u8) -> Candidate {
    let mut mentor = mentor(number, capacity);
    at_place(&mut mentor, place);
    match trap {
        0 => mentor.state = ApplicationState::Ineligible,
        1 => set_offers(
            &mut mentor,
            &[("cataloging", Offer::PleaseNot), ("career", Offer::Some)],
        ),
        2 => mentor.situation = Some(Slug::from("vendor")),
        3 => mentor.modes = BTreeSet::from([Slug::from("in_person")]),
        _ => {}
    }
    mentor
}

/// How many mentees each mentor has.
pub fn load(board: &Board) -> BTreeMap<ApplicationId, usize> {
    let mut load = BTreeMap::new();
    for placement in board.placements.values() {
        *load.entry(placement.mentor).or_default() += 1;
    }
    load
}
