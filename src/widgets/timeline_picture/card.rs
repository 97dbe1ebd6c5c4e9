//! What the picture says of an item, and of all of them.

use std::sync::Arc;

use chrono::NaiveDate;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::layout::arrow::Link;
use tandem_domain::timeline::layout::axis::Axis;
use tandem_domain::timeline::layout::scale::number;
use tandem_domain::timeline::layout::text::{Letters, MEASURED};
use tandem_domain::timeline::layout::{DayNo, Days, Entry, Shape};

use crate::ui::letters;

/// What the picture says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Which.
    pub id: ItemId,
    /// The lane it belongs to, counted from 0.
    pub lane: usize,
    /// First day.
    pub first: DayNo,
    /// Last day.
    pub last: DayNo,
    /// How it is drawn.
    pub shape: Shape,
    /// Its name.
    pub title: String,
    /// Its dates, as short as they can be said: "Jan 29 – Mar 2".
    pub dates: String,
    /// Everything else that the picture shows by looks, in words for those who listen.
    pub words: String,
    /// What it is about, for its colour.
    pub tone: &'static str,
    /// How sure it is and how far people know of it, for its pattern.
    pub look: &'static str,
    /// The days it had before, drawn as a ghost.
    pub was: Option<(DayNo, DayNo)>,
    /// The days between which it will lie, drawn as a span with two ends.
    pub between: Option<(DayNo, DayNo)>,
}

/// Everything that a picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cards {
    /// The items.
    pub cards: Vec<Card>,
    /// The names of the lanes, in order.
    pub lanes: Vec<String>,
    /// What the axis counts.
    pub axis: Axis,
    /// The day of the line of today.
    pub today: Option<DayNo>,
    /// What is said at the line of today.
    pub today_words: String,
    /// Which dates follow which.
    pub links: Vec<Link>,
    by_id: Vec<(ItemId, usize)>,
}

impl Cards {
    /// Items on a calendar.
    pub fn on_calendar(
        cards: Vec<Card>,
        lanes: Vec<String>,
        today: NaiveDate,
        words: String,
    ) -> Self {
        Self::new(cards, lanes, Axis::Calendar, Some(number(today)), words)
    }

    /// Items whose days are counted from a day 0 of their own.
    pub fn by_weeks(cards: Vec<Card>, lanes: Vec<String>) -> Self {
        Self::new(cards, lanes, Axis::Weeks, None, String::new())
    }

    fn new(
        cards: Vec<Card>,
        lanes: Vec<String>,
        axis: Axis,
        today: Option<DayNo>,
        today_words: String,
    ) -> Self {
        let mut by_id: Vec<_> = cards
            .iter()
            .enumerate()
            .map(|(at, card)| (card.id, at))
            .collect();
        by_id.sort_unstable();
        Self {
            cards,
            lanes,
            axis,
            today,
            today_words,
            links: Vec::new(),
            by_id,
        }
    }

    /// The place of an item in the list.
    pub fn place(&self, id: ItemId) -> Option<usize> {
        let at = self.by_id.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.by_id.get(at).map(|(_, place)| *place)
    }

    /// An item.
    pub fn card(&self, id: ItemId) -> Option<&Card> {
        self.cards.get(self.place(id)?)
    }

    /// The days of the picture.
    pub(super) fn days(&self, entries: &[Entry]) -> Days {
        let days = match self.axis {
            Axis::Calendar => Days::of_calendar(entries),
            Axis::Weeks => Days::of_weeks(entries),
        };
        days.unwrap_or(Days { first: 0, last: 0 })
    }
}

/// The type that names and dates are set in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Type {
    names: Letters,
    dates: Letters,
}

impl Type {
    /// Measures the letters. The sizes are those of the stylesheet.
    pub(super) fn measured() -> Arc<Self> {
        let letters = |weight, size| {
            let widths = letters::sans(weight, size, Letters::measured());
            Letters::new(widths, size)
        };
        Arc::new(Self {
            names: letters(600, 15),
            dates: letters(400, 14),
        })
    }

    /// Letters that are all as wide, until they are measured.
    pub(super) fn guessed() -> Arc<Self> {
        let letters = || Letters::new(vec![8 * 64; MEASURED], 15);
        Arc::new(Self {
            names: letters(),
            dates: letters(),
        })
    }

    /// The items as the layout needs them.
    pub(super) fn entries(&self, cards: &[Card]) -> Vec<Entry> {
        let entry = |card: &Card| Entry {
            lane: card.lane,
            first: card.first,
            last: card.last,
            shape: card.shape,
            name: self.names.width(&card.title),
            dates: self.dates.width(&card.dates),
        };
        cards.iter().map(entry).collect()
    }
}
