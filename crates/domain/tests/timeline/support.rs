//! Timelines to try things on, and short words for what is wished of them.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::locale::L10n;
use tandem_domain::id::{ConstraintId, ItemId};
use tandem_domain::timeline::calendar::{Outline, default_items};
use tandem_domain::timeline::closure::Closures;
use tandem_domain::timeline::constraint::{Constraint, Point, Severity};
use tandem_domain::timeline::plan::{Plan, Refused, Setting, Timeline, plan};
use tandem_domain::timeline::rule::{Offset, Rule, Sets, Snap};
use tandem_domain::timeline::wish::{Act, Edit, EditError, Policy, Wish};
use tandem_domain::timeline::{Audience, Certainty, Edge, Item, Mark, Status, When};
use uuid::Uuid;

pub const TODAY: &str = "2018-01-02";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn id(number: u128) -> ItemId {
    ItemId(Uuid::from_u128(number))
}

pub fn now() -> DateTime<Utc> {
    "2018-01-02T12:00:00Z".parse().unwrap()
}

pub fn deadline(civil: &str, zone: ZoneName) -> Deadline {
    let civil: chrono::NaiveDateTime = civil.parse().unwrap();
    Deadline {
        civil,
        zone,
        instant: civil.and_utc() + Duration::hours(12),
        grace_minutes: 0,
    }
}

/// The founding calendar, with nobody told of it. Ids are 1 to 8 in the order of marks.
pub fn founding() -> Timeline {
    let outline = Outline {
        call_opens: day("2018-01-29"),
        closes: deadline("2018-03-03T00:00:00", ZoneName::aoe()),
        pairing_complete: day("2018-05-14"),
        starts: day("2018-06-01"),
        ends: day("2019-04-30"),
    };
    let mut number = 0;
    let items = default_items(&outline, || {
        number += 1;
        id(number)
    });
    Timeline {
        items: items.unwrap(),
        constraints: Vec::new(),
    }
}

pub fn announced() -> Timeline {
    let mut timeline = founding();
    for item in &mut timeline.items {
        item.status = Status::Announced;
    }
    timeline
}

pub fn with(mut timeline: Timeline, item: Item) -> Timeline {
    timeline.items.push(item);
    timeline
}

pub fn milestone(number: u128, on: &str) -> Item {
    let when = When::Milestone { on: day(on) };
    Item::planned(id(number), Mark::Other, when, L10n::english("Something"))
}

pub fn phase(number: u128, start: &str, end: &str) -> Item {
    let when = When::Phase {
        start: day(start),
        end: day(end),
    };
    Item::planned(id(number), Mark::Other, when, L10n::english("A phase"))
}

pub fn mark(timeline: &Timeline, mark: Mark) -> ItemId {
    let mut items = timeline.items.iter();
    items.find(|item| item.mark == mark).unwrap().id
}

pub fn of(timeline: &Timeline, id: ItemId) -> &Item {
    timeline.items.iter().find(|item| item.id == id).unwrap()
}

pub fn days(timeline: &Timeline, id: ItemId) -> (String, String) {
    let (start, end) = of(timeline, id).when.days();
    (start.to_string(), end.to_string())
}

pub fn to(item: ItemId, edge: Edge, to: &str) -> Edit {
    Edit {
        item,
        edge,
        to: day(to),
    }
}

pub fn try_wish(timeline: &Timeline, wish: &Wish) -> Result<Plan, Refused> {
    let closures = Closures::default();
    let setting = Setting {
        today: day(TODAY),
        now: now(),
        closures: &closures,
    };
    plan(timeline, wish, setting)
}

pub fn moving(timeline: &Timeline, policy: Policy, edits: &[Edit]) -> Plan {
    let wish = Wish {
        edits: edits.to_vec(),
        policy,
        ..Wish::default()
    };
    try_wish(timeline, &wish).unwrap()
}

pub fn acting(timeline: &Timeline, acts: &[Act]) -> Result<Timeline, EditError> {
    let wish = Wish {
        acts: acts.to_vec(),
        ..Wish::default()
    };
    match try_wish(timeline, &wish) {
        Ok(plan) => Ok(plan.after),
        Err(refused) => Err(refused.refusals.first().unwrap().error.clone()),
    }
}

pub fn rule(anchor: ItemId, edge: Edge, days: i32) -> Rule {
    Rule {
        anchor,
        edge,
        offset: Offset {
            days,
            ..Offset::default()
        },
        snap: Snap::None,
        sets: Sets::Whole,
    }
}

pub fn constraint(number: u128, before: Point, after: Point, min_days: i32) -> Constraint {
    Constraint {
        id: Some(ConstraintId(Uuid::from_u128(number))),
        before,
        after,
        min_days,
        max_days: None,
        severity: Severity::Error,
        why: L10n::english("Because."),
    }
}

pub fn end_of(item: ItemId) -> Point {
    Point {
        item,
        edge: Edge::End,
    }
}

pub fn create(number: u128, when: When) -> Act {
    Act::Create {
        item: id(number),
        when,
        title: L10n::english("Something new"),
        body: L10n::default(),
        audience: Audience::Public,
        lane: String::new(),
        certainty: Certainty::Firm,
    }
}

/// The wish that an item has other dates, and nothing else.
pub fn retimed(item: ItemId, when: When) -> Act {
    Act::Edit {
        item,
        title: None,
        body: None,
        audience: None,
        lane: None,
        certainty: None,
        in_calendar: None,
        when: Some(when),
    }
}
