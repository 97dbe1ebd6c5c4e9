//! The board as this member sees it: what the server has confirmed, with the own commands that are
//! still on their way applied on top. Pure: no signals, no network, no clock.
//!
//! What comes in, and what becomes of it:
//!
//! | comes in | revision | and | then |
//! |---|---|---|---|
//! | entry | known or older | | nothing changes; if it is pending here, it no longer is |
//! | entry | the next | pending here | confirmed; nothing moves |
//! | entry | the next | somebody else's | applied below the pending commands |
//! | entry | beyond the next | | left alone; the caller fetches what lies between |
//! | snapshot | not older | | replaces what was confirmed; pending commands are applied again |
//! | snapshot | older | | left alone |
//! | snapshot | whatever | for a reader who is counted fewer commands | replaces everything |
//! | refusal | | pending here | that command alone is taken back |
//!
//! A pending command that no longer fits stays pending and shows nothing: the server answers it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tandem_api::board::{BoardView, Entry, SendCommand};
use tandem_domain::board::{Board, Command, Past, Placement, Refusal, Terms};
use tandem_domain::candidate::{Candidate, Side};
use tandem_domain::id::{ApplicationId, CohortId, CommandId, PersonId, ScenarioId};
use tandem_domain::matching::Problem;
use tandem_domain::order;
use tandem_domain::role::Role;
use tandem_domain::score::Scoring;

use super::people::People;
use super::rank::Table;

/// Whether warnings may be let stand by whoever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Power {
    /// The chair.
    Overrides,
    /// Everybody else.
    Obeys,
}

/// A command of this member that the server has not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pending {
    /// As it is sent.
    pub(super) send: SendCommand,
    /// What puts it back.
    pub(super) inverse: Command,
    /// Whether the server took it, but what lies before it is not known here yet.
    pub(super) is_taken: bool,
}

/// What became of entries that came in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Received {
    /// Commands of others that are now applied.
    pub(super) others: Vec<Entry>,
    /// Whether something lies between what is known and what came in.
    pub(super) has_gap: bool,
}

/// The board as this member sees it.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    board: Board,
    /// What the server has confirmed of those whom pending commands are about.
    confirmed: BTreeMap<ApplicationId, Option<Placement>>,
    /// The terms that pending commands changed, as they were, the first first.
    terms_before: Vec<Terms>,
    rev: i64,
    pending: Vec<Pending>,
    log: Vec<Entry>,
    table: Arc<Table>,
    scoring: Scoring,
    scenario: ScenarioId,
    cohort: CohortId,
    people: Arc<People>,
    me: PersonId,
    may_change: bool,
    in_force: bool,
    power: Power,
    /// The board as it was, while that is looked at.
    earlier: Option<Earlier>,
    marks: Marks,
}

/// What is marked on mentees, beside the board itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Marks {
    /// Whom others changed since this member last looked.
    pub(super) news: BTreeSet<ApplicationId>,
    /// Of whom, or of whose pair, something unresolved is said.
    pub(super) commented: BTreeSet<ApplicationId>,
}

/// The board as it was some commands ago.
#[derive(Debug, Clone)]
struct Earlier {
    past: Past,
    board: Board,
}

impl Desk {
    /// A desk with nothing pending.
    pub(super) fn open(view: BoardView, me: PersonId) -> Self {
        let mut desk = Self {
            board: Board::default(),
            confirmed: BTreeMap::new(),
            terms_before: Vec::new(),
            rev: i64::MIN,
            pending: Vec::new(),
            log: Vec::new(),
            table: Arc::default(),
            scoring: Scoring::default(),
            scenario: view.scenario,
            cohort: view.cohort,
            people: Arc::default(),
            me,
            may_change: false,
            in_force: true,
            power: Power::Obeys,
            earlier: None,
            marks: Marks::default(),
        };
        desk.replace(view);
        desk
    }

