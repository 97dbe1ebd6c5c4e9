//! What members say about people, pairs and the board. Everything but the thread to it comes as a
//! part of its own, when the first of it is shown.

mod entry;
mod thread;
mod words;

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_api::comment::CommentList;
use tandem_domain::comment::About;
use tandem_domain::id::{ApplicationId, PersonId, ScenarioId};
use tandem_domain::role::Role;

pub(super) use self::thread::Thread;
use super::part;
use crate::load::Load;

/// The comments of a board's cohort. What is being written stays while the board is open, whoever is
/// looked at.
#[derive(Clone, Copy)]
pub(super) struct Comments {
    scenario: ScenarioId,
    me: PersonId,
    may_read: bool,
    /// Counts what the stream said of comments.
    stirs: RwSignal<u32>,
    /// The count at which they were read last.
    read_at: StoredValue<Option<u32>>,
    list: RwSignal<Load<CommentList>>,
    failed: RwSignal<Option<String>>,
    drafts: RwSignal<BTreeMap<About, String>>,
}

impl Comments {
    /// Nothing is read yet.
    pub(super) fn new(scenario: ScenarioId, me: PersonId, may_read: bool) -> Self {
        Self {
            scenario,
            me,
            may_read,
            stirs: RwSignal::new(0),
            read_at: StoredValue::new(None),
            list: RwSignal::new(Load::Waiting),
            failed: RwSignal::new(None),
            drafts: RwSignal::default(),
        }
    }

    fn expect() -> Self {
        expect_context()
    }

    /// Somebody said something, or may have while nobody listened.
    pub(super) fn stir(self) {
        self.stirs
            .try_update(|stirs| *stirs = stirs.wrapping_add(1));
    }
}

/// Whom a thread is about; nobody for the board as a whole.
#[derive(Debug, Clone, Copy)]
struct At(Option<(ApplicationId, Role)>);

/// What is said about somebody, and about pairs that somebody is in.
#[component]
pub(super) fn PersonComments(
    /// Who.
    who: ApplicationId,
    /// Which side.
    role: Role,
) -> impl IntoView {
    provide_context(At(Some((who, role))));
    Comments::expect().may_read.then(part::aside::Thread)
}

/// What is said about the board as a whole, and where people are talked about.
#[component]
pub(super) fn BoardComments() -> impl IntoView {
    provide_context(At(None));
    Comments::expect().may_read.then(part::aside::Thread)
}
