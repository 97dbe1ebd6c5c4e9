//! Hard rules and warnings, one by one.

use tandem_domain::application::ApplicationState;
use tandem_domain::availability::FreeHours;
use tandem_domain::board::{Board, Placement};
use tandem_domain::candidate::{Candidate, Offer};
use tandem_domain::form::definition::{Kind, QuestionId, Slug};
use tandem_domain::form::library::default_form;
use tandem_domain::role::Role;
use tandem_domain::rule::{HardRule, PairFacts, Warning};

use crate::people::{
    application, board, evenings, institution, mentee, mentor, pair, set_areas, set_offers, slugs,
};

/// The rules against mentee 1 and mentor 101 after a change to either.
fn rules(change: impl FnOnce(&mut Candidate, &mut Candidate)) -> Vec<HardRule> {
    let (mut mentee, mut mentor) = (mentee(1), mentor(101, 1));
    change(&mut mentee, &mut mentor);
    board([mentee, mentor]).rules(application(1), application(101))
}

fn warnings(change: impl FnOnce(&mut Candidate, &mut Candidate)) -> Vec<Warning> {
    let (mut mentee, mut mentor) = (mentee(1), mentor(101, 1));
    change(&mut mentee, &mut mentor);
    board([mentee, mentor]).warnings(application(1), application(101))
}

fn with_facts(facts: PairFacts) -> Vec<HardRule> {
    Board::new([mentee(1), mentor(101, 1)], facts, []).rules(application(1), application(101))
}

#[test]
fn nothing_stands_against_two_who_fit() {
    assert_eq!(rules(|_, _| {}), []);
    assert_eq!(warnings(|_, _| {}), []);
}

#[test]
fn nobody_is_paired_with_the_same_person() {
    assert_eq!(
        rules(|mentee, mentor| mentor.person = mentee.person),
        [HardRule::SamePerson]
    );
}

#[test]
fn two_people_are_not_paired_both_ways_round() {
    let [first, second] = [mentee(1), mentee(2)];
    let [mut first_as_mentor, mut second_as_mentor] = [mentor(101, 1), mentor(102, 1)];
    first_as_mentor.person = first.person;
    second_as_mentor.person = second.person;
    let mut board = board([first, second, first_as_mentor, second_as_mentor]);
    assert_eq!(board.rules(application(2), application(101)), []);
    board.apply(&pair(1, 102), &[], false).unwrap();
    assert_eq!(
        board.rules(application(2), application(101)),
        [HardRule::Reciprocal]
    );
    assert_eq!(board.rules(application(1), application(102)), []);
}

#[test]
fn colleagues_are_not_paired_however_they_spell_their_institution() {
    let spelled = |one: &'static str, other: &'static str| {
        rules(move |mentee, mentor| {
            mentee.institutions.push(institution(one, None));
            mentor.institutions.insert(0, institution(other, None));
        })
    };
    assert_eq!(
        spelled("Koʻolau University", "KO'OLAU UNIVERSITY"),
        [HardRule::SameInstitution]
    );
    assert_eq!(spelled("", " "), []);
}

#[test]
fn a_part_and_its_whole_are_kept_apart_in_both_directions() {
    let part = institution("Harborgate Library School", Some("Harborgate University"));
    let whole = institution("harborgate university", None);
    let both = [(part.clone(), whole.clone()), (whole, part)];
    for (one, other) in both {
        let found = rules(|mentee, mentor| {
            mentee.institutions = vec![one];
            mentor.institutions = vec![other];
        });
        assert_eq!(found, [HardRule::ParentInstitution]);
    }
}

#[test]
fn what_is_known_of_a_single_pair_forbids_it() {
    let this = [(application(1), application(101))];
    let facts = |blocked: bool, previous: bool, forbidden: bool| PairFacts {
        blocked: this.into_iter().filter(|_| blocked).collect(),
        previous: this.into_iter().filter(|_| previous).collect(),
        forbidden: this.into_iter().filter(|_| forbidden).collect(),
    };
    assert_eq!(
        with_facts(facts(true, false, false)),
        [HardRule::DeclaredBlock]
    );
    assert_eq!(
        with_facts(facts(false, true, false)),
        [HardRule::PreviousPair]
    );
    assert_eq!(
        with_facts(facts(false, false, true)),
        [HardRule::ForbiddenByCommittee]
    );
    let of_others = PairFacts {
        blocked: [(application(2), application(101))].into(),
        ..PairFacts::default()
    };
    assert_eq!(with_facts(of_others), []);
}

