//! Who is signed in, what the server is called, and what time it is there.

pub mod follow;
pub mod sign_in;
pub mod sign_out;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use tandem_api::cohort::{CohortView, ProgramView};
use tandem_api::session::{Me, SessionView};
use tandem_domain::id::ProgramId;
use tandem_domain::role::Office;

use crate::api::error::ApiError;
use crate::dom::{clock, storage};
use crate::load::Load;

/// What every screen may ask: the reader, the programs, the clocks.
#[derive(Clone, Copy)]
pub struct Session {
    view: RwSignal<Load<SessionView>>,
    programs: RwSignal<Load<Vec<ProgramView>>>,
    clocks: RwSignal<Clocks>,
    asked: RwSignal<u32>,
    is_over: RwSignal<bool>,
    shared: RwSignal<bool>,
    ticks: RwSignal<u32>,
}

/// How far the server's clocks are ahead of this browser's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Clocks {
    real: TimeDelta,
    program: TimeDelta,
}

impl Session {
    /// Makes it known to all screens below.
    pub fn provide() -> Self {
        let session = Self {
            view: RwSignal::new(Load::Waiting),
            programs: RwSignal::new(Load::Waiting),
            clocks: RwSignal::new(Clocks::default()),
            asked: RwSignal::new(0),
            is_over: RwSignal::new(false),
            shared: RwSignal::new(storage::is_shared()),
            ticks: RwSignal::new(0),
        };
        provide_context(session);
        session
    }

    /// The session that the app provided.
    ///
    /// # Panics
    /// Outside the app.
    pub fn expect() -> Self {
        use_context().unwrap_or_else(|| panic!("`Session::provide` belongs in `App`"))
    }

    /// Takes in what the server said. A passing failure never hides what is known.
    pub fn receive(
        self,
        view: Result<SessionView, ApiError>,
        programs: Result<Vec<ProgramView>, ApiError>,
    ) {
        if let Ok(view) = &view {
            self.clocks.try_set(Clocks::of(view, clock::now()));
        }
        // Another tab may have said whose computer this is.
        self.shared.try_set(storage::look());
        keep_or_replace(self.view, view);
        keep_or_replace(self.programs, programs);
    }

    /// Asks the server again: after signing in or out, after a set-up, after a move of the clock.
    pub fn refresh(self) {
        self.asked.try_update(|asked| *asked += 1);
    }

    /// Counts how often the server was to be asked. The app asks it each time.
    pub fn asked(self) -> Signal<u32> {
        self.asked.into()
    }

    /// The reader signed out: the app leaves this page, and the other tabs leave theirs.
    pub fn end(self) {
        self.is_over.try_set(true);
    }

    /// Whether the reader has signed out.
    pub fn is_over(self) -> Signal<bool> {
        self.is_over.into()
    }

    /// Whether others use this computer, too: then nothing is kept in it.
    pub fn is_shared(self) -> Signal<bool> {
        self.shared.into()
    }

    /// The reader says whether others use this computer, too. Before signing in, so that the server
    /// lets the session end with the browser.
    pub fn set_shared(self, is_shared: bool) {
        storage::set_shared(is_shared);
        self.shared.try_set(storage::is_shared());
    }

    /// Who is signed in: nothing while it is not known, then somebody or nobody.
    pub fn known(self) -> Signal<Option<Option<Me>>> {
        let view = self.view;
        Signal::derive(move || view.with(|view| view.ready().map(|view| view.me.clone())))
    }

    /// Who is signed in, if anybody is.
    pub fn me(self) -> Signal<Option<Me>> {
        let known = self.known();
        Signal::derive(move || known.get().flatten())
    }

    /// Whether the first answer of the server is still on its way, here, or failed.
    pub fn state(self) -> Signal<Load<SessionView>> {
        self.view.into()
    }

    /// The programs on this server, as far as the reader may see them.
    pub fn programs(self) -> Signal<Load<Vec<ProgramView>>> {
        self.programs.into()
    }

    /// The first program, which gives the server its name.
    pub fn program(self) -> Signal<Option<ProgramView>> {
        let programs = self.programs;
        Signal::derive(move || {
            programs.with(|programs| {
                programs
                    .ready()
                    .and_then(|programs| programs.first().cloned())
            })
        })
    }

    /// The newest cohort of the first program.
    pub fn cohort(self) -> Signal<Option<CohortView>> {
        let program = self.program();
        Signal::derive(move || program.with(|program| program.as_ref()?.cohorts.first().cloned()))
    }

