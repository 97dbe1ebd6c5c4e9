//! A deadline as it was announced, in the reader's own time, and how long is left.

use chrono::{DateTime, Duration, Utc};
use leptos::prelude::*;
use tandem_domain::date::{Deadline, ZoneName};

use crate::ui::date_words::{long_day, time, time_left};
use crate::ui::disclosure::Disclosure;
use crate::ui::local_time::{LocalTime, moment_there, reader_zone_name};

/// "Friday, March 2, 2018, 11:59 PM, Anywhere on Earth": the last minute at which it is not
/// too late.
pub fn official(deadline: &Deadline) -> String {
    let last = deadline.civil - Duration::minutes(1);
    format!(
        "{}, {}, {}",
        long_day(last.date()),
        time(last),
        zone_words(&deadline.zone)
    )
}

/// A zone as people say it: "Anywhere on Earth", "Chicago time".
pub fn zone_words(zone: &ZoneName) -> String {
    if zone.is_aoe() {
        "Anywhere on Earth".to_owned()
    } else {
        format!("{} time", city(&zone.0))
    }
}

/// The city of an IANA name: "New York".
pub fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// A deadline in words.
#[component]
pub fn DeadlineWords(
    /// Which.
    deadline: Deadline,
    /// The program's time.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let words = official(&deadline);
    let until = deadline.instant;
    let last_minute = until - Duration::minutes(1);
    let zone = deadline.zone.clone();
    let elsewhere = move || elsewhere(&zone, last_minute);
    let left = Memo::new(move |_| time_left(until, now.get()));
    view! {
        <span class="deadline">
            <time class="deadline__official" datetime=until.to_rfc3339()>
                {words}
            </time>
            {elsewhere}
            <span
                class="deadline__left"
                data-past=move || left.with(Option::is_none).then_some("true")
            >
                {move || left.get().unwrap_or_else(|| "This moment has passed.".to_owned())}
            </span>
        </span>
    }
}

/// The same moment by the reader's own clocks, if those are other ones.
fn elsewhere(zone: &ZoneName, at: DateTime<Utc>) -> Option<AnyView> {
    let reader = reader_zone_name();
    (reader != zone.0 && !reader.is_empty()).then(|| {
        view! {
            <span class="deadline__reader">
                {format!("In your time ({}) that is ", city(&reader))}
                <LocalTime at />
                "."
            </span>
        }
        .into_any()
    })
}

/// Where those who apply mostly live, from the date line eastwards.
const ZONES: [&str; 7] = [
    "Pacific/Guam",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
];

/// The last minute of a deadline by the clocks of other places, for whoever is travelling or asks
/// for somebody else.
#[component]
pub fn OtherZones(
    /// Which.
    deadline: Deadline,
) -> impl IntoView {
    let last_minute = deadline.instant - Duration::minutes(1);
    let rows = ZONES
        .into_iter()
        .map(|zone| {
            view! {
                <dt>{city(zone)}</dt>
                <dd>{moment_there(zone, last_minute)}</dd>
            }
        })
        .collect_view();
    view! {
        <Disclosure summary="When is that elsewhere?">
            <dl class="deadline__zones">{rows}</dl>
        </Disclosure>
    }
}

/// When people meet, in words.
#[component]
pub fn MeetingWords(
    /// When it begins.
    start: Deadline,
    /// How long it lasts.
    minutes: u32,
) -> impl IntoView {
    let words = format!(
        "{}, {}, {}, {minutes} minutes",
        long_day(start.civil.date()),
        time(start.civil),
        zone_words(&start.zone)
    );
    let at = start.instant;
    view! {
        <span class="deadline">
            <time class="deadline__official" datetime=at.to_rfc3339()>
                {words}
            </time>
            {elsewhere(&start.zone, at)}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w_18_the_announced_minute_is_the_last_one_that_counts() {
        let deadline = Deadline {
            civil: "2018-03-03T00:00:00".parse().unwrap(),
            zone: ZoneName::aoe(),
            instant: "2018-03-03T12:00:00Z".parse().unwrap(),
            grace_minutes: 15,
        };
        assert_eq!(
            official(&deadline),
            "Friday, March 2, 2018, 11:59 PM, Anywhere on Earth"
        );
    }

    #[test]
    fn a_zone_is_told_by_its_city() {
        assert_eq!(
            zone_words(&ZoneName("America/New_York".to_owned())),
            "New York time"
        );
        assert_eq!(city("America/Indiana/Indianapolis"), "Indianapolis");
    }
}
