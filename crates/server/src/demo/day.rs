//! The dates of the demonstration: its calendar, and the days the rehearsal clock can be set to.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use tandem_api::cohort::NewCohort;
use tandem_domain::date::ZoneName;
use tandem_domain::timeline::closure::{Closure, ClosureKind};

use crate::zone::{self, ZoneError};

/// The official zone of both cohorts.
const ZONE: &str = "America/Chicago";

/// The day a demonstration begins on unless another is asked for.
pub const DEFAULT: &str = "mar-20";

/// A day the clock can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its name in requests.
    pub id: &'static str,
    /// What happens on it.
    pub title: &'static str,
    on: (u32, u32),
}

/// All of them, in order.
pub const ALL: [Day; 5] = [
    Day {
        id: "feb-5",
        title: "The call has been open for a week; a third of the applications are in.",
        on: (2, 5),
    },
    Day {
        id: "mar-2",
        title: "Ten minutes before applications close, anywhere on Earth.",
        on: (3, 2),
    },
    Day {
        id: "mar-20",
        title: "The subcommittee begins to pair.",
        on: (3, 20),
    },
    Day {
        id: "may-14",
        title: "Pairs are published; everybody hears.",
        on: (5, 14),
    },
    Day {
        id: "jun-1",
        title: "The program begins.",
        on: (6, 1),
    },
];

/// A day by its name.
pub fn find(id: &str) -> Option<Day> {
    ALL.into_iter().find(|day| day.id == id)
}

/// The calendar of 2018, or the same calendar so many days later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Year {
    /// How many days later everything happens.
    pub later: Duration,
}

impl Year {
    /// The calendar in which the pairing begins on a day.
    pub fn pairing_on(day: NaiveDate) -> Self {
        Self {
            later: day - civil(2018, 3, 20).date(),
        }
    }

    /// An instant of 2018 by the clocks of the official zone.
    pub fn at(
        self,
        (month, day): (u32, u32),
        (hour, minute): (u32, u32),
    ) -> Result<DateTime<Utc>, ZoneError> {
        let at = civil(2018, month, day) + Duration::minutes(i64::from(hour * 60 + minute));
        zone::instant_of(at + self.later, &ZoneName(ZONE.to_owned()))
    }

    /// The instant at which applications close.
    pub fn closing(self) -> Result<DateTime<Utc>, ZoneError> {
        zone::instant_of(civil(2018, 3, 3) + self.later, &ZoneName::aoe())
    }

    /// The moment that the clock shows when it is set to a day.
    pub fn moment(self, day: Day) -> Result<DateTime<Utc>, ZoneError> {
        match day.id {
            "mar-2" => Ok(self.closing()? - Duration::minutes(10)),
            // An hour after the mails went.
            "may-14" => self.at(day.on, (10, 0)),
            _ => self.at(day.on, (9, 0)),
        }
    }

    /// The days on which the association meets. The dates of the cohort keep clear of them.
    pub fn conferences(self) -> Vec<Closure> {
        let meets = |name: &str, first: NaiveDateTime, last: NaiveDateTime| Closure {
            name: name.to_owned(),
            first: (first + self.later).date(),
            last: (last + self.later).date(),
            kind: ClosureKind::Conference,
        };
        vec![
            meets(
                "Cedar Valley Midwinter Meeting",
                civil(2018, 2, 9),
                civil(2018, 2, 13),
            ),
            meets(
                "Cedar Valley Spring Conference",
                civil(2018, 5, 16),
                civil(2018, 5, 19),
            ),
            meets(
                "Annual Conference of Cedar Valley",
                civil(2018, 6, 21),
                civil(2018, 6, 26),
            ),
        ]
    }

    /// The cohort as it is set up.
    pub fn cohort(self) -> NewCohort {
        let day = |year, month, day| (civil(year, month, day) + self.later).date();
        let (opens, ends) = (day(2018, 1, 29), day(2019, 4, 30));
        let years = (day(2018, 6, 1).format("%Y"), ends.format("%Y"));
        NewCohort {
            slug: format!("{}-{}", years.0, years.1),
            title: format!("{}–{}", years.0, years.1),
            zone: ZoneName(ZONE.to_owned()),
            call_opens: opens,
            closes: civil(2018, 3, 3) + self.later,
            closes_zone: ZoneName::aoe(),
            pairing_complete: day(2018, 5, 14),
            starts: day(2018, 6, 1),
            ends,
        }
    }
}

/// The finished cohort of the year before. It ended before the first day that the clock shows.
pub fn finished_cohort() -> NewCohort {
    NewCohort {
        slug: "2017-2018".to_owned(),
        title: "2017–2018".to_owned(),
        zone: ZoneName(ZONE.to_owned()),
        call_opens: civil(2017, 1, 16).date(),
        closes: civil(2017, 3, 18),
        closes_zone: ZoneName::aoe(),
        pairing_complete: civil(2017, 5, 12).date(),
        starts: civil(2017, 6, 1).date(),
        ends: civil(2018, 1, 31).date(),
    }
}

/// An instant of 2017, in the morning of the official zone.
pub fn in_2017(month: u32, day: u32) -> Result<DateTime<Utc>, ZoneError> {
    let at = civil(2017, month, day) + Duration::hours(9);
    zone::instant_of(at, &ZoneName(ZONE.to_owned()))
}

fn civil(year: i32, month: u32, day: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day)
        .unwrap_or_default()
        .and_time(NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_are_in_order_and_the_second_is_ten_minutes_before_the_end() {
        let year = Year::default();
        let moments: Vec<_> = ALL.iter().map(|day| year.moment(*day).unwrap()).collect();
        assert!(moments.is_sorted());
        assert_eq!(moments[1].to_rfc3339(), "2018-03-03T11:50:00+00:00");
    }

    #[test]
    fn the_finished_cohort_has_ended_before_every_day() {
        let first = Year::default().moment(ALL[0]).unwrap().date_naive();
        assert!(finished_cohort().ends < first);
    }

    #[test]
    fn another_year_keeps_the_distances() {
        let year = Year::pairing_on(civil(2026, 9, 1).date());
        let cohort = year.cohort();
        assert_eq!(cohort.slug, "2026-2027");
        assert_eq!((cohort.starts - cohort.call_opens).num_days(), 123);
        assert_eq!(
            year.moment(find("mar-20").unwrap()).unwrap().date_naive(),
            civil(2026, 9, 1).date()
        );
    }
}
