//! The board that is here: gives the state what it needs of the world, lays out the panes, and
//! hears the keys.

use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use tandem_api::board::BoardView;
use tandem_domain::id::{ApplicationId, CommandId, PersonId, ScenarioId};

use super::comments::Comments;
use super::desk::Desk;
use super::filters::{Query, View};
use super::help::Help;
use super::inspector::Inspector;
use super::keys;
use super::lift::Lift;
use super::live::Live;
use super::mentors::Mentors;
use super::messages::{Offline, Placing, Problem};
use super::narrow::NarrowChoice;
use super::override_dialog::OverrideDialog;
use super::panes::Panes as Lists;
use super::part;
use super::picker::Picker;
use super::pool::Pool;
use super::select_bar::SelectBar;
use super::since::Since;
use super::state::{BoardState, Say, Trigger, World};
use super::toolbar::{BoardHead, LastDone, Toolbar};
use super::tray::Tray;
use super::what_if::{WhatIf, WhatIfLine};
use super::words;
use crate::dom::{announce, intl, random};
use crate::widgets::score_bar::{ScoreBar, word};

/// How long a card shows that it has just moved.
const FLASH: Duration = Duration::from_millis(900);
/// How long the pointer rests on a target before it is said.
const REST: Duration = Duration::from_millis(500);

/// The board.
#[component]
pub(super) fn Board(
    /// What the server sent.
    view: BoardView,
    /// Who looks at it.
    me: PersonId,
    /// Which mentees are listed and how.
    query: Signal<Query>,
    /// Called with what is asked for now.
    on_query: Callback<Query>,
    /// What is to be known of this board, below its head.
    children: Children,
) -> impl IntoView {
    let (scenario, looked) = (view.scenario, view.looked);
    // Whoever stays away from somebody reads no comments: words may name everybody.
    let comments = Comments::new(scenario, me, !view.recused);
    provide_context(comments);
    let live = Live::new((view.scenario, view.cohort), me, comments);
    let lists = StoredValue::new(None);
    let world = world(live, lists, view.scenario);
    let state = BoardState::new(Desk::open(view, me), query, world);
    provide_context(state);
    provide_context(WhatIf::new(state));
    let panes = Lists::new(state);
    lists.set_value(Some(panes));
    live.attach(state);
    on_cleanup(move || live.hang_up());
    watch(state, live);
    let is_help_open = RwSignal::new(false);
    view! {
        <BoardHead on_help=Callback::new(move |()| is_help_open.set(true)) />
        {children()}
        <Toolbar on_query />
        <div class="board-messages">
            <Offline />
            <Problem />
            <Tray />
            <Since looked />
            <Show when=move || state.history_open().get()>{part::suggest::HistoryOfBoard()}</Show>
        </div>
        <Show when=move || state.query().with(|query| query.view == View::Table)>
            {part::aside::PlanTable()}
        </Show>
        <Panes state panes on_help=Callback::new(move |()| is_help_open.set(true)) />
        <div class="board-foot">
            <SelectBar />
            <Placing />
            <LastDone />
        </div>
        <Picker />
        <OverrideDialog />
        <Help open=is_help_open on_close=move |()| is_help_open.set(false) />
    }
}

fn world(live: Live, lists: StoredValue<Option<Lists>>, scenario: ScenarioId) -> World {
    // A browser that draws no random numbers gets one id for all: the server takes it once.
    let new_id = move |()| random::uuid().parse().unwrap_or(CommandId(scenario.0));
    World {
        // After the frame that shows it.
        save: Callback::new(move |()| set_timeout(move || live.send(), Duration::ZERO)),
        fetch: Callback::new(move |()| live.fetch()),
        say: Callback::new(|say| match say {
            Say::Polite(sentence) => announce::polite(&sentence),
            Say::Assertive(sentence) => announce::assertive(&sentence),
        }),
        go: Callback::new(move |who: ApplicationId| {
            if let Some(lists) = lists.try_get_value().flatten() {
                lists.go(who);
            }
        }),
        new_id: Callback::new(new_id),
        time: Callback::new(intl::time_for_reader),
    }
}

