//! Between the board and the server: sends what is pending in order, fetches what others did.
//!
//! One stream while the tab is visible; after half a minute hidden it is closed, and opened again
//! with a fetch of everything since. An event only says that there is something to fetch, and so
//! does every connection that stands anew: what was done before it did was told to nobody.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use tandem_api::board::{Entry, EntryList, RefusedCommand, SayHere};
use tandem_api::event::{Event, Topic};
use tandem_api::problem::Problem;
use tandem_domain::id::{CohortId, CommandId, PersonId, ScenarioId};

use super::comments::Comments;
use super::desk::Desk;
use super::outbox::Outbox;
use super::state::{BoardState, Connection};
use super::words;
use crate::api;
use crate::api::error::ApiError;
use crate::api::events::{Report, Stream};
use crate::api::json;
use crate::dom::{announce, visibility};

const HIDDEN_FOR: Duration = Duration::from_secs(30);
const QUIET_FOR: Duration = Duration::from_secs(5);
const FIRST_RETRY_MS: u64 = 1_000;
const LAST_RETRY_MS: u64 = 15_000;
/// How often this member says to be here, and asks who else is.
const HERE: Duration = Duration::from_secs(4);

#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent: one may send, fetch and keep quiet at once"
)]
struct Line {
    stream: Option<Stream>,
    /// Whether a stream was closed since one stood last: the next is told nothing of meanwhile.
    was_closed: bool,
    is_resumed: bool,
    is_sending: bool,
    is_fetching: bool,
    fetch_again: bool,
    retry_ms: u64,
    news: Vec<Entry>,
    is_quiet: bool,
}

/// Between the board and the server.
#[derive(Clone, Copy)]
pub(super) struct Live {
    scenario: ScenarioId,
    cohort: CohortId,
    comments: Comments,
    outbox: Outbox,
    state: StoredValue<Option<BoardState>>,
    line: StoredValue<Line, LocalStorage>,
}

impl Live {
    /// A line that is not open yet.
    pub(super) fn new(
        (scenario, cohort): (ScenarioId, CohortId),
        me: PersonId,
        comments: Comments,
    ) -> Self {
        Self {
            scenario,
            cohort,
            comments,
            outbox: Outbox::new(scenario, me),
            state: StoredValue::new(None),
            line: StoredValue::new_local(Line {
                retry_ms: FIRST_RETRY_MS,
                ..Line::default()
            }),
        }
    }

    /// Begins to work for a board.
    pub(super) fn attach(self, state: BoardState) {
        self.state.set_value(Some(state));
        self.listen();
        self.be_here();
        spawn_local(async move {
            let kept = self.outbox.read().await;
            let Some(state) = self.state() else { return };
            state.resume(kept);
            self.line.try_update_value(|line| line.is_resumed = true);
            self.keep();
        });
    }

    /// Keeps on this device what the server has not answered, and what waits for a decision. Not
    /// before what was kept has been read: it must not be forgotten.
    pub(super) fn keep(self) {
        let is_resumed = self.line.try_with_value(|line| line.is_resumed);
        let (Some(true), Some(state)) = (is_resumed, self.state()) else {
            return;
        };
        if let Some(waiting) = state.waiting() {
            spawn_local(self.outbox.write(waiting));
        }
    }

    /// Says every few seconds, while the tab is visible and the board open to this member, where
    /// this member is.
    fn be_here(self) {
        let Some(state) = self.state() else { return };
        let connection = state.connection().try_get_untracked();
        if connection == Some(Connection::Online) && visibility::is_visible() {
            let here = SayHere {
                focus: state.looked_at().try_get_untracked().flatten(),
                holding: state
                    .held()
                    .try_get_untracked()
                    .flatten()
                    .map(|held| held.mentee),
            };
            spawn_local(async move {
                if let Ok(others) = api::board::say_here(self.scenario, here).await {
                    state.others_are(others);
                }
            });
        }
        set_timeout(move || self.be_here(), HERE);
    }

    fn state(self) -> Option<BoardState> {
        self.state.try_get_value().flatten()
    }

