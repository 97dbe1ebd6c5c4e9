//! Where the items of a timeline stand in a picture: whole days from its first day. What a day is
//! worth in pixels is the drawing's business.

use chrono::{Datelike, Months, NaiveDate};

use super::{Item, When};
use crate::id::ItemId;
use crate::order;

/// A timeline as a picture: months as columns, one row per item in order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// The first day shown: the first of a month.
    pub first: NaiveDate,
    /// How many days are shown, up to the end of a month.
    pub days: u32,
    /// The months, in order.
    pub months: Vec<Column>,
    /// The items, by their first day.
    pub rows: Vec<Row>,
    /// Where today stands, if it is shown.
    pub today: Option<u32>,
}

/// A month in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its first day.
    pub month: NaiveDate,
    /// Days from the first day shown.
    pub start: u32,
    /// Days it has.
    pub span: u32,
}

/// An item in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub item: ItemId,
    /// Days from the first day shown.
    pub start: u32,
    /// Days it covers, at least one.
    pub span: u32,
    /// Whether it is a stretch of days.
    pub shape: Shape,
    /// Where its name finds room.
    pub label: Label,
}

/// How an item is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A stretch of days.
    Bar,
    /// A single day.
    Flag,
}

/// Where the name of an item finds room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// On the bar.
    Inside,
    /// To the right of it.
    After,
    /// To the left of it.
    Before,
}

/// Lays the items out. `None` when there are none.
pub fn layout(items: &[Item], today: NaiveDate) -> Option<Scene> {
    let first = items
        .iter()
        .map(|item| item.when.days().0)
        .min()?
        .with_day(1)?;
    let last = items.iter().map(|item| item.when.days().1).max()?;
    let months = months(first, last);
    let days = months.last().map(|month| month.start + month.span)?;
    let mut rows: Vec<_> = items.iter().map(|item| row(item, first, days)).collect();
    order::sort_by_key(&mut rows, |row| {
        (row.start, row.shape == Shape::Flag, row.span)
    });
    let today = u32::try_from((today - first).num_days())
        .ok()
        .filter(|day| *day < days);
    Some(Scene {
        first,
        days,
        months,
        rows,
        today,
    })
}

fn months(first: NaiveDate, last: NaiveDate) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut month = first;
    while month <= last {
        let Some(next) = month.checked_add_months(Months::new(1)) else {
            break;
        };
        columns.push(Column {
            month,
            start: days_between(first, month),
            span: days_between(month, next),
        });
        month = next;
    }
    columns
}

fn row(item: &Item, first: NaiveDate, days: u32) -> Row {
    let (from, to) = item.when.days();
    let start = days_between(first, from);
    let span = days_between(from, to) + 1;
    let shape = match item.when {
        When::Phase { .. } => Shape::Bar,
        When::Milestone { .. } | When::Due(_) | When::Meeting { .. } => Shape::Flag,
    };
    let label = if shape == Shape::Bar && span * 4 >= days {
        Label::Inside
    } else if (start + span) * 5 > days * 3 {
        Label::Before
    } else {
        Label::After
    };
    Row {
        item: item.id,
        start,
        span,
        shape,
        label,
    }
}

fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::form::locale::L10n;
    use crate::timeline::Mark;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn phase(n: u128, start: &str, end: &str) -> Item {
        let when = When::Phase {
            start: day(start),
            end: day(end),
        };
        let title = L10n::english("A phase");
        Item::planned(ItemId(Uuid::from_u128(n)), Mark::Other, when, title)
    }

    #[test]
    fn months_cover_every_day_without_gap() {
        let scene = layout(&[phase(1, "2018-01-29", "2018-03-02")], day("2018-02-10")).unwrap();
        assert_eq!(scene.first, day("2018-01-01"));
        assert_eq!(scene.days, 31 + 28 + 31);
        let mut next = 0;
        for month in &scene.months {
            assert_eq!(month.start, next);
            next += month.span;
        }
        assert_eq!(next, scene.days);
        assert_eq!(scene.today, Some(40));
    }

    #[test]
    fn a_day_outside_the_picture_is_not_marked() {
        let items = [phase(1, "2018-01-29", "2018-03-02")];
        assert_eq!(layout(&items, day("2017-12-31")).unwrap().today, None);
        assert_eq!(layout(&items, day("2018-04-01")).unwrap().today, None);
        assert_eq!(layout(&[], day("2018-04-01")), None);
    }

    #[test]
    fn names_find_room_inside_after_or_before() {
        let scene = layout(
            &[
                phase(1, "2018-01-29", "2018-03-02"),
                phase(2, "2018-06-01", "2019-04-30"),
                phase(3, "2019-05-01", "2019-05-31"),
            ],
            day("2018-02-10"),
        )
        .unwrap();
        let labels: Vec<_> = scene.rows.iter().map(|row| row.label).collect();
        assert_eq!(labels, [Label::After, Label::Inside, Label::Before]);
    }
}
