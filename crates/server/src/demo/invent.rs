//! Invents applicants beyond those of the source: for the finished cohort of the year before, and
//! for larger cohorts. The same name of a cohort invents the same people.

use tandem_domain::application::ApplicationState;
use tandem_domain::role::Role;

use super::draw::Draw;
use super::profile::{Profile, Side, Situation, place, situation};
use super::source::{Source, SourceInstitution};

const FIRST: [&str; 40] = [
    "Adaeze", "Alma", "Anselm", "Beatriz", "Bram", "Callum", "Corazón", "Dagny", "Delphine",
    "Efua", "Elif", "Farrukh", "Gideon", "Greta", "Halina", "Hoa", "Ignace", "Imogen", "Jarek",
    "Jun", "Kalea", "Keziah", "Lazare", "Linnea", "Marisol", "Mirko", "Nadia", "Nils", "Odile",
    "Oren", "Petra", "Quentin", "Rosalind", "Samir", "Signe", "Tendai", "Ulla", "Viviane", "Wren",
    "Yusuf",
];

const LAST: [&str; 47] = [
    "Aldersey",
    "Amankwah",
    "Ashdown",
    "Barrowclough",
    "Beauregard-Finch",
    "Bjørnsen",
    "Calloway",
    "Castellanos",
    "Crabtree",
    "D’Amboise",
    "Dempster",
    "Dziedzic",
    "Eastlake",
    "Fairweather",
    "Fonoti",
    "Garibaldi",
    "Goldfinch",
    "Hakobyan",
    "Hollingshead",
    "Ibáñez Roca",
    "Ingersoll",
    "Jankowiak",
    "Kahananui",
    "Kettleborough",
    "Lindqvist",
    "Lovelady",
    "MacAskill",
    "Merriwether",
    "Mukherji",
    "Nakamoto",
    "Nightingale",
    "Okonjo",
    "O'Halloran",
    "Pettibone",
    "Quispe",
    "Ravenscroft",
    "Sandoval",
    "Satterthwaite",
    "Tchaikova",
    "Thistlewood",
    "Udoh",
    "Vandermolen",
    "Villanueva",
    "Waddington",
    "Yellowhair",
    "Zabriskie",
    "Zhou",
];

/// How often an area is a mentee's first wish, and how often a mentor offers it, in a hundred.
const AREAS: [(&str, usize, usize); 8] = [
    ("cataloging_metadata", 24, 17),
    ("leadership_management", 22, 21),
    ("electronic_resources", 20, 7),
    ("career_development", 14, 20),
    ("public_librarianship", 7, 8),
    ("preservation", 5, 2),
    ("acquisitions", 4, 8),
    ("collection_management", 4, 17),
];

const MODES: [&str; 4] = ["email", "in_person", "phone", "video"];
const HOURS: [&str; 6] = [
    "wd_lunch",
    "we_morning",
    "we_afternoon",
    "wd_evening",
    "wd_morning",
    "wd_afternoon",
];

/// Invents the applicant of this number, from 1 on, in a cohort.
pub fn applicant(source: &Source, cohort: &str, role: Role, number: usize) -> Profile {
    let letter = match role {
        Role::Mentee => 'E',
        Role::Mentor => 'M',
    };
    let reference = format!("{letter}{number:03}");
    let mut draw = Draw::named(&format!("invent {cohort} {reference}"));
    let works_at = institution(source, role, &mut draw);
    let kind = works_at.map_or("between_jobs", |place| place.kind.as_str());
    let mut profile = Profile {
        person: format!("{cohort}-{reference}"),
        name: name(role, number),
        email: format!("{}.{cohort}@mail.example", reference.to_lowercase()),
        pronouns: pronouns(&mut draw),
        role,
        situation: situation(kind).0,
        setting: situation(kind).1,
        institution: works_at.map(|place| place.name.clone()),
        parent: works_at.and_then(|place| place.parent.clone()),
        place: place(works_at.map_or("OH", |place| &place.state)),
        zone: works_at
            .map_or("America/New_York", |place| &place.time_zone)
            .to_owned(),
        hours: owned(&draw_some(&mut draw, &HOURS, 3)),
        modes: owned(&draw_some(&mut draw, &MODES, 2)),
        rhythm: draw
            .one(&["monthly", "twice_monthly", "flexible"])
            .to_owned(),
        member_no: format!("{:06}", 500_000 + draw.below(400_000)),
        years: years(role, &mut draw),
        blocks: Vec::new(),
        side: side(role, &mut draw),
        carried_over: false,
        state: state(number),
        reference,
    };
    if role == Role::Mentee && kind == "lis_faculty" {
        study(&mut profile);
    }
    profile
}