    /// Opens the stream, if it is not open.
    pub(super) fn listen(self) {
        let is_open = self.line.try_with_value(|line| line.stream.is_some());
        if is_open == Some(false) {
            let topics = [Topic::Scenario(self.scenario), Topic::Cohort(self.cohort)];
            let stream = api::events::open(&topics, move |report| self.hear(&report));
            self.line.update_value(|line| line.stream = stream);
        }
    }

    /// Closes the stream.
    pub(super) fn hang_up(self) {
        self.line.try_update_value(|line| {
            line.was_closed |= line.stream.take().is_some();
        });
    }

    /// The tab was hidden or shown.
    pub(super) fn visibility_changed(self) {
        if visibility::is_visible() {
            self.listen();
            self.fetch();
            self.comments.stir();
        } else {
            let close = move || {
                if !visibility::is_visible() {
                    self.hang_up();
                }
            };
            set_timeout(close, HIDDEN_FOR);
        }
    }

    fn hear(self, report: &Report) {
        let Some(state) = self.state() else { return };
        match report {
            Report::Opened => self.opened(),
            // The browser gives up on some refusals, so the stream is opened anew once the server
            // answers again.
            Report::Broken => {
                self.hang_up();
                self.fetch_later();
            }
            Report::Event(Event::Board {
                scenario,
                rev,
                command,
            }) => {
                let is_news = state.desk().try_with_untracked(|desk| {
                    let is_own = desk
                        .pending()
                        .iter()
                        .any(|pending| pending.send.id == *command);
                    *rev > desk.rev() + i64::from(is_own)
                });
                if *scenario == self.scenario && is_news == Some(true) {
                    self.fetch();
                }
            }
            Report::Event(Event::Comments { .. }) => self.comments.stir(),
            Report::Event(Event::Resync) => {
                self.comments.stir();
                self.fetch_all();
            }
            Report::Event(Event::Cohort { .. } | Event::Application { .. }) => {
                self.fetch_all();
            }
        }
    }

    /// Fetches what was done before the stream stood: the commands, or everything after an earlier
    /// stream was closed. A browser that comes back by itself is told the rest by the server.
    fn opened(self) {
        let was_closed = self
            .line
            .try_update_value(|line| std::mem::take(&mut line.was_closed));
        if was_closed == Some(true) {
            self.comments.stir();
            self.fetch_all();
        }
        self.fetch();
    }

    /// Fetches what was done since; everything, if that does not fit.
    pub(super) fn fetch(self) {
        let Some(false) = self.line.try_update_value(|line| {
            line.fetch_again = line.is_fetching;
            std::mem::replace(&mut line.is_fetching, true)
        }) else {
            return;
        };
        spawn_local(async move {
            let Some(state) = self.state() else { return };
            let rev = state.desk().try_with_untracked(Desk::rev).unwrap_or(0);
            let answer = api::board::commands_after(self.scenario, rev).await;
            self.line.try_update_value(|line| line.is_fetching = false);
            match answer {
                Ok(list) => self.caught_up(state, rev, list),
                Err(error) => self.lost(state, &error),
            }
            if self
                .line
                .try_update_value(|line| std::mem::take(&mut line.fetch_again))
                == Some(true)
            {
                self.fetch();
            }
        });
    }

    /// Takes in what was done since the revision that was asked for.
    fn caught_up(self, state: BoardState, asked: i64, list: EntryList) {
        self.line
            .try_update_value(|line| line.retry_ms = FIRST_RETRY_MS);
        state.connected(Connection::Online);
        if visibility::is_visible() {
            self.listen();
        }
        let is_empty = list.entries.is_empty();
        let received = state.receive(list.entries);
        self.tell(received.others);
        let is_behind = state
            .desk()
            .try_with_untracked(|desk| desk.rev() < list.rev)
            == Some(true);
        if list.rev < asked {
            self.fetch_anew();
        } else if received.has_gap || (is_behind && is_empty) {
            self.fetch_all();
        } else if is_behind {
            // The server sends a long log in parts.
            self.line.try_update_value(|line| line.fetch_again = true);
        }
        self.send();
    }