#[test]
fn students_are_not_paired_with_their_own_faculty_either_way() {
    let school = || Some("Pinyon School of Information".to_owned());
    let found = rules(|mentee, mentor| {
        mentee.studies_at = school();
        mentor.teaches_at = school();
    });
    assert_eq!(found, [HardRule::OwnFaculty]);
    let found = rules(|mentee, mentor| {
        mentee.teaches_at = school();
        mentor.studies_at = school();
    });
    assert_eq!(found, [HardRule::OwnFaculty]);
    let fellow_students = rules(|mentee, mentor| {
        mentee.studies_at = school();
        mentor.studies_at = school();
    });
    assert_eq!(fellow_students, []);
}

#[test]
fn a_mentor_is_not_given_what_they_asked_not_to_have() {
    let offers = [
        ("cataloging", Offer::PleaseNot),
        ("leadership", Offer::Strong),
        ("career", Offer::Some),
    ];
    let found = rules(|_, mentor| set_offers(mentor, &offers));
    assert_eq!(found, [HardRule::DeclinesFirstArea]);
    // Only the first area counts.
    let found = rules(|mentee, mentor| {
        set_areas(mentee, &["career", "cataloging"]);
        set_offers(mentor, &offers);
    });
    assert_eq!(found, []);
}

#[test]
fn at_least_one_area_is_shared() {
    assert_eq!(
        rules(|mentee, _| set_areas(mentee, &["preservation"])),
        [HardRule::NoSharedArea]
    );
    assert_eq!(
        rules(|mentee, _| set_areas(mentee, &["preservation", "career"])),
        []
    );
    assert_eq!(
        rules(|mentee, _| set_areas(mentee, &[])),
        [HardRule::NoSharedArea]
    );
}

#[test]
fn hours_forbid_only_when_both_stated_theirs() {
    let elsewhere = |_: &mut Candidate, mentor: &mut Candidate| {
        mentor.hours = Some(evenings(12 * 60));
    };
    assert_eq!(rules(elsewhere), [HardRule::NoSharedHour]);
    assert_eq!(rules(|_, mentor| mentor.hours = None), []);
    assert_eq!(rules(|mentee, _| mentee.hours = None), []);
    let shared_in_one_season_only = rules(|mentee, mentor| {
        let both = [evenings(0), evenings(0)].map(|hours| hours.seasons[0]);
        mentee.hours = Some(FreeHours {
            seasons: both.to_vec(),
        });
        mentor.hours = Some(FreeHours {
            seasons: vec![both[0], evenings(720).seasons[0]],
        });
    });
    assert_eq!(shared_in_one_season_only, [HardRule::NoSharedHour]);
}

#[test]
fn a_full_mentor_takes_nobody_else() {
    let mut board = board([mentee(1), mentee(2), mentor(101, 1)]);
    assert_eq!(board.capacity_left(application(101)), 1);
    board.apply(&pair(1, 101), &[], false).unwrap();
    assert_eq!(board.capacity_left(application(101)), 0);
    assert_eq!(
        board.rules(application(2), application(101)),
        [HardRule::Capacity]
    );
    assert_eq!(board.rules(application(1), application(101)), []);
}

#[test]
fn a_mentor_may_offer_no_place_at_all() {
    let board = board([mentee(1), mentor(101, 0)]);
    assert_eq!(
        board.rules(application(1), application(101)),
        [HardRule::Capacity]
    );
}

#[test]
fn only_people_found_eligible_are_paired() {
    for state in ApplicationState::ALL {
        let expected: &[HardRule] = if state.may_be_paired() {
            &[]
        } else {
            &[HardRule::NotEligible]
        };
        assert_eq!(
            rules(|mentee, _| mentee.state = state),
            expected,
            "{state:?}"
        );
        assert_eq!(
            rules(|_, mentor| mentor.state = state),
            expected,
            "{state:?}"
        );
    }
}

