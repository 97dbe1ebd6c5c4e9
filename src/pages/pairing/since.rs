//! What others did since this member last looked: a quiet line that opens the list.
//!
//! What happens before the reader's eyes is seen at once. What happened while they were away, in
//! another tab, on another device or with the page closed, waits until they say that they have seen
//! it. How far they are is kept by the server.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use tandem_api::board::Entry;
use tandem_domain::id::{ApplicationId, PersonId, ScenarioId};

use super::desk::Desk;
use super::state::BoardState;
use super::toolbar::SEARCH;
use super::words;
use crate::api;
use crate::dom::{announce, focus, intl, visibility};
use crate::ui::button::{Button, Look};

/// After this long in sight, what comes happens before the reader's eyes.
const BACK: Duration = Duration::from_secs(5);
/// What is seen is told to the server at most this often.
const TELL: Duration = Duration::from_secs(2);

/// How far somebody is in the log of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// Everything up to here was seen.
    mark: i64,
    /// The newest revision that is here.
    known: i64,
    /// Whether what comes now happens behind the reader's back.
    is_away: bool,
}

impl Seen {
    /// At the beginning. Whoever looks for the first time has missed nothing.
    fn begin(looked: Option<i64>, rev: i64, is_away: bool) -> Self {
        Self {
            mark: looked.unwrap_or(rev).min(rev),
            known: rev,
            is_away,
        }
    }

    /// A newer revision is here. It was seen if the reader is there and nothing else waits.
    fn hear(&mut self, rev: i64, waits: bool) {
        if !self.is_away && !waits {
            self.mark = self.mark.max(rev);
        }
        self.known = self.known.max(rev);
    }

    /// The reader has seen everything that is here.
    fn see_all(&mut self) {
        self.mark = self.known;
    }
}

/// What others did after a revision, oldest first: of a part of the log that was fetched, and of what
/// is known here.
fn unseen(
    fetched: &[Entry],
    known: &[Entry],
    me: PersonId,
    (after, until): (i64, i64),
) -> Vec<Entry> {
    let first_known = known.first().map_or(i64::MAX, |entry| entry.rev);
    let earlier = fetched.iter().filter(|entry| entry.rev < first_known);
    let all = earlier.chain(known);
    let unseen = all.filter(|entry| entry.by != me && entry.rev > after && entry.rev <= until);
    unseen.cloned().collect()
}

/// The mentees of some commands.
fn mentees(entries: &[Entry]) -> BTreeSet<ApplicationId> {
    let concerned = entries.iter().flat_map(|entry| entry.command.concerned());
    concerned.collect()
}

fn line(count: usize) -> String {
    match count {
        1 => "1 change since you last looked".to_owned(),
        count => format!("{count} changes since you last looked"),
    }
}

/// Whether everything after a revision is here: in what is known, or in what was fetched before it.
fn is_whole(fetched: &[Entry], known: &[Entry], after: i64, rev: i64) -> bool {
    let begins = |log: &[Entry]| log.first().map(|entry| entry.rev);
    let first_known = begins(known).unwrap_or(rev + 1);
    let reaches = fetched
        .last()
        .is_some_and(|entry| entry.rev + 1 >= first_known);
    let first = begins(fetched).filter(|_| reaches).unwrap_or(first_known);
    first.min(first_known) <= after + 1
}

/// What this screen knows of it.
#[derive(Clone, Copy)]
struct Looks {
    state: BoardState,
    scenario: ScenarioId,
    seen: RwSignal<Seen>,
    /// What of the log is not known here otherwise.
    fetched: RwSignal<Vec<Entry>>,
    is_fetching: StoredValue<bool>,
    /// What the server knows, and whether it is about to be told.
    told: StoredValue<(Option<i64>, bool)>,
}

impl Looks {
    fn new(looked: Option<i64>) -> Self {
        let state = BoardState::expect();
        let (scenario, rev) = state
            .desk()
            .with_untracked(|desk| (desk.scenario(), desk.rev()));
        Self {
            state,
            scenario,
            seen: RwSignal::new(Seen::begin(looked, rev, !visibility::is_visible())),
            fetched: RwSignal::new(Vec::new()),
            is_fetching: StoredValue::new(false),
            told: StoredValue::new((looked, false)),
        }
    }

