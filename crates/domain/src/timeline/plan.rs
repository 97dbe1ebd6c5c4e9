//! Moving dates: what a wish moves besides, and what is wrong with it.
//!
//! The dates of a cohort stand in one order. Those that people were told stay where they are and
//! refuse what would pass them; the committee's own phases between them give way. The browser plans
//! while a date is dragged, the server plans again before it stores.

mod order;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Utc};

use self::order::{ORDER, ORIENTATION, Stop};
use super::{Edge, Edit, EditError, Item, Mark, Shift, When};
use crate::date::ZoneName;

/// A timeline after a change, and every date that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// All items, in the order they came in.
    pub items: Vec<Item>,
    /// What moves: wishes first come first, then what follows from them.
    pub shifts: Vec<Shift>,
}

impl Plan {
    /// The plan with the instants of moved deadlines computed anew from civil time and zone.
    ///
    /// Before that they are only as many days away as the day moved, which a change of the clocks
    /// between makes wrong by an hour. The server, which knows the zones, must call this.
    pub fn with_instants<E>(
        mut self,
        mut instant_of: impl FnMut(NaiveDateTime, &ZoneName) -> Result<DateTime<Utc>, E>,
    ) -> Result<Self, E> {
        for item in &mut self.items {
            let has_moved = self.shifts.iter().any(|shift| shift.item == item.id);
            if let When::Due(deadline) = &mut item.when
                && has_moved
            {
                deadline.instant = instant_of(deadline.civil, &deadline.zone)?;
            }
        }
        Ok(self)
    }
}