    /// Whether the reader holds this office in the program. Nothing while it is not known.
    pub fn holds(self, program: ProgramId, office: Office) -> Signal<Option<bool>> {
        let known = self.known();
        Signal::derive(move || {
            known.with(|known| known.as_ref().map(|me| holds(me.as_ref(), program, office)))
        })
    }

    /// Whether the reader holds any office. Nothing while it is not known.
    pub fn in_committee(self) -> Signal<Option<bool>> {
        let known = self.known();
        Signal::derive(move || {
            known.with(|known| {
                let me = known.as_ref()?.as_ref();
                Some(me.is_some_and(|me| !me.offices.is_empty()))
            })
        })
    }

    /// Whether the reader may set things up: an officer, a chair, or who runs the server.
    pub fn can_manage(self) -> Signal<Option<bool>> {
        let known = self.known();
        Signal::derive(move || {
            known.with(|known| known.as_ref().map(|me| me.as_ref().is_some_and(can_manage)))
        })
    }

    /// Whether this is a demonstration with fictional people.
    pub fn is_demo(self) -> Signal<bool> {
        let view = self.view;
        Signal::derive(move || view.with(|view| view.ready().is_some_and(|view| view.demo)))
    }

    /// Whether mails stay on the server and are read there.
    pub fn local_mail(self) -> Signal<bool> {
        let view = self.view;
        Signal::derive(move || view.with(|view| view.ready().is_some_and(|view| view.local_mail)))
    }

    /// Program time now: phases and deadlines go by it. Not reactive in time.
    pub fn program_now(self) -> DateTime<Utc> {
        clock::now() + self.clocks.get().program
    }

    /// Program time, as it goes on: for what counts down.
    pub fn program_time(self) -> Signal<DateTime<Utc>> {
        Signal::derive(move || {
            self.ticks.get();
            self.program_now()
        })
    }

    /// Time has gone on. The app says so every few seconds.
    pub fn tick(self) {
        self.ticks
            .try_update(|ticks| *ticks = ticks.wrapping_add(1));
    }

    /// An answer of the server told program time; it was on its way between these two moments of
    /// this browser's clock. A clock that goes wrong or is set meanwhile is noticed so.
    pub fn hear_program_time(self, told: DateTime<Utc>, sent: DateTime<Utc>, came: DateTime<Utc>) {
        let ahead = ahead_by(told, sent, came);
        let is_news = self
            .clocks
            .try_with_untracked(|clocks| (clocks.program - ahead).abs() > TimeDelta::seconds(2));
        if is_news == Some(true) {
            self.clocks.try_update(|clocks| clocks.program = ahead);
        }
    }

    /// Real time at the server now. Not reactive in time.
    pub fn real_now(self) -> DateTime<Utc> {
        clock::now() + self.clocks.get().real
    }
}

impl Clocks {
    fn of(view: &SessionView, here: DateTime<Utc>) -> Self {
        Self {
            real: view.server_now - here,
            program: view.program_now - here,
        }
    }
}

/// How far a clock is ahead of this browser's, if its answer left it half-way.
fn ahead_by(told: DateTime<Utc>, sent: DateTime<Utc>, came: DateTime<Utc>) -> TimeDelta {
    told - (sent + (came - sent) / 2)
}

fn keep_or_replace<T: Send + Sync + 'static>(
    signal: RwSignal<Load<T>>,
    answer: Result<T, ApiError>,
) {
    let keeps = answer.is_err()
        && signal
            .try_with_untracked(|load| load.ready().is_some())
            .unwrap_or(true);
    if !keeps {
        signal.try_set(answer.into());
    }
}

fn holds(me: Option<&Me>, program: ProgramId, office: Office) -> bool {
    me.is_some_and(|me| {
        me.offices
            .iter()
            .any(|held| held.program == program && held.office == office)
    })
}

fn can_manage(me: &Me) -> bool {
    me.founder
        || me
            .offices
            .iter()
            .any(|held| matches!(held.office, Office::Officer | Office::Chair))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w_19_a_wrong_clock_of_the_browser_decides_nothing() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        // This browser is a day behind; the answer took four seconds in all.
        let (sent, came) = (at("2018-03-02T12:00:00Z"), at("2018-03-02T12:00:04Z"));
        let ahead = ahead_by(at("2018-03-03T11:59:00Z"), sent, came);
        assert_eq!(came + ahead, at("2018-03-03T11:59:02Z"));
    }
}