    /// What waits to be seen, up to a revision; `None` while that is not known.
    fn unseen(self, desk: &Desk, until: i64) -> Option<Vec<Entry>> {
        let mark = self.seen.with_untracked(|seen| seen.mark);
        self.fetched.with_untracked(|fetched| {
            is_whole(fetched, desk.log(), mark, desk.rev())
                .then(|| unseen(fetched, desk.log(), desk.me(), (mark, until)))
        })
    }

    /// Fetches what lies between what was seen and what is known here, unless it is here.
    fn fetch(self) {
        let desk = self.state.desk();
        let is_known = desk.with_untracked(|desk| self.unseen(desk, i64::MAX).is_some());
        let is_coming = || {
            self.is_fetching
                .try_update_value(|now| std::mem::replace(now, true))
        };
        if is_known || is_coming() != Some(false) {
            return;
        }
        let mark = self.seen.with_untracked(|seen| seen.mark);
        spawn_local(async move {
            let log = api::board::log_after(self.scenario, mark).await;
            self.is_fetching.try_set_value(false);
            if let Ok(log) = log {
                self.fetched.try_set(log);
            }
        });
    }

    /// Tells the server what was seen, a little later and once for all that was seen by then.
    fn tell(self) {
        let mark = self.seen.with_untracked(|seen| seen.mark);
        let is_due = self.told.try_update_value(|(told, is_waiting)| {
            let is_due = *told < Some(mark) && !*is_waiting;
            *is_waiting |= is_due;
            is_due
        });
        if is_due == Some(true) {
            set_timeout(move || self.tell_now(), TELL);
        }
    }

    fn tell_now(self) {
        let Some(mark) = self.seen.try_with_untracked(|seen| seen.mark) else {
            return;
        };
        self.told.try_set_value((Some(mark), false));
        spawn_local(async move {
            if api::board::look(self.scenario, mark).await.is_err() {
                // The next thing that is seen tells it.
                self.told.try_update_value(|(told, _)| *told = None);
            }
        });
    }

    fn visibility_changed(self) {
        if visibility::is_visible() {
            self.fetch();
            let back = move || {
                if visibility::is_visible() {
                    self.seen.try_update(|seen| seen.is_away = false);
                }
            };
            set_timeout(back, BACK);
        } else {
            self.seen.update(|seen| seen.is_away = true);
        }
    }
}

/// What others did since this member last looked, if they did anything.
#[component]
pub(super) fn Since(
    /// The last revision that was seen, if any ever was.
    looked: Option<i64>,
) -> impl IntoView {
    let looks = Looks::new(looked);
    let (state, seen) = (looks.state, looks.seen);
    let rev = Memo::new(move |_| state.desk().with(Desk::rev));
    Effect::new(move || {
        rev.get();
        // What could not be fetched is asked for again when something else arrives.
        looks.fetch();
    });
    Effect::new(move || {
        let rev = rev.get();
        looks.fetched.track();
        let known = seen.with_untracked(|seen| seen.known);
        let unseen = state
            .desk()
            .with_untracked(|desk| looks.unseen(desk, known));
        let waits = unseen.is_none_or(|unseen| !unseen.is_empty());
        seen.update(|seen| seen.hear(rev, waits));
        looks.tell();
    });
    let entries = Memo::new(move |_| {
        seen.track();
        looks.fetched.track();
        rev.get();
        let unseen = state
            .desk()
            .with_untracked(|desk| looks.unseen(desk, i64::MAX));
        unseen.unwrap_or_default()
    });
    Effect::new(move || {
        let news = entries.with(|entries| mentees(entries));
        state.mark(|marks| marks.news = news);
    });
    let shown = window_event_listener_untyped("visibilitychange", move |_| {
        looks.visibility_changed();
    });
    on_cleanup(move || shown.remove());
    let see = Callback::new(move |()| {
        seen.update(Seen::see_all);
        looks.tell();
        announce::polite("Marked as seen.");
        focus::by_id(SEARCH);
    });
    let count = Memo::new(move |_| entries.with(Vec::len));
    view! {
        <Show when=move || { count.get() > 0 }>
            <Line state entries count see />
        </Show>
    }
}

