//! Dates that hold for one person instead of everybody's.

use tandem_domain::application::window::{Grant, Personal};
use tandem_domain::date::ZoneName;
use tandem_domain::id::{PersonDateId, PersonId};
use tandem_domain::timeline::person::{PersonDate, PersonDateError, check, instead, replaced};
use tandem_domain::timeline::{Mark, When};
use uuid::Uuid;

use super::support::{announced, day, deadline, founding, id, mark, milestone, now, of};

fn more_time(civil: &str) -> Personal {
    let mut until = deadline(civil, ZoneName::aoe());
    until.grace_minutes = 15;
    Personal {
        until,
        by: Grant::Extension,
        at: Some(now()),
    }
}

#[test]
fn more_time_to_apply_stands_in_place_of_the_closing() {
    let timeline = announced();
    let closing = mark(&timeline, Mark::Closing);
    let week = more_time("2018-03-10T00:00:00");
    let [own] = &instead(&timeline.items, &[], &[Some(&week)])[..] else {
        panic!("one date holds instead");
    };
    assert_eq!((own.item, own.at), (closing, now()));
    let When::Due(due) = &own.when else {
        panic!("{:?}", own.when)
    };
    // The grace is told to nobody.
    assert_eq!((due.last_day(), due.grace_minutes), (day("2018-03-09"), 0));
    let items = replaced(timeline.items.clone(), std::slice::from_ref(own));
    let moved = items.iter().find(|item| item.id == closing).unwrap();
    assert_eq!(moved.when, own.when);
}

#[test]
fn of_two_deadlines_the_earlier_one_is_told() {
    let items = announced().items;
    let (week, fortnight) = (
        more_time("2018-03-10T00:00:00"),
        more_time("2018-03-17T00:00:00"),
    );
    let both = instead(&items, &[], &[Some(&fortnight), Some(&week)]);
    assert_eq!(
        both.first().unwrap().when,
        When::Due(week.until.clone().without_grace())
    );
    assert_eq!(instead(&items, &[], &[Some(&fortnight), None]), []);
    assert_eq!(instead(&items, &[], &[]), []);
    // Less time than everybody has is no more time; and nobody is told what is only planned.
    let less = more_time("2018-02-10T00:00:00");
    assert_eq!(instead(&items, &[], &[Some(&less)]), []);
    assert_eq!(instead(&founding().items, &[], &[Some(&week)]), []);
}

#[test]
fn a_date_of_ones_own_replaces_everybodys() {
    let timeline = announced();
    let orientation = mark(&timeline, Mark::Orientation);
    let when = When::Phase {
        start: day("2018-05-28"),
        end: day("2018-05-30"),
    };
    let own = |item| PersonDate {
        id: PersonDateId(Uuid::from_u128(1)),
        item,
        person: PersonId(Uuid::from_u128(2)),
        when: when.clone(),
        reason: "On leave".to_owned(),
        by: PersonId(Uuid::from_u128(3)),
        at: now(),
    };
    let dates = [own(orientation), own(id(99))];
    let instead = instead(&timeline.items, &dates, &[]);
    assert_eq!(instead.len(), 1);
    let items = replaced(timeline.items.clone(), &instead);
    assert_eq!(items.iter().filter(|item| item.when == when).count(), 1);
    assert_ne!(of(&timeline, orientation).when, when);
}

#[test]
fn a_date_of_ones_own_lasts_as_long_and_lies_as_near_as_any_other() {
    let zone = || ZoneName("America/Chicago".into());
    let meeting = |civil: &str, minutes| When::Meeting {
        start: deadline(civil, zone()),
        minutes,
    };
    let mut item = milestone(9, "2018-06-05").announced();
    item.when = meeting("2018-06-05T15:00:00", 60);
    let check = |when: When| check(&item, &when);
    assert_eq!(check(meeting("2018-06-06T15:00:00", 90)), Ok(()));
    for wrong in [
        meeting("2018-06-06T15:00:00", 0),
        meeting("2018-06-06T15:00:00", 100_000),
        meeting("3018-06-06T15:00:00", 90),
    ] {
        assert_eq!(check(wrong), Err(PersonDateError::OutOfRange));
    }
}