/// Mentees of a library school study there.
fn study(profile: &mut Profile) {
    profile.situation = Situation::Student;
    profile.setting = None;
    profile.years = "student";
}

fn institution<'a>(
    source: &'a Source,
    role: Role,
    draw: &mut Draw,
) -> Option<&'a SourceInstitution> {
    let fits = |one: &&SourceInstitution| role == Role::Mentor || one.kind != "vendor";
    let fitting: Vec<&SourceInstitution> = source.institutions.iter().filter(fits).collect();
    fitting.get(draw.below(fitting.len())).copied()
}

fn name(role: Role, number: usize) -> String {
    let place = 2 * number + usize::from(role == Role::Mentor);
    let round = place / (FIRST.len() * LAST.len());
    // The lengths of the lists have no common divisor, so every first name meets every last one.
    let first = FIRST.get(place % FIRST.len()).copied().unwrap_or_default();
    let last = LAST.get(place % LAST.len()).copied().unwrap_or_default();
    match (b'A'..=b'Z').nth(round.wrapping_sub(1)) {
        Some(initial) => format!("{first} {}. {last}", char::from(initial)),
        None => format!("{first} {last}"),
    }
}

fn pronouns(draw: &mut Draw) -> Option<String> {
    let pronouns = draw.one(&["", "", "she/her", "he/him", "she/her", "they/them"]);
    Some(pronouns.to_owned()).filter(|pronouns| !pronouns.is_empty())
}

fn years(role: Role, draw: &mut Draw) -> &'static str {
    match role {
        Role::Mentee => draw.one(&["1-2", "3-5", "3-5", "6-9"]),
        Role::Mentor => draw.one(&["6-9", "10-14", "15-19", "20+"]),
    }
}

fn side(role: Role, draw: &mut Draw) -> Side {
    let count = 2 + draw.below(2);
    let areas = areas(role, count, draw);
    match role {
        Role::Mentee => Side::Mentee {
            wants: areas,
            kind: draw
                .one(&["no_preference", "no_preference", "same"])
                .to_owned(),
        },
        Role::Mentor => Side::Mentor {
            teaches: areas,
            declines: Vec::new(),
            capacity: if draw.chance(15) { 2 } else { 1 },
            before: draw.chance(40),
        },
    }
}

/// So many different areas, the likelier ones more often.
fn areas(role: Role, count: usize, draw: &mut Draw) -> Vec<String> {
    let weight = |(_, wanted, offered): &(&str, usize, usize)| match role {
        Role::Mentee => *wanted,
        Role::Mentor => *offered,
    };
    let mut left = AREAS.to_vec();
    let mut chosen = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let mut mark = draw.below(left.iter().map(weight).sum());
        let hit = left
            .iter()
            .position(|area| match mark.checked_sub(weight(area)) {
                Some(rest) => {
                    mark = rest;
                    false
                }
                None => true,
            });
        let (area, ..) = left.remove(hit.unwrap_or(0));
        chosen.push(area.to_owned());
    }
    chosen
}

/// Nearly everybody may be paired.
fn state(number: usize) -> ApplicationState {
    match number % 40 {
        9 => ApplicationState::Ineligible,
        19 => ApplicationState::NeedsInfo,
        29 => ApplicationState::Withdrawn,
        _ => ApplicationState::Eligible,
    }
}

fn draw_some<'a>(draw: &mut Draw, of: &[&'a str], at_least: usize) -> Vec<&'a str> {
    let count = at_least + draw.below(2);
    draw.some(of, count)
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tandem_domain::form::library::default_form;

    use super::*;
    use crate::demo::answers;

    fn people() -> Vec<Profile> {
        let source = Source::read().unwrap();
        Role::ALL
            .into_iter()
            .flat_map(|role| (1..=400).map(move |number| (role, number)))
            .map(|(role, number)| applicant(&source, "t", role, number))
            .collect()
    }

    #[test]
    fn what_invented_people_write_passes_the_forms_own_check() {
        for profile in people() {
            let form = default_form(profile.role).unwrap();
            let problems = form.check(&answers::of(&profile), false);
            assert!(problems.is_empty(), "{}: {problems:?}", profile.reference);
        }
    }

    #[test]
    fn no_two_have_one_name_or_one_address() {
        let people = people();
        let names: BTreeSet<_> = people.iter().map(|one| &one.name).collect();
        let addresses: BTreeSet<_> = people.iter().map(|one| &one.email).collect();
        assert_eq!((names.len(), addresses.len()), (people.len(), people.len()));
    }

    #[test]
    fn many_more_people_still_have_different_names() {
        let names: BTreeSet<_> = Role::ALL
            .into_iter()
            .flat_map(|role| (1..=3000).map(move |number| name(role, number)))
            .collect();
        assert_eq!(names.len(), 6000);
    }
}
