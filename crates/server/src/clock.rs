//! The two clocks. *Real time* is for sessions, links, limits, mail and the log; *program time* is
//! for phases and deadlines. They differ only on the rehearsal clock of a demonstration.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};

use crate::store::audit::Moment;

/// Both clocks. Cheap to clone; clones share what is set.
#[derive(Debug, Clone)]
pub struct Clock {
    source: Source,
    offset: Arc<AtomicI64>,
}

#[derive(Debug, Clone)]
enum Source {
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self {
            source: Source::System,
            offset: Arc::default(),
        }
    }

    /// A clock that stands still until it is told to move on. For tests.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        let micros = Arc::new(AtomicI64::new(at.timestamp_micros()));
        Self {
            source: Source::Fixed(micros),
            offset: Arc::default(),
        }
    }

    /// Moves a fixed clock on. The clock of the machine takes no notice.
    pub fn advance(&self, by: Duration) {
        if let Source::Fixed(micros) = &self.source {
            micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }

    /// Real time, to the microsecond, as it is stored.
    pub fn real(&self) -> DateTime<Utc> {
        let micros = match &self.source {
            Source::System => system_micros(),
            Source::Fixed(micros) => micros.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }

    /// Program time.
    pub fn program(&self) -> DateTime<Utc> {
        self.real() + self.offset()
    }

    /// Both at once.
    pub fn now(&self) -> Moment {
        let real = self.real();
        Moment {
            real,
            program: real + self.offset(),
        }
    }

    /// How far program time stands from real time.
    pub fn offset(&self) -> Duration {
        Duration::microseconds(self.offset.load(Ordering::SeqCst))
    }

    /// Sets how far program time stands from real time.
    pub fn set_offset(&self, offset: Duration) {
        self.offset
            .store(offset.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }
}

fn system_micros() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
