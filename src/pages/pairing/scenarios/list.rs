//! The list of boards: to go to, to rename, to remove, and to pick for a comparison.

use leptos::prelude::*;
use tandem_api::scenario::{MOST_SCENARIOS, ScenarioView};
use tandem_domain::id::ScenarioId;

use super::new_board::{NewBoard, name_words};
use super::{Shelf, address};
use crate::api;
use crate::dom::{announce, focus};
use crate::pages::pairing::desk::Desk;
use crate::ui::button::{Button, Look, Press};
use crate::ui::field::Label;
use crate::ui::tag::Tag;
use crate::ui::text_field::TextField;

/// The id of the heading above the list.
const TITLE: &str = "scenarios-title";
/// The id of the field for the name of a new board.
const NEW: &str = "scenario-new";
/// The id of the field for another name.
const RENAME: &str = "scenario-rename";

/// What is being done to one board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Rename(ScenarioId),
    Remove(ScenarioId),
}

/// The boards.
#[component]
pub(super) fn Boards(
    /// The boards as this dialog has them.
    shelf: Shelf,
) -> impl IntoView {
    let may_keep = shelf.state.desk().with_untracked(Desk::may_change_present);
    let doing = RwSignal::new(None::<Doing>);
    let boards = move || {
        let boards = shelf.boards.get();
        boards.ready().cloned().unwrap_or_default()
    };
    let is_full = Memo::new(move |_| boards().len() >= MOST_SCENARIOS);
    let n_made = RwSignal::new(0_usize);
    let made = Callback::new(move |made: ScenarioView| {
        announce::polite(&format!("Made: {}, a copy of this board.", made.name));
        leptos::task::spawn_local(async move {
            shelf.trouble.try_set(None);
            shelf.read().await;
            shelf.picks.try_update(|picks| picks.set(made.id, true));
            n_made.try_update(|n_made| *n_made += 1);
            focus_next(NEW);
        });
    });
    // Each board is made with an empty form.
    let new_board = move || {
        n_made.track();
        view! {
            <NewBoard id=NEW at_rev=|()| None verb="Make a copy of this board" on_made=made />
        }
    };
    view! {
        <h3 class="suggest__subtitle" id=TITLE tabindex="-1">"Boards of this cohort"</h3>
        <ul class="scenarios__list" aria-labelledby=TITLE>
            <For each=boards key=ScenarioView::clone let:board>
                <Row shelf board doing may_keep />
            </For>
        </ul>
        <ComparePicked shelf />
        <Show when=move || may_keep && !is_full.get()>{new_board}</Show>
        <Show when=move || may_keep && is_full.get()>
            <p>{format!("A cohort has {MOST_SCENARIOS} boards at most. Remove one to make another.")}</p>
        </Show>
    }
}

/// One board.
#[component]
fn Row(
    /// The boards as this dialog has them.
    shelf: Shelf,
    /// Which.
    board: ScenarioView,
    /// What is being done to one of them.
    doing: RwSignal<Option<Doing>>,
    /// Whether the reader may rename and remove boards.
    may_keep: bool,
) -> impl IntoView {
    let id = board.id;
    let box_id = format!("pick-{id}");
    let is_here = shelf.state.scenario() == id;
    let picked = move || shelf.picks.with(|picks| picks.has(id));
    let ticked = move |event| {
        let is_picked = event_target_checked(&event);
        shelf.picks.update(|picks| picks.set(id, is_picked));
    };
    let pairs = match board.pairs {
        1 => "1 pair".to_owned(),
        pairs => format!("{pairs} pairs"),
    };
    let name = board.name.clone();
    let shown = StoredValue::new(board.clone());
    let tools = move || {
        let board = shown.get_value();
        match doing.get() {
            Some(Doing::Rename(which)) if which == id => {
                view! { <Rename shelf board doing /> }.into_any()
            }
            Some(Doing::Remove(which)) if which == id => {
                view! { <Remove shelf board doing /> }.into_any()
            }
            _ if may_keep => view! { <Tools board doing is_here /> }.into_any(),
            _ => ().into_any(),
        }
    };
    view! {
        <li class="scenarios__row">
            <input
                type="checkbox"
                id=box_id.clone()
                prop:checked=picked
                disabled=move || !picked() && shelf.picks.with(super::picks::Picks::is_full)
                on:change=ticked
            />
            <label class="visually-hidden" for=box_id>{format!("Compare {name}")}</label>
            <a
                class="scenarios__name"
                href=address(id, board.in_force)
                aria-current=is_here.then_some("page")
            >
                {name}
            </a>
            {board.in_force.then(|| view! { <Tag>"In force"</Tag> })}
            {is_here.then(|| view! { <Tag>"This one"</Tag> })}
            <span class="scenarios__pairs">{pairs}</span>
            {tools}
        </li>
    }
}

