//! What the parts of the board may read of the state.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use tandem_api::board::HereView;
use tandem_domain::id::ApplicationId;

use super::{Ask, BoardState, Connection, Held, Over, Picking};
use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::filters::Query;
use crate::pages::pairing::rank::summary::Summary;

impl BoardState {
    /// A time of day for the reader.
    pub(in crate::pages::pairing) fn time(self, at: DateTime<Utc>) -> String {
        self.world.time.run(at)
    }

    /// The desk, to be read.
    pub(in crate::pages::pairing) fn desk(self) -> ReadSignal<Desk> {
        self.desk.read_only()
    }

    /// How the pairs stand as a whole.
    pub(in crate::pages::pairing) fn summary(self) -> Memo<Summary> {
        self.summary
    }

    /// Which mentees are listed and how.
    pub(in crate::pages::pairing) fn query(self) -> Signal<Query> {
        self.query
    }

    /// Who is in the inspector.
    pub(in crate::pages::pairing) fn looked_at(self) -> ReadSignal<Option<ApplicationId>> {
        self.looked_at.read_only()
    }

    /// Who is being placed.
    pub(in crate::pages::pairing) fn held(self) -> ReadSignal<Option<Held>> {
        self.held.read_only()
    }

    /// What the pointer is over.
    pub(in crate::pages::pairing) fn over(self) -> ReadSignal<Option<Over>> {
        self.over.read_only()
    }

    /// Which list is open.
    pub(in crate::pages::pairing) fn picking(self) -> ReadSignal<Option<Picking>> {
        self.picking.read_only()
    }

    /// What waits for the chair's reason.
    pub(in crate::pages::pairing) fn ask(self) -> ReadSignal<Option<Ask>> {
        self.ask.read_only()
    }

    /// The message that stays.
    pub(in crate::pages::pairing) fn notice(self) -> ReadSignal<Option<String>> {
        self.notice.read_only()
    }

    /// Who has just moved.
    pub(in crate::pages::pairing) fn flash(self) -> ReadSignal<BTreeSet<ApplicationId>> {
        self.flash.read_only()
    }

    /// Who else is here, and where.
    pub(in crate::pages::pairing) fn others(self) -> ReadSignal<Vec<HereView>> {
        self.others.read_only()
    }

    /// Whether the history stands above the board.
    pub(in crate::pages::pairing) fn history_open(self) -> RwSignal<bool> {
        self.history_open
    }

    /// Whether changes reach the server.
    pub(in crate::pages::pairing) fn connection(self) -> ReadSignal<Connection> {
        self.connection.read_only()
    }
}
