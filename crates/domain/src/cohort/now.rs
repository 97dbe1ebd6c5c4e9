//! What may be done now, and what comes next: one function of the stored state, the calendar and the
//! clock. Home, the cohort page and the server's own refusals stand on it.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Calendar, CohortState, Stage, stage};

/// The civil day at `now` where clocks are `minutes_ahead` of UTC. The server knows the zone rules.
pub fn today(now: DateTime<Utc>, minutes_ahead: i32) -> NaiveDate {
    (now.naive_utc() + Duration::minutes(i64::from(minutes_ahead))).date()
}

/// What is open, for whom, and what comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// Where the cohort stands.
    pub stage: Stage,
    /// Who can do something.
    pub open_to: Vec<Party>,
    /// The next date of the calendar, if one lies ahead.
    pub next: Option<Next>,
}

/// Somebody who can act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Anybody: applications are accepted.
    Everybody,
    /// Applicants: they can answer what the committee asks, or withdraw.
    Applicants,
    /// The subcommittee: it reads or pairs.
    Subcommittee,
    /// The chair: the next move, or a decision.
    Chair,
    /// The officer: the next move, or a decision.
    Officer,
    /// The pairs: the program runs.
    Pairs,
}

/// A date that lies ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// Applications open.
    Opens(DateTime<Utc>),
    /// Applications close. The announced moment, without grace.
    Closes(DateTime<Utc>),
    /// Pairing is complete and everybody hears.
    PairingComplete(NaiveDate),
    /// The program starts.
    Starts(NaiveDate),
    /// The program ends.
    Ends(NaiveDate),
}

/// What may be done at `now`. `today` is the civil day in the cohort's zone.
pub fn now(state: CohortState, calendar: &Calendar, now: DateTime<Utc>, today: NaiveDate) -> Now {
    let at = stage(state, calendar, now, today);
    let open_to: &[Party] = match at {
        Stage::Draft | Stage::Announced => &[Party::Chair, Party::Officer],
        Stage::Open => &[
            Party::Everybody,
            Party::Subcommittee,
            Party::Chair,
            Party::Officer,
        ],
        Stage::Closed | Stage::Review | Stage::Pairing => &[
            Party::Applicants,
            Party::Subcommittee,
            Party::Chair,
            Party::Officer,
        ],
        Stage::SignOff => &[Party::Applicants, Party::Officer],
        Stage::Published | Stage::Running => &[Party::Pairs, Party::Officer],
        Stage::Evaluation => &[Party::Officer],
        Stage::Completed | Stage::Cancelled => &[],
    };
    let is_over = matches!(at, Stage::Draft | Stage::Completed | Stage::Cancelled);
    let next = if is_over {
        None
    } else {
        next_date(at, calendar, now, today)
    };
    Now {
        stage: at,
        open_to: open_to.to_vec(),
        next,
    }
}

fn next_date(
    stage: Stage,
    calendar: &Calendar,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Option<Next> {
    let calls = matches!(stage, Stage::Announced | Stage::Open);
    let pairs = matches!(
        stage,
        Stage::Announced
            | Stage::Open
            | Stage::Closed
            | Stage::Review
            | Stage::Pairing
            | Stage::SignOff
    );
    [
        (calls && now < calendar.opens, Next::Opens(calendar.opens)),
        (
            calls && !calendar.closes.has_passed(now),
            Next::Closes(calendar.closes.instant),
        ),
        (
            pairs && today <= calendar.pairing_complete,
            Next::PairingComplete(calendar.pairing_complete),
        ),
        (today < calendar.starts, Next::Starts(calendar.starts)),
        (today <= calendar.ends, Next::Ends(calendar.ends)),
    ]
    .into_iter()
    .find_map(|(is_ahead, next)| is_ahead.then_some(next))
}