    /// Takes in a snapshot. False if it is older than what is known.
    pub(super) fn replace(&mut self, view: BoardView) -> bool {
        if view.rev < self.rev {
            return false;
        }
        self.rev = view.rev;
        self.may_change = view.may_change;
        self.in_force = view.in_force;
        self.power = if view.may_override {
            Power::Overrides
        } else {
            Power::Obeys
        };
        self.log = view.recent;
        order::sort_by_key(&mut self.log, |entry| entry.rev);
        let known = order::set(self.log.iter().map(|entry| entry.id));
        self.pending
            .retain(|pending| !known.contains(&pending.send.id));
        self.board = Board::new(view.candidates, view.facts, view.placements);
        self.table = Arc::new(Table::new(&self.board, view.weights));
        self.scoring = view.scoring;
        self.people = Arc::new(People::of(&self.board));
        self.confirmed.clear();
        self.terms_before.clear();
        self.lay_over();
        true
    }

    /// Takes in a snapshot in place of everything that is known, whatever its revision: the reader is
    /// counted fewer commands than before. What the board was before that is not looked at any more.
    pub(super) fn begin_anew(&mut self, view: BoardView) {
        self.rev = i64::MIN;
        self.earlier = None;
        self.replace(view);
    }

    /// Applies a command of this member and keeps it as pending.
    pub(super) fn make(
        &mut self,
        id: CommandId,
        command: Command,
        undoes: Option<CommandId>,
    ) -> Result<SendCommand, Refusal> {
        let expect = self.board.expect(&command);
        // Who puts back what stood before needs no word of the chair: it was given then.
        let speaks_for_chair = self.power == Power::Overrides || undoes.is_some();
        let before = self.board.places(&command);
        let terms = self.board.present_terms(&command);
        let inverse = self.board.apply(&command, &expect, speaks_for_chair)?;
        self.remember(before, terms);
        let send = SendCommand {
            id,
            command,
            expect,
            undoes,
        };
        self.pending.push(Pending {
            send: send.clone(),
            inverse,
            is_taken: false,
        });
        Ok(send)
    }

    /// Takes in commands of this member from before, which the server may not have answered.
    pub(super) fn resume(&mut self, commands: Vec<SendCommand>) {
        self.lift_off();
        let is_new = |send: &SendCommand| {
            let is_logged = self.log.iter().any(|entry| entry.id == send.id);
            !is_logged
                && self
                    .pending
                    .iter()
                    .all(|pending| pending.send.id != send.id)
        };
        let earlier: Vec<Pending> = commands
            .into_iter()
            .filter(is_new)
            .map(|send| Pending {
                inverse: send.command.clone(),
                send,
                is_taken: false,
            })
            .collect();
        self.pending.splice(0..0, earlier);
        self.lay_over();
    }

    /// Takes in commands of the log; see the table above.
    pub(super) fn receive(&mut self, entries: Vec<Entry>) -> Received {
        let mut received = Received::default();
        self.lift_off();
        for entry in entries {
            if entry.rev <= self.rev {
                self.pending.retain(|pending| pending.send.id != entry.id);
                continue;
            }
            // Whoever made it was allowed to: the server said so.
            let fits =
                entry.rev == self.rev + 1 && self.board.apply(&entry.command, &[], true).is_ok();
            if let Some(terms) = self.board.present_terms(&entry.command) {
                self.table.forget(terms);
            }
            if !fits {
                received.has_gap = true;
                break;
            }
            self.rev = entry.rev;
            let n_pending = self.pending.len();
            self.pending.retain(|pending| pending.send.id != entry.id);
            if n_pending == self.pending.len() {
                received.others.push(entry.clone());
            }
            self.log.push(entry);
        }
        self.lay_over();
        received
    }

    /// Takes in that the server took a command. Like receiving it, but it is not sent again while
    /// what lies before it is fetched.
    pub(super) fn accept(&mut self, entry: Entry) -> Received {
        for pending in &mut self.pending {
            pending.is_taken |= pending.send.id == entry.id;
        }
        self.receive(vec![entry])
    }

