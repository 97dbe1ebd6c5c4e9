//! A timeline of as many items as the address says: `/gallery/dates?items=1000`. For measuring how
//! long it takes from data in memory to a picture, with the real picture and nothing else.
//!
//! The data is that of any program that lasts: cohorts spread over ten years, six phases each.

use chrono::{Datelike, Duration, NaiveDate};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tandem_domain::timeline::layout::Shape;
use tandem_domain::timeline::layout::scale::number;

use crate::dom::measure;
use crate::ui::button::Button;
use crate::ui::date_words::{day, short_day};
use crate::ui::heading::PageHeading;
use crate::widgets::timeline_picture::TimelinePicture;
use crate::widgets::timeline_picture::card::{Card, Cards};
use crate::widgets::timeline_picture::state::Picture;

const PHASES: [(&str, i64, &str); 6] = [
    ("Applications", 60, "call"),
    ("Matching", 30, "pairing"),
    ("Orientation", 20, "other"),
    ("Program", 240, "program"),
    ("Midpoint review", 15, "other"),
    ("Closing survey", 30, "other"),
];
const DAYS: i64 = 3650;

/// A picture that is made when its button is pressed.
#[component]
pub fn ManyDatesPage() -> impl IntoView {
    let query = use_query_map();
    let n_items = query
        .with_untracked(|query| query.get("items").and_then(|text| text.parse().ok()))
        .unwrap_or(50);
    let cards = StoredValue::new(Some(cards(n_items)));
    let picture = RwSignal::new(None);
    let show = Callback::new(move |()| {
        measure::mark("data-in-memory");
        if let Some(cards) = cards.try_update_value(Option::take).flatten() {
            picture.set(Some(Picture::new(cards)));
        }
    });
    view! {
        <div class="page page--wide">
            <PageHeading>{format!("{n_items} dates")}</PageHeading>
            <Button on_press=show>"Show the picture"</Button>
            {move || picture.get().map(|picture| view! { <TimelinePicture picture /> })}
        </div>
    }
}

fn cards(n_items: usize) -> Cards {
    let n_cohorts = n_items.div_ceil(PHASES.len()).max(1);
    let start = NaiveDate::from_ymd_opt(2018, 1, 8).unwrap_or_default();
    let mut cards = Vec::with_capacity(n_items);
    for cohort in 0..n_cohorts {
        let nth = i64::try_from(cohort).unwrap_or_default();
        let of = i64::try_from(n_cohorts).unwrap_or(1);
        let mut first = start + Duration::days(DAYS * nth / of);
        for (title, length, tone) in PHASES {
            let last = first + Duration::days(length - 1);
            cards.extend(card(cards.len(), cohort, (first, last), title, tone));
            first = last + Duration::days(1);
        }
    }
    cards.truncate(n_items);
    let lanes = (1..=n_cohorts).map(|nth| format!("Cohort {nth}")).collect();
    Cards::on_calendar(cards, lanes, start, format!("Today, {}", short_day(start)))
}

fn card(
    nth: usize,
    lane: usize,
    (first, last): (NaiveDate, NaiveDate),
    title: &str,
    tone: &'static str,
) -> Option<Card> {
    let id = format!("00000000-0000-7000-8000-{nth:012x}");
    Some(Card {
        id: id.parse().ok()?,
        lane,
        first: number(first),
        last: number(last),
        shape: Shape::Bar,
        title: title.to_owned(),
        dates: format!("{} – {}", short_day(first), short_day(last)),
        words: format!("{} to {}, year {}", day(first), day(last), first.year()),
        tone,
        look: "",
        was: None,
        between: None,
    })
}