/// What follows from changes of the state and of the window.
fn watch(state: BoardState, live: Live) {
    Effect::new(move || {
        if !state.flash().with(std::collections::BTreeSet::is_empty) {
            set_timeout(move || state.calm(), FLASH);
        }
    });
    let waiting = Memo::new(move |_| {
        let pending = state.desk().with(|desk| {
            let pending = desk.pending().iter();
            pending.map(|one| one.send.id).collect::<Vec<_>>()
        });
        let undecided = state.decisions().with(|decisions| {
            let ids = decisions.iter().map(|one| one.id);
            ids.collect::<Vec<_>>()
        });
        (pending, undecided)
    });
    Effect::new(move || {
        // Read, not only tracked: a memo that nobody reads hears nothing.
        waiting.get();
        live.keep();
    });
    // Said only if the pointer is still there after a rest.
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        if let Some(Some(timer)) = timer {
            timer.clear();
        }
        let over = state.over().get()?;
        let say = move || {
            // The list that is chosen from says its lines itself.
            let picks = state.picking().try_get_untracked().flatten().is_some();
            if !picks
                && state.over().try_get_untracked() == Some(Some(over))
                && let Some(sentence) = words::here::over_now(state, over)
            {
                announce::polite(&sentence);
            }
        };
        set_timeout_with_handle(say, REST).ok()
    });
    let shown = window_event_listener_untyped("visibilitychange", move |_| {
        live.visibility_changed();
    });
    let online = window_event_listener_untyped("online", move |_| live.fetch());
    on_cleanup(move || {
        shown.remove();
        online.remove();
    });
}

/// The three panes, and what follows the pointer.
#[component]
fn Panes(
    /// What the parts of the board share.
    state: BoardState,
    /// The lists.
    panes: Lists,
    /// Called when help is wanted.
    on_help: Callback<()>,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let ghost = NodeRef::<html::Div>::new();
    let lift = Lift::new(state, panes, root, ghost);
    let (side, shown) = (panes.side, panes.shown());
    let on_key = move |event: ev::KeyboardEvent| {
        keys::on_board(state, &event, panes, on_help);
    };
    listen_to_window(state, lift);
    view! {
        <NarrowChoice side=shown on_choose=move |chosen| side.set(chosen) />
        <div
            class="board"
            node_ref=root
            data-side=move || shown.get().slug()
            data-density=move || state.query().with(|query| query.view.slug())
            data-holding=move || state.held().get().map(|held| match held.trigger {
                Trigger::Pointer => "pointer",
                Trigger::Click | Trigger::Keyboard | Trigger::Menu => "click",
            })
            on:pointerdown=move |event| lift.down(&event)
            on:pointermove=move |event| lift.moved(&event)
            on:pointerup=move |event| lift.up(&event)
            on:pointercancel=move |event| lift.taken(&event)
            on:lostpointercapture=move |event| lift.taken(&event)
            on:touchmove=move |event| if lift.is_lifted() { event.prevent_default() }
            on:contextmenu=move |event| if lift.is_lifted() { event.prevent_default() }
            on:keydown=on_key
        >
            <Pool panes />
            <Mentors panes />
            <Inspector />
        </div>
        <div class="ghost" node_ref=ghost aria-hidden="true">
            <Ghost />
        </div>
    }
}

fn listen_to_window(state: BoardState, lift: Lift) {
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && state.picking().get_untracked().is_none() {
            if lift.is_lifted() {
                lift.abort();
            } else if state.held().get_untracked().is_some() {
                state.cancel();
            }
        }
        keys::anywhere(state, &event);
    });
    let joined = window_event_listener(ev::pointerdown, move |event| lift.joined(&event));
    let blurred = window_event_listener(ev::blur, move |_| lift.abort());
    let scrolled = window_event_listener(ev::scroll, move |_| lift.shifted());
    let resized = window_event_listener(ev::resize, move |_| lift.shifted());
    on_cleanup(move || {
        keys.remove();
        joined.remove();
        blurred.remove();
        scrolled.remove();
        resized.remove();
    });
}

/// What follows the pointer: the name, and what letting go here would do.
#[component]
fn Ghost() -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let held = Memo::new(move |_| {
        let held = state.held().get()?;
        (held.trigger == Trigger::Pointer).then(|| (held.mentee, state.group(held.mentee).len()))
    });
    let here = Memo::new(move |_| words::here::here(state));
    move || {
        held.get().map(|(mentee, count)| {
            let name = match count {
                1 => desk.with_untracked(|desk| desk.name(mentee).to_owned()),
                _ => words::group::mentees(count),
            };
            let score =
                Signal::derive(move || here.with(|here| here.as_ref().and_then(|here| here.score)));
            let text = move || here.with(|here| here.as_ref().map(|here| here.text.clone()));
            let bar = move || score.get().map(|score| view! { <ScoreBar score /> });
            view! {
                <div class="ghost__card" data-many=(count > 1).then_some("true") data-band=move || score.get().map(word)>
                    <p class="ghost__name">{name}</p>
                    <p class="ghost__here">{bar} " " {text}</p>
                    <WhatIfLine />
                </div>
            }
        })
    }
}
