//! The boards of the cohort: which there are, how they compare, and what one takes from another.
//! Only the board in force is published.

mod compare;
pub(super) mod differences;
mod list;
mod picks;
pub(super) mod selection;

use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tandem_api::scenario::{Comparison, ScenarioView};
use tandem_domain::id::ScenarioId;

use self::compare::Compare;
use self::list::Boards;
pub(super) use self::list::name_words;
use self::picks::Picks;
use super::part::{self, Done};
use super::state::BoardState;
use crate::api;
use crate::api::error::ApiError;
use crate::load::Load;
use crate::routes::Screen;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::notice::{Kind, Notice};

/// The button, and the dialog behind it.
#[component]
pub(super) fn ScenariosOfCohort() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let title = Signal::stored("Scenarios".to_owned());
    view! {
        <Button on_press=move |()| is_open.set(true)>"Scenarios"</Button>
        <Dialog open=is_open title on_close=move |()| is_open.set(false)>
            <Provider value=Done(Callback::new(move |()| is_open.set(false)))>
                {part::suggest::Scenarios()}
            </Provider>
        </Dialog>
    }
}

/// The boards of the cohort as this dialog has them.
#[derive(Clone, Copy)]
struct Shelf {
    state: BoardState,
    boards: RwSignal<Load<Vec<ScenarioView>>>,
    picks: RwSignal<Picks>,
    compared: RwSignal<Option<Comparison>>,
    trouble: RwSignal<Option<String>>,
}

impl Shelf {
    fn new() -> Self {
        Self {
            state: BoardState::expect(),
            boards: RwSignal::new(Load::Waiting),
            picks: RwSignal::new(Picks::default()),
            compared: RwSignal::new(None),
            trouble: RwSignal::new(None),
        }
    }

    /// Reads which boards there are.
    async fn read(self) {
        let boards = api::scenarios::list(self.state.cohort()).await;
        if let Ok(boards) = &boards {
            self.picks.try_update(|picks| picks.keep(boards));
        }
        self.boards.try_set(Load::from(boards));
    }

    /// Puts the picked boards side by side. False if that did not work.
    async fn compare(self) -> bool {
        let known = self.boards.try_get_untracked();
        let (Some(boards), Some(picks)) = (known, self.picks.try_get_untracked()) else {
            return false;
        };
        let of = picks.of(boards.ready().map_or(&[][..], Vec::as_slice));
        match api::scenarios::compare(self.state.cohort(), &of).await {
            Ok(comparison) => {
                self.compared.try_set(Some(comparison));
                self.trouble.try_set(None);
                true
            }
            Err(error) => {
                self.fail(&error);
                false
            }
        }
    }

    fn fail(self, error: &ApiError) {
        let sentence = match error {
            ApiError::Stale => {
                "Somebody has changed this board meanwhile. This is how the boards stand now."
                    .to_owned()
            }
            error => error.sentence(),
        };
        self.trouble.try_set(Some(sentence));
    }

    /// The board in force.
    fn in_force(self) -> Option<ScenarioView> {
        self.boards.with(|boards| {
            let mut boards = boards.ready()?.iter();
            boards.find(|board| board.in_force).cloned()
        })
    }
}

/// The boards, then those that are compared.
#[component]
pub fn Scenarios() -> impl IntoView {
    let shelf = Shelf::new();
    leptos::task::spawn_local(shelf.read());
    let trouble = move || {
        let trouble = shelf.trouble.get();
        trouble.map(|why| view! { <Notice kind=Kind::Error><p>{why}</p></Notice> })
    };
    let content = move || match shelf.boards.get() {
        Load::Waiting => view! { <p role="status">"Reading the boards …"</p> }.into_any(),
        Load::Failed(error) => {
            view! { <Notice kind=Kind::Error><p>{error.sentence()}</p></Notice> }.into_any()
        }
        Load::Ready(boards) => view! { <Boards shelf boards /> }.into_any(),
    };
    view! {
        <div class="suggest scenarios">
            <p>
                "A scenario is a copy of a board to try something out on, with a log of its own. \
                Only the board in force is signed off and published. Everybody of the committee \
                sees all of them."
            </p>
            {trouble}
            {content}
            <Compare shelf />
        </div>
    }
}

/// The address of a board: the plain one for the board in force.
fn address(board: ScenarioId, in_force: bool) -> String {
    let cohort = use_params_map().with_untracked(|map| map.get("cohort").unwrap_or_default());
    if in_force {
        Screen::CommitteeBoard(cohort).href()
    } else {
        Screen::CommitteeScenario(cohort, board).href()
    }
}
