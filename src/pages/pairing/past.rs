//! The history of the board: what was done, when and by whom, and a slider that shows the board as
//! it was. What was can be copied into a scenario, or brought back.

mod trail;

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_api::board::Entry;
use tandem_api::scenario::ScenarioView;
use tandem_domain::board::{AdoptedFrom, Difference, differences};

use self::trail::Trail;
use super::desk::Desk;
use super::scenarios::differences::{Differences, Sides};
use super::scenarios::new_board::NewBoard;
use super::state::BoardState;
use super::words;
use crate::api;
use crate::dom::{announce, focus, intl};
use crate::load::Load;
use crate::ui::button::Button;
use crate::ui::notice::{Kind, Notice};

/// The id of the slider.
const SLIDER: &str = "history-slider";
/// The id of the field for the name of a scenario.
const NAME: &str = "history-name";
/// The id of the heading above what would be brought back.
const BACK: &str = "history-back";

/// What is done with the board as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Copy,
    BringBack,
}

/// What the parts of the history share.
#[derive(Clone, Copy)]
struct History {
    state: BoardState,
    trail: RwSignal<Trail>,
    used: RwSignal<Option<Use>>,
    /// Reads the log anew: there is more than is known here.
    reload: Callback<()>,
}

impl History {
    /// Shows the board as it was after so many changes.
    fn go(self, at: usize) {
        self.used.set(None);
        self.trail.update(|trail| trail.go(at));
        self.trail.with_untracked(|trail| {
            self.state.look_back(trail.entries(), trail.steps());
        });
        // What others did while something earlier was shown waited for this.
        if self.trail.with_untracked(Trail::is_now) {
            self.catch_up();
        }
    }

    /// Takes in what is done while the present is shown.
    fn catch_up(self) {
        let mut trail = self.trail.get_untracked();
        let (is_new, rev) = self
            .state
            .desk()
            .with_untracked(|desk| (trail.catch_up(desk.log()), desk.rev()));
        let is_behind = trail.is_now() && trail.rev() < rev;
        if is_new {
            self.trail.set(trail);
        } else if is_behind {
            self.reload.run(());
        }
    }

    /// Where the slider stands, in words.
    fn words(self) -> String {
        self.trail
            .with(|trail| self.state.desk().with(|desk| place(desk, trail)))
    }
}

fn place(desk: &Desk, trail: &Trail) -> String {
    let of = trail.entries().len();
    match trail.last() {
        _ if trail.is_now() => format!("Now, after {of} changes"),
        None => "Before the first change".to_owned(),
        Some(entry) => format!(
            "After {} of {of} changes: {}, {}",
            trail.at(),
            words::deed::deed(desk, entry),
            intl::moment_for_reader(entry.at)
        ),
    }
}

/// The history, once it is here.
#[component]
pub fn HistoryOfBoard() -> impl IntoView {
    let state = BoardState::expect();
    let loaded = RwSignal::new(Load::<Vec<Entry>>::Waiting);
    let read = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            let log = api::board::log_after(state.scenario(), i64::MIN).await;
            loaded.try_set(Load::from(log));
        });
    });
    read.run(());
    on_cleanup(move || state.look_back(&[], 0));
    let content = move || match loaded.get() {
        Load::Waiting => view! { <p role="status">"Reading the history …"</p> }.into_any(),
        Load::Failed(error) => {
            view! { <Notice kind=Kind::Error><p>{error.sentence()}</p></Notice> }.into_any()
        }
        Load::Ready(entries) => view! { <Shown entries reload=read /> }.into_any(),
    };
    view! { <section class="past" aria-label="History of this board">{content}</section> }
}

/// The slider, what can be done with what it shows, and the list.
#[component]
fn Shown(
    /// What was done.
    entries: Vec<Entry>,
    /// Called when there is more than is known here.
    reload: Callback<()>,
) -> impl IntoView {
    let state = BoardState::expect();
    let history = History {
        state,
        trail: RwSignal::new(Trail::new(entries)),
        used: RwSignal::new(None),
        reload,
    };
    let trail = history.trail;
    let rev = Memo::new(move |_| state.desk().with(Desk::rev));
    Effect::new(move || {
        rev.get();
        history.catch_up();
    });
    let is_empty = move || trail.with(|trail| trail.entries().is_empty());
    let is_now = Memo::new(move |_| trail.with(Trail::is_now));
    let content = move || {
        if is_empty() {
            return view! { <p>"Nothing was done on this board yet."</p> }.into_any();
        }
        view! {
            <Slider history is_now />
            <Show when=move || !is_now.get()>
                <Notice title="The board as it was">
                    <p>
                        "For reading only: nothing can be moved until you go back to now. "
                        {move || history.words()} "."
                    </p>
                </Notice>
                <Uses history />
            </Show>
            <List history />
        }
        .into_any()
    };
    // Only whether there is something decides what is drawn anew.
    let is_empty = Memo::new(move |_| is_empty());
    move || {
        is_empty.get();
        untrack(content)
    }
}

