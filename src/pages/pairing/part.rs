//! What of the board is loaded when it is first shown: the dialogs of its tools, and what stands
//! beside the lists.

use leptos::prelude::*;

use crate::part::part;

part! {
    /// Suggestions, scenarios, history, and how pairs are scored.
    suggest:
    pairing::past => HistoryOfBoard,
    pairing::scenarios => Scenarios,
    pairing::scoring => ScoringForm,
    pairing::suggest => Suggestions,
}

part! {
    /// What stands beside the lists: comments, what narrows the lists, everything as one table.
    aside:
    pairing::comments => Thread,
    pairing::filter_panel => FilterChoices,
    pairing::table => PlanTable,
}

/// Closes the dialog that a tool stands in, once it has done its work.
#[derive(Clone, Copy)]
pub(super) struct Done(pub(super) Callback<()>);

impl Done {
    /// The one of the dialog around.
    ///
    /// # Panics
    /// Outside such a dialog.
    pub(super) fn expect() -> Callback<()> {
        let Self(done) = use_context()
            .unwrap_or_else(|| panic!("a tool of the board belongs in a dialog that gives `Done`"));
        done
    }
}
