//! Where a cohort stands today, and which dates are other ones than before: in sentences.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use leptos::prelude::*;
use tandem_api::timeline::MovedDate;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::Item;
use tandem_domain::timeline::today::{Now, standing};

use crate::ui::date_words::{day, distance, long_day, month};
use crate::widgets::timeline_track::{now_in, today_in};

/// "Now: Pairing, 12 days left. Next: Pairing complete, in 12 days."
#[component]
pub fn StandingWords(
    /// What there is.
    items: Vec<Item>,
    /// The dates that were moved.
    moved: Vec<MovedDate>,
    /// The official zone.
    zone: ZoneName,
    /// The program's time.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let lines: Vec<String> = moved
        .iter()
        .filter_map(|moved| moved_words(moved, &items, today_in(&zone, moved.at)))
        .collect();
    let moved = (!lines.is_empty()).then(|| {
        let lines = lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        view! { <ul class="timeline-standing__moved">{lines}</ul> }
    });
    let here = move || here(&items, now_in(&zone, now.get()));
    view! {
        <div class="timeline-standing">
            <p class="timeline-standing__here">{here}</p>
            {moved}
        </div>
    }
}

fn here(items: &[Item], now: Now) -> String {
    let standing = standing(items, now);
    let name = |id| {
        items
            .iter()
            .find(|item| item.id == id)
            .map_or("", |item| item.title.text())
    };
    let on: Vec<String> = standing
        .on
        .iter()
        .map(|on| match on.days_left {
            0 => format!("{}, which ends today", name(on.item)),
            1 => format!("{}, 1 day left", name(on.item)),
            days => format!("{}, {days} days left", name(on.item)),
        })
        .collect();
    let mut words = match &on[..] {
        [] => "Between two phases.".to_owned(),
        on => format!("Now: {}.", on.join("; ")),
    };
    if let Some(next) = standing.next {
        let next = format!(
            " Next: {}, {}.",
            name(next.item),
            distance(i64::from(next.days))
        );
        words.push_str(&next);
    }
    words
}

/// "Applications close: moved from March 2, 2018 to Friday, March 9, 2018 on February 20, because …"
/// The day is the one it was in the official zone.
fn moved_words(date: &MovedDate, items: &[Item], at: NaiveDate) -> Option<String> {
    let item = items.iter().find(|item| item.id == date.moved.item)?;
    let mut words = format!(
        "{}: moved from {} to {}, on {} {}",
        item.title.text(),
        day(date.moved.from),
        long_day(date.moved.to),
        month(at),
        at.day(),
    );
    if date.why.is_empty() {
        words.push('.');
    } else {
        words.push_str(": ");
        words.push_str(&date.why);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use tandem_domain::form::locale::L10n;
    use tandem_domain::timeline::log::Moved;
    use tandem_domain::timeline::{Edge, Mark, When};

    use super::*;

    #[test]
    fn a_moved_date_says_from_when_and_on_which_day_of_the_program_it_moved() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let id = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let on = day("2018-03-09");
        let when = When::Milestone { on };
        let item = Item::planned(id, Mark::Other, when, L10n::english("Welcome call"));
        let date = MovedDate {
            moved: Moved {
                item: id,
                edge: Edge::End,
                from: day("2018-03-02"),
                to: on,
            },
            // In Chicago it is still the evening of the nineteenth.
            at: "2018-02-20T03:00:00Z".parse().unwrap(),
            why: String::new(),
        };
        assert_eq!(
            moved_words(&date, &[item], day("2018-02-19")).unwrap(),
            "Welcome call: moved from March 2, 2018 to Friday, March 9, 2018, on February 19."
        );
    }
}