/// The line, and the list behind it.
#[component]
fn Line(
    /// What the parts of the board share.
    state: BoardState,
    /// What others did.
    entries: Memo<Vec<Entry>>,
    /// How much.
    count: Memo<usize>,
    /// Called when it was seen.
    see: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let list = move || {
        let rows = entries.with(|entries| {
            state.desk().with_untracked(|desk| {
                let row = |entry: &Entry| {
                    let (deed, at) = (words::deed::deed(desk, entry), entry.at);
                    view! { <li>{deed} ", " {intl::moment_for_reader(at)} "."</li> }
                };
                entries.iter().rev().map(row).collect_view()
            })
        });
        view! { <ul class="since__list" id="since-list">{rows}</ul> }
    };
    view! {
        <section class="since" aria-label="Since you last looked">
            <p class="since__line">{move || line(count.get())}</p>
            <button
                type="button"
                class="button button--quiet"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {move || if is_open.get() { "Hide them" } else { "Show them" }}
            </button>
            <Button look=Look::Quiet on_press=see>"Mark as seen"</Button>
            <Show when=move || is_open.get()>{list}</Show>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tandem_domain::board::Command;

    use super::*;

    fn person(number: u8) -> PersonId {
        let text = format!("00000000-0000-0000-0000-000000000{number:03}");
        text.parse().unwrap()
    }

    fn entry(rev: i64, by: u8) -> Entry {
        let mentee = person(10 + by).0;
        let command = Command::Unpair {
            mentee: ApplicationId(mentee),
        };
        Entry {
            id: person(1).to_string().parse().unwrap(),
            rev,
            by: person(by),
            by_name: String::new(),
            at: DateTime::UNIX_EPOCH,
            inverse: command.clone(),
            command,
            undoes: None,
        }
    }

    fn revs(entries: &[Entry]) -> Vec<i64> {
        entries.iter().map(|entry| entry.rev).collect()
    }

    #[test]
    fn only_what_others_did_and_was_not_seen_waits() {
        let known = [entry(4, 2), entry(5, 1), entry(6, 3)];
        let fetched = [entry(2, 2), entry(3, 1), entry(4, 2)];
        let all = |after| unseen(&fetched, &known, person(1), (after, i64::MAX));
        assert_eq!(revs(&all(1)), [2, 4, 6]);
        assert_eq!(revs(&all(4)), [6]);
        assert_eq!(revs(&all(6)), Vec::<i64>::new());
        let until = unseen(&fetched, &known, person(1), (1, 4));
        assert_eq!(revs(&until), [2, 4]);
        let changed = mentees(&all(1));
        assert_eq!(changed.len(), 2);
    }

    #[test]
    fn nothing_counts_as_seen_while_something_is_missing_between() {
        let known = [entry(8, 2), entry(9, 2)];
        assert!(is_whole(&[], &known, 7, 9));
        assert!(!is_whole(&[], &known, 6, 9));
        assert!(is_whole(&[entry(6, 2), entry(7, 1)], &known, 5, 9));
        // It ends before what is known begins, or begins too late itself.
        assert!(!is_whole(&[entry(6, 2)], &known, 5, 9));
        assert!(!is_whole(&[entry(6, 2), entry(7, 1)], &known, 4, 9));
        assert!(is_whole(&[], &[], 9, 9) && !is_whole(&[], &[], 8, 9));
    }

    #[test]
    fn whoever_looks_for_the_first_time_has_missed_nothing() {
        assert_eq!(Seen::begin(None, 7, false).mark, 7);
        assert_eq!(Seen::begin(Some(3), 7, false).mark, 3);
        // A board that was brought back from a copy may be behind what was seen.
        assert_eq!(Seen::begin(Some(9), 7, false).mark, 7);
    }

    #[test]
    fn what_happens_before_ones_eyes_is_seen_and_the_rest_waits() {
        let mut seen = Seen::begin(None, 1, false);
        seen.hear(2, false);
        assert_eq!(seen.mark, 2);
        seen.is_away = true;
        seen.hear(3, false);
        assert_eq!((seen.mark, seen.known), (2, 3));
        // Back again: what waits is not seen by seeing more.
        seen.is_away = false;
        seen.hear(4, true);
        assert_eq!((seen.mark, seen.known), (2, 4));
        seen.see_all();
        seen.hear(5, false);
        assert_eq!((seen.mark, seen.known), (5, 5));
    }

    #[test]
    fn the_line_counts() {
        assert_eq!(line(1), "1 change since you last looked");
        assert_eq!(line(7), "7 changes since you last looked");
    }
}
