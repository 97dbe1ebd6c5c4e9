//! What to know of a date before people are told of it, and the days it is read from.

use chrono::{Duration, NaiveDate};
use tandem_domain::date::ZoneName;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::closure::{Closure, ClosureKind, Closures};
use tandem_domain::timeline::plan::{Setting, Timeline, plan};
use tandem_domain::timeline::warning::{Clocks, What};
use tandem_domain::timeline::wish::{Policy, Wish};
use tandem_domain::timeline::{Edge, Mark, When};

use super::support::{
    announced, create, day, deadline, founding, id, mark, milestone, now, retimed, to, try_wish,
    with,
};

#[test]
fn bad_days_are_said_before_they_are_told() {
    let closures = Closures {
        federal_holidays: true,
        days: vec![Closure {
            name: "Annual Conference".into(),
            first: day("2018-06-21"),
            last: day("2018-06-26"),
            kind: ClosureKind::Conference,
        }],
    };
    let setting = Setting {
        today: day("2018-03-01"),
        now: now(),
        closures: &closures,
    };
    let said = |timeline: &Timeline, item: ItemId, on: &str| {
        let wish = Wish {
            edits: vec![to(item, Edge::End, on)],
            policy: Policy::Keep,
            ..Wish::default()
        };
        let plan = plan(timeline, &wish, setting).unwrap();
        let own = plan.warnings.into_iter().filter(|one| one.item == item);
        own.map(|warning| warning.what).collect::<Vec<_>>()
    };
    let timeline = with(announced(), milestone(9, "2018-07-03"));
    let item = id(9);
    assert_eq!(said(&timeline, item, "2018-07-05"), []);
    assert_eq!(said(&timeline, item, "2018-07-07"), [What::Weekend]);
    let holiday = |name: &str| What::Holiday { name: name.into() };
    assert_eq!(
        said(&timeline, item, "2018-07-04"),
        [holiday("Independence Day")]
    );
    // 11 November 2018 is a Sunday; the holiday is observed on the Monday.
    assert_eq!(
        said(&timeline, item, "2018-11-12"),
        [holiday("Veterans Day")]
    );
    let conference = What::Conference {
        name: "Annual Conference".into(),
    };
    assert_eq!(said(&timeline, item, "2018-06-22"), [conference]);
    assert_eq!(said(&timeline, item, "2018-02-28"), [What::InThePast]);
    let closing = mark(&timeline, Mark::Closing);
    assert_eq!(
        said(&timeline, closing, "2018-03-01"),
        [
            What::EarlierThanAnnounced {
                told: day("2018-03-02")
            },
            What::AnywhereOnEarth {
                ends: "2018-03-02T12:00:00Z".parse().unwrap()
            },
        ]
    );
}

#[test]
fn what_clocks_skip_or_repeat_is_said() {
    let timeline = founding();
    let when = When::Due(deadline(
        "2018-03-11T02:30:00",
        ZoneName("America/Chicago".into()),
    ));
    let wish = Wish {
        acts: vec![create(20, when)],
        ..Wish::default()
    };
    let plan = try_wish(&timeline, &wish).unwrap();
    let plan = plan
        .with_instants(|civil, _| Ok::<_, ()>((civil.and_utc(), Clocks::Skipped)))
        .unwrap();
    let said = plan
        .warnings
        .iter()
        .any(|one| one.what == What::ClocksSkipIt);
    assert!(said, "{:?}", plan.warnings);
}

#[test]
fn federal_holidays_are_those_of_the_law() {
    let closures = Closures::default();
    let of_year = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let days = first.iter_days().take_while(|day| {
            use chrono::Datelike;
            day.year() == year
        });
        days.filter(|day| !closures.on(*day).is_empty())
            .map(|day| day.to_string())
            .collect::<Vec<_>>()
    };
    // As the Office of Personnel Management lists them; a date and its observance both count.
    assert_eq!(
        of_year(2018),
        [
            "2018-01-01",
            "2018-01-15",
            "2018-02-19",
            "2018-05-28",
            "2018-07-04",
            "2018-09-03",
            "2018-10-08",
            "2018-11-11",
            "2018-11-12",
            "2018-11-22",
            "2018-12-25",
        ]
    );
    assert_eq!(
        of_year(2021),
        [
            "2021-01-01",
            "2021-01-18",
            "2021-02-15",
            "2021-05-31",
            "2021-06-18",
            "2021-06-19",
            "2021-07-04",
            "2021-07-05",
            "2021-09-06",
            "2021-10-11",
            "2021-11-11",
            "2021-11-25",
            "2021-12-24",
            "2021-12-25",
            "2021-12-31",
        ]
    );
}

#[test]
fn another_hour_or_zone_of_a_deadline_is_earlier_by_the_moment_it_means() {
    let timeline = announced();
    let closing = mark(&timeline, Mark::Closing);
    let told = What::EarlierThanAnnounced {
        told: day("2018-03-02"),
    };
    // People were told the end of the second of March anywhere on Earth: noon of the third in UTC.
    let is_said = |civil: &str, zone: &str, hours_behind: i64| {
        let when = When::Due(deadline(civil, ZoneName(zone.into())));
        let act = retimed(closing, when);
        let wish = Wish {
            acts: vec![act],
            policy: Policy::Keep,
            ..Wish::default()
        };
        let plan = try_wish(&timeline, &wish).unwrap();
        let plan = plan.with_instants(|civil, _| {
            let instant = civil.and_utc() + Duration::hours(hours_behind);
            Ok::<_, ()>((instant, Clocks::Once))
        });
        let warnings = plan.unwrap().warnings;
        let said = warnings.iter().filter(|one| one.what == told).count();
        assert!(said < 2, "{warnings:?}");
        said == 1
    };
    assert!(is_said("2018-03-03T00:00:00", "America/Chicago", 6));
    assert!(is_said("2018-03-02T23:00:00", "AoE", 12));
    assert!(is_said("2018-03-03T01:00:00", "Pacific/Kiritimati", -14));
    assert!(!is_said("2018-03-03T01:00:00", "AoE", 12));
    assert!(!is_said("2018-03-03T06:00:00", "America/Chicago", 6));
}
