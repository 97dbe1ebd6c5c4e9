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
                        <time datetime=on.to_string()>{long_day(on)}</time>
                        <span class="key-dates__distance">{distance(on, today)}</span>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="key-dates">{rows}</dl> }
}
