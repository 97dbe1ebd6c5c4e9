//! Free hours around the world: the vectors of the product, with the offsets written out.

use proptest::prelude::*;
use tandem_domain::availability::{FreeHours, HALF_HOURS, WeekBits};
use tandem_domain::form::answer::{DayPart, HourBlock};

/// Minutes ahead of UTC in July 2018 and in January 2019.
const GUAM: [i32; 2] = [600, 600];
const NEW_YORK: [i32; 2] = [-240, -300];
const CHICAGO: [i32; 2] = [-300, -360];
const DENVER: [i32; 2] = [-360, -420];
const PHOENIX: [i32; 2] = [-420, -420];
const LOS_ANGELES: [i32; 2] = [-420, -480];
const ANCHORAGE: [i32; 2] = [-480, -540];
const HONOLULU: [i32; 2] = [-600, -600];
const SAN_JUAN: [i32; 2] = [-240, -240];

const DAYS: usize = 7;
const PER_DAY: usize = 48;

/// Every day from one full hour to another.
fn daily(from: usize, to: usize, minutes_ahead: i32) -> WeekBits {
    let half_hours = (0..DAYS).flat_map(|day| day * PER_DAY + from * 2..day * PER_DAY + to * 2);
    WeekBits::from_local_half_hours(half_hours, minutes_ahead)
}

/// Shared hours a day in each season, if both are free from one hour to another.
fn hours_shared(from: usize, to: usize, here: [i32; 2], there: [i32; 2]) -> [u16; 2] {
    let free = |offsets: [i32; 2]| offsets.map(|offset| daily(from, to, offset));
    let ([july, january], there) = (free(here), free(there));
    let [there_in_july, there_in_january] = there;
    [july.and(there_in_july), january.and(there_in_january)].map(|shared| {
        assert_eq!(shared.count() % 14, 0, "the same on every day of the week");
        shared.count() / 14
    })
}

#[test]
fn guam_shares_the_hours_that_the_product_says() {
    let table = [
        ("New York", NEW_YORK, [4, 5]),
        ("Chicago", CHICAGO, [5, 6]),
        ("Los Angeles", LOS_ANGELES, [7, 8]),
        ("Honolulu", HONOLULU, [10, 10]),
        ("San Juan", SAN_JUAN, [4, 4]),
    ];
    for (place, offsets, expected) in table {
        assert_eq!(
            hours_shared(7, 21, GUAM, offsets),
            expected,
            "{place}, 07 to 21"
        );
    }
    assert_eq!(hours_shared(9, 17, GUAM, NEW_YORK), [0, 0]);
    assert_eq!(hours_shared(9, 17, GUAM, HONOLULU), [4, 4]);
}

#[test]
fn tuesday_at_eight_on_guam_is_monday_elsewhere() {
    let tuesday_8 = WeekBits::from_local_half_hours([PER_DAY + 16], GUAM[0]);
    let table = [
        ("New York", NEW_YORK, [18, 17]),
        ("Chicago", CHICAGO, [17, 16]),
        ("Denver", DENVER, [16, 15]),
        ("Phoenix", PHOENIX, [15, 15]),
        ("Los Angeles", LOS_ANGELES, [15, 14]),
        ("Anchorage", ANCHORAGE, [14, 13]),
        ("Honolulu", HONOLULU, [12, 12]),
        ("San Juan", SAN_JUAN, [18, 18]),
    ];
    for (place, offsets, hours) in table {
        for (offset, hour) in offsets.into_iter().zip(hours) {
            let there: Vec<_> = tuesday_8.to_local(offset).iter().collect();
            assert_eq!(there, [hour * 2], "{place}: Monday is the first day");
        }
    }
}

#[test]
fn an_hour_shared_in_summer_only_is_no_shared_hour() {
    let denver = FreeHours::from_local(
        &[HourBlock {
            day: 0,
            part: DayPart::Lunch,
        }],
        &DENVER,
    );
    let morning = [HourBlock {
        day: 0,
        part: DayPart::Morning,
    }];
    let phoenix = FreeHours::from_local(&morning, &PHOENIX);
    // Noon to 14 in Denver is 11 to 13 in Phoenix in summer and noon to 14 in winter.
    let shared: Vec<_> = denver
        .shared(&phoenix)
        .into_iter()
        .map(WeekBits::count)
        .collect();
    assert_eq!(shared, [2, 0]);
    assert_eq!(denver.shared_in_worst_season(&phoenix), Some(0));
}

#[test]
fn a_week_wraps_around_at_both_ends() {
    let sunday_late = [HourBlock {
        day: 6,
        part: DayPart::Late,
    }];
    let there = WeekBits::from_local(&sunday_late, -240);
    assert_eq!(there.iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
    let monday_early = [HourBlock {
        day: 0,
        part: DayPart::Early,
    }];
    let there = WeekBits::from_local(&monday_early, 600);
    assert_eq!(
        there.iter().collect::<Vec<_>>(),
        (328..334).collect::<Vec<_>>()
    );
}

#[test]
fn odd_minutes_count_only_what_is_free_in_full() {
    let parts = [DayPart::Morning, DayPart::Lunch].map(|part| HourBlock { day: 0, part });
    // 09:00 to 14:00 in Kathmandu is 03:15 to 08:15: no half-hour is lost between the blocks.
    let bits = WeekBits::from_local(&parts, 345);
    assert_eq!(bits.iter().collect::<Vec<_>>(), (7..16).collect::<Vec<_>>());
}

#[test]
fn what_is_known_of_one_side_only_is_unknown() {
    let known = FreeHours {
        seasons: vec![daily(9, 17, 0)],
    };
    let unknown = FreeHours {
        seasons: Vec::new(),
    };
    assert_eq!(known.shared_in_worst_season(&unknown), None);
}

#[test]
fn a_week_is_written_as_84_digits() {
    let mut bits = WeekBits::EMPTY;
    bits.insert(0);
    bits.insert(335);
    bits.insert(336);
    let text = String::from(bits);
    assert_eq!(text.len(), 84);
    assert!(text.starts_with('8') && text.ends_with('1'), "{text}");
    assert_eq!(bits.count(), 2);
    assert!(WeekBits::try_from(text.replace('8', "+")).is_err());
    assert!(WeekBits::try_from("0".repeat(83)).is_err());
}

fn any_week() -> impl Strategy<Value = WeekBits> {
    prop::collection::vec(0..HALF_HOURS, 0..80)
        .prop_map(|half_hours| half_hours.into_iter().collect())
}

proptest! {
    #[test]
    fn a_week_survives_being_written(bits in any_week()) {
        prop_assert_eq!(WeekBits::try_from(String::from(bits)), Ok(bits));
    }

    #[test]
    fn going_to_a_zone_and_back_loses_nothing(bits in any_week(), half_hours in -28i32..=28) {
        let minutes = half_hours * 30;
        prop_assert_eq!(
            WeekBits::from_local_half_hours(bits.to_local(minutes).iter(), minutes),
            bits
        );
        prop_assert_eq!(bits.to_local(minutes).count(), bits.count());
    }

    #[test]
    fn an_odd_offset_never_adds_time(bits in any_week(), minutes in -840i32..=840) {
        prop_assert!(bits.to_local(minutes).count() <= bits.count());
    }

    #[test]
    fn sharing_is_mutual_and_never_more_than_either_has(one in any_week(), other in any_week()) {
        let shared = one.and(other);
        prop_assert_eq!(shared, other.and(one));
        prop_assert!(shared.iter().all(|half_hour| one.contains(half_hour) && other.contains(half_hour)));
        prop_assert!(shared.count() <= one.count().min(other.count()));
    }
}
