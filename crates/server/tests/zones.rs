//! Every zone, and every day on which its clocks change from 2017 to 2040, against Python's
//! `zoneinfo` with the database of the same release. `tests/zones/vectors.py` wrote `zones.txt` and
//! says how; one digest per zone is over the same lines as are made here.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use sha2::{Digest, Sha256};
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::warning::Clocks;
use tandem_server::{hex, zone};

const VECTORS: &str = include_str!("zones.txt");

fn ahead(at: DateTime<Utc>, name: &ZoneName) -> i32 {
    zone::minutes_ahead(at, name).unwrap()
}

/// The days, in UTC, during which clocks change.
fn change_days(name: &ZoneName) -> Vec<DateTime<Utc>> {
    let mut days = Vec::new();
    let mut week: DateTime<Utc> = "2017-01-01T00:00:00Z".parse().unwrap();
    let last: DateTime<Utc> = "2041-01-01T00:00:00Z".parse().unwrap();
    while week < last {
        let following = (week + Duration::days(7)).min(last);
        if ahead(week, name) != ahead(following, name) {
            let mut day = week;
            while day < following {
                let next = day + Duration::days(1);
                if ahead(day, name) != ahead(next, name) {
                    days.push(day);
                }
                day = next;
            }
        }
        week = following;
    }
    days
}

fn line(civil: NaiveDateTime, name: &ZoneName, text: &mut String) {
    let (instant, clocks) = zone::resolve(civil, name).unwrap();
    let clocks = match clocks {
        Clocks::Once => "once",
        Clocks::Skipped => "skipped",
        Clocks::Repeated => "repeated",
    };
    let civil = civil.format("%Y-%m-%dT%H:%M:%S");
    writeln!(text, "{civil} {} {clocks}", instant.timestamp()).unwrap();
}

fn digest(name: &ZoneName) -> String {
    let mut text = String::new();
    for day in change_days(name) {
        let first = day.naive_utc() - Duration::hours(13);
        for step in 0..104 {
            line(first + Duration::minutes(30 * step), name, &mut text);
        }
    }
    for year in 2017..=2040 {
        for month in 1..=12 {
            let day = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
            line(day.and_hms_opt(12, 0, 0).unwrap(), name, &mut text);
        }
    }
    let digest = hex::of(&Sha256::digest(text.as_bytes()));
    digest.get(..16).unwrap().to_owned()
}

#[test]
fn every_zone_and_change_of_clocks_resolves_as_zoneinfo_does() {
    let vectors: Vec<(&str, &str)> = VECTORS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .collect();
    assert!(vectors.len() > 500, "{} zones", vectors.len());
    let half = vectors.len().div_ceil(2);
    let wrong = |vectors: &[(&str, &str)]| {
        let is_wrong =
            |(name, expected): &&(&str, &str)| digest(&ZoneName((*name).to_owned())) != *expected;
        let wrong = vectors.iter().filter(is_wrong);
        wrong
            .map(|(name, _)| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> = vectors
            .chunks(half)
            .map(|part| scope.spawn(move || wrong(part)))
            .collect();
        let joined = parts.into_iter().flat_map(|part| part.join().unwrap());
        joined.collect()
    });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_zone_that_the_server_knows_is_compared() {
    let is_compared = |name: &str| {
        let line = format!("{name} ");
        VECTORS.lines().any(|own| own.starts_with(&line))
    };
    let known = zone::names();
    assert!(known.len() > 500);
    let left_out: Vec<String> = known
        .into_iter()
        .filter(|name| !is_compared(name))
        .collect();
    assert_eq!(left_out, Vec::<String>::new());
}

#[test]
fn the_database_is_of_the_release_that_it_is_compared_with() {
    let release = VECTORS.lines().next().unwrap();
    assert_eq!(release, format!("# tzdata {}", zone::release()));
}
