//! The boards of the cohort: which there are, how they compare, and what one takes from another.
//! Only the board in force is published.

mod compare;
pub(super) mod differences;
mod list;
pub(super) mod new_board;
mod picks;
pub(super) mod selection;

use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tandem_api::scenario::{COMPARED, Comparison, ScenarioView};
use tandem_domain::id::ScenarioId;

use self::compare::Compare;
use self::list::Boards;
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

    /// Reads which boards there are, and anew how those stand that are side by side.
    async fn read_all(self) {
        self.read().await;
        let shown = self.compared.try_with_untracked(|compared| {
            let boards = compared.as_ref()?.boards.iter();
            Some(boards.map(|board| board.scenario.id).collect::<Vec<_>>())
        });
        let Some(Some(mut of)) = shown else { return };
        let boards = self.known();
        of.retain(|one| boards.iter().any(|board| board.id == *one));
        if of.len() < COMPARED.0 {
            self.compared.try_set(None);
        } else {
            self.put_side_by_side(&of).await;
        }
    }

    /// Puts the picked boards side by side. False if that did not work.
    async fn compare(self) -> bool {
        let boards = self.known();
        let of = self.picks.try_with_untracked(|picks| picks.of(&boards));
        match of {
            Some(of) => self.put_side_by_side(&of).await,
            None => false,
        }
    }

    /// The boards as they were read last.
    fn known(self) -> Vec<ScenarioView> {
        let boards = self.boards.try_get_untracked();
        let boards = boards.as_ref().and_then(Load::ready);
        boards.cloned().unwrap_or_default()
    }

    async fn put_side_by_side(self, of: &[ScenarioId]) -> bool {
        match api::scenarios::compare(self.state.cohort(), of).await {
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
    // What is being typed stays while the list is read anew.
    let is_here = Memo::new(move |_| shelf.boards.with(|boards| boards.ready().is_some()));
    let waiting = move || match shelf.boards.get() {
        Load::Failed(error) => {
            view! { <Notice kind=Kind::Error><p>{error.sentence()}</p></Notice> }.into_any()
        }
        Load::Waiting | Load::Ready(_) => {
            view! { <p role="status">"Reading the boards …"</p> }.into_any()
        }
    };
    view! {
        <div class="suggest scenarios">
            <p>
                "A scenario is a copy of a board to try something out on, with a log of its own. \
                Only the board in force is signed off and published. Everybody of the committee \
                sees all of them."
            </p>
            {trouble}
            <Show when=move || is_here.get() fallback=move || waiting>
                <Boards shelf />
            </Show>
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
