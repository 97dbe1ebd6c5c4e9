//! When one person may write and send, how a deadline is worded, and who is reminded when.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use tandem_domain::application::ApplicationState;
use tandem_domain::application::window::{
    Access, Grant, LastReminder, LateLink, LateLinkRefusal, Left, Personal, Reminder, Window, left,
    reminder_due, wording,
};
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::id::PersonId;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_default()
}

/// A deadline at the end of a day Anywhere on Earth, noon of the next in UTC.
fn deadline(day_after: &str, grace_minutes: u16) -> Deadline {
    Deadline {
        civil: format!("{day_after}T00:00:00").parse().unwrap_or_default(),
        zone: ZoneName::aoe(),
        instant: at(&format!("{day_after}T12:00:00Z")),
        grace_minutes,
    }
}

fn window() -> Window {
    Window {
        opens: at("2018-01-10T12:00:00Z"),
        closes: deadline("2018-03-03", 15),
        edit_until: None,
        personal: None,
    }
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

#[test]
fn the_call_is_open_from_its_first_moment_to_the_end_of_a_grace_nobody_is_told_of() {
    let window = window();
    for (now, access) in [
        ("2018-01-10T11:59:59Z", Access::NotYet),
        ("2018-01-10T12:00:00Z", Access::Open),
        ("2018-03-03T11:59:59Z", Access::Open),
        ("2018-03-03T12:00:00Z", Access::Grace),
        ("2018-03-03T12:14:59Z", Access::Grace),
        ("2018-03-03T12:15:00Z", Access::Closed),
    ] {
        assert_eq!(window.at(at(now)), access, "{now}");
    }
    assert_eq!(window.told().grace_minutes, 0);
    assert_eq!(window.late_by(at("2018-03-03T11:59:59Z")), None);
    let late = window.late_by(at("2018-03-03T12:10:00Z"));
    assert_eq!(late, Some(Duration::minutes(10)));
}

#[test]
fn what_was_sent_may_be_changed_as_long_as_the_cohort_says() {
    let mut window = window();
    window.edit_until = Some(deadline("2018-03-10", 0));
    let after = at("2018-03-05T00:00:00Z");
    assert_eq!(
        (window.at(after), window.for_changes(after)),
        (Access::Closed, Access::Open)
    );
    window.edit_until = Some(deadline("2018-02-10", 0));
    let before = at("2018-02-20T00:00:00Z");
    assert_eq!(
        (window.at(before), window.for_changes(before)),
        (Access::Open, Access::Closed)
    );
}

#[test]
fn w_20_an_extension_is_for_one_person_and_what_comes_within_it_is_not_late() {
    let mut window = window();
    window.personal = Some(Personal {
        until: deadline("2018-03-09", 15),
        by: Grant::Extension,
        at: None,
    });
    let granted = Access::Granted(Grant::Extension);
    assert_eq!(window.at(at("2018-03-08T00:00:00Z")), granted);
    assert_eq!(window.at(at("2018-03-09T12:14:00Z")), granted);
    assert_eq!(window.at(at("2018-03-09T12:15:00Z")), Access::Closed);
    assert_eq!(window.late_by(at("2018-03-08T00:00:00Z")), None);
    assert_eq!(window.told(), deadline("2018-03-09", 0));
    // An extension that ends earlier than the call takes nothing away.
    window.personal = Some(Personal {
        until: deadline("2018-02-01", 0),
        by: Grant::Extension,
        at: None,
    });
    assert_eq!(window.at(at("2018-02-20T00:00:00Z")), Access::Open);
    assert_eq!(window.told(), deadline("2018-03-03", 0));
}

#[test]
fn a_late_link_opens_once_for_one_person_until_its_time_is_over() {
    let link = LateLink {
        until: deadline("2018-03-20", 0),
        used_by: None,
        revoked: false,
    };
    let now = at("2018-03-10T00:00:00Z");
    let granted = link.open(person(1), now);
    assert_eq!(granted.map(|granted| granted.by), Ok(Grant::LateLink));
    let used = LateLink {
        used_by: Some(person(1)),
        ..link.clone()
    };
    assert!(used.open(person(1), now).is_ok());
    assert_eq!(used.open(person(2), now), Err(LateLinkRefusal::Used));
    let later = at("2018-03-20T12:00:00Z");
    assert_eq!(link.open(person(1), later), Err(LateLinkRefusal::Expired));
    let revoked = LateLink {
        revoked: true,
        ..link
    };
    assert_eq!(revoked.open(person(1), now), Err(LateLinkRefusal::Revoked));
}

#[test]
fn the_last_minute_that_counts_is_what_people_are_told() {
    let words = wording(&deadline("2018-03-03", 15), at("2018-02-28T12:00:00Z"));
    assert_eq!(words.last_minute.to_string(), "2018-03-02 23:59:00");
    assert_eq!(words.instant, at("2018-03-03T11:59:00Z"));
    assert_eq!(words.left, Left::Days(3));
}

#[test]
fn what_is_left_is_said_in_the_unit_people_use_and_never_rounded_up() {
    let until = at("2018-03-03T12:00:00Z");
    for (now, words) in [
        ("2018-02-28T12:00:01Z", Left::Days(2)),
        ("2018-03-01T12:00:00Z", Left::Days(2)),
        ("2018-03-01T12:00:01Z", Left::Hours(47)),
        ("2018-03-03T11:00:00Z", Left::Hours(1)),
        ("2018-03-03T11:00:01Z", Left::Minutes(59)),
        ("2018-03-03T11:59:30Z", Left::Minutes(0)),
        ("2018-03-03T12:00:00Z", Left::Passed),
    ] {
        assert_eq!(left(until, at(now)), words, "{now}");
    }
}

#[test]
fn w_26_who_has_a_draft_is_reminded_at_most_three_times() {
    let until = at("2018-03-03T12:00:00Z");
    let begun = at("2018-02-01T12:00:00Z");
    let sent = |which| LastReminder {
        which,
        until: Some(until),
    };
    let due =
        |last: Option<Reminder>, now: &str| reminder_due(until, begun, last.map(sent), at(now));
    assert_eq!(due(None, "2018-02-24T11:59:59Z"), None);
    assert_eq!(due(None, "2018-02-24T12:00:00Z"), Some(Reminder::Week));
    assert_eq!(due(Some(Reminder::Week), "2018-03-01T11:00:00Z"), None);
    assert_eq!(due(None, "2018-03-03T08:00:00Z"), Some(Reminder::SixHours));
    assert_eq!(due(Some(Reminder::SixHours), "2018-03-03T11:00:00Z"), None);
    assert_eq!(due(None, "2018-03-03T12:00:00Z"), None);
    // Whoever began after the time of a reminder knows.
    let just_begun = at("2018-03-02T12:00:00Z");
    let two_days = reminder_due(until, just_begun, None, at("2018-03-02T13:00:00Z"));
    assert_eq!(two_days, None);
    let six_hours = reminder_due(until, just_begun, None, at("2018-03-03T06:00:00Z"));
    assert_eq!(six_hours, Some(Reminder::SixHours));
}

#[test]
fn w_26_a_later_end_starts_the_reminders_anew() {
    let before = at("2018-03-03T12:00:00Z");
    let begun = at("2018-02-01T12:00:00Z");
    let last = |until| LastReminder {
        which: Reminder::SixHours,
        until,
    };
    let due = |until: &str, last, now: &str| reminder_due(at(until), begun, Some(last), at(now));
    let later = "2018-03-17T12:00:00Z";
    let sent = last(Some(before));
    assert_eq!(due(later, sent, "2018-03-09T12:00:00Z"), None);
    let week = due(later, sent, "2018-03-10T12:00:00Z");
    assert_eq!(week, Some(Reminder::Week));
    let of_this = last(Some(at(later)));
    assert_eq!(due(later, of_this, "2018-03-17T11:00:00Z"), None);
    let earlier = "2018-03-01T12:00:00Z";
    assert_eq!(due(earlier, sent, "2018-02-28T12:00:00Z"), None);
    // Nobody knows of which end this one was, so it counts for any.
    assert_eq!(due(later, last(None), "2018-03-10T12:00:00Z"), None);
}

#[test]
fn who_was_granted_more_time_is_told_of_it_since_then() {
    let mut window = window();
    assert_eq!(window.told_since(), None);
    let granted = at("2018-03-01T08:00:00Z");
    let personal = |day_after| Personal {
        until: deadline(day_after, 15),
        by: Grant::Extension,
        at: Some(granted),
    };
    window.personal = Some(personal("2018-03-09"));
    assert_eq!(window.told_since(), Some(granted));
    window.personal = Some(personal("2018-02-20"));
    assert_eq!(window.told_since(), None, "everybody's is the later one");
}

#[test]
fn an_application_comes_back_to_where_it_waited() {
    use ApplicationState as S;
    for (before, after) in [
        (S::Submitted, S::Submitted),
        (S::LatePending, S::LatePending),
        (S::NeedsInfo, S::NeedsInfo),
        (S::Eligible, S::Submitted),
    ] {
        assert_eq!(before.restored(), after);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn more_time_never_closes_what_was_open(
        minutes in -100_000..100_000_i64, extra in -50_000..50_000_i64, grace in 0..60_u16,
    ) {
        let plain = window();
        let mut until = deadline("2018-03-03", grace);
        until.instant += Duration::minutes(extra);
        let granted = Window {
            personal: Some(Personal { until, by: Grant::Extension, at: None }),
            ..plain.clone()
        };
        let now = at("2018-03-03T12:00:00Z") + Duration::minutes(minutes);
        prop_assert!(granted.at(now).is_open() || !plain.at(now).is_open());
        prop_assert!(granted.told().instant >= plain.told().instant);
        // Whoever is told that it is open, for them it is.
        let is_told_open = now >= plain.opens && now < granted.told().instant;
        prop_assert!(!is_told_open || granted.at(now).is_open());
        prop_assert!(granted.late_by(now).is_none() || now >= granted.told().instant);
    }

    #[test]
    fn nobody_is_reminded_twice_of_the_same(
        begun in 0..40_i64, steps in prop::collection::vec(1..50_i64, 1..60),
    ) {
        let until = at("2018-03-03T12:00:00Z");
        let begun = until - Duration::days(begun);
        let (mut now, mut last) = (begun, None);
        for hours in steps {
            now += Duration::hours(hours);
            if let Some(due) = reminder_due(until, begun, last, now) {
                prop_assert!(last.is_none_or(|last: LastReminder| last.which < due));
                last = Some(LastReminder { which: due, until: Some(until) });
            }
        }
    }
}
