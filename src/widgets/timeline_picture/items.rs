//! From the items of timelines to what the picture says of them.

use chrono::{Datelike, NaiveDate};
use tandem_api::timeline::MovedDate;
use tandem_domain::timeline::layout::DayNo;
use tandem_domain::timeline::layout::arrow::Link;
use tandem_domain::timeline::layout::scale::number;
use tandem_domain::timeline::rule::{Sets, counts_from};
use tandem_domain::timeline::today::Now;
use tandem_domain::timeline::{Audience, Certainty, Edge, Item, Status, When};

use super::card::{Card, Cards};
use crate::ui::date_words::{day, long_day, month, short_day, time};
use crate::widgets::timeline_track::{shape_of, short_dates, tone};

/// A cohort among others.
#[derive(Debug, Clone, Copy)]
pub struct Cohort<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its day 0: the first day of the program.
    pub starts: NaiveDate,
    /// Its dates.
    pub items: &'a [Item],
}

/// The items of one cohort on a calendar, lane by lane. What was moved leaves a ghost where it was.
pub fn calendar_cards(items: &[Item], moved: &[MovedDate], now: Now) -> Cards {
    let today = now.today;
    let mut lanes: Vec<String> = Vec::new();
    let mut order: Vec<&Item> = items.iter().collect();
    order.sort_unstable_by_key(|item| item.when.days());
    let links = links(items, &order);
    let cards = order
        .into_iter()
        .map(|item| {
            let known = lanes.iter().position(|lane| lane == item.lane());
            let lane = known.unwrap_or_else(|| {
                lanes.push(item.lane().to_owned());
                lanes.len() - 1
            });
            let mut card = card(item, lane, 0, Some(now.of(item, items).today));
            card.was = was(item, moved);
            card
        })
        .collect();
    let mut cards = Cards::on_calendar(cards, lanes, today, today_words(today));
    cards.links = links;
    cards
}

/// Which dates follow which, by their places in the order of time.
fn links(items: &[Item], order: &[&Item]) -> Vec<Link> {
    let link = |(place, item): (usize, &&Item)| {
        let rule = item.rule.as_ref()?;
        let (anchor, edge) = counts_from(items, rule)?;
        let anchor = items.get(anchor)?.id;
        let from = order.iter().position(|item| item.id == anchor)?;
        let sets = match rule.sets {
            Sets::End => Edge::End,
            Sets::Whole | Sets::Start => Edge::Start,
        };
        Some(Link {
            from: (from, edge),
            to: (place, sets),
        })
    };
    order.iter().enumerate().filter_map(link).collect()
}

