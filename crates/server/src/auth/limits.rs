//! How often people may try to sign in: by address, by machine, and all together.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::AppError;

const QUARTER: Duration = Duration::from_mins(15);
const HOUR: Duration = Duration::from_hours(1);

/// The counters of one server.
pub struct Limits {
    by_email: DefaultKeyedRateLimiter<String>,
    by_machine: DefaultKeyedRateLimiter<IpAddr>,
    all: DefaultDirectRateLimiter,
    redeem_by_machine: DefaultKeyedRateLimiter<IpAddr>,
}

impl Limits {
    /// New counters; `relaxed` ones let through a hundred times as much.
    pub fn new(relaxed: bool) -> Self {
        let factor = if relaxed { 100 } else { 1 };
        let quota = |count: u32, period: Duration| {
            let count = count * factor;
            let burst = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
            Quota::with_period(period / count)
                .unwrap_or(Quota::per_hour(burst))
                .allow_burst(burst)
        };
        Self {
            by_email: RateLimiter::keyed(quota(3, QUARTER)),
            by_machine: RateLimiter::keyed(quota(20, HOUR)),
            all: RateLimiter::direct(quota(200, HOUR)),
            redeem_by_machine: RateLimiter::keyed(quota(60, HOUR)),
        }
    }

    /// Counts a request for a link.
    pub fn ask(&self, email: &str, machine: IpAddr) -> Result<(), AppError> {
        self.by_machine
            .check_key(&machine)
            .map_err(|wait| too_many(&wait))?;
        self.by_email
            .check_key(&email.to_owned())
            .map_err(|wait| too_many(&wait))?;
        self.all.check().map_err(|wait| too_many(&wait))
    }

    /// Counts a link or code that somebody tries.
    pub fn redeem(&self, machine: IpAddr) -> Result<(), AppError> {
        self.redeem_by_machine
            .check_key(&machine)
            .map_err(|wait| too_many(&wait))
    }

    /// Forgets those who have not tried for long.
    pub fn tidy(&self) {
        self.by_email.retain_recent();
        self.by_machine.retain_recent();
        self.redeem_by_machine.retain_recent();
    }
}

fn too_many(wait: &governor::NotUntil<<DefaultClock as Clock>::Instant>) -> AppError {
    let wait = wait.wait_time_from(DefaultClock::default().now());
    AppError::TooMany(wait.as_secs() + 1)
}