#[test]
fn several_rules_come_in_the_order_of_the_list() {
    let found = rules(|mentee, mentor| {
        mentor.person = mentee.person;
        mentor.institutions = mentee.institutions.clone();
        mentor.hours = Some(evenings(720));
        set_offers(mentor, &[("cataloging", Offer::PleaseNot)]);
        mentee.state = ApplicationState::Withdrawn;
    });
    assert_eq!(
        found,
        [
            HardRule::SamePerson,
            HardRule::SameInstitution,
            HardRule::DeclinesFirstArea,
            HardRule::NoSharedArea,
            HardRule::NoSharedHour,
            HardRule::NotEligible,
        ]
    );
}

#[test]
fn campuses_of_one_system_are_a_warning() {
    let campus = |name| vec![institution(name, Some("Empire Lakes System"))];
    let change = |mentee: &mut Candidate, mentor: &mut Candidate| {
        mentee.institutions = campus("Three Falls University");
        mentor.institutions = campus("Cayadutta College");
    };
    assert_eq!(rules(change), []);
    assert_eq!(warnings(change), [Warning::CommonParent]);
}

#[test]
fn a_vendor_and_somebody_from_a_library_are_a_warning() {
    let vendor = |candidate: &mut Candidate| candidate.situation = Some(Slug::from("vendor"));
    assert_eq!(
        warnings(|_, mentor| vendor(mentor)),
        [Warning::VendorAndCustomer]
    );
    assert_eq!(
        warnings(|mentee, _| vendor(mentee)),
        [Warning::VendorAndCustomer]
    );
    let two_vendors = warnings(|mentee, mentor| {
        vendor(mentee);
        vendor(mentor);
    });
    assert_eq!(two_vendors, []);
    let student = warnings(|mentee, mentor| {
        mentee.situation = Some(Slug::from("student"));
        vendor(mentor);
    });
    assert_eq!(student, []);
}

#[test]
fn no_common_way_to_talk_is_a_warning_if_both_said_how() {
    let found = warnings(|mentee, _| mentee.modes = slugs(&["in_person"]));
    assert_eq!(found, [Warning::NoCommonMode]);
    assert_eq!(warnings(|mentee, _| mentee.modes.clear()), []);
}

#[test]
fn names_that_are_alike_are_a_warning() {
    let found = warnings(|mentee, mentor| {
        mentee.institutions = vec![institution("University of Northfield", None)];
        mentor.institutions = vec![institution("Northfield University", None)];
    });
    assert_eq!(found, [Warning::SimilarName]);
}

#[test]
fn pairs_that_broke_a_rule_since_are_reported() {
    let mut board = board([mentee(1), mentor(101, 1)]);
    board.apply(&pair(1, 101), &[], false).unwrap();
    assert_eq!(board.breaches(), []);
    board.candidates.get_mut(&application(1)).unwrap().state = ApplicationState::Withdrawn;
    assert_eq!(
        board.breaches(),
        [(
            application(1),
            application(101),
            vec![HardRule::NotEligible]
        )]
    );
    let placement = Placement {
        mentor: application(101),
        locked: false,
        override_reason: None,
    };
    assert_eq!(board.placements.get(&application(1)), Some(&placement));
    // Who is not known at all may not be paired either.
    board.candidates.remove(&application(1));
    let rules = board.breaches().pop().unwrap().2;
    assert_eq!(rules, [HardRule::NotEligible]);
}

/// The words of the forms that rules and scores look for.
#[test]
fn the_default_forms_have_the_words_that_the_board_looks_for() {
    let words = |role, question: &str| {
        let form = default_form(role).unwrap();
        let question = form.question(&QuestionId::from(question)).unwrap().clone();
        let (Kind::Single { choices, .. } | Kind::Multi { choices, .. }) = question.kind else {
            panic!("{} is no choice", question.id);
        };
        choices
            .into_iter()
            .map(|choice| choice.id.0)
            .collect::<Vec<_>>()
    };
    for role in Role::ALL {
        for word in ["vendor", "library", "student"] {
            assert!(
                words(role, "situation").contains(&word.to_owned()),
                "{word}"
            );
        }
        for word in ["email", "chat", "video"] {
            assert!(words(role, "modes").contains(&word.to_owned()), "{word}");
        }
        let steps = [
            "student", "under_1", "1-2", "3-5", "6-9", "10-14", "15-19", "20+",
        ];
        assert_eq!(words(role, "years_field"), steps);
    }
    for word in ["students", "first_position", "mid_career", "no_preference"] {
        assert!(
            words(Role::Mentor, "m_who").contains(&word.to_owned()),
            "{word}"
        );
    }
}
