//! The two lists side by side: which rows they hold, where the keyboard is in them, and how to get
//! to somebody wherever the lists are scrolled to.

use leptos::prelude::*;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use super::facets::MentorSort;
use super::filters;
use super::list::{List, focus_soon};
use super::mentee_card::{also_id, card_id};
use super::mentor_row::mentor_id;
use super::narrow::Side;
use super::roving::Roving;
use super::state::{BoardState, Held, Trigger};
use crate::dom::size;

/// The two lists.
#[derive(Clone, Copy)]
pub(super) struct Panes {
    state: BoardState,
    /// The mentees that are listed.
    pub(super) mentees: List,
    /// The mentors that are listed, with their mentees in their berths.
    pub(super) mentors: List,
    /// The tab stop among the mentees.
    pub(super) in_pool: Roving,
    /// The tab stop among the mentors and those in their berths.
    pub(super) in_rows: Roving,
    /// Which list was chosen where only one has room.
    pub(super) side: RwSignal<Side>,
}

impl Panes {
    /// The lists of a board.
    pub(super) fn new(state: BoardState) -> Self {
        let desk = state.desk();
        let mentees = Memo::new(move |_| {
            let query = state.query().get();
            desk.with(|desk| filters::mentees(desk, &query))
        });
        // Only an order that asks for it follows who is in focus, and never while somebody is dragged:
        // nothing moves under the pointer. Where one list has room, whoever picks somebody up comes to
        // the mentors only then, and the best stand first.
        let comes = Memo::new(move |_| {
            let held = state.held().get();
            held.is_some_and(|held| held.trigger == Trigger::Click && size::is_narrow())
        });
        let focus = Memo::new(move |before: Option<&Option<ApplicationId>>| {
            let asks = state
                .query()
                .with(|query| query.facets.mentor_sort == MentorSort::Fit);
            if !asks && !comes.get() {
                return None;
            }
            let is_dragged = |held: Held| held.trigger == Trigger::Pointer;
            if state.held().get().is_some_and(is_dragged) {
                return before.copied().flatten();
            }
            let held = state.held().get().map(|held| held.mentee);
            let who = held.or_else(|| state.looked_at().get())?;
            desk.with(|desk| desk.board().mentee(who).map(|mentee| mentee.id))
        });
        let mentors = Memo::new(move |_| {
            let mut query = state.query().get();
            let focus = focus.get();
            if comes.get() {
                query.facets.mentor_sort = MentorSort::Fit;
            }
            desk.with(|desk| filters::mentors(desk, &query, focus))
        });
        let in_berths = Memo::new(move |_| {
            desk.with(|desk| {
                let row =
                    |mentor: &ApplicationId| [*mentor].into_iter().chain(desk.occupants(*mentor));
                mentors.with(|mentors| mentors.iter().flat_map(row).collect::<Vec<_>>())
            })
        });
        let in_pool = Roving::new(mentees.into());
        let in_rows = Roving::new(in_berths.into());
        let row_of = move |who| desk.with(|desk| desk.mentor_of(who).unwrap_or(who));
        let mentors = List::new(
            mentors,
            move |order| desk.with(|desk| order.iter().map(|one| desk.n_berths(*one)).collect()),
            Signal::derive(move || in_rows.present().get().map(row_of)),
        );
        Effect::new(move || {
            if comes.get() {
                mentors.to_top();
            }
        });
        Self {
            state,
            mentees: List::new(mentees, |order| vec![0; order.len()], in_pool.present()),
            mentors,
            in_pool,
            in_rows,
            side: RwSignal::new(Side::Mentees),
        }
    }

    /// Gives the keyboard to somebody's card, wherever it stands.
    pub(super) fn go(self, who: ApplicationId) {
        let (role, mentor) = self.state.desk().with_untracked(|desk| {
            let role = desk.candidate(who).map(|candidate| candidate.role);
            (role, desk.mentor_of(who))
        });
        let (row, card) = match (role, mentor) {
            (Some(Role::Mentor), _) => (Some(who), mentor_id(who)),
            (_, Some(mentor)) => (Some(mentor), card_id(who)),
            _ => (None, card_id(who)),
        };
        if let Some(row) = row
            && self.mentors.reveal(row)
        {
            self.in_rows.choose(who);
            self.side.set(Side::Mentors);
            focus_soon(card);
        } else if self.mentees.reveal(who) {
            self.in_pool.choose(who);
            self.side.set(Side::Mentees);
            focus_soon(if mentor.is_some() { also_id(who) } else { card });
        }
        // One that is not listed at present has no card to go to.
    }

    /// Which list is shown where only one has room: that of the mentors while somebody is placed.
    pub(super) fn shown(self) -> Signal<Side> {
        Signal::derive(move || match self.state.held().get() {
            Some(_) => Side::Mentors,
            None => self.side.get(),
        })
    }

    fn roving(self, side: Side) -> Roving {
        match side {
            Side::Mentees => self.in_pool,
            Side::Mentors => self.in_rows,
        }
    }

    /// Everybody in a pane, in order.
    pub(super) fn order(self, side: Side) -> Vec<ApplicationId> {
        self.roving(side).order()
    }

    /// Moves the keyboard from a card of a pane as a key says. Answers to whom; nothing for other
    /// keys.
    pub(super) fn step(self, side: Side, from: ApplicationId, key: &str) -> Option<ApplicationId> {
        let roving = self.roving(side);
        let target = roving.target(from, key)?;
        roving.choose(target);
        let mentor = self
            .state
            .desk()
            .with_untracked(|desk| desk.mentor_of(target));
        match side {
            Side::Mentees => {
                self.mentees.reveal(target);
                focus_soon(match mentor {
                    Some(_) => also_id(target),
                    None => card_id(target),
                });
            }
            Side::Mentors => {
                self.mentors.reveal(mentor.unwrap_or(target));
                focus_soon(match mentor {
                    Some(_) => card_id(target),
                    None => mentor_id(target),
                });
            }
        }
        Some(target)
    }
}