    /// Fetches the whole board.
    pub(super) fn fetch_all(self) {
        spawn_local(async move {
            let Some(state) = self.state() else { return };
            match api::board::board(self.scenario).await {
                Ok(view) => state.replace(view),
                Err(error) => self.lost(state, &error),
            }
        });
    }

    /// Fetches the whole board in place of the one that is known: it counts fewer commands than
    /// this page, since this member stays away from somebody now.
    fn fetch_anew(self) {
        spawn_local(async move {
            let Some(state) = self.state() else { return };
            match api::board::board(self.scenario).await {
                Ok(view) => {
                    state.begin_anew(view);
                    self.fetch();
                }
                Err(error) => self.lost(state, &error),
            }
        });
    }

    /// Sends what is pending, one after the other.
    pub(super) fn send(self) {
        let Some(false) = self
            .line
            .try_update_value(|line| std::mem::replace(&mut line.is_sending, true))
        else {
            return;
        };
        spawn_local(async move {
            while let Some(state) = self.state() {
                let next = state
                    .desk()
                    .try_with_untracked(|desk| desk.next_to_send().cloned());
                let Some(Some(command)) = next else { break };
                let answer = api::board::change(self.scenario, &command).await;
                if !self.answered(state, command.id, answer.map(|accepted| accepted.entry)) {
                    break;
                }
            }
            self.line.try_update_value(|line| line.is_sending = false);
        });
    }

    /// Takes in the answer to a command. Says whether to go on with the next.
    fn answered(self, state: BoardState, id: CommandId, answer: Result<Entry, ApiError>) -> bool {
        match answer {
            Ok(entry) => {
                self.line
                    .try_update_value(|line| line.retry_ms = FIRST_RETRY_MS);
                state.connected(Connection::Online);
                let received = state.accepted(entry);
                self.tell(received.others);
                true
            }
            Err(error)
                if error.is_passing()
                    || matches!(error, ApiError::SignedOut | ApiError::NotFound) =>
            {
                self.lost(state, &error);
                false
            }
            Err(ApiError::Refused(problem)) => {
                match refused(&problem) {
                    Some(refused) => state.refused(id, refused),
                    None => state.failed(id, &ApiError::Refused(problem).sentence()),
                }
                true
            }
            Err(error) => {
                state.failed(id, &error.sentence());
                if error == ApiError::Forbidden {
                    self.fetch_anew();
                }
                true
            }
        }
    }

    fn lost(self, state: BoardState, error: &ApiError) {
        if matches!(error, ApiError::NotFound | ApiError::Forbidden) {
            self.hang_up();
            state.connected(Connection::Gone);
        } else if *error == ApiError::SignedOut {
            state.connected(Connection::SignedOut);
        } else if error.is_passing() {
            state.connected(Connection::Offline);
            self.fetch_later();
        }
    }

    /// Tries again after a while, each time a little later.
    fn fetch_later(self) {
        let wait = self.line.try_update_value(|line| {
            let wait = line.retry_ms;
            line.retry_ms = (wait * 2).min(LAST_RETRY_MS);
            wait
        });
        if let Some(wait) = wait {
            set_timeout(move || self.fetch(), Duration::from_millis(wait));
        }
    }

    /// Says what others did, at most once in a while.
    fn tell(self, news: Vec<Entry>) {
        if news.is_empty() {
            return;
        }
        let is_quiet = self.line.try_update_value(|line| {
            line.news.extend(news);
            std::mem::replace(&mut line.is_quiet, true)
        });
        if is_quiet == Some(false) {
            self.tell_now();
        }
    }

    fn tell_now(self) {
        let Some(news) = self
            .line
            .try_update_value(|line| std::mem::take(&mut line.news))
        else {
            return;
        };
        let Some(state) = self.state() else { return };
        let sentence = state
            .desk()
            .try_with_untracked(|desk| words::deed::deeds(desk, &news))
            .flatten();
        match sentence {
            Some(sentence) => {
                announce::polite(&sentence);
                set_timeout(move || self.tell_now(), QUIET_FOR);
            }
            None => {
                self.line.try_update_value(|line| line.is_quiet = false);
            }
        }
    }
}

fn refused(problem: &Problem) -> Option<RefusedCommand> {
    json::read(&problem.extra.as_ref()?.to_string())
}