/// What can be done to a board.
#[component]
fn Tools(
    /// Which.
    board: ScenarioView,
    /// What is being done to one of them.
    doing: RwSignal<Option<Doing>>,
    /// Whether the reader is at it: nobody saws off the branch they sit on.
    is_here: bool,
) -> impl IntoView {
    let (id, name) = (board.id, board.name);
    let rename = move |()| {
        doing.set(Some(Doing::Rename(id)));
        focus_next(RENAME);
    };
    let remove = move |()| {
        doing.set(Some(Doing::Remove(id)));
        focus_next(&remove_id(id));
    };
    let of = format!(" {name}");
    let hidden = of.clone();
    view! {
        <div class="scenarios__tools">
            <Button look=Look::Quiet on_press=rename>
                "Rename"<span class="visually-hidden">{of}</span>
            </Button>
            {(!board.in_force && !is_here).then(|| view! {
                <Button look=Look::Quiet on_press=remove>
                    "Remove"<span class="visually-hidden">{hidden}</span>
                </Button>
            })}
        </div>
    }
}

/// Another name for a board.
#[component]
fn Rename(
    /// The boards as this dialog has them.
    shelf: Shelf,
    /// Which.
    board: ScenarioView,
    /// What is being done to one of them.
    doing: RwSignal<Option<Doing>>,
) -> impl IntoView {
    let name = RwSignal::new(board.name.clone());
    let error = RwSignal::new(None::<String>);
    let send = Action::new_local(move |(): &()| {
        let (board, name) = (board.clone(), name.get_untracked());
        async move {
            match api::scenarios::rename(&board, name).await {
                Ok(renamed) => {
                    announce::polite(&format!("Renamed: {}.", renamed.name));
                    leave(shelf, doing).await;
                }
                Err(fault) => {
                    if let Some(words) = name_words(&fault) {
                        error.try_set(Some(words));
                        focus::by_id(RENAME);
                    } else {
                        shelf.fail(&fault);
                        leave(shelf, doing).await;
                    }
                }
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send.dispatch_local(());
    };
    let first = Signal::stored(name.get_untracked());
    view! {
        <form class="scenarios__form" on:submit=submit novalidate>
            <TextField
                id=RENAME
                label=Label::new("Name of the board")
                value=first
                error
                on_input=move |text| name.set(text)
            />
            <div class="dialog__actions">
                <Button look=Look::Primary press=Press::Submits busy=send.pending()>"Rename"</Button>
                <Button on_press=move |()| stay(doing)>"Cancel"</Button>
            </div>
        </form>
    }
}

/// Asks once more before a board is gone.
#[component]
fn Remove(
    /// The boards as this dialog has them.
    shelf: Shelf,
    /// Which.
    board: ScenarioView,
    /// What is being done to one of them.
    doing: RwSignal<Option<Doing>>,
) -> impl IntoView {
    let id = remove_id(board.id);
    let question = format!(
        "Remove “{}” with its log and what was said about it? This cannot be undone.",
        board.name
    );
    let label = question.clone();
    let send = Action::new_local(move |(): &()| {
        let board = board.clone();
        async move {
            match api::scenarios::remove(&board).await {
                Ok(()) => announce::polite(&format!("Removed: {}.", board.name)),
                Err(error) => shelf.fail(&error),
            }
            leave(shelf, doing).await;
        }
    });
    view! {
        <div class="scenarios__form" id=id tabindex="-1" role="group" aria-label=label>
            <p>{question}</p>
            <div class="dialog__actions">
                <Button
                    look=Look::Danger
                    busy=send.pending()
                    on_press=move |()| { send.dispatch_local(()); }
                >
                    "Remove"
                </Button>
                <Button on_press=move |()| stay(doing)>"Keep it"</Button>
            </div>
        </div>
    }
}

/// Puts the picked boards side by side.
#[component]
fn ComparePicked(
    /// The boards as this dialog has them.
    shelf: Shelf,
) -> impl IntoView {
    let compare = Action::new_local(move |(): &()| async move {
        if shelf.compare().await {
            super::compare::show();
        }
    });
    let words = move || match shelf.picks.with(super::picks::Picks::count) {
        0 | 1 => "Compare boards".to_owned(),
        count => format!("Compare {count} boards"),
    };
    let is_few = Signal::derive(move || !shelf.picks.with(super::picks::Picks::is_enough));
    view! {
        <div class="scenarios__compare">
            <Button
                look=Look::Primary
                busy=compare.pending()
                disabled=is_few
                on_press=move |()| { compare.dispatch_local(()); }
            >
                {words}
            </Button>
            <Show when=move || is_few.get()>
                <p>"Tick two to four boards to see them side by side."</p>
            </Show>
        </div>
    }
}

/// Nothing is done to a board any more; the keyboard goes to the list.
fn stay(doing: RwSignal<Option<Doing>>) {
    doing.set(None);
    focus_next(TITLE);
}

async fn leave(shelf: Shelf, doing: RwSignal<Option<Doing>>) {
    shelf.read_all().await;
    doing.try_set(None);
    focus_next(TITLE);
}

fn focus_next(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        focus::by_id(&id);
    });
}

fn remove_id(board: ScenarioId) -> String {
    format!("remove-{board}")
}
