//! What to know of a date before it is told to people, in sentences.

use chrono::NaiveDate;
use tandem_domain::timeline::warning::{Clocks, Warning, What};

use crate::ui::date_words::{long_day, short_day};

/// What should be known of a date.
pub fn about_date(warning: &Warning, name: &str) -> String {
    let day = long_day(warning.on);
    match &warning.what {
        What::Weekend => format!("{name}: {day} is on a weekend."),
        What::Holiday { name: holiday } => format!("{name}: {day} is {holiday}."),
        What::Conference { name: conference } => {
            format!("{name}: {day} is a day of a conference, “{conference}”.")
        }
        What::InThePast => format!("{name}: {day} has passed."),
        What::EarlierThanAnnounced { told } if *told > warning.on => {
            format!(
                "{name}: people were told {}, which is later.",
                long_day(*told)
            )
        }
        What::EarlierThanAnnounced { .. } => {
            format!("{name}: on {day} it comes some hours earlier than people were told.")
        }
        What::AnywhereOnEarth { .. } => format!(
            "{name}: the day is read “Anywhere on Earth”; by clocks nearly everywhere it ends a day after {}.",
            short_day(warning.on)
        ),
        What::ClocksSkipIt => format!("{name}: {}", clocks_skip(warning.on)),
        What::ClocksRepeatIt => format!("{name}: {}", clocks_repeat(warning.on)),
        What::OutsideItsWindow { first, last } => format!(
            "{name}: it was to lie between {} and {}.",
            long_day(*first),
            long_day(*last)
        ),
    }
}

fn clocks_skip(on: NaiveDate) -> String {
    let day = long_day(on);
    format!("that time does not exist on {day}; clocks skip it. It is read as the later side.")
}

fn clocks_repeat(on: NaiveDate) -> String {
    let day = long_day(on);
    format!("that time comes twice on {day}; the second one counts.")
}

/// What the clocks of a place do at a time, if they do not simply show it.
pub fn clocks(clocks: Clocks, on: NaiveDate) -> Option<String> {
    match clocks {
        Clocks::Once => None,
        Clocks::Skipped => Some(format!("Mind: {}", clocks_skip(on))),
        Clocks::Repeated => Some(format!("Mind: {}", clocks_repeat(on))),
    }
}

#[cfg(test)]
mod tests {
    use tandem_domain::timeline::Edge;

    use super::*;

    #[test]
    fn what_clocks_do_is_said_only_where_they_do_it() {
        let on = NaiveDate::from_ymd_opt(2018, 3, 11).unwrap();
        assert_eq!(clocks(Clocks::Once, on), None);
        let skipped = clocks(Clocks::Skipped, on).unwrap();
        assert!(
            skipped.starts_with("Mind: that time does not exist on Sunday, March 11, 2018"),
            "{skipped}"
        );
    }

    #[test]
    fn some_hours_earlier_are_not_said_to_be_another_day() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let says = |on: &str| {
            let item = "01890000-0000-7000-8000-000000000001".parse().unwrap();
            let told = day("2018-03-02");
            let warning = Warning {
                item,
                edge: Edge::End,
                on: day(on),
                what: What::EarlierThanAnnounced { told },
            };
            about_date(&warning, "The closing")
        };
        assert!(says("2018-03-01").ends_with("Friday, March 2, 2018, which is later."));
        assert!(says("2018-03-02").ends_with("some hours earlier than people were told."));
    }
}