/// Plans wishes on a timeline. `today` is the civil day in the cohort's zone.
///
/// The call's last day and the closing day are one date with two names. A deadline keeps its civil
/// time of day and its zone. Errors name each wish that is wrong; then nothing is planned.
pub fn plan(
    items: &[Item],
    edits: &[Edit],
    today: NaiveDate,
) -> Result<Plan, Vec<(Edit, EditError)>> {
    let mut timeline = Timeline {
        items: items.to_vec(),
        edited: Vec::new(),
    };
    let mut errors = Vec::new();
    let mut accepted = Vec::new();
    for edit in edits {
        match timeline.take(edit, today) {
            Ok(place) => accepted.push((edit, place)),
            Err(error) => errors.push((edit.clone(), error)),
        }
    }
    timeline.settle();
    for (edit, (item, _)) in accepted {
        if let Some(error) = timeline.wrong_at(item) {
            errors.push((edit.clone(), error));
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let shifts = shifts(items, &timeline);
    Ok(Plan {
        items: timeline.items,
        shifts,
    })
}

/// What is wrong with the order of a timeline as it stands.
pub fn check(items: &[Item]) -> Vec<EditError> {
    let every_date = |(idx, _)| [(idx, Edge::Start), (idx, Edge::End)];
    let edited = items.iter().enumerate().flat_map(every_date).collect();
    let timeline = Timeline {
        items: items.to_vec(),
        edited,
    };
    let mut errors = Vec::new();
    for idx in 0..items.len() {
        if let Some(error) = timeline.wrong_at(idx)
            && !errors.contains(&error)
        {
            errors.push(error);
        }
    }
    errors
}

/// One date of one item.
type Place = (usize, Edge);

/// Items while they are planned, and the dates that were wished.
struct Timeline {
    items: Vec<Item>,
    edited: Vec<Place>,
}

/// A date of the order that this timeline has.
#[derive(Clone, Copy)]
struct Point {
    place: Place,
    mark: Mark,
    date: NaiveDate,
    gap: i64,
    gives_way: bool,
}

impl Timeline {
    /// Sets a wished date, and says which date it was.
    fn take(&mut self, edit: &Edit, today: NaiveDate) -> Result<Place, EditError> {
        let wished = self.items.iter().position(|item| item.id == edit.item);
        let wished = wished.ok_or(EditError::Unknown)?;
        let mark = self.items.get(wished).map(|item| item.mark);
        let idx = match (mark, edit.edge, self.find(Mark::Closing)) {
            (Some(Mark::Call), Edge::End, Some(closing)) => closing,
            _ => wished,
        };
        if !is_in_range(edit.to) {
            return Err(EditError::OutOfRange);
        }
        let item = self.items.get(idx).ok_or(EditError::Unknown)?;
        let from = date_of(item, edit.edge).ok_or(EditError::NoSuchEdge)?;
        if item.mark == Mark::Closing && edit.to != from && edit.to < today {
            return Err(EditError::InThePast);
        }
        self.set((idx, edit.edge), edit.to);
        self.edited.push((idx, edit.edge));
        Ok((idx, edit.edge))
    }

    /// Lets dates give way that may, and joins the call's end to the closing day.
    fn settle(&mut self) {
        for order in [ORDER, ORIENTATION] {
            let lengths = self.lengths();
            let mut points = self.points(order);
            let mut earliest: Option<Point> = None;
            for point in &mut points {
                if let Some(before) = earliest
                    && point.gives_way
                    && point.date < before.date
                {
                    // A new phase begins on the day after; the same phase may end when it begins.
                    let same = point.place.0 == before.place.0;
                    point.date = before.date + Duration::days(i64::from(!same));
                }
                earliest = Some(*point);
            }
            let mut latest: Option<NaiveDate> = None;
            for point in points.iter_mut().rev() {
                if point.gives_way {
                    point.date = latest.map_or(point.date, |latest| point.date.min(latest));
                }
                latest = Some(point.date);
            }
            for point in points {
                self.set(point.place, point.date);
            }
            self.keep_length(Mark::Evaluation, &lengths);
            self.keep_length(Mark::Orientation, &lengths);
        }
        if let (Some(call), Some(closing)) = (self.find(Mark::Call), self.find(Mark::Closing))
            && let Some(last) = self
                .items
                .get(closing)
                .and_then(|item| date_of(item, Edge::End))
        {
            self.set((call, Edge::End), last);
        }
    }

    /// Days from first to last day of each item.
    fn lengths(&self) -> Vec<i64> {
        let length = |item: &Item| {
            let (start, end) = item.when.days();
            (end - start).num_days()
        };
        self.items.iter().map(length).collect()
    }

    /// Gives a phase that nothing follows its length back, if its start was pushed.
    fn keep_length(&mut self, mark: Mark, lengths: &[i64]) {
        let Some(idx) = self.find(mark) else { return };
        let is_edited = self.edited.iter().any(|(edited, _)| *edited == idx);
        let start = self
            .items
            .get(idx)
            .and_then(|item| date_of(item, Edge::Start));
        if let (Some(start), Some(length), false) = (start, lengths.get(idx), is_edited) {
            self.set((idx, Edge::End), start + Duration::days(*length));
        }
    }

    /// What is wrong around an item: its own dates, or its order with its fixed neighbours.
    fn wrong_at(&self, idx: usize) -> Option<EditError> {
        let item = self.items.get(idx)?;
        for order in [ORDER, ORIENTATION] {
            let points = self.points(order);
            let mut before: Option<Point> = None;
            let mut gap = 0;
            for point in points {
                gap += point.gap;
                if point.gives_way {
                    continue;
                }
                if let Some(before) = before.replace(point)
                    && (before.place.0 == idx || point.place.0 == idx)
                    && point.date < before.date + Duration::days(gap)
                {
                    return Some(if before.place.0 == point.place.0 {
                        EditError::EndsBeforeItBegins
                    } else {
                        EditError::OutOfOrder {
                            before: before.mark,
                            after: point.mark,
                        }
                    });
                }
                gap = 0;
            }
        }
        match item.when {
            When::Phase { start, end } if start > end => Some(EditError::EndsBeforeItBegins),
            _ => None,
        }
    }

    /// The dates of an order that this timeline has. Wished ones do not give way.
    fn points(&self, order: &[Stop]) -> Vec<Point> {
        let mut gap = 0;
        order
            .iter()
            .filter_map(|stop| {
                gap += stop.gap;
                let idx = self.find(stop.mark)?;
                let date = date_of(self.items.get(idx)?, stop.edge)?;
                let place = (idx, stop.edge);
                let point = Point {
                    place,
                    mark: stop.mark,
                    date,
                    gap,
                    gives_way: stop.gives_way && !self.edited.contains(&place),
                };
                gap = 0;
                Some(point)
            })
            .collect()
    }

    fn find(&self, mark: Mark) -> Option<usize> {
        self.items.iter().position(|item| item.mark == mark)
    }

    fn set(&mut self, (idx, edge): Place, date: NaiveDate) {
        let Some(item) = self.items.get_mut(idx) else {
            return;
        };
        let last = item.when.days().1;
        match (&mut item.when, edge) {
            (When::Phase { start, .. }, Edge::Start) => *start = date,
            (When::Phase { end, .. }, Edge::End) => *end = date,
            (When::Milestone { on }, _) => *on = date,
            (When::Due(deadline), _) => {
                deadline.civil += date - last;
                deadline.instant += date - last;
            }
        }
    }
}

/// Whether a day is near enough to be counted with.
pub(super) fn is_in_range(day: NaiveDate) -> bool {
    (1900..=2999).contains(&day.year())
}

/// A date of an item; only phases have a start.
fn date_of(item: &Item, edge: Edge) -> Option<NaiveDate> {
    match (&item.when, edge) {
        (When::Phase { start, .. }, Edge::Start) => Some(*start),
        (_, Edge::End) => Some(item.when.days().1),
        (When::Milestone { .. } | When::Due(_), Edge::Start) => None,
    }
}

fn shifts(before: &[Item], timeline: &Timeline) -> Vec<Shift> {
    let mut shifts: Vec<(bool, Shift)> = Vec::new();
    for (idx, (old, new)) in before.iter().zip(&timeline.items).enumerate() {
        for edge in [Edge::Start, Edge::End] {
            if let (Some(from), Some(to)) = (date_of(old, edge), date_of(new, edge))
                && from != to
            {
                let follows = !timeline.edited.contains(&(idx, edge));
                shifts.push((
                    follows,
                    Shift {
                        item: old.id,
                        edge,
                        from,
                        to,
                    },
                ));
            }
        }
    }
    crate::order::sort_by_key(&mut shifts, |(follows, _)| *follows);
    shifts.into_iter().map(|(_, shift)| shift).collect()
}