/// The slider with its buttons.
#[component]
fn Slider(
    /// What the parts of the history share.
    history: History,
    /// Whether the present is shown.
    is_now: Memo<bool>,
) -> impl IntoView {
    let trail = history.trail;
    let moved = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            history.go(at);
        }
    };
    let step = move |later: bool| {
        let at = trail.with_untracked(Trail::at);
        history.go(if later { at + 1 } else { at.saturating_sub(1) });
    };
    let is_first = Signal::derive(move || trail.with(|trail| trail.at() == 0));
    view! {
        <div class="past__slider">
            <label for=SLIDER>"The board after so many changes"</label>
            <input
                type="range"
                id=SLIDER
                min="0"
                max=move || trail.with(|trail| trail.entries().len()).to_string()
                step="1"
                prop:value=move || trail.with(Trail::at).to_string()
                aria-valuetext=move || history.words()
                on:input=moved
            />
            <div class="row">
                <Button disabled=is_first on_press=move |()| step(false)>"Earlier"</Button>
                <Button disabled=is_now on_press=move |()| step(true)>"Later"</Button>
                <Button
                    disabled=is_now
                    on_press=move |()| history.go(usize::MAX)
                >
                    "Back to now"
                </Button>
            </div>
        </div>
    }
}

/// What can be done with the board as it was, by those who may change the present.
#[component]
fn Uses(
    /// What the parts of the history share.
    history: History,
) -> impl IntoView {
    let state = history.state;
    let used = history.used;
    let may_change = move || state.desk().with(Desk::may_change_present);
    let use_it = move |how: Use, id: &'static str| {
        used.set(Some(how));
        request_animation_frame(move || {
            focus::by_id(id);
        });
    };
    let content = move || match used.get() {
        Some(Use::Copy) => view! { <Copy history /> }.into_any(),
        Some(Use::BringBack) => view! { <BringBack history /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Show when=may_change>
            <div class="row">
                <Button on_press=move |()| use_it(Use::Copy, NAME)>
                    "Make a scenario from this"
                </Button>
                <Button on_press=move |()| use_it(Use::BringBack, BACK)>"Bring this back"</Button>
            </div>
        </Show>
        {content}
    }
}

/// A scenario of the board as it was.
#[component]
fn Copy(
    /// What the parts of the history share.
    history: History,
) -> impl IntoView {
    let made = move |made: ScenarioView| {
        announce::polite(&format!(
            "Made: {}, the board as it was. It is among the scenarios.",
            made.name
        ));
        leave(history);
    };
    view! {
        <NewBoard
            id=NAME
            at_rev=move |()| Some(history.trail.with_untracked(Trail::rev))
            verb="Make the scenario"
            on_made=made
            on_cancel=move |()| leave(history)
        />
    }
}

fn leave(history: History) {
    history.used.set(None);
    focus::by_id(SLIDER);
}

/// What would change if the board were again as it was.
#[component]
fn BringBack(
    /// What the parts of the history share.
    history: History,
) -> impl IntoView {
    let state = history.state;
    let rows = state.desk().with_untracked(back);
    let sides = Sides {
        from: AdoptedFrom::Earlier,
        onto: state.scenario(),
        onto_name: "this board".to_owned(),
        verb: "Bring back",
    };
    let changed = Callback::new(move |()| {
        history.go(usize::MAX);
        history.catch_up();
        request_animation_frame(|| {
            focus::by_id(SLIDER);
        });
    });
    view! {
        <div class="suggest">
            <h3 class="suggest__subtitle" id=BACK tabindex="-1">"From now to how it was"</h3>
            <Differences rows names=BTreeMap::new() sides on_changed=changed />
            <div><Button on_press=move |()| leave(history)>"Close"</Button></div>
        </div>
    }
}

/// From the present to what is shown, of those who are on the board still.
fn back(desk: &Desk) -> Vec<Difference> {
    let score = |mentee, mentor| {
        let is_here = desk.candidate(mentee).is_some() && desk.candidate(mentor).is_some();
        is_here.then(|| desk.score(mentee, mentor))
    };
    let mut rows = differences(&desk.present().placements, &desk.board().placements, score);
    rows.retain(|row| desk.candidate(row.mentee).is_some());
    rows
}

/// What was done, the newest first; each leads to the board as it was then.
#[component]
fn List(
    /// What the parts of the history share.
    history: History,
) -> impl IntoView {
    let trail = history.trail;
    let desk = history.state.desk();
    let rows = move || {
        trail.with(|trail| {
            let rows = trail.around().map(|(at, entry)| (at, entry.clone()));
            rows.collect::<Vec<_>>()
        })
    };
    let first = move || trail.with(|trail| trail.around().next().map(|(at, _)| at.to_string()));
    let row = move |(at, entry): (usize, Entry)| {
        let words = desk.with_untracked(|desk| words::deed::deed(desk, &entry));
        let is_here = Memo::new(move |_| trail.with(Trail::at) == at);
        view! {
            <li class="past__row">
                <button
                    type="button"
                    class="past__deed"
                    aria-current=move || is_here.get().then_some("step")
                    on:click=move |_| history.go(at)
                >
                    {words}
                </button>
                <span class="past__time">{intl::moment_for_reader(entry.at)}</span>
            </li>
        }
    };
    view! {
        <details class="past__log">
            <summary>"What was done, the newest first"</summary>
            <ol class="past__list" reversed start=first>
                <For each=rows key=|(at, entry)| (*at, entry.rev) children=row />
            </ol>
        </details>
    }
}