    /// The next command to send, if there is one.
    pub(super) fn next_to_send(&self) -> Option<&SendCommand> {
        self.pending
            .iter()
            .find(|pending| !pending.is_taken)
            .map(|pending| &pending.send)
    }

    /// Takes back a command that the server refused. Answers what it was.
    pub(super) fn refuse(&mut self, id: CommandId) -> Option<SendCommand> {
        let pending_idx = self
            .pending
            .iter()
            .position(|pending| pending.send.id == id)?;
        self.lift_off();
        let refused = self.pending.remove(pending_idx);
        self.lay_over();
        Some(refused.send)
    }

    /// Takes the pending commands off the board: it stands as the server has confirmed it.
    fn lift_off(&mut self) {
        for (mentee, place) in std::mem::take(&mut self.confirmed) {
            self.board.placements.put(mentee, place);
        }
        for terms in std::mem::take(&mut self.terms_before).into_iter().rev() {
            self.board.set_terms(terms);
            self.table.forget(terms);
        }
    }

    /// Applies the pending commands on top of what is confirmed.
    fn lay_over(&mut self) {
        for mut pending in std::mem::take(&mut self.pending) {
            let before = self.board.places(&pending.send.command);
            let terms = self.board.present_terms(&pending.send.command);
            // What no longer fits is shown as the server has it until the server answers.
            if let Ok(inverse) = self.board.apply(&pending.send.command, &[], true) {
                pending.inverse = inverse;
                self.remember(before, terms);
            }
            self.pending.push(pending);
        }
    }

    fn remember(&mut self, before: Vec<(ApplicationId, Option<Placement>)>, terms: Option<Terms>) {
        if let Some(terms) = terms {
            self.terms_before.push(terms);
            self.table.forget(terms);
        }
        for (mentee, place) in before {
            self.confirmed.entry(mentee).or_insert(place);
        }
    }

    /// The board as it is shown: as it is, or as it was while that is looked at.
    pub(super) fn board(&self) -> &Board {
        self.earlier
            .as_ref()
            .map_or(&self.board, |earlier| &earlier.board)
    }

    /// The board as it is, whatever is shown.
    pub(super) fn present(&self) -> &Board {
        &self.board
    }

    /// Whether the board is shown as it was.
    pub(super) fn is_earlier(&self) -> bool {
        self.earlier.is_some()
    }

    /// Shows the board as it was before the last commands of a log that ends with the revision that
    /// is known here; before none of them it is the present. What goes on meanwhile goes on below.
    pub(super) fn look_back(&mut self, log: &[Entry], steps: usize) {
        if steps == 0 {
            self.earlier = None;
            return;
        }
        let mut earlier = self.earlier.take().unwrap_or_else(|| self.now());
        while earlier.past.steps() > steps && earlier.past.forward() {}
        let undone = log.iter().rev().skip(earlier.past.steps());
        for entry in undone.take(steps.saturating_sub(earlier.past.steps())) {
            earlier.past.back(&entry.inverse);
        }
        earlier
            .board
            .placements
            .clone_from(earlier.past.placements());
        self.earlier = Some(earlier);
    }

    /// The present as the server has confirmed it, to go back from.
    fn now(&self) -> Earlier {
        let mut board = self.board.clone();
        for (mentee, place) in &self.confirmed {
            board.placements.put(*mentee, place.clone());
        }
        Earlier {
            past: Past::new(board.placements.clone()),
            board,
        }
    }

    /// Takes in what is marked.
    pub(super) fn mark(&mut self, marks: Marks) {
        self.marks = marks;
    }

    /// What is marked.
    pub(super) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The scores and rules of all pairs.
    pub(super) fn table(&self) -> &Arc<Table> {
        &self.table
    }

    /// Which board.
    pub(super) fn scenario(&self) -> ScenarioId {
        self.scenario
    }

    /// Of which cohort.
    pub(super) fn cohort(&self) -> CohortId {
        self.cohort
    }

