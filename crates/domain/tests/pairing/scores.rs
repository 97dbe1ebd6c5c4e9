//! Scores: what counts, how much, and that it adds up.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tandem_domain::availability::FreeHours;
use tandem_domain::candidate::{Candidate, Offer, SettingWish, Side};
use tandem_domain::form::answer::{DayPart, HourBlock};
use tandem_domain::form::definition::Slug;
use tandem_domain::id::PersonId;
use tandem_domain::score::{
    Band, Component, FULL, Part, Preset, Reason, Score, Scoring, ScoringFault, Weights, score,
};
use uuid::Uuid;

use crate::people::{
    application, evenings, mentee, mentor, set_areas, set_offers, set_wish, slugs,
};

fn scored(change: impl FnOnce(&mut Candidate, &mut Candidate)) -> Score {
    let (mut mentee, mut mentor) = (mentee(1), mentor(101, 1));
    change(&mut mentee, &mut mentor);
    score(&mentee, &mentor, &Weights::default())
}

fn part(score: &Score, component: Component) -> Part {
    score
        .parts
        .iter()
        .find(|part| part.component == component)
        .unwrap()
        .clone()
}

/// The points of one component after a change to either side.
fn points(
    component: Component,
    change: impl FnOnce(&mut Candidate, &mut Candidate),
) -> Option<u16> {
    part(&scored(change), component).points
}

#[test]
fn two_who_fit_in_everything_get_everything() {
    let score = scored(|_, _| {});
    assert_eq!(score.total, FULL);
    let points: Vec<_> = score
        .parts
        .iter()
        .map(|part| (part.points, part.of))
        .collect();
    let full = |points| (Some(points), points);
    assert_eq!(
        points,
        [
            full(400),
            full(150),
            full(150),
            full(150),
            full(100),
            full(50)
        ]
    );
    assert_eq!(Band::of(score.total), Band::Strong);
}

#[test]
fn areas_count_by_rank_and_offer() {
    let table = [
        // Half for everybody; the first of three is half of the rest.
        (&["cataloging", "x", "y"][..], Offer::Strong, 300),
        (&["cataloging", "x", "y"], Offer::Some, 260),
        (&["x", "cataloging", "y"], Offer::Strong, 260),
        (&["x", "y", "cataloging"], Offer::Strong, 240),
        (&["x", "y", "cataloging"], Offer::PleaseNot, 200),
        // Ranks count from the end, so a short list has only the lower ones.
        (&["cataloging"], Offer::Strong, 240),
        (&["cataloging", "x"], Offer::Strong, 260),
        (&["x"], Offer::Strong, 200),
        // All before the last two weigh as much as the first of three.
        (&["x", "cataloging", "y", "z"], Offer::Strong, 300),
    ];
    for (wanted, offer, expected) in table {
        let found = points(Component::Area, |mentee, mentor| {
            set_areas(mentee, wanted);
            set_offers(mentor, &[("cataloging", offer)]);
        });
        assert_eq!(found, Some(expected), "{wanted:?} {offer:?}");
    }
}

#[test]
fn the_reason_of_areas_names_each_rank() {
    let score = scored(|mentee, mentor| {
        set_areas(mentee, &["cataloging", "x"]);
        set_offers(mentor, &[("cataloging", Offer::Some)]);
    });
    assert_eq!(
        part(&score, Component::Area).reason,
        Reason::Areas(vec![
            (Slug::from("cataloging"), Some(Offer::Some)),
            (Slug::from("x"), None)
        ])
    );
}

#[test]
fn two_steps_ahead_are_best() {
    let table = [
        (-3, 0),
        (-1, 0),
        (0, 45),
        (1, 120),
        (2, 150),
        (3, 120),
        (4, 75),
        (6, 75),
    ];
    for (gap, expected) in table {
        let found = scored(|mentee, mentor| {
            mentee.stage = Some(3);
            mentor.stage = 3u8.checked_add_signed(gap);
        });
        let part = part(&found, Component::Stage);
        assert_eq!(
            (part.points, part.reason),
            (Some(expected), Reason::Gap(gap))
        );
    }
}

