//! How mails name dates. The app words them in the reader's own zone; a mail cannot know it.

use chrono::{Duration, NaiveDate};
use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::id::ItemId;
use tandem_domain::timeline::news::News;
use tandem_domain::timeline::plan::Timeline;
use tandem_domain::timeline::wish::Act;
use tandem_domain::timeline::{Item, When};

/// What an item is to somebody now, in one line.
pub(super) fn line(before: &Timeline, after: &Timeline, id: ItemId, news: News) -> String {
    let find = |timeline: &Timeline| {
        let item = timeline.items.iter().find(|item| item.id == id);
        item.map(|item: &Item| (item.title.text().to_owned(), dates(&item.when)))
    };
    let (name, was) = find(before).unwrap_or_default();
    let (name, now) = find(after).unwrap_or((name, String::new()));
    match news {
        News::Announced => format!("New: {name}, {now}"),
        News::Moved => format!("{name}: {now} (it was {was})"),
        News::Cancelled => format!("Cancelled: {name}, {was}"),
        News::Restored => format!("Takes place after all: {name}, {now}"),
        News::TakenBack => format!("No longer on your timeline: {name}, {was}"),
    }
}

/// Dates in full, with their official zone.
pub(crate) fn dates(when: &When) -> String {
    match when {
        When::Phase { start, end } if start == end => day(*start),
        When::Phase { start, end } => format!("{} to {}", day(*start), day(*end)),
        When::Milestone { on } => day(*on),
        When::Due(deadline) => {
            // 11:59 PM rather than midnight, which nobody knows the day of.
            let last_minute = deadline.civil - Duration::minutes(1);
            let time = last_minute.format("%-I:%M %p");
            format!("{}, {time}, {}", day(last_minute.date()), zone(deadline))
        }
        When::Meeting { start, minutes } => {
            let time = start.civil.format("%-I:%M %p");
            let on = day(start.civil.date());
            format!("{on}, {time}, {}, {minutes} minutes", zone(start))
        }
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%A, %-d %B %Y").to_string()
}

fn zone(time: &Deadline) -> String {
    if time.zone.is_aoe() {
        return "Anywhere on Earth".to_owned();
    }
    let city = time.zone.0.rsplit('/').next().unwrap_or_default();
    format!("{} time", city.replace('_', " "))
}

/// The zone that an act sets, if it sets one.
pub(super) fn zone_of(act: &Act) -> Option<&ZoneName> {
    let (Act::Create { when, .. }
    | Act::Edit {
        when: Some(when), ..
    }) = act
    else {
        return None;
    };
    when.time().map(|time| &time.zone)
}