/// Cohorts below one another on one calendar.
pub fn by_calendar(cohorts: &[Cohort<'_>], today: NaiveDate) -> Cards {
    let (cards, lanes) = side_by_side(cohorts, Some(today), |_| 0);
    Cards::on_calendar(cards, lanes, today, today_words(today))
}

/// Cohorts below one another, each counted from its own day 0.
pub fn by_start(cohorts: &[Cohort<'_>]) -> Cards {
    let (cards, lanes) = side_by_side(cohorts, None, |cohort| number(cohort.starts));
    Cards::by_weeks(cards, lanes)
}

fn side_by_side(
    cohorts: &[Cohort<'_>],
    today: Option<NaiveDate>,
    zero: fn(&Cohort<'_>) -> DayNo,
) -> (Vec<Card>, Vec<String>) {
    let of_cohort = |(lane, cohort): (usize, &Cohort<'_>)| {
        let zero = zero(cohort);
        let items = cohort
            .items
            .iter()
            .filter(|item| item.status != Status::Cancelled);
        items
            .map(|item| card(item, lane, zero, today))
            .collect::<Vec<_>>()
    };
    let cards = cohorts.iter().enumerate().flat_map(of_cohort).collect();
    let lanes = cohorts
        .iter()
        .map(|cohort| cohort.name.to_owned())
        .collect();
    (cards, lanes)
}

fn today_words(today: NaiveDate) -> String {
    format!("Today, {}", short_day(today))
}

fn card(item: &Item, lane: usize, zero: DayNo, today: Option<NaiveDate>) -> Card {
    let (first, last) = item.when.days();
    Card {
        id: item.id,
        lane,
        first: number(first) - zero,
        last: number(last) - zero,
        shape: shape_of(&item.when),
        title: item.title.text().to_owned(),
        dates: short_dates(&item.when),
        words: words(item),
        tone: tone(item.mark),
        look: look(item, today),
        was: None,
        between: match item.certainty {
            Certainty::Window { first, last } => Some((number(first) - zero, number(last) - zero)),
            Certainty::Firm | Certainty::Tentative => None,
        },
    }
}

/// How sure it is and how far people know of it, for its pattern.
fn look(item: &Item, today: Option<NaiveDate>) -> &'static str {
    let is_past = today.is_some_and(|today| item.when.days().1 < today);
    match (item.status, item.certainty) {
        (Status::Cancelled, _) => "cancelled",
        (Status::Planned, Certainty::Firm) => "planned",
        (Status::Planned, _) => "planned tentative",
        _ if is_past => "past",
        (_, Certainty::Firm) => "",
        (_, _) => "tentative",
    }
}

/// The days an item had before its last move.
fn was(item: &Item, moved: &[MovedDate]) -> Option<(DayNo, DayNo)> {
    let (first, last) = item.when.days();
    let before = |edge| {
        let mut all = moved.iter().filter(|date| date.moved.item == item.id);
        all.find(|date| date.moved.edge == edge)
            .map(|date| date.moved.from)
    };
    let is_phase = matches!(item.when, When::Phase { .. });
    let (start, end) = (before(Edge::Start), before(Edge::End));
    (start.is_some() || end.is_some()).then(|| {
        let end = end.unwrap_or(last);
        let start = if is_phase {
            start.unwrap_or(first)
        } else {
            end
        };
        (number(start), number(end.max(start)))
    })
}

/// What an item is for those who do not see the picture: "January 29 to March 2, 2018, 33 days,
/// announced".
pub fn words(item: &Item) -> String {
    let (first, last) = item.when.days();
    let mut words = match &item.when {
        When::Phase { .. } => {
            let n_days = (last - first).num_days() + 1;
            let start = if first.year() == last.year() {
                format!("{} {}", month(first), first.day())
            } else {
                day(first)
            };
            let plural = if n_days == 1 { "" } else { "s" };
            format!("{start} to {}, {n_days} day{plural}", day(last))
        }
        When::Milestone { .. } => long_day(last),
        When::Due(_) => format!("until {}", long_day(last)),
        When::Meeting { start, minutes } => {
            format!(
                "{}, {}, {minutes} minutes",
                long_day(last),
                time(start.civil)
            )
        }
    };
    if let Certainty::Window { first, last } = item.certainty {
        let (first, last) = (short_day(first), short_day(last));
        words = format!("{words}, between {first} and {last}");
    } else if item.certainty == Certainty::Tentative {
        words.push_str(", may still change");
    }
    words.push_str(match item.status {
        Status::Planned => ", planned, nobody was told yet",
        Status::Announced => "",
        Status::Done => ", took place",
        Status::Cancelled => ", cancelled",
    });
    words.push_str(match item.audience {
        Audience::Public => "",
        Audience::Participants => ", for mentors and mentees",
        Audience::Mentors => ", for mentors",
        Audience::Mentees => ", for mentees",
        Audience::Committee => ", for the committee only",
    });
    if item.locked {
        words.push_str(", locked");
    }
    words
}

#[cfg(test)]
mod tests {
    use tandem_domain::form::locale::L10n;
    use tandem_domain::timeline::Mark;

    use super::*;

    fn civil(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn call() -> Item {
        let id = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let when = When::Phase {
            start: civil("2018-01-29"),
            end: civil("2018-03-02"),
        };
        Item::planned(id, Mark::Call, when, L10n::english("Call for applications"))
    }

    #[test]
    fn an_item_is_said_with_its_days_and_whether_people_know() {
        assert_eq!(
            words(&call()),
            "January 29 to March 2, 2018, 33 days, planned, nobody was told yet"
        );
        assert_eq!(
            words(&call().announced()),
            "January 29 to March 2, 2018, 33 days"
        );
    }

    #[test]
    fn cohorts_are_counted_from_their_own_start() {
        let items = [call().announced()];
        let cohort = Cohort {
            name: "2018–2019",
            starts: civil("2018-06-01"),
            items: &items,
        };
        let cards = by_start(&[cohort]);
        let card = cards.cards.first().unwrap();
        assert_eq!((card.first, card.last), (-123, -91));
        assert_eq!(cards.lanes, ["2018–2019"]);
    }
}
