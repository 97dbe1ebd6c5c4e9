//! The three dates that matter.

use chrono::NaiveDate;
use leptos::prelude::*;
use tandem_domain::cohort::Calendar;

use crate::ui::date_words::{distance, long_day};

/// When applications close, when pairs are known, when the program runs.
#[component]
pub fn KeyDates(
    /// The cohort's dates.
    calendar: Calendar,
    /// Today in the cohort's zone.
    today: NaiveDate,
) -> impl IntoView {
    let dates = [
        ("Applications close", calendar.closes.last_day()),
        ("Pairs are known", calendar.pairing_complete),
        ("The program begins", calendar.starts),
    ];
    let rows = dates
        .into_iter()
        .map(|(name, on)| {
            view! {
                <div class="key-dates__date" data-state=if on < today { "past" } else { "ahead" }>
                    <dt class="key-dates__name">{name}</dt>
                    <dd class="key-dates__day">
                        <time datetime=on.to_string()>{day_words(on)}</time>
                        <span class="key-dates__distance">{distance(on, today)}</span>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="key-dates">{rows}</dl> }
}

/// A day that, where it does not fit, breaks after the weekday and nowhere else.
fn day_words(on: NaiveDate) -> String {
    let day = long_day(on);
    match day.split_once(", ") {
        Some((weekday, date)) => format!("{weekday}, {}", date.replace(' ', "\u{a0}")),
        None => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_breaks_after_its_weekday_only() {
        let day = NaiveDate::from_ymd_opt(2018, 3, 2).unwrap();
        assert_eq!(day_words(day), "Friday, March\u{a0}2,\u{a0}2018");
    }
}