#[test]
fn the_wished_kind_of_institution_counts_all_or_nothing() {
    let kinds = |words: &[&str]| SettingWish::Different(slugs(words));
    let table = [
        (SettingWish::NoPreference, Some(150), Reason::NoPreference),
        (
            SettingWish::Same,
            Some(0),
            Reason::Wish { fulfilled: false },
        ),
        (kinds(&[]), Some(150), Reason::Wish { fulfilled: true }),
        (
            kinds(&["public", "special"]),
            Some(150),
            Reason::Wish { fulfilled: true },
        ),
        (
            kinds(&["special"]),
            Some(0),
            Reason::Wish { fulfilled: false },
        ),
        (SettingWish::Unknown, None, Reason::Unknown),
    ];
    for (wish, expected, reason) in table {
        let score = scored(|mentee, mentor| {
            mentor.setting = Some(Slug::from("public"));
            set_wish(mentee, wish);
        });
        let part = part(&score, Component::Setting);
        assert_eq!((part.points, part.reason), (expected, reason));
    }
    let unknown = points(Component::Setting, |_, mentor| mentor.setting = None);
    assert_eq!(unknown, None);
}

#[test]
fn time_counts_in_even_steps_up_to_twenty_hours_a_week() {
    // Every evening is 21 hours; each hour apart takes seven off.
    let table = [(0, 150, 42), (60, 105, 28), (120, 53, 14), (180, 0, 0)];
    for (apart, points, shared) in table {
        let score = scored(|_, mentor| mentor.hours = Some(evenings(apart)));
        let part = part(&score, Component::Time);
        let expected = (Some(points), Reason::SharedHalfHours(shared));
        assert_eq!(
            (part.points, part.reason),
            expected,
            "{apart} minutes apart"
        );
    }
}

#[test]
fn a_spoken_way_to_talk_counts_more_than_a_written_one() {
    let found = |modes: &[&str]| points(Component::Mode, |mentee, _| mentee.modes = slugs(modes));
    assert_eq!(found(&["video", "phone"]), Some(100));
    assert_eq!(found(&["email", "phone"]), Some(60));
    assert_eq!(found(&["phone"]), Some(0));
    assert_eq!(found(&[]), None);
}

#[test]
fn what_the_mentor_wishes_counts_where_it_can_be_told() {
    let found = |who: &[&str], wish: SettingWish, stage: u8| {
        let score = scored(|mentee, mentor| {
            mentee.stage = Some(stage);
            mentee.setting = Some(Slug::from("public"));
            set_wish(mentee, SettingWish::NoPreference);
            set_wish(mentor, wish);
            if let Side::Mentor { wants_who, .. } = &mut mentor.side {
                *wants_who = slugs(who);
            }
        });
        let part = part(&score, Component::Mentor);
        (part.points, part.reason)
    };
    let any = || SettingWish::NoPreference;
    let yes = Reason::Wish { fulfilled: true };
    let no = Reason::Wish { fulfilled: false };
    assert_eq!(
        found(&["no_preference"], any(), 4),
        (Some(50), Reason::NoPreference)
    );
    assert_eq!(found(&["mid_career"], any(), 4), (Some(50), yes.clone()));
    assert_eq!(found(&["first_position"], any(), 1), (Some(50), yes));
    assert_eq!(found(&["students"], any(), 4), (Some(0), no.clone()));
    assert_eq!(found(&["students"], SettingWish::Same, 4), (Some(0), no));
    assert_eq!(
        found(&["mid_career"], SettingWish::Same, 4),
        (Some(25), Reason::HalfWish)
    );
    // Whether somebody changes field is not known here, so it neither helps nor harms.
    let unknown = found(&["changing_field"], SettingWish::Unknown, 4);
    assert_eq!(unknown, (None, Reason::Unknown));
}

#[test]
fn what_is_unknown_is_not_counted_and_says_so() {
    let score = scored(|mentee, mentor| {
        mentee.hours = None;
        mentor.stage = None;
    });
    assert_eq!(score.total, FULL);
    for component in [Component::Time, Component::Stage] {
        let part = part(&score, component);
        assert_eq!(
            (part.points, part.of, part.reason),
            (None, 0, Reason::Unknown)
        );
    }
    // Known and bad is another thing than unknown.
    let known = scored(|_, mentor| mentor.hours = Some(evenings(720)));
    assert_eq!(known.total, 850);
}

