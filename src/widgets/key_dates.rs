//! The three dates that matter.

use chrono::NaiveDate;
use leptos::prelude::*;
use tandem_domain::cohort::Calendar;
use tandem_domain::timeline::When;
use tandem_domain::timeline::today::Now;

use crate::ui::date_words::long_day;
use crate::widgets::timeline_track::standing;

/// When applications close, when pairs are known, when the program runs.
#[component]
pub fn KeyDates(
    /// The cohort's dates.
    calendar: Calendar,
    /// Now in the cohort's zone.
    now: Now,
) -> impl IntoView {
    let day = |on| When::Milestone { on };
    let dates = [
        ("Applications close", When::Due(calendar.closes)),
        ("Pairs are known", day(calendar.pairing_complete)),
        ("The program begins", day(calendar.starts)),
    ];
    let rows = dates
        .into_iter()
        .map(|(name, when)| {
            let (_, on) = when.days();
            let now = now.by(&when);
            let state = if on < now.today { "past" } else { "ahead" };
            view! {
                <div class="key-dates__date" data-state=state>
                    <dt class="key-dates__name">{name}</dt>
                    <dd class="key-dates__day">
                        <time datetime=on.to_string()>{day_words(on)}</time>
                        <span class="key-dates__distance">{standing(&when, now)}</span>
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
