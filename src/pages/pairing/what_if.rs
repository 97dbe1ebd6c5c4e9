//! What placing somebody would mean for everybody, at two speeds: the change of the board at once;
//! and when the pointer or the keyboard has rested on a place, what the solver says the cohort gains
//! or loses if the pair is kept and all others are placed anew.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::{Answer, How, Keeping, Question};

use super::desk::Desk;
use super::rank::effect::effect;
use super::rank::{Verdict, group};
use super::state::{BoardState, Over};
use super::suggest::consult::{Consult, Talk};
use super::words;

/// How long something rests on a place before the solver is asked.
const REST: Duration = Duration::from_millis(120);

/// What is aimed at: a mentee who is held, and a mentor.
type Aim = (ApplicationId, ApplicationId);

/// What placing somebody would mean.
#[derive(Clone, Copy)]
pub(super) struct WhatIf {
    state: BoardState,
    consult: Consult,
    aim: Memo<Option<Aim>>,
    /// What the solver was asked last, and on which board.
    asked: StoredValue<Option<(Aim, i64)>>,
}

impl WhatIf {
    /// For a board on which nothing was asked yet.
    pub(super) fn new(state: BoardState) -> Self {
        let aim = Memo::new(move |_| {
            let held = state.held().get()?.mentee;
            match (state.over().get()?, state.group(held).as_slice()) {
                (Over::Mentor(mentor, _), [mentee]) => Some((*mentee, mentor)),
                _ => None,
            }
        });
        let what_if = Self {
            state,
            consult: Consult::new(state.scenario()),
            aim,
            asked: StoredValue::new(None),
        };
        what_if.watch();
        what_if
    }

    /// The one that the board provided.
    ///
    /// # Panics
    /// Outside the board.
    pub(super) fn expect() -> Self {
        use_context().unwrap_or_else(|| panic!("`WhatIf` is provided by `Board`"))
    }

    fn watch(self) {
        Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
            if let Some(Some(timer)) = timer {
                timer.clear();
            }
            self.aim.get()?;
            set_timeout_with_handle(move || self.ask(), REST).ok()
        });
        // While one answer was worked out another place may have been rested on.
        Effect::new(move || {
            let is_working = self.consult.talk().with(Talk::is_working);
            if !is_working && self.asked.with_value(Option::is_some) {
                set_timeout(move || self.ask(), Duration::ZERO);
            }
        });
    }

    /// Asks the solver about what is aimed at, unless it is at work or has been asked already.
    fn ask(self) {
        let Some(Some((mentee, mentor))) = self.aim.try_get_untracked() else {
            return;
        };
        let desk = self.state.desk();
        let (rev, is_small) = desk.with_untracked(|desk| (desk.rev(), desk.table().knows_all()));
        let wanted = Some(((mentee, mentor), rev));
        let is_working = self.consult.talk().with_untracked(Talk::is_working);
        if is_working || !is_small || self.asked.get_value() == wanted {
            return;
        }
        self.asked.set_value(wanted);
        let how = How {
            keeping: Keeping::Locked,
            ..How::default()
        };
        let problem = desk.with_untracked(Desk::problem);
        self.consult
            .ask(problem, how, Question::Pair { mentee, mentor });
    }

    /// What changes at once.
    fn now(self) -> Option<String> {
        let held = self.state.held().get()?.mentee;
        let Over::Mentor(mentor, near) = self.state.over().get()? else {
            return None;
        };
        let group = self.state.group(held);
        self.state.desk().with(
            |desk| match group::place(desk, &group, mentor, near).verdict {
                Verdict::Does { command, .. } => Some(words::effect(effect(desk, &command))),
                Verdict::Stays | Verdict::Refused(_) => None,
            },
        )
    }

    /// What the solver says of what is aimed at, once it has answered.
    fn later(self) -> Option<String> {
        let aim = self.aim.get()?;
        self.consult.talk().with(|talk| {
            let Talk::Answered(answer) = talk else {
                return None;
            };
            let Answer::Pair(pair) = answer.as_ref() else {
                return None;
            };
            let is_meant = (pair.mentee, pair.mentor) == aim;
            let desk = self.state.desk();
            is_meant.then(|| desk.with(|desk| super::suggest::words::stands(desk, &pair.stands)))
        })
    }
}

/// What placing somebody here would mean, in a line.
#[component]
pub(super) fn WhatIfLine() -> impl IntoView {
    let what_if = WhatIf::expect();
    let now = Memo::new(move |_| what_if.now());
    let later = Memo::new(move |_| what_if.later());
    let is_empty = move || now.with(Option::is_none) && later.with(Option::is_none);
    view! {
        <p class="what-if" hidden=is_empty>
            <span class="what-if__now">{move || now.get()}</span>
            " "
            <span class="what-if__later">{move || later.get()}</span>
        </p>
    }
}