#[test]
fn nothing_known_is_nothing() {
    let score = scored(|mentee, mentor| {
        set_areas(mentee, &[]);
        set_wish(mentee, SettingWish::Unknown);
        set_wish(mentor, SettingWish::Unknown);
        mentee.stage = None;
        mentee.hours = None;
        mentee.modes.clear();
        if let Side::Mentor { wants_who, .. } = &mut mentor.side {
            wants_who.clear();
        }
    });
    assert_eq!(score.total, 0);
    assert!(
        score
            .parts
            .iter()
            .all(|part| part.reason == Reason::Unknown)
    );
}

#[test]
fn somebody_left_without_a_partner_before_gets_a_little_more() {
    let before = scored(|_, mentor| mentor.stage = Some(3));
    let after = scored(|mentee, mentor| {
        mentor.stage = Some(3);
        mentee.carried_over = true;
    });
    assert_eq!(
        (before.total, after.total, after.carried_over),
        (895, 945, 50)
    );
    let full = scored(|mentee, _| mentee.carried_over = true);
    assert_eq!((full.total, full.carried_over), (FULL, 0));
}

#[test]
fn bands_begin_where_the_product_says() {
    let table = [
        (0, Band::Weak),
        (499, Band::Weak),
        (500, Band::Fair),
        (699, Band::Fair),
        (700, Band::Good),
        (849, Band::Good),
        (850, Band::Strong),
        (1000, Band::Strong),
    ];
    for (score, band) in table {
        assert_eq!(Band::of(score), band, "{score}");
    }
}

const AREAS: [&str; 5] = ["a", "b", "c", "d", "e"];

fn any_offer() -> impl Strategy<Value = Offer> {
    prop::sample::select(vec![Offer::Strong, Offer::Some, Offer::PleaseNot])
}

fn any_wish() -> impl Strategy<Value = SettingWish> {
    prop_oneof![
        Just(SettingWish::Unknown),
        Just(SettingWish::NoPreference),
        Just(SettingWish::Same),
        prop::sample::subsequence(vec!["academic", "public"], 0..=2)
            .prop_map(|kinds| SettingWish::Different(slugs(&kinds))),
    ]
}

fn any_slug(words: &'static [&'static str]) -> impl Strategy<Value = Option<Slug>> {
    prop::option::of(prop::sample::select(words.to_vec()).prop_map(Slug::from))
}

fn any_slugs(words: &'static [&'static str]) -> impl Strategy<Value = BTreeSet<Slug>> {
    prop::sample::subsequence(words.to_vec(), 0..=words.len()).prop_map(|words| slugs(&words))
}

prop_compose! {
    fn any_two()(
        wanted in prop::sample::subsequence(AREAS.to_vec(), 0..=4).prop_shuffle(),
        offers in prop::collection::vec((prop::sample::select(AREAS.to_vec()), any_offer()), 0..5),
        wishes in (any_wish(), any_wish()),
        settings in (any_slug(&["academic", "public"]), any_slug(&["academic", "public"])),
        stages in (prop::option::of(0u8..8), prop::option::of(0u8..8)),
        apart in prop::option::of(-4i32..4),
        modes in (any_slugs(&["video", "email", "phone"]), any_slugs(&["video", "email", "phone"])),
        who in any_slugs(&["students", "mid_career", "new_managers", "no_preference"]),
        carried_over in any::<bool>(),
    ) -> (Candidate, Candidate) {
        let (mut mentee, mut mentor) = (mentee(1), mentor(101, 1));
        set_areas(&mut mentee, &wanted);
        set_offers(&mut mentor, &offers);
        set_wish(&mut mentee, wishes.0);
        set_wish(&mut mentor, wishes.1);
        (mentee.setting, mentor.setting) = settings;
        (mentee.stage, mentor.stage) = stages;
        mentor.hours = apart.map(|hours| evenings(hours * 30));
        (mentee.modes, mentor.modes) = modes;
        if let Side::Mentor { wants_who, .. } = &mut mentor.side {
            *wants_who = who;
        }
        mentee.carried_over = carried_over;
        (mentee, mentor)
    }
}

