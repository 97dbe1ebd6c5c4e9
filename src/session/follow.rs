//! What changes while a screen is open: the dates of a cohort.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use tandem_api::event::{Event, Topic};
use tandem_domain::id::CohortId;

use crate::api::events::{self, Report, Stream};
use crate::dom::visibility;

/// How long a broken line is left alone.
const PAUSE: Duration = Duration::from_secs(3);

/// A line to the server about one cohort.
#[derive(Clone, Copy)]
struct Line {
    cohort: Signal<Option<CohortId>>,
    changed: Callback<()>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    /// Whether the line has stood before.
    was_open: StoredValue<bool>,
}

/// Calls back when the dates or the state of a cohort changed, while the tab is looked at. A tab that
/// is looked at again calls back once, for whatever it missed.
pub fn follow(cohort: Signal<Option<CohortId>>, changed: Callback<()>) {
    let line = Line {
        cohort,
        changed,
        stream: StoredValue::new_local(None),
        was_open: StoredValue::new(false),
    };
    let shown = window_event_listener_untyped("visibilitychange", move |_| line.looked_at());
    let shown_again = window_event_listener(ev::focus, move |_| line.listen());
    on_cleanup(move || {
        shown.remove();
        shown_again.remove();
        line.hang_up();
    });
    Effect::new(move || {
        line.hang_up();
        if cohort.get().is_some() {
            line.listen();
        }
    });
}

impl Line {
    fn listen(self) {
        let is_open = self.stream.try_with_value(Option::is_some);
        let cohort = self.cohort.try_get_untracked().flatten();
        if let (Some(false), Some(cohort), true) = (is_open, cohort, visibility::is_visible()) {
            let stream = events::open(&[Topic::Cohort(cohort)], move |report| self.hear(&report));
            self.stream.set_value(stream);
        }
    }

    fn hang_up(self) {
        self.stream.try_set_value(None);
    }

    fn looked_at(self) {
        if visibility::is_visible() {
            self.listen();
            self.changed.try_run(());
        } else {
            self.hang_up();
        }
    }

    fn hear(self, report: &Report) {
        match report {
            Report::Opened => self.opened(),
            Report::Event(Event::Cohort { .. } | Event::Resync) => {
                self.changed.try_run(());
            }
            Report::Event(_) => (),
            // The browser gives up on some refusals, so the line is opened anew.
            Report::Broken => {
                self.hang_up();
                set_timeout(move || self.come_back(), PAUSE);
            }
        }
    }

    /// What changed while the line was broken may have been told to nobody.
    fn opened(self) {
        let was_open = self
            .was_open
            .try_update_value(|was_open| std::mem::replace(was_open, true));
        if was_open == Some(true) {
            self.changed.try_run(());
        }
    }

    fn come_back(self) {
        if self.stream.try_with_value(Option::is_none) == Some(true) {
            self.listen();
            self.changed.try_run(());
        }
    }
}