    /// The board as the solver needs it.
    pub(super) fn problem(&self) -> Problem {
        Problem::of(&self.board, &self.scoring)
    }

    /// From which score on pairs are proposed.
    pub(super) fn floor(&self) -> u16 {
        self.scoring.floor
    }

    /// The last revision that is applied.
    pub(super) fn rev(&self) -> i64 {
        self.rev
    }

    /// The commands that are on their way, in order.
    pub(super) fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// The commands of everybody, oldest first.
    pub(super) fn log(&self) -> &[Entry] {
        &self.log
    }

    /// Who this member is.
    pub(super) fn me(&self) -> PersonId {
        self.me
    }

    /// Whether the reader may set what holds for every board: who is kept apart, and places.
    pub(super) fn may_set_terms(&self) -> bool {
        self.may_change() && self.in_force
    }

    /// Whether this member may change what is shown now. Nobody changes what was.
    pub(super) fn may_change(&self) -> bool {
        self.may_change && self.earlier.is_none()
    }

    /// Whether this member may change the board, whatever is shown.
    pub(super) fn may_change_present(&self) -> bool {
        self.may_change
    }

    /// Whether warnings may be let stand.
    pub(super) fn power(&self) -> Power {
        self.power
    }

    /// Somebody on the board.
    pub(super) fn candidate(&self, id: ApplicationId) -> Option<&Candidate> {
        self.board.candidates.get(&id)
    }

    /// Somebody's name.
    pub(super) fn name(&self, id: ApplicationId) -> &str {
        self.candidate(id)
            .map_or("Somebody", |candidate| &candidate.name)
    }

    /// Everybody, in order and with the words they are found by.
    pub(super) fn people(&self) -> &People {
        &self.people
    }

    /// Everybody of one side, by name.
    pub(super) fn side(&self, role: Role) -> &[ApplicationId] {
        self.people.side(role)
    }

    /// A mentee's place, if it has one.
    pub(super) fn placement(&self, mentee: ApplicationId) -> Option<&Placement> {
        self.board().placements.get(&mentee)
    }

    /// A mentee's mentor, if it has one.
    pub(super) fn mentor_of(&self, mentee: ApplicationId) -> Option<ApplicationId> {
        self.board().mentor_of(mentee)
    }

    /// The mentees of a mentor, by name.
    pub(super) fn occupants(&self, mentor: ApplicationId) -> impl Iterator<Item = ApplicationId> {
        let mut occupants: Vec<_> = self.board().mentees_of(mentor).collect();
        occupants.sort_by_key(|one| self.people.rank(*one));
        occupants.into_iter()
    }

    /// How many mentees a mentor has.
    pub(super) fn n_occupants(&self, mentor: ApplicationId) -> usize {
        self.board().placements.count_of(mentor)
    }

    /// How many mentees a mentor takes.
    pub(super) fn capacity(&self, mentor: ApplicationId) -> usize {
        match self.candidate(mentor).map(|one| &one.side) {
            Some(Side::Mentor { capacity, .. }) => usize::from(*capacity),
            _ => 0,
        }
    }

    /// How many berths a mentor's row has: a place each, and those who stand there beyond them.
    pub(super) fn n_berths(&self, mentor: ApplicationId) -> usize {
        self.capacity(mentor).max(self.n_occupants(mentor))
    }

    /// How many places of a mentor are free.
    pub(super) fn n_free(&self, mentor: ApplicationId) -> usize {
        self.capacity(mentor)
            .saturating_sub(self.n_occupants(mentor))
    }

    /// The score of a pair.
    pub(super) fn score(&self, mentee: ApplicationId, mentor: ApplicationId) -> u16 {
        self.table.score(&self.board, mentee, mentor)
    }

    /// How many mentees have no mentor.
    pub(super) fn n_unpaired(&self) -> usize {
        let n_mentees = self.side(Role::Mentee).len();
        n_mentees.saturating_sub(self.board().placements.len())
    }
}