prop_compose! {
    fn any_weights()(of in prop::array::uniform6(prop_oneof![0u16..5, 0u16..200, Just(u16::MAX)])) -> Weights {
        let [area, stage, setting, time, mode, mentor] = of;
        Weights { area, stage, setting, time, mode, mentor }
    }
}

/// The mentee with one more area at the end of the list.
fn with_area(mentee: &Candidate, area: &str) -> Candidate {
    let mut more = mentee.clone();
    if let Side::Mentee { areas, .. } = &mut more.side {
        areas.push(Slug::from(area));
    }
    more
}

fn area_alone(mentee: &Candidate, mentor: &Candidate) -> u16 {
    let weights = Weights {
        area: 1,
        stage: 0,
        setting: 0,
        time: 0,
        mode: 0,
        mentor: 0,
    };
    score(mentee, mentor, &weights).total
}

/// With few areas even the best mentor cannot reach the top.
#[test]
fn listing_less_lowers_the_best_that_can_be_reached() {
    let (mut mentee, mut mentor) = (mentee(1), mentor(101, 1));
    set_offers(&mut mentor, &AREAS.map(|area| (area, Offer::Strong)));
    for (used, best) in [(1, 600), (2, 750), (3, FULL), (4, FULL)] {
        set_areas(&mut mentee, &AREAS[..used]);
        assert_eq!(area_alone(&mentee, &mentor), best, "{used} areas");
    }
}

#[test]
fn presets_weigh_a_hundred_and_are_recognised() {
    for preset in Preset::ALL {
        let weights = preset.weights();
        assert_eq!(weights.all().iter().sum::<u16>(), 100, "{preset:?}");
        assert_eq!(Preset::of(weights), Some(preset));
    }
    let own = Weights {
        area: 41,
        ..Weights::default()
    };
    assert_eq!(Preset::of(own), None);
}

#[test]
fn a_scoring_out_of_range_says_what_is_wrong() {
    assert_eq!(Scoring::default().faults(), []);
    let nothing = Scoring {
        weights: Weights::default().map(|_| 0),
        floor: 1001,
        load: 501,
        ..Scoring::default()
    };
    assert_eq!(
        nothing.faults(),
        [
            ScoringFault::NoWeight,
            ScoringFault::Floor,
            ScoringFault::Load
        ]
    );
    let mut heavy = Scoring::default();
    *heavy.weights.of(Component::Time) = 101;
    assert_eq!(heavy.faults(), [ScoringFault::Weight]);
    assert_eq!(heavy.weights.all()[3], 101);
}

proptest! {
    #[test]
    fn the_parts_add_up_to_the_total((mentee, mentor) in any_two(), weights in any_weights()) {
        let score = score(&mentee, &mentor, &weights);
        let points: u16 = score.parts.iter().filter_map(|part| part.points).sum();
        prop_assert!(score.total <= FULL);
        prop_assert_eq!(points + score.carried_over, score.total);
        let most = if mentee.carried_over { 50 } else { 0 };
        prop_assert!(score.carried_over <= most);
        prop_assert_eq!(score.parts.len(), 6);
        for part in &score.parts {
            prop_assert_eq!(part.points.is_none(), part.reason == Reason::Unknown);
            prop_assert!(part.points.unwrap_or(0) <= part.of, "{:?}", part);
        }
        let of: u16 = score.parts.iter().map(|part| part.of).sum();
        prop_assert!(of == FULL || of == 0);
    }

    #[test]
    fn who_somebody_is_changes_nothing((mentee, mentor) in any_two(), number in 1000u128..9999) {
        let before = score(&mentee, &mentor, &Weights::default());
        let another = |candidate: &Candidate, number| Candidate {
            id: application(number),
            person: PersonId(Uuid::from_u128(number)),
            reference: format!("X{number}"),
            name: "Ọlábísí Núñez".to_owned(),
            place: "US-GU".to_owned(),
            zone: "Pacific/Guam".to_owned(),
            ..candidate.clone()
        };
        let after = score(&another(&mentee, number), &another(&mentor, number + 1), &Weights::default());
        prop_assert_eq!(before, after);
    }

    #[test]
    fn only_the_ratio_of_weights_matters((mentee, mentor) in any_two(), times in 1u16..20) {
        let one = Weights::default();
        let more = Weights {
            area: one.area * times,
            stage: one.stage * times,
            setting: one.setting * times,
            time: one.time * times,
            mode: one.mode * times,
            mentor: one.mentor * times,
        };
        prop_assert_eq!(score(&mentee, &mentor, &one), score(&mentee, &mentor, &more));
    }

    /// Whichever areas somebody leaves out, no mentor's score rises.
    #[test]
    fn listing_less_never_helps_with_any_mentor(
        (mentee, mentor) in any_two(),
        kept in prop::collection::vec(any::<bool>(), 4),
        weights in any_weights(),
    ) {
        let Side::Mentee { areas, .. } = &mentee.side else { unreachable!() };
        let mut less = mentee.clone();
        if let Side::Mentee { areas: fewer, .. } = &mut less.side {
            let both = areas.iter().zip(kept);
            *fewer = both.filter(|(_, kept)| *kept).map(|(area, _)| area.clone()).collect();
            // Who lists none gives up the component as a whole, and may be paired with nobody.
            prop_assume!(!fewer.is_empty());
        }
        prop_assert!(area_alone(&less, &mentor) <= area_alone(&mentee, &mentor));
        let total = |mentee: &Candidate| score(mentee, &mentor, &weights).total;
        prop_assert!(total(&less) <= total(&mentee));
    }

    #[test]
    fn a_further_area_helps_with_those_who_offer_it(
        (mentee, mentor) in any_two(),
        offer in prop::option::of(any_offer()),
    ) {
        let Side::Mentee { areas, .. } = &mentee.side else { unreachable!() };
        prop_assume!((1..3).contains(&areas.len()));
        let mut mentor = mentor;
        if let (Side::Mentor { areas, .. }, Some(offer)) = (&mut mentor.side, offer) {
            areas.insert(Slug::from("new"), offer);
        }
        let before = area_alone(&mentee, &mentor);
        let after = area_alone(&with_area(&mentee, "new"), &mentor);
        match offer {
            Some(Offer::Strong | Offer::Some) => prop_assert!(after > before),
            Some(Offer::PleaseNot) | None => prop_assert!(after >= before),
        }
    }

    /// Fewer stated hours, or fewer ways to talk, never raise a score with anybody.
    #[test]
    fn stating_fewer_hours_or_ways_never_helps(
        (mentee, mentor) in any_two(),
        days in prop::collection::btree_set(0u8..7, 1..7),
        modes in prop::collection::vec(any::<bool>(), 3),
    ) {
        let weights = Weights::default();
        let total = |mentee: &Candidate| score(mentee, &mentor, &weights).total;
        let blocks: Vec<_> = days.iter().map(|day| HourBlock { day: *day, part: DayPart::Evening }).collect();
        let mut fewer_hours = mentee.clone();
        fewer_hours.hours = Some(FreeHours::from_local(&blocks, &[0]));
        prop_assert!(total(&fewer_hours) <= total(&mentee));
        let mut fewer_modes = mentee.clone();
        let kept = mentee.modes.iter().zip(modes).filter(|(_, kept)| *kept);
        fewer_modes.modes = kept.map(|(mode, _)| mode.clone()).collect();
        prop_assume!(!fewer_modes.modes.is_empty());
        prop_assert!(total(&fewer_modes) <= total(&mentee));
    }

    #[test]
    fn more_shared_time_never_lowers_a_score((mentee, mentor) in any_two(), apart in 0i32..6) {
        let at = |apart: i32| {
            let mut mentor = mentor.clone();
            mentor.hours = Some(evenings(apart * 30));
            let mut mentee = mentee.clone();
            mentee.carried_over = false;
            score(&mentee, &mentor, &Weights::default()).total
        };
        prop_assert!(at(apart) >= at(apart + 1));
    }
}
